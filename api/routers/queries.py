"""`/v1/queries`: the questions that the product asks, in SPARQL."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api import parameters, stored
from api.deps import Context, DataContext, offering
from api.negotiation import CSV, JSON, XLSX
from api.openapi import QUERY_PARAMETERS, list_of, one_of
from api.parameters import ThingQuery
from api.schemas.service import Question, QuestionDetail

router = APIRouter(prefix="/v1", tags=["queries"])

TableContext = Annotated[Context, Depends(offering((JSON, CSV, XLSX)))]


@router.get("/queries", responses=list_of(Question, data=False))
async def queries(ctx: TableContext, query: Annotated[ThingQuery, Query()]) -> Response:
    """The stored questions with their parameters."""
    parameters.check_once(type(query), ctx.request.query_params)
    return await stored.catalogue(ctx)


@router.get("/queries/{name}", responses=one_of(QuestionDetail), openapi_extra=QUERY_PARAMETERS)
async def query(ctx: DataContext, name: str) -> Response:
    """One question with its SPARQL; with `run=true` or with its own parameters, the answer to it."""
    return await stored.one(ctx, name)
