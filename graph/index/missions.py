"""Trade missions: where they go, who organizes them, who took part."""

from __future__ import annotations

from collections import defaultdict

from graph.index import conditions
from graph.index.called import called
from graph.index.catalogue import MARKETS, Catalogue, Json, best
from graph.index.database import IN, Database, Row, many
from graph.index.filters import ListAnswer, MissionFilter, PageRequest
from graph.index.lists import Listing, concept_label, itself
from graph.index.shaping import Shaper, by_label
from graph.index.text import fold

SORTS = {"start": "m.first", "label": "m.folded", "type": "t.code"}
DEFAULT = ("m.first = 0", "m.first DESC", "m.ref", "m.iri")
"""The latest first, those without a date last."""

COLUMNS = "m.id, m.iri, m.ref, m.nl, m.en, m.fr, m.type, m.since, m.until, m.note"
_TABLE = "mission m LEFT JOIN concept t ON t.id = m.type"


def list_missions(
    db: Database, catalogue: Catalogue, f: MissionFilter, page: PageRequest, lang: str
) -> ListAnswer:
    """See `Index.missions`."""
    order = conditions.order(page.sort, SORTS, DEFAULT)
    listing = Listing(_TABLE, "m")
    if fold(f.q):
        sql, values = called(db, f.q, "mission")
        listing.require("q", f"m.id IN ({sql})", *values)
    listing.one_of("type", "m.type", catalogue.find_all(("mission-type",), f.types, "missionType"))
    listing.one_of("year", "substr(m.since, 1, 4)", list(f.years))
    markets = catalogue.find_all(MARKETS, f.markets, "market")
    if markets:
        there = f"SELECT stated FROM coverage WHERE upward = 0 AND asked {IN}"
        sql = f"m.id IN (SELECT mission FROM mission_market WHERE market IN ({there}))"
        listing.require("market", sql, many(markets))
    parties = conditions.organizations(db, f.organizations, "organization")
    if parties:
        sql = f"""m.id IN (SELECT mission FROM participation WHERE organization {IN}
                  UNION SELECT mission FROM mission_organizer WHERE organization {IN})"""
        listing.require("organization", sql, many(parties), many(parties))
    shaper = Shaper(db, catalogue, lang, 0)
    items = missions(shaper, listing.rows(db, COLUMNS, order, page))
    return ListAnswer(items, listing.total(db), _facets(db, catalogue, listing, lang) if page.facets else {})


def _facets(db: Database, catalogue: Catalogue, listing: Listing, lang: str) -> dict[str, list[Json]]:
    concept = concept_label(catalogue, lang)

    places = Listing(f"{_TABLE} JOIN mission_market x ON x.mission = m.id", "m", listing.where)
    return {
        "market": places.facet(db, "market", "x.market", concept),
        "missionType": listing.facet(db, "type", "m.type", concept),
        "year": listing.facet(db, "year", "substr(m.since, 1, 4)", itself),
    }


def missions(shaper: Shaper, rows: list[Row]) -> list[Json]:
    """Rows of COLUMNS with all that hangs on them."""
    numbers = [row[0] for row in rows]
    asked = (many(numbers),)
    markets: defaultdict[int, list[Json]] = defaultdict(list)
    for mission, market in shaper.db.rows(
        f"SELECT mission, market FROM mission_market WHERE mission {IN}",
        asked,
    ):
        markets[mission].append(shaper.market(market) or {})
    hosts = shaper.db.rows(
        f"SELECT mission, organization FROM mission_organizer WHERE mission {IN} ORDER BY organization",
        asked,
    )
    guests = shaper.db.rows(
        f"""SELECT mission, organization, id, state, note FROM participation WHERE mission {IN}
            ORDER BY organization, iri""",
        asked,
    )
    parties = shaper.organizations([row[1] for row in hosts] + [row[1] for row in guests])
    sources = shaper.sources([*numbers, *(row[2] for row in guests)])
    figures = shaper.figures(numbers)
    return [
        {
            "iri": iri,
            "id": ref,
            "label": best((nl, en, fr), shaper.lang),
            "missionType": shaper.catalogue.code(kind),
            "missionTypeLabel": shaper.label(kind),
            "destinations": sorted(markets.get(number, []), key=by_label),
            "organizers": [parties[host] for mission, host in hosts if mission == number],
            "start": since,
            "end": until,
            "participants": [
                {
                    "organization": parties[guest],
                    "state": shaper.catalogue.code(state),
                    "stateLabel": shaper.label(state),
                    "note": said,
                    "sources": sources.get(item, []),
                }
                for mission, guest, item, state, said in guests
                if mission == number
            ],
            "figures": figures.get(number, []),
            "note": note,
            "sources": sources.get(number, []),
        }
        for number, iri, ref, nl, en, fr, kind, since, until, note in rows
    ]


def company_missions(shaper: Shaper, company: int) -> list[Json]:
    """The missions that an organization organized or took part in."""
    rows = shaper.db.rows(
        f"""SELECT {COLUMNS} FROM {_TABLE} WHERE m.id IN (
              SELECT mission FROM participation WHERE organization = ?1
              UNION SELECT mission FROM mission_organizer WHERE organization = ?1)
            ORDER BY {", ".join(DEFAULT)}""",
        (company,),
    )
    return missions(shaper, rows)


def mission(shaper: Shaper, ref: str) -> Json | None:
    """One mission by key or IRI."""
    rows = shaper.db.rows(f"SELECT {COLUMNS} FROM {_TABLE} WHERE m.ref = ?1 OR m.iri = ?1", (ref,))
    return next(iter(missions(shaper, rows)), None)
