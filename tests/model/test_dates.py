from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.dates import PartialDate
from graph.model.namespaces import XSD
from graph.model.terms import Literal


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2018", "gYear", date(2018, 1, 1), date(2018, 12, 31)),
        ("2020-02", "gYearMonth", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-12", "gYearMonth", date(2019, 12, 1), date(2019, 12, 31)),
        ("2018-02-19", "date", date(2018, 2, 19), date(2018, 2, 19)),
    ],
)
def test_precision_is_kept(text: str, kind: str, first: date, last: date) -> None:
    parsed = PartialDate.parse(f" {text} ")
    assert (parsed.first, parsed.last) == (first, last)
    assert parsed.literal() == Literal(text, datatype=XSD[kind])


@pytest.mark.parametrize(
    "text", ["", "18", "2018-2", "2018-13", "2018-02-30", "19/02/2018", "2018-02-19T00:00", "20180219"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="needs its month"):
        PartialDate(2018, None, 3)


@given(st.dates())
def test_a_day_comes_back_as_it_was(day: date) -> None:
    parsed = PartialDate.parse(day.isoformat())
    assert parsed.first == parsed.last == day
    assert str(parsed) == day.isoformat()


@given(st.integers(1, 9999), st.none() | st.integers(1, 12))
def test_the_first_day_is_never_after_the_last(year: int, month: int | None) -> None:
    partial = PartialDate(year, month)
    assert partial.first <= partial.last
    assert PartialDate.parse(str(partial)) == partial
