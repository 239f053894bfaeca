"""What the graph holds of the reference tables, against docs/model.md."""

from __future__ import annotations

import pytest

from graph import resources
from graph.model.iris import Minter
from graph.model.namespaces import COUNTRY, HS, NACE, RDF, RDFS, REFNIS, SKOS, VERRE, region
from graph.model.terms import BlankNode, Literal, NamedNode, Term, Triple
from graph.sources.reference import Reference

MINTER = Minter("https://example.org/v/")
REFERENCE = Reference.load(resources.data())
GRAPHS = REFERENCE.graphs(MINTER)


def about(table: str, subject: NamedNode, predicate: NamedNode) -> set[Term]:
    return {
        triple.object
        for triple in GRAPHS[MINTER.graph(f"reference/{table}")]
        if triple.subject == subject and triple.predicate == predicate
    }


def three(nl: str, en: str, fr: str) -> set[Term]:
    return {Literal(nl, language="nl"), Literal(en, language="en"), Literal(fr, language="fr")}


def subjects(table: str, kind: NamedNode) -> set[object]:
    return {
        triple.subject
        for triple in GRAPHS[MINTER.graph(f"reference/{table}")]
        if triple.predicate == RDF.type and triple.object == kind
    }


def test_there_is_a_graph_for_each_table() -> None:
    names = {graph.value.removeprefix("https://example.org/v/graph/reference/") for graph in GRAPHS}
    assert names == {"countries", "regions", "municipalities", "nace", "hs", "terms"}


def test_a_country() -> None:
    china = COUNTRY.CHN
    assert about("countries", china, RDF.type) == {VERRE.Country, VERRE.Market, SKOS.Concept}
    assert about("countries", china, SKOS.prefLabel) == three("China", "China", "Chine")
    assert about("countries", china, RDFS.label) == three("China", "China", "Chine")
    assert about("countries", china, SKOS.notation) == {Literal("CN")}
    assert about("countries", china, VERRE.iso2) == {Literal("CN")}
    assert about("countries", china, VERRE.iso3) == {Literal("CHN")}
    assert about("countries", china, VERRE.m49) == {Literal("156")}
    assert about("countries", china, SKOS.broader) == {region("EASTERN_ASIA"), region("BRICS")}


def test_other_names_are_alternative_labels() -> None:
    assert {Literal("UK"), Literal("VK"), Literal("Groot-Brittannië")} <= about(
        "countries", COUNTRY.GBR, SKOS.altLabel
    )
    assert Literal("Kuringen") in about("municipalities", REFNIS["71072"], SKOS.altLabel)


def test_belgium_lies_in_each_region_that_names_it() -> None:
    assert about("countries", COUNTRY.BEL, SKOS.broader) == {
        region("WESTERN_EUROPE"),
        region("BENELUX"),
        region("EU"),
    }


def test_kosovo_has_no_m49_code() -> None:
    assert about("countries", COUNTRY["1A0"], VERRE.m49) == set()
    assert about("countries", COUNTRY["1A0"], SKOS.notation) == {Literal("XK")}


def test_a_region() -> None:
    asia = region("ASIA")
    assert about("regions", asia, RDF.type) == {VERRE.Region, VERRE.Market, SKOS.Concept}
    assert about("regions", asia, SKOS.notation) == {Literal("ASIA")}
    assert about("regions", asia, SKOS.prefLabel) == three("Azië", "Asia", "Asie")
    assert about("regions", asia, SKOS.broader) == {region("WORLD")}
    assert about("regions", asia, VERRE.iso2) == set()
    assert about("regions", region("ASEAN"), VERRE.m49) == set()
    assert about("regions", region("ASEAN"), SKOS.broader) == {region("SOUTHEAST_ASIA")}
    assert about("regions", region("WORLD"), SKOS.broader) == set()


def test_every_broader_market_is_described() -> None:
    markets = subjects("countries", VERRE.Market) | subjects("regions", VERRE.Market)
    for table in ("countries", "regions"):
        for triple in GRAPHS[MINTER.graph(f"reference/{table}")]:
            if triple.predicate == SKOS.broader:
                assert triple.object in markets


def test_a_municipality() -> None:
    genk = REFNIS["71016"]
    assert about("municipalities", genk, RDF.type) == {VERRE.Municipality}
    assert about("municipalities", genk, RDFS.label) == three("Genk", "Genk", "Genk")
    assert about("municipalities", genk, SKOS.notation) == {Literal("71016")}
    assert about("municipalities", genk, VERRE.postCode) == {Literal("3600")}
    assert about("municipalities", genk, SKOS.broader) == {REFNIS["70000"]}


