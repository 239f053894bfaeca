"""The queries of the rules, asked of the whole graph or of a few nodes only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from graph.model.terms import NamedNode, Term, Triple
from graph.store.view import GraphView, Row

BATCH = 500
"""Nodes that one query is bound to."""

Facts = dict[NamedNode, dict[NamedNode, set[Term]]]
"""The values of nodes by predicate."""

_ABOUT = "SELECT ?node ?property ?value WHERE { ?node ?property ?value }"


def rows(view: GraphView, query: str, name: str, only: Collection[NamedNode] | None) -> Iterator[Row]:
    """The solutions of a query, all of them or those where a variable is one of some nodes.

    Args:
        query: of ours, with `WHERE {` once.
        name: the variable.
        only: its values; None for all.
    """
    if only is None:
        yield from view.select(query)
        return
    for some in batches(only):
        values = f"VALUES ?{name} {{ {' '.join(str(node) for node in some)} }}"
        yield from view.select(query.replace("WHERE {", f"WHERE {{ {values}", 1))


def batches(nodes: Iterable[NamedNode]) -> Iterator[list[NamedNode]]:
    """Nodes in lists that a query can be bound to, in a fixed order."""
    listed = sorted(nodes, key=lambda node: node.value)
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]


def about(view: GraphView, nodes: Collection[NamedNode]) -> Facts:
    """Everything that the merge says of some nodes; those of which it says nothing are there as well."""
    found: Facts = {node: {} for node in nodes}
    for node, predicate, value in rows(view, _ABOUT, "node", nodes):
        if isinstance(node, NamedNode) and isinstance(predicate, NamedNode) and value is not None:
            found[node].setdefault(predicate, set()).add(value)
    return found


def said_in(view: GraphView, graph: NamedNode, nodes: Collection[NamedNode]) -> set[Triple]:
    """The triples of a named graph about some nodes."""
    query = f"SELECT ?node ?property ?value WHERE {{ GRAPH {graph} {{ ?node ?property ?value }} }}"
    return {
        Triple(node, predicate, value)
        for node, predicate, value in rows(view, query, "node", nodes)
        if isinstance(node, NamedNode) and isinstance(predicate, NamedNode) and value is not None
    }


def pointing_in(
    view: GraphView, graph: NamedNode, predicate: NamedNode, nodes: Collection[NamedNode]
) -> set[Triple]:
    """The triples of a named graph with a predicate that lead to some nodes."""
    query = f"SELECT ?from ?node WHERE {{ GRAPH {graph} {{ ?from {predicate} ?node }} }}"
    return {
        Triple(start, predicate, node)
        for start, node in rows(view, query, "node", nodes)
        if isinstance(start, NamedNode) and isinstance(node, NamedNode)
    }


def grouped(pairs: Iterable[tuple[NamedNode, NamedNode]]) -> dict[NamedNode, set[NamedNode]]:
    """Second members by first."""
    found: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for first, second in pairs:
        found[first].add(second)
    return found
