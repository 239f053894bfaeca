"""Markets by continent in the order of pages, each with its mark; and which countries are worth a plan."""

from __future__ import annotations

from typing import Any

import pytest

from api.pages.face import Face
from api.pages.views.strip import planned, strip
from tests.pages.samples import Json, engagement, market

ASIA = market("ASIA")
AMERICAS: Json = {"iri": "urn:market:AMERICAS", "code": "AMERICAS", "label": "Amerika", "kind": "region"}
CONTINENTS: dict[str, Json] = {"JP": ASIA, "CN": ASIA, "ASIA": ASIA, "US": AMERICAS}


def rung(status: str, *codes: str) -> Json:
    """A rung of `facts.ladder`."""
    return {
        "status": status,
        "facts": [engagement(code, "active" if status == "over" else status) for code in codes],
    }


def shown(*rungs: Json, lang: str = "nl") -> list[tuple[str, list[str]]]:
    rows = strip(Face(lang), rungs, CONTINENTS)
    return [(row["label"], [mark["market"]["code"] for mark in row["marks"]]) for row in rows]


def codes(found: Any) -> list[str]:
    return [each["code"] for each in found]


def test_each_continent_has_a_row_in_the_order_of_pages() -> None:
    assert shown(rung("leading", "US"), rung("active", "JP")) == [("Azië", ["JP"]), ("Amerika", ["US"])]


def test_the_strongest_stands_first_in_its_row() -> None:
    assert shown(rung("leading", "JP"), rung("targets", "CN")) == [("Azië", ["JP", "CN"])]
    assert shown(rung("leading", "CN"), rung("targets", "JP")) == [("Azië", ["CN", "JP"])]


@pytest.mark.parametrize(
    ("lang", "label"), [("nl", "Ruimere gebieden"), ("en", "Wider regions"), ("fr", "Zones plus larges")]
)
def test_wider_regions_and_a_continent_itself_come_last_in_a_row_of_their_own(lang: str, label: str) -> None:
    found = shown(rung("active", "WORLD", "ASIA", "US"), lang=lang)
    assert found == [("Amerika", ["US"]), (label, ["WORLD", "ASIA"])]


def test_a_row_leads_to_its_continent_and_that_of_wider_regions_to_nothing() -> None:
    rows = strip(Face("nl"), [rung("active", "JP", "ASIA")], CONTINENTS)
    assert [row["market"] for row in rows] == [ASIA, None]


def test_a_mark_keeps_its_status_also_where_it_is_over() -> None:
    (row,) = strip(Face("nl"), [rung("targets", "JP"), rung("over", "CN")], CONTINENTS)
    assert [(mark["status"], mark["over"]) for mark in row["marks"]] == [("targets", False), ("active", True)]


def test_a_continent_that_pages_do_not_know_comes_after_those_that_they_do() -> None:
    far = {"iri": "urn:far", "code": "ANTARCTICA", "label": "Antarctica", "kind": "region"}
    rows = strip(Face("nl"), [rung("active", "US", "JP")], {"US": far, "JP": ASIA})
    assert [row["label"] for row in rows] == ["Azië", "Antarctica"]


def test_without_markets_there_is_no_strip() -> None:
    assert strip(Face("nl"), [], CONTINENTS) == []


def test_a_plan_is_offered_first_for_where_a_company_wants_to_go() -> None:
    rungs = [rung("leading", "JP"), rung("active", "US"), rung("targets", "CN")]
    assert codes(planned(rungs)) == ["CN", "US", "JP"]


def test_no_plan_is_offered_for_regions_nor_for_what_is_over() -> None:
    assert codes(planned([rung("targets", "ASIA", "CN"), rung("over", "JP"), rung("withdrawn", "US")])) == [
        "CN"
    ]


def test_plans_are_bounded_after_regions_are_left_out() -> None:
    assert codes(planned([rung("targets", "ASIA", "CN", "JP"), rung("active", "US")], most=2)) == ["CN", "JP"]
