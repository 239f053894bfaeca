"""Fills concepts, markets and sources: what everything else points at."""

from __future__ import annotations

from collections import defaultdict

from graph.index import spellings
from graph.index.days import NEVER, read
from graph.index.filling import Filling, last_part
from graph.index.nodes import Node
from graph.index.numbers import SOURCE_GAP, spread
from graph.index.spellings import CONCEPTS
from graph.index.text import fold
from graph.model.namespaces import ACCESS, DCTERMS, RDFS, SCHEMA, SKOS, VERRE, region
from graph.model.terms import NamedNode
from graph.store.view import GraphView

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
    for cls in CLASSES:
        for node in filling.facts.nodes(cls):
            add_names(filling, node, filling.concepts.add(node))


def add_names(filling: Filling, node: Node, number: int) -> None:
    """Every name that a concept can be found by."""
    kind = filling.concepts.kinds[number]
    for name in sorted(all_names(node)):
        filling.add("concept_name", kind, name, number)
    if kind in CONCEPTS:
        names = {text for predicate in _NAMES for text in node.texts(predicate)}
        spellings.add_names(filling, CONCEPTS[kind], number, names or {last_part(node.iri)})


def all_names(node: Node) -> set[str]:
    """The names of a concept, folded."""
    names = (text for predicate in _NAMES for text in node.texts(predicate))
    return {fold(name) for name in (node.iri, last_part(node.iri), *names)}


def fill_coverage(filling: Filling, view: GraphView) -> None:
    """Which stated markets answer for an asked one.

    Downward, a market answers for itself and for every region around it. Upward, a region answers
    for the countries in it, but the world never does: it names no country.
    """
    ids = filling.concepts.ids
    kinds = filling.concepts.kinds
    wider: defaultdict[int, set[int]] = defaultdict(set)
    for market, wide in view.select(_WIDER):
        pair = [
            ids[each.value] for each in (market, wide) if isinstance(each, NamedNode) and each.value in ids
        ]
        if len(pair) == 2:
            wider[pair[0]].add(pair[1])
    world = ids.get(region("WORLD").value)
    rows = {(number, 0, number) for number, kind in kinds.items() if kind in {"country", "region"}}
    for market_id, regions in wider.items():
        rows |= {(wide_id, 0, market_id) for wide_id in regions}
        if kinds[market_id] == "country":
            rows |= {(market_id, 1, wide_id) for wide_id in regions if wide_id not in {world, market_id}}
    for row in sorted(rows):
        filling.add("coverage", *row)


def fill_sources(filling: Filling) -> None:
    """The sources, by key."""
    found = sorted(filling.facts.nodes(VERRE.Source), key=source_order)
    numbers = spread(len(found), 0, len(found) * 2 * SOURCE_GAP, SOURCE_GAP)
    for node, number in zip(found, numbers, strict=True):
        filling.sources.put(node.iri, number)
        add_source(filling, node)


def source_order(node: Node) -> tuple[str, str]:
    """Where a source stands in lists."""
    return _ref(node), node.iri


def _ref(node: Node) -> str:
    return node.text(VERRE.key) or last_part(node.iri)


def add_source(filling: Filling, node: Node) -> None:
    """A source that has its number."""
    title = node.text(DCTERMS["title"]) or _ref(node)
    publisher = node.text(DCTERMS.publisher)
    spellings.add_names(
        filling, "source", filling.sources.get(node.iri), {title, publisher or title, _ref(node)}
    )
    issued = next(iter(read(node.texts(DCTERMS.issued))), None)
    filling.add(
        "source",
        filling.sources.get(node.iri),
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
