"""Bodies of graph store requests."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from graph.errors import InputError
from graph.store.writing.body import FORMS, read_body

ONE = Triple(NamedNode("http://e/a"), NamedNode("http://e/p"), Literal("x"))
SAME = {
    "text/turtle": "<a> <p> 'x' .",
    "application/n-triples": '<http://e/a> <http://e/p> "x" .',
    "text/plain": '<http://e/a> <http://e/p> "x" .',
    "application/rdf+xml": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    '<rdf:Description rdf:about="a"><e:p>x</e:p></rdf:Description></rdf:RDF>',
    "application/ld+json": '{"@id": "http://e/a", "http://e/p": "x"}',
}


@pytest.fixture
def body(tmp_path: Path) -> Path:
    return tmp_path / "body"


def test_every_form_is_read(body: Path) -> None:
    assert SAME.keys() == FORMS.keys()
    for media_type, text in SAME.items():
        body.write_text(text, "utf-8")
        assert read_body(body, media_type, "http://e/") == {ONE}, media_type


def test_parameters_of_the_media_type_are_no_matter(body: Path) -> None:
    body.write_text(SAME["text/turtle"])
    assert read_body(body, "Text/Turtle; charset=utf-8", "http://e/") == {ONE}


def test_values_are_as_the_engine_keeps_them(body: Path) -> None:
    body.write_text("<a> <p> 01.50 .")
    (triple,) = read_body(body, "text/turtle", "http://e/")
    assert isinstance(triple.object, Literal)
    assert triple.object.value == "1.5"


@pytest.mark.parametrize(
    ("media_type", "text", "words"),
    [
        ("application/trig", "<g> { <a> <p> 1 }", "holds several graphs"),
        ("application/n-quads", "", "holds several graphs"),
        (
            "application/ld+json",
            '{"@id": "http://g/", "@graph": [{"@id": "http://e/a", "http://e/p": 1}]}',
            "cannot be read",
        ),
        (
            "application/ld+json",
            '{"@context": "http://127.0.0.1:1/c.jsonld", "@id": "http://e/a"}',
            "cannot be read",
        ),
        ("application/json", "{}", "no form that is read here"),
        ("text/turtle", "<a> <p> 1 .\n<b> <p>", "cannot be read"),
        ("text/turtle", "<a> <p> [] .", "cannot be stored"),
        ("application/rdf+xml", "<a/>", "cannot be read"),
    ],
)
def test_what_is_no_graph_is_refused(body: Path, media_type: str, text: str, words: str) -> None:
    body.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        read_body(body, media_type, "http://e/")
    assert words in caught.value.detail
    assert caught.value.issues


def test_the_line_of_a_fault_is_told(body: Path) -> None:
    body.write_text("<a> <p> 1 .\n\n<b> <p> .")
    with pytest.raises(InputError) as caught:
        read_body(body, "text/turtle", "http://e/")
    assert "line 3" in caught.value.issues[0].detail


def test_relative_iris_need_something_to_be_relative_to(body: Path) -> None:
    body.write_text("<a> <p> 1 .")
    with pytest.raises(InputError, match="cannot be read"):
        read_body(body, "text/turtle", None)


def test_a_bare_store_takes_blank_nodes_as_others_than_it_has(body: Path) -> None:
    body.write_text("_:b <p> 1 .")
    (first,) = read_body(body, "text/turtle", "http://e/", bare=True)
    (second,) = read_body(body, "text/turtle", "http://e/", bare=True)
    assert first.subject != second.subject
