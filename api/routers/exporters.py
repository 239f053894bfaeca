"""`/v1/exporters`: who exports, or wants to, where."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import lists
from api.deps import DataContext
from api.openapi import list_of
from api.parameters import ExporterQuery
from api.schemas.things import Exporter

router = APIRouter(prefix="/v1", tags=["exporters"])


@router.get("/exporters", responses=list_of(Exporter))
async def exporters(ctx: DataContext, query: Annotated[ExporterQuery, Query()]) -> Response:
    """Companies with where they stand in the markets asked; each engagement with its sources."""
    return await lists.answer(ctx, "exporters", query)
