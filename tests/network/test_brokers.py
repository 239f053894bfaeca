"""Who connects Limburg with a market, by which relations, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import NotFound
from graph.index import Index
from graph.index.database import many
from graph.network import Network
from graph.network.broker_words import TEXTS, explain
from graph.network.brokers import BrokerLimits, brokers
from tests.graphs import World
from tests.index.conftest import Made
from tests.index.list_fixtures import Odd


def cast() -> World:
    """Three of Limburg, one of Namur; in Korea an agent of two, a branch, a daughter, a host, a person of both sides."""
    world = World()
    near = [world.org(name, name.title(), country="BE", place="Genk") for name in ("alpha", "beta", "gamma")]
    namur = world.org("namur", "Namur", country="BE", place="Namur")
    agent = world.org("agent", "Agent", country="KR")
    for org in (*near[:2], namur):
        world.partnership(org, agent)
    world.partnership(near[2], world.org("former", "Former", country="KR"), until="2015")
    world.partnership(near[2], world.org("dutch", "Dutch", country="NL"), territory="KR")
    world.branch("seoul", near[0], "KR", "Seoul")
    world.ownership(near[1], world.org("daughter", "Daughter", country="KR"))
    chamber = world.org("voka", "Voka", kind="chamber", country="BE", place="Hasselt")
    Odd(world).member(near[2], chamber)
    world.participation(world.mission("trip", ["KR"], chamber, start="2018-05"), near[0])
    host = world.org("kita", "Kita", kind="chamber", country="KR")
    Odd(world).member(near[1], host, key="host")
    world.person("Zoe", near[2], "CEO")
    world.person("Zoe", agent, "adviser")
    return world


@pytest.fixture(scope="module")
def index(indexed: Made) -> Index:
    return indexed(cast())


def told(found: Network) -> dict[str, dict[str, Any]]:
    return {each["label"]: each for each in found.graph["brokers"]}


def ways(found: Network) -> dict[tuple[str, str], set[str]]:
    return {
        (label, way["way"]): {str(found.nodes[iri]["label"]) for iri in way["organizations"]}
        for label, each in told(found).items()
        for way in each["ways"]
    }


def test_each_sort_of_broker_is_found_with_whom_it_reaches(index: Index) -> None:
    assert ways(brokers(index, "KR", lang="en")) == {
        ("Agent", "partner"): {"Alpha", "Beta"},
        ("Dutch", "partner"): {"Gamma"},
        ("Seoul", "branch"): {"Alpha"},
        ("Daughter", "subsidiary"): {"Beta"},
        ("Mission trip", "mission"): {"Alpha", "Voka"},
        ("Voka", "chamber"): {"Gamma"},
        ("Kita", "host"): {"Beta"},
        ("Zoe", "person"): {"Gamma"},
    }


def test_who_reaches_most_comes_first(index: Index) -> None:
    found = brokers(index, "KR", lang="en").graph["brokers"]
    assert [each["reach"] for each in found] == sorted((each["reach"] for each in found), reverse=True)
    assert {each["label"] for each in found[:2]} == {"Agent", "Mission trip"}


def test_every_way_rests_on_relations_with_sources(index: Index) -> None:
    found = brokers(index, "KR", lang="en")
    for each in found.graph["brokers"]:
        for way in each["ways"]:
            for iri in way["organizations"]:
                between = found.to_undirected(as_view=True)
                assert between.has_edge(each["iri"], iri)
    assert all(facts["sources"] for *_, facts in found.edges(data=True))
    assert found.graph["truncated"] is False


def test_what_is_over_counts_where_it_is_asked_for_or_held_then(index: Index) -> None:
    assert "Former" not in told(brokers(index, "KR"))
    assert "Former" in told(brokers(index, "KR", BrokerLimits(ended=True)))
    then = told(brokers(index, "KR", as_of=date(2012, 1, 1), lang="en"))
    assert "Former" in then
    assert "Mission trip" not in then  # it was in 2018


def test_a_region_stands_for_its_parts(index: Index) -> None:
    assert set(told(brokers(index, "ASIA", lang="en"))) >= {"Agent", "Seoul", "Mission trip"}
    assert told(brokers(index, "CN")) == {}


def test_limits_are_kept_and_told(index: Index) -> None:
    few = brokers(index, "KR", BrokerLimits(top=1))
    assert len(few.graph["brokers"]) == 1
    assert few.graph["truncated"] is True
    small = brokers(index, "KR", BrokerLimits(nodes=4))
    assert len(small) <= 4
    assert small.graph["truncated"] is True


def test_an_unknown_market_is_told(index: Index) -> None:
    with pytest.raises(NotFound) as caught:
        brokers(index, "agent")
    assert caught.value.issues[0].name == "market"


@pytest.mark.parametrize("way", TEXTS)
@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_every_way_is_a_sentence_in_each_language(way: str, lang: str) -> None:
    text = explain(way, lang, ("Broker {0}", "Market"), ["A", "B"], 2)
    assert "Broker {0}" in text
    assert "Market" in text
    assert text.endswith(".")
    assert len({each[way_at] for each in TEXTS.values() for way_at in (0, 1, 2)}) == 3 * len(TEXTS)


@pytest.mark.parametrize(
    ("near", "count", "listed"),
    [
        (["A"], 1, "A"),
        (["A", "B"], 2, "A and B"),
        (["A", "B", "C"], 3, "A, B and C"),
        (["A", "B", "C", "D"], 9, "A, B, C and 6 more"),
    ],
)
def test_many_names_are_counted(near: list[str], count: int, listed: str) -> None:
    assert explain("partner", "en", ("X", "Y"), near, count) == f"X is a partner in or for Y of {listed}."


def test_those_of_limburg_are_those_that_the_index_says(index: Index) -> None:
    refs = index.shaper("en").db.rows("SELECT ref FROM organization WHERE member = 'yes' ORDER BY ref")
    assert {ref for (ref,) in refs} >= {"alpha", "beta", "gamma", "voka"}
    assert many([1]) == "[1]"
