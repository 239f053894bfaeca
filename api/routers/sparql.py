"""SPARQL 1.1 Protocol: queries. The readers enforce deadline, memory and size; see docs/store.md."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import caching, pages, protocol, streams
from api.access import principal
from api.description import service_description
from api.errors import NotAcceptable
from api.limits import network
from api.logs import Event, audit
from api.negotiation import (
    GRAPHS,
    HTML,
    SOLUTIONS,
    SPARQL_JSON,
    TURTLE,
    Format,
    accepted,
    choose,
    named,
    unknown_format,
)
from api.openapi_protocol import SPARQL_DOCS, SPARQL_RESPONSES
from api.origin import address
from api.protocol import Asked
from api.services import services_of
from graph.errors import Issue
from graph.store.pool import QueryJob

router = APIRouter(tags=["sparql"], default_response_class=Response)
CLIENT_GONE = 499
"""What the log of a proxy says of a client that hung up; nobody reads it."""


@router.get("/sparql/", include_in_schema=False)
@router.get("/sparql", responses=SPARQL_RESPONSES, openapi_extra=SPARQL_DOCS["get"])
async def by_get(request: Request) -> Response:
    """Asks a SPARQL query. Without one: a form for a browser, the service description otherwise."""
    return await answer(request)


@router.post("/sparql/", include_in_schema=False)
@router.post("/sparql", responses=SPARQL_RESPONSES, openapi_extra=SPARQL_DOCS["post"])
async def by_post(request: Request) -> Response:
    """Asks a SPARQL query, as a form or as the body itself."""
    return await answer(request)


async def answer(request: Request) -> Response:
    """Answers any request to `/sparql`."""
    services = services_of(request.app)
    asked = await protocol.read(request, services)
    if asked.text is None:
        return await _introduce(request, asked)
    if asked.release is not None or services.settings.profile == "full":
        await services.indexes.check(asked.release)
    solutions, graphs = _formats(asked, request.headers.get("accept"))
    who = principal(request)
    part = who.part
    job = QueryJob(
        text=asked.text,
        solutions_type=(solutions or SPARQL_JSON).media_type,
        graph_type=(graphs or TURTLE).media_type,
        timeout=asked.timeout,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        release=asked.release,
        part=part,
        base_iri=address(request, services.settings.base_iri, "/sparql"),
        client=who.key or network(request.client.host if request.client else "local"),
    )
    graphs_asked = (*(job.default_graphs or ()), *(job.named_graphs or ()))
    audit(request, Event("query", text=job.text, graphs=graphs_asked or None))
    found = await streams.unless_gone(request, lambda: services.pool.query(job))
    if found is None:
        return Response(status_code=CLIENT_GONE)
    chosen = graphs if found.kind == "graph" else solutions
    if chosen is None:
        if found.chunks is not None:
            await found.chunks.aclose()
        raise _not_acceptable(found.kind, request.headers.get("accept"))
    headers = {
        "Vary": "Accept, Authorization",
        "Cache-Control": "no-cache" if part == "public" else caching.control(part),
        "Release": found.release,
    }
    return await streams.respond(request, found, chosen.content_type, headers)


def _formats(asked: Asked, accept: str | None) -> tuple[Format | None, Format | None]:
    """What solutions and what triples come as; None where the client takes none of them."""
    if asked.format is None:
        return accepted(accept, SOLUTIONS), accepted(accept, GRAPHS)
    solutions, graphs = named(asked.format, SOLUTIONS), named(asked.format, GRAPHS)
    if solutions is None and graphs is None:
        raise unknown_format(asked.format, (*SOLUTIONS, *GRAPHS))
    return solutions or SPARQL_JSON, graphs or TURTLE


def _not_acceptable(kind: str, accept: str | None) -> NotAcceptable:
    offers = GRAPHS if kind == "graph" else SOLUTIONS
    what = "triples" if kind == "graph" else "solutions"
    kinds = ", ".join(offer.media_type for offer in offers)
    return NotAcceptable(
        f"This query gives {what}, and no form of them is accepted.",
        issues=(Issue("Accept", f"{what} come as {kinds}", accept),),
    )


async def _introduce(request: Request, asked: Asked) -> Response:
    """A query-less GET."""
    bare = services_of(request.app).settings.profile == "bare"
    offers = GRAPHS if bare else (GRAPHS[0], HTML, *GRAPHS[1:])
    chosen = choose(asked.format, request.headers.get("accept"), offers)
    if chosen is HTML:
        return await pages.sparql_page(request)
    return await service_description(request, asked.release, chosen)
