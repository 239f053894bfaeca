"""The two parts of a release in the making, kept in step.

What is said in a public graph goes to both, what is said in a restricted one to the whole part only.
The whole part is made when something restricted comes, and is given up when the last of it goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from graph.model.terms import BlankNode, DefaultGraph, NamedNode, Quad, Triple
from graph.store.change import Change
from graph.store.draft import Draft
from graph.store.layout import remove_tree
from graph.store.parts import Part, is_restricted
from graph.store.release import Release


@dataclass(frozen=True)
class Mark:
    """A state of the drafts to go back to.

    Attributes:
        public: steps in the ledger of the public draft.
        whole: of the whole one; None where there was none.
    """

    public: int
    whole: int | None


class Drafts:
    """The public draft, and the one of everything where something is restricted.

    Args:
        folder: the engine's folders are made in it.
        base: the release to begin with.
        base_iri: tells which graphs are restricted; None: a bare store, where none is.

    Attributes:
        public: what everybody may see.
        whole: everything; None where nothing is restricted.
    """

    def __init__(self, folder: Path, base: Release | None, base_iri: str | None) -> None:
        self.folder = folder
        self._made = 0
        self._base_iri = base_iri
        self._kept_apart = set(base.manifest.restricted_graphs) if base else set()
        self.public = Draft(folder / "public", base, bare=base_iri is None)
        self.whole: Draft | None = None
        if base is not None and base.has_whole:
            self.whole = Draft(self._place(), base, "whole")

    def __iter__(self) -> Iterator[tuple[Part, Draft]]:
        yield "public", self.public
        if self.whole is not None:
            yield "whole", self.whole

    def of(self, part: Part) -> Draft:
        """The draft of a part; the public one is the whole where nothing is restricted."""
        return self.whole if part == "whole" and self.whole is not None else self.public

    def restricted(self, graph: NamedNode | BlankNode | DefaultGraph) -> bool:
        """Whether a graph is in the whole part only: by its name, or because it was so in the release before."""
        if self._base_iri is None or not isinstance(graph, NamedNode):
            return False
        return graph.value in self._kept_apart or is_restricted(graph.value, self._base_iri)

    def restricted_graphs(self) -> list[str]:
        """The restricted graphs that hold something."""
        return sorted(g for g in self.whole.graphs if self.restricted(NamedNode(g))) if self.whole else []

    def replace(self, graphs: Mapping[NamedNode, AbstractSet[Triple]]) -> None:
        """Makes graphs hold exactly this; the public ones first, so that a new whole part begins with them."""
        shown = {name: triples for name, triples in graphs.items() if not self.restricted(name)}
        if self.public.triples or self.public.followed:
            for name, triples in shown.items():
                self._replace(name, triples)
        else:
            self.public.fill(shown)
        for name in graphs.keys() - shown.keys():
            self._replace(name, graphs[name])

    def pour(self, quads: Iterable[Quad]) -> None:
        """Fills empty drafts in one pass; what is restricted waits until all that is public is there."""
        hidden: list[Quad] = []

        def shown() -> Iterator[Quad]:
            for quad in quads:
                if self.restricted(quad.graph_name):
                    hidden.append(quad)
                else:
                    yield quad

        self.public.pour(shown())
        self.add(hidden)

    def _replace(self, graph: NamedNode, triples: AbstractSet[Triple]) -> None:
        for draft in self._drafts(graph, makes=bool(triples)):
            draft.replace(graph, triples)

    def add(self, quads: Iterable[Quad]) -> None:
        """Adds quads, each where it belongs."""
        shown, hidden = self._sorted(quads)
        if shown:
            for _, draft in self:
                draft.add(shown)
        if hidden:
            for draft in self._drafts(hidden[0].graph_name, makes=True):
                draft.add(hidden)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Removes quads, each from where it is."""
        shown, hidden = self._sorted(quads)
        self.public.remove(shown)
        if self.whole is not None:
            self.whole.remove(shown + hidden)

    def count(self, graph: NamedNode) -> int:
        """Triples of a named graph."""
        return self.of("whole").graphs[graph.value]

    def change(self, part: Part, since: Mark | None) -> Change:
        """The net change of a part since the base, or since a mark.

        A whole part that was made after the mark has taken the steps of the public one over.
        """
        draft = self.of(part)
        if since is None:
            return draft.change()
        in_whole = draft is self.whole and since.whole is not None
        return draft.change(since.whole if in_whole else since.public)

    def mark(self) -> Mark:
        """The state as it is now, for `undo`."""
        whole = self.whole.ledger.mark() if self.whole else None
        return Mark(self.public.ledger.mark(), whole)

    def undo(self, to: Mark) -> None:
        """Goes back to a state."""
        self._undo(self.public, to.public)
        if to.whole is None:
            self._give_up_whole()
        elif self.whole is not None:
            self._undo(self.whole, to.whole)

    @staticmethod
    def _undo(draft: Draft, mark: int) -> None:
        draft.undo(draft.ledger.since(mark))
        draft.ledger.forget(mark)

    def undo_all(self, *, whole: bool) -> None:
        """Goes back to the release that they began with.

        Args:
            whole: whether it has a whole part.

        Raises:
            RuntimeError: that cannot be done, because not all that happened is known.
        """
        if not whole:
            self._give_up_whole()
        for _, draft in self:
            if not draft.followed:
                raise RuntimeError("the engine has changed this store by itself")
            draft.undo(draft.change())

    def kept(self) -> list[tuple[Part, Draft]]:
        """The parts that the release will have: without the whole one where nothing restricted is left."""
        self.public.settle()
        parts = list(self)
        return parts if self.restricted_graphs() else parts[:1]

    def begin_again(self, release: Release) -> None:
        """Takes what they hold for the state of this release: nothing has changed yet."""
        self._kept_apart = set(release.manifest.restricted_graphs)
        if not release.has_whole:
            self._give_up_whole()
        for _, draft in self:
            draft.begin_again(release)

    def afresh(self, folder: Path, keep: Callable[[Quad], bool]) -> Drafts:
        """The same in stores that share no file with these.

        Args:
            folder: for the new ones.
            keep: whether a quad goes over.
        """
        folder.mkdir()
        other = Drafts(folder, None, self._base_iri)
        other._kept_apart = self._kept_apart
        other.public.copy(self.public, keep)
        if self.whole is not None:
            other.whole = Draft(other._place(), None)
            other.whole.copy(self.whole, keep)
        return other

    def _sorted(self, quads: Iterable[Quad]) -> tuple[list[Quad], list[Quad]]:
        """Those of public graphs, and those of restricted ones."""
        shown: list[Quad] = []
        hidden: list[Quad] = []
        for quad in quads:
            graph = quad.graph_name
            known = graph if isinstance(graph, NamedNode) else DefaultGraph()
            (hidden if self.restricted(known) else shown).append(quad)
        return shown, hidden

    def _drafts(self, graph: object, *, makes: bool) -> list[Draft]:
        """The drafts that a graph is in; the whole one is made where it must be."""
        if isinstance(graph, NamedNode) and self.restricted(graph):
            if self.whole is None and makes:
                self.whole = Draft(self._place(), self.public)
            return [self.whole] if self.whole is not None else []
        return [draft for _, draft in self]

    def _place(self) -> Path:
        """A folder for a whole part; one that was given up may still be in the engine's hands."""
        self._made += 1
        return self.folder / f"whole-{self._made}"

    def _give_up_whole(self) -> None:
        if self.whole is not None:
            self.whole = None
            remove_tree(self.folder / f"whole-{self._made}")
