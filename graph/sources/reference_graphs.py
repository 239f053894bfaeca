"""What the graph holds of the reference tables (`docs/model.md`, "Countries and regions")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.model.iris import Minter, slug
from graph.model.namespaces import (
    CODE,
    COUNTRY,
    HS,
    NACE,
    RDF,
    RDFS,
    REFNIS,
    SKOS,
    VERRE,
)
from graph.model.terms import Literal, NamedNode, Triple
from graph.sources.reference_tables import LANGUAGES, Concept, Labels, Market, Municipality, Tables

Pairs = Iterator[tuple[NamedNode, NamedNode | Literal]]

WORDS = {"product": VERRE.Product, "sector": VERRE.Sector, "indicator": VERRE.Indicator}
"""Schemes of `terms` whose words are nodes, and their class. Roles and awards are no concepts."""

SCHEMES: dict[str, tuple[NamedNode, dict[str, str]]] = {
    "countries": (
        NamedNode(COUNTRY.rstrip("/")),
        {"nl": "Landen", "en": "Countries", "fr": "Pays"},
    ),
    "regions": (
        CODE["region"],
        {"nl": "Regio's van de wereld", "en": "Regions of the world", "fr": "Régions du monde"},
    ),
    "nace": (
        NACE["nace2.1"],
        {
            "nl": "Economische activiteiten (NACE 2.1)",
            "en": "Economic activities (NACE 2.1)",
            "fr": "Activités économiques (NACE 2.1)",
        },
    ),
    "hs": (
        CODE["hs2022"],
        {
            "nl": "Geharmoniseerd Systeem (GS 2022)",
            "en": "Harmonized System (HS 2022)",
            "fr": "Système harmonisé (SH 2022)",
        },
    ),
}


def reference_graphs(reference: Tables, minter: Minter) -> dict[NamedNode, set[Triple]]:
    """The triples of each graph `{base}graph/reference/{table}`."""
    markets = reference.markets
    tables: dict[str, Iterable[Triple]] = {
        "countries": (t for m in markets.values() if m.is_country for t in _market(m, markets)),
        "regions": (t for m in markets.values() if not m.is_country for t in _market(m, markets)),
        "municipalities": _places(reference),
        "nace": _classification("nace", reference.nace),
        "hs": _classification("hs", reference.hs),
        "terms": _terms(reference, minter),
    }
    return {
        minter.graph(f"reference/{table}"): set(found) | _scheme(table) for table, found in tables.items()
    }


def nace_iri(code: str) -> NamedNode:
    """A section or division."""
    return NACE[code]


def hs_iri(code: str) -> NamedNode:
    """A chapter (`…/22`) or a section (`…/section-iv`)."""
    return HS[code] if code.isdigit() else HS[f"section-{code.lower()}"]


def _scheme(table: str) -> set[Triple]:
    if table not in SCHEMES:
        return set()
    iri, labels = SCHEMES[table]
    return {Triple(iri, RDF.type, SKOS.ConceptScheme), *_about(iri, _named(labels))}


def _about(subject: NamedNode, pairs: Iterable[tuple[NamedNode, NamedNode | Literal]]) -> Iterator[Triple]:
    return (Triple(subject, predicate, value) for predicate, value in pairs)


def _named(labels: Labels) -> Pairs:
    """`skos:prefLabel` and `rdfs:label` in the languages of the product that are known."""
    for language in LANGUAGES:
        if language in labels:
            text = Literal(labels[language], language=language)
            yield SKOS.prefLabel, text
            yield RDFS.label, text


def _market(market: Market, markets: Mapping[str, Market]) -> Iterator[Triple]:
    def pairs() -> Pairs:
        yield RDF.type, VERRE.Country if market.is_country else VERRE.Region
        yield RDF.type, VERRE.Market
        yield RDF.type, SKOS.Concept
        yield SKOS.inScheme, SCHEMES["countries" if market.is_country else "regions"][0]
        yield from _named(market.labels)
        yield SKOS.notation, Literal(market.code)
        if market.is_country:
            yield VERRE.iso2, Literal(market.code)
            yield VERRE.iso3, Literal(market.iso3)
        if market.m49:
            yield VERRE.m49, Literal(market.m49)
        for name in market.others:
            yield SKOS.altLabel, Literal(name)
        for code in market.broader:
            yield SKOS.broader, markets[code].iri

    return _about(market.iri, pairs())


def _places(reference: Tables) -> Iterator[Triple]:
    for area in reference.areas.values():
        yield Triple(area.iri, RDF.type, VERRE.Area)
        yield Triple(area.iri, SKOS.notation, Literal(area.nis))
        yield Triple(area.iri, VERRE.key, Literal(area.key))
        yield from _about(area.iri, _named(area.labels))
        if area.parent:
            yield Triple(area.iri, SKOS.broader, REFNIS[area.parent])
    for town in reference.municipalities.values():
        yield from _about(town.iri, _municipality(town))


def _municipality(town: Municipality) -> Pairs:
    yield RDF.type, VERRE.Municipality
    yield SKOS.notation, Literal(town.nis)
    yield SKOS.broader, REFNIS[town.province]
    yield from _named(town.labels)
    for postcode in town.postcodes:
        yield VERRE.postCode, Literal(postcode)
    for name in town.others:
        yield SKOS.altLabel, Literal(name)


def _classification(table: str, concepts: Mapping[str, Concept]) -> Iterator[Triple]:
    make = nace_iri if table == "nace" else hs_iri
    for concept in concepts.values():
        node = make(concept.key)
        yield Triple(node, RDF.type, SKOS.Concept)
        yield Triple(node, SKOS.inScheme, SCHEMES[table][0])
        yield Triple(node, SKOS.notation, Literal(concept.key))
        yield from _about(node, _named(concept.labels))
        if concept.parent:
            yield Triple(node, SKOS.broader, make(concept.parent))


def _terms(reference: Tables, minter: Minter) -> Iterator[Triple]:
    for (scheme, key), concept in reference.terms.items():
        if scheme in WORDS:
            word = minter.thing(scheme, slug(key))
            yield Triple(word, RDF.type, WORDS[scheme])
            yield Triple(word, RDF.type, SKOS.Concept)
            yield Triple(word, SKOS.notation, Literal(slug(key)))
            yield from _about(word, _named(concept.labels))
        elif scheme == "identifier-scheme":
            node = minter.thing("scheme", key)
            yield Triple(node, RDF.type, SKOS.ConceptScheme)
            yield Triple(node, SKOS.notation, Literal(key))
            yield from _about(node, _named(concept.labels))
