"""How wide words are, and where they break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.network.drawing.lettering import drawable, lines, width


def test_widths_are_those_of_the_font() -> None:
    # Adobe's metrics of Helvetica: i 222, W 944, space 278, A 667
    assert width("i", 1000) == 222
    assert width("WW", 500) == 944
    assert width("A i", 1000) == 667 + 278 + 222
    assert width("A", 1000, bold=True) > 667


def test_letters_of_other_scripts_have_a_width_and_marks_have_none() -> None:
    assert width("株", 10) == 10
    assert 4 < width("ก", 10) < 8
    assert width("e\u0301", 10) == width("e", 10)
    assert width("\u202e", 10) == 0


@given(st.text(max_size=200), st.integers(1, 4), st.booleans())
def test_no_line_is_wider_than_it_may_be(text: str, most: int, bold: bool) -> None:
    found = lines(text, 14, 150, most, bold=bold)
    assert len(found) <= most
    assert all(width(line, 14, bold=bold) <= 150.001 for line in found)


@given(st.text(max_size=120))
def test_nothing_is_lost_but_at_the_end_and_said_to_be(text: str) -> None:
    found = lines(text, 14, 150, 3)
    whole, drawn = "".join(drawable(text).split()), "".join("".join(found).split())
    assert drawn == whole or (drawn.endswith("…") and whole.startswith(drawn[:-1]))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\nc", "a b c"),
        ("bell\x07", "bell␇"),
        ("e" + "\u0301" * 9, "e\u0301\u0301"),
        ("<b>", "<b>"),
    ],
)
def test_what_is_drawn_of_a_text(text: str, shown: str) -> None:
    assert drawable(text) == shown
