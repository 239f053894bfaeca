"""`/v1/people`: people in their business roles."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import lists, purpose, single
from api.deps import DataContext
from api.openapi import list_of, one_of
from api.parameters import PersonQuery, PurposeQuery
from api.schemas.things import Person

router = APIRouter(prefix="/v1", tags=["people"])


@router.get("/people", responses=list_of(Person))
async def people(ctx: DataContext, query: Annotated[PersonQuery, Query()]) -> Response:
    """People with their roles and the sources of these."""
    purpose.looked_up(ctx.request, ctx.settings)
    return await lists.answer(ctx, "people", query)


@router.get("/people/{ref}", responses=one_of(Person))
async def person(ctx: DataContext, ref: str, query: Annotated[PurposeQuery, Query()]) -> Response:
    """One person."""
    purpose.looked_up(ctx.request, ctx.settings, ref)
    return await single.answer(ctx, "person", ref, query)
