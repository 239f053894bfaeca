"""`/v1/missions`: trade missions and visits."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import lists, single
from api.deps import DataContext
from api.openapi import list_of, one_of
from api.parameters import MissionQuery, ThingQuery
from api.schemas.things import Mission

router = APIRouter(prefix="/v1", tags=["missions"])


@router.get("/missions", responses=list_of(Mission))
async def missions(ctx: DataContext, query: Annotated[MissionQuery, Query()]) -> Response:
    """Missions with destinations, organizers and who took part."""
    return await lists.answer(ctx, "missions", query)


@router.get("/missions/{ref}", responses=one_of(Mission))
async def mission(ctx: DataContext, ref: str, query: Annotated[ThingQuery, Query()]) -> Response:
    """One mission."""
    return await single.answer(ctx, "mission", ref, query)
