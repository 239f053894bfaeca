"""Words in drawings fit where they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from api.pages import lettering
from tests.pages.samples import HOSTILE


@given(st.text(max_size=300), st.floats(min_value=60, max_value=300))
def test_no_line_is_wider_than_allowed(text: str, limit: float) -> None:
    lines = lettering.lines(text, 14, limit)
    assert len(lines) <= 3
    assert all(lettering.width(line, 14) <= limit for line in lines)


def test_words_stay_whole_where_they_fit() -> None:
    assert lettering.lines("Luminex Network Intelligence", 14, 150) == ["Luminex Network", "Intelligence"]


def test_what_is_cut_says_so() -> None:
    lines = lettering.lines(HOSTILE, 14, 150)
    assert len(lines) == 3
    assert lines[-1].endswith("…")


def test_wide_scripts_count_double_and_marks_nothing() -> None:
    assert lettering.width("東京", 10) > 1.5 * lettering.width("ab", 10)
    assert lettering.width("e\u0301\u202e", 10) == lettering.width("e", 10)


def test_characters_that_xml_forbids_are_left_out() -> None:
    assert lettering.printable("a\x00b\x0bc\ufffe\n") == "abc\n"
    assert lettering.printable(None) == ""