def test_areas_lead_from_the_municipality_to_the_country() -> None:
    limburg = REFNIS["70000"]
    assert about("municipalities", limburg, RDF.type) == {VERRE.Area}
    assert about("municipalities", limburg, VERRE.key) == {Literal("limburg")}
    assert about("municipalities", limburg, RDFS.label) == three("Limburg", "Limburg", "Limbourg")
    assert about("municipalities", limburg, SKOS.broader) == {REFNIS["02000"]}
    assert about("municipalities", REFNIS["02000"], SKOS.broader) == {REFNIS["01000"]}
    assert about("municipalities", REFNIS["01000"], SKOS.broader) == set()
    assert len(subjects("municipalities", VERRE.Municipality)) == 565
    assert len(subjects("municipalities", VERRE.Area)) == 14


def test_classifications() -> None:
    assert about("nace", NACE["01"], SKOS.broader) == {NACE["A"]}
    assert about("nace", NACE["01"], SKOS.notation) == {Literal("01")}
    assert len(about("nace", NACE["01"], SKOS.prefLabel)) == 3
    assert about("nace", NACE["01"], SKOS.inScheme) == {NACE["nace2.1"]}
    assert about("hs", HS["22"], SKOS.broader) == {HS["section-iv"]}
    assert {label.language for label in about("hs", HS["22"], RDFS.label) if isinstance(label, Literal)} == {
        "en"
    }
    assert subjects("hs", SKOS.ConceptScheme) == {NamedNode("https://w3id.org/verre/code/hs2022")}


@pytest.mark.parametrize("table", ["countries", "regions", "nace", "hs"])
def test_every_scheme_is_named_and_every_concept_is_in_it(table: str) -> None:
    (scheme,) = subjects(table, SKOS.ConceptScheme)
    assert isinstance(scheme, NamedNode)
    assert len(about(table, scheme, SKOS.prefLabel)) == 3
    inside = {t.subject for t in GRAPHS[MINTER.graph(f"reference/{table}")] if t.object == scheme}
    assert inside == subjects(table, SKOS.Concept)


@pytest.mark.parametrize(
    ("path", "kind", "notation", "dutch"),
    [
        ("product/conference-pears", VERRE.Product, "conference-pears", "Conference-peren"),
        ("sector/building-materials", VERRE.Sector, "building-materials", "bouwmaterialen"),
        (
            "indicator/certificates-of-origin",
            VERRE.Indicator,
            "certificates-of-origin",
            "certificaten van oorsprong",
        ),
    ],
)
def test_words_of_the_tables(path: str, kind: NamedNode, notation: str, dutch: str) -> None:
    word = NamedNode(f"https://example.org/v/id/{path}")
    assert about("terms", word, RDF.type) == {kind, SKOS.Concept}
    assert about("terms", word, SKOS.notation) == {Literal(notation)}
    assert Literal(dutch, language="nl") in about("terms", word, SKOS.prefLabel)
    assert about("terms", word, SKOS.prefLabel) == about("terms", word, RDFS.label)


def test_two_words_never_share_a_node() -> None:
    words = [key for key in REFERENCE.terms if key[0] in {"product", "sector", "indicator"}]
    nodes = subjects("terms", VERRE.Product) | subjects("terms", VERRE.Sector)
    assert len(nodes | subjects("terms", VERRE.Indicator)) == len(words)


@pytest.mark.parametrize("scheme", ["be-bce_kbo", "xi-lei"])
def test_identifier_schemes_are_named(scheme: str) -> None:
    node = NamedNode(f"https://example.org/v/id/scheme/{scheme}")
    assert about("terms", node, RDF.type) == {SKOS.ConceptScheme}
    assert len(about("terms", node, RDFS.label)) == 3


def test_there_are_no_blank_nodes_and_no_empty_texts() -> None:
    for triples in GRAPHS.values():
        for triple in triples:
            assert isinstance(triple, Triple)
            assert not isinstance(triple.subject, BlankNode)
            assert not isinstance(triple.object, BlankNode)
            assert triple.object.value if isinstance(triple.object, Literal | NamedNode) else True


def test_the_same_tables_give_the_same_triples() -> None:
    assert Reference.load(resources.data()).graphs(MINTER) == GRAPHS
