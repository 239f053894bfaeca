"""Awards given, and nominations."""

from __future__ import annotations

from graph.index import conditions
from graph.index.called import called
from graph.index.catalogue import Catalogue, Json
from graph.index.database import IN, Database, many
from graph.index.filters import AwardFilter, ListAnswer, PageRequest
from graph.index.lists import Listing, concept_label, itself
from graph.index.shaping import Shaper
from graph.index.text import fold

SORTS = {"year": "a.edition", "award": "a.folded", "recipient": "g.recipient", "result": "r.code"}

_TABLE = """award_grant g JOIN award a ON a.id = g.award LEFT JOIN concept r ON r.id = g.result"""


def list_awards(
    db: Database, catalogue: Catalogue, f: AwardFilter, page: PageRequest, lang: str
) -> ListAnswer:
    """See `Index.awards`: the latest first."""
    default = (
        "a.edition IS NULL",
        "a.edition DESC",
        "a.folded",
        "COALESCE(a.category_nl, a.category_en, a.category_fr)",
        "r.code DESC",
        "g.recipient",
        "g.iri",
    )
    order = conditions.order(page.sort, SORTS, default)
    listing = Listing(_TABLE, "g")
    if fold(f.q):
        sql, values = called(db, f.q, "award", "company")
        listing.require("q", f"g.award IN ({sql}) OR g.recipient IN ({sql})", *values, *values)
    listing.one_of(
        "organization", "g.recipient", conditions.organizations(db, f.organizations, "organization")
    )
    listing.one_of("result", "g.result", catalogue.find_all(("award-result",), f.results, "result"))
    listing.one_of("year", "substr(a.edition, 1, 4)", list(f.years))
    shaper = Shaper(db, catalogue, lang, 0)
    numbers = [row[0] for row in listing.rows(db, "g.id", order, page)]
    made = {each["iri"]: each for each in grants(shaper, f"g.id {IN}", (many(numbers),))}
    iris: dict[int, str] = dict(db.rows(f"SELECT id, iri FROM award_grant WHERE id {IN}", (many(numbers),)))
    facets = {}
    if page.facets:
        facets["year"] = listing.facet(db, "year", "substr(a.edition, 1, 4)", itself)
        facets["result"] = listing.facet(
            db,
            "result",
            "g.result",
            concept_label(catalogue, lang),
        )
    return ListAnswer([made[iris[number]] for number in numbers], listing.total(db), facets)


def grants(shaper: Shaper, where: str, parameters: tuple[object, ...]) -> list[Json]:
    """Grants that fulfil a condition of ours on `g`, the latest first."""
    rows = shaper.db.rows(
        f"""SELECT g.id, g.iri, g.recipient, g.result, g.attested, g.note, a.iri, a.edition, a.awarder,
                   a.nl, a.en, a.fr, a.category_nl, a.category_en, a.category_fr
            FROM award_grant g JOIN award a ON a.id = g.award
            WHERE {where} ORDER BY a.edition IS NULL, a.edition DESC, a.folded, g.iri""",
        parameters,
    )
    parties = shaper.organizations(party for row in rows for party in (row[2], row[8]))
    sources = shaper.sources(row[0] for row in rows)
    return [
        {
            "iri": iri,
            "recipient": parties[recipient],
            "award": {
                "iri": award,
                "label": shaper.best(*texts[:3]) or award.rpartition("/")[2],
                "edition": edition,
                "category": shaper.best(*texts[3:]),
                "awarder": parties.get(awarder),
            },
            "result": shaper.catalogue.code(result),
            "resultLabel": shaper.label(result),
            "attested": attested,
            "note": note,
            "sources": sources.get(number, []),
        }
        for number, iri, recipient, result, attested, note, award, edition, awarder, *texts in rows
    ]
