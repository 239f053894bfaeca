"""Names of markets, places and codes, and what is suggested for a wrong one."""

from __future__ import annotations

import pytest

from graph.errors import UnknownValue
from graph.index import Index
from graph.index.catalogue import best, language_of
from graph.index.text import fold
from tests.graphs import World
from tests.index.conftest import Made


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ch\u00edna", "CN"),
        ("chn", "CN"),
        ("KOR", "KR"),
        (" Viet  Nam ", "VN"),
        ("azie", "ASIA"),
        ("eastern_asia", "EASTERN_ASIA"),
    ],
)
def test_a_market_by_any_of_its_names(indexed: Made, text: str, code: str) -> None:
    assert indexed(World()).find_market(text) == code


def suggested(index: Index, text: str) -> str:
    with pytest.raises(UnknownValue) as caught:
        index.find_market(text)
    (issue,) = caught.value.issues
    assert (issue.name, issue.value) == ("market", text)
    return issue.detail


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Thialand", "Thailand"),
        ("Zuid-Korae", "Zuid-Korea"),
        ("Sout Korea", "South Korea"),
        ("Viet Nma", "Viêt Nam"),
    ],
)
def test_the_nearest_name_comes_first_as_it_is_written(indexed: Made, wrong: str, right: str) -> None:
    assert f"did you mean {right}" in suggested(indexed(World()), wrong)


def test_nothing_near_is_nothing_suggested(indexed: Made) -> None:
    assert "did you mean" not in suggested(indexed(World()), "qqqqqqqq")


def test_the_best_text_is_that_of_the_language_then_dutch_first() -> None:
    assert best(("nl", "en", None), "en") == "en"
    assert best((None, "en", "fr"), "nl") == "en"
    assert best((None, None, None), "nl") is None
    assert language_of((None, "en", "fr"), "nl") == "en"
    assert language_of(("a", None, None), "nl") == "nl"
    assert language_of((None, None, None), "fr") is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Crème  Brûlée", "creme brulee"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Køge", "koge"),
        ("中国", "中国"),
    ],
)
def test_folding_takes_case_and_accents_off(text: str, plain: str) -> None:
    assert fold(text) == plain
    assert fold(fold(text)) == plain
