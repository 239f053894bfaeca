"""Fills the table `standing`: for each market and company, how it stands there and from which day to which.

A standing changes only when something ends, so a handful of rows hold it for every day to come:
nothing in the file depends on the day on which it was made. `exact` 0 counts what is stated of
the market and of its parts; `exact` 1, for markets with parts, only what is stated of itself.
Market 0 is any: with `exact` 0 each of the standings of a company in the markets that are stated
of it, with `exact` 1 the best of them alone.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from graph.index.days import FOREVER
from graph.index.filling import Filling
from graph.index.standings import OVER, WITHDRAWN

ANYWHERE = 0

Stated = tuple[int, int, int, int, int]
"""Of an engagement: company, market, rank, last day, the day until which it is outweighed."""

Slice = tuple[int, int, int]
"""A score, and the first and last day of it."""

_QUERY = """SELECT company, market, rank, last, outweighed FROM engagement
  WHERE {touched} ORDER BY company"""


def fill_standings(filling: Filling) -> None:
    """See the module; of the companies that are touched, or of all."""
    db = filling.db
    covering = _covering(db.execute("SELECT stated, asked FROM coverage WHERE upward = 0"))
    touched = filling.only("company", "company")
    if filling.partial:
        db.execute(f"DELETE FROM standing WHERE {touched}")
    buckets: defaultdict[tuple[int, int, int], array[int]] = defaultdict(lambda: array("q"))
    for company, own in groupby(db.execute(_QUERY.format(touched=touched)), key=itemgetter(0)):
        for market, exact, (score, first, last) in _standings(list(own), covering):
            buckets[market, exact, score].extend((company, first, last))
    # Companies come in order, so each bucket is a piece of the key of the table, in order.
    db.executemany("INSERT OR IGNORE INTO standing VALUES (?, ?, ?, ?, ?, ?)", _rows(buckets))


def _rows(buckets: dict[tuple[int, int, int], array[int]]) -> Iterator[tuple[int, ...]]:
    for key in sorted(buckets):
        values = iter(buckets.pop(key))
        for company, first, last in zip(values, values, values, strict=True):
            yield *key, company, first, last


class _Covering:
    """Which markets a stated one counts for.

    Attributes:
        around: by stated market, itself and what is around it.
        composed: those with parts.
    """

    def __init__(self) -> None:
        self.around: defaultdict[int, list[int]] = defaultdict(list)
        self.composed: set[int] = set()


def _covering(pairs: Iterable[tuple[int, int]]) -> _Covering:
    found, parts = _Covering(), defaultdict[int, int](int)
    for stated, asked in pairs:
        found.around[stated].append(asked)
        parts[asked] += 1
    found.composed = {market for market, count in parts.items() if count > 1}
    return found


def _standings(own: list[Stated], covering: _Covering) -> Iterator[tuple[int, int, Slice]]:
    """(market, exact, slice) of one company."""
    groups: defaultdict[tuple[int, int], list[Stated]] = defaultdict(list)
    stated: defaultdict[int, list[Stated]] = defaultdict(list)
    for each in own:
        around = covering.around.get(each[1])
        if around is None:
            continue
        stated[each[1]].append(each)
        for market in around:
            groups[market, 0].append(each)
        if each[1] in covering.composed:
            groups[each[1], 1].append(each)
    for (market, exact), found in groups.items():
        for piece in _slices(found):
            yield market, exact, piece
    everywhere = [each for found in stated.values() for each in found]
    if everywhere:
        for piece in _slices(everywhere):
            yield ANYWHERE, 1, piece
        for piece in _longest(piece for found in stated.values() for piece in _slices(found)):
            yield ANYWHERE, 0, piece


def _longest(pieces: Iterable[Slice]) -> Iterable[Slice]:
    """Of those that begin on a day with a score, the one that lasts longest."""
    found: dict[tuple[int, int], int] = {}
    for score, first, last in pieces:
        found[score, first] = max(last, found.get((score, first), 0))
    return sorted((score, first, last) for (score, first), last in found.items())


def _slices(own: list[Stated]) -> list[Slice]:
    """The lowest score of some engagements from each day on which it may change."""
    if all(last == FOREVER and outweighed < 0 for _, _, _, last, outweighed in own):
        return [(WITHDRAWN - max(each[2] for each in own), 0, FOREVER)]
    days = {0}
    for _, _, _, last, outweighed in own:
        if last < FOREVER:
            days.add(last + 1)
        if 0 <= outweighed < FOREVER:
            days.add(outweighed + 1)
    cuts = sorted(days)
    ends = [day - 1 for day in cuts[1:]] + [FOREVER]
    return [(min(_score(each, day) for each in own), day, end) for day, end in zip(cuts, ends, strict=True)]


def _score(stated: Stated, day: int) -> int:
    """How an engagement stands on a day: 0 leading … 3 targets, 4 withdrawn or outweighed by a
    withdrawal, 10 and more the same but ended."""
    _, _, rank, last, outweighed = stated
    if last < day:
        return OVER + WITHDRAWN - rank
    return WITHDRAWN if outweighed >= day else WITHDRAWN - rank
