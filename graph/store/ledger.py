"""What a draft says otherwise than it did at first, and since a mark: the net of all that was done to it."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from graph.model.terms import DefaultGraph, Quad, Triple
from graph.store.change import Change

_T = TypeVar("_T")


class Ledger:
    """The net change of a store: what came and went again is in it no more.

    Quads of the default graph are what happened to the merge.

    Args:
        before: the day for which the earlier state was derived.
        first: there is no earlier state, so no change from it; only marks are kept.
    """

    def __init__(self, before: date | None = None, *, first: bool = False) -> None:
        self.before = before
        self._first = first
        self._added: set[Quad] = set()
        self._removed: set[Quad] = set()
        self._appeared: set[Triple] = set()
        self._vanished: set[Triple] = set()
        self._journal: list[tuple[bool, Quad]] | None = None

    def __bool__(self) -> bool:
        return bool(self._added or self._removed or self._appeared or self._vanished)

    def __len__(self) -> int:
        """Statements of named graphs, as in `Change`."""
        return len(self._added) + len(self._removed)

    def came(self, quad: Quad) -> None:
        """Notes a quad that was not there and is now."""
        self._step(quad, came=True)

    def went(self, quad: Quad) -> None:
        """Notes a quad that was there and is gone."""
        self._step(quad, came=False)

    def change(self) -> Change:
        """All of it."""
        return Change(
            frozenset(self._added),
            frozenset(self._removed),
            frozenset(self._appeared),
            frozenset(self._vanished),
            self.before,
        )

    def mark(self) -> int:
        """A point to ask `since` for; from the first one on, every step is remembered."""
        if self._journal is None:
            self._journal = []
        return len(self._journal)

    def since(self, mark: int) -> Change:
        """The net change after a mark."""
        part = Ledger(self.before)
        for came, quad in (self._journal or [])[mark:]:
            part._note(quad, came=came)
        return part.change()

    def forget(self, mark: int) -> None:
        """Forgets the steps after a mark, once they have been undone."""
        del (self._journal or [])[mark:]

    def copy(self) -> Ledger:
        """The same change for a store that begins as a copy; marks so far are good for both."""
        other = Ledger(self.before, first=self._first)
        other._added, other._removed = set(self._added), set(self._removed)
        other._appeared, other._vanished = set(self._appeared), set(self._vanished)
        other._journal = None if self._journal is None else list(self._journal)
        return other

    def _step(self, quad: Quad, *, came: bool) -> None:
        if not self._first:
            self._note(quad, came=came)
        if self._journal is not None:
            self._journal.append((came, quad))

    def _note(self, quad: Quad, *, came: bool) -> None:
        if isinstance(quad.graph_name, DefaultGraph):
            into, out_of = (self._appeared, self._vanished) if came else (self._vanished, self._appeared)
            _move(quad.triple, into, out_of)
        else:
            _move(quad, *((self._added, self._removed) if came else (self._removed, self._added)))


def _move(one: _T, into: set[_T], out_of: set[_T]) -> None:
    if one in out_of:
        out_of.discard(one)
    else:
        into.add(one)
