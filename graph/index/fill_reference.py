"""Fills concepts, markets and sources: what everything else points at."""

from __future__ import annotations

from collections import defaultdict

from graph.index.days import NEVER, read
from graph.index.filling import Filling, last_part
from graph.index.nodes import Node, nodes
from graph.index.text import fold
from graph.model.namespaces import ACCESS, DCTERMS, RDFS, SCHEMA, SKOS, VERRE, region
from graph.model.terms import NamedNode

CLASSES = (
    SKOS.Concept,
    VERRE.Country,
    VERRE.Region,
    VERRE.Municipality,
    VERRE.Area,
    VERRE.Period,
)
_NAMES = (
    SKOS.prefLabel,
    SKOS.altLabel,
    SKOS.hiddenLabel,
    RDFS.label,
    SKOS.notation,
    VERRE.iso2,
    VERRE.iso3,
    VERRE.key,
)

_WIDER = f"""
SELECT ?market ?region WHERE {{
  ?market a {VERRE.Market} ; {SKOS.broaderTransitive} ?region . ?region a {VERRE.Market} }}
"""


def fill_concepts(filling: Filling) -> None:
    """Concepts with their labels, and every name that they can be found by."""
    names: set[tuple[str, str, int]] = set()
    for cls in CLASSES:
        for node in nodes(filling.view, cls):
            number = filling.concepts.add(node)
            kind = str(filling.concepts.rows[number - 1][2])
            for name in (node.iri, last_part(node.iri), *_all_names(node)):
                names.add((kind, fold(name), number))
    filling.insert("concept_name", sorted(names))


def _all_names(node: Node) -> list[str]:
    return [text for predicate in _NAMES for text in node.texts(predicate)]


def fill_coverage(filling: Filling) -> None:
    """Which stated markets answer for an asked one.

    Downward, a market answers for itself and for every region around it. Upward, a region answers
    for the countries in it, but the world never does: it names no country.
    """
    ids = filling.concepts.ids
    kinds = {row[0]: row[2] for row in filling.concepts.rows}
    wider: defaultdict[int, set[int]] = defaultdict(set)
    for market, wide in filling.view.select(_WIDER):
        if isinstance(market, NamedNode) and isinstance(wide, NamedNode):
            wider[ids[market.value]].add(ids[wide.value])
    world = ids.get(region("WORLD").value)
    rows = {(number, 0, number) for number, kind in kinds.items() if kind in {"country", "region"}}
    for market_id, regions in wider.items():
        rows |= {(wide_id, 0, market_id) for wide_id in regions}
        if kinds[market_id] == "country":
            rows |= {(market_id, 1, wide_id) for wide_id in regions if wide_id not in {world, market_id}}
    filling.insert("coverage", sorted(rows))


def fill_sources(filling: Filling) -> None:
    """The sources, by key."""
    found = sorted(nodes(filling.view, VERRE.Source), key=lambda node: (_ref(node), node.iri))
    for node in found:
        filling.sources[node.iri] = next(filling.numbers)
    filling.insert("source", (_source(filling, node) for node in found))


def _ref(node: Node) -> str:
    return node.text(VERRE.key) or last_part(node.iri)


def _source(filling: Filling, node: Node) -> tuple[object, ...]:
    title = node.text(DCTERMS["title"]) or _ref(node)
    publisher = node.text(DCTERMS.publisher)
    issued = next(iter(read(node.texts(DCTERMS.issued))), None)
    return (
        filling.sources[node.iri],
        node.iri,
        _ref(node),
        title,
        fold(f"{title} {publisher or ''}"),
        publisher,
        str(issued) if issued else None,
        issued.first.toordinal() if issued else NEVER,
        node.iri_of(SCHEMA.url) or node.text(SCHEMA.url),
        node.text(DCTERMS.language),
        _access(node),
    )


def _access(node: Node) -> str:
    """Whether a source is `restricted`, by what it says of itself or by where it says things."""
    said = (*node.iris(DCTERMS.accessRights), *node.iris(VERRE.graph))
    hidden = any(iri == ACCESS.RESTRICTED.value or "/graph/restricted/" in iri for iri in said)
    return "restricted" if hidden else "public"
