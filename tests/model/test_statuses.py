from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from graph.model.dates import PartialDate
from graph.model.statuses import RANK, Stated, is_ended, outweighed, strongest

TODAY = date(2026, 11, 23)


def stated(status: str, end: str = "", attested: str = "") -> Stated:
    return Stated(
        status,
        PartialDate.parse(end) if end else None,
        PartialDate.parse(attested) if attested else None,
    )


def test_the_order_is_that_of_the_design() -> None:
    assert sorted(RANK, key=RANK.__getitem__) == ["withdrawn", "targets", "entering", "active", "leading"]


def test_the_strongest_counts() -> None:
    assert strongest([stated("targets"), stated("leading"), stated("active")], TODAY) == "leading"


def test_what_has_ended_does_not_count() -> None:
    assert strongest([stated("active", end="2008"), stated("targets")], TODAY) == "targets"
    assert strongest([stated("active", end="2008")], TODAY) is None


def test_a_year_ends_on_its_last_day() -> None:
    assert not is_ended(PartialDate.parse("2026"), TODAY)
    assert not is_ended(PartialDate.parse("2026-11"), TODAY)
    assert is_ended(PartialDate.parse("2026-11-22"), TODAY)
    assert not is_ended(PartialDate.parse("2026-11-23"), TODAY)


def test_a_withdrawal_attested_later_outweighs() -> None:
    assert (
        strongest([stated("active", attested="2015"), stated("withdrawn", attested="2019")], TODAY)
        == "withdrawn"
    )


def test_a_withdrawal_attested_earlier_or_at_an_unknown_time_does_not() -> None:
    sells = stated("active", attested="2019")
    assert strongest([sells, stated("withdrawn", attested="2015")], TODAY) == "active"
    assert strongest([sells, stated("withdrawn")], TODAY) == "active"
    assert strongest([stated("active"), stated("withdrawn", attested="2019")], TODAY) == "active"


def test_later_means_certainly_later() -> None:
    assert not outweighed(stated("active", attested="2019"), [stated("withdrawn", attested="2019-06")])
    assert outweighed(stated("active", attested="2019-05"), [stated("withdrawn", attested="2019-06")])


def test_a_return_after_the_withdrawal_counts() -> None:
    history = [
        stated("active", attested="2010"),
        stated("withdrawn", attested="2015"),
        stated("entering", attested="2020"),
    ]
    assert strongest(history, TODAY) == "entering"


statements = st.builds(
    Stated,
    st.sampled_from(sorted(RANK)),
    st.none() | st.builds(PartialDate, st.integers(2000, 2030)),
    st.none() | st.builds(PartialDate, st.integers(2000, 2030)),
)


@given(st.lists(statements, max_size=6), st.randoms())
def test_the_order_of_statements_does_not_matter(items: list[Stated], shuffler: object) -> None:
    shuffled = list(items)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    assert strongest(items, TODAY) == strongest(shuffled, TODAY)


@given(st.lists(statements, min_size=1, max_size=6))
def test_something_that_goes_on_always_leaves_a_status(items: list[Stated]) -> None:
    going_on = [s for s in items if not is_ended(s.end, TODAY)]
    assert (strongest(items, TODAY) is None) == (not going_on)
