"""SPARQL 1.1 Graph Store HTTP Protocol: graphs named in the address, directly or by `?graph=` and `?default`."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import graphs, gsp, protocol, uploads
from api.access import require
from api.errors import UnsupportedMediaType
from api.graphs import Wanted
from api.gsp import Target
from api.negotiation import GRAPHS, choose
from api.openapi_protocol import DIRECT_DOCS, STORE_DOCS, STORE_RESPONSES
from api.preferences import preferences
from api.services import services_of
from api.written import told, write
from graph.errors import Issue, Unsupported
from graph.keys import Role
from graph.store.writes import Write

router = APIRouter(tags=["sparql"], default_response_class=Response)
URI = "%:/?#[]@!$&'()*+,;="
"""What an IRI may have in common with a URI; the rest is percent-encoded for `Location`."""


@router.get("/store/{path:path}", responses=STORE_RESPONSES["get"], openapi_extra=DIRECT_DOCS["get"])
async def get_direct(request: Request, path: str) -> Response:
    """The graph that this address names."""
    return await get_indirect(request)


@router.get("/store", responses=STORE_RESPONSES["get"], openapi_extra=STORE_DOCS["get"])
async def get_indirect(request: Request) -> Response:
    """A graph; the default graph is the merge of all, each triple once."""
    services = services_of(request.app)
    given = protocol.parameters(request)
    form = choose(protocol.one(given, "format"), request.headers.get("accept"), GRAPHS)
    wanted = Wanted(
        graph=gsp.one_target(request, services.settings).graph,
        format=form,
        timeout=protocol.timeout(protocol.one(given, "timeout"), services.settings),
        release=protocol.one(given, "release"),
    )
    return await graphs.content(request, services, wanted)


@router.put("/store/{path:path}", responses=STORE_RESPONSES["put"], openapi_extra=DIRECT_DOCS["put"])
async def put_direct(request: Request, path: str) -> Response:
    """Makes the graph of this address hold what is sent, and nothing else. Needs the key of a steward."""
    return await put_indirect(request)


@router.put("/store", responses=STORE_RESPONSES["put"], openapi_extra=STORE_DOCS["put"])
async def put_indirect(request: Request) -> Response:
    """Makes a graph hold what is sent, and nothing else. Needs the key of a steward."""
    require(request, Role.STEWARD)
    return await _send(request, "put", gsp.one_target(request, services_of(request.app).settings))


@router.post("/store/{path:path}", responses=STORE_RESPONSES["post"], openapi_extra=DIRECT_DOCS["post"])
async def post_direct(request: Request, path: str) -> Response:
    """Adds what is sent to the graph of this address. Needs the key of a steward."""
    return await post_indirect(request)


@router.post("/store", responses=STORE_RESPONSES["post"], openapi_extra=STORE_DOCS["post"])
async def post_indirect(request: Request) -> Response:
    """Adds what is sent to a graph; to a new one, named by `Location`, where none is. Needs the key of a steward."""
    require(request, Role.STEWARD)
    settings = services_of(request.app).settings
    found = gsp.target(request, settings)
    return await _send(request, "post", found or gsp.fresh(request, settings))


@router.delete("/store/{path:path}", responses=STORE_RESPONSES["delete"], openapi_extra=DIRECT_DOCS["delete"])
async def delete_direct(request: Request, path: str) -> Response:
    """Deletes the graph of this address. Needs the key of a steward."""
    return await delete_indirect(request)


@router.delete("/store", responses=STORE_RESPONSES["delete"], openapi_extra=STORE_DOCS["delete"])
async def delete_indirect(request: Request) -> Response:
    """Deletes a graph. Needs the key of a steward."""
    who, services = require(request, Role.STEWARD), services_of(request.app)
    found = gsp.writable(request, services, gsp.one_target(request, services.settings))
    prefer = preferences(request)
    wanted = Write("delete", graph=found.graph, actor=who.key or "", lenient=prefer.lenient)
    return told(await write(request, services, wanted), prefer)


@router.patch("/store/{path:path}", include_in_schema=False)
@router.patch("/store", include_in_schema=False)
async def patch(request: Request) -> Response:
    """Says where graphs are patched (section 5.7 leaves it open)."""
    require(request, Role.STEWARD)
    if protocol.kind_of(request) == protocol.UPDATE:
        raise Unsupported("A graph is patched by sending the update to /update.")
    issue = Issue("Content-Type", f"send {protocol.UPDATE} to /update", protocol.kind_of(request) or None)
    raise UnsupportedMediaType("A patch of this kind is not read here.", issues=(issue,))


async def _send(request: Request, kind: Literal["put", "post"], target: Target) -> Response:
    who, services = require(request, Role.STEWARD), services_of(request.app)
    found, prefer = gsp.writable(request, services, target), preferences(request)
    async with uploads.received(request, services, found.base_iri) as upload:
        wanted = Write(
            kind,
            graph=found.graph,
            body=upload.path,
            media_type=upload.media_type,
            base_iri=found.base_iri,
            actor=who.key or "",
            lenient=prefer.lenient,
        )
        written = await write(request, services, wanted)
    headers = {"Location": quote(found.graph, safe=URI)} if written.created and found.graph else None
    return told(written, prefer, created=written.created, headers=headers)
