"""What pages show of many markets, or of a large one: counts in one statement each, lists up to a bound.

`Index.market` tells everything, which for a market with tens of thousands of partnerships is no page.
"""

from __future__ import annotations

from collections import defaultdict

from graph.errors import NotFound, UnknownValue
from graph.index.catalogue import MARKETS, Json
from graph.index.missions import COLUMNS, DEFAULT, missions
from graph.index.shaping import Shaper, by_label
from graph.index.sources import statistics
from graph.index.standings import WITHDRAWN, rank_of_score
from graph.model.statuses import RANK

_WORDS = {rank: word for word, rank in RANK.items()}
_HELD = "s.exact = 0 AND s.score <= ? AND s.first <= ? AND s.last >= ?"
_THERE = "(SELECT stated FROM coverage WHERE upward = 0 AND asked = ?1)"


Held = dict[int, dict[str, int]]
"""By the number of a country, how many companies stand there by status."""


def held(shaper: Shaper) -> Held:
    """Every country that something is stated of, with its companies by their strongest status there."""
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for market, score, companies in shaper.db.rows(
        f"""SELECT s.market, s.score, COUNT(DISTINCT s.company) FROM standing s JOIN concept c ON c.id = s.market
            WHERE c.kind = 'country' AND {_HELD} GROUP BY s.market, s.score""",
        (WITHDRAWN, shaper.day, shaper.day),
    ):
        counts[market][_WORDS[rank_of_score(score)]] = companies
    return dict(counts)


def countries(shaper: Shaper, counts: Held) -> list[Json]:
    """The countries of `held` in words, by their label."""
    found = [{**(shaper.market(market) or {}), "counts": there} for market, there in counts.items()]
    return sorted(found, key=by_label)


def market(shaper: Shaper, text: str, most: int) -> Json:
    """A market as `Index.market` has it, with at most so many partnerships, branches and missions.

    Raises:
        NotFound: there is no such market.
    """
    try:
        number = shaper.catalogue.find(MARKETS, text, "market")
    except UnknownValue as error:
        raise NotFound(error.detail, issues=error.issues) from error
    counts = {
        _WORDS[rank_of_score(score)]: companies
        for score, companies in shaper.db.rows(
            f"SELECT s.score, COUNT(DISTINCT s.company) FROM standing s WHERE s.market = ? AND {_HELD} GROUP BY s.score",
            (number, WITHDRAWN, shaper.day, shaper.day),
        )
    }
    around = shaper.db.rows(
        "SELECT asked FROM coverage WHERE stated = ? AND upward = 0 AND asked <> stated", (number,)
    )
    visits = shaper.db.rows(
        f"""SELECT {COLUMNS} FROM mission m WHERE m.id IN (SELECT mission FROM mission_market WHERE market IN {_THERE})
            ORDER BY {", ".join(DEFAULT)} LIMIT {most}""",
        (number,),
    )
    ties = f"p.id IN (SELECT partnership FROM tie WHERE market IN {_THERE} LIMIT {most})"
    return {
        **(shaper.market(number) or {}),
        "counts": counts,
        "partOf": sorted((shaper.market(each) or {} for (each,) in around), key=by_label),
        "partnerships": list(shaper.partnerships(ties, (number,), "p.last DESC, p.partner, p.iri").values()),
        "presenceThere": _presence(shaper, number, most),
        "missionsThere": missions(shaper, visits),
        "statistics": statistics(shaper, "t.market = ?", (number,)),
    }


def _presence(shaper: Shaper, number: int, most: int) -> list[Json]:
    some = f"r.item IN (SELECT item FROM presence WHERE country IN {_THERE} LIMIT {most}) AND r.country IN {_THERE}"
    rows = shaper.presence(some, (number,))
    companies = shaper.organizations(company for company, _, _ in rows)
    return [{"company": companies[company], **entry} for company, _, entry in rows]


def sectors(shaper: Shaper, text: str) -> list[Json]:
    """How many companies that sell in a market or want to are in which sector, most first."""
    number = shaper.catalogue.find(MARKETS, text, "market")
    rows = shaper.db.rows(
        f"""SELECT x.sector, COUNT(DISTINCT s.company) AS companies FROM standing s
            JOIN organization_sector x ON x.organization = s.company
            WHERE s.market = ? AND {_HELD} AND s.score < ? GROUP BY x.sector ORDER BY companies DESC, x.sector""",
        (number, WITHDRAWN, shaper.day, shaper.day, WITHDRAWN),
    )
    found = [
        {"value": shaper.catalogue.code(sector), "label": shaper.label(sector), "count": companies}
        for sector, companies in rows
    ]
    return sorted(found, key=lambda each: (-int(each["count"]), str(each["label"])))
