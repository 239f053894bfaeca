"""The score: its formula, its scale, and the weights that a question may change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError, NotFound, UnknownValue
from graph.index import Index
from graph.matching import FEATURES, KINDS, Bounds, Question, check, match
from graph.matching.documents import algorithms
from graph.matching.features import feature
from graph.matching.scoring import Match, Part, best, overlap, saturated, score
from tests.graphs import TODAY, World
from tests.matching.conftest import Ask, of


def test_the_formula() -> None:
    parts = [
        Part("standing", 0.5),
        Part("sector", 1.0),
        Part("product", None),
        Part("wants", 1.0),
        Part("left", 0.5),
    ]
    expected = (0.40 * 0.5 + 0.25 * 1) / 1.0 * (1 - 0.3) * (1 - 0.2 * 0.5)
    assert score("peers", parts, {}) == pytest.approx(expected)
    assert score("peers", parts, {"standing": 0, "wants": 0}) == pytest.approx(0.25 / 0.6 * 0.9)
    assert score("peers", parts, dict.fromkeys(("standing", "sector", "product", "tells"), 0)) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_standard_weights_are_shares(kind: str) -> None:
    assert sum(each.weight for each in FEATURES[kind] if not each.counter) == pytest.approx(1)
    assert all(0 < each.weight <= 1 for each in FEATURES[kind])
    assert len({each.name for each in FEATURES[kind]}) == len(FEATURES[kind])
    assert feature(kind, "left").counter


@given(st.sampled_from(KINDS), st.data())
def test_a_score_lies_between_nothing_and_all(kind: str, data: st.DataObject) -> None:
    values = st.none() | st.floats(0, 1)
    parts = [Part(each.name, data.draw(values)) for each in FEATURES[kind]]
    weights = {each.name: data.draw(st.floats(0, 1)) for each in FEATURES[kind]}
    assert 0 <= score(kind, parts, weights) <= 1 + 1e-9


def test_what_speaks_for_raises_and_what_speaks_against_lowers() -> None:
    base = [Part(each.name, 0.5) for each in FEATURES["partners"]]
    for place, each in enumerate(FEATURES["partners"]):
        more = [*base[:place], Part(each.name, 0.9), *base[place + 1 :]]
        raised = score("partners", more, {}) > score("partners", base, {})
        assert raised is not each.counter, each.name


def test_order_is_by_score_then_number() -> None:
    found = best(
        [Match("peers", 0.1, (), org=1), Match("peers", 0.9, (), org=3), Match("peers", 0.9, (), org=2)]
    )
    assert [each.org for each in found] == [2, 3, 1]


def test_overlap_and_saturation() -> None:
    assert overlap(frozenset({1, 2}), frozenset({2})) == pytest.approx(0.5**0.5)
    assert overlap(frozenset(), frozenset({2})) == 0
    assert saturated([0.5, 0.5], 1) == 0.5
    assert saturated([], 1) == 0


def world() -> World:
    made = World()
    own = made.org("asker", country="BE", place="Genk", sectors=["steel", "food"])
    made.engagement(own, "JP", "active", product="beams")
    for key in ("one", "two"):
        made.engagement(
            made.org(key, country="BE", place="Genk", sectors=["steel"]), "VN", "active", product="beams"
        )
    return made


@pytest.mark.parametrize("kind", ["peers", "gateways"])
def test_a_score_does_not_move_with_the_others_in_the_list(ask: Ask, kind: str) -> None:
    small, large = world(), world()
    for made in (small, large):
        made.branch("tokyo", made.minter.organization("asker", ""), "JP", "Tokyo")
    for number in range(6):
        rich = large.org(f"rich{number}", country="BE", place="Genk", sectors=["steel", "food"])
        large.engagement(rich, "VN", "leading", product="beams")
        large.branch(f"b{number}", large.minter.organization("asker", ""), "VN", "Hanoi")
    name = "one" if kind == "peers" else "tokyo"
    few, crowd = (ask(made, kind, market="VN", limit=50) for made in (small, large))
    assert len(crowd.items) > len(few.items)
    assert of(few, name)["score"] == of(crowd, name)["score"]
    assert of(few, name)["parts"] == of(crowd, name)["parts"]


def test_a_limit_cuts_and_changes_nothing_else(ask: Ask) -> None:
    made = world()
    whole, cut = (ask(made, "peers", market="VN", limit=limit) for limit in (10, 1))
    assert cut.items == whole.items[:1]
    assert cut.total == whole.total == 2


def test_a_question_may_have_weights_of_its_own(ask: Ask) -> None:
    plain, other = (
        ask(world(), "peers", market="VN", weights=weights).items[0]
        for weights in ({}, {"standing": 4.0, "tells": 0.0})
    )
    weights = {part["feature"]: part["weight"] for part in other["parts"]}
    assert weights["standing"] == 4.0
    assert weights["sector"] == 0.25
    values = {part["feature"]: part["value"] for part in other["parts"]}
    expected = (4 * values["standing"] + 0.25 * values["sector"] + 0.25 * values["product"]) / 4.5
    assert other["score"] == pytest.approx(expected, abs=1e-3)
    assert other["score"] != plain["score"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        (Question("friends", "asker"), "kind"),
        (Question("peers"), "company"),
        (Question("gateways", "asker"), "market"),
        (Question("suppliers"), "product"),
        (Question("peers", "asker", weights={"size": 1}), "weight"),
        (Question("peers", "asker", weights={"sector": -1}), "weight"),
        (Question("peers", "asker", weights={"sector": float("nan")}), "weight"),
        (Question("peers", "asker", weights={"left": 1.5}), "weight"),
    ],
)
def test_what_cannot_be_asked_is_refused(question: Question, name: str) -> None:
    with pytest.raises(InputError) as caught:
        check(question)
    assert caught.value.issues[0].name == name


def test_who_or_what_is_not_known_is_refused(indexed: Callable[[World], Index]) -> None:
    index = indexed(world())
    with pytest.raises(NotFound):
        match(index, Question("peers", "nobody"), "en", TODAY)
    with pytest.raises(UnknownValue, match="market"):
        match(index, Question("peers", "asker", "Atlantis"), "en", TODAY, Bounds())


def test_the_documentation_has_every_feature() -> None:
    told = {each["name"]: {f["name"] for f in each["features"]} for each in algorithms("nl")}
    assert told == {kind: {each.name for each in FEATURES[kind]} for kind in KINDS}
    assert algorithms("fr")[1]["description"].startswith("Entreprises limbourgeoises")
