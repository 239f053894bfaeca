"""The two functions of an engine by which an update is evaluated, done at the endpoint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import QueryBoolean, QuerySolutions

from graph.model.terms import NamedNode, Quad
from graph.store.remote.dataset import DEFAULT, NAMED, NOWHERE, Asked
from graph.store.remote.text import shape
from graph.store.remote.view import RemoteView


class RemoteEngine:
    """Reads what `graph.store.update` asks for.

    Args:
        view: of the endpoint.
    """

    def __init__(self, view: RemoteView) -> None:
        self._view = view

    def query(
        self, text: str, *, base_iri: str | None = None, default_graph: Sequence[NamedNode] | None = None
    ) -> QuerySolutions | QueryBoolean:
        """The answer to a SELECT or ASK.

        Args:
            text: the query.
            base_iri: what its relative IRIs are resolved against.
            default_graph: instead of the merge; named graphs are all there are.
        """
        found = shape(f"BASE {NamedNode(base_iri)} {text}" if base_iri else text)
        if default_graph is None:
            return self._view.result(self._view.asked(found), found.kind)
        named = [name.value for name in self._view.graphs()] or [NOWHERE]
        parameters = [(DEFAULT, name.value) for name in default_graph] + [(NAMED, name) for name in named]
        return self._view.result(Asked(found.text, parameters), found.kind)

    def quads_for_pattern(
        self, _subject: None, _predicate: None, _value: None, graph: object
    ) -> Iterator[Quad]:
        """All quads of a graph; of the merge for the default graph."""
        place = graph if isinstance(graph, NamedNode) else None
        for triple in self._view.triples(place):
            yield Quad(triple.subject, triple.predicate, triple.object, *([place] if place else []))
