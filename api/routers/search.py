"""`/v1/search`: what has a text in its name."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Query
from starlette.responses import Response

from api import answers, parameters
from api.caching import Made
from api.deps import JsonContext
from api.openapi import list_of
from api.parameters import SearchQuery
from api.schemas.things import Hit
from graph.index import Index

router = APIRouter(prefix="/v1", tags=["search"])


@router.get("/search", responses=list_of(Hit, data=False))
async def search(ctx: JsonContext, query: Annotated[SearchQuery, Query()]) -> Response:
    """Companies, markets, people, missions and sources with this text in a name; companies first."""
    parameters.check_once(SearchQuery, ctx.request.query_params)

    def made(index: Index) -> bytes:
        hits = index.search(query.q, ctx.lang, query.limit)
        told = {"items": hits, "total": len(hits), "page": 1, "pageSize": query.limit, "next": None}
        return orjson.dumps(told)

    async def make() -> Made:
        return Made(await ctx.ask(made))

    return await answers.conditional(ctx, make)
