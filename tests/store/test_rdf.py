"""Small pieces of RDF, written and joined."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from graph.errors import InputError
from graph.model.terms import Literal, NamedNode, Triple
from graph.store.rdf import join, written
from tests.api.helpers import from_jsonld

TRIPLES = [
    Triple(
        NamedNode("http://e/s"),
        NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
        Literal("é", language="fr"),
    ),
    Triple(NamedNode("http://e/s"), NamedNode("http://e/p"), NamedNode("http://e/o")),
]
FORMS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "application/trig": "turtle",
    "application/n-quads": "nt",
}


def graph(raw: bytes, form: str = "nt") -> Graph:
    return Graph().parse(data=raw, format=form)


@pytest.mark.parametrize("media_type", FORMS)
def test_every_form_says_the_same(media_type: str) -> None:
    raw = written(TRIPLES, media_type)
    found = from_jsonld(raw) if media_type == "application/ld+json" else graph(raw, FORMS[media_type])
    assert isomorphic(found, graph(written(TRIPLES, "application/n-triples")))
    assert len(found) == 2


def test_turtle_is_short() -> None:
    prefixes = {"rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
    assert b"rdfs:label" in written(TRIPLES, "text/turtle", prefixes)
    assert b"rdfs:" not in written(TRIPLES, "application/n-triples", prefixes)
    assert written([], "application/n-triples") == b""


def test_an_unknown_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        written(TRIPLES, "text/csv")


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        (tmp_path / name).write_text(f'_:x <http://e/p> "{name}" . <> <http://e/q> <r> .')
        files.append((tmp_path / name, "text/turtle"))
    join(files, "http://e/base/", tmp_path / "joined")
    found = graph((tmp_path / "joined").read_bytes())
    assert len({s for s, _, o in found if str(o) in "ab"}) == 2
    assert {(str(s), str(o)) for s, _, o in found if str(s).startswith("http")} == {
        ("http://e/base/", "http://e/base/r")
    }


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("<a> <b>", "text/turtle"),
        ("GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 }", "application/trig"),
        ('{"@context": "http://127.0.0.1:9/x", "@id": "http://e/s"}', "application/ld+json"),
    ],
)
def test_the_part_that_cannot_be_read_is_named(tmp_path: Path, raw: str, kind: str) -> None:
    (tmp_path / "good").write_text("<http://e/s> <http://e/p> 1 .")
    (tmp_path / "bad").write_text(raw)
    with pytest.raises(InputError) as caught:
        join([(tmp_path / "good", "text/turtle"), (tmp_path / "bad", kind)], "http://e/", tmp_path / "joined")
    assert "part 2" in caught.value.issues[0].detail
