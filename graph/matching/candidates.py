"""Which organizations a match weighs: bounded in SQL before anything else is read of them.

`SCAN` rows of an index is the most that any statement here walks over; what lies beyond is not found,
which is the price of an answer that takes as long on ten million statements as on ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.index.database import IN, many
from graph.matching.load import Reader, edges
from graph.matching.scene import Geography

SCAN = 4_000


def _ids(rows: Iterable[tuple[int, ...]]) -> list[int]:
    return list(dict.fromkeys(row[0] for row in rows))


def in_sectors(reader: Reader, sectors: Iterable[int], most: int, *, members: bool = False) -> list[int]:
    """Organizations of sectors; with `members` those with a place in Limburg."""
    own = "JOIN organization o ON o.id = s.organization AND o.member = 'yes'" if members else ""
    return _ids(
        reader.db.rows(
            f"""SELECT s.organization FROM (
                  SELECT organization FROM organization_sector WHERE sector {IN} LIMIT {SCAN}) s {own} LIMIT ?""",
            (many(sectors), most),
        )
    )


def with_products(
    reader: Reader, products: Iterable[int], markets: Iterable[int] | None, most: int
) -> list[int]:
    """Companies that sell products; in some markets, or anywhere."""
    where, values = "", [many(products)]
    if markets is not None:
        where = f"AND market {IN}"
        values.append(many(markets))
    return _ids(
        reader.db.rows(
            f"SELECT DISTINCT company FROM engagement WHERE product {IN} {where} LIMIT ?", (*values, most)
        )
    )


def engaged(
    reader: Reader, market: int, around: Geography, most: int, *, sectors: Iterable[int] | None = None
) -> list[int]:
    """Companies that stand in a market or in a region around it, the strongest first; of some sectors, or of any."""
    regions = sorted(around.around.get(market, frozenset()))
    arms = [(market, 0)] + [(region, 1 if around.size(region) > 1 else 0) for region in regions]
    source = " UNION ALL ".join(
        f"""SELECT company, score FROM (SELECT company, score FROM standing WHERE market = ? AND exact = ?
            LIMIT {SCAN // len(arms)})"""
        for _ in arms
    )
    values: list[object] = [value for arm in arms for value in arm]
    of = ""
    if sectors is not None:
        of = f"AND EXISTS (SELECT 1 FROM organization_sector x WHERE x.organization = s.company AND x.sector {IN})"
        values.append(many(sectors))
    return _ids(
        reader.db.rows(
            f"""SELECT s.company FROM ({source}) s JOIN organization o ON o.id = s.company AND o.member = 'yes'
                {of} ORDER BY s.score LIMIT ?""",
            (*values, most),
        )
    )


def of_each_status(reader: Reader, market: int, most: int) -> list[int]:
    """Companies of Limburg in a market, so many of each status that goes on: who wants to comes before who is there."""
    found: list[int] = []
    for score in (3, 2, 1, 0):
        rows = reader.db.rows(
            f"""SELECT s.company FROM (SELECT company FROM standing WHERE market = ? AND exact = 0 AND score = ?
                LIMIT {SCAN // 4}) s JOIN organization o ON o.id = s.company AND o.member = 'yes' LIMIT ?""",
            (market, score, most),
        )
        found += _ids(rows)
    return list(dict.fromkeys(found))


def exporters(reader: Reader, most: int) -> list[int]:
    """Companies that sell somewhere, those with the strongest standing first."""
    return _ids(
        reader.db.rows(
            "SELECT company FROM standing WHERE market = 0 AND exact = 1 AND score <= 1 LIMIT ?", (most,)
        )
    )


def engaged_few(reader: Reader, markets: Iterable[int], sectors: Iterable[int], most: int) -> list[int]:
    """The same for sectors with few members: each of them is looked at."""
    return _ids(
        reader.db.rows(
            f"""SELECT s.organization FROM (
                  SELECT organization FROM organization_sector WHERE sector {IN} LIMIT {SCAN}) s
                JOIN organization o ON o.id = s.organization AND o.member = 'yes'
                WHERE EXISTS (SELECT 1 FROM engagement e WHERE e.company = s.organization AND e.market {IN})
                LIMIT ?""",
            (many(sectors), many(markets), most),
        )
    )


def located(
    reader: Reader, countries: Iterable[int], most: int, *, sectors: Iterable[int] | None = None
) -> list[int]:
    """Organizations of countries; of some sectors, or of any."""
    values: list[object] = [many(countries)]
    of = ""
    if sectors is not None:
        of = f"WHERE EXISTS (SELECT 1 FROM organization_sector x WHERE x.organization = o.id AND x.sector {IN})"
        values.append(many(sectors))
    return _ids(
        reader.db.rows(
            f"""SELECT o.id FROM (SELECT id FROM organization WHERE country {IN} LIMIT {SCAN}) o {of} LIMIT ?""",
            (*values, most),
        )
    )


def tied(reader: Reader, markets: Iterable[int], most: int) -> list[int]:
    """Organizations with a partnership in markets, whichever side of it they are."""
    rows = reader.db.rows(
        f"""SELECT p.principal, p.partner FROM (
              SELECT DISTINCT partnership FROM tie WHERE market {IN} LIMIT {SCAN // 4}) t
            JOIN partnership p ON p.id = t.partnership LIMIT ?""",
        (many(markets), most),
    )
    return list(dict.fromkeys(number for row in rows for number in row))


def present(reader: Reader, countries: Iterable[int], most: int) -> list[int]:
    """Organizations with a branch, subsidiary or site in countries."""
    return _ids(
        reader.db.rows(
            f"""SELECT DISTINCT organization FROM (
                  SELECT organization FROM presence WHERE country {IN} LIMIT {SCAN}) LIMIT ?""",
            (many(countries), most),
        )
    )


def partners_of(reader: Reader, companies: Iterable[int], most: int) -> list[int]:
    """Whoever works with companies."""
    rows = edges(reader.db, companies, ("partnership",), reader.relations)
    return _ids((row[2],) for row in rows)[:most]


def sellers(reader: Reader, countries: Iterable[int], apart: int, most: int) -> dict[int, int]:
    """By country how many companies sell there, counted up to `most`; one company is left out."""
    if reader.rules.as_of:
        source = """SELECT DISTINCT e.company FROM engagement e WHERE e.market = c.value AND e.rank >= 3
            AND e.first <= ?1 AND e.last >= ?1 AND e.company <> ?2 LIMIT ?3"""
    else:
        source = """SELECT s.company FROM standing s WHERE s.market = c.value AND s.exact = 0 AND s.score <= 1
            AND s.first <= ?1 AND s.last >= ?1 AND s.company <> ?2 LIMIT ?3"""
    rows = reader.db.rows(
        f"SELECT c.value, (SELECT COUNT(*) FROM ({source})) FROM json_each(?4) c",
        (reader.rules.day, apart, most, many(countries)),
    )
    return {country: count for country, count in rows if count}


def examples(reader: Reader, countries: Iterable[int], apart: int, each: int) -> dict[int, list[int]]:
    """By country some engagements of companies that sell there."""
    rows = reader.db.rows(
        """SELECT c.value, e.id FROM json_each(?1) c JOIN engagement e ON e.market = c.value AND e.company <= COALESCE((
             SELECT x.company FROM engagement x WHERE x.market = c.value AND x.rank >= 3 ORDER BY x.company LIMIT 1 OFFSET ?2),
             9223372036854775807)
           WHERE e.rank >= 3 AND e.last >= ?3 AND e.company <> ?4 ORDER BY 1, e.company""",
        (many(countries), each, reader.rules.day, apart),
    )
    found: dict[int, list[int]] = {}
    for country, item in rows:
        if len(found.setdefault(country, [])) < each:
            found[country].append(item)
    return found
