"""`/v1/sources`: where facts come from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import lists, single
from api.deps import DataContext
from api.openapi import list_of, one_of
from api.parameters import SourceQuery, ThingQuery
from api.schemas.things import Source, SourceDetail

router = APIRouter(prefix="/v1", tags=["sources"])


@router.get("/sources", responses=list_of(Source))
async def sources(ctx: DataContext, query: Annotated[SourceQuery, Query()]) -> Response:
    """The pages and papers that facts come from."""
    return await lists.answer(ctx, "sources", query)


@router.get("/sources/{ref}", responses=one_of(SourceDetail))
async def source(ctx: DataContext, ref: str, query: Annotated[ThingQuery, Query()]) -> Response:
    """One source, with the organizations that it mentions."""
    return await single.answer(ctx, "source", ref, query)
