"""On which continent a market lies, directly or through a region within it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.index import Index
from graph.index.build import build
from graph.index.continents import CONTINENTS, continents
from tests.graphs import TODAY, World


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The reference data alone."""
    path = tmp_path_factory.mktemp("continents") / "index.sqlite"
    build(World().view(), path, "r")
    made = Index(path)
    yield made
    made.close()


def found(index: Index, *markets: str, lang: str = "en") -> dict[str, str]:
    """The code of the continent of each market."""
    told = continents(index.shaper(lang, TODAY), markets)
    return {market: each["code"] for market, each in told.items()}


def test_a_country_lies_on_a_continent_also_through_a_region(index: Index) -> None:
    assert found(index, "JP", "TH", "BE") == {"JP": "ASIA", "TH": "ASIA", "BE": "EUROPE"}


def test_a_region_within_a_continent_lies_on_it_and_so_does_the_continent(index: Index) -> None:
    assert found(index, "EASTERN_ASIA", "ASIA", "EUROPE") == {
        "EASTERN_ASIA": "ASIA",
        "ASIA": "ASIA",
        "EUROPE": "EUROPE",
    }


def test_wider_regions_and_groups_of_countries_lie_on_none(index: Index) -> None:
    """Though each country of such a group does: what is stated on a group is not stated on a continent."""
    assert found(index, "WORLD", "ASEAN") == {}


def test_only_what_is_asked_about_is_told(index: Index) -> None:
    assert found(index, "JP", "JP") == {"JP": "ASIA"}
    assert found(index, "nosuch") == {}
    assert found(index) == {}


@pytest.mark.parametrize(("lang", "label"), [("nl", "Azië"), ("en", "Asia"), ("fr", "Asie")])
def test_a_continent_is_a_market_named_in_the_language_of_the_answer(
    index: Index, lang: str, label: str
) -> None:
    (asia,) = continents(index.shaper(lang, TODAY), ["JP"]).values()
    assert (asia["code"], asia["label"], asia["kind"]) == ("ASIA", label, "region")


def test_the_answer_is_the_same_by_the_door_of_the_index(index: Index) -> None:
    markets = ["JP", "BE", "WORLD"]
    assert index.continents(markets, "fr") == continents(index.shaper("fr", TODAY), markets)
    assert {each["code"] for each in index.continents(markets, "fr").values()} <= set(CONTINENTS)
