"""Who has which number in an index.

Organizations and sources are numbered in the order in which lists show them, with gaps, so that one
that comes later finds its place. Everything else is numbered as it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b

FIRST_ORGANIZATION = 1 << 32
"""Where the numbers of organizations begin; items have those below."""

LAST_ORGANIZATION = 1 << 46
"""Where they end: SQLite keeps a number below 2^47 in six bytes."""

WIDEST_GAP = 1 << 31
SOURCE_GAP = 1 << 16

_NEAR = 10
"""A run of names in order takes a gap in steps of 2^-10 of what is left of it."""


def key_of(iri: str) -> int:
    """The key of an IRI in the table `item`: 63 bits, so that two hardly ever meet."""
    return int.from_bytes(blake2b(iri.encode(), digest_size=8).digest(), "big") >> 1


class Numbers:
    """Numbers by IRI: those given since the filling began, else those that the file has.

    Attributes:
        given: what was given or taken away (`None`) since.
    """

    def __init__(self, stored: Callable[[str], int | None] | None = None) -> None:
        self.given: dict[str, int | None] = {}
        self._seen: dict[str, int | None] = {}
        self._stored = stored

    def get(self, iri: str | None) -> int | None:
        """The number of an IRI; None where it has none."""
        if iri is None:
            return None
        if self._stored is None or iri in self.given:
            return self.given.get(iri)
        if iri not in self._seen:
            self._seen[iri] = self._stored(iri)
        return self._seen[iri]

    def put(self, iri: str, number: int | None) -> None:
        """Gives an IRI its number, or takes it away."""
        self.given[iri] = number


def spread(count: int, first: int, last: int, widest: int) -> Iterator[int]:
    """Numbers in order with even gaps between them."""
    gap = max(1, min(widest, (last - first) // (count + 1)))
    return iter(range(first + gap, first + gap * (count + 1), gap))


def between(low: int, high: int, count: int, newest: int) -> Sequence[int] | None:
    """Numbers in order between two that are taken.

    Args:
        newest: the number given last; what comes right behind or before it is likely to go on so,
            and leaves most of the gap to what follows.

    Returns:
        None where there is no room.
    """
    free = high - low - 1
    if free < count:
        return None
    step = max(1, min(free // (count + 1), free >> _NEAR))
    if low == newest:
        return range(low + step, low + step * count + 1, step)
    if high == newest:
        return range(high - step * count, high, step)
    step = max(1, (free + 1) // (count + 1))
    return range(low + step, low + step * count + 1, step)
