"""What is around an organization: nodes, edges, depth, limits, and whether something was cut."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from graph.index import Index
from graph.index.network import KINDS
from graph.model.namespaces import FOAF, RDF, VERRE, code
from tests.graphs import World
from tests.index.conftest import Made
from tests.index.list_fixtures import HOSTILE, Json, Odd, keys, statements


def cast() -> World:
    world = World()
    acme = world.org("acme", "Acme")
    partner, daughter = (
        world.org("partner", "Partner", kind="foreign-partner"),
        world.org("daughter", "Daughter"),
    )
    far, voka = world.org("far", "Far"), world.org("voka", "Voka", kind="chamber")
    world.engagement(acme, "CN", "targets")
    world.engagement(far, "CN", "active")
    world.partnership(acme, partner, "distributor")
    world.ownership(acme, daughter)
    world.partnership(partner, far)
    world.branch("branch", acme, "JP", "Tokyo")
    world.person("Zoe", acme, "CEO")
    world.person("Zoe", far, "adviser")
    world.grant(acme, "Prize", "2019")
    world.grant(far, "Prize", "2019", "nominee")
    world.participation(world.mission("trip", ["KR"], voka), acme)
    Odd(world).member(acme, voka)
    return world


def shown(found: Json) -> set[tuple[str, str]]:
    return {(node["kind"], node["id"]) for node in found["nodes"]}


def around(index: Index, depth: int = 1, limit: int = 100, ref: str = "acme", lang: str = "en") -> Json:
    return index.neighbourhood(ref, depth, limit, lang)


NEAR = {
    ("company", "acme"),
    ("foreign-partner", "partner"),
    ("company", "daughter"),
    ("branch", "branch"),
    ("chamber", "voka"),
    ("market", "CN"),
    ("mission", "trip"),
}


def plain(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Without persons and awards, whose references are hashes."""
    return {each for each in found if each[0] not in {"person", "award"}}


def test_one_step_shows_every_kind_of_relation(indexed: Made) -> None:
    found = around(indexed(cast()))
    assert plain(shown(found)) == NEAR
    assert sorted(n["label"] for n in found["nodes"] if n["kind"] in {"person", "award"}) == ["Prize", "Zoe"]
    assert found["nodes"][0]["id"] == "acme"
    assert found["truncated"] is False


def test_an_edge_says_between_what_which_and_who_says_so(indexed: Made) -> None:
    found = around(indexed(cast()))
    labels = {node["iri"]: node["label"] for node in found["nodes"]}
    edges = {(labels[e["source"]], e["kind"], labels[e["target"]]): e for e in found["edges"]}
    assert {(kind, e["label"], e["status"]) for (_, kind, _), e in edges.items()} == {
        ("engagement", "targets", "targets"),
        ("partnership", "distributor", None),
        ("ownership", "subsidiary", None),
        ("branch", "branch", None),
        ("membership", "role", None),
        ("award", "winner", None),
        ("mission", "mission", None),
    }
    assert set(edges) == {
        ("Acme", "engagement", "China"),
        ("Acme", "partnership", "Partner"),
        ("Acme", "ownership", "Daughter"),
        ("Acme", "branch", "Branch"),
        ("Zoe", "membership", "Acme"),
        ("Acme", "membership", "Voka"),
        ("Acme", "award", "Prize"),
        ("Acme", "mission", "Mission trip"),
    }
    assert all(keys(edge["sources"]) == ["s1"] for edge in found["edges"])


def test_from_the_other_side_the_edge_has_the_same_direction(indexed: Made) -> None:
    (edge,) = around(indexed(cast()), ref="daughter")["edges"]
    assert edge["source"].endswith("/acme")
    assert edge["target"].endswith("/daughter")


def test_the_walk_goes_on_through_companies_and_persons_only(indexed: Made) -> None:
    world = cast()
    world.engagement(world.org("only-market"), "CN", "active")
    world.grant(world.org("only-award"), "Prize", "2019")
    world.participation(world.minter.thing("mission", "trip"), world.org("only-mission"))
    index = indexed(world)
    two = shown(around(index, 2))
    assert ("company", "far") in two
    assert not {node for node in two if node[1].startswith("only-")}
    assert plain(two) - NEAR == {("company", "far")}
    three = around(index, 3)
    kinds = {
        (edge["source"].rpartition("/")[2], edge["kind"], edge["target"].rpartition("/")[2])
        for edge in three["edges"]
    }
    assert ("far", "engagement", "CHN") in kinds


