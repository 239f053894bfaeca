"""The SPARQL 1.1 service description: what `/sparql` and `/update` understand, hold, and answer in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

import graph
from api.access import principal
from api.caching import Facts, matches, not_modified
from api.negotiation import GRAPHS, SOLUTIONS, Format
from api.origin import address
from api.services import services_of
from graph.model.namespaces import OWL, RDF, RDFS, VOID, XSD
from graph.model.terms import Literal, NamedNode, Triple
from graph.settings import Settings
from graph.store.manifest import Size
from graph.store.rdf import written

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
ENTAILMENT = "http://www.w3.org/ns/entailment/Simple"
PREFIXES = {
    "sd": SD,
    "formats": FORMATS,
    "void": VOID,
    "rdfs": RDFS,
    "owl": "http://www.w3.org/2002/07/owl#",
}
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}
MERGE = (
    "The merge of all named graphs, each triple once: it is stored, not a union made at query time, so counts over it "
    "are right. It is read only; every write names a graph."
)
PLAIN = "A graph like any other; it is not the union of the named graphs."


@dataclass(frozen=True)
class Served:
    """What a description is about.

    Attributes:
        query, update: the addresses of the endpoints.
        release: the release that answers.
        size: of it, as far as the client may see it.
    """

    query: str
    update: str
    release: str
    size: Size


def triples(served: Served, settings: Settings) -> Iterator[Triple]:
    """The description. Nothing in it is a blank node, so that it is the same each time."""
    dataset = NamedNode(f"{served.query}#dataset")
    for endpoint, language in ((served.query, "SPARQL11Query"), (served.update, "SPARQL11Update")):
        service = NamedNode(endpoint)
        yield Triple(service, RDF.type, _sd("Service"))
        yield Triple(service, _sd("endpoint"), service)
        yield Triple(service, _sd("supportedLanguage"), _sd(language))
        yield Triple(service, _sd("defaultEntailmentRegime"), NamedNode(ENTAILMENT))
        yield Triple(service, _sd("defaultDataset"), dataset)
        if settings.profile == "bare":
            yield Triple(service, _sd("feature"), _sd("EmptyGraphs"))
    query, update = NamedNode(served.query), NamedNode(served.update)
    for form in (*SOLUTIONS, *GRAPHS):
        yield Triple(query, _sd("resultFormat"), NamedNode(FORMATS + _NAMES[form.media_type]))
    yield _comment(query, _limits(settings))
    yield _comment(
        update, "Needs the key of a steward. SERVICE and LOAD are refused: nothing is fetched from here."
    )
    yield from _dataset(dataset, served, settings)


def _dataset(dataset: NamedNode, served: Served, settings: Settings) -> Iterator[Triple]:
    default = NamedNode(f"{served.query}#default")
    yield Triple(dataset, RDF.type, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, RDF.type, _sd("Graph"))
    yield _comment(default, PLAIN if settings.profile == "bare" else MERGE)
    yield Triple(dataset, OWL.versionInfo, Literal(served.release))
    yield _count(default, served.size.triples)
    for number, (name, count) in enumerate(sorted(served.size.graphs.items()), 1):
        named, content = (NamedNode(f"{served.query}#{kind}-{number}") for kind in ("named", "graph"))
        yield Triple(dataset, _sd("namedGraph"), named)
        yield Triple(named, RDF.type, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), NamedNode(name))
        yield Triple(named, _sd("graph"), content)
        yield Triple(content, RDF.type, _sd("Graph"))
        yield _count(content, count)


def _limits(settings: Settings) -> str:
    return (
        f"A query may take {settings.query_timeout:g} seconds, or as many as timeout= asks for, up to "
        f"{settings.query_timeout_max:g}; have {settings.query_length} characters; and answer {settings.query_bytes} "
        "bytes. An answer that meets a limit is an error, or breaks off; it never looks whole. SERVICE is refused."
    )


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)


def _comment(about: NamedNode, text: str) -> Triple:
    return Triple(about, RDFS.comment, Literal(text, language="en"))


def _count(about: NamedNode, triples: int) -> Triple:
    return Triple(about, VOID.triples, Literal(str(triples), datatype=XSD.integer))


async def service_description(request: Request, release: str | None, form: Format) -> Response:
    """The description of this server's endpoints, with the graphs that the client may see.

    Raises:
        NotFound: there is no such release.
    """
    services, part = services_of(request.app), principal(request).part
    if release is not None:
        await services.indexes.check(release)
    base = services.settings.base_iri
    query, update = (address(request, base, path) for path in ("/sparql", "/update"))
    name = services.indexes.pick(release)
    facts = Facts(name, part, "", "en", form.name, query, graph.__version__)
    if matches(request.headers.get("if-none-match"), facts.etag):
        return not_modified(facts.headers())
    size = await services.in_thread(lambda: services.releases.get(name).size(part))
    told = triples(Served(query, update, name, size), services.settings)
    body = await services.in_thread(lambda: written(told, form.media_type, PREFIXES))
    return Response(body, 200, facts.headers(), form.content_type)
