"""`/v1/network`: who is around whom, how two are linked, who matters, who belongs together, who connects."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api import networks
from api.deps import Context, JsonContext, offering
from api.network_parameters import (
    FORMS,
    BrokerQuery,
    CentralityQuery,
    CommunityQuery,
    NeighbourhoodQuery,
    PathQuery,
    RelationsQuery,
    ViewQuery,
)
from api.openapi import list_of
from api.openapi_network import network_of
from api.schemas.network import (
    BrokersGraph,
    CentralityGraph,
    CommunitiesGraph,
    NetworkGraph,
    PathsGraph,
    RelationCount,
    ViewGraph,
)

router = APIRouter(prefix="/v1/network", tags=["network"])

NetworkContext = Annotated[Context, Depends(offering(FORMS))]


@router.get("/neighbourhood", responses=network_of(NetworkGraph))
async def neighbourhood(ctx: NetworkContext, query: Annotated[NeighbourhoodQuery, Query()]) -> Response:
    """What is around organizations, markets, persons or missions, and how much more there is."""
    return await networks.neighbourhood(ctx, query)


@router.get("/view", responses=network_of(ViewGraph))
async def view(ctx: NetworkContext, query: Annotated[ViewQuery, Query()]) -> Response:
    """A network as someone has put it together: things, what was expanded, a path, without what was left out."""
    return await networks.viewed(ctx, query)


@router.get("/relations", responses=list_of(RelationCount, data=False))
async def relations(ctx: JsonContext, query: Annotated[RelationsQuery, Query()]) -> Response:
    """How many relations of which kind a thing has, before anybody fetches them."""
    return await networks.relations(ctx, query)


@router.get("/paths", responses=network_of(PathsGraph))
async def paths(ctx: NetworkContext, query: Annotated[PathQuery, Query()]) -> Response:
    """The shortest paths between two things, with the relations on them and their sources."""
    return await networks.chains(ctx, query)


@router.get("/centrality", responses=network_of(CentralityGraph))
async def centrality(ctx: NetworkContext, query: Annotated[CentralityQuery, Query()]) -> Response:
    """Degree, betweenness and PageRank in what is around some things, or in a market."""
    return await networks.central(ctx, query)


@router.get("/communities", responses=network_of(CommunitiesGraph))
async def communities(ctx: NetworkContext, query: Annotated[CommunityQuery, Query()]) -> Response:
    """Who belongs together in what is around some things, or in a market (Louvain)."""
    return await networks.grouped(ctx, query)


@router.get("/brokers", responses=network_of(BrokersGraph))
async def brokers(ctx: NetworkContext, query: Annotated[BrokerQuery, Query()]) -> Response:
    """Who connects Limburg with a market: partners, branches, missions, memberships and persons."""
    return await networks.between(ctx, query)
