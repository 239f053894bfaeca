"""Which companies answer a question about exporters, in SQL alone.

Every way to ask gives rows (level, score, company): level 0 for what is stated of the market asked
for, 1 for what is known only of a region around it. A row comes from the table `standing`, which
holds the answer for every day, or, with `as_of` or `products`, from the engagements themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from graph.index.columns import Numbers
from graph.index.database import IN, Cache, Database, Parameters, many
from graph.index.standings import ALL_SCORES, OVER, WITHDRAWN

ANYWHERE = 0
"""The market of the table `standing` that stands for all that are stated."""

MOST_ARMS = 400
"""SELECTs in one union; SQLite takes 500 (`SQLITE_MAX_COMPOUND_SELECT`), and far fewer are fast."""


@dataclass(frozen=True)
class Question:
    """An `ExporterFilter` in numbers.

    Attributes:
        markets: None for each stated one.
        scores: what the strongest status may be, see `standings.allowed_scores`.
        day: the day asked about; with `as_of`, what had not begun by then is left out.
        companies: further conditions on the company, as SQL on `{company}` with its parameters.
    """

    markets: tuple[int, ...] | None
    scores: frozenset[int]
    day: int
    as_of: bool = False
    products: tuple[int, ...] = ()
    companies: tuple[tuple[str, Parameters], ...] = ()

    @property
    def closed(self) -> bool:
        """Whether a stronger standing is never refused: then the first that is found is the best."""
        return all(score in self.scores for score in ALL_SCORES if score < max(self.scores))

    @property
    def precomputed(self) -> bool:
        """Whether the table `standing` has the answer."""
        return not (self.as_of or self.products)


@dataclass
class Arm:
    """One SELECT of (level, score, company), sorted as the index has it.

    Attributes:
        level: 0 own facts, 1 region-level; None for both.
    """

    level: int | None
    sql: str
    parameters: list[object] = field(default_factory=list)


def arms(db: Database, question: Question) -> list[Arm]:
    """The SELECTs whose union is the answer; one company may come several times."""
    if not question.precomputed:
        return [_computed(question)]
    if question.markets is None:
        return _stored(question, ANYWHERE, int(question.closed))
    found: list[Arm] = []
    for market in question.markets:
        found += _stored(question, market, 0)
        found += _around(question, _regions(db, market), market)
    return found if len(found) <= MOST_ARMS else [_computed(question)]


def _stored(question: Question, market: int, exact: int) -> list[Arm]:
    """What the table `standing` says of a market: a range of its key where the scores are one."""
    condition, values = _between(question.scores)
    return [
        _narrowed(
            0,
            f"""SELECT 0 AS level, s.score AS score, s.company AS company FROM standing s
                WHERE s.market = ? AND s.exact = ? AND {part} AND s.first <= ? AND s.last >= ?""",
            [market, exact, *part_values, question.day, question.day],
            question,
        )
        for part, part_values in zip(condition, values, strict=True)
    ]


def _between(scores: frozenset[int]) -> tuple[list[str], list[list[int]]]:
    """Runs of neighbouring scores, each as one range."""
    runs: list[list[int]] = []
    for score in sorted(scores):
        if runs and runs[-1][1] == score - 1:
            runs[-1][1] = score
        else:
            runs.append([score, score])
    return ["s.score = ?" if low == high else "s.score BETWEEN ? AND ?" for low, high in runs], [
        [low] if low == high else [low, high] for low, high in runs
    ]


def _regions(db: Database, market: int) -> list[tuple[int, int]]:
    """The regions around a market, and for each which `exact` of the table `standing` is its own."""
    return db.rows(
        """SELECT c.stated, p.market IS NOT NULL FROM coverage c LEFT JOIN standing_parts p ON p.market = c.stated
           WHERE c.asked = ? AND c.upward = 1""",
        (market,),
    )


def _around(question: Question, regions: list[tuple[int, int]], market: int | None) -> list[Arm]:
    """What is known only of regions around a country, of companies without any fact of their own there.

    Args:
        market: the country; None for all companies, also those with a fact of their own.
    """
    found: list[Arm] = []
    elsewhere = (
        "AND NOT EXISTS (SELECT 1 FROM engagement o WHERE o.company = s.company AND o.market = ?)"
        if market is not None
        else ""
    )
    country = [] if market is None else [market]
    conditions, values = _between(question.scores)
    for region, exact in regions:
        others = [pair for pair in regions if pair[0] != region and not question.closed]
        stronger = " OR ".join("(b.market = ? AND b.exact = ?)" for _ in others)
        unbeaten = (
            f"""AND NOT EXISTS (SELECT 1 FROM standing b WHERE b.company = s.company AND ({stronger})
                AND b.first <= ? AND b.last >= ? AND b.score < s.score)"""
            if others
            else ""
        )
        beaten_by = (
            [*(value for pair in others for value in pair), question.day, question.day] if others else []
        )
        for condition, part in zip(conditions, values, strict=True):
            found.append(
                _narrowed(
                    1,
                    f"""SELECT 1 AS level, s.score AS score, s.company AS company FROM standing s
                        WHERE s.market = ? AND s.exact = ? AND {condition} AND s.first <= ? AND s.last >= ?
                        {elsewhere} {unbeaten}""",
                    [region, exact, *part, question.day, question.day, *country, *beaten_by],
                    question,
                )
            )
    return found


def _narrowed(level: int | None, sql: str, parameters: list[object], question: Question) -> Arm:
    for condition, values in question.companies:
        sql += f" AND {condition.format(company='s.company')}"
        parameters.extend(values)
    return Arm(level, sql, parameters)


def by_product(db: Database, question: Question) -> list[tuple[int, int]]:
    """For each product how many companies would answer if it alone were asked for."""
    arm = _computed(question, apart="e.product")
    sql = f"SELECT product, COUNT(DISTINCT company) FROM ({arm.sql}) GROUP BY product"
    return [(int(product), int(count)) for product, count in db.rows(sql, arm.parameters)]


def by_market(db: Database, question: Question) -> list[tuple[int, int]]:
    """For each market that is asked for how many companies answer by what is stated of itself."""
    arm = _computed(question, apart="c.asked")
    sql = f"SELECT asked, COUNT(DISTINCT company) FROM ({arm.sql}) WHERE level = 0 GROUP BY asked"
    return [(int(market), int(count)) for market, count in db.rows(sql, arm.parameters)]


def _computed(question: Question, *, apart: str = "") -> Arm:
    """The same from the engagements, for days gone by and for products.

    Args:
        apart: a column, to have each of its values weighed by itself and in the answer; none without one.
    """
    column = f", {apart}" if apart else ""
    parameters: list[object] = []
    if question.markets is None:
        markets, group, level = "engagement e", "e.market", "0"
        conditions: list[str] = []
    else:
        markets = "coverage c CROSS JOIN engagement e ON e.market = c.stated"
        group, level = "c.asked, c.upward", "c.upward"
        conditions = [
            f"c.asked {IN}",
            """(c.upward = 0 OR NOT EXISTS (
                SELECT 1 FROM engagement o WHERE o.company = e.company AND o.market = c.asked))""",
        ]
        parameters.append(many(question.markets))
    held = "AND w.first <= ? AND w.attested_first <= ?" if question.as_of else ""
    score = f"""CASE WHEN e.last < ? THEN {OVER} + 4 - e.rank
        WHEN e.outweighed >= ? AND EXISTS (
          SELECT 1 FROM engagement w WHERE w.company = e.company AND w.market = e.market AND w.rank = 0
          AND w.attested_first > e.attested_last AND w.last >= ? {held}) THEN {WITHDRAWN}
        ELSE 4 - e.rank END"""
    days = [question.day] * (5 if question.as_of else 3)
    if question.as_of:
        conditions.append("e.first <= ?")
        parameters.append(question.day)
    if question.products:
        conditions.append(f"e.product {IN}")
        parameters.append(many(question.products))
    if apart:
        conditions.append(f"{apart} IS NOT NULL")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    shown = f", s.{apart.partition('.')[2]}" if apart else ""
    sql = f"""SELECT s.level AS level, s.score AS score, s.company AS company{shown} FROM (
        SELECT {level} AS level, MIN({score}) AS score, e.company AS company{column}
        FROM {markets} {where} GROUP BY {group}, e.company{column}) s
        WHERE s.score {IN}"""
    return _narrowed(None, sql, [*days, *parameters, many(sorted(question.scores))], question)


def union(found: Iterable[Arm]) -> Arm:
    """All SELECTs as one."""
    listed = list(found)
    sql = " UNION ALL ".join(arm.sql for arm in listed)
    return Arm(None, sql, [value for arm in listed for value in arm.parameters])


def total(db: Database, question: Question, cache: Cache) -> int:
    """How many companies answer."""
    found = arms(db, question)
    asked = 1 if question.markets is None else len(question.markets)
    if asked > 1 or not question.precomputed or (question.markets is None and not question.closed):
        return _distinct(db, found)
    own = sum(
        db.number(f"SELECT COUNT(*) FROM ({arm.sql})", arm.parameters) for arm in found if arm.level == 0
    )
    around = [arm for arm in found if arm.level == 1]
    if question.markets is None or not around or question.companies:
        return own + _distinct(db, around)
    return own + _known_around(db, question, question.markets[0], cache)


def _known_around(db: Database, question: Question, market: int, cache: Cache) -> int:
    """How many companies are known only of the regions around a country.

    Most of them are the same for all countries of a region, so those are read once for as long as the file
    stands, and of each country only the companies with a fact of their own are taken away.
    """
    regions = _regions(db, market)
    key = ("around", *sorted(regions), question.scores, question.day)

    def known() -> Numbers:
        arm = union(_around(question, regions, None))
        return _numbers(db.iterate(f"SELECT company FROM ({arm.sql})", arm.parameters))

    there = cache.get(key, known)
    own = _numbers(db.iterate("SELECT company FROM engagement WHERE market = ?", (market,)))
    return len(there) - int(np.isin(own, there, assume_unique=True).sum())


def _numbers(rows: Iterable[tuple[int]]) -> Numbers:
    """The first column, each value once, in order."""
    return np.unique(np.fromiter((number for (number,) in rows), np.int64))


def _distinct(db: Database, found: list[Arm]) -> int:
    if not found:
        return 0
    arm = union(found)
    return db.number(f"SELECT COUNT(DISTINCT company) FROM ({arm.sql})", arm.parameters)


def in_order(db: Database, question: Question, offset: int, size: int) -> list[int]:
    """The companies of a page: own facts before region-level, strongest first, then by name.

    The SELECTs come sorted and are merged row by row, so that a page costs what it shows.
    """
    found = arms(db, question)
    levels = [[arm for arm in found if arm.level == level] for level in (None, 0, 1)]
    return _page(chain.from_iterable(merged(db, each) for each in levels if each), offset, size)


def merged(db: Database, found: list[Arm]) -> Iterator[tuple[int, int, int]]:
    """The rows of SELECTs of one level in order; a constant level is no key, as it would cost a sort."""
    return db.iterate(*ordered(found))


def ordered(found: list[Arm]) -> tuple[str, list[object]]:
    """The query behind `merged`."""
    arm = union(found)
    return f"{arm.sql} ORDER BY {'1, 2, 3' if found[0].level is None else '2, 3'}", arm.parameters


def _page(rows: Iterable[tuple[int, int, int]], offset: int, size: int) -> list[int]:
    seen: set[int] = set()
    page: list[int] = []
    for _, _, company in rows:
        if company in seen:
            continue
        seen.add(company)
        if len(seen) > offset:
            page.append(company)
            if len(page) == size:
                break
    return page


def sorted_by(db: Database, question: Question, keys: list[str], offset: int, size: int) -> list[int]:
    """The companies of a page in another order; keys are SQL of ours on `a`, `o` and `m`."""
    arm = union(arms(db, question))
    rows = db.rows(
        f"""SELECT a.company FROM (
              SELECT company, MIN(level * 100 + score) AS best FROM ({arm.sql}) GROUP BY company) a
            JOIN organization o ON o.id = a.company LEFT JOIN concept m ON m.id = o.municipality
            ORDER BY {", ".join(keys)} LIMIT ? OFFSET ?""",
        [*arm.parameters, size, offset],
    )
    return [company for (company,) in rows]