def test_no_step_shows_the_organization_alone(indexed: Made) -> None:
    found = around(indexed(cast()), 0)
    assert (shown(found), found["edges"], found["truncated"]) == ({("company", "acme")}, [], False)


def test_depth_has_an_end(indexed: Made) -> None:
    world = World()
    chain = [world.org(f"c{number}") for number in range(8)]
    for one, other in pairwise(chain):
        world.partnership(one, other)
    index = indexed(world)
    assert len(around(index, 4, ref="c0")["nodes"]) == 5
    assert around(index, 99, ref="c0") == around(index, 4, ref="c0")


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_a_limit_of_nodes_is_kept_and_told(indexed: Made, limit: int) -> None:
    found = around(indexed(cast()), 2, limit)
    assert len(found["nodes"]) == limit
    assert found["truncated"] is True
    there = {node["iri"] for node in found["nodes"]}
    assert all({edge["source"], edge["target"]} <= there for edge in found["edges"])


def test_what_just_fits_is_not_cut(indexed: Made) -> None:
    index = indexed(cast())
    nodes = len(around(index)["nodes"])
    assert around(index, limit=nodes) == around(index, limit=1000)
    assert around(index, limit=nodes)["truncated"] is False


def test_nearest_kinds_come_first(indexed: Made) -> None:
    order = [node["kind"] for node in around(indexed(cast()))["nodes"]]
    assert order[:4] == ["company", "branch", "company", "foreign-partner"]


def crowd(world: World, key: str, number: int) -> None:
    hub = world.org(key, key.title())
    for each in range(number):
        world.partnership(hub, world.org(f"{key}-{each:02}"))


@pytest.mark.parametrize(("more", "cut"), [(0, False), (1, True)])
def test_a_node_gives_only_so_many_of_a_kind_and_says_so(indexed: Made, more: int, cut: bool) -> None:
    world = World()
    crowd(world, "hub", KINDS["partnership"] + more)
    found = around(indexed(world), 1, 1000, "hub")
    assert len(found["edges"]) == KINDS["partnership"]
    assert found["truncated"] is cut


def test_many_of_one_kind_leave_room_for_the_others(indexed: Made) -> None:
    world = World()
    crowd(world, "hub", KINDS["partnership"])
    hub = world.minter.organization("hub")
    world.engagement(hub, "CN", "active")
    world.grant(hub, "Prize", "2019")
    found = around(indexed(world), 1, 1000, "hub")
    assert {edge["kind"] for edge in found["edges"]} == {"partnership", "engagement", "award"}
    assert len(found["edges"]) == KINDS["partnership"] + 2


@pytest.mark.parametrize(("depth", "cut"), [(1, False), (2, True)])
def test_what_a_later_node_does_not_give_is_told_as_well(indexed: Made, depth: int, cut: bool) -> None:
    world = World()
    crowd(world, "hub", KINDS["partnership"] + 1)
    world.ownership(world.org("start"), world.minter.organization("hub"))
    found = around(indexed(world), depth, 1000, "start")
    assert found["truncated"] is cut


def test_a_crowd_that_is_not_walked_through_is_not_cut(indexed: Made) -> None:
    world = World()
    for number in range(KINDS["engagement"] + 1):
        world.engagement(world.org(f"c{number}"), "CN", "active")
    assert around(indexed(world), 3, 1000, "c1")["truncated"] is False


def test_two_relations_of_two_companies_are_two_edges(indexed: Made) -> None:
    world = World()
    a, b = world.org("a"), world.org("b")
    world.partnership(a, b, "distributor")
    world.partnership(a, b, "customer")
    world.partnership(b, a)
    assert len(around(indexed(world), 2, ref="a")["edges"]) == 3


def test_a_circle_comes_to_an_end(indexed: Made) -> None:
    world = World()
    a, b = world.org("a"), world.org("b")
    world.ownership(a, b)
    world.ownership(b, a)
    world.partnership(a, a)
    found = around(indexed(world), 4, ref="a")
    assert [node["id"] for node in found["nodes"]] == ["a", "b"]
    assert len(found["edges"]) == 3


