"""Names to candidates, by the search of the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.index import Index

_KIND = {"company": "organization"}
"""What the search calls a kind of thing -> what it is called here."""
_SEARCHED = {ours: theirs for theirs, ours in _KIND.items()}


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing whose name is like a text.

    Attributes:
        score: how alike, 0 to 1.
        matched: the spelling that is like the text.
    """

    kind: str
    number: int
    score: float
    matched: str


def find(
    index: Index, texts: Sequence[str], kinds: Iterable[str], limit: int, *, prefix: bool = False
) -> list[list[Hit]]:
    """What each text may mean, best first: a bounded number of statements for all of them."""
    if not texts:
        return []
    wanted = frozenset(_SEARCHED.get(kind, kind) for kind in kinds)
    found = index.find_many(texts, kinds=wanted, limit=limit, prefix=prefix)
    return [[Hit(_KIND.get(f.kind, f.kind), f.id, f.score, f.matched) for f in own] for own in found]
