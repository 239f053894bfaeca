"""How texts are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.index.nodes import Text, iri_of, text_of
from graph.index.text import fold
from graph.model.namespaces import XSD
from graph.model.terms import Literal, NamedNode


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crème  Brûlée", "creme brulee"),
        ("  ACME\tnv\n", "acme nv"),
        ("Straße", "strasse"),
        ("Øresund Łódź", "oresund lodz"),
        ("", ""),
    ],
)
def test_case_accents_and_spaces_do_not_count(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_take_a_short_way_to_the_same(text: str) -> None:
    assert fold(f"{text} é") == f"{fold(text)} e".strip()


@given(st.text(), st.sampled_from((None, "nl", "en-gb")))
def test_a_literal_is_read_as_it_was_written(text: str, language: str | None) -> None:
    assert text_of(str(Literal(text, language=language))) == Text(text, language)


@given(st.text())
def test_a_type_is_no_language(text: str) -> None:
    assert text_of(str(Literal(text, datatype=XSD.token))) == Text(text, None)


def test_iris_and_literals_are_told_apart() -> None:
    iri = NamedNode("https://example.org/a#b")
    assert iri_of(str(iri)) == iri.value
    assert text_of(str(iri)) is None
    for written in ("", "_:b", '"text"', "13.43", "<<( <a> <b> <c> )>>"):
        assert iri_of(written) is None
    assert text_of("13.43") == Text("13.43", None)
    assert text_of("true") == Text("true", None)
    assert text_of("_:b") is None
    assert text_of("") is None
