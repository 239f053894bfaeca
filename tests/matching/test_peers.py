"""Peers: who of Limburg is there already, and how sure that is."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model.terms import NamedNode
from tests.graphs import World
from tests.matching.conftest import Ask, names, of, texts, values


@pytest.fixture
def world() -> World:
    made = World()
    own = made.org("asker", "Asker", country="BE", place="Genk", sectors=["steel"])
    made.engagement(own, "CN", "active", product="beams")
    return made


def peer(world: World, key: str = "peer", **more: object) -> NamedNode:
    given = {"country": "BE", "place": "Hasselt", "sectors": ["steel"], **more}
    return world.org(key, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "value", "word"),
    [("leading", 1, "is leading"), ("active", 0.9, "sells there"), ("entering", 0.6, "is entering"), ("targets", 0.2, "wants to export there")],
)  # fmt: skip
def test_the_status_is_the_standing(world: World, ask: Ask, status: str, value: float, word: str) -> None:
    world.engagement(peer(world), "VN", status)
    (item,) = ask(world, "peers", market="VN").items
    assert values(item)["standing"] == value
    assert texts(item, "reasons")["standing"] == f"Peer {word}: Vietnam"


def test_wanting_to_export_is_no_export(world: World, ask: Ask) -> None:
    world.engagement(peer(world, "seller"), "VN", "active")
    world.engagement(peer(world, "dreamer"), "VN", "targets")
    found = ask(world, "peers", market="VN")
    assert names(found) == ["seller", "dreamer"]
    assert texts(of(found, "dreamer"), "counterReasons") == {
        "wants": "Dreamer does not sell there yet, it only wants to: Vietnam"
    }
    assert of(found, "seller")["counterReasons"] == []
    assert "sells" not in texts(of(found, "dreamer"), "reasons")["standing"]


def test_a_company_that_withdrew_says_when(world: World, ask: Ask) -> None:
    gone = peer(world)
    world.engagement(gone, "VN", "active", attested="2014")
    world.says("s2", issued="2017")
    world.engagement(gone, "VN", "withdrawn", since="2016", attested="2017")
    (item,) = ask(world, "peers", market="VN").items
    assert texts(item, "counterReasons") == {"left": "Peer left this market: Vietnam in 2016"}
    assert [s["id"] for s in item["counterReasons"][0]["sources"]] == ["s2"]
    assert values(item)["standing"] == 0.3


def test_an_engagement_that_ended_is_one_that_left(world: World, ask: Ask) -> None:
    world.engagement(peer(world), "VN", "active", until="2019")
    (item,) = ask(world, "peers", market="VN").items
    assert texts(item, "counterReasons") == {"left": "Peer left this market: Vietnam in 2019"}
    (then,) = ask(world, "peers", market="VN", as_of=date(2018, 1, 1)).items
    assert then["counterReasons"] == []
    assert values(then)["standing"] == 0.9


def test_a_missing_product_is_told(world: World, ask: Ask) -> None:
    world.engagement(peer(world, "other"), "VN", "active", product="wire")
    world.engagement(peer(world, "silent"), "VN", "active")
    world.engagement(peer(world, "same"), "VN", "active", product="beams")
    found = ask(world, "peers", market="VN")
    assert texts(of(found, "other"), "missing")["product"] == "Other sells other products"
    assert texts(of(found, "silent"), "missing")["product"] == "The product of Silent is not known"
    assert values(of(found, "silent"))["product"] is None
    assert texts(of(found, "same"), "reasons")["product"] == "Same product: beams"
    assert names(found)[0] == "same"


def test_what_is_known_for_a_region_only_counts_half(world: World, ask: Ask) -> None:
    world.engagement(peer(world), "ASIA", "active")
    (item,) = ask(world, "peers", market="VN").items
    assert values(item)["standing"] == 0.45
    told = "Peer sells in the region (Asia); no source speaks of Vietnam itself"
    assert texts(item, "reasons")["standing"] == told


def test_a_stranger_of_the_region_is_no_peer_but_one_of_the_market_is(world: World, ask: Ask) -> None:
    world.engagement(peer(world, "near", sectors=["food"]), "VN", "active")
    world.engagement(peer(world, "far", sectors=["food"]), "ASIA", "active")
    assert names(ask(world, "peers", market="VN")) == ["near"]


def test_only_companies_with_a_place_in_limburg_are_peers(world: World, ask: Ask) -> None:
    world.engagement(peer(world, "brussels", place="Vilvoorde"), "VN", "active", product="beams")
    world.engagement(peer(world, "nowhere", place=None), "VN", "active", product="beams")
    assert ask(world, "peers", market="VN").items == []


def test_what_it_can_tell_of(world: World, ask: Ask) -> None:
    host = world.org("host", kind="chamber")
    trader = world.org("trader", "Trader", country="VN")
    for key in ("partner", "place", "mission", "nothing"):
        world.engagement(peer(world, key), "VN", "active")
    org = world.minter.organization
    world.partnership(org("partner", ""), trader)
    world.ownership(org("place", ""), world.org("plant", "Plant", country="VN"))
    world.participation(world.mission("m", ["VN"], host), org("mission", ""))
    found = ask(world, "peers", market="VN")
    assert texts(of(found, "partner"), "reasons")["tells"] == "Partner knows Trader there: Vietnam"
    assert texts(of(found, "place"), "reasons")["tells"] == "Place has Plant there: Vietnam"
    assert texts(of(found, "mission"), "reasons")["tells"] == "Mission went on a mission: Vietnam"
    assert {values(item)["tells"] for item in found.items} == {0.5, None}
    assert "No partners" in texts(of(found, "nothing"), "missing")["tells"]


def test_own_group_is_no_peer(world: World, ask: Ask) -> None:
    daughter = peer(world, "daughter")
    world.ownership(world.minter.organization("asker", ""), daughter)
    world.engagement(daughter, "VN", "active")
    assert ask(world, "peers", market="VN").items == []


def test_without_a_market_the_strongest_of_each_counts(world: World, ask: Ask) -> None:
    other = peer(world)
    world.engagement(other, "VN", "targets")
    world.engagement(other, "JP", "leading")
    peer(world, "homely")
    (item,) = ask(world, "peers").items
    assert texts(item, "reasons")["standing"] == "Peer is leading: Japan"


def test_sentences_come_in_three_languages(world: World, ask: Ask) -> None:
    world.engagement(peer(world), "VN", "targets", product="beams")
    told = {
        lang: texts(ask(world, "peers", market="VN", lang=lang).items[0], "reasons") for lang in ("nl", "fr")
    }
    assert told["nl"]["standing"] == "Peer wil erheen exporteren: Vietnam (beams (nl))"
    assert told["fr"]["sector"] == "Même secteur : steel (fr)"
