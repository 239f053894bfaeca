"""A copy of the endpoint's graphs for as long as something is derived from all of them.

The list index and the inferred graph are made by our own engine from it, so they are the same
whatever the endpoint's engine makes of our questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pyoxigraph import Store

from graph.model.terms import DefaultGraph, NamedNode, Quad, Triple
from graph.store.bulk import counted
from graph.store.derive import Derive
from graph.store.layout import remove_tree
from graph.store.locks import Lease
from graph.store.manifest import Size
from graph.store.parts import is_restricted
from graph.store.remote.view import RemoteView
from graph.store.view import GraphView, StoreView

if TYPE_CHECKING:
    from graph.store.remote.releases import RemoteReleases


class Copy:
    """Made when it is first looked at; gone when the `with` is left.

    Args:
        releases: of the endpoint.
    """

    def __init__(self, releases: RemoteReleases) -> None:
        self._releases = releases
        self._folder = releases.layout.stage()
        (self._folder / "lease").touch()
        self._lease = Lease(self._folder / "lease")  # so that writers leave it alone
        self._store: Store | None = None
        self._made = 0

    def __enter__(self) -> Copy:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.forget()
        self._lease.close()
        remove_tree(self._folder)

    def forget(self) -> None:
        """Lets it be made again: the endpoint holds something else now."""
        self._store = None

    def store(self) -> Store:
        """The copy: named graphs, and their merge as the default graph.

        Raises:
            StoreError: the endpoint does not answer.
            Unsupported: it holds a restricted graph, which everybody would see.
        """
        if self._store is None:
            self._made += 1
            self._store = Store(str(self._folder / f"copy-{self._made}"))
            self._store.bulk_extend(self._quads())
            self._store.optimize()
        return self._store

    def put(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Makes a graph of the copy hold these, and the merge with it."""
        store = self.store()
        for quad in list(store.quads_for_pattern(None, None, None, graph)):
            store.remove(quad)
            said = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if all(isinstance(other.graph_name, DefaultGraph) for other in said):
                store.remove(Quad(quad.subject, quad.predicate, quad.object))
        for triple in triples:
            store.add(Quad(triple.subject, triple.predicate, triple.object, graph))
            store.add(Quad(triple.subject, triple.predicate, triple.object))

    def view(self) -> GraphView:
        """A view of the copy."""
        return StoreView(self.store())

    def size(self) -> Size:
        """How much it holds."""
        graphs, triples = counted(self.store())
        return Size(quads=graphs.total(), triples=triples, graphs=dict(sorted(graphs.items())))

    def index(self, derive: Derive, release: str) -> Path:
        """The list index of it."""
        path = self._folder / "index.sqlite"
        derive.index(self.view(), path, release)
        return path

    def _quads(self) -> Iterator[Quad]:
        with RemoteView(self._releases.endpoint) as view:
            for graph in view.graphs():
                if is_restricted(graph.value, self._releases.base_iri):
                    self._releases.capabilities.need("restricted")
                for triple in view.triples(graph):
                    yield Quad(triple.subject, triple.predicate, triple.object, graph)
                    yield Quad(triple.subject, triple.predicate, triple.object)
