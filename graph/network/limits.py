"""How much of the graph a network may take: which relations, how many of each, how far, how many nodes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.errors import InputError, Issue

RELATIONS = {
    "branch": 40,
    "ownership": 40,
    "partnership": 40,
    "engagement": 40,
    "membership": 15,
    "mission": 10,
    "award": 10,
}
"""The kinds of relation, nearest first, and how many of each one node gives unless more is asked."""

MAX_DEPTH = 4
"""Steps from where a walk begins, at most: three lead from one exporter to most others."""

THROUGH = frozenset({"organization", "person"})
"""Kinds of node that a walk goes on through; markets, missions and awards tie everyone to everyone."""


@dataclass(frozen=True)
class Limits:
    """What bounds a walk; all of it is in the SQL, so that nothing is fetched to be thrown away.

    Attributes:
        relations: kinds of relation that are followed, out of `RELATIONS`.
        per_relation: how many of each kind one node gives; None for the numbers of `RELATIONS`.
        depth: steps from the start, 0 to `MAX_DEPTH`.
        nodes: most nodes in all, the start included.
        through: kinds of node that the walk goes on through (`organization`, `person`, `market`,
            `mission`, `award`); where it begins it goes on in any case.
        ended: whether relations that are over are followed too, marked `ended`.

    Raises:
        InputError: a relation that there is not, or a number out of range.
    """

    relations: tuple[str, ...] = tuple(RELATIONS)
    per_relation: int | None = None
    depth: int = 1
    nodes: int = 150
    through: frozenset[str] = THROUGH
    ended: bool = False

    def __post_init__(self) -> None:
        for word in self.relations:
            if word not in RELATIONS:
                raise _wrong("relation", f"write one of {', '.join(RELATIONS)}", word)
        if not 0 <= self.depth <= MAX_DEPTH:
            raise _wrong("depth", f"from 0 to {MAX_DEPTH} steps", str(self.depth))
        if self.nodes < 1:
            raise _wrong("nodes", "at least 1", str(self.nodes))
        if self.per_relation is not None and self.per_relation < 1:
            raise _wrong("perRelation", "at least 1", str(self.per_relation))

    @property
    def caps(self) -> dict[str, int]:
        """How many relations of each kind that is followed one node gives, nearest kind first."""
        wanted = set(self.relations)
        return {kind: self.per_relation or most for kind, most in RELATIONS.items() if kind in wanted}


@dataclass(frozen=True)
class Moment:
    """The day for which relations hold or are over.

    Attributes:
        day: its number in the calendar.
        past: whether that day was asked for: what had not begun by then is left out.
    """

    day: int
    past: bool = False

    @classmethod
    def of(cls, as_of: date | None, today: date) -> Moment:
        """The day that was asked for, else today."""
        return cls((as_of or today).toordinal(), as_of is not None)


def _wrong(name: str, detail: str, value: str) -> InputError:
    return InputError(f"{name}: {detail}", issues=(Issue(name, detail, value),))
