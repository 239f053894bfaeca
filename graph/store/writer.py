"""Making a release: a checkpoint of the one before, the change applied to it, one rename."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import graph
from graph.model.iris import Minter
from graph.model.terms import NamedNode, Quad, Triple
from graph.store.draft import Draft, by_graph
from graph.store.erased import Erased
from graph.store.layout import remove_tree, sync_folder, sync_tree
from graph.store.manifest import Manifest, now
from graph.store.normal import normal_quad, normal_triple
from graph.store.release import Release
from graph.store.view import GraphView, StoreView

if TYPE_CHECKING:
    from graph.store.releases import Releases

VERSIONS = {"verre": graph.__version__, "pyoxigraph": version("pyoxigraph")}


def _nothing(_: GraphView) -> set[Triple]:
    return set()


def _no_index(_: GraphView, path: Path, __: str) -> None:
    path.touch()


def _accept(_: GraphView) -> None:
    return


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Derive:
    """What a release has beside its sources.

    Attributes:
        infer: gives the triples of the inferred graph. The view still has those of the release
            before; the answer must not depend on them.
        index: makes the list index: (view, path of the file, name of the release).
        check: raises if the release must not be published.
        today: the day that `infer` works with; written into the manifest.
        version: changes when `infer` or `index` would make something else of the same facts.
    """

    infer: Callable[[GraphView], set[Triple]] = _nothing
    index: Callable[[GraphView, Path, str], None] = _no_index
    check: Callable[[GraphView], None] = _accept
    today: date = field(default_factory=_today)
    version: str = ""


class Writer:
    """The making of one release; comes from `Releases.write`.

    Every method works on a copy: nothing is visible before `commit` returns.

    Attributes:
        base: the release that it begins with, if there is one.
    """

    def __init__(self, releases: Releases) -> None:
        self.base: Release | None = releases.current()
        self._releases = releases
        self._layout = releases.layout
        self._folder = self._layout.stage()
        self._inferred = Minter(releases.base_iri).inferred
        self._erased = Erased(self._layout.erased)
        self._built = set(self.base.manifest.built_graphs) if self.base else set()
        self._forced = False
        self._compact = False
        try:
            self._draft: Draft | None = Draft(self._folder / "work", self.base)
        except BaseException:
            self.close()
            raise

    @property
    def draft(self) -> Draft:
        """The store in the making."""
        if self._draft is None:
            raise RuntimeError("this writer is closed: each makes one release")
        return self._draft

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
        if not self.draft.triples:
            self.draft.fill(wanted)
        else:
            for name, triples in wanted.items():
                self.draft.replace(name, triples)
        if built:
            names = {name.value for name in wanted}
            for gone in sorted(self._built - names):
                self.drop(NamedNode(gone))
            self._built = names

    def add(self, quads: Iterable[Quad]) -> None:
        """Adds statements to named graphs; what is erased for good stays away.

        Raises:
            InputError: blank nodes, or no named graph.
        """
        for name, triples in by_graph(map(normal_quad, quads)).items():
            if name.value not in self._erased:
                self.draft.add(
                    Quad(t.subject, t.predicate, t.object, name) for t in triples if not self._erased.hides(t)
                )

    def remove(self, quads: Iterable[Quad]) -> None:
        """Removes statements from named graphs.

        Raises:
            InputError: blank nodes, or no named graph.
        """
        self.draft.remove(map(normal_quad, quads))

    def drop(self, graph: NamedNode) -> None:
        """Removes a graph."""
        self.draft.replace(graph, set())

    def compact(self) -> None:
        """Rewrites the files of the store for speed; makes a release though nothing changed."""
        self._forced = True
        self._compact = True

    def restart(self, keep: Callable[[Quad], bool]) -> None:
        """Begins again with a store that shares no file with older releases.

        Args:
            keep: whether a quad of the base, of a named graph or of the merge, goes over.
        """
        old = self.draft
        fresh = Draft(self._folder / "fresh", None)
        fresh.copy(old, keep)
        self._draft, self._forced = fresh, True

    def forget(self, iris: Iterable[str]) -> None:
        """Remembers IRIs as erased for good, at once and durably."""
        self._erased.add(iris)

    def view(self) -> GraphView:
        """The state so far."""
        return StoreView(self.draft.store)

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
        draft = self.draft
        draft.replace(self._inferred, self._taken(derive.infer(self.view())))
        manifest = self._manifest(kind, derive, inputs)
        if self.base is not None and not self._changed(manifest):
            return self.base
        derive.check(self.view())
        if self._compact:
            draft.store.optimize()
        staged = self._stage(manifest, derive)
        self.close_draft()
        return self._publish(staged, manifest)

    def close_draft(self) -> None:
        """Lets go of the store in the making."""
        self._draft = None

    def close(self) -> None:
        """Deletes what was staged; nothing once it is published."""
        self.close_draft()
        remove_tree(self._folder)

    def _taken(self, triples: Iterable[Triple]) -> set[Triple]:
        return {normal_triple(triple) for triple in triples if not self._erased.hides(triple)}

    def _changed(self, new: Manifest) -> bool:
        assert self.base is not None  # noqa: S101 - asked for by the caller only then
        old = self.base.manifest
        same = (old.built_graphs, old.versions, old.base_iri) == (
            new.built_graphs,
            new.versions,
            new.base_iri,
        )
        return self._forced or self.draft.changed or not same

    def _manifest(self, kind: str, derive: Derive, inputs: Mapping[str, str] | None) -> Manifest:
        number = self._releases.pointer().last + 1
        kept = self.base.manifest.inputs if self.base else {}
        graphs = self.draft.graphs
        return Manifest(
            number=number,
            name=f"{number:06d}",
            created=now(),
            kind=kind,
            parent=self.base.name if self.base else None,
            quads=graphs.total(),
            triples=self.draft.triples,
            graphs=dict(sorted(graphs.items())),
            built_graphs=sorted(self._built),
            inputs=dict(sorted((kept if inputs is None else inputs).items())),
            base_iri=self._releases.base_iri,
            today=derive.today,
            versions=VERSIONS | ({"derive": derive.version} if derive.version else {}),
        )

    def _stage(self, manifest: Manifest, derive: Derive) -> Path:
        """Everything of the release, durable, under `staging`.

        The store that is published is a checkpoint of the draft, so that no engine ever had it open
        for writing.
        """
        staged = self._folder / "release"
        staged.mkdir()
        self.draft.store.flush()
        self.draft.store.backup(str(staged / "store"))
        derive.index(self.view(), staged / "index.sqlite", manifest.name)
        manifest.write(staged / "manifest.json")
        (staged / "lease").touch()
        sync_tree(staged)
        return staged

    def _publish(self, staged: Path, manifest: Manifest) -> Release:
        target = self._layout.releases / manifest.name
        staged.rename(target)
        sync_folder(self._layout.releases)
        action: Literal["publish", "erase"] = "erase" if manifest.kind == "erase" else "publish"
        pointer = self._releases.pointer().publish(manifest.number, manifest.name, action)
        pointer.write(self._layout.current)
        with suppress(OSError):  # the release is out; what cannot be deleted now is deleted next time
            self._releases.prune_locked()
        return Release(target, manifest)
