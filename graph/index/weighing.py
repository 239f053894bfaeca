"""How companies stand on any day, weighed from all engagements at once: columns of the index in memory.

The table `standing` answers page by page for what is known now. What it lacks (a day gone by, one product alone,
a count for each market or product) would be a search of the file for every engagement: seconds where there are
hundreds of thousands. Here it is a few passes over arrays of numbers.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.index.columns import Counts, Numbers, each_once, organizations, tallied
from graph.index.conditions import Condition
from graph.index.database import Cache, Database
from graph.index.question import Question
from graph.index.standings import OVER, WITHDRAWN, score_of_rank

Flags = NDArray[np.bool_]
Integers = NDArray[Any]
"""Of any width: what is kept is kept small."""

_SCORES = 16
"""All scores are less."""
_NOT_YET = -1
"""The score of what had not begun."""
_NONE = 1 << 40
"""More than each level and score."""
_FIELDS = (
    "market",
    "company",
    "product",
    "rank",
    "first",
    "last",
    "attested_first",
    "attested_last",
    "outweighed",
)


@dataclass(frozen=True)
class Engagements:
    """The table `engagement`, by market: arrays of one length.

    Attributes:
        company: its place among all organizations.
        product: 0 where there is none.
    """

    market: Integers
    company: Integers
    product: Integers
    rank: Integers
    first: Integers
    last: Integers
    attested_first: Integers
    attested_last: Integers
    outweighed: Integers

    def of(self, market: int) -> slice:
        """Where those of a stated market are."""
        # Of the same type, as all of the array would be converted for every market otherwise.
        low, high = np.searchsorted(self.market, np.array((market, market + 1), self.market.dtype))
        return slice(int(low), int(high))

    def scores(self, day: int, as_of: bool) -> Integers:
        """How each stands on a day, as `Rules.score` has it; `_NOT_YET` what does not count."""
        found = (score_of_rank(0) - self.rank).astype(np.int8)
        over = self.last < day
        found[over] += OVER
        found[~over & self._outweighed(day, as_of)] = WITHDRAWN
        if as_of:
            found[self.first > day] = _NOT_YET
        return found

    def _outweighed(self, day: int, as_of: bool) -> Flags:
        """Of each, whether a withdrawal from the same market that was attested later is in force."""
        force = (self.rank == 0) & (self.last >= day)
        if as_of:
            force &= (self.first <= day) & (self.attested_first <= day)
        width = int(self.company.max(initial=0)) + 1
        keys = self.market.astype(np.int64) * width + self.company
        places = each_once(keys[force])
        newest = np.full(len(places) + 1, -1, dtype=np.int64)
        np.maximum.at(newest, np.searchsorted(places, keys[force]), self.attested_first[force])
        found: Flags = self.outweighed >= day
        asked = np.flatnonzero(found)
        at = np.searchsorted(places, keys[asked])
        there = np.append(places, -1)[at] == keys[asked]
        found[asked] = there & (newest[at] > self.attested_last[asked])
        return found


@dataclass(frozen=True)
class Weighed:
    """The strongest scores of companies: arrays of one length.

    Attributes:
        level: 0 own facts, 1 what is known of a region around the market.
        score: see `graph.index.standings`.
        company: its place among all organizations.
        value: the market or product that it was weighed apart for; 0 for none.
    """

    level: Integers
    score: Integers
    company: Integers
    value: Integers

    def only(self, kept: Flags) -> Weighed:
        """Some of the rows."""
        return Weighed(self.level[kept], self.score[kept], self.company[kept], self.value[kept])

    def scored(self, scores: Iterable[int]) -> Weighed:
        """Those with one of these scores."""
        wanted = np.zeros(_SCORES, dtype=bool)
        wanted[list(scores)] = True
        return self.only(wanted[self.score])

    def companies(self) -> Numbers:
        """The places of the companies, each once."""
        there = np.zeros(int(self.company.max(initial=-1)) + 1, dtype=bool)
        there[self.company] = True
        return np.flatnonzero(there)

    def counts(self) -> Counts:
        """How many companies each value has."""
        width = int(self.company.max(initial=0)) + 1
        pairs = each_once(self.value.astype(np.int64) * width + self.company)
        return tallied(pairs // width)

    def ranked(self) -> tuple[Numbers, Numbers]:
        """The places of the companies as a list shows them: own facts first, the strongest first, by name.

        Returns:
            the places, and of each its level times 100 and its score.
        """
        best = self.level.astype(np.int64) * 100 + self.score
        strongest = np.full(int(self.company.max(initial=-1)) + 1, _NONE)
        np.minimum.at(strongest, self.company, best)
        places = np.flatnonzero(strongest != _NONE)
        order = np.argsort(strongest[places], kind="stable")
        return places[order], strongest[places[order]]


class Weighing:
    """Weighs the engagements of one index for one answer.

    Attributes:
        cache: keeps what is read of the file for as long as that stands.
    """

    def __init__(self, db: Database, cache: Cache) -> None:
        self.db = db
        self.cache = cache
        self._made: dict[Hashable, Weighed] = {}

    @property
    def ids(self) -> Numbers:
        """The number of the organization at each place; they are in the order of names."""
        return organizations(self.db, self.cache)

    def companies(self, question: Question) -> Weighed:
        """Where companies stand in what is asked for, each market and level by itself, whatever the score."""
        key = (question.markets, question.day, question.as_of, question.products)
        if key not in self._made:
            self._made[key] = self._weighed(question, apart=False)
        return self._meeting(self._made[key], question.companies)

    def by_product(self, question: Question) -> Weighed:
        """The same for each product as if it alone were asked for."""
        return self._meeting(self._weighed(question, apart=True), question.companies)

    def by_market(self, question: Question) -> Weighed:
        """Own facts in every market and region that there is, whichever are asked for."""

        def make() -> Weighed:
            rows, markets, levels = self._covered(self._coverage(), around=False)
            return self._strongest(question, rows, markets, levels, markets)

        past = question.as_of or question.products
        found = make() if past else self.cache.get(("weighed", question.day), make)
        return self._meeting(found, question.companies)

    def answers(self, question: Question) -> Weighed:
        """What answers a question."""
        return self.companies(question).scored(question.scores)

    def _meeting(self, found: Weighed, conditions: Sequence[Condition]) -> Weighed:
        for sql, values in conditions:
            bits = self.cache.get(("meeting", sql, tuple(values)), partial(self._who_meets, sql, values))
            found = found.only(np.unpackbits(bits, count=len(self.ids)).view(bool)[found.company])
        return found

    def _who_meets(self, sql: str, values: Any) -> Integers:
        """A bit for each organization: whether it meets a condition."""
        asked = f"SELECT o.id FROM organization o WHERE {sql.format(company='o.id')}"
        met = np.zeros(len(self.ids), dtype=bool)
        numbers = np.fromiter((number for (number,) in self.db.iterate(asked, values)), np.int64)
        met[np.searchsorted(self.ids, numbers)] = True
        return np.packbits(met)

    def _engagements(self) -> Engagements:
        return self.cache.get(("engagements",), self._read)

    def _read(self) -> Engagements:
        columns = ", ".join(f"COALESCE({name}, 0)" for name in _FIELDS)
        rows = self.db.iterate(f"SELECT {columns} FROM engagement ORDER BY market")
        table = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, len(_FIELDS))
        found = dict(zip(_FIELDS, table.T, strict=True))
        found["company"] = np.searchsorted(self.ids, found["company"])
        return Engagements(**{name: column.astype(np.int32) for name, column in found.items()})

    def _coverage(self) -> dict[int, list[tuple[int, int]]]:
        """Of each market that can be asked for the stated ones that answer, with 1 for a region around it."""

        def read() -> dict[int, list[tuple[int, int]]]:
            found: dict[int, list[tuple[int, int]]] = {}
            for asked, upward, stated in self.db.rows("SELECT asked, upward, stated FROM coverage"):
                found.setdefault(asked, []).append((upward, stated))
            return found

        return self.cache.get(("coverage",), read)

    def _weighed(self, question: Question, *, apart: bool) -> Weighed:
        """The strongest score of each group: market and level, company and, if `apart`, product."""
        table = self._engagements()
        if question.markets is None:
            rows = np.arange(len(table.market))
            markets, levels = table.market, np.zeros(len(rows), np.int8)
        else:
            rows, markets, levels = self._covered(question.markets)
        values = table.product[rows] if apart else np.zeros(len(rows), np.int8)
        found = self._strongest(question, rows, markets, levels, values)
        return found.only(found.value > 0) if apart else found

    def _covered(self, markets: Iterable[int], *, around: bool = True) -> tuple[Numbers, Integers, Integers]:
        """The engagements that speak of each market: their rows, the market and the level.

        Those of a region around it speak of companies only that have no fact of their own there.
        """
        table, coverage = self._engagements(), self._coverage()
        rows, asked, levels = [np.empty(0, np.int64)], [np.empty(0, np.int32)], [np.empty(0, np.int8)]
        for market in dict.fromkeys(markets):
            own = np.zeros(len(self.ids) if around else 0, dtype=bool)
            if around:
                own[table.company[table.of(market)]] = True
            for upward, stated in coverage.get(market, ()):
                if upward and not around:
                    continue
                there = table.of(stated)
                found = np.arange(there.start, there.stop)
                rows.append(found[~own[table.company[there]]] if upward else found)
                asked.append(np.full(len(rows[-1]), market, np.int32))
                levels.append(np.full(len(rows[-1]), upward, np.int8))
        return np.concatenate(rows), np.concatenate(asked), np.concatenate(levels)

    def _strongest(
        self, question: Question, rows: Numbers, markets: Integers, levels: Integers, values: Integers
    ) -> Weighed:
        """Of engagements the strongest score of each (market, level, value, company)."""
        table = self._engagements()
        scores = self._scores(question)[rows]
        counts = scores != _NOT_YET
        if question.products:
            counts &= np.isin(table.product[rows], question.products)
        markets, levels, values = markets[counts], levels[counts], values[counts]
        most, width = int(values.max(initial=0)) + 1, len(self.ids)
        groups = (markets.astype(np.int64) * 2 + levels) * most + values
        keys = (groups * width + table.company[rows[counts]]) * _SCORES + scores[counts]
        keys.sort()
        first = np.ones(len(keys), dtype=bool)
        first[1:] = keys[1:] // _SCORES != keys[:-1] // _SCORES
        keys = keys[first]
        groups, company = np.divmod(keys // _SCORES, max(width, 1))
        return Weighed(
            level=(groups // most % 2).astype(np.int8),
            score=(keys % _SCORES).astype(np.int8),
            company=company.astype(np.int32),
            value=(groups % most).astype(np.int32),
        )

    def _scores(self, question: Question) -> Integers:
        def make() -> Integers:
            return self._engagements().scores(question.day, question.as_of)

        return make() if question.as_of else self.cache.get(("scores", question.day), make)
