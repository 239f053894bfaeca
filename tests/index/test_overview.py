"""Counts of many markets in one statement, and a market up to a bound, are what the lists say one by one."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import NotFound
from graph.index import ExporterFilter, Index, MarketFilter, PageRequest, overview

DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def index(real_index: Index) -> Index:
    """The project's own data."""
    return real_index


def test_countries_are_counted_as_the_list_of_markets_counts_them(index: Index) -> None:
    asked = MarketFilter(today=DAY, kinds=("country",), known=True)
    listed = {
        m["code"]: m["counts"] for m in index.markets(asked, PageRequest(1, 400), "nl").items if m["counts"]
    }
    shaper = index.shaper("nl", DAY)
    assert {m["code"]: m["counts"] for m in overview.countries(shaper, overview.held(shaper))} == listed


@pytest.mark.parametrize("code", ["JP", "CN", "ASEAN", "WORLD"])
def test_a_market_says_what_the_whole_of_it_says(index: Index, code: str) -> None:
    whole = index.market(code, "nl", DAY)
    found = overview.market(index.shaper("nl", DAY), code, 1000)
    assert {key: whole[key] for key in found} == found
    few = overview.market(index.shaper("nl", DAY), code, 1)
    assert all(len(few[key]) <= 1 for key in ("partnerships", "missionsThere"))


def test_no_such_market(index: Index) -> None:
    with pytest.raises(NotFound):
        overview.market(index.shaper("nl", DAY), "Zuid-Korae", 1)


def test_sectors_are_those_of_who_exports_there_or_wants_to(index: Index) -> None:
    companies = index.exporters(ExporterFilter(today=DAY, markets=("JP",)), PageRequest(1, 400), "nl").items
    own = [c for c in companies if not c["markets"][0]["regionLevel"]]
    counted: dict[str, int] = {}
    for company in own:
        for sector in company["sectors"]:
            counted[sector["label"]] = counted.get(sector["label"], 0) + 1
    found = overview.sectors(index.shaper("nl", DAY), "JP")
    assert {each["label"]: each["count"] for each in found} == counted
    assert [each["count"] for each in found] == sorted(counted.values(), reverse=True)


def test_what_is_kept_is_made_once(index: Index) -> None:
    asked: list[int] = []
    for _ in range(2):
        assert index.kept(("test", "x"), lambda: asked.append(1) or "made") == "made"  # type: ignore[func-returns-value]
    assert asked == [1]
