"""Shortcuts from engagements: whom a company sells to, and where it only wants to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from graph.inference.bound import rows
from graph.inference.dates import latest, partial
from graph.model.dates import PartialDate
from graph.model.namespaces import VERRE
from graph.model.statuses import EXPORTS, RANK, Stated, strongest
from graph.model.terms import NamedNode, Term, Triple
from graph.store.view import GraphView

_QUERY = """
PREFIX schema: <https://schema.org/>
PREFIX verre: <https://w3id.org/verre/ns#>
SELECT ?engagement ?company ?market ?status ?end ?attested WHERE {
  ?engagement a verre:ExportEngagement ;
    verre:exporter ?company ; verre:market ?market ; verre:engagementStatus ?status .
  OPTIONAL { ?engagement schema:endDate ?end }
  OPTIONAL { ?engagement verre:attested ?attested }
}
"""

_SHORTCUT = {
    "targets": VERRE.targets,
    "entering": VERRE.entersMarket,
    **dict.fromkeys(EXPORTS, VERRE.exportsTo),
}

Pair = tuple[NamedNode, NamedNode]


SHORTCUTS = frozenset(_SHORTCUT.values())


def _stated(view: GraphView, companies: Collection[NamedNode] | None) -> dict[Pair, list[Stated]]:
    """What is stated of each company in each market, one entry an engagement."""
    read: defaultdict[tuple[Term | None, ...], tuple[set[Term | None], set[Term | None]]] = defaultdict(
        lambda: (set(), set())
    )
    for engagement, company, market, status, end, attested in rows(view, _QUERY, "company", companies):
        ends, attestations = read[engagement, company, market, status]
        ends.add(end)
        attestations.add(attested)
    pairs: defaultdict[Pair, list[Stated]] = defaultdict(list)
    for (_, company, market, status), (ends, attestations) in read.items():
        if not (isinstance(company, NamedNode) and isinstance(market, NamedNode)):
            continue
        word = status.value.rpartition("/")[2] if isinstance(status, NamedNode) else ""
        if word in RANK:
            pairs[company, market].append(Stated(word, _latest(ends), _latest(attestations)))
    return pairs


def _latest(values: set[Term | None]) -> PartialDate | None:
    return latest(read for read in map(partial, values) if read is not None)


def shortcuts(view: GraphView, today: date, companies: Collection[NamedNode] | None = None) -> set[Triple]:
    """`exportsTo`, `entersMarket` and `targets` by the strongest status that is going on.

    Args:
        companies: only of these.
    """
    found: set[Triple] = set()
    for (company, market), statements in _stated(view, companies).items():
        shortcut = _SHORTCUT.get(strongest(statements, today) or "")
        if shortcut is not None:
            found.add(Triple(company, shortcut, market))
    return found
