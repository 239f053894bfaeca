"""What many organizations have, counted at once: whole columns of the index in memory, loaded when they are needed.

A probe of the file for each of a hundred thousand companies takes tenths of a second, and a page counts by
half a dozen columns. Small sets are counted in the file, which needs nothing to be loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.index.conditions import MEMBERSHIPS
from graph.index.database import IN, Cache, Database, many

Numbers = NDArray[np.int64]
Counts = list[tuple[int, int]]

SMALL = 2_000
"""Companies that are counted in the file."""

TABLES = {
    "sector": "SELECT organization, sector, 9999999 FROM organization_sector",
    "municipality": "SELECT organization, municipality, 9999999 FROM organization_place",
    "partnerCountry": "SELECT organization, market, MAX(last) FROM tie WHERE by_country {more} GROUP BY 1, 2",
    "hasPresenceIn": "SELECT organization, country, MAX(last) FROM presence WHERE country IS NOT NULL {more} GROUP BY 1, 2",
}
"""By facet, SELECT of organization, value and the last day on which it has it, each pair once."""


@dataclass(frozen=True)
class _Pairs:
    places: Numbers
    values: Numbers
    last: Numbers


def each_once(numbers: Numbers) -> Numbers:
    """The numbers in order, each once; NumPy's own `unique` hashes, which takes ten times as long for millions."""
    if not np.all(numbers[1:] > numbers[:-1]):
        numbers = np.sort(numbers)
        numbers = numbers[np.append(True, numbers[1:] != numbers[:-1])[: len(numbers)]]
    return numbers


def tallied(values: NDArray[Any]) -> Counts:
    """How often each value occurs; for small numbers, of which none is negative."""
    counts = np.bincount(values)
    there = np.flatnonzero(counts)
    return list(zip(there.tolist(), counts[there].tolist(), strict=True))


def counted(db: Database, cache: Cache, name: str, companies: Numbers, day: int) -> Counts:
    """How many of the companies have each value on a day."""
    if len(companies) <= SMALL:
        return _in_file(db, name, companies, day)
    ids = organizations(db, cache)
    pairs = cache.get(("column", name), lambda: _pairs(db, name, ids))
    chosen = np.zeros(len(ids), dtype=bool)
    chosen[np.searchsorted(ids, companies)] = True
    kept = pairs.values[chosen[pairs.places] & (pairs.last >= day)]
    return tallied(kept)


def members(db: Database, cache: Cache, companies: Numbers) -> dict[str, int]:
    """How many of the companies are members of the area, are none, or may be."""
    if len(companies) <= SMALL:
        sql = f"SELECT member, COUNT(*) FROM organization WHERE id {IN} GROUP BY member"
        return dict(db.rows(sql, (many(companies.tolist()),)))
    ids = organizations(db, cache)
    codes = cache.get(("column", "member"), lambda: _members(db))
    counts = np.bincount(codes[np.searchsorted(ids, companies)], minlength=len(MEMBERSHIPS))
    return {word: int(count) for word, count in zip(MEMBERSHIPS, counts, strict=False) if count}


def organizations(db: Database, cache: Cache) -> Numbers:
    """The numbers of all organizations, in order: where one stands is its place."""
    return cache.get(("column", "ids"), lambda: _ids(db))


def _in_file(db: Database, name: str, companies: Numbers, day: int) -> Counts:
    sql = TABLES[name]
    listed = f"organization {IN}"
    inner = sql.replace("{more}", f"AND {listed}") if "{more}" in sql else f"{sql} WHERE {listed}"
    rows = db.rows(
        f"SELECT x.v, COUNT(*) FROM (SELECT * FROM (SELECT 0 o, 0 v, 0 l WHERE 0 UNION ALL {inner})) x WHERE x.l >= ? GROUP BY x.v",
        (many(companies.tolist()), day),
    )
    return [(int(value), int(count)) for value, count in rows]


def _ids(db: Database) -> Numbers:
    return np.array(
        [number for (number,) in db.rows("SELECT id FROM organization ORDER BY id")], dtype=np.int64
    )


def _pairs(db: Database, name: str, ids: Numbers) -> _Pairs:
    rows = np.array(db.rows(TABLES[name].replace("{more}", "")), dtype=np.int64).reshape(-1, 3)
    return _Pairs(np.searchsorted(ids, rows[:, 0]), rows[:, 1].copy(), rows[:, 2].copy())


def _members(db: Database) -> Numbers:
    known = {word: number for number, word in enumerate(MEMBERSHIPS)}
    rows = db.rows("SELECT member FROM organization ORDER BY id")
    return np.array([known[word] for (word,) in rows], dtype=np.int64)
