"""`/v1/companies/{id}/matches`, `/v1/match`: who fits whom, why, and what speaks against it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api import answers, matching, parameters
from api.caching import Made
from api.deps import JsonContext
from api.match_parameters import Batch, MatchQuery
from api.openapi import Responses, one_of, problems
from api.parameters import ThingQuery
from api.schemas.matches import MatchAlgorithms, MatchBatch, Matches

router = APIRouter(prefix="/v1", tags=["match"])

_EXAMPLE = {
    "queries": {
        "peers": {"kind": "peers", "company": "luminex", "market": "VN"},
        "buyer": {"kind": "suppliers", "country": ["KR"], "product": ["pears"], "keyword": ["fruit"]},
    },
    "limit": 5,
}
_SCHEMA = Batch.model_json_schema(ref_template="#/components/schemas/{model}")
_ASKED = _SCHEMA.pop("$defs")["Asked"]
_SCHEMA["properties"]["queries"]["additionalProperties"] = _ASKED
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "At most VERRE_MATCH_BATCH queries, by names of the client's own.",
        "content": {"application/json": {"schema": _SCHEMA, "example": _EXAMPLE}},
    }
}
_BATCH: Responses = {**one_of(MatchBatch, data=False), **problems(413, 415)}


@router.get("/companies/{ref:path}/matches", responses=one_of(Matches, data=False))
async def matches(ctx: JsonContext, ref: str, query: Annotated[MatchQuery, Query()]) -> Response:
    """Partners, peers, gateways, markets or suppliers for an organization, with reasons, counter-reasons and sources."""
    return await matching.of_company(ctx, ref, query)


@router.get("/match/algorithms", responses=one_of(MatchAlgorithms, data=False))
async def algorithms(ctx: JsonContext, query: Annotated[ThingQuery, Query()]) -> Response:
    """The kinds of match, their features and standard weights."""
    parameters.check_once(type(query), ctx.request.query_params)

    async def make() -> Made:
        return Made(matching.told_algorithms(ctx))

    return await answers.conditional(ctx, make)


@router.post("/match", responses=_BATCH, openapi_extra=_BODY)
async def batch(ctx: JsonContext, request: Request, query: Annotated[ThingQuery, Query()]) -> Response:
    """A batch of named queries, answered one by one under the same names."""
    parameters.check_once(type(query), ctx.request.query_params)
    return await matching.batch(ctx, request)
