"""A store in the making: a checkpoint of the release before, and the change made to it.

Keeps two things in step while quads come and go: the default graph, which is the merge of the named
ones, each triple once; and the net change, which tells whether anything changed at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from pyoxigraph import Store

from graph.model.terms import DefaultGraph, NamedNode, Quad, Triple
from graph.store.release import Release, open_read_only
from graph.store.view import Graphs

BULK = 20_000
"""Quads from which the engine's bulk loader is faster than a transaction."""
MERGE = DefaultGraph()


class Draft:
    """A store that may be written to.

    Args:
        folder: the engine's folder; made here.
        base: the release to begin with; its files are shared by hard links and stay as they are.

    Attributes:
        store: the engine's store.
        graphs: named graph → number of its triples.
        triples: triples of the merge.
    """

    def __init__(self, folder: Path, base: Release | None) -> None:
        self.graphs: Counter[str] = Counter()
        self.triples = 0
        self._added: set[Quad] = set()
        self._removed: set[Quad] = set()
        if base is not None:
            open_read_only(base.store_path).backup(str(folder))
            self.graphs.update(base.manifest.graphs)
            self.triples = base.manifest.triples
        self.store = Store(str(folder))
        self._fresh = base is None

    @property
    def changed(self) -> bool:
        """Whether it differs from the release that it began with."""
        return self._fresh or bool(self._added or self._removed)

    def triples_of(self, graph: NamedNode) -> Iterator[Triple]:
        """The triples of a named graph."""
        for quad in self.store.quads_for_pattern(None, None, None, graph):
            yield quad.triple

    def replace(self, graph: NamedNode, triples: AbstractSet[Triple]) -> None:
        """Makes a graph hold exactly these triples, touching only what differs."""
        old = set(self.triples_of(graph)) if self.graphs[graph.value] else set()
        self.remove(_quad(triple, graph) for triple in old - triples)
        self._insert([_quad(triple, graph) for triple in triples - old])

    def fill(self, graphs: Mapping[NamedNode, AbstractSet[Triple]]) -> None:
        """Loads an empty draft in one go."""
        self._insert([_quad(triple, graph) for graph, triples in graphs.items() for triple in triples])
        self.store.optimize()

    def copy(self, other: Draft, keep: Callable[[Quad], bool]) -> None:
        """Fills an empty draft with what another holds and `keep` lets over; it shares no file with it."""
        self.store.bulk_extend(self._counted(quad for quad in other.store if keep(quad)))
        self.store.optimize()

    def _counted(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        for quad in quads:
            if isinstance(quad.graph_name, NamedNode):
                self.graphs[quad.graph_name.value] += 1
            else:
                self.triples += 1
            yield quad

    def add(self, quads: Iterable[Quad]) -> None:
        """Adds quads of named graphs; those that are there already change nothing."""
        self._insert([quad for quad in set(quads) if quad not in self.store])

    def remove(self, quads: Iterable[Quad]) -> None:
        """Removes quads of named graphs; those that are not there change nothing.

        A triple leaves the merge only where no other graph still says it.
        """
        gone: set[Triple] = set()
        for quad in set(quads):
            if quad in self.store:
                self.store.remove(quad)
                self._note(quad, into=self._removed, out_of=self._added)
                self._count(quad, -1)
                gone.add(quad.triple)
        for triple in gone:
            if not self._still_said(triple):
                self.store.remove(_quad(triple))
                self.triples -= 1

    def _insert(self, new: list[Quad]) -> None:
        if not new:
            return
        merged = {quad.triple for quad in new}
        if self.triples:
            merged = {triple for triple in merged if _quad(triple) not in self.store}
        load = self.store.bulk_extend if len(new) >= BULK else self.store.extend
        load(new)
        load(_quad(triple) for triple in merged)
        self.triples += len(merged)
        for quad in new:
            self._note(quad, into=self._added, out_of=self._removed)
            self._count(quad, 1)

    def _still_said(self, triple: Triple) -> bool:
        """Whether a named graph holds the triple; the first that is met is enough."""
        quads = self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return any(quad.graph_name != MERGE for quad in quads)

    def _note(self, quad: Quad, *, into: set[Quad], out_of: set[Quad]) -> None:
        if self._fresh:
            return
        if quad in out_of:
            out_of.discard(quad)
        else:
            into.add(quad)

    def _count(self, quad: Quad, step: int) -> None:
        name = quad.graph_name
        if isinstance(name, NamedNode):
            self.graphs[name.value] += step
            if not self.graphs[name.value]:
                del self.graphs[name.value]
                self.store.remove_graph(name)


def by_graph(quads: Iterable[Quad]) -> Graphs:
    """The triples of quads, by their named graph."""
    graphs: Graphs = {}
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            graphs.setdefault(quad.graph_name, set()).add(quad.triple)
    return graphs


def _quad(triple: Triple, graph: NamedNode | None = None) -> Quad:
    if graph is None:
        return Quad(triple.subject, triple.predicate, triple.object)
    return Quad(triple.subject, triple.predicate, triple.object, graph)
