"""Persons in their business roles."""

from __future__ import annotations

from collections import defaultdict

from graph.index import conditions
from graph.index.called import called
from graph.index.catalogue import Catalogue, Json, best, language_of
from graph.index.database import IN, Database, Row, many
from graph.index.filters import ListAnswer, PageRequest, PersonFilter
from graph.index.lists import Listing
from graph.index.shaping import Shaper
from graph.index.text import fold

SORTS = {"name": "p.folded"}

_ROLES = """SELECT id, person, organization, role_nl, role_en, role_fr, since, until, attested, last
  FROM membership WHERE person IS NOT NULL AND {where} ORDER BY attested IS NULL, attested_last DESC, iri"""


def list_people(
    db: Database, catalogue: Catalogue, f: PersonFilter, page: PageRequest, lang: str
) -> ListAnswer:
    """See `Index.people`."""
    order = conditions.order(page.sort, SORTS, ("p.folded", "p.iri"))
    day = f.today.toordinal()
    listing = Listing("person p", "p")
    if fold(f.q):
        sql, values = called(db, f.q, "person")
        listing.require("q", f"p.id IN ({sql})", *values)
    employers = conditions.organizations(db, f.organizations, "organization")
    role = "SELECT 1 FROM membership h WHERE h.person = p.id"
    first_end = 0 if f.include_ended else day
    if employers:
        there = f"EXISTS ({role} AND h.last >= ? AND h.organization {IN})"
        listing.require("organization", there, first_end, many(employers))
    if not f.include_ended:
        listing.require("ended", f"EXISTS ({role} AND h.last >= ?)", day)
    rows = listing.rows(db, "p.id, p.iri, p.ref, p.name", order, page)
    shaper = Shaper(db, catalogue, lang, day)
    facets = {}
    if page.facets:
        names = shaper.organizations(n for (n,) in db.rows("SELECT DISTINCT organization FROM membership"))
        joined = Listing("person p JOIN membership j ON j.person = p.id", "p", list(listing.where))
        joined.require("held", "j.last >= ?", first_end)
        facets["organization"] = joined.facet(
            db,
            "organization",
            "j.organization",
            lambda n: (names[int(str(n))]["id"], names[int(str(n))]["name"]),
        )
    return ListAnswer(people(shaper, rows), listing.total(db), facets)


def people(shaper: Shaper, rows: list[Row]) -> list[Json]:
    """Rows of (id, iri, ref, name) with all roles of each."""
    found = _roles(shaper, f"person {IN}", (many(row[0] for row in rows),))
    return [
        {"iri": iri, "id": ref, "name": name, "roles": found.get(number, [])}
        for number, iri, ref, name in rows
    ]


def _roles(shaper: Shaper, where: str, parameters: tuple[object, ...]) -> dict[int, list[Json]]:
    rows = shaper.db.rows(_ROLES.format(where=where), parameters)
    hosts, sources = shaper.organizations(row[2] for row in rows), shaper.sources(row[0] for row in rows)
    found: defaultdict[int, list[Json]] = defaultdict(list)
    for number, person, host, *role, since, until, attested, last in rows:
        found[person].append(
            {
                "organization": hosts[host],
                "role": best(tuple(role), shaper.lang),
                "roleLang": language_of(tuple(role), shaper.lang),
                "since": since,
                "until": until,
                "ended": shaper.ended(last),
                "attested": attested,
                "sources": sources.get(number, []),
            }
        )
    return found


def roles_at(shaper: Shaper, company: int) -> list[Json]:
    """The persons with a role at one organization, each with its roles there."""
    return roles(shaper, "organization = ?", (company,))


def roles(shaper: Shaper, where: str, parameters: tuple[object, ...]) -> list[Json]:
    """The persons with a role that fulfils a condition of ours on `membership`, each with those roles, by name."""
    found = _roles(shaper, where, parameters)
    rows = shaper.db.rows(
        f"SELECT id, iri, ref, name FROM person WHERE id {IN} ORDER BY folded, iri",
        (many(found),),
    )
    return [{"iri": iri, "id": ref, "name": name, "roles": found[number]} for number, iri, ref, name in rows]


def person(shaper: Shaper, ref: str) -> Json | None:
    """One person by IRI or the last part of it."""
    rows = shaper.db.rows("SELECT id, iri, ref, name FROM person WHERE iri = ?1 OR ref = ?1", (ref,))
    return next(iter(people(shaper, rows)), None)
