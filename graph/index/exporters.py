"""The list of exporters: which companies sell in a market, or want to, and who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, replace

from graph.index import conditions
from graph.index.catalogue import MARKETS, Catalogue, Json, unknown
from graph.index.conditions import Condition
from graph.index.database import IN, Cache, Database, many
from graph.index.engagements import engagement_dicts, load
from graph.index.exporter_facets import Facets
from graph.index.filters import ExporterFilter, ListAnswer, PageRequest
from graph.index.question import Question
from graph.index.selection import in_order, sorted_by, total
from graph.index.shaping import Shaper
from graph.index.standings import (
    OVER,
    WITHDRAWN,
    Engagement,
    Rules,
    Standing,
    allowed_scores,
    rank_of_score,
    standings,
)
from graph.index.text import fold
from graph.index.weighing import Weighing
from graph.model.statuses import RANK

SORTS = {
    "name": "a.company",
    "status": "a.best",
    "municipality": "fold(COALESCE(m.nl, m.en, m.fr, m.code))",
    "lastAttested": "(SELECT MAX(e.attested_first) FROM engagement e WHERE e.company = a.company{there})",
}
"""Orders by the name that a user gives; `{there}` narrows to the stated markets that can answer."""


@dataclass(frozen=True)
class Asked:
    """A filter in numbers.

    Attributes:
        coverage: for each market asked for, the stated markets and the regions that answer; see `standings`.
    """

    question: Question
    rules: Rules
    coverage: dict[int, tuple[frozenset[int], frozenset[int]]] | None
    include_ended: bool

    @property
    def stated(self) -> set[int] | None:
        """The stated markets that can answer; None for all."""
        if self.coverage is None:
            return None
        return {market for parts, around in self.coverage.values() for market in parts | around}


def understand(db: Database, catalogue: Catalogue, f: ExporterFilter) -> Asked:
    """Names to numbers.

    Raises:
        UnknownValue: a name that is not known.
    """
    for status in f.statuses:
        if status not in RANK:
            raise unknown("status", status, list(RANK))
    day = (f.as_of or f.today).toordinal()
    markets = tuple(catalogue.find_all(MARKETS, f.markets, "market")) or None
    products = tuple(catalogue.find_all(("product",), f.products, "product"))
    question = Question(
        markets=markets,
        scores=allowed_scores(f.statuses, f.include_ended),
        day=day,
        as_of=f.as_of is not None,
        products=products,
        companies=tuple(company_conditions(db, catalogue, f, day)),
    )
    rules = Rules(day, f.as_of is not None, frozenset(products))
    return Asked(question, rules, _coverage(db, markets), f.include_ended)


def company_conditions(db: Database, catalogue: Catalogue, f: ExporterFilter, day: int) -> list[Condition]:
    """The filters that speak of the company and not of its markets."""
    return [
        *conditions.sectors(catalogue, f.sectors),
        *conditions.municipalities(catalogue, f.municipalities),
        *conditions.area(catalogue, f.area, f.area_membership),
        *conditions.partners(catalogue, f.partner_countries, day),
        *conditions.presence(catalogue, f.presence_in, day),
        *conditions.named(db, f.q),
    ]


def _coverage(
    db: Database, markets: tuple[int, ...] | None
) -> dict[int, tuple[frozenset[int], frozenset[int]]] | None:
    if markets is None:
        return None
    found: dict[int, tuple[set[int], set[int]]] = {market: (set(), set()) for market in markets}
    query = f"SELECT asked, upward, stated FROM coverage WHERE asked {IN}"
    for asked, upward, stated in db.rows(query, (many(markets),)):
        found[asked][upward].add(stated)
    return {asked: (frozenset(parts), frozenset(around)) for asked, (parts, around) in found.items()}


def list_exporters(
    db: Database, catalogue: Catalogue, cache: Cache, asked_for: tuple[ExporterFilter, PageRequest], lang: str
) -> ListAnswer:
    """See `Index.exporters`."""
    f, page = asked_for
    asked = understand(db, catalogue, f)
    keys = conditions.order(page.sort, _sorts(asked), ("a.company",)) if page.sort else []
    weighing = Weighing(db, cache)
    key: Hashable = ("total", _same(f))
    count = cache.get(key, lambda: total(weighing, asked.question))
    which = ("page", _same(f), page.offset, page.size, page.sort)
    companies = (
        cache.get(which, lambda: _companies(weighing, asked.question, (keys, page)))
        if page.offset < count
        else []
    )
    shaper = Shaper(db, catalogue, lang, asked.question.day)
    items = _items(shaper, companies, asked)
    counted = {}
    if page.facets:
        counted = Facets(weighing, catalogue, understand, _same(f)).all(lang)
    return ListAnswer(items, count, counted)


def _sorts(asked: Asked) -> dict[str, str]:
    """The orders of a list; numbers of markets are ours and need no binding."""
    stated = asked.stated
    there = "" if stated is None else f" AND e.market IN ({', '.join(map(str, sorted(stated)))})"
    return {name: sql.replace("{there}", there) for name, sql in SORTS.items()}


def _companies(weighing: Weighing, question: Question, ordered: tuple[list[str], PageRequest]) -> list[int]:
    keys, page = ordered
    if keys:
        return sorted_by(weighing, question, keys, (page.offset, page.size))
    return in_order(weighing, question, (page.offset, page.size))


def _same(f: ExporterFilter) -> ExporterFilter:
    """The filter without the day that does not count."""
    return f if f.as_of is None else replace(f, today=f.as_of)


def _items(shaper: Shaper, companies: list[int], asked: Asked) -> list[Json]:
    if not companies:
        return []
    loaded = load(shaper.db, companies, asked.stated)
    found = {
        company: [
            standing
            for standing in standings(loaded.get(company, []), asked.coverage, asked.rules)
            if standing.score in asked.question.scores
        ]
        for company in companies
    }
    entries = _Entries(shaper, asked, found)
    rows = shaper.db.rows(
        f"""SELECT id, iri, ref, name, country, municipality, member, seat, site
            FROM organization WHERE id {IN}""",
        (many(companies),),
    )
    sectors = shaper.sectors(companies)
    made = {}
    for number, iri, ref, name, country, municipality, *places in rows:
        made[number] = {
            "iri": iri,
            "id": ref,
            "name": name,
            "area": shaper.area(*places),
            "country": shaper.market(country),
            "municipality": shaper.ref(municipality),
            "sectors": sectors.get(number, []),
            "markets": entries.of(number),
        }
    return [made[company] for company in companies]


class _Entries:
    """The entries `markets[]` of the companies of a page."""

    def __init__(self, shaper: Shaper, asked: Asked, found: dict[int, list[Standing]]) -> None:
        self._shaper = shaper
        self._asked = asked
        self._found = found
        shown = [e for each in found.values() for s in each for e, score in s.facts if self._shows(s, score)]
        self._dicts = engagement_dicts(shaper, shown)
        self._load_neighbours()

    def _shows(self, standing: Standing, score: int) -> bool:
        """Whether an engagement is part of the answer: what has ended or was withdrawn only if asked for."""
        return self._asked.include_ended or score < WITHDRAWN or score == standing.score

    def _load_neighbours(self) -> None:
        """Partners and presence of these companies in the markets of their entries."""
        self._presence: defaultdict[tuple[int, int], list[Json]] = defaultdict(list)
        self._partners: defaultdict[tuple[int, int], list[Json]] = defaultdict(list)
        markets = {s.market for each in self._found.values() for s in each}
        shaper = self._shaper
        inside: defaultdict[int, set[int]] = defaultdict(set)
        for asked, stated in shaper.db.rows(
            f"SELECT asked, stated FROM coverage WHERE upward = 0 AND asked {IN}",
            (many(markets),),
        ):
            inside[stated].add(asked)
        both = (many(self._found), many(inside))
        last = 0 if self._asked.include_ended else shaper.day
        for company, country, entry in shaper.presence(
            f"r.organization {IN} AND r.country {IN} AND r.last >= ?", (*both, last)
        ):
            for market in inside[country or 0]:
                self._presence[company, market].append(entry)
        ties = shaper.db.rows(
            f"""SELECT organization, market, partnership FROM tie
                WHERE organization {IN} AND market {IN} AND last >= ?""",
            (*both, last),
        )
        if not ties:
            return
        wanted = many({number for _, _, number in ties})
        loaded = shaper.partnerships(f"p.id {IN}", (wanted,), "p.last DESC, p.iri")
        place = {number: order for order, number in enumerate(loaded)}
        for company, there, number in sorted(ties, key=lambda tie: place[tie[2]]):
            for market in inside[there]:
                if loaded[number] not in self._partners[company, market]:
                    self._partners[company, market].append(loaded[number])

    def of(self, company: int) -> list[Json]:
        """The entries of a company: own facts before region-level, strongest first."""
        made = [(s.region_level, s.score, self._entry(company, s)) for s in self._found[company]]
        made.sort(key=lambda each: (*each[:2], fold(each[2]["market"]["label"])))
        return [entry for _, _, entry in made]

    def _entry(self, company: int, standing: Standing) -> Json:
        bearers = standing.bearers
        engagements = [
            self._engagement(e, standing, score)
            for e, score in standing.facts
            if self._shows(standing, score)
        ]
        return {
            "market": self._shaper.market(standing.market),
            **self._shaper.catalogue.status(rank_of_score(standing.score), self._shaper.lang),
            "since": _earliest(bearers),
            "lastAttested": _latest(bearers),
            "regionLevel": standing.region_level,
            "ended": standing.score >= OVER,
            "dateUnknown": all(e.undated for e in bearers),
            "engagements": engagements,
            "presence": self._presence.get((company, standing.market), []),
            "partners": self._partners.get((company, standing.market), []),
        }

    def _engagement(self, engagement: Engagement, standing: Standing, score: int) -> Json:
        return {
            **self._dicts[engagement.id],
            "ended": score >= OVER,
            "outweighed": score == WITHDRAWN and engagement.rank > 0,
            "regionLevel": standing.region_level,
        }


def _earliest(engagements: list[Engagement]) -> str | None:
    known = [e for e in engagements if not e.undated]
    return min(known, key=lambda e: (e.first, e.since or "")).since if known else None


def _latest(engagements: list[Engagement]) -> str | None:
    known = [e for e in engagements if e.attested is not None]
    return max(known, key=lambda e: (e.attested_last, e.attested_first)).attested if known else None
