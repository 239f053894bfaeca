"""The smallest graphs that show a point, shared by the tests of the store."""

from __future__ import annotations

from graph.model.iris import Minter
from graph.model.terms import Literal, NamedNode, Quad, Triple
from graph.store.view import Graphs, GraphView
from graph.store.writer import Derive

MINT = Minter()
EX = "http://example.org/"
NAME, MARKET = NamedNode(EX + "name"), NamedNode(EX + "market")
ONE, TWO, EDIT = MINT.source_graph("s001"), MINT.source_graph("s002"), MINT.graph("edit/ann")
SECRET = MINT.graph("restricted/edit/bob")
NO_DERIVE = Derive()


def thing(key: str) -> NamedNode:
    return NamedNode(EX + key)


def named(key: str, name: str | None = None) -> Triple:
    return Triple(thing(key), NAME, Literal(name or key.title()))


def sells(key: str, market: str) -> Triple:
    return Triple(thing(key), MARKET, thing(market))


def quad(triple: Triple, graph: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def contents(view: GraphView) -> Graphs:
    """All named graphs of a view."""
    return {name: set(view.triples(name)) for name in view.graphs()}


def merge_is_right(view: GraphView) -> bool:
    """Whether the default graph is exactly the union of the named ones, each triple once."""
    merged = list(view.triples())
    return len(merged) == len(set(merged)) and set(merged) == set().union(*contents(view).values())
