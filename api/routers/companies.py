"""`/v1/companies`: organizations, one by one and as a list, and who is around them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import lists, single
from api.deps import DataContext, JsonContext
from api.openapi import list_of, one_of
from api.parameters import CompanyQuery, NetworkQuery, ThingQuery
from api.schemas.company import Company
from api.schemas.things import CompanyItem, Network

router = APIRouter(prefix="/v1", tags=["companies"])


@router.get("/companies", responses=list_of(CompanyItem))
async def companies(ctx: DataContext, query: Annotated[CompanyQuery, Query()]) -> Response:
    """Organizations of any kind: companies, branches, partners, chambers, agencies."""
    return await lists.answer(ctx, "companies", query)


@router.get("/companies/{ref:path}/network", responses=one_of(Network, data=False))
async def network(ctx: JsonContext, ref: str, query: Annotated[NetworkQuery, Query()]) -> Response:
    """The neighbourhood of an organization as node-link JSON; cut at VERRE_NETWORK_NODES."""
    return await single.network(ctx, ref, query)


@router.get("/companies/{ref:path}", responses=one_of(Company, moved=True))
async def company(ctx: DataContext, ref: str, query: Annotated[ThingQuery, Query()]) -> Response:
    """Everything known of an organization, with sources. `ref`: slug, enterprise number in any spelling, LEI."""
    return await single.company(ctx, ref, query)
