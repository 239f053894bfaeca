"""What page and diagram read of the ontology."""

import pytest
from rdflib import RDFS, Graph, URIRef
from rdflib.term import Node

from graph import resources
from graph.quality.docs.model import VERRE, classes, code_lists, derived_terms, read, rows, short, text, tip

FOLDER = resources.ontologies()
SMALL = """
@prefix verre: <https://w3id.org/verre/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> . @prefix org: <http://www.w3.org/ns/org#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
verre:zeal rdfs:isDefinedBy <https://w3id.org/verre/ns> ; schema:domainIncludes org:Site, verre:Company ;
    schema:rangeIncludes xsd:string ; rdfs:label "ijver"@nl, "zeal"@en, "zèle"@fr .
verre:aim rdfs:isDefinedBy <https://w3id.org/verre/ns> ; schema:domainIncludes verre:Company ;
    schema:rangeIncludes verre:Market, verre:Area .
verre:abode rdfs:isDefinedBy <https://w3id.org/verre/ns> ; schema:domainIncludes verre:Company .
verre:other rdfs:isDefinedBy <https://w3id.org/verre/ns> ; schema:domainIncludes verre:Award .
"""


@pytest.fixture
def small() -> Graph:
    return Graph().parse(data=SMALL, format="turtle")


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (VERRE.exporter, "exporter"),
        (URIRef("http://www.w3.org/ns/org#member"), "org:member"),
        (URIRef("https://nowhere.example/x"), "https://nowhere.example/x"),
    ],
)
def test_a_name_is_as_short_as_it_can_be(iri: Node, name: str) -> None:
    assert short(iri) == name


def test_a_text_is_in_the_language_asked_or_absent(small: Graph) -> None:
    assert text(small, VERRE.zeal, RDFS.label, "fr") == "zèle"
    assert text(small, VERRE.zeal, RDFS.label, "de") == ""
    assert tip(small, VERRE.zeal) == "ijver · zeal · zèle"


def test_rows_of_a_class_are_by_name_with_derived_ones_last(small: Graph) -> None:
    found = rows(small, {VERRE.abode}, ["Company"])
    assert [(row.name, row.derived) for row in found] == [("aim", False), ("zeal", False), ("abode", True)]
    assert found[0].ranges == ("Area", "Market")
    assert found[1].tip == "ijver · zeal · zèle"


def test_rows_of_several_classes_come_once(small: Graph) -> None:
    assert [row.name for row in rows(small, set(), ["org:Site", "Company"])].count("zeal") == 1


def test_what_is_derived_is_what_its_module_defines() -> None:
    derived = derived_terms(FOLDER)
    assert {VERRE.exportsTo, VERRE.targets, VERRE.notBefore} <= derived
    assert VERRE.exporter not in derived


def test_classes_are_ours_and_sorted() -> None:
    found = classes(read(FOLDER))
    assert found == sorted(found)
    assert {VERRE.Company, VERRE.Source} <= set(found)
    assert VERRE.exporter not in found


def test_code_lists_come_by_name_and_codes_in_their_order() -> None:
    lists = {str(scheme).rpartition("/")[2]: members for scheme, members in code_lists(FOLDER)}
    assert list(lists) == sorted(lists)
    assert [str(member).rpartition("/")[2] for member in lists["award-result"]] == [
        "winner",
        "nominee",
        "laureate",
    ]
    assert str(lists["engagement-status"][-1]).endswith("/leading")
