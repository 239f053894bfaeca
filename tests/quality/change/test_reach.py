"""Which nodes a change concerns."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model.terms import Literal, NamedNode, Triple
from graph.quality.change import ChangeCheck, reach
from graph.quality.change.facts import Facts, Vocabulary
from graph.quality.change.shapes import Step
from graph.store.change import Change
from graph.store.view import GraphView, memory_view

EX = "http://example.org/"
GRAPH = NamedNode(EX + "graph")
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
BELOW = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/verre/shapes#> .
@prefix ex: <http://example.org/> .
<https://w3id.org/verre/shapes> sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/" ] .
shape:coded a sh:NodeShape ; sh:targetSubjectsOf ex:code ; sh:property shape:code .
shape:code a sh:PropertyShape ; sh:path ex:code ; sh:severity sh:Warning ; sh:message "not in the list" ;
    sh:node [ a sh:NodeShape ; sh:property [ sh:path ex:list ; sh:hasValue ex:ours ] ] .
shape:big a sh:NodeShape ; sh:targetClass ex:Big ; sh:property shape:size .
shape:size a sh:PropertyShape ; sh:path ex:size ; sh:minInclusive 10 ; sh:message "too small" .
shape:rival a sh:NodeShape ; sh:targetClass ex:Deal ; sh:sparql shape:rivals .
shape:rivals sh:message "two at once"@en ; sh:prefixes <https://w3id.org/verre/shapes> ; sh:select '''
    SELECT $this (ex:of AS ?path) ?value WHERE {
      $this ex:of ?value ; ex:in ?place . ?other ex:of ?value ; ex:in ?place .
      FILTER(?other != $this) OPTIONAL { ?other ex:over ?end } FILTER(!BOUND(?end))
    }''' .
"""


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)


def says(subject: str, predicate: str, value: str | int) -> Triple:
    return Triple(node(subject), node(predicate), Literal(value) if isinstance(value, int) else node(value))


def is_a(subject: str, kind: str) -> Triple:
    return Triple(node(subject), TYPE, node(kind))


def view_of(*triples: Triple) -> GraphView:
    return memory_view({GRAPH: set(triples)})


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> ChangeCheck:
    folder = tmp_path_factory.mktemp("ontologies")
    (folder / "shapes").mkdir()
    (folder / "shapes" / "all.ttl").write_text(SHAPES, "utf-8")
    return ChangeCheck(folder)


def concerned(check: ChangeCheck, view: GraphView, change: Change) -> dict[str, set[str]]:
    found = check.concerned(view, change)
    return {shape.name: {one.value.removeprefix(EX) for one in nodes} for shape, nodes in found.items()}


def came(*triples: Triple) -> Change:
    return Change(appeared=frozenset(triples))


def went(*triples: Triple) -> Change:
    return Change(vanished=frozenset(triples))


def test_a_node_whose_own_property_changed_is_concerned(check: ChangeCheck) -> None:
    new = says("a", "code", "x")
    view = view_of(new, says("b", "code", "x"), says("a", "other", "y"))
    assert concerned(check, view, came(new)) == {"coded": {"a"}}
    assert concerned(check, view, came(says("a", "other", "y"))) == {}


def test_those_who_refer_to_a_changed_node_are_concerned(check: ChangeCheck) -> None:
    there = (says("a", "code", "x"), says("b", "code", "x"), says("c", "code", "y"))
    view = view_of(*there, says("x", "list", "theirs"))
    assert concerned(check, view, went(says("x", "list", "ours"))) == {"coded": {"a", "b"}}
    found = check.findings(view, check.concerned(view, went(says("x", "list", "ours"))))
    assert {(one.check, one.focus, one.value) for one in found} == {
        ("code", EX + "a", EX + "x"),
        ("code", EX + "b", EX + "x"),
    }


def test_who_referred_to_it_counts_too(check: ChangeCheck) -> None:
    view = view_of(says("a", "code", "y"))
    gone = went(says("a", "code", "x"), says("x", "list", "ours"))
    assert concerned(check, view, gone) == {"coded": {"a"}}


