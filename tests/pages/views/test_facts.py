"""Order on the ladder, and which statements contradict each other."""

from __future__ import annotations

import pytest

from api.pages.face import Face
from api.pages.views import facts
from tests.pages.samples import Json, engagement, source


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("targets", "wil exporteren naar de Verenigde Staten"),
        ("entering", "zet eerste stappen in de Verenigde Staten"),
        ("active", "exporteert naar de Verenigde Staten"),
        ("leading", "exporteert naar de Verenigde Staten, een topmarkt"),
        ("withdrawn", "is niet meer in de Verenigde Staten"),
    ],
)
def test_a_fact_in_words(status: str, words: str) -> None:
    assert facts.sentence(Face("nl"), engagement("US", status)) == words


def test_a_market_stands_once_on_its_strongest_rung() -> None:
    rungs = facts.ladder(
        [
            engagement("JP", "active"),
            engagement("JP", "leading"),
            engagement("CN", "targets"),
            engagement("US", "active"),
        ]
    )
    assert [(rung["status"], [f["market"]["code"] for f in rung["facts"]]) for rung in rungs] == [
        ("leading", ["JP"]),
        ("active", ["US"]),
        ("targets", ["CN"]),
    ]


def test_what_goes_on_counts_before_what_is_over() -> None:
    (rung,) = facts.ladder([engagement("JP", "leading", ended=True), engagement("JP", "targets")])
    assert rung["status"] == "targets"


@pytest.mark.parametrize("more", [{"ended": True}, {"outweighed": True}])
def test_what_is_over_has_a_rung_of_its_own(more: Json) -> None:
    rungs = facts.ladder([engagement("JP", "active", **more), engagement("CN", "withdrawn")])
    assert [(rung["status"], len(rung["facts"])) for rung in rungs] == [("over", 2)]


def test_statements_of_a_market_stand_together_strongest_first() -> None:
    groups = facts.by_market(
        [engagement("CN", "targets"), engagement("JP", "active"), engagement("JP", "leading")]
    )
    assert [(g["market"]["code"], [f["status"] for f in g["facts"]]) for g in groups] == [
        ("JP", ["leading", "active"]),
        ("CN", ["targets"]),
    ]


PEARS = {"iri": "urn:pears", "label": "peren"}


@pytest.mark.parametrize(
    ("statements", "disputed"),
    [
        ([("targets", {}), ("active", {})], True),
        ([("targets", {}), ("leading", {})], True),
        ([("active", {}), ("leading", {})], False),
        ([("targets", {}), ("entering", {})], False),
        ([("targets", {}), ("active", {"ended": True})], False),
        ([("targets", {"product": PEARS}), ("active", {})], False),
        ([("targets", {"product": PEARS}), ("active", {"product": PEARS})], True),
    ],
)
def test_wanting_and_doing_the_same_is_a_contradiction(
    statements: list[tuple[str, Json]], disputed: bool
) -> None:
    assert facts.disputed(engagement("JP", status, **more) for status, more in statements) is disputed


def figure(value: float, period: str | None = "2018", ref: str = "s001") -> Json:
    return {"measure": "employees", "value": value, "period": period, "sources": [source(ref)]}


def test_figures_of_one_period_are_compared() -> None:
    groups = facts.figure_groups(
        [figure(20), figure(25, ref="s002"), figure(30, "2020"), figure(30, "2020", "s002")]
    )
    assert [(g["period"], len(g["facts"]), g["dispute"]) for g in groups] == [
        ("2018", 2, True),
        ("2020", 2, False),
    ]


def test_undated_figures_contradict_nothing() -> None:
    assert not facts.figure_groups([figure(20, None), figure(25, None)])[0]["dispute"]


def test_sources_are_named_once() -> None:
    held = [figure(1, ref="s002"), figure(2, ref="s001"), figure(3, ref="s002")]
    assert [s["id"] for s in facts.sources_of(held, None)] == ["s001", "s002"]
