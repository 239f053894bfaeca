"""References, names and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import NotFound
from graph.index import references
from graph.index.catalogue import Catalogue, Json, unknown
from graph.index.database import IN, Database, many
from graph.index.described import described
from graph.index.filters import Resolved
from graph.index.find import ALL_KINDS, KINDS, Found, Wanted, hits
from graph.index.named import naming
from graph.index.shaping import Shaper

COUNTS = {
    "organizations": "SELECT COUNT(*) FROM organization",
    "companies": """SELECT COUNT(*) FROM organization o JOIN concept c ON c.id = o.kind
        WHERE c.kind = 'organization-kind' AND c.code = 'company'""",
    "companiesOfArea": """SELECT COUNT(*) FROM organization o JOIN concept c ON c.id = o.kind
        WHERE c.kind = 'organization-kind' AND c.code = 'company' AND o.member = 'yes'""",
    "members": "SELECT COUNT(*) FROM organization WHERE member = 'yes'",
    "exporters": "SELECT COUNT(DISTINCT company) FROM standing WHERE market = 0 AND score < 4 AND ? BETWEEN first AND last",
    "engagements": "SELECT COUNT(*) FROM engagement",
    "countries": """SELECT COUNT(DISTINCT e.market) FROM engagement e JOIN concept c ON c.id = e.market
        WHERE c.kind = 'country'""",
    "regions": """SELECT COUNT(DISTINCT e.market) FROM engagement e JOIN concept c ON c.id = e.market
        WHERE c.kind = 'region'""",
    "partnerships": "SELECT COUNT(*) FROM partnership",
    "ownerships": "SELECT COUNT(*) FROM ownership",
    "branches": "SELECT COUNT(*) FROM presence WHERE kind = 'branch'",
    "people": "SELECT COUNT(*) FROM person",
    "awards": "SELECT COUNT(*) FROM award_grant",
    "missions": "SELECT COUNT(*) FROM mission",
    "statistics": "SELECT COUNT(*) FROM statistic",
    "programmes": "SELECT COUNT(*) FROM programme",
    "needs": "SELECT COUNT(*) FROM need",
    "sources": "SELECT COUNT(*) FROM source",
}


def counts(db: Database, day: int) -> dict[str, int]:
    """See `Index.counts`."""
    return {name: db.number(query, (day,) if "?" in query else ()) for name, query in COUNTS.items()}


def organization(db: Database, ref: str) -> tuple[int, bool]:
    """The number of an organization, and whether the reference is the one its IRI has.

    Raises:
        NotFound: there is no such organization.
    """
    found = references.find(db, ref)
    if found is None:
        raise NotFound(f"there is no company {ref!r}")
    return found


def resolve(db: Database, ref: str) -> Resolved:
    """See `Index.resolve`."""
    number, canonical = organization(db, ref)
    row = db.row("SELECT iri, ref FROM organization WHERE id = ?", (number,))
    if row is None:
        raise NotFound(f"there is no company {ref!r}")
    return Resolved(row[0], row[1], canonical)


@dataclass(frozen=True)
class Question:
    """What is looked for by name; see `Index.find_many`."""

    kinds: frozenset[str] | None = None
    country: str | None = None
    limit: int = 10
    prefix: bool = False


def find_many(
    db: Database, catalogue: Catalogue, texts: Sequence[str], question: Question, lang: str
) -> list[list[Found]]:
    """See `Index.find_many`."""
    kinds = KINDS if question.kinds is None else question.kinds
    for kind in sorted(kinds - ALL_KINDS):
        raise unknown("kind", kind, sorted(ALL_KINDS))
    country = None
    if question.country is not None:
        country = catalogue.find(("country",), question.country, "country")
    wanted = Wanted(kinds, country, question.limit, question.prefix)
    return described(db, catalogue, hits(db, texts, wanted), question.limit, lang)


def search(shaper: Shaper, q: str, question: Question) -> list[Json]:
    """See `Index.search_for`."""
    (found,) = find_many(shaper.db, shaper.catalogue, [q], question, shaper.lang)
    kinds, sources = _kinds(shaper, found), naming(shaper, found)
    return [_hit(each, kinds, sources) for each in found]


def _kinds(shaper: Shaper, found: list[Found]) -> dict[int, str | None]:
    """What kinds of organization were found, in words."""
    numbers = many(each.id for each in found if each.kind == "company")
    rows = shaper.db.rows(f"SELECT id, kind FROM organization WHERE id {IN}", (numbers,))
    return {number: shaper.label(kind) for number, kind in rows}


def _hit(found: Found, kinds: dict[int, str | None], sources: dict[tuple[str, int], list[Json]]) -> Json:
    return {
        "kind": found.kind,
        "iri": found.iri,
        "id": found.ref,
        "label": found.name,
        "name": found.name,
        "detail": kinds.get(found.id) if found.kind == "company" else None,
        "score": found.score,
        "matched": found.matched,
        "exact": found.exact,
        "sources": sources.get((found.kind, found.id), []),
    }