def test_no_more_than_so_many_are_looked_for(check: ChangeCheck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "FEW", 1)
    monkeypatch.setattr(reach, "MANY", 3)
    view = view_of(*(says(f"a{n}", "code", "x") for n in range(3)))
    assert concerned(check, view, came(says("x", "list", "ours"))) == {"coded": {"a0", "a1", "a2"}}
    view = view_of(*(says(f"a{n}", "code", "x") for n in range(4)))
    assert concerned(check, view, came(says("x", "list", "ours"))) == {}


def test_a_query_concerns_what_it_can_reach(check: ChangeCheck) -> None:
    deals = [
        triple for n in range(4) for triple in (is_a(f"d{n}", "Deal"), says(f"d{n}", "of", f"o{n // 2}"))
    ]
    places = [says(f"d{n}", "in", f"p{n // 2}") for n in range(4)]
    view = view_of(*deals, *places)
    assert concerned(check, view, went(says("d0", "over", "then"))) == {"rival": {"d0", "d1"}}
    found = check.findings(view, check.concerned(view, went(says("d0", "over", "then"))))
    assert {(one.check, one.focus, one.path, one.value, one.text("nl")) for one in found} == {
        ("rival", EX + "d0", EX + "of", EX + "o0", "two at once"),
        ("rival", EX + "d1", EX + "of", EX + "o0", "two at once"),
    }


def test_the_way_that_meets_few_is_taken(check: ChangeCheck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "FEW", 2)
    monkeypatch.setattr(reach, "MANY", 3)
    deals = [triple for n in range(8) for triple in (is_a(f"d{n}", "Deal"), says(f"d{n}", "in", "here"))]
    view = view_of(*deals, says("d0", "of", "o"), says("d1", "of", "o"), says("d2", "of", "p"))
    assert concerned(check, view, came(says("d0", "over", "then"))) == {"rival": {"d0", "d1"}}


def test_a_class_below_another_counts_as_it(check: ChangeCheck) -> None:
    triples = (is_a("a", "Huge"), says("a", "size", 3))
    assert concerned(check, view_of(*triples), came(*triples)) == {}
    below = Triple(node("Huge"), BELOW, node("Big"))
    view = view_of(*triples, below)
    assert concerned(check, view, came(*triples)) == {"big": {"a"}}
    found = check.findings(view, check.concerned(view, came(*triples)))
    assert [(one.check, one.value) for one in found] == [("size", "3")]
    assert (
        check.findings(
            view_of(is_a("a", "Big"), says("a", "size", 10)), check.concerned(view, came(*triples))
        )
        == set()
    )


def test_values_that_cannot_be_compared_are_wrong(check: ChangeCheck) -> None:
    date = Literal("2018-02-01", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    for value in (node("ten"), Literal("eleven"), date):
        size = Triple(node("a"), node("size"), value)
        view = view_of(is_a("a", "Big"), size)
        assert len(check.findings(view, check.concerned(view, came(size)))) == 1


def test_the_vocabulary_counts_as_said() -> None:
    vocabulary = Vocabulary([says("x", "list", "ours"), Triple(node("Huge"), BELOW, node("Big"))])
    facts = Facts(view_of(says("x", "list", "theirs"), is_a("a", "Huge"), says("a", "code", "x")), vocabulary)
    assert set(facts.values(node("x"), Step(node("list")))) == {node("ours"), node("theirs")}
    assert facts.is_a(node("a"), node("Big"))
    assert not facts.is_a(Literal("a"), node("Big"))
    assert facts.values(node("x"), Step(node("code"), inverse=True)) == [node("a")]
    assert facts.has(node("x"), Step(node("code"), inverse=True))
    assert not facts.has(node("a"), Step(node("code"), inverse=True))


def test_a_folder_without_shapes_concerns_nobody(tmp_path: Path) -> None:
    check = ChangeCheck(tmp_path)
    assert check.concerned(view_of(says("a", "code", "x")), came(says("a", "code", "x"))) == {}
