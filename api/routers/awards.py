"""`/v1/awards`: export awards, won and nominated for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import lists
from api.deps import DataContext
from api.openapi import list_of
from api.parameters import AwardQuery
from api.schemas.things import AwardGrant

router = APIRouter(prefix="/v1", tags=["awards"])


@router.get("/awards", responses=list_of(AwardGrant))
async def awards(ctx: DataContext, query: Annotated[AwardQuery, Query()]) -> Response:
    """Awards given, and nominations, each with its sources."""
    return await lists.answer(ctx, "awards", query)
