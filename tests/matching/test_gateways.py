"""Gateways: own places near a market, chains of introductions, missions."""

from __future__ import annotations

import pytest

from graph.model.terms import NamedNode
from tests.graphs import World
from tests.index.list_fixtures import Odd
from tests.matching.conftest import Ask, names, of, texts, values


@pytest.fixture
def world() -> World:
    made = World()
    made.org("asker", "Asker", country="BE", place="Genk", sectors=["steel"])
    return made


def asker(world: World) -> NamedNode:
    return world.minter.organization("asker", "")


def test_a_branch_in_the_region_is_a_gateway(world: World, ask: Ask) -> None:
    world.branch("tokyo", asker(world), "JP", "Tokyo")
    item = of(ask(world, "gateways", market="VN"), "tokyo")
    assert texts(item, "reasons")["there"] == "Tokyo is in the same region (Asia): Japan"
    assert values(item)["introduction"] == values(item)["bond"] == 1
    assert [(link["from"]["id"], link["to"]["id"], link["relation"]) for link in item["chain"]] == [
        ("asker", "tokyo", "branch")
    ]
    assert item["chain"][0]["sources"][0]["id"] == "s1"


def test_the_world_is_no_region(world: World, ask: Ask) -> None:
    world.branch("warsaw", asker(world), "PL", "Warsaw")
    assert ask(world, "gateways", market="VN").items == []


def test_nearer_counts_more(world: World, ask: Ask) -> None:
    for key, land in (("there", "VN"), ("asean", "TH"), ("asia", "JP")):
        world.branch(key, asker(world), land, "Town")
    found = ask(world, "gateways", market="VN")
    assert names(found) == ["there", "asean", "asia"]


def test_the_group_has_words_of_its_own(world: World, ask: Ask) -> None:
    owner = world.org("owner", country="VN")
    world.ownership(owner, asker(world))
    world.ownership(owner, world.org("sister", country="VN"))
    world.ownership(asker(world), world.org("daughter", country="VN"))
    world.partnership(asker(world), world.org("friend", country="VN"))
    found = ask(world, "gateways", market="VN")
    assert {name: values(of(found, name))["bond"] for name in names(found)} == {
        "owner": 0.8,
        "sister": 0.7,
        "daughter": 0.9,
        "friend": 0.7,
    }
    assert texts(of(found, "sister"), "reasons")["bond"] == "Sister belongs to the same group"


def test_the_shortest_chain_of_introductions_with_its_links(world: World, ask: Ask) -> None:
    middle, last = world.org("middle", "Middle", country="BE"), world.org("last", country="VN")
    detour = world.org("detour", country="BE")
    world.partnership(asker(world), middle)
    world.partnership(middle, last)
    world.partnership(asker(world), detour)
    world.ownership(detour, world.org("further", country="BE"))
    world.partnership(world.minter.organization("further", ""), last)
    item = of(ask(world, "gateways", market="VN"), "last")
    assert [(link["from"]["id"], link["to"]["id"]) for link in item["chain"]] == [
        ("asker", "middle"),
        ("middle", "last"),
    ]
    assert texts(item, "reasons")["introduction"] == "A chain of 2 steps that begins with Middle"
    assert values(item)["introduction"] == 0.5
    assert all(link["sources"] for link in item["chain"])


def test_a_person_who_knows_both_sides_is_a_link(world: World, ask: Ask) -> None:
    world.person("An Voorbeeld", asker(world), "director")
    world.person("An Voorbeeld", world.org("saigon", country="VN"), "director")
    item = of(ask(world, "gateways", market="VN"), "saigon")
    assert [link["to"]["name"] for link in item["chain"]] == ["An Voorbeeld", "Saigon"]
    assert values(item)["introduction"] == pytest.approx(1 / 3, abs=1e-4)


def test_a_chain_over_what_has_ended_is_none(world: World, ask: Ask) -> None:
    world.partnership(asker(world), world.org("old", country="VN"), until="2016")
    assert ask(world, "gateways", market="VN").items == []


def test_a_mission_is_a_gateway_with_its_host(world: World, ask: Ask) -> None:
    chamber = world.org("chamber", "Chamber", kind="chamber")
    world.mission("old", ["VN"], chamber, "2018-05")
    world.mission("new", ["VN"], chamber, "2024-09")
    world.mission("other", ["JP"], chamber)
    found = ask(world, "gateways", market="VN")
    assert names(found) == ["new", "old"]
    assert found.items[0]["organization"]["id"] == "chamber"
    assert texts(of(found, "old"), "counterReasons") == {"past": "Mission old is over (2018-05)"}
    assert of(found, "new")["counterReasons"] == []
    assert texts(of(found, "new"), "missing") == {"introduction": "No chain of introductions is known"}


def test_who_went_along_or_is_a_member_of_the_host_is_introduced(world: World, ask: Ask) -> None:
    chamber = world.org("chamber", "Chamber", kind="chamber")
    Odd(world).member(asker(world), chamber)
    mission = world.mission("m", ["VN"], chamber)
    (item,) = ask(world, "gateways", market="VN").items
    assert texts(item, "reasons")["introduction"] == "To be reached through Chamber"
    world.participation(mission, asker(world))
    (item,) = ask(world, "gateways", market="VN").items
    assert values(item)["introduction"] == 1


def test_a_market_that_the_company_left_is_told(world: World, ask: Ask) -> None:
    world.branch("hanoi", asker(world), "VN", "Hanoi")
    world.engagement(asker(world), "VN", "withdrawn", since="2016")
    item = of(ask(world, "gateways", market="VN"), "hanoi")
    assert texts(item, "counterReasons") == {"left": "Asker left this market: Vietnam in 2016"}


def test_owners_in_a_circle_come_to_an_end(world: World, ask: Ask) -> None:
    a, b = world.org("a", country="VN"), world.org("b", country="VN")
    for owner, owned in ((asker(world), a), (a, b), (b, asker(world))):
        world.ownership(owner, owned)
    assert sorted(names(ask(world, "gateways", market="VN"))) == ["a", "b"]
