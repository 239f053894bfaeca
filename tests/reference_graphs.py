"""The markets, places and code lists that every small test graph stands on."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model.dates import PartialDate
from graph.model.iris import Minter
from graph.model.namespaces import COUNTRY, RDF, RDFS, REFNIS, SKOS, VERRE, XSD, code, region
from graph.model.statuses import RANK
from graph.model.terms import Literal, NamedNode, Term, Triple

COUNTRIES = {
    "CN": ("CHN", "China", "China", "Chine", ("EASTERN_ASIA",)),
    "JP": ("JPN", "Japan", "Japan", "Japon", ("EASTERN_ASIA",)),
    "KR": ("KOR", "Zuid-Korea", "South Korea", "Corée du Sud", ("EASTERN_ASIA",)),
    "TH": ("THA", "Thailand", "Thailand", "Thaïlande", ("ASIA", "ASEAN")),
    "VN": ("VNM", "Vietnam", "Vietnam", "Viêt Nam", ("ASIA", "ASEAN")),
    "SG": ("SGP", "Singapore", "Singapore", "Singapour", ("ASIA", "ASEAN")),
    "BE": ("BEL", "België", "Belgium", "Belgique", ("EUROPE",)),
    "NL": ("NLD", "Nederland", "Netherlands", "Pays-Bas", ("EUROPE",)),
    "PL": ("POL", "Polen", "Poland", "Pologne", ("EUROPE",)),
}
REGIONS = {
    "EASTERN_ASIA": ("Oost-Azië", "Eastern Asia", "Asie de l'Est", ("ASIA",)),
    "ASIA": ("Azië", "Asia", "Asie", ("WORLD",)),
    "EUROPE": ("Europa", "Europe", "Europe", ("WORLD",)),
    "ASEAN": ("ASEAN", "ASEAN", "ANASE", ()),
    "WORLD": ("Wereldwijd", "Worldwide", "Monde", ()),
}
PLACES = {"Genk": "71016", "Hasselt": "71022", "Vilvoorde": "23088"}
LIMBURG = REFNIS["70000"]


def market(value: str) -> NamedNode:
    """The IRI of a market by ISO code or region code."""
    return COUNTRY[COUNTRIES[value][0]] if value in COUNTRIES else region(value)


def when(text: str) -> Literal:
    """A date of the precision it is written with."""
    return PartialDate.parse(text).literal()


def number(value: object) -> Literal:
    """A decimal."""
    return Literal(str(value), datatype=XSD.decimal)


def three(nl: str, en: str, fr: str) -> list[Term]:
    """A text in the three languages."""
    return [Literal(nl, language="nl"), Literal(en, language="en"), Literal(fr, language="fr")]


class Reference:
    """Graphs with the reference data, and how more is added."""

    minter: Minter
    graphs: dict[NamedNode, set[Triple]]

    def put(
        self, graph: NamedNode, subject: NamedNode, pairs: Iterable[tuple[NamedNode, object]]
    ) -> NamedNode:
        """Adds triples; a value may be a term, a list of terms, or None for nothing."""
        into = self.graphs.setdefault(graph, set())
        for predicate, value in pairs:
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, NamedNode | Literal):
                    into.add(Triple(subject, predicate, each))
        return subject

    def concept(
        self, graph: str, iri: NamedNode, notation: str, labels: list[Term], *types: NamedNode
    ) -> None:
        self.put(
            self.minter.graph(graph),
            iri,
            [
                (RDF.type, [*types, SKOS.Concept]),
                (SKOS.notation, Literal(notation)),
                (SKOS.prefLabel, labels),
                (RDFS.label, labels),
            ],
        )

    def add_reference(self) -> None:
        """Code lists, countries, regions and a few municipalities."""
        for status, rank in RANK.items():
            iri = code("engagement-status", status)
            self.concept(
                "vocabulary/engagement-status", iri, status, three(f"{status} (nl)", status, f"{status} (fr)")
            )
            self.put(self.minter.graph("vocabulary/engagement-status"), iri, [(VERRE.rank, Literal(rank))])
        for scheme, words in {
            "partner-role": ("distributor", "customer"),
            "organization-kind": ("company", "branch", "foreign-partner", "chamber"),
            "measure": ("employees", "share"),
            "unit": ("number", "percent"),
            "precision": ("exact", "just-over"),
            "mission-type": ("outbound", "inbound"),
            "award-result": ("winner", "nominee"),
        }.items():
            for word in words:
                self.concept(
                    f"vocabulary/{scheme}",
                    code(scheme, word),
                    word,
                    three(f"{word} (nl)", word, f"{word} (fr)"),
                )
        for key, (iso3, nl, en, fr, wide) in COUNTRIES.items():
            self.concept(
                "reference/countries", market(key), key, three(nl, en, fr), VERRE.Country, VERRE.Market
            )
            self.put(
                self.minter.graph("reference/countries"),
                market(key),
                [
                    (VERRE.iso2, Literal(key)),
                    (VERRE.iso3, Literal(iso3)),
                    (SKOS.broader, [market(each) for each in wide]),
                ],
            )
        for key, (nl, en, fr, wide) in REGIONS.items():
            self.concept("reference/regions", market(key), key, three(nl, en, fr), VERRE.Region, VERRE.Market)
            self.put(
                self.minter.graph("reference/regions"),
                market(key),
                [(SKOS.broader, [market(each) for each in wide])],
            )
        self.concept("reference/areas", LIMBURG, "70000", three("Limburg", "Limburg", "Limbourg"), VERRE.Area)
        for name, nis in PLACES.items():
            self.concept(
                "reference/areas", REFNIS[nis], nis, [Literal(name, language="nl")], VERRE.Municipality
            )
            wide_area = LIMBURG if nis.startswith("7") else REFNIS["20001"]
            self.put(self.minter.graph("reference/areas"), REFNIS[nis], [(SKOS.broader, wide_area)])
