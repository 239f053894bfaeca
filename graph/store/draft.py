"""A store in the making: a checkpoint of the release before, and the change made to it.

Keeps two things in step while quads come and go: the default graph, which is the merge of the named
ones, each triple once; and the net change, which tells whether anything changed at all. A bare draft
has no merge: its default graph is a graph like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from pyoxigraph import Store

from graph.model.terms import DefaultGraph, NamedNode, Quad, Triple
from graph.store.bulk import counted, fill
from graph.store.change import Change
from graph.store.ledger import Ledger
from graph.store.manifest import Size
from graph.store.parts import Part
from graph.store.release import Release, open_read_only
from graph.store.view import Graphs, StoreView

BULK = 20_000
"""Quads from which the engine's bulk loader is faster than a transaction."""
LOOSE = 0.05
"""Share of a store that may lie in files of its own, as bulk loads leave it, before all are rewritten as one.

Every look-up goes through each file that may hold its key: after a first load questions take 1.4 times as long.
"""
MERGE = DefaultGraph()


class Draft:
    """A store that may be written to.

    Args:
        folder: the engine's folder; made here.
        base: what to begin with: a release, or another draft, whose change so far is also this one's.
            Files are shared by hard links and stay as they are. None: nothing.
        part: the part of the release.
        bare: without a merge.

    Attributes:
        store: the engine's store.
        graphs: named graph → number of its triples.
        triples: triples of the merge.
        ledger: what changed since the release before.
    """

    def __init__(
        self, folder: Path, base: Release | Draft | None, part: Part = "public", *, bare: bool = False
    ) -> None:
        self.graphs: Counter[str] = Counter()
        self.triples = 0
        self.ledger = Ledger(first=base is None)
        self._bare = bare
        self._touched = self._uncounted = False
        self._fresh = base is None
        self._loose = 0
        if isinstance(base, Draft):
            base.store.flush()
            base.store.backup(str(folder))
            self.graphs, self.triples, self.ledger = base.graphs.copy(), base.triples, base.ledger.copy()
            self._fresh = base._fresh
        elif base is not None:
            open_read_only(base.part(part).store_path).backup(str(folder))
            self.graphs.update(base.size(part).graphs)
            self.triples = base.size(part).triples
            self.ledger = Ledger(base.manifest.today)
        self.store: Store = Store(str(folder))

    @property
    def changed(self) -> bool:
        """Whether it differs from the release that it began with."""
        return self._fresh or self._touched or bool(self.ledger)

    @property
    def followed(self) -> bool:
        """Whether `change` tells the whole difference from a release before."""
        return not (self._fresh or self._touched)

    @property
    def _size(self) -> int:
        """Quads of all graphs, the merge among them."""
        return self.graphs.total() + self.triples

    def change(self, since: int | None = None) -> Change:
        """What changed: since the release before, or since a mark of the ledger."""
        return self.ledger.change() if since is None else self.ledger.since(since)

    def touch(self) -> None:
        """Says that the engine has changed the store by itself: all that is counted is counted anew."""
        self._touched = self._uncounted = True

    def settle(self) -> None:
        """Counts anew, where the engine has changed the store by itself."""
        if self._uncounted:
            self._uncounted = False
            self.graphs, self.triples = counted(self.store)
            for graph in StoreView(self.store).graphs():
                self.graphs.setdefault(graph.value, 0)

    def begin_again(self, release: Release) -> None:
        """Takes what it holds now for the state of this release: nothing has changed yet."""
        self.ledger = Ledger(release.manifest.today)
        self._fresh = self._touched = False

    def save(self, path: Path, *, compact: bool) -> None:
        """Makes a checkpoint of it, durable but for the names of its files.

        Args:
            path: the folder to make.
            compact: rewrite the files for speed first, as is done anyway after large loads.
        """
        if compact or self._loose > LOOSE * (self._size):
            self.store.optimize()
            self._loose = 0
        self.store.flush()
        self.store.backup(str(path))

    def undo(self, change: Change) -> None:
        """Takes a change back; the merge follows by itself."""
        self.remove(change.added)
        self.add(change.removed)
        if self._bare:
            self.remove(_quad(triple) for triple in change.appeared)
            self.add(_quad(triple) for triple in change.vanished)

    def size(self) -> Size:
        """How much it holds."""
        return Size(quads=self.graphs.total(), triples=self.triples, graphs=dict(sorted(self.graphs.items())))

    def triples_of(self, graph: NamedNode | DefaultGraph) -> Iterator[Triple]:
        """The triples of a named graph, or of the default graph."""
        for quad in self.store.quads_for_pattern(None, None, None, graph):
            yield quad.triple

    def replace(self, graph: NamedNode | DefaultGraph, triples: AbstractSet[Triple]) -> None:
        """Makes a graph hold exactly these triples, touching only what differs."""
        known = not isinstance(graph, NamedNode) or self.graphs[graph.value]
        old = set(self.triples_of(graph)) if known else set()
        self.remove(_quad(triple, graph) for triple in old - triples)
        self._insert([_quad(triple, graph) for triple in triples - old])

    def fill(self, graphs: Mapping[NamedNode, AbstractSet[Triple]]) -> None:
        """Loads an empty draft in one go."""
        self.pour(_quad(triple, graph) for graph, triples in graphs.items() for triple in triples)

    def pour(self, quads: Iterable[Quad]) -> None:
        """Loads an empty draft of the full profile in one pass, however many there are.

        Raises:
            InputError: a blank node, or no named graph; then the draft is of no use.
        """
        fill(self.store, quads)
        self.graphs, self.triples = counted(self.store)
        self._loose = self._size

    def copy(self, other: Draft, keep: Callable[[Quad], bool]) -> None:
        """Fills an empty draft with what another holds and `keep` lets over; it shares no file with it."""
        self.store.bulk_extend(self._counted(quad for quad in other.store if keep(quad)))
        self._loose = self._size

    def _counted(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        for quad in quads:
            self._tally(quad, 1)
            yield quad

    def add(self, quads: Iterable[Quad]) -> None:
        """Adds quads; those that are there already change nothing."""
        self._insert([quad for quad in set(quads) if quad not in self.store])

    def remove(self, quads: Iterable[Quad]) -> None:
        """Removes quads; those that are not there change nothing.

        A triple leaves the merge only where no other graph still says it.
        """
        for quad in set(quads):
            said_in = self._graphs_of(quad)
            if quad.graph_name not in said_in:
                continue
            self._take(quad)
            if not self._bare and len(said_in) == 2:  # this graph and the merge
                self._take(_quad(quad.triple))

    def _graphs_of(self, quad: Quad) -> list[object]:
        """The graphs that hold the triple of a quad; one look tells whether it is there, and who else says it."""
        if self._bare:
            return [quad.graph_name] if quad in self.store else []
        found = self.store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return [other.graph_name for other in found]

    def _take(self, quad: Quad) -> None:
        self.store.remove(quad)
        self.ledger.went(quad)
        self._tally(quad, -1)
        name = quad.graph_name
        if isinstance(name, NamedNode) and not self.graphs[name.value] and not self._bare:
            del self.graphs[name.value]
            self.store.remove_graph(name)

    def _insert(self, new: list[Quad]) -> None:
        if not new:
            return
        if not self._bare:
            merged = {quad.triple for quad in new}
            new += [q for q in map(_quad, merged) if not self.triples or q not in self.store]
        if len(new) < BULK:
            self.store.extend(new)
        else:
            self.store.bulk_extend(new)
            self._loose += len(new)
        for quad in new:
            self.ledger.came(quad)
            self._tally(quad, 1)

    def _tally(self, quad: Quad, step: int) -> None:
        name = quad.graph_name
        if isinstance(name, NamedNode):
            self.graphs[name.value] += step
        else:
            self.triples += step


def by_graph(quads: Iterable[Quad]) -> Graphs:
    """The triples of quads, by their named graph."""
    graphs: Graphs = {}
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            graphs.setdefault(quad.graph_name, set()).add(quad.triple)
    return graphs


def _quad(triple: Triple, graph: NamedNode | DefaultGraph = MERGE) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)
