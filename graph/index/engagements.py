"""Engagements of some companies, and how they look in JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.index.catalogue import Json
from graph.index.database import IN, Database, many
from graph.index.shaping import Shaper
from graph.index.standings import Engagement, Rules

_COLUMNS = """e.id, e.iri, e.company, e.market, e.product, e.rank, e.since, e.until, e.attested, e.first, e.last,
  e.attested_first, e.attested_last, e.outweighed, e.note"""


def load(
    db: Database, companies: Iterable[int], markets: Iterable[int] | None = None
) -> dict[int, list[Engagement]]:
    """The engagements of companies, strongest first; in some markets, or in all."""
    where, parameters = f"e.company {IN}", [many(companies)]
    if markets is not None:
        where += f" AND e.market {IN}"
        parameters.append(many(markets))
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM engagement e WHERE {where} ORDER BY e.rank DESC, e.attested_last DESC, e.iri",
        parameters,
    )
    found: defaultdict[int, list[Engagement]] = defaultdict(list)
    for row in rows:
        found[row[2]].append(Engagement(*row))
    return found


def engagement_dicts(shaper: Shaper, engagements: Iterable[Engagement]) -> dict[int, Json]:
    """Engagements as JSON, by number; whether they have ended or are outweighed is the caller's to say."""
    listed = {each.id: each for each in engagements}
    sources, figures = shaper.sources(listed), shaper.figures(listed)
    return {
        number: {
            "iri": e.iri,
            "market": shaper.market(e.market),
            **shaper.catalogue.status(e.rank, shaper.lang),
            "product": shaper.ref(e.product),
            "since": e.since,
            "until": e.until,
            "attested": e.attested,
            "ended": False,
            "outweighed": False,
            "regionLevel": False,
            "dateUnknown": e.undated,
            "figures": figures.get(number, []),
            "note": e.note,
            "sources": sources.get(number, []),
        }
        for number, e in listed.items()
    }


def company_engagements(shaper: Shaper, company: int) -> list[Json]:
    """All engagements of one company, marked as they stand on the day of the answer."""
    own = load(shaper.db, [company]).get(company, [])
    rules = Rules(shaper.day)
    dicts = engagement_dicts(shaper, own)
    for each in own:
        dicts[each.id]["ended"] = shaper.ended(each.last)
        dicts[each.id]["outweighed"] = each.rank > 0 and rules.outweighed(each, own)
    return list(dicts.values())
