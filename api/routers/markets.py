"""`/v1/markets`: countries and regions of the world."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import lists, single
from api.deps import DataContext
from api.openapi import list_of, one_of
from api.parameters import MarketQuery, ThingQuery
from api.schemas.things import Market, MarketDetail

router = APIRouter(prefix="/v1", tags=["markets"])


@router.get("/markets", responses=list_of(Market))
async def markets(ctx: DataContext, query: Annotated[MarketQuery, Query()]) -> Response:
    """Markets with how many companies stand where in them."""
    return await lists.answer(ctx, "markets", query)


@router.get("/markets/{ref}", responses=one_of(MarketDetail))
async def market(ctx: DataContext, ref: str, query: Annotated[ThingQuery, Query()]) -> Response:
    """One market: code, IRI or name in any of the three languages."""
    return await single.answer(ctx, "market", ref, query)
