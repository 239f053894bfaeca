"""Subjects against several lists: what is told, in which order, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import SheetRefused
from graph.screening.formats import opened
from graph.screening.jobs import Rules
from graph.screening.records import Subject
from graph.screening.screener import Screener
from graph.settings import Settings

STAL = Subject(("Vymyshlennaya Stal Severa",), "organization", ("ru",))


@pytest.fixture
def screener(listed: Settings) -> Screener:
    return Screener(listed.home, listed)


def test_a_cutoff_tells_what_is_near_and_calls_it_no_match(screener: Screener) -> None:
    half = Subject(("Vymyshlennaya Zuiderlicht",), "organization")
    assert screener.screen([half], Rules(0.7, 0.7, 20))[0].results == ()
    (found,) = screener.screen([half], Rules(0.7, 0.3, 20))
    assert found.results[0]["id"] == "fict-steel"
    assert found.results[0]["match"] is False
    assert not found.matches


def test_a_limit_keeps_the_nearest(screener: Screener) -> None:
    many = Subject(("Phantasie Werft", "Vymyshlennaya Stal", "Onbestaande Holding"), "organization")
    (found,) = screener.screen([many], Rules(0.7, 0.7, 2))
    scores = [each["score"] for each in found.results]
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)


def test_only_the_lists_that_are_asked_for_answer(screener: Screener) -> None:
    (found,) = screener.screen([STAL], Rules(0.5, 0.5, 20, ("eu", "un")))
    assert found.results == ()
    assert [version.name for version in screener.versions(("un", "eu"))] == ["eu", "un"]


def test_the_same_subject_has_the_same_answer_alone_and_in_a_batch(screener: Screener) -> None:
    rules = Rules(0.7, 0.7, 20)
    alone = screener.screen([STAL], rules)[0]
    batch = screener.screen([Subject(("Phantasie Werft",), "organization"), STAL, STAL], rules)
    assert batch[1] == batch[2] == alone


def test_each_result_says_where_it_is_from_and_why(screener: Screener) -> None:
    (found,) = screener.screen([STAL], Rules(0.7, 0.7, 20))
    result = found.results[0]
    assert (result["list"], result["listDate"]) == ("fict", "2026-04-28")
    assert result["source"] == "https://lists.example/fict-steel"
    features = {each["feature"]: each for each in result["features"]}
    assert set(features) == {"name", "weakAlias", "identifier", "country", "date", "kind"}
    assert features["country"]["value"] == 0.0
    assert features["date"]["value"] is None
    main = max(each["contribution"] for each in result["features"])
    assert result["score"] == pytest.approx(main + features["country"]["contribution"], abs=1e-4)


LAUGHS = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize("root", ["export", "CONSOLIDATED_LIST", "sdnList"])
@pytest.mark.parametrize(
    "declared",
    [
        f'<!ENTITY e0 "ha">{LAUGHS}',
        '<!ENTITY e SYSTEM "file:///etc/passwd">',
        '<!ENTITY % e SYSTEM "http://127.0.0.1:1/x"> %e;',
    ],
)
def test_no_entity_of_a_stranger_is_read(tmp_path: Path, root: str, declared: str) -> None:
    file = tmp_path / "hostile.xml"
    file.write_text(f'<?xml version="1.0"?><!DOCTYPE {root} [{declared}]><{root}>&e9;&e;</{root}>', "utf-8")
    form = {"export": "eu-xml", "CONSOLIDATED_LIST": "un-xml", "sdnList": "ofac-xml"}[root]
    with pytest.raises(SheetRefused, match="document type"):
        list(opened(file, form, Settings()).entries())