@pytest.mark.parametrize(
    ("lang", "label", "market", "mission"),
    [
        ("nl", "functie", "China", "missie"),
        ("en", "role", "China", "mission"),
        ("fr", "fonction", "Chine", "mission"),
    ],
)
def test_labels_follow_the_language(indexed: Made, lang: str, label: str, market: str, mission: str) -> None:
    found = around(indexed(cast()), lang=lang)
    assert {e["label"] for e in found["edges"] if e["kind"] == "membership"} == {label}
    assert {e["label"] for e in found["edges"] if e["kind"] == "mission"} == {mission}
    assert {n["label"] for n in found["nodes"] if n["kind"] == "market"} == {market}


def test_organizers_and_destinations_of_a_mission_are_edges(indexed: Made) -> None:
    found = around(indexed(cast()), ref="voka")
    assert {(e["kind"], e["label"]) for e in found["edges"]} == {
        ("membership", "role"),
        ("mission", "mission"),
    }


def test_an_organization_of_no_known_kind_is_an_organization(indexed: Made) -> None:
    world = World()
    a, b = world.org("a"), world.named(world.minter.organization("bare"))
    world.partnership(a, b)
    assert ("organization", "bare") in shown(around(indexed(world), ref="a"))


def test_a_participation_with_a_state_is_labelled_by_it(indexed: Made) -> None:
    world = cast()
    part = world.participation(world.mission("late", ["KR"], world.org("voka")), world.org("acme"))
    world.fact(part, (VERRE.participationState, code("participation-state", "cancelled")))
    edges = around(indexed(world))["edges"]
    assert sorted(e["label"] for e in edges if e["kind"] == "mission") == ["cancelled", "mission"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_back_as_they_are(indexed: Made, name: str) -> None:
    world = World()
    world.partnership(world.org("a", name), world.org("b", "Plain"))
    assert [node["label"] for node in around(indexed(world), ref="a")["nodes"]] == [name, "Plain"]


def test_the_number_of_statements_depends_on_depth_alone(indexed: Made) -> None:
    small, large = World(), World()
    crowd(small, "hub", 2)
    crowd(large, "hub", 30)
    ran = []
    for world in (small, large):
        index = indexed(world)
        with statements(index) as seen:
            around(index, 2, 1000, "hub")
        ran.append(len(seen))
    assert ran[0] == ran[1]


def test_a_member_that_is_nobody_known_makes_no_edge(indexed: Made) -> None:
    world = World()
    ghost = world.minter.thing("person", "ghost")
    Odd(world).member(ghost, world.org("acme"))
    world.put(
        world.minter.graph("edit/ghost"), world.minter.thing("person", "other"), [(RDF.type, FOAF.Person)]
    )
    assert around(indexed(world))["edges"] == []


@pytest.mark.parametrize(
    ("status", "dates", "over"),
    [
        ("active", {}, False),
        ("active", {"until": "2008"}, True),
        ("active", {"until": "2040"}, False),
        ("withdrawn", {}, True),
    ],
)
def test_an_engagement_that_is_over_is_marked(
    indexed: Made, status: str, dates: dict[str, str], over: bool
) -> None:
    world = World()
    world.engagement(world.org("acme"), "KR", status, **dates)
    (edge,) = around(indexed(world))["edges"]
    assert edge["ended"] is over


def test_a_withdrawal_attested_later_ends_what_was_before(indexed: Made) -> None:
    world = World()
    acme = world.org("acme")
    world.engagement(acme, "KR", "active", attested="2010")
    world.engagement(acme, "KR", "withdrawn", attested="2015")
    world.engagement(acme, "KR", "entering", attested="2020")
    found = {edge["status"]: edge["ended"] for edge in around(indexed(world))["edges"]}
    assert found == {"active": True, "withdrawn": True, "entering": False}


def test_other_relations_end_too(indexed: Made) -> None:
    world = World()
    acme = world.org("acme")
    world.partnership(acme, world.org("gone"), "distributor", until="2008")
    world.partnership(acme, world.org("here"), "distributor")
    world.ownership(acme, world.org("sold"), until="2009")
    index = indexed(world)
    found = {edge["target"].rpartition("/")[2]: edge["ended"] for edge in around(index)["edges"]}
    assert found == {"gone": True, "here": False, "sold": True}
    past = index.neighbourhood("acme", 1, 20, "en", date(2005, 1, 1))["edges"]
    assert not any(edge["ended"] for edge in past)
