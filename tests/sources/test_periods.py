"""Periods: their first and last day."""

from __future__ import annotations

from datetime import date

import pytest

from graph.sources.periods import Period


@pytest.mark.parametrize(
    ("text", "code", "first", "last"),
    [
        ("2017", "2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2021-H1", "2021-H1", date(2021, 1, 1), date(2021, 6, 30)),
        ("2021-h2", "2021-H2", date(2021, 7, 1), date(2021, 12, 31)),
        ("2020-Q1", "2020-Q1", date(2020, 1, 1), date(2020, 3, 31)),
        (" 2020-q4 ", "2020-Q4", date(2020, 10, 1), date(2020, 12, 31)),
        ("2020-02", "2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-02-14", "2020-02-14", date(2020, 2, 14), date(2020, 2, 14)),
        ("9999-H2", "9999-H2", date(9999, 7, 1), date(9999, 12, 31)),
    ],
)
def test_periods(text: str, code: str, first: date, last: date) -> None:
    assert Period.parse(text) == Period(code, first, last)


@pytest.mark.parametrize(
    "text", ["", "2021-H3", "2021-Q5", "2021-Q0", "H1 2021", "2021-13", "2014/2018", "21-Q1", "0000-H1"]
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=r"period|year"):
        Period.parse(text)
