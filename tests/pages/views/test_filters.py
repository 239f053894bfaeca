"""The filters of a list: values with counts, what is chosen, and its orders."""

from __future__ import annotations

import pytest

from api.pages.face import Face
from api.pages.views import filters
from tests.pages.samples import Json


def values(count: int) -> list[Json]:
    return [{"value": f"V{n:03}", "label": f"Waarde {n:03}", "count": n} for n in range(count)]


def test_chosen_values_come_first_then_the_most() -> None:
    made = filters.choices({"sector": values(12)}, "sector", {"V001": "Waarde 001"})
    assert [v["value"] for v in made["seen"]][:3] == ["V001", "V011", "V010"]
    assert (len(made["seen"]), len(made["folded"]), made["beyond"]) == (8, 4, 0)
    assert [v["chosen"] for v in made["seen"]][:2] == [True, False]


def test_what_is_beyond_all_that_folds_is_counted() -> None:
    made = filters.choices({"product": values(100)}, "product", {})
    assert (len(made["seen"]), len(made["folded"]), made["beyond"]) == (5, 60, 35)


def test_a_chosen_value_without_a_count_stays_to_be_taken_away() -> None:
    made = filters.choices({}, "market", {"KP": "Noord-Korea"})
    assert made["seen"] == [{"value": "KP", "label": "Noord-Korea", "count": 0, "chosen": True}]


def test_statuses_stand_in_their_order() -> None:
    facets = {"status": [{"value": s, "label": s, "count": 1} for s in ("targets", "active", "leading")]}
    made = filters.choices(facets, "status", {"targets": "wil"})
    assert [v["value"] for v in made["seen"]] == ["leading", "active", "targets"]


def test_each_tag_leads_to_the_page_without_it() -> None:
    query = (("market", "CN"), ("market", "JP"), ("sort", "name"), ("q", ""), ("page", "2"))
    made = filters.tags(Face("nl", "/exporters", query), {"market": {"CN": "China"}})
    assert [(tag["label"], tag["href"]) for tag in made] == [
        ("China", "/exporters?sort=name&q=&market=JP"),
        ("JP", "/exporters?sort=name&q=&market=CN"),
    ]


@pytest.mark.parametrize(
    ("asked", "now", "href"),
    [
        ([], None, "/exporters?sort=name"),
        (["name"], "ascending", "/exporters?sort=-name"),
        (["-name"], "descending", "/exporters"),
        (["status"], None, "/exporters?sort=name"),
    ],
)
def test_an_order_asked_again_is_turned_round_and_then_taken_away(
    asked: list[str], now: str | None, href: str
) -> None:
    query = tuple(("sort", each) for each in asked)
    (made,) = filters.orders(Face("nl", "/exporters", query), ["name"], asked)
    assert (made["now"], made["href"]) == (now, href)


def test_what_was_last_stated_comes_latest_first() -> None:
    (made,) = filters.orders(Face("nl", "/exporters"), ["lastAttested"], [])
    assert made["href"] == "/exporters?sort=-lastAttested"
    (made,) = filters.orders(Face("nl", "/exporters"), ["lastAttested"], ["-lastAttested"])
    assert (made["now"], made["href"]) == ("descending", "/exporters?sort=lastAttested")
