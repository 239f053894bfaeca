"""No cell starts a formula, whatever the program that opens it takes for a separator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.formulas import MOST, safe_field, safe_text, split_safe


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\ufeff"])
def test_what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(start: str, before: str) -> None:
    assert safe_text(f"{before}{start}1") == f"'{before}{start}1"


@pytest.mark.parametrize("text", ["", "Acme", "a=b", "1-2", "'quoted", "名", "\u202e=right to left"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert safe_text(text) == text


def test_a_text_is_no_longer_than_a_cell() -> None:
    assert safe_text("a" * MOST) == "a" * MOST
    assert safe_text("a" * (MOST + 1)) == "a" * (MOST - 1) + "…"


@pytest.mark.parametrize(
    ("text", "safe"), [("a;=b", "a;'=b"), ("a\t @b", "a\t '@b"), ("a\n-b", "a\n'-b"), ("a;b", "a;b")]
)
def test_nor_does_what_follows_a_separator(text: str, safe: str) -> None:
    assert split_safe(text) == safe
    assert safe_field(text) == safe


@given(st.text(alphabet="=+-@;\t\r\n a名", max_size=30))
def test_no_piece_of_a_field_begins_like_a_formula(text: str) -> None:
    for separator in (";", "\t", "\n", "\r"):
        for piece in safe_field(text).split(separator):
            assert not piece.lstrip(" \u00a0").startswith(tuple("=+-@")), (text, piece)
