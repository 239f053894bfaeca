"""`/v1/search`: what has a name like this one."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Query
from starlette.responses import Response

from api import answers, parameters
from api.caching import Made
from api.deps import JsonContext
from api.openapi import list_of
from api.parameters import SearchQuery, check_name
from api.schemas.things import Hit
from graph.index import Index
from graph.index.search import Question

router = APIRouter(prefix="/v1", tags=["search"])


@router.get("/search", responses=list_of(Hit, data=False))
async def search(ctx: JsonContext, query: Annotated[SearchQuery, Query()]) -> Response:
    """Organizations, people, markets, products, missions and sources by name, the best first.

    Typing errors, accents, word order, legal forms and scripts may differ.
    """
    parameters.check_once(SearchQuery, ctx.request.query_params)
    check_name(query.q, ctx.settings.search_length)
    limit = min(query.limit, ctx.settings.search_hits)
    question = Question(frozenset(query.kind) or None, query.country, limit, query.complete)

    def made(index: Index) -> bytes:
        hits = index.search_for(query.q, question, ctx.lang)
        told = {"items": hits, "total": len(hits), "page": 1, "pageSize": limit, "next": None}
        return orjson.dumps(told)

    async def make() -> Made:
        return Made(await ctx.find(made))

    return await answers.conditional(ctx, make)
