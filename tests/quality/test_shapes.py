"""The shapes as pySHACL runs them: offline, without end only where the data has one, in three languages."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SH

from graph import resources
from graph.errors import InputError
from graph.quality import check
from graph.quality.shapes import PreparedGraph, run_shapes
from graph.store.view import GraphView

PREFIXES = """
@prefix verre: <https://w3id.org/verre/ns#> . @prefix id: <https://example.org/id/> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix basis: <https://w3id.org/verre/code/relation-basis/> .
"""
NO_OWNER = (
    PREFIXES
    + "id:x a verre:Ownership ; verre:owned id:beta ; verre:basis basis:unknown ; "
    + ("prov:hadPrimarySource id:source .")
)


@pytest.fixture(scope="module")
def shapes() -> Graph:
    graph = Graph()
    for file in (resources.ontologies() / "shapes").glob("*.ttl"):
        graph.parse(file, format="turtle")
    return graph


def test_no_connection_is_opened_even_if_the_data_ask_for_one(
    view_with: Callable[[str], GraphView], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ConnectionError("a connection was tried")

    view = view_with(PREFIXES + "id:o a owl:Ontology ; owl:imports <http://127.0.0.1:9/nowhere> .")
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert list(run_shapes(view, resources.ontologies())) == []


def test_a_finding_says_all_that_there_is_to_say(view_with: Callable[[str], GraphView]) -> None:
    report = check(view_with(NO_OWNER), resources.ontologies())
    (finding,) = report.findings
    assert finding.check == "ownership-owner"
    assert finding.severity == "violation"
    assert finding.focus == "https://example.org/id/x"
    assert finding.label == "Beta"
    assert finding.path == "https://w3id.org/verre/ns#owner"
    assert finding.value is None
    assert finding.graphs == ("https://example.org/graph/source/s1",)
    assert finding.message == {
        "nl": "Een eigendomsrelatie heeft één eigenaar.",
        "en": "An ownership has one owner.",
        "fr": "Une relation de propriété a un propriétaire.",
    }


def test_a_query_constraint_speaks_every_language_and_names_its_value(
    view_with: Callable[[str], GraphView],
) -> None:
    sample = Path(__file__).parent / "samples" / "invalid" / "end-before-start.ttl"
    (finding,) = run_shapes(view_with(sample.read_text(encoding="utf-8")), resources.ontologies())
    assert finding.message["nl"] == "Het einde ligt voor het begin."
    assert set(finding.message) == {"nl", "en", "fr"}
    assert finding.path == "https://schema.org/endDate"
    assert finding.value == "2019-04-30"


def test_a_long_circle_of_owners_ends(view_with: Callable[[str], GraphView]) -> None:
    text = PREFIXES
    for number in range(60):
        text += (
            f'id:c{number} a org:Organization, verre:Company ; rdfs:label "{number}" .'
            f" id:w{number} a verre:Ownership ; verre:owner id:c{number} ; verre:owned id:c{(number + 1) % 60} ;"
            " verre:shareExact 100.0 ; verre:basis basis:shares ; prov:hadPrimarySource id:source .\n"
        )
    assert check(view_with(text), resources.ontologies()).findings == ()


def test_a_file_that_is_no_turtle_is_named(tmp_path: Path, view_with: Callable[[str], GraphView]) -> None:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "broken.ttl").write_text("not turtle", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.ttl"):
        list(run_shapes(view_with(""), tmp_path))


def test_every_message_is_in_three_languages_and_a_sentence(shapes: Graph) -> None:
    for node in set(shapes.subjects(SH.message)):
        texts = {t.language: str(t) for t in shapes.objects(node, SH.message) if isinstance(t, Literal)}
        assert set(texts) == {"nl", "en", "fr"}, node
        assert all(text.endswith(".") for text in texts.values()), node


def test_what_reports_has_a_name_a_severity_and_a_message(shapes: Graph) -> None:
    for shape in set(shapes.subjects(SH.severity)):
        assert isinstance(shape, URIRef)
        constraints = list(shapes.objects(shape, SH.sparql))
        assert any((node, SH.message, None) in shapes for node in (shape, *constraints)), shape
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        assert (shape, SH.severity, None) in shapes, shape


def test_no_shape_leads_back_to_itself(shapes: Graph) -> None:
    links = (SH.node, SH.property, SH["not"], SH["or"], SH["and"], SH.qualifiedValueShape)
    rest = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest")

    def below(node: object, graph: Graph) -> set[object]:
        steps = (*links, RDF.first, rest)
        return {o for step in steps for o in graph.objects(node, step)}  # type: ignore[arg-type]

    for shape in set(shapes.subjects(RDF.type, SH.NodeShape)):
        seen: set[object] = set()
        waiting = below(shape, shapes)
        while waiting:
            assert shape not in waiting, shape
            seen |= waiting
            waiting = {after for node in waiting for after in below(node, shapes)} - seen


def test_the_ontology_and_code_lists_pass_their_own_checks(view_with: Callable[[str], GraphView]) -> None:
    assert check(view_with(""), resources.ontologies()).worst is None


def test_a_query_is_read_once_and_bound_anew_for_each_node() -> None:
    graph = PreparedGraph()
    graph.parse(data=PREFIXES + "id:a verre:owner id:b . id:b verre:owner id:c .", format="turtle")
    query = "SELECT ?owner WHERE { ?this <https://w3id.org/verre/ns#owner> ?owner }"
    answers = [
        [
            str(row[0])[-1]
            for row in graph.query(query, initBindings={"this": URIRef(f"https://example.org/id/{x}")})
        ]
        for x in "abc"
    ]
    assert answers == [["b"], ["c"], []]
    assert list(graph._prepared) == [query]
    assert len(list(graph.query(graph._prepared[query]))) == 2
