"""The making of one state of the endpoint: what `graph.store.writer.Writer` is for our own store.

Changes are gathered here and sent when somebody looks, or at the commit; each goes together with what
it does to the merge. The endpoint has no transaction over several requests: where something fails
later, what was sent is taken back by the opposite change.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from pyoxigraph import Store

from graph.errors import QueryError, VerreError
from graph.model.iris import Minter
from graph.model.terms import NamedNode, Quad, Triple
from graph.store.change import Change
from graph.store.derive import Derive
from graph.store.manifest import Manifest, Size, now
from graph.store.normal import normal_quad, normal_triple
from graph.store.parts import Part, is_restricted
from graph.store.release import Release
from graph.store.remote.copy import Copy
from graph.store.remote.engine import RemoteEngine
from graph.store.remote.sending import Sender, Statement, found
from graph.store.remote.view import RemoteView
from graph.store.view import GraphView
from graph.store.writer import VERSIONS

if TYPE_CHECKING:
    from graph.store.remote.releases import RemoteReleases

log = logging.getLogger("verre.store")
GATHERED = 100_000
"""Statements that are gathered before they are sent."""
FOLLOWED = 5_000
"""Statements of a change up to which all is asked about each; beyond, all is derived again."""


class RemoteWriter:
    """Writes to the endpoint; comes from `RemoteReleases.write`.

    Args:
        releases: of the endpoint.

    Attributes:
        base: what was known of the endpoint before, if anything was.
        index_now: make the list index with the commit; else that of the state before goes on until
            somebody makes one.
    """

    def __init__(self, releases: RemoteReleases) -> None:
        self.base: Release | None = releases.current()
        self.index_now = True
        self._releases = releases
        self._view = RemoteView(releases.endpoint)
        self._sender = Sender(releases.endpoint)
        self._merge = NamedNode(releases.endpoint.merge) if releases.endpoint.merge else None
        self._inferred = Minter(releases.base_iri).inferred
        self._built = set(self.base.manifest.built_graphs) if self.base else set()
        self._plus: set[Quad] = set()
        self._minus: set[Quad] = set()
        self._done = Change()
        self._followed = True
        self._copy: Copy | None = None

    def replace(self, graphs: Mapping[NamedNode, AbstractSet[Triple]], *, built: bool) -> None:
        """See `Writer.replace`."""
        wanted = {name: {normal_triple(triple) for triple in triples} for name, triples in graphs.items()}
        for name, triples in wanted.items():
            held = self._held(name)
            self.remove(_quads(held - triples, name))
            self.add(_quads(triples - held, name))
        if built:
            names = {name.value for name in wanted}
            for gone in sorted(self._built - names):
                self.drop(NamedNode(gone))
            self._built = names

    def add(self, quads: Iterable[Quad]) -> None:
        """See `Writer.add`.

        Raises:
            Unsupported: a restricted graph.
        """
        for quad in map(normal_quad, quads):
            if is_restricted(str(getattr(quad.graph_name, "value", "")), self._releases.base_iri):
                self._releases.capabilities.need("restricted")
            self._minus.discard(quad)
            self._plus.add(quad)
            if len(self._plus) >= GATHERED:
                self.flush()

    def remove(self, quads: Iterable[Quad]) -> None:
        """See `Writer.remove`."""
        for quad in map(normal_quad, quads):
            self._plus.discard(quad)
            self._minus.add(quad)

    def drop(self, graph: NamedNode) -> None:
        """See `Writer.drop`."""
        self.remove(_quads(self._held(graph), graph))

    def compact(self) -> None:
        """Not here."""
        self._releases.capabilities.need("compact")

    def restart(self, _keep: object) -> None:
        """Not here."""
        self._releases.capabilities.need("erase")

    def forget(self, _iris: Iterable[str]) -> None:
        """Not here."""
        self._releases.capabilities.need("erase")

    def restricted(self, _graph: object) -> bool:
        """Never: see `add`."""
        return False

    def count(self, graph: NamedNode) -> int:
        """Triples of a named graph as it is now."""
        return len(self._held(graph))

    def view(self, _part: Part = "public") -> GraphView:
        """The state so far."""
        self.flush()
        return self._view if self._copy is None else self._copy.view()

    def look_at(self, copy: Copy) -> None:
        """Lets `view` be of a copy, for questions that the endpoint's engine cannot answer."""
        self._copy = copy

    def engine(self, _part: Part = "whole") -> Store:
        """What an update is evaluated with; reads only."""
        self.flush()
        return cast(Store, RemoteEngine(self._view))

    def change(self, _part: Part = "whole", *, since: object = None) -> Change:
        """The net change so far; a savepoint is always the beginning."""
        self.flush()
        return self._done

    def savepoint(self) -> object:
        """The beginning: a writer of an endpoint does one write."""
        return None

    def undo(self, _to: object) -> None:
        """Takes everything back.

        Raises:
            StoreError: the endpoint does not take that.
        """
        self._plus, self._minus = set(self._done.removed), set(self._done.added)
        self.flush()
        self._done = Change()

    def flush(self) -> None:
        """Sends what was gathered, and what follows for the merge.

        Raises:
            StoreError: the endpoint does not take it.
        """
        if not (self._plus or self._minus):
            return
        plus, minus, self._plus, self._minus = self._plus, self._minus, set(), set()
        few = len(plus) + len(minus) <= FOLLOWED
        self._followed = self._followed and few
        said = found(self._view, (quad.triple for quad in ((*plus, *minus) if few else minus)))
        if not few:
            for graph in {cast(NamedNode, quad.graph_name) for quad in plus}:
                said.update(_quads(self._view.triples(graph), graph))
        plus -= said
        minus &= said
        still = {quad.triple for quad in said - minus} | {quad.triple for quad in plus}
        vanished = {quad.triple for quad in minus} - still
        before = {quad.triple for quad in said}
        appeared = {quad.triple for quad in plus} - before
        # noted first: what fails half-way is taken back whole, and taking back what is not there does nothing
        self._done = _after(
            self._done, Change(frozenset(plus), frozenset(minus), frozenset(appeared), frozenset(vanished))
        )
        if self._copy is not None:
            self._copy.forget()
        self._sender.apply(self._statements(minus, vanished), self._statements(plus, appeared))

    def undo_all(self) -> None:
        """Takes back what was sent; the log has it where that fails."""
        try:
            self.undo(None)
        except VerreError as error:
            log.error(
                "a write failed half-way and cannot be taken back: %s; run `verre index --merge`", error
            )
        self._done = Change()

    def commit(self, kind: str, derive: Derive, *, inputs: Mapping[str, str] | None = None) -> Release:
        """See `Writer.commit`."""
        self.flush()
        with Copy(self._releases) as copy:
            self._infer(derive, copy)
            manifest = self._manifest(kind, derive, inputs)
            if self.base is not None and not self._differs(manifest):
                return self.base
            self._check(derive, copy)
            if not self.index_now:
                return self._releases.publish(manifest, None)
            self.describe(derive, copy, manifest.name)
            sized = manifest.model_copy(update=dict(copy.size()))
            index = copy.index(derive, manifest.name)
            return self._releases.publish(sized, index)

    def describe(self, derive: Derive, copy: Copy, release: str) -> None:
        """Counts what is there, there and in the copy."""
        if derive.describe is not None:
            void = Minter(self._releases.base_iri).void
            triples = {normal_triple(triple) for triple in derive.describe(copy.view(), None, release)}
            self.replace({void: triples}, built=False)
            self.flush()
            copy.put(void, triples)

    def _infer(self, derive: Derive, copy: Copy) -> None:
        change = self._followable(derive)
        if change is not None and derive.infer_change is not None:
            with suppress(QueryError):  # an engine that cannot answer one of these questions
                both = derive.infer_change(self._view, change)
                if both is not None:
                    self.remove(_quads({normal_triple(t) for t in both[1]}, self._inferred))
                    self.add(_quads({normal_triple(t) for t in both[0]}, self._inferred))
                    self.flush()
                    return
        self.replace({self._inferred: derive.infer(copy.view())}, built=False)
        if self._plus or self._minus:
            copy.forget()
        self.flush()

    def _check(self, derive: Derive, copy: Copy) -> None:
        """On the endpoint; where its engine cannot, on a copy."""
        change = self._followable(derive)
        if not self._done:
            return
        try:
            derive.check(self._view, change)
        except QueryError:
            derive.check(copy.view(), change)

    def _followable(self, derive: Derive) -> Change | None:
        if self.base is None or not self._followed or len(self._done) > derive.change_quads:
            return None
        old = self.base.manifest
        same = (old.versions.get("derive", ""), old.base_iri) == (derive.version, self._releases.base_iri)
        done = self._done
        return Change(done.added, done.removed, done.appeared, done.vanished, old.today) if same else None

    def _differs(self, new: Manifest) -> bool:
        assert self.base is not None  # noqa: S101 - asked for by the caller only then
        old = self.base.manifest
        return bool(self._done) or (old.built_graphs, old.versions) != (new.built_graphs, new.versions)

    def _manifest(self, kind: str, derive: Derive, inputs: Mapping[str, str] | None) -> Manifest:
        number = self._releases.pointer().last + 1
        before = self.base.manifest if self.base else None
        return Manifest(
            number=number,
            name=f"{number:06d}",
            created=now(),
            kind=kind,
            parent=before.name if before else None,
            **dict(_grown(before, self._done)),
            built_graphs=sorted(self._built),
            inputs=dict(sorted(((before.inputs if before else {}) if inputs is None else inputs).items())),
            base_iri=self._releases.base_iri,
            today=derive.today,
            versions=VERSIONS | ({"derive": derive.version} if derive.version else {}),
        )

    def _held(self, graph: NamedNode) -> set[Triple]:
        self.flush()
        return set(self._view.triples(graph))

    def _statements(self, quads: Iterable[Quad], merged: Iterable[Triple]) -> list[Statement]:
        named = [(quad.triple, cast(NamedNode, quad.graph_name)) for quad in quads]
        return [*named, *((triple, self._merge) for triple in merged)]


def _quads(triples: Iterable[Triple], graph: NamedNode) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object, graph) for t in triples]


def _after(first: Change, then: Change) -> Change:
    """Two changes as one."""
    return Change(
        (first.added - then.removed) | (then.added - first.removed),
        (first.removed - then.added) | (then.removed - first.added),
        (first.appeared - then.vanished) | (then.appeared - first.vanished),
        (first.vanished - then.appeared) | (then.vanished - first.appeared),
    )


def _grown(before: Size | None, change: Change) -> Size:
    """What the state holds, as far as the change tells; a new list index counts again."""
    graphs = dict(before.graphs) if before else {}
    for step, quads in ((1, change.added), (-1, change.removed)):
        for quad in quads:
            name = cast(NamedNode, quad.graph_name).value
            graphs[name] = graphs.get(name, 0) + step
    triples = (before.triples if before else 0) + len(change.appeared) - len(change.vanished)
    graphs = {name: count for name, count in sorted(graphs.items()) if count > 0}
    return Size(quads=sum(graphs.values()), triples=max(triples, 0), graphs=graphs)
