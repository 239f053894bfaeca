"""Filling an empty store in one pass: as fast as the engine's bulk loader takes it in.

Nothing is held in memory but what the engine sorts: the merge is given to it beside the named graphs,
and it keeps each triple once by itself. What it holds afterwards is counted in it, since a file may
say the same thing twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from graph.model.terms import Term
from graph.store.erased import Erased
from graph.store.normal import normal_quad
from graph.store.view import StoreView

Progress = Callable[[str, int, int], None]
STEP = 100_000
"""Quads between two words of progress."""
_MERGE = DefaultGraph()
_BY_GRAPH = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_MERGED = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def fill(store: Store, quads: Iterable[Quad]) -> None:
    """Loads quads of named graphs and their merge.

    Args:
        store: an empty one; what it holds after an exception is of no use.
        quads: may repeat each other.

    Raises:
        InputError: a blank node, or a quad of no named graph.
    """
    store.bulk_extend(_with_merge(_checked(quads)))


def shown(quads: Iterable[Quad], erased: Erased) -> Iterator[Quad]:
    """Quads without those that are erased for good."""
    if not len(erased):
        return iter(quads)
    return (q for q in quads if not (erased.hides(q.triple) or _graph(q) in erased))


def told(quads: Iterable[Quad], progress: Progress) -> Iterator[Quad]:
    """The same quads; `progress` is told how many have been read."""
    for number, quad in enumerate(quads):
        if number % STEP == 0:
            progress("reading", number, 0)
        yield quad


def counted(store: Store) -> tuple[Counter[str], int]:
    """How many triples each named graph has, and how many their merge."""
    view = StoreView(store)
    graphs = Counter({_text(name): int(_text(number)) for name, number in view.select(_BY_GRAPH)})
    ((merged,),) = view.select(_MERGED)
    return graphs, int(_text(merged))


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _checked(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The engine brings terms into its own form by itself, so only what it would not refuse is looked for."""
    for quad in quads:
        subject, value = quad.subject, quad.object
        if (
            isinstance(subject, BlankNode)
            or isinstance(value, BlankNode | Triple)
            or isinstance(subject, Triple)
            or not isinstance(quad.graph_name, NamedNode)
        ):
            normal_quad(quad)  # says what is wrong; a quoted triple may be right
        yield quad


def _with_merge(quads: Iterable[Quad]) -> Iterator[Quad]:
    for quad in quads:
        yield quad
        yield Quad(quad.subject, quad.predicate, quad.object, _MERGE)


def _graph(quad: Quad) -> str:
    name = quad.graph_name
    return name.value if isinstance(name, NamedNode) else ""
