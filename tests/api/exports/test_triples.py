"""Turtle and JSON-LD written from what the engine gives: the same triples, short and in order."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld as pyld
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic

from api.exports import jsonld, turtle

TRIPLES = """
<http://e/a> a <https://w3id.org/verre/ns#Company>, <http://e/T> ;
  <http://www.w3.org/2000/01/rdf-schema#label> "Cera"@nl, "Cera", "a\\"b\\\\c\\nd\\u0001" ;
  <https://w3id.org/verre/ns#value> 1.5, true, "2018"^^<http://www.w3.org/2001/XMLSchema#gYear> ;
  <https://w3id.org/verre/code/odd/path> <https://w3id.org/verre/ns#a.b>, <https://w3id.org/verre/ns#> .
<http://e/b> <https://schema.org/url> <https://example.org/?q=1,2;3%20#x> .
"""


def expanded(graph: Graph) -> bytes:
    """As the engine writes it: rdf:type in full, subjects possibly more than once."""
    out = []
    for s, p, o in graph:
        value = {"@id": str(o)}
        if isinstance(o, Literal):
            value = {"@value": str(o)}
            if o.language:
                value["@language"] = o.language
            elif o.datatype:
                value["@type"] = str(o.datatype)
        out.append({"@id": str(s), str(p): [value]})
    return orjson.dumps(out)


def from_jsonld(raw: bytes) -> Graph:
    quads = pyld.to_rdf(orjson.loads(raw), {"format": "application/n-quads"})
    return Graph().parse(data=quads, format="nt")


@pytest.fixture
def graph() -> Graph:
    return Graph().parse(data=TRIPLES, format="turtle")


def test_turtle_gives_the_triples_back(graph: Graph) -> None:
    assert isomorphic(Graph().parse(data=turtle.write(expanded(graph)), format="turtle"), graph)


def test_jsonld_gives_the_triples_back(graph: Graph) -> None:
    assert isomorphic(from_jsonld(jsonld.compact(expanded(graph))), graph)


def test_both_are_short_and_in_one_order(graph: Graph) -> None:
    one = turtle.write(expanded(graph))
    shuffled = orjson.dumps(list(reversed(orjson.loads(expanded(graph)))))
    assert turtle.write(shuffled) == one
    assert jsonld.compact(shuffled) == jsonld.compact(expanded(graph))
    assert b"a <http://e/T> ,\n        verre:Company" in one
    assert b"@prefix verre:" in one
    assert b"@prefix foaf:" not in one


def test_the_context_is_inside() -> None:
    told = orjson.loads(jsonld.compact(b"[]"))
    assert told["@graph"] == []
    assert told["@context"]["verre"] == "https://w3id.org/verre/ns#"
    assert turtle.write(b"[]") == b"\n"


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://w3id.org/verre/ns#Company", "verre:Company"),
        ("https://w3id.org/verre/code/engagement-status/targets", "status:targets"),
        ("https://w3id.org/verre/code/region/middle-east", "region:middle-east"),
        ("https://w3id.org/verre/code/unit/number", "https://w3id.org/verre/code/unit/number"),
        ("https://w3id.org/verre/ns#", "https://w3id.org/verre/ns#"),
        ("https://w3id.org/verre/ns#-x", "https://w3id.org/verre/ns#-x"),
        ("https://w3id.org/verre/ns#a²", "https://w3id.org/verre/ns#a²"),
    ],
)
def test_only_plain_names_are_shortened(iri: str, expected: str) -> None:
    assert jsonld.short(iri) == expected


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20), max_size=4))
def test_any_text_survives(texts: list[str]) -> None:
    graph = Graph()
    for text in texts:
        graph.add((URIRef("http://e/a"), URIRef("https://w3id.org/verre/ns#note"), Literal(text)))
    raw = orjson.dumps(
        [{"@id": "http://e/a", "https://w3id.org/verre/ns#note": [{"@value": t} for t in set(texts)]}]
    )
    if texts:
        read = Graph().parse(data=turtle.write(raw), format="turtle")
        assert {str(o) for o in read.objects()} == set(texts)
