"""`/v1/partners`: who works with whom, in which role."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import lists
from api.deps import DataContext
from api.openapi import list_of
from api.parameters import PartnerQuery
from api.schemas.things import Partner

router = APIRouter(prefix="/v1", tags=["partners"])


@router.get("/partners", responses=list_of(Partner))
async def partners(ctx: DataContext, query: Annotated[PartnerQuery, Query()]) -> Response:
    """Partnerships: principal, partner, role, territory, dates and sources."""
    return await lists.answer(ctx, "partners", query)
