"""Who belongs to whom: partners, parents, subsidiaries and ultimate parents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

import networkx as nx

from graph.inference.bound import rows
from graph.inference.dates import partial
from graph.model.namespaces import RDF, VERRE, code
from graph.model.statuses import is_ended
from graph.model.terms import NamedNode, Triple
from graph.store.view import GraphView, Row

_TIES = """
PREFIX schema: <https://schema.org/>
PREFIX verre: <https://w3id.org/verre/ns#>
SELECT ?node ?from ?to ?end ?kind WHERE {{
  ?node a verre:{kind} ; verre:{start} ?from ; verre:{target} ?to .
  OPTIONAL {{ ?node schema:endDate ?end }}
  OPTIONAL {{ ?node verre:ownershipKind ?kind }}
}}
"""
_PARTNERSHIPS = _TIES.format(kind="Partnership", start="principal", target="partner")
_OWNERSHIPS = _TIES.format(kind="Ownership", start="owner", target="owned")

_INVESTMENT = code("ownership-kind", "investment")

Pair = tuple[NamedNode, NamedNode]


def _going_on(found: Iterable[Row], today: date) -> set[Pair]:
    """The pairs with a tie that has not ended and is no mere investment."""
    ends: defaultdict[tuple[NamedNode, NamedNode, NamedNode], list[bool]] = defaultdict(list)
    for node, start, target, end, kind in found:
        if not (
            isinstance(node, NamedNode) and isinstance(start, NamedNode) and isinstance(target, NamedNode)
        ):
            continue
        if kind != _INVESTMENT:
            ends[node, start, target].append(is_ended(partial(end), today))
    return {(start, target) for (_, start, target), ended in ends.items() if not all(ended)}


def partners(view: GraphView, today: date) -> set[Triple]:
    """`partnerOf`, both ways, for every partnership without an end in the past."""
    return _both_ways(_going_on(view.select(_PARTNERSHIPS), today))


def partners_of(view: GraphView, today: date, pairs: Iterable[Pair]) -> set[Triple]:
    """The same for some pairs, in whatever order they come."""
    asked = {frozenset(pair) for pair in pairs}
    found = rows(view, _PARTNERSHIPS, "from", {each for pair in asked for each in pair})
    kept = (row for row in found if frozenset(row[1:3]) in asked)
    return _both_ways(_going_on(kept, today))


def _both_ways(pairs: set[Pair]) -> set[Triple]:
    return {
        Triple(a, VERRE.partnerOf, b)
        for one, other in pairs
        for a, b in ((one, other), (other, one))
        if a != b
    }


def parents(view: GraphView, today: date) -> set[Triple]:
    """`parentOf`, the class `Subsidiary`, and `ultimateParent`."""
    pairs = _going_on(view.select(_OWNERSHIPS), today)
    return parent_triples(pairs) | ultimate_triples(ultimate(pairs))


def owners_of(view: GraphView, today: date, owned: Collection[NamedNode]) -> set[Pair]:
    """(owner, owned) for some that are owned."""
    return _going_on(rows(view, _OWNERSHIPS, "to", owned), today)


def owned_by(view: GraphView, today: date, owners: Collection[NamedNode]) -> set[Pair]:
    """(owner, owned) for some owners."""
    return _going_on(rows(view, _OWNERSHIPS, "from", owners), today)


def parent_triples(pairs: Iterable[Pair]) -> set[Triple]:
    """`parentOf`, and the class `Subsidiary`, of pairs of owner and owned."""
    listed = list(pairs)
    found = {Triple(owner, VERRE.parentOf, owned) for owner, owned in listed}
    return found | {Triple(owned, RDF.type, VERRE.Subsidiary) for _, owned in listed}


def ultimate_triples(pairs: Iterable[Pair]) -> set[Triple]:
    """`ultimateParent` of pairs of an organization and the end of a chain."""
    return {Triple(org, VERRE.ultimateParent, top) for org, top in pairs}


def ultimate(pairs: set[Pair]) -> set[Pair]:
    """Each organization with the ends of its chains of owners.

    Where a chain ends in a circle of owners, each of the circle is an end; an organization is never
    its own.
    """
    graph: nx.DiGraph[NamedNode] = nx.DiGraph()
    graph.add_edges_from(pairs)
    knots = nx.condensation(graph)
    members: dict[int, set[NamedNode]] = {knot: knots.nodes[knot]["members"] for knot in knots}
    tops: dict[int, set[int]] = {}
    for knot in nx.topological_sort(knots):
        above = list(knots.predecessors(knot))
        tops[knot] = set().union(*(tops[each] for each in above)) if above else {knot}
    return {
        (org, top)
        for knot, ends in tops.items()
        for org in members[knot]
        for end in ends
        for top in members[end]
        if top != org
    }
