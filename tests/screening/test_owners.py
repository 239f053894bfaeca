"""Owners: upwards, bounded, never twice, and with who says so; also where they own each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.index import Index
from graph.index.shaping import Shaper
from graph.screening.owners import Family, Limits, family
from graph.settings import Settings
from graph.stores import open_releases

TODAY = date(2026, 6, 1)
LIMITS = Limits(6, 50)


@pytest.fixture(scope="module")
def index(release: Path) -> Iterator[Index]:
    current = open_releases(Settings(home=release)).current()
    assert current is not None
    opened = Index(current.index_path)
    yield opened
    opened.close()


@pytest.fixture
def shaper(index: Index) -> Shaper:
    return index.shaper("en", TODAY)


def names(found: Family, ref: str) -> list[str]:
    return [owner.ref["name"] for owner in found.parties[ref].owners]


def test_a_grandparent_is_found_with_every_step_and_its_source(shaper: Shaper) -> None:
    found = family(shaper, ["verzonnen"], LIMITS)
    assert names(found, "verzonnen") == ["Tussenholding Fictie", "Vymyshlennaya Stal"]
    first, second = found.parties["verzonnen"].owners[1].path
    assert (first["share"], first["since"], first["sources"][0]["id"]) == (100, "2015", "s1")
    assert (second["share"], second["since"], second["sources"][0]["id"]) == (60, "2016", "s2")
    assert first["owner"] == second["owned"]
    assert first["iri"] != second["iri"]
    assert not found.parties["verzonnen"].truncated


def test_an_organization_comes_with_all_that_the_graph_knows_of_it(shaper: Shaper) -> None:
    found = family(shaper, ["verzonnen"], LIMITS)
    subject = found.subjects[found.parties["verzonnen"].number]
    assert subject.names == ("Werkhuis Verzonnen",)
    assert subject.kind == "organization"
    assert subject.countries == ("be",)
    assert "0403170701" in subject.identifiers
    assert len(found.subjects) == 3


def test_a_circle_ends_where_it_began(shaper: Shaper) -> None:
    found = family(shaper, ["cirkel-a", "cirkel-b"], LIMITS)
    assert names(found, "cirkel-a") == ["Cirkel Beet"]
    assert names(found, "cirkel-b") == ["Cirkel Aleph"]
    assert not found.parties["cirkel-a"].truncated


def test_a_branch_leads_to_its_head_office(shaper: Shaper) -> None:
    found = family(shaper, ["filiaal"], LIMITS)
    owners = found.parties["filiaal"].owners
    assert [owner.ref["name"] for owner in owners] == [
        "Werkhuis Verzonnen",
        "Tussenholding Fictie",
        "Vymyshlennaya Stal",
    ]
    assert [step["relation"] for step in owners[-1].path] == ["branch", "ownership", "ownership"]


def test_what_has_ended_is_not_followed_and_held_then(index: Index) -> None:
    assert family(index.shaper("en", TODAY), ["vroeger"], LIMITS).parties["vroeger"].owners == ()
    then = family(index.shaper("en", date(2005, 1, 1)), ["vroeger"], LIMITS)
    assert names(then, "vroeger") == ["Vymyshlennaya Stal"]


@pytest.mark.parametrize(
    ("limits", "owners", "truncated"),
    [
        (Limits(0, 50), [], False),
        (Limits(1, 50), ["Tussenholding Fictie"], False),
        (Limits(6, 1), ["Tussenholding Fictie"], True),
    ],
)
def test_limits_hold(shaper: Shaper, limits: Limits, owners: list[str], truncated: bool) -> None:
    found = family(shaper, ["verzonnen"], limits)
    assert names(found, "verzonnen") == owners
    assert found.parties["verzonnen"].truncated is truncated


def test_unknown_references_get_no_party_and_spellings_are_one(shaper: Shaper) -> None:
    found = family(shaper, ["verzonnen", "0403.170.701", "nobody"], LIMITS)
    assert set(found.parties) == {"verzonnen", "0403.170.701"}
    assert found.parties["verzonnen"].number == found.parties["0403.170.701"].number
