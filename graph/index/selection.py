"""Which companies answer a question about exporters: how many, and those of one page.

Every way to ask gives rows (level, score, company): level 0 for what is stated of the market asked
for, 1 for what is known only of a region around it. They come from the table `standing`, sorted as a page
shows them, so that it costs what it shows; with `as_of` or `products`, from the engagements themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from graph.index.columns import Numbers, each_once
from graph.index.database import Cache, Database, many
from graph.index.question import Question
from graph.index.weighing import Weighing

ANYWHERE = 0
"""The market of the table `standing` that stands for all that are stated."""

Part = tuple[int, int]
"""Offset and size of a page."""

_BEST = 8
"""Bits for level and score, which are at most 114."""

MOST_ARMS = 400
"""SELECTs in one union; SQLite takes 500 (`SQLITE_MAX_COMPOUND_SELECT`), and far fewer are fast."""


@dataclass
class Arm:
    """One SELECT of (level, score, company), sorted as the index has it.

    Attributes:
        level: 0 own facts, 1 region-level.
    """

    level: int
    sql: str
    parameters: list[object] = field(default_factory=list)


def arms(db: Database, question: Question) -> list[Arm] | None:
    """The SELECTs whose union is the answer of the table `standing`; one company may come several times.

    Returns:
        None where that table has no answer, or in more SELECTs than are fast: then all has to be weighed.
    """
    if not question.precomputed:
        return None
    if question.markets is None:
        return _stored(question, ANYWHERE, int(question.closed))
    found: list[Arm] = []
    for market in question.markets:
        found += _stored(question, market, 0)
        found += _around(question, _regions(db, market), market)
        if len(found) > MOST_ARMS:
            return None
    return found


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


def _narrowed(level: int, sql: str, parameters: list[object], question: Question) -> Arm:
    for condition, values in question.companies:
        sql += f" AND {condition.format(company='s.company')}"
        parameters.extend(values)
    return Arm(level, sql, parameters)


def union(found: Iterable[Arm]) -> tuple[str, list[object]]:
    """All SELECTs as one."""
    listed = list(found)
    return " UNION ALL ".join(arm.sql for arm in listed), [
        value for arm in listed for value in arm.parameters
    ]


def total(weighing: Weighing, question: Question) -> int:
    """How many companies answer."""
    db = weighing.db
    found = arms(db, question)
    if found is None:
        return len(weighing.answers(question).companies())
    several = question.markets is not None and len(question.markets) > 1
    if several or (question.markets is None and not question.closed):
        return _distinct(db, found)
    own = sum(
        db.number(f"SELECT COUNT(*) FROM ({arm.sql})", arm.parameters) for arm in found if arm.level == 0
    )
    around = [arm for arm in found if arm.level == 1]
    if question.markets is None or not around or question.companies:
        return own + _distinct(db, around)
    return own + _known_around(db, question, question.markets[0], weighing.cache)


def _known_around(db: Database, question: Question, market: int, cache: Cache) -> int:
    """How many companies are known only of the regions around a country.

    Most of them are the same for all countries of a region, so those are read once for as long as the file
    stands, and of each country only the companies with a fact of their own are taken away.
    """
    regions = _regions(db, market)
    key = ("around", *sorted(regions), question.scores, question.day)

    def known() -> Numbers:
        sql, parameters = union(_around(question, regions, None))
        return _numbers(db.iterate(f"SELECT company FROM ({sql})", parameters))

    there = cache.get(key, known)
    own = _numbers(db.iterate("SELECT company FROM engagement WHERE market = ?", (market,)))
    return len(there) - int(np.isin(own, there, assume_unique=True).sum())


def _numbers(rows: Iterable[tuple[int]]) -> Numbers:
    """The first column, each value once, in order."""
    return each_once(np.fromiter((number for (number,) in rows), np.int64))


def _distinct(db: Database, found: list[Arm]) -> int:
    if not found:
        return 0
    sql, parameters = union(found)
    return db.number(f"SELECT COUNT(DISTINCT company) FROM ({sql})", parameters)


def in_order(weighing: Weighing, question: Question, part: Part) -> list[int]:
    """The companies of a page: own facts before region-level, strongest first, then by name.

    The SELECTs come sorted and are merged row by row, so that a page costs what it shows.
    """
    offset, size = part
    found = arms(weighing.db, question)
    if found is None:
        places, _ = weighing.answers(question).ranked()
        numbers: list[int] = weighing.ids[places[offset : offset + size]].tolist()
        return numbers
    levels = [[arm for arm in found if arm.level == level] for level in (0, 1)]
    return _page(chain.from_iterable(merged(weighing.db, each) for each in levels if each), offset, size)


def merged(db: Database, found: list[Arm]) -> Iterator[tuple[int, int, int]]:
    """The rows of SELECTs of one level in order; a constant level is no key, as it would cost a sort."""
    return db.iterate(*ordered(found))


def ordered(found: list[Arm]) -> tuple[str, list[object]]:
    """The query behind `merged`."""
    sql, parameters = union(found)
    return f"{sql} ORDER BY 2, 3", parameters


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


def sorted_by(weighing: Weighing, question: Question, keys: list[str], part: Part) -> list[int]:
    """The companies of a page in another order; keys are SQL of ours on `a`, `o` and `m`."""
    offset, size = part
    sql, parameters = _ranked(weighing, question)
    rows = weighing.db.rows(
        f"""SELECT a.company FROM ({sql}) a
            JOIN organization o ON o.id = a.company LEFT JOIN concept m ON m.id = o.municipality
            ORDER BY {", ".join(keys)} LIMIT ? OFFSET ?""",
        [*parameters, size, offset],
    )
    return [company for (company,) in rows]


def _ranked(weighing: Weighing, question: Question) -> tuple[str, list[object]]:
    """The companies, each once, with the best of its levels and scores as one number."""
    found = arms(weighing.db, question)
    if found is not None:
        sql, parameters = union(found)
        return (
            f"SELECT company, MIN(level * 100 + score) AS best FROM ({sql}) GROUP BY company",
            parameters,
        )
    places, best = weighing.answers(question).ranked()
    packed = (weighing.ids[places] << _BEST) + best
    sql = f"SELECT value >> {_BEST} AS company, value & {(1 << _BEST) - 1} AS best FROM json_each(?)"
    return sql, [many(packed.tolist())]
