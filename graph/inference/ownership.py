"""Who belongs to whom: partners, parents, subsidiaries and ultimate parents."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import networkx as nx

from graph.inference.dates import partial
from graph.model.namespaces import RDF, VERRE, code
from graph.model.statuses import is_ended
from graph.model.terms import NamedNode, Triple
from graph.store.view import GraphView

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


def _going_on(view: GraphView, query: str, today: date) -> set[Pair]:
    """The pairs with a tie that has not ended and is no mere investment."""
    ends: defaultdict[tuple[NamedNode, NamedNode, NamedNode], list[bool]] = defaultdict(list)
    for node, start, target, end, kind in view.select(query):
        if not (
            isinstance(node, NamedNode) and isinstance(start, NamedNode) and isinstance(target, NamedNode)
        ):
            continue
        if kind != _INVESTMENT:
            ends[node, start, target].append(is_ended(partial(end), today))
    return {(start, target) for (_, start, target), ended in ends.items() if not all(ended)}


def partners(view: GraphView, today: date) -> set[Triple]:
    """`partnerOf`, both ways, for every partnership without an end in the past."""
    pairs = _going_on(view, _PARTNERSHIPS, today)
    return {
        Triple(a, VERRE.partnerOf, b)
        for one, other in pairs
        for a, b in ((one, other), (other, one))
        if a != b
    }


def parents(view: GraphView, today: date) -> set[Triple]:
    """`parentOf`, the class `Subsidiary`, and `ultimateParent`."""
    pairs = _going_on(view, _OWNERSHIPS, today)
    found = {Triple(owner, VERRE.parentOf, owned) for owner, owned in pairs}
    found |= {Triple(owned, RDF.type, VERRE.Subsidiary) for _, owned in pairs}
    return found | {Triple(org, VERRE.ultimateParent, top) for org, top in ultimate(pairs)}


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
