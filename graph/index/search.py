"""References, names and counts."""

from __future__ import annotations

from graph.errors import NotFound
from graph.index import references
from graph.index.catalogue import Json, best
from graph.index.conditions import containing
from graph.index.database import Database
from graph.index.filters import Resolved
from graph.index.shaping import Shaper
from graph.index.text import fold

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


def search(shaper: Shaper, q: str, limit: int) -> list[Json]:
    """See `Index.search`."""
    if not fold(q):
        return []
    db, pattern = shaper.db, containing(q)
    found = [
        _hit("company", iri, ref, name, shaper.label(kind))
        for iri, ref, name, kind in db.rows(
            r"""SELECT o.iri, o.ref, o.name, o.kind FROM organization o WHERE o.id IN (
                  SELECT organization FROM organization_name WHERE folded LIKE ? ESCAPE '\')
                ORDER BY o.member <> 'yes', o.id LIMIT ?""",
            (pattern, limit),
        )
    ]
    for number in _markets(shaper, pattern, limit):
        concept = shaper.catalogue[number]
        found.append(_hit("market", concept.iri, concept.code, concept.label(shaper.lang), None))
    for kind, table, columns, order in (
        ("person", "person", "name, name, name", "folded, iri"),
        ("mission", "mission", "nl, en, fr", "first DESC, iri"),
        ("source", "source", "title, title, title", "first DESC, iri"),
    ):
        rows = db.rows(
            f"SELECT iri, ref, {columns} FROM {table} WHERE folded LIKE ? ESCAPE '\\' ORDER BY {order} LIMIT ?",
            (pattern, limit),
        )
        found += [_hit(kind, row[0], row[1], best(row[2:5], shaper.lang) or row[1], None) for row in rows]
    return found[:limit]


def _markets(shaper: Shaper, pattern: str, limit: int) -> list[int]:
    rows = shaper.db.rows(
        r"""SELECT c.id FROM concept c WHERE c.id IN (
              SELECT concept FROM concept_name WHERE kind IN ('country', 'region')
              AND folded LIKE ? ESCAPE '\' AND folded NOT LIKE 'http%') ORDER BY c.kind, c.iri LIMIT ?""",
        (pattern, limit),
    )
    return [number for (number,) in rows]


def _hit(kind: str, iri: str, ref: str, label: str, detail: str | None) -> Json:
    return {"kind": kind, "iri": iri, "id": ref, "label": label, "detail": detail}
