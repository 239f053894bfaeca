"""Sources, and statistics with theirs."""

from __future__ import annotations

from graph.index import conditions
from graph.index.called import called
from graph.index.catalogue import MARKETS, Catalogue, Json
from graph.index.database import IN, Database, Row, many
from graph.index.filters import ListAnswer, PageRequest, SourceFilter, StatisticFilter
from graph.index.lists import Listing, concept_label, itself
from graph.index.said import said
from graph.index.shaping import Shaper, plain, source_ref
from graph.index.text import fold

SORTS = {"date": "s.first", "title": "s.folded", "publisher": "s.publisher", "id": "s.id"}
COLUMNS = "s.id, s.iri, s.ref, s.title, s.publisher, s.date, s.url, s.language, s.access"

STATISTIC_SORTS = {
    "period": "d.starts",
    "indicator": "i.code",
    "market": "k.code",
    "area": "a.code",
    "value": "t.value",
}
_STATISTICS = """statistic t LEFT JOIN concept d ON d.id = t.period LEFT JOIN concept i ON i.id = t.indicator
  LEFT JOIN concept k ON k.id = t.market LEFT JOIN concept a ON a.id = t.area"""


def list_sources(
    db: Database, catalogue: Catalogue, f: SourceFilter, page: PageRequest, lang: str
) -> ListAnswer:
    """See `Index.sources`: by key."""
    order = conditions.order(page.sort, SORTS, ("s.id",))
    listing = Listing("source s", "s")
    if fold(f.q):
        sql, values = called(db, f.q, "source")
        listing.require("q", f"s.id IN ({sql})", *values)
    listing.one_of("publisher", "s.publisher", list(f.publishers))
    listing.one_of("language", "s.language", list(f.languages))
    listing.one_of("year", "substr(s.date, 1, 4)", list(f.years))
    named = conditions.organizations(db, f.organizations, "organization")
    if named:
        sql = f"s.id IN (SELECT source FROM mention WHERE organization {IN})"
        listing.require("organization", sql, many(named))
    facets = {}
    if page.facets:
        for name, column in (
            ("publisher", "s.publisher"),
            ("language", "s.language"),
            ("year", "substr(s.date, 1, 4)"),
        ):
            facets[name] = listing.facet(db, name, column, itself)
    items = _items(db, listing.rows(db, COLUMNS, order, page))
    return ListAnswer(items, listing.total(db), facets)


def _items(db: Database, rows: list[Row]) -> list[Json]:
    numbers = many(row[0] for row in rows)
    counts: dict[int, int] = dict(
        db.rows(f"SELECT source, COUNT(*) FROM mention WHERE source {IN} GROUP BY source", (numbers,))
    )
    return [{**source_ref(list(row[1:])), "mentions": counts.get(row[0], 0)} for row in rows]


def source(shaper: Shaper, ref: str, page: PageRequest | None = None) -> Json | None:
    """One source by key or IRI, with the organizations that it mentions and what it counts.

    Args:
        page: only a page of the organizations, with what the source says of them as `said`.
    """
    row = shaper.db.row(f"SELECT {COLUMNS} FROM source s WHERE s.ref = ?1 OR s.iri = ?1", (ref,))
    if row is None:
        return None
    size, offset = (page.size, page.offset) if page else (-1, 0)
    mentioned = shaper.db.rows(
        "SELECT organization FROM mention WHERE source = ? ORDER BY organization LIMIT ? OFFSET ?",
        (row[0], size, offset),
    )
    numbers = [number for (number,) in mentioned]
    parties = shaper.organizations(numbers)
    where = "EXISTS (SELECT 1 FROM evidence v WHERE v.item = t.id AND v.source = ?)"
    mentions = shaper.db.number("SELECT COUNT(*) FROM mention WHERE source = ?", (row[0],))
    return {
        **source_ref(list(row[1:])),
        **({"said": said(shaper, row[0], numbers)} if page else {}),
        "mentions": mentions,
        "organizations": [parties[number] for number in numbers],
        "statistics": statistics(shaper, where, (row[0],)),
    }


def list_statistics(
    db: Database, catalogue: Catalogue, f: StatisticFilter, page: PageRequest, lang: str
) -> ListAnswer:
    """See `Index.statistics`: by area, indicator, market and time."""
    default = ("a.code DESC", "i.code", "k.code", "d.starts", "t.iri")
    order = conditions.order(page.sort, STATISTIC_SORTS, default)
    listing = Listing(_STATISTICS, "t")
    listing.one_of("area", "t.area", catalogue.find_all(("area", *MARKETS), f.areas, "area"))
    listing.one_of("indicator", "t.indicator", catalogue.find_all(("indicator",), f.indicators, "indicator"))
    listing.one_of("period", "t.period", catalogue.find_all(("period",), f.periods, "period"))
    listing.one_of("market", "t.market", catalogue.find_all(MARKETS, f.markets, "market"))
    numbers = [row[0] for row in listing.rows(db, "t.id", order, page)]
    shaper = Shaper(db, catalogue, lang, 0)
    made = dict(zip(numbers, statistics(shaper, f"t.id {IN}", (many(numbers),), numbers), strict=True))
    facets = {}
    if page.facets:
        concept = concept_label(catalogue, lang)

        for name in ("area", "indicator", "period", "market"):
            facets[name] = listing.facet(db, name, f"t.{name}", concept)
    return ListAnswer([made[number] for number in numbers], listing.total(db), facets)


def statistics(
    shaper: Shaper, where: str, parameters: tuple[object, ...], order: list[int] | None = None
) -> list[Json]:
    """Statistics that fulfil a condition of ours on `t`, by number or in a given order of numbers."""
    rows = shaper.db.rows(
        f"""SELECT t.id, t.iri, t.area, t.indicator, t.period, t.market, t.value, t.unit, t.change, t.precision, t.note
            FROM statistic t WHERE {where} ORDER BY t.iri""",
        parameters,
    )
    if order is not None:
        rows.sort(key=lambda row: order.index(row[0]))
    sources = shaper.sources(row[0] for row in rows)
    return [
        {
            "iri": iri,
            "area": shaper.ref(area),
            "indicator": {**(shaper.ref(indicator) or {}), "code": shaper.catalogue.code(indicator)},
            "period": shaper.catalogue.code(period),
            "market": shaper.market(market),
            "value": plain(value),
            "unit": shaper.catalogue.code(unit),
            "unitLabel": shaper.label(unit),
            "changePercent": plain(change),
            "precision": shaper.catalogue.code(precision),
            "precisionLabel": shaper.label(precision),
            "note": note,
            "sources": sources.get(number, []),
        }
        for number, iri, area, indicator, period, market, value, unit, change, precision, note in rows
    ]
