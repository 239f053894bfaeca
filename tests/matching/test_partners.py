"""Partners: who is in or for a market and fits, what speaks against it, and nobody who does not."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model.namespaces import VERRE, code
from graph.model.terms import NamedNode
from tests.graphs import World, when
from tests.matching.conftest import Ask, names, of, texts, values


@pytest.fixture
def world() -> World:
    """A company of Genk that sells steel, and nothing else."""
    made = World()
    made.org("asker", "Asker", country="BE", place="Genk", sectors=["steel"])
    return made


def partner(world: World, key: str = "trader", **more: object) -> NamedNode:
    """A foreign company; in Japan and in steel unless said otherwise."""
    given = {"kind": "foreign-partner", "country": "JP", "sectors": ["steel"], **more}
    return world.org(key, **given)  # type: ignore[arg-type]


def asker(world: World) -> NamedNode:
    return world.minter.organization("asker", "")


def test_who_is_there_in_the_same_sector_is_proposed_with_reasons(world: World, ask: Ask) -> None:
    partner(world)
    (item,) = ask(world, "partners", market="JP").items
    assert item["organization"]["id"] == "trader"
    assert texts(item, "reasons") == {"place": "Trader is there: Japan", "sector": "Same sector: steel"} | {
        "network": "Trader is near in the network"
    }
    assert [s["id"] for s in item["reasons"][0]["sources"]] == ["s1"]
    assert texts(item, "missing")["role"] == "No source names Trader as a partner of anybody"


def test_nobody_is_invented(world: World, ask: Ask) -> None:
    partner(world, "baker", sectors=["food"])  # there, and in another trade
    partner(world, "elsewhere", country="CN")  # the same trade, and not there
    partner(world, "nowhere", country=None)  # nobody knows where
    assert ask(world, "partners", market="JP").items == []


def test_who_supports_trade_is_no_partner(world: World, ask: Ask) -> None:
    partner(world, "chamber", kind="chamber")
    assert ask(world, "partners", market="JP").items == []


def test_own_group_and_partners_of_today_are_left_out(world: World, ask: Ask) -> None:
    world.ownership(asker(world), partner(world, "daughter"))
    world.partnership(asker(world), partner(world, "friend"))
    world.branch("office", asker(world), "JP", "Tokyo")
    assert ask(world, "partners", market="JP").items == []


def test_an_exclusive_rival_speaks_against_it(world: World, ask: Ask) -> None:
    rival = world.org("rival", "Rival", country="BE", sectors=["steel"])
    tie = world.partnership(rival, partner(world), territory="JP", until="2027")
    free = ask(world, "partners", market="JP").items[0]["score"]
    world.fact(tie, (VERRE.exclusivity, code("exclusivity", "exclusive")))
    item = of(ask(world, "partners", market="JP"), "trader")
    assert texts(item, "counterReasons") == {
        "exclusive": "Trader is exclusive with a competitor, Rival until 2027"
    }
    assert item["counterReasons"][0]["sources"][0]["id"] == "s1"
    assert item["score"] == pytest.approx(free * 0.4, abs=1e-3)


def test_exclusivity_elsewhere_or_of_the_past_does_not(world: World, ask: Ask) -> None:
    rival = world.org("rival", country="BE", sectors=["steel"])
    for key, more in (("one", {"territory": "CN"}), ("two", {"territory": "JP", "until": "2020"})):
        tie = world.partnership(rival, partner(world, key), **more)
        world.fact(tie, (VERRE.exclusivity, code("exclusivity", "exclusive")))
    found = ask(world, "partners", market="JP")
    assert names(found) == ["one", "two"]
    assert all(item["counterReasons"] == [] for item in found.items)


def test_exclusivity_with_somebody_of_unknown_trade_is_told_as_such(world: World, ask: Ask) -> None:
    other = world.org("other", "Other", country="BE")
    tie = world.partnership(other, partner(world), territory="ASIA")
    world.fact(tie, (VERRE.exclusivity, code("exclusivity", "sole")))
    item = of(ask(world, "partners", market="JP"), "trader")
    assert texts(item, "counterReasons")["exclusive"].startswith(
        "Trader is exclusive with Other, whose sector"
    )
    assert values(item)["exclusive"] == 0.5


def test_exclusivity_for_another_trade_does_not_matter(world: World, ask: Ask) -> None:
    tie = world.partnership(world.org("baker", sectors=["food"]), partner(world))
    world.fact(tie, (VERRE.exclusivity, code("exclusivity", "exclusive")))
    assert of(ask(world, "partners", market="JP"), "trader")["counterReasons"] == []


def test_a_partnership_that_ended_is_told(world: World, ask: Ask) -> None:
    world.partnership(asker(world), partner(world), until="2016")
    item = of(ask(world, "partners", market="JP"), "trader")
    assert texts(item, "counterReasons") == {"former": "Asker and Trader worked together until 2016"}


def test_a_market_that_the_company_left_is_told(world: World, ask: Ask) -> None:
    partner(world)
    world.engagement(asker(world), "JP", "withdrawn", since="2016")
    item = of(ask(world, "partners", market="JP"), "trader")
    assert texts(item, "counterReasons") == {"left": "Asker left this market: Japan in 2016"}


def test_who_belongs_to_a_competitor_is_marked(world: World, ask: Ask) -> None:
    world.ownership(world.org("rival", "Rival", sectors=["steel"]), partner(world, "plant"))
    world.ownership(world.org("holding", "Holding"), partner(world, "shop"))
    found = ask(world, "partners", market="JP")
    assert values(of(found, "plant"))["rival"] == 1
    assert texts(of(found, "shop"), "counterReasons") == {"rival": "Shop belongs to Holding"}


def test_who_exports_the_same_is_a_rival(world: World, ask: Ask) -> None:
    world.engagement(partner(world, country="BE", place="Hasselt"), "CN", "active")
    item = of(ask(world, "partners", market="BE"), "trader")
    assert texts(item, "counterReasons") == {"rival": "Trader is an exporter in the same sector itself"}


def test_a_territory_a_place_and_a_region_count_as_being_there(world: World, ask: Ask) -> None:
    far = world.org("principal", sectors=["food"])
    world.partnership(far, partner(world, "territory", country="CN"), territory="JP")
    world.ownership(
        partner(world, "presence", country="CN"), world.org("plant", country="JP", sectors=["food"])
    )
    world.partnership(far, partner(world, "region", country="CN"), territory="ASIA")
    found = ask(world, "partners", market="JP")
    assert {name: values(of(found, name))["place"] for name in names(found)} == {
        "territory": 0.9,
        "presence": 0.9,
        "region": 0.4,
    }


def test_the_principal_of_a_territory_is_not_there(world: World, ask: Ask) -> None:
    maker = partner(world, "maker", country="CN")
    world.partnership(maker, world.org("seller", country="CN", sectors=["food"]), territory="JP")
    assert names(ask(world, "partners", market="JP")) == ["seller"]


def test_of_a_supplier_the_principal_is_the_one_that_buys(world: World, ask: Ask) -> None:
    buyer = partner(world, "buyer", country="CN")
    world.partnership(buyer, world.org("maker", country="CN"), "supplier", territory="JP")
    assert names(ask(world, "partners", market="JP")) == ["buyer"]


def test_roles_and_peers_count(world: World, ask: Ask) -> None:
    peer = world.org("peer", "Peer", country="BE", sectors=["steel"])
    world.partnership(peer, partner(world, "dealer"), "distributor")
    world.partnership(peer, partner(world, "friend"), "partner")
    partner(world, "stranger")
    found = ask(world, "partners", market="JP")
    assert names(found) == ["dealer", "friend", "stranger"]
    assert [values(item)["role"] for item in found.items] == [1, 0.6, None]
    assert texts(of(found, "dealer"), "reasons")["peers"] == "Dealer works with Peer, a company like this one"
    assert values(of(found, "dealer"))["peers"] == 0.5


def test_without_a_market_the_companys_own_markets_count(world: World, ask: Ask) -> None:
    for key, land in (("a", "JP"), ("b", "CN"), ("c", "KR"), ("d", None)):
        partner(world, key, country=land)
    world.engagement(asker(world), "JP", "active")
    world.engagement(asker(world), "CN", "targets")
    found = ask(world, "partners")
    assert {name: values(of(found, name))["place"] for name in names(found)} == {
        "a": 1,
        "b": 1,
        "c": 0,
        "d": None,
    }
    assert "where Asker sells" in texts(of(found, "a"), "reasons")["place"]
    assert "where Asker wants to sell" in texts(of(found, "b"), "reasons")["place"]
    assert texts(of(found, "d"), "missing")["place"] == "The country of D is not known"


def test_who_left_the_market_is_marked(world: World, ask: Ask) -> None:
    world.engagement(partner(world), "JP", "active", until="2019")
    item = of(ask(world, "partners", market="JP"), "trader")
    assert texts(item, "counterReasons")["left"] == "Trader left this market: Japan in 2019"


def test_what_had_not_begun_does_not_count_then(world: World, ask: Ask) -> None:
    peer = world.org("peer", sectors=["steel"])
    tie = world.partnership(peer, partner(world))
    world.fact(tie, (NamedNode("https://schema.org/startDate"), when("2020")))
    now, then = (ask(world, "partners", market="JP", as_of=day) for day in (None, date(2019, 1, 1)))
    assert values(of(now, "trader"))["peers"] == 0.5
    assert values(of(then, "trader"))["peers"] == 0


def test_markets_of_a_region_are_markets(world: World, ask: Ask) -> None:
    partner(world)
    assert names(ask(world, "partners", market="ASIA")) == ["trader"]
