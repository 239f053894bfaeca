"""Cells that no spreadsheet takes for a formula, and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.sources.text import escape, unescape


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+32 89", "'+32 89"),
        ("-5.2", "'-5.2"),
        ("@home", "'@home"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("'=1", "''=1"),
        ("''-", "'''-"),
        ("'t Voske", "'t Voske"),
        ("plain", "plain"),
        ("a=b", "a=b"),
        ("'", "'"),
        ("", ""),
    ],
)
def test_escape(cell: str, safe: str) -> None:
    assert escape(cell) == safe
    assert unescape(safe) == cell


@settings(deadline=None)
@given(st.text(alphabet="'=+-@\t\rab 1"))
def test_every_cell_comes_back_and_none_is_a_formula(cell: str) -> None:
    safe = escape(cell)
    assert unescape(safe) == cell
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
