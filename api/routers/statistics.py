"""`/v1/statistics`: figures of an area."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import lists
from api.deps import DataContext
from api.openapi import list_of
from api.parameters import StatisticQuery
from api.schemas.things import Statistic

router = APIRouter(prefix="/v1", tags=["statistics"])


@router.get("/statistics", responses=list_of(Statistic))
async def statistics(ctx: DataContext, query: Annotated[StatisticQuery, Query()]) -> Response:
    """Figures of an area with unit, period, precision and sources."""
    return await lists.answer(ctx, "statistics", query)
