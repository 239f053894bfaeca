"""Making a release: a checkpoint of the one before, the change applied to it, one rename."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

import graph
from graph.model.iris import Minter
from graph.model.terms import DefaultGraph, NamedNode, Quad, Triple
from graph.store import checksums
from graph.store.bulk import shown
from graph.store.change import Change
from graph.store.changes import write as keep_change
from graph.store.derive import Derive
from graph.store.draft import Draft, by_graph
from graph.store.drafts import Drafts, Mark
from graph.store.erased import Erased
from graph.store.layout import Inode, inodes, remove_tree, sync_tree
from graph.store.manifest import Manifest, now
from graph.store.normal import normal_quad, normal_triple
from graph.store.parts import PARTS, Part, part_in
from graph.store.publish import publish
from graph.store.release import Release
from graph.store.view import GraphView, StoreView

if TYPE_CHECKING:
    from graph.store.releases import Releases

__all__ = ["Derive", "Savepoint", "Writer"]

UNDONE = 10_000
"""Statements up to which taking them back is faster than a fresh checkpoint, at a few ten µs each."""
VERSIONS = {"verre": graph.__version__, "pyoxigraph": version("pyoxigraph")}


@dataclass(frozen=True)
class Savepoint:
    """A state of a writer to go back to."""

    mark: Mark
    built: frozenset[str]
    forced: bool
    compact: bool


class Writer:
    """The making of one release; comes from `Releases.write` or `WriterSession.write`.

    Every method works on a copy: nothing is visible before `commit` returns. Where something is
    restricted there are two copies, one of each part, and every method puts what it is given where it
    belongs; a reader of the copies says which part it means.

    Args:
        releases: where it is published.
        folder: for what is being made; the caller deletes it.
        drafts: copies of the current release that are open already; None: new ones are made.

    Attributes:
        base: the release that it begins with, if there is one.
        gone: folders of releases that were pruned, for the caller to delete.
    """

    def __init__(self, releases: Releases, folder: Path, drafts: Drafts | None = None) -> None:
        self.base: Release | None = releases.current()
        self._releases = releases
        self._layout = releases.layout
        self._folder = folder
        self._inferred = Minter(releases.base_iri).inferred
        self._void = Minter(releases.base_iri).void
        self._erased = Erased(self._layout.erased)
        self._built = set(self.base.manifest.built_graphs) if self.base else set()
        self._forced = False
        self._compact = False
        self._committed: Release | None = None
        self.gone: list[Path] = []
        self._drafts: Drafts | None = drafts or Drafts(
            folder, self.base, None if releases.bare else releases.base_iri
        )

    @property
    def drafts(self) -> Drafts:
        """The stores in the making."""
        if self._drafts is None or self._committed is not None:
            raise RuntimeError("this writer is closed: each makes one release")
        return self._drafts

    def replace(self, graphs: Mapping[NamedNode, AbstractSet[Triple]], *, built: bool) -> None:
        """Makes each of these graphs hold exactly what is given.

        Args:
            graphs: triples by graph.
            built: they are all that a build gives: graphs that the last build gave and this one does
                not are dropped. Those that no build gave, edits, stay in any case.

        Raises:
            InputError: blank nodes.
        """
        wanted = {
            name: self._taken(triples) for name, triples in graphs.items() if name.value not in self._erased
        }
        self.drafts.replace(wanted)
        if built:
            names = {name.value for name in wanted}
            for gone in sorted(self._built - names):
                self.drop(NamedNode(gone))
            self._built = names

    def pour(self, quads: Iterable[Quad], built: AbstractSet[NamedNode]) -> None:
        """Loads everything of a first release in one pass; nothing of it is held in memory.

        Args:
            quads: of named graphs; what is erased for good stays away.
            built: the graphs among them that a build gives.

        Raises:
            InputError: blank nodes, or no named graph.
        """
        self.drafts.pour(shown(quads, self._erased))
        self._built = {name.value for name in built}

    def add(self, quads: Iterable[Quad]) -> None:
        """Adds statements to named graphs; what is erased for good stays away.

        In a bare store also to the default graph, and blank nodes are taken.

        Raises:
            InputError: blank nodes, or no named graph.
        """
        if self._releases.bare:
            self.drafts.add(quads)
            return
        for name, triples in by_graph(map(normal_quad, quads)).items():
            if name.value not in self._erased:
                self.drafts.add(
                    Quad(t.subject, t.predicate, t.object, name) for t in triples if not self._erased.hides(t)
                )

    def remove(self, quads: Iterable[Quad]) -> None:
        """Removes statements from named graphs; in a bare store also from the default graph.

        Raises:
            InputError: blank nodes, or no named graph.
        """
        self.drafts.remove(quads if self._releases.bare else map(normal_quad, quads))

    def drop(self, graph: NamedNode) -> None:
        """Removes a graph."""
        self.drafts.replace({graph: set()})

    def count(self, graph: NamedNode) -> int:
        """Triples of a named graph as it is now, public or restricted; 0 where there is no such graph."""
        return self.drafts.count(graph)

    def restricted(self, graph: NamedNode | DefaultGraph) -> bool:
        """Whether what is said in this graph stays out of the public part."""
        return self.drafts.restricted(graph)

    def compact(self) -> None:
        """Rewrites the files of the store for speed; makes a release though nothing changed."""
        self._forced = True
        self._compact = True

    def restart(self, keep: Callable[[Quad], bool]) -> None:
        """Begins again with stores that share no file with older releases.

        Args:
            keep: whether a quad of the base, of a named graph or of the merge, goes over.
        """
        self._drafts = self.drafts.afresh(self._folder / "fresh", keep)
        self._forced = True

    def forget(self, iris: Iterable[str]) -> None:
        """Remembers IRIs as erased for good, at once and durably."""
        self._erased.add(iris)

    def view(self, part: Part = "public") -> GraphView:
        """The state so far of a part."""
        return StoreView(self.engine(part))

    def engine(self, part: Part = "whole") -> Store:
        """The engine's store of a part, for what no method here does.

        What is written to it directly is not followed: the counts, the merge, the change and the other
        part know nothing of it. So either undo it before the next call of a method, or, in a bare
        store, say so with `touch`.
        """
        return self.drafts.of(part).store

    def touch(self) -> None:
        """Says that the engine has changed a bare store by itself.

        The release counts as changed from then on, its size is counted anew, and `undo` no longer works.
        """
        self.drafts.public.touch()

    def change(self, part: Part = "whole", *, since: Savepoint | None = None) -> Change:
        """The net change so far of a part: since the base, or since a savepoint."""
        return self.drafts.change(part, since.mark if since else None)

    def savepoint(self) -> Savepoint:
        """The state as it is now, to go back to with `undo`; every step from here on is remembered."""
        return Savepoint(self.drafts.mark(), frozenset(self._built), self._forced, self._compact)

    def undo(self, to: Savepoint) -> None:
        """Takes back all that happened since a savepoint: both parts are as they were then.

        What the engine did by itself is not taken back. After a failure in here the drafts are of no use.
        """
        self.drafts.undo(to.mark)
        self._built, self._forced, self._compact = set(to.built), to.forced, to.compact

    def commit(
        self,
        kind: str,
        derive: Derive,
        *,
        inputs: Mapping[str, str] | None = None,
    ) -> Release:
        """Derives, publishes and makes current; prunes.

        Args:
            kind: what made it: `build`, `load`, `edit`, …
            derive: what a release has beside its sources.
            inputs: files that were read → SHA-256; none: those of the release before.

        Returns:
            The new release; the one before where nothing at all changed.

        Raises:
            VerreError: whatever `derive` raises; then nothing has changed.
        """
        parts = self.drafts.kept()
        for part, draft in parts:
            self._infer(part, draft, derive)
        manifest = self._manifest(kind, derive, inputs)
        if self.base is not None and not self._changed(manifest):
            self._committed = self.base
            return self.base
        changes = {part: self._followed(draft, derive) for part, draft in parts}
        for part, draft in parts:
            if draft.changed:
                derive.check(StoreView(draft.store), changes[part])
            self._describe(draft, derive, changes[part], manifest.name)
        manifest = self._manifest(kind, derive, inputs)
        staged = self._stage(manifest, derive, changes)
        self.gone += publish(self._releases, staged, manifest)
        release = Release(self._layout.releases / manifest.name, manifest)
        self.drafts.begin_again(release)
        self._committed = release
        return release

    def leave(self) -> tuple[Drafts | None, Release | None]:
        """Hands the open stores on, with the release that they hold; what was not committed is undone.

        The second is None where that cannot be told: then the first is of no use.
        """
        drafts, self._drafts = self._drafts, None
        if drafts is None or self._committed is not None or self.base is None:
            return drafts, self._committed
        if sum(len(draft.ledger) for _, draft in drafts) > UNDONE:
            return drafts, None
        try:
            drafts.undo_all(whole=self.base.has_whole)
        except (OSError, RuntimeError):
            return drafts, None
        return drafts, self.base

    def close(self) -> None:
        """Lets go of the stores in the making, and deletes what was staged and not published."""
        self._drafts = None
        remove_tree(self._folder)

    def _taken(self, triples: Iterable[Triple]) -> set[Triple]:
        return {normal_triple(triple) for triple in triples if not self._erased.hides(triple)}

    def _followed(self, draft: Draft, derive: Derive) -> Change | None:
        """What changed of a part, where what is derived may follow from that alone."""
        if self.base is None or not draft.followed or len(draft.ledger) > derive.change_quads:
            return None
        old = self.base.manifest
        same = (old.versions.get("derive", ""), old.base_iri) == (derive.version, self._releases.base_iri)
        return draft.change() if same else None

    def _infer(self, part: Part, draft: Draft, derive: Derive) -> None:
        if self._releases.bare:
            return
        change, view = self._followed(draft, derive), StoreView(draft.store)
        found = None
        if change is not None and derive.infer_change is not None and not self._meddles(change):
            found = derive.infer_change(view, change)
        if found is None:
            draft.replace(self._inferred, self._taken(derive.infer(view)))
            return
        plus, minus = found
        draft.remove(self._derived(map(normal_triple, minus)))
        draft.add(self._derived(self._taken(plus)))

    def _describe(self, draft: Draft, derive: Derive, change: Change | None, release: str) -> None:
        """Counts what is there; that it is counted is no change of its own."""
        if derive.describe is not None and not self._releases.bare:
            draft.replace(self._void, derive.describe(StoreView(draft.store), change, release))

    def _meddles(self, change: Change) -> bool:
        """Whether somebody has written to the inferred graph itself."""
        return any(quad.graph_name == self._inferred for quad in (*change.added, *change.removed))

    def _derived(self, triples: Iterable[Triple]) -> list[Quad]:
        return [Quad(t.subject, t.predicate, t.object, self._inferred) for t in triples]

    def _changed(self, new: Manifest) -> bool:
        assert self.base is not None  # noqa: S101 - asked for by the caller only then
        old = self.base.manifest
        same = (old.built_graphs, old.versions, old.base_iri, old.restricted_graphs) == (
            new.built_graphs,
            new.versions,
            new.base_iri,
            new.restricted_graphs,
        )
        return self._forced or not same or any(draft.changed for _, draft in self.drafts.kept())

    def _manifest(self, kind: str, derive: Derive, inputs: Mapping[str, str] | None) -> Manifest:
        number = self._releases.pointer().last + 1
        kept = self.base.manifest.inputs if self.base else {}
        sizes = {part: draft.size() for part, draft in self.drafts.kept()}
        return Manifest(
            number=number,
            name=f"{number:06d}",
            created=now(),
            kind=kind,
            parent=self.base.name if self.base else None,
            **dict(sizes["public"]),
            whole=sizes.get("whole"),
            restricted_graphs=self.drafts.restricted_graphs(),
            built_graphs=sorted(self._built),
            inputs=dict(sorted((kept if inputs is None else inputs).items())),
            base_iri=self._releases.base_iri,
            today=derive.today,
            bare=self._releases.bare,
            versions=VERSIONS | ({"derive": derive.version} if derive.version else {}),
        )

    def _stage(self, manifest: Manifest, derive: Derive, changes: Mapping[Part, Change | None]) -> Path:
        """Everything of the release, durable, under `staging`.

        The store that is published is a checkpoint of the draft, so that no engine ever had it open
        for writing. It mostly waits for the disk, so the index is made meanwhile.
        """
        staged = self._folder / "release"
        staged.mkdir()
        with ThreadPoolExecutor(1) as engine:
            saved = []
            for part, draft in self.drafts.kept():
                place = part_in(staged, part)
                place.store_path.parent.mkdir(exist_ok=True)
                saved.append(engine.submit(draft.save, place.store_path, compact=self._compact))
                base = self.base.part(part).index_path if self.base and not self._compact else None
                derive.make_index(
                    base, StoreView(draft.store), changes[part], place.index_path, manifest.name
                )
            for each in saved:
                each.result()
        manifest.write(staged / "manifest.json")
        public = self.drafts.public
        keep_change(staged, public.change() if self.base and public.followed else None)
        checksums.write(staged, self.base.path if self.base else None)
        (staged / "lease").touch()
        sync_tree(staged, self._synced())
        return staged

    def _synced(self) -> set[Inode]:
        """The files that the new release shares with the one before."""
        if self.base is None:
            return set()
        places = [self.base.part(part) for part in PARTS]
        return set().union(*(inodes(p.store_path) | inodes(p.index_path.parent) for p in places))
