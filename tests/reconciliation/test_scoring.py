from __future__ import annotations

from collections.abc import Hashable

import pytest

from graph.reconciliation import forms
from graph.reconciliation.scoring import Likeness, Scored, is_match, score, slips


def scored(name: float | None = 1.0, **compared: bool) -> Scored:
    """A candidate, by what was compared."""
    given = {each: frozenset[Hashable]({1}) for each in compared}
    facts: dict[str, set[Hashable]] = {each: {1 if fits else 2} for each, fits in compared.items()}
    return score(Likeness(name), given, facts, None)


def test_a_score_is_the_weighted_mean_and_does_not_move_with_others() -> None:
    assert scored(0.8).score == 80.0
    assert scored(0.8, country=True).score == pytest.approx(100 * (0.8 + 0.25) / 1.25)
    assert scored(0.8, country=False).score == pytest.approx(100 * 0.8 / 1.25)
    assert scored(None, enterpriseNumber=True).score == 100.0
    assert scored(1.0, enterpriseNumber=False).score == 25.0


def test_what_the_graph_does_not_know_neither_adds_nor_takes_away() -> None:
    unknown = score(Likeness(0.9), {"country": frozenset({1})}, {"country": set()}, None)
    assert (unknown.score, unknown.compared) == (90.0, {})
    assert score(Likeness(), {}, {}, None).score == 0.0
    assert score(Likeness(0.9), {"nobody": frozenset({1})}, {}, None).score == 90.0


def test_another_type_costs_a_fifth() -> None:
    assert score(Likeness(1.0), {}, {}, False).score == 80.0
    assert score(Likeness(1.0), {}, {}, True).features()[-1] == {"id": "type", "value": True}


def test_the_same_name_is_sure_unless_another_has_it_too() -> None:
    assert is_match("Acme", [scored(1.0), scored(0.96)])
    assert not is_match("Acme", [scored(1.0), scored(0.98)])
    assert is_match("Acme", [scored(1.0, country=True), scored(1.0, country=False)])
    assert not is_match("Acm", [scored(1.0)])
    assert not is_match("Acme", [])
    assert not is_match("Acme", [scored(0.97)])


def test_a_contradiction_is_never_sure() -> None:
    assert not is_match("Acme", [scored(1.0, country=False)])
    assert not is_match("Acme", [scored(1.0, enterpriseNumber=False)])
    assert not is_match("Acme", [score(Likeness(1.0), {}, {}, False)])
    assert not is_match("Acme", [score(Likeness(1.0, foreign=True), {}, {}, None)])
    assert is_match("Acme", [scored(1.0, municipality=False)])


def test_a_number_is_sure_where_one_has_it_and_the_name_does_not_say_otherwise() -> None:
    assert is_match("", [scored(None, enterpriseNumber=True)])
    assert is_match("Acme", [scored(0.4, lei=True)])
    assert not is_match("Acme", [scored(0.2, lei=True)])
    twice = scored(None, enterpriseNumber=True)
    assert not is_match("", [twice, twice])
    assert not is_match("", [scored(None, enterpriseNumber=True, lei=False)])


def test_a_slip_of_typing_needs_support_and_a_lead() -> None:
    def near(**compared: bool) -> Scored:
        made = scored(0.93, **compared)
        return Scored(made.score, made.name, made.compared, None, slips=True)

    assert is_match("Acmeworks", [near(municipality=True), scored(0.6)])
    assert not is_match("Acmeworks", [near(), scored(0.6)])
    assert not is_match("Acmeworks", [near(municipality=True), near(municipality=True)])
    assert not is_match("Acmeworks", [scored(0.93, municipality=True)])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Europower Generators", "Europwoer Generators", True),
        ("Europower Generators NV", "Europower Generator", True),
        ("Hyundai Construction Europe", "Hyundai Construction plant", False),
        ("Hyundai Construction", "Hyundai Construction Music", False),
        ("Vasco", "Vesco", False),
        ("Vasco Radiators", "Radiators Vasco", False),
        ("Bosal 1 Exhausts", "Bosal 2 Exhausts", False),
    ],
)
def test_slips_are_within_words(one: str, other: str, same: bool) -> None:
    assert slips(one, other) is same


def test_legal_forms_speak_of_countries() -> None:
    assert forms.contradict("Acme GmbH", "BE")
    assert not forms.contradict("Acme GmbH", "DE")
    assert not forms.contradict("Acme NV", "BE")
    assert not forms.contradict("Acme Ltd", "BE")
    assert not forms.contradict("Acme GmbH", None)
    assert forms.differ("Acme NV", "Acme GmbH")
    assert not forms.differ("Acme NV", "Acme")
