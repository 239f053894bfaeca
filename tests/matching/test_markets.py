"""Markets: where a company could go next, and what speaks against it."""

from __future__ import annotations

import pytest

from graph.model.terms import NamedNode
from tests.graphs import World
from tests.matching.conftest import Ask, names, of, texts, values


@pytest.fixture
def world() -> World:
    made = World()
    made.org("asker", "Asker", country="BE", place="Genk", sectors=["steel"])
    return made


def asker(world: World) -> NamedNode:
    return world.minter.organization("asker", "")


def peer(world: World, key: str, market: str, status: str = "active", **more: str) -> None:
    world.engagement(world.org(key, country="BE", place="Hasselt", sectors=["steel"]), market, status, **more)


def test_where_peers_sell(world: World, ask: Ask) -> None:
    peer(world, "one", "JP")
    peer(world, "two", "JP")
    peer(world, "three", "CN")
    found = ask(world, "markets")
    assert names(found)[:2] == ["JP", "CN"]
    assert values(of(found, "JP"))["peers"] == 0.5
    assert texts(of(found, "JP"), "reasons")["peers"] == "Similar companies that sell there: 2, as One"
    assert texts(of(found, "JP"), "reasons")["visited"] == "Companies known to sell in Japan: 2"
    assert of(found, "JP")["reasons"][0]["sources"][0]["id"] == "s1"


def test_wanting_to_go_is_no_selling(world: World, ask: Ask) -> None:
    peer(world, "dreamer", "JP", "targets")
    item = of(ask(world, "markets"), "JP")
    assert values(item)["peers"] == 0
    assert values(item)["visited"] == 0


def test_where_it_sells_already_is_no_next_market_and_where_it_wants_to_is(world: World, ask: Ask) -> None:
    world.engagement(asker(world), "JP", "active")
    world.engagement(asker(world), "VN", "targets")
    found = ask(world, "markets")
    assert "JP" not in names(found)
    assert "BE" not in names(found)
    assert values(of(found, "VN"))["aim"] == 1
    assert texts(of(found, "VN"), "reasons")["aim"] == "Asker wants to export there: Vietnam"


def test_neighbours_of_its_markets(world: World, ask: Ask) -> None:
    world.engagement(asker(world), "TH", "active")
    item = of(ask(world, "markets"), "VN")
    assert texts(item, "reasons")["region"] == "Asker sells in the same region (ASEAN): Thailand"
    assert values(item)["region"] == pytest.approx(1 / (1 + 3 / 25), abs=1e-4)


def test_a_region_that_it_sells_in(world: World, ask: Ask) -> None:
    world.engagement(asker(world), "ASEAN", "active")
    assert texts(of(ask(world, "markets"), "VN"), "reasons")["region"] == "Asker sells in the region: ASEAN"


def test_group_and_partners_there(world: World, ask: Ask) -> None:
    world.branch("tokyo", asker(world), "JP", "Tokyo")
    world.partnership(asker(world), world.org("trader", "Trader", country="CN"))
    found = ask(world, "markets")
    assert values(of(found, "JP"))["reach"] == 1
    assert texts(of(found, "CN"), "reasons")["reach"] == "Trader is a partner there: China"


def test_a_market_that_was_left_and_peers_that_left(world: World, ask: Ask) -> None:
    world.engagement(asker(world), "JP", "withdrawn", since="2016")
    peer(world, "gone", "JP", "active", until="2019")
    peer(world, "there", "JP")
    item = of(ask(world, "markets"), "JP")
    assert texts(item, "counterReasons") == {
        "left": "Asker left this market: Japan in 2016",
        "peersLeft": "Gone left this market: Japan in 2019",
    }


def test_only_the_markets_of_a_region_where_one_is_asked_about(world: World, ask: Ask) -> None:
    peer(world, "one", "JP")
    peer(world, "two", "NL")
    assert names(ask(world, "markets", market="ASIA")) == ["JP"]


def test_nothing_known_gives_nothing(world: World, ask: Ask) -> None:
    assert ask(world, "markets").items == []
