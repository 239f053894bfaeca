"""Day bounds of partial dates, so that SPARQL can compare `2018`, `2018-02` and `2018-02-19`.

Where several values are stated for one node, the widest period and the latest attestation hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from graph.inference.bound import Facts
from graph.model.dates import PartialDate
from graph.model.namespaces import SCHEMA, VERRE, XSD
from graph.model.terms import Literal, NamedNode, Term, Triple
from graph.store.view import GraphView

_QUERY = """
PREFIX schema: <https://schema.org/>
PREFIX verre: <https://w3id.org/verre/ns#>
SELECT ?node ?property ?value WHERE {
  VALUES ?property { schema:startDate schema:endDate verre:attested }
  ?node ?property ?value
}
"""

KEPT = 50_000
"""Dates that are remembered: millions of facts share a few thousand days."""
DATES = (SCHEMA.startDate, SCHEMA.endDate, VERRE.attested)
BOUNDS = frozenset({VERRE.notBefore, VERRE.notAfter, VERRE.attestedFrom, VERRE.attestedTo})


def partial(term: Term | None) -> PartialDate | None:
    """The date of a literal; None for anything that is no date of ours (a shape reports those)."""
    return _parsed(term.value) if isinstance(term, Literal) else None


@lru_cache(KEPT)
def _parsed(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


@lru_cache(KEPT)
def day(value: date) -> Literal:
    """A day as `xsd:date`."""
    return Literal(value.isoformat(), datatype=XSD.date)


def latest(values: Iterable[PartialDate]) -> PartialDate | None:
    """The date that reaches furthest; of several that do, the one that begins last."""
    return max(values, key=_reach, default=None)


def _reach(value: PartialDate) -> tuple[date, date]:
    return value.last, value.first


def bounds(view: GraphView, _today: date) -> set[Triple]:
    """`notBefore`, `notAfter`, `attestedFrom` and `attestedTo` of every node with such a date."""
    return _read(
        (node, prop, value)
        for node, prop, value in view.select(_QUERY)
        if isinstance(node, NamedNode) and isinstance(prop, NamedNode)
    )


def bounds_of(facts: Facts) -> set[Triple]:
    """The same for some nodes, from all that is said of them."""
    return _read(
        (node, prop, value)
        for node, values in facts.items()
        for prop in DATES
        for value in values.get(prop, ())
    )


def _read(rows: Iterable[tuple[NamedNode, NamedNode, Term | None]]) -> set[Triple]:
    stated: defaultdict[tuple[NamedNode, NamedNode], list[PartialDate]] = defaultdict(list)
    for node, prop, value in rows:
        read = partial(value)
        if read is not None:
            stated[node, prop].append(read)
    found: set[Triple] = set()
    for (node, prop), values in stated.items():
        found.update(Triple(node, name, day(value)) for name, value in _bounds(prop, values))
    return found


def _bounds(prop: NamedNode, values: list[PartialDate]) -> list[tuple[NamedNode, date]]:
    if prop == SCHEMA.startDate:
        return [(VERRE.notBefore, min(value.first for value in values))]
    if prop == SCHEMA.endDate:
        return [(VERRE.notAfter, max(value.last for value in values))]
    last = max(values, key=_reach)
    return [(VERRE.attestedFrom, last.first), (VERRE.attestedTo, last.last)]
