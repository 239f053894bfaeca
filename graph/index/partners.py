"""Partnerships: who works with whom, in which role and where."""

from __future__ import annotations

from graph.index import conditions
from graph.index.called import called
from graph.index.catalogue import MARKETS, Catalogue
from graph.index.database import IN, Database, many
from graph.index.filters import ListAnswer, PageRequest, PartnerFilter
from graph.index.lists import Listing, concept_label
from graph.index.shaping import Shaper
from graph.index.text import fold

SORTS = {"partner": "p.partner", "principal": "p.principal", "role": "r.code", "since": "p.first"}


def list_partners(
    db: Database, catalogue: Catalogue, f: PartnerFilter, page: PageRequest, lang: str
) -> ListAnswer:
    """See `Index.partners`: by the partner's name, then the principal's."""
    order = conditions.order(page.sort, SORTS, ("p.partner", "p.principal", "p.iri"))
    day = f.today.toordinal()
    listing = Listing("partnership p LEFT JOIN concept r ON r.id = p.role", "p")
    if fold(f.q):
        sql, values = called(db, f.q, "company")
        listing.require("q", f"p.principal IN ({sql}) OR p.partner IN ({sql})", *values, *values)
    listing.one_of("role", "p.role", catalogue.find_all(("partner-role",), f.roles, "role"))
    markets = catalogue.find_all(MARKETS, f.markets, "market")
    if markets:
        there = f"SELECT stated FROM coverage WHERE upward = 0 AND asked {IN}"
        sql = f"p.id IN (SELECT partnership FROM tie WHERE market IN ({there}))"
        listing.require("market", sql, many(markets))
    parties = conditions.organizations(db, f.organizations, "organization")
    if parties:
        listing.require("organization", f"p.principal {IN} OR p.partner {IN}", many(parties), many(parties))
    if not f.include_ended:
        listing.require("ended", "p.last >= ?", day)
    shaper = Shaper(db, catalogue, lang, day)
    numbers = [row[0] for row in listing.rows(db, "p.id", order, page)]
    made = shaper.partnerships(f"p.id {IN}", (many(numbers),))
    facets = {}
    if page.facets:
        concept = concept_label(catalogue, lang)

        ties = Listing(f"{listing.table} JOIN tie t ON t.partnership = p.id", "p", listing.where)
        facets = {
            "role": listing.facet(db, "role", "p.role", concept),
            "market": ties.facet(db, "market", "t.market", concept),
        }
    return ListAnswer([made[number] for number in numbers], listing.total(db), facets)
