"""Hides facts from a graph and makes the index of what is left, as a release would.

The index takes the change by `graph.index.change`, of which a property test shows that it equals an index made
whole; whatever the index derives from a hidden fact is gone with it, and so are the inferred shortcuts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.index import Index
from graph.index.build import build
from graph.index.change import build_change
from graph.index.nodes import SHORTCUTS
from graph.model.terms import NamedNode, Quad
from graph.store.change import Change
from graph.store.view import Graphs, StoreView, memory_store


class Hidable:
    """A graph of which facts can be hidden for a while.

    Args:
        graphs: all of it, with what is inferred.
        folder: where indexes may be made.
    """

    def __init__(self, graphs: Graphs, folder: Path) -> None:
        self._store = memory_store(graphs)
        self._folder = folder
        self._of: dict[str, list[Quad]] = {}
        self._said: dict[tuple[object, object, object], int] = {}
        for name, triples in graphs.items():
            for triple in triples:
                quad = Quad(triple.subject, triple.predicate, triple.object, name)
                key = (triple.subject, triple.predicate, triple.object)
                self._said[key] = self._said.get(key, 0) + 1
                for end in {triple.subject, triple.object}:
                    if isinstance(end, NamedNode):
                        self._of.setdefault(end.value, []).append(quad)
        self.path = folder / "whole.sqlite"
        build(StoreView(self._store), self.path, "whole")

    def quads(self, nodes: Iterable[str], pair: frozenset[str]) -> set[Quad]:
        """What is said of relation nodes, and the shortcuts between the two things that they tie."""
        found = {quad for node in nodes for quad in self._of.get(node, ())}
        for end in pair:
            for quad in self._of.get(end, ()):
                ends = {getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")}
                if quad.predicate in SHORTCUTS and ends == pair:
                    found.add(quad)
        return found

    @contextmanager
    def without(self, nodes: Iterable[str], pair: frozenset[str]) -> Iterator[Index]:
        """The index of the graph without relation nodes that tie a pair of things."""
        quads = self.quads(nodes, pair)
        merged = []
        counts: dict[tuple[object, object, object], int] = {}
        for quad in quads:
            key = (quad.subject, quad.predicate, quad.object)
            counts[key] = counts.get(key, 0) + 1
            if counts[key] == self._said[key]:
                merged.append(Quad(quad.subject, quad.predicate, quad.object))
        for quad in (*quads, *merged):
            self._store.remove(quad)
        path = self._folder / "hidden.sqlite"
        try:
            change = Change(removed=frozenset(quads))
            if not build_change(self.path, StoreView(self._store), change, path, "hidden"):
                build(StoreView(self._store), path, "hidden")
            index = Index(path)
            try:
                yield index
            finally:
                index.close()
        finally:
            self._store.extend((*quads, *merged))
            path.unlink(missing_ok=True)
            path.with_name(f"{path.name}-wal").unlink(missing_ok=True)
