"""The line of years: what is said is drawn as said, and what nobody dates looks undated."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from api.pages.face import Face
from api.pages.views import facts, timeline
from api.pages.views.timeline import Line, Timeline
from tests.pages.samples import Json, engagement

NL = Face("nl")
TODAY = date(2020, 1, 1)


def drawn(*said: Json, others: tuple[timeline.Entry, ...] = (), width: float = 860) -> Timeline | None:
    return timeline.draw(timeline.markets(NL, facts.by_market(said)), list(others), TODAY, width)


def line(*said: Json) -> tuple[Line, Timeline]:
    found = drawn(engagement("US", "active", since="2000", attested=None), *said)
    assert found is not None
    (made,) = (each for each in found.lines if each.label == "Japan")
    return made, found


def at(found: Timeline, year: float) -> float:
    """Where a year stands: the line goes from 2000 to 2020."""
    return found.left + (found.right - found.left) * (year - 2000) / 20


def near(one: float | None, other: float) -> bool:
    return one is not None and abs(one - other) < 2


def test_a_dated_fact_runs_from_its_start_to_its_last_statement_and_then_in_dots() -> None:
    made, found = line(engagement("JP", "active", since="2005", attested="2010"))
    assert made.said is not None
    assert near(made.said[0], at(found, 2005))
    assert near(made.said[1], at(found, 2010))
    ((start, stop),) = made.open
    assert near(start, at(found, 2010))
    assert stop == found.right
    assert near(made.mark[0], at(found, 2005))
    assert made.end is None


def test_an_undated_fact_has_no_line_and_its_mark_stands_where_it_was_stated() -> None:
    made, found = line(engagement("JP", "targets", attested="2018"))
    assert made.said is None
    assert near(made.mark[0], at(found, 2018))
    before, after = made.open
    assert before[0] < before[1] == after[0] == made.mark[0]
    assert "zonder datum" in made.words


def test_what_ended_has_a_bar_and_nothing_after_it() -> None:
    made, found = line(engagement("JP", "active", since="2004", until="2008", ended=True, attested=None))
    assert near(made.end, at(found, 2009))  # the year 2008 to its last day
    assert made.said is not None
    assert near(made.said[1], at(found, 2009))
    assert (made.open, made.over) == ([], True)


def test_a_fact_without_any_date_stands_beside_the_years() -> None:
    made, found = line(engagement("JP", "active", attested=None))
    assert found.undated is not None
    assert made.mark[0] == found.undated < found.left
    assert (made.said, made.open) == (None, [])


def test_without_any_date_there_is_no_line_of_years() -> None:
    assert drawn(engagement("JP", "active", attested=None)) is None


def test_the_same_of_two_sources_is_one_line_and_another_status_one_more() -> None:
    same = engagement("JP", "active", attested="2018")
    found = drawn(same, {**same, "iri": "urn:other"}, engagement("JP", "leading", attested="2018"))
    assert found is not None
    assert [(each.label, each.mark[1]) for each in found.lines] == [("Japan", "leading"), ("", "active")]


def test_other_events_stand_below_in_the_order_of_time() -> None:
    model: dict[str, Any] = {
        "family": [
            {"words": "vestiging", "other": {"name": "Tokyo"}, "since": "2018"},
            {"words": "x", "other": {"name": "Y"}},
        ],
        "missions": [{"label": "Missie", "start": "2012-05-01", "end": None}],
        "awards": [{"award": {"label": "Prijs", "edition": "2016"}}],
    }
    others = timeline.events(NL, model)
    assert [(each.label, each.mark) for each in others] == [
        ("Missie", "triangle"),
        ("Prijs", "square"),
        ("Tokyo, vestiging", "circle"),
    ]
    found = drawn(engagement("JP", "active", attested="2010"), others=tuple(others))
    assert found is not None
    assert found.split is not None
    assert found.lines[0].y < found.split < found.lines[1].y
    assert found.lines[2].open == []  # an award is given once


@pytest.mark.parametrize("width", [860, 340])
def test_nothing_is_drawn_outside_and_years_do_not_crowd(width: float) -> None:
    said = [engagement("JP", "active", since="1899"), engagement("CN", "targets", attested="2019-12-31")]
    found = drawn(*said, engagement("US", "active", since="2030"), width=width)
    assert found is not None
    xs = [x for each in found.lines for pair in (each.said, *each.open) if pair for x in pair]
    assert all(0 <= x <= width for x in [*xs, *(each.mark[0] for each in found.lines)])
    places = [x for x, _ in found.years]
    assert len(places) > 1
    assert min(b - a for a, b in pairwise(places)) > 36


def test_what_is_not_drawn_is_counted() -> None:
    said = [engagement("JP", "active", since=str(1950 + n)) for n in range(50)]
    found = drawn(*said)
    assert found is not None
    assert (len(found.lines), found.more) == (timeline.MOST, 10)
