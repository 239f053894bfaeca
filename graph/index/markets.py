"""Markets: how many companies are there or want to be, who their partners are, which missions go there."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from graph.errors import NotFound, UnknownValue
from graph.index import conditions
from graph.index.called import called
from graph.index.catalogue import MARKETS, Catalogue, Json, unknown
from graph.index.database import IN, Database, many
from graph.index.filters import ListAnswer, MarketFilter, PageRequest
from graph.index.lists import Listing, itself
from graph.index.missions import COLUMNS, DEFAULT, missions
from graph.index.nodes import LANGUAGES
from graph.index.shaping import Shaper, by_label
from graph.index.sources import statistics
from graph.index.standings import WITHDRAWN, rank_of_score
from graph.index.text import fold
from graph.model.statuses import RANK

_COMPANIES = """(SELECT COUNT(DISTINCT s.company) FROM standing s WHERE s.market = m.id AND s.exact = 0
  AND s.score < 4 AND s.first <= {day:d} AND s.last >= {day:d})"""
_LABELS = {lang: f"fold(COALESCE(m.{lang}, m.nl, m.en, m.fr, m.code))" for lang in LANGUAGES}
"""What `Concept.label` shows, so that accents do not send Équateur behind Zimbabwe."""


def list_markets(
    db: Database, catalogue: Catalogue, f: MarketFilter, page: PageRequest, lang: str
) -> ListAnswer:
    """See `Index.markets`: by label."""
    day = f.today.toordinal()
    label = _LABELS[lang]
    sorts = {"name": label, "code": "m.code", "companies": _COMPANIES.format(day=day)}
    order = conditions.order(page.sort, sorts, (label, "m.iri"))
    for kind in f.kinds:
        if kind not in MARKETS:
            raise unknown("kind", kind, list(MARKETS))
    listing = Listing("concept m", "m")
    listing.one_of("market", "m.kind", list(MARKETS))
    listing.one_of("kind", "m.kind", list(f.kinds))
    if fold(f.q):
        sql, values = called(db, f.q, "market")
        listing.require("q", f"m.id IN ({sql})", *values)
    if f.known is not None:
        fact = "EXISTS (SELECT 1 FROM standing s WHERE s.market = m.id)"
        listing.require("known", fact if f.known else f"NOT {fact}")
    shaper = Shaper(db, catalogue, lang, day)
    items = _items(shaper, [row[0] for row in listing.rows(db, "m.id", order, page)])
    facets = {}
    if page.facets:
        facets["kind"] = listing.facet(db, "kind", "m.kind", itself)
    return ListAnswer(items, listing.total(db), facets)


def _items(shaper: Shaper, markets: list[int]) -> list[Json]:
    """Markets with their counts; each counts what is stated of it and of what lies in it."""
    db, day, asked = shaper.db, shaper.day, many(markets)
    words = {rank: word for word, rank in RANK.items()}
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for market, score, companies in db.rows(
        f"""SELECT market, score, COUNT(DISTINCT company) FROM standing
            WHERE market {IN} AND exact = 0 AND score <= ? AND first <= ? AND last >= ?
            GROUP BY market, score ORDER BY market, score""",
        (asked, WITHDRAWN, day, day),
    ):
        counts[market][words[rank_of_score(score)]] = companies

    def inside(query: str, *values: int) -> dict[int, int]:
        joined = query.format(inside=f"coverage c ON c.upward = 0 AND c.asked {IN} AND c.stated")
        return dict(db.rows(f"{joined} GROUP BY c.asked", (asked, *values)))

    partners = inside(
        "SELECT c.asked, COUNT(DISTINCT t.partnership) FROM tie t JOIN {inside} = t.market WHERE t.last >= ?",
        day,
    )
    presence = inside(
        "SELECT c.asked, COUNT(DISTINCT r.item) FROM presence r JOIN {inside} = r.country WHERE r.last >= ?",
        day,
    )
    visits = inside(
        "SELECT c.asked, COUNT(DISTINCT v.mission) FROM mission_market v JOIN {inside} = v.market"
    )
    return [
        {
            **(shaper.market(market) or {}),
            "counts": counts.get(market, {}),
            "companies": sum(n for word, n in counts.get(market, {}).items() if word != "withdrawn"),
            "partners": partners.get(market, 0),
            "presence": presence.get(market, 0),
            "missions": visits.get(market, 0),
        }
        for market in markets
    ]


def find_market(catalogue: Catalogue, text: str, parameter: str = "market") -> str:
    """See `Index.find_market`."""
    return catalogue[catalogue.find(MARKETS, text, parameter)].code


def market(db: Database, catalogue: Catalogue, text: str, today: date, lang: str) -> Json:
    """See `Index.market`."""
    try:
        number = catalogue.find(MARKETS, text, "market")
    except UnknownValue as error:
        raise NotFound(error.detail, issues=error.issues) from error
    shaper = Shaper(db, catalogue, lang, today.toordinal())
    (item,) = _items(shaper, [number])
    around = db.rows(
        "SELECT asked FROM coverage WHERE stated = ? AND upward = 0 AND asked <> stated", (number,)
    )
    parts = db.rows(
        "SELECT stated FROM coverage WHERE asked = ? AND upward = 0 AND asked <> stated", (number,)
    )
    there = "(SELECT stated FROM coverage WHERE upward = 0 AND asked = ?)"
    visits = db.rows(
        f"""SELECT {COLUMNS} FROM mission m WHERE m.id IN (SELECT mission FROM mission_market WHERE market IN {there})
            ORDER BY {", ".join(DEFAULT)}""",
        (number,),
    )
    ties = f"p.id IN (SELECT partnership FROM tie WHERE market IN {there})"
    return {
        **item,
        "partOf": _sorted([shaper.market(each) or {} for (each,) in around]),
        "parts": _sorted([shaper.market(each) or {} for (each,) in parts]),
        "partnerships": list(shaper.partnerships(ties, (number,), "p.last DESC, p.partner, p.iri").values()),
        "presenceThere": _presence(shaper, f"r.country IN {there}", (number,)),
        "missionsThere": missions(shaper, visits),
        "statistics": statistics(shaper, "t.market = ?", (number,)),
    }


def parts(shaper: Shaper, code: str) -> set[str]:
    """The codes of what lies in a market, without what is known of it.

    Raises:
        UnknownValue: there is no such market.
    """
    number = shaper.catalogue.find(MARKETS, code, "market")
    rows = shaper.db.rows(
        """SELECT c.code FROM coverage v JOIN concept c ON c.id = v.stated
           WHERE v.asked = ? AND v.upward = 0 AND v.stated <> v.asked""",
        (number,),
    )
    return {str(part) for (part,) in rows}


def _presence(shaper: Shaper, where: str, parameters: tuple[object, ...]) -> list[Json]:
    rows = shaper.presence(where, parameters)
    companies = shaper.organizations(company for company, _, _ in rows)
    return [{"company": companies[company], **entry} for company, _, entry in rows]


def _sorted(markets: list[Json]) -> list[Json]:
    return sorted(markets, key=by_label)
