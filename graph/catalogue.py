"""The catalogue of what there is to be had: a dataset for each publisher or register (DCAT 3).

https://www.w3.org/TR/vocab-dcat-3/ . Only what the sources themselves say is told: a licence where one
is stated, dates where there are dates; no blank nodes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from graph.model.dates import PartialDate
from graph.model.iris import Minter, slug
from graph.model.namespaces import DCAT, DCTERMS, RDF, VOID, XSD
from graph.model.terms import Literal, NamedNode, Term, Triple
from graph.void import TITLES

QUERY = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX verre: <https://w3id.org/verre/ns#>
SELECT ?source ?publisher ?issued ?graph ?licence WHERE {
  ?source a verre:Source .
  OPTIONAL { ?source dcterms:publisher ?publisher }
  OPTIONAL { ?source dcterms:issued ?issued }
  OPTIONAL { ?source verre:graph ?graph }
  OPTIONAL { ?source dcterms:license ?licence }
}
"""
"""What `Listed` is made of."""
UNKNOWN = {"nl": "Uitgever onbekend", "en": "Publisher unknown", "fr": "Éditeur inconnu"}
DUMP = "catalog/verre.nq.gz"
"""Path of the file that holds everything public that was not derived."""


@dataclass(frozen=True)
class Listed:
    """A source as the catalogue sees it: IRIs and texts, None where nothing is said."""

    source: str
    publisher: str | None = None
    issued: str | None = None
    graph: str | None = None
    licence: str | None = None


@dataclass(frozen=True)
class Served:
    """Where and what is served.

    Attributes:
        origin: scheme and host, without a closing slash.
        release: its name.
        created: when it was made, as `xsd:dateTime`.
        graphs: triples of each named graph.
    """

    origin: str
    release: str
    created: str
    graphs: Mapping[str, int]


def describe(sources: Iterable[Listed], served: Served, minter: Minter) -> set[Triple]:
    """The catalogue, its datasets with their distributions, and the endpoint that serves them."""
    catalog, everything = minter.thing("catalog", "verre"), minter.dataset
    endpoint = minter.thing("service", "sparql")
    found = {
        Triple(catalog, RDF.type, DCAT.Catalog),
        Triple(catalog, DCAT.dataset, everything),
        Triple(catalog, DCAT.service, endpoint),
        *_titled(catalog, TITLES),
        *_titled(everything, TITLES),
        Triple(everything, RDF.type, DCAT.Dataset),
        Triple(everything, DCAT.version, Literal(served.release)),
        Triple(everything, DCTERMS.modified, Literal(served.created, datatype=XSD.dateTime)),
        *_download(everything, f"{served.origin}/{DUMP}", "application/n-quads"),
        Triple(endpoint, RDF.type, DCAT.DataService),
        *_titled(endpoint, {"en": "SPARQL endpoint", "nl": "SPARQL-eindpunt", "fr": "Point d'accès SPARQL"}),
        Triple(endpoint, DCAT.endpointURL, NamedNode(f"{served.origin}/sparql")),
        Triple(endpoint, DCAT.endpointDescription, NamedNode(f"{served.origin}/sparql")),
        Triple(endpoint, DCAT.servesDataset, everything),
    }
    for publisher, group in _by_publisher(sources).items():
        dataset = minter.thing("dataset", f"publisher/{slug(publisher) if publisher else 'unknown'}")
        found |= {
            Triple(catalog, DCAT.dataset, dataset),
            Triple(everything, DCTERMS.hasPart, dataset),
            Triple(endpoint, DCAT.servesDataset, dataset),
        }
        found |= _dataset(dataset, publisher, group, served)
    return found


def _dataset(dataset: NamedNode, publisher: str, group: list[Listed], served: Served) -> set[Triple]:
    names = dict.fromkeys(UNKNOWN, publisher) if publisher else UNKNOWN
    graphs = sorted({each.graph for each in group if each.graph})
    found = {
        Triple(dataset, RDF.type, DCAT.Dataset),
        Triple(dataset, RDF.type, VOID.Dataset),
        Triple(dataset, VOID.documents, _number(len({each.source for each in group}))),
        Triple(dataset, VOID.triples, _number(sum(served.graphs.get(graph, 0) for graph in graphs))),
        *_titled(dataset, names),
        *_period(dataset, group),
    }
    if publisher:
        found.add(Triple(dataset, DCTERMS.publisher, Literal(publisher)))
    for each in group:
        found.add(Triple(dataset, DCTERMS.source, NamedNode(each.source)))
        if each.licence:
            found.add(Triple(dataset, DCTERMS.license, _named_or_text(each.licence)))
    for graph in graphs:
        found |= _download(dataset, f"{served.origin}/store?graph={quote(graph, safe='')}", "text/turtle")
    return found


def _period(dataset: NamedNode, group: list[Listed]) -> set[Triple]:
    """From the earliest to the latest date of its sources; nothing where none has one."""
    dates = [read for each in group if (read := _date(each.issued)) is not None]
    if not dates:
        return set()
    period = NamedNode(f"{dataset.value}/dates")
    first, last = min(each.first for each in dates), max(each.last for each in dates)
    return {
        Triple(dataset, DCTERMS.temporal, period),
        Triple(period, RDF.type, DCTERMS.PeriodOfTime),
        Triple(period, DCAT.startDate, Literal(first.isoformat(), datatype=XSD.date)),
        Triple(period, DCAT.endDate, Literal(last.isoformat(), datatype=XSD.date)),
    }


def _download(dataset: NamedNode, address: str, media_type: str) -> set[Triple]:
    node, kind = NamedNode(f"{address}#distribution"), "http://www.iana.org/assignments/media-types/"
    found = {
        Triple(dataset, DCAT.distribution, node),
        Triple(node, RDF.type, DCAT.Distribution),
        Triple(node, DCAT.downloadURL, NamedNode(address)),
        Triple(node, DCAT.accessURL, NamedNode(address)),
        Triple(node, DCAT.mediaType, NamedNode(kind + media_type)),
    }
    if address.endswith(".gz"):
        found.add(Triple(node, DCAT.compressFormat, NamedNode(f"{kind}application/gzip")))
    return found


def _by_publisher(sources: Iterable[Listed]) -> dict[str, list[Listed]]:
    groups: defaultdict[str, list[Listed]] = defaultdict(list)
    for each in sources:
        groups[each.publisher or ""].append(each)
    return dict(groups)


def _titled(thing: NamedNode, names: Mapping[str, str]) -> set[Triple]:
    return {Triple(thing, DCTERMS["title"], Literal(text, language=lang)) for lang, text in names.items()}


def _date(text: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        return None


def _named_or_text(text: str) -> Term:
    if text.startswith(("http://", "https://")):
        with suppress(ValueError):  # what is no IRI is a text
            return NamedNode(text)
    return Literal(text)


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)
