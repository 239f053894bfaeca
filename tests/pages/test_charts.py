"""The line of the years: gaps stay gaps, and every value stands where it belongs."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.charts import LineChart, ceiling, line_chart, yearly
from tests.pages.samples import Json, statistic

YEARS = {2007: 12905, 2008: 12827, 2009: 10962, 2010: 14782, 2017: 22816, 2018: 24456}
FACTS = [statistic(str(year), value) for year, value in YEARS.items()]


def chart(facts: list[Json], width: int = 860) -> LineChart:
    made = line_chart(facts, "nl", width)
    assert made is not None
    return made


def test_years_that_no_source_gives_are_a_gap() -> None:
    made = chart(FACTS)
    assert [len(points.split()) for points in made.segments] == [4, 2]
    (gap,) = made.gaps
    assert (gap.first, gap.last) == (2011, 2016)
    assert [words for _, words in made.years] == [str(year) for year in YEARS]


def test_a_lone_year_is_a_dot_without_a_line() -> None:
    made = chart([statistic("2007", 1), statistic("2010", 2), statistic("2012", 3)])
    assert made.segments == []
    assert [dot.year for dot in made.dots] == [2007, 2010, 2012]


def test_half_years_and_changes_alone_are_not_drawn() -> None:
    odd = [statistic("2021-H1", 5), statistic("2013", None), statistic(None, 6), statistic("2020-02", 7)]
    assert yearly(odd) == {}
    assert chart([*FACTS, *odd]).last.year == 2018


def test_one_year_makes_no_chart() -> None:
    assert line_chart(FACTS[:1], "nl") is None


def test_the_last_value_is_written_at_its_end() -> None:
    made = chart(FACTS)
    assert made.last.last
    assert made.last.value == 24456
    assert made.last.x == max(dot.x for dot in made.dots) == made.right


def test_the_axis_begins_at_zero() -> None:
    made = chart(FACTS)
    assert made.levels[0] == (made.base, "0")
    assert made.levels[-1][1] == "25.000"


def test_a_valley_has_its_words_below() -> None:
    assert {dot.year for dot in chart(FACTS).dots if dot.below} == {2009}


def test_a_narrow_chart_writes_only_what_fits() -> None:
    made = chart(FACTS, 320)
    assert [dot.text for dot in made.dots if dot.text] == ["12.905", "14.782", "24.456"]
    places = [x for x, _ in made.years]
    assert all(after - before >= 36 for before, after in pairwise(places))


@given(st.decimals(min_value=1, max_value=10**12, places=2))
def test_the_top_of_the_axis_is_round_and_not_far(value: Decimal) -> None:
    top, step = ceiling(value)
    assert top >= int(value)
    assert top % step == 0
    assert top // step <= 6
    assert top <= max(10, int(value) * 2)


@given(st.dictionaries(st.integers(1990, 2030), st.integers(1, 10**9), min_size=2, max_size=30))
@pytest.mark.parametrize("width", [860, 320])
def test_everything_lies_within_the_drawing(width: int, years: dict[int, int]) -> None:
    made = chart([statistic(str(year), value) for year, value in years.items()], width)
    assert all(0 <= dot.x <= made.right and made.top <= dot.y <= made.base for dot in made.dots)
    drawn = {point for points in made.segments for point in points.split()}
    assert drawn <= {f"{dot.x},{dot.y}" for dot in made.dots}
