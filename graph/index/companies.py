"""Organizations: the list of them, and everything known of one."""

from __future__ import annotations

from collections import Counter, defaultdict

from graph.index import conditions
from graph.index.catalogue import MARKETS, Catalogue, Json
from graph.index.database import IN, Database, many
from graph.index.engagements import load
from graph.index.filters import CompanyFilter, ListAnswer, PageRequest
from graph.index.lists import Listing, concept_label, itself
from graph.index.shaping import Shaper, source_ref
from graph.index.standings import WITHDRAWN, Rules, rank_of_score, standings
from graph.model.statuses import RANK

SORTS = {
    "name": "o.id",
    "kind": "k.code",
    "municipality": "fold(COALESCE(m.nl, m.en, m.fr, m.code))",
    "country": "c.code",
}

_TABLE = """organization o LEFT JOIN concept k ON k.id = o.kind LEFT JOIN concept m ON m.id = o.municipality
  LEFT JOIN concept c ON c.id = o.country"""
COLUMNS = """o.id, o.iri, o.ref, o.name, o.kind, o.country, o.municipality, o.activity_nl, o.activity_en,
  o.activity_fr, o.member, o.seat, o.site"""


def list_companies(
    db: Database, catalogue: Catalogue, f: CompanyFilter, page: PageRequest, lang: str
) -> ListAnswer:
    """See `Index.companies`."""
    order = conditions.order(page.sort, SORTS, ("o.id",))
    listing = Listing(_TABLE, "o")
    kinds = catalogue.find_all(("organization-kind",), f.kinds, "kind")
    listing.one_of("kind", "o.kind", kinds)
    listing.one_of("country", "o.country", catalogue.find_all(MARKETS, f.countries, "country"))
    for name, found in (
        ("sector", conditions.sectors(catalogue, f.sectors)),
        ("municipality", conditions.municipalities(catalogue, f.municipalities)),
        ("areaMembership", conditions.area(catalogue, f.area, f.area_membership)),
        ("q", conditions.named(db, f.q)),
    ):
        for condition in found:
            sql, values = conditions.listed("company", "o.id", condition)
            listing.require(name, sql, *values)
    shaper = Shaper(db, catalogue, lang, f.today.toordinal())
    items = company_items(shaper, listing.rows(db, COLUMNS, order, page))
    return ListAnswer(items, listing.total(db), _facets(db, catalogue, listing, lang) if page.facets else {})


def _facets(db: Database, catalogue: Catalogue, listing: Listing, lang: str) -> dict[str, list[Json]]:
    concept = concept_label(catalogue, lang)

    sectors = Listing(f"{_TABLE} JOIN organization_sector x ON x.organization = o.id", "o", listing.where)
    places = Listing(f"{_TABLE} JOIN organization_place x ON x.organization = o.id", "o", listing.where)
    return {
        "kind": listing.facet(db, "kind", "o.kind", concept),
        "country": listing.facet(db, "country", "o.country", concept),
        "sector": sectors.facet(db, "sector", "x.sector", concept),
        "municipality": places.facet(db, "municipality", "x.municipality", concept),
        "areaMembership": listing.facet(db, "areaMembership", "o.member", itself),
    }


def company_items(shaper: Shaper, rows: list[tuple[object, ...]]) -> list[Json]:
    """Rows of COLUMNS as items: with sectors, and the number of markets by status."""
    numbers = [int(str(row[0])) for row in rows]
    sectors, counts = shaper.sectors(numbers), markets_by_status(shaper, numbers)
    return [
        {**head(shaper, row), "sectors": sectors.get(number, []), "markets": counts.get(number, {})}
        for number, row in zip(numbers, rows, strict=True)
    ]


def head(shaper: Shaper, row: tuple[object, ...]) -> Json:
    """What every answer on an organization begins with, from a row of COLUMNS."""
    _, iri, ref, name, kind, country, municipality, nl, en, fr, *places = row
    return {
        "iri": iri,
        "id": ref,
        "name": name,
        "kind": shaper.catalogue.code(_number(kind)),
        "kindLabel": shaper.label(_number(kind)),
        "area": shaper.area(*(str(place) for place in places)),
        "country": shaper.market(_number(country)),
        "municipality": shaper.ref(_number(municipality)),
        "activity": shaper.best(*(None if text is None else str(text) for text in (nl, en, fr))),
    }


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def markets_by_status(shaper: Shaper, companies: list[int]) -> dict[int, dict[str, int]]:
    """For each company the number of stated markets by status, of those where something goes on."""
    loaded = load(shaper.db, companies)
    words = {rank: word for word, rank in RANK.items()}
    found: dict[int, dict[str, int]] = {}
    for company, own in loaded.items():
        scores = [s.score for s in standings(own, None, Rules(shaper.day)) if s.score <= WITHDRAWN]
        counts = Counter(rank_of_score(score) for score in scores)
        found[company] = {words[rank]: counts[rank] for rank in sorted(counts, reverse=True)}
    return found


def find(db: Database, number: int) -> tuple[object, ...] | None:
    """The row of COLUMNS of one organization."""
    return db.row(f"SELECT {COLUMNS} FROM {_TABLE} WHERE o.id = ?", (number,))


def mentions(shaper: Shaper, company: int) -> list[Json]:
    """The sources that name an organization."""
    rows = shaper.db.rows(
        """SELECT s.iri, s.ref, s.title, s.publisher, s.date, s.url, s.language, s.access
           FROM mention m JOIN source s ON s.id = m.source WHERE m.organization = ? ORDER BY s.id""",
        (company,),
    )
    return [source_ref(list(row)) for row in rows]


def statements(shaper: Shaper, company: int) -> dict[str, list[Json]]:
    """What is stated of an organization by property, each with the sources that say so."""
    rows = shaper.db.rows(
        """SELECT id, property, value, concept, language FROM statement WHERE organization = ?
           ORDER BY property, language, value""",
        (company,),
    )
    sources = shaper.sources(row[0] for row in rows)
    found: defaultdict[str, list[Json]] = defaultdict(list)
    for number, name, value, concept, language in rows:
        said = {
            "value": value if concept is None else shaper.catalogue.code(concept),
            "label": value if concept is None else shaper.label(concept),
            "iri": None if concept is None else value,
            "language": language or None,
            "sources": sources.get(number, []),
        }
        found[name].append(said)
    return found


def tied(shaper: Shaper, numbers: set[int]) -> dict[int, Json]:
    """References to organizations with their country, as parents and children are shown."""
    rows = shaper.db.rows(
        f"SELECT id, iri, ref, name, country FROM organization WHERE id {IN} ORDER BY id",
        (many(numbers),),
    )
    return {
        number: {"iri": iri, "id": ref, "name": name, "country": shaper.market(country)}
        for number, iri, ref, name, country in rows
    }
