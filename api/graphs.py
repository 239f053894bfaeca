"""The content of one graph, streamed from the readers: what GET on `/store` answers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api import caching, streams
from api.access import principal
from api.negotiation import SPARQL_JSON, Format
from api.services import Services
from graph.errors import Issue, NotFound
from graph.store.pool import QueryJob

EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
ANYTHING = "ASK { ?s ?p ?o }"
NAMES = "SELECT ?g WHERE { GRAPH ?g {} }"
"""Where graphs may be empty, only the names of all tell which are there."""
CLIENT_GONE = 499


@dataclass(frozen=True)
class Wanted:
    """A graph, and how it is to be answered.

    Attributes:
        graph: its IRI; None is the default graph.
    """

    graph: str | None
    format: Format
    timeout: float | None = None
    release: str | None = None


async def content(request: Request, services: Services, wanted: Wanted) -> Response:
    """The triples of a graph; the graph's IRI travels as a term, never as part of a query.

    Raises:
        NotFound: there is no such graph, or none that this client may see.
    """
    job = QueryJob(
        EVERYTHING,
        graph_type=wanted.format.media_type,
        timeout=wanted.timeout,
        default_graphs=None if wanted.graph is None else (wanted.graph,),
        named_graphs=None if wanted.graph is None else (),
        release=wanted.release,
        part=principal(request).part,
    )
    if wanted.release is not None or services.settings.profile == "full":
        await services.indexes.check(wanted.release)
    release = await _release(services, job)
    headers = _headers(request, job, release)
    if caching.matches(request.headers.get("if-none-match"), headers["ETag"]):
        return caching.not_modified(headers)
    pinned = replace(job, release=release)
    answer = await streams.unless_gone(request, lambda: services.pool.query(pinned))
    if answer is None:
        return Response(status_code=CLIENT_GONE)
    return await streams.respond(request, answer, wanted.format.content_type, headers)


async def _release(services: Services, job: QueryJob) -> str:
    """The release that answers, where it holds the graph."""
    ask = replace(job, text=ANYTHING, solutions_type=SPARQL_JSON.media_type)
    answer = await services.pool.query(ask)
    if job.default_graphs is None or orjson.loads(await streams.whole(answer))["boolean"]:
        return answer.release
    (graph,) = job.default_graphs
    if services.settings.profile == "bare" and graph in await _names(services, ask):
        return answer.release
    issue = Issue("graph", "there is no such graph", graph)
    raise NotFound("There is no such graph.", issues=(issue,))


async def _names(services: Services, job: QueryJob) -> set[str]:
    """The names of all graphs, empty ones too."""
    answer = await services.pool.query(replace(job, text=NAMES, default_graphs=None, named_graphs=None))
    found = orjson.loads(await streams.whole(answer))["results"]["bindings"]
    return {row["g"]["value"] for row in found}


def _headers(request: Request, job: QueryJob, release: str) -> dict[str, str]:
    """The tag is a weak one: the engine may order triples otherwise the next time."""
    about = orjson.dumps([release, job.part, job.default_graphs, job.graph_type])
    tag = hashlib.blake2b(about, digest_size=16).hexdigest()
    return {
        "ETag": f'W/"{tag}"',
        "Vary": "Accept, Authorization",
        "Cache-Control": caching.control(job.part),
        "Release": release,
    }
