"""What is around something: kinds, directions, attributes, limits, days."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from graph.index import Index
from graph.network import RELATIONS, Limits, fetch
from tests.graphs import World
from tests.index.conftest import Made
from tests.index.list_fixtures import HOSTILE, Odd, keys, statements
from tests.network.conftest import cast, labels, named, tied

NEAR = {
    ("company", "acme"),
    ("foreign-partner", "partner"),
    ("company", "daughter"),
    ("branch", "branch"),
    ("chamber", "voka"),
    ("market", "CN"),
    ("mission", "trip"),
    ("person", "Zoe"),
    ("award", "Prize"),
}


def test_one_step_shows_every_kind_of_relation_and_its_direction(small: Index) -> None:
    found = fetch(small, ["acme"], lang="en")
    assert named(found) == NEAR
    assert tied(found) == {
        ("Acme", "engagement", "China"),
        ("Acme", "partnership", "Partner"),
        ("Acme", "ownership", "Daughter"),
        ("Acme", "branch", "Branch"),
        ("Zoe", "membership", "Acme"),
        ("Acme", "membership", "Voka"),
        ("Acme", "award", "Prize"),
        ("Acme", "mission", "Mission trip"),
    }
    assert found.graph == {
        "starts": [next(iter(found.nodes))],
        "truncated": False,
        "day": date.today().isoformat(),  # noqa: DTZ011
        "lang": "en",
    }


def test_a_node_says_what_and_where_it_is(small: Index) -> None:
    found = fetch(small, ["acme"], lang="fr")
    nodes = {node["ref"]: node for _, node in found.nodes(data=True)}
    assert {
        name: nodes["branch"][name] for name in ("kind", "label", "country", "countryLabel", "depth")
    } == {
        "kind": "branch",
        "label": "Branch",
        "country": "JP",
        "countryLabel": "Japon",
        "depth": 1,
    }
    assert nodes["CN"]["label"] == "Chine"
    assert nodes["CN"]["country"] == "CN"
    assert "country" not in nodes["acme"]  # nobody says where it is
    assert all(node["iri"] == iri for iri, node in found.nodes(data=True))


def test_an_edge_says_since_when_how_close_and_who_says_so(indexed: Made) -> None:
    world = World()
    acme = world.org("acme")
    world.engagement(acme, "KR", "active", since="2010", attested="2018-02", product="software")
    world.partnership(acme, world.org("p"), "distributor", since="2015-03", until="2030", territory="KR")
    world.person("Zoe", acme, "CEO")
    found = fetch(indexed(world), ["acme"], lang="en")
    edges = {facts["kind"]: facts for *_, facts in found.edges(data=True)}
    engagement, partnership = edges["engagement"], edges["partnership"]
    assert {k: engagement[k] for k in ("status", "since", "attested", "ended", "dateUnknown", "weight")} == {
        "status": "active",
        "since": "2010",
        "attested": "2018-02",
        "ended": False,
        "dateUnknown": False,
        "weight": 0.6,
    }
    assert {k: partnership[k] for k in ("role", "since", "until", "territory", "weight")} == {
        "role": "distributor",
        "since": "2015-03",
        "until": "2030",
        "territory": "KR",
        "weight": 0.8,
    }
    assert edges["membership"]["label"] == "CEO"
    assert edges["membership"]["dateUnknown"] is True
    assert all(keys(facts["sources"]) == ["s1"] for facts in edges.values())


def test_the_key_of_an_edge_is_its_own(indexed: Made) -> None:
    world = cast()
    world.participation(world.mission("trip", ["KR", "JP"], world.org("voka")), world.org("far"))
    found = fetch(indexed(world), ["acme"], Limits(depth=3, through=frozenset({"organization", "mission"})))
    used = [key for _, _, key in found.edges(keys=True)]
    assert len(set(used)) == len(used) > 12


def test_the_walk_goes_on_through_companies_and_persons_unless_more_is_asked(indexed: Made) -> None:
    world = cast()
    world.engagement(world.org("only-market"), "CN", "active")
    world.grant(world.org("only-award"), "Prize", "2019")
    world.participation(world.minter.thing("mission", "trip"), world.org("only-mission"))
    index = indexed(world)
    assert named(fetch(index, ["acme"], Limits(depth=2))) - NEAR == {("company", "far")}
    for kind, met in (("market", "only-market"), ("award", "only-award"), ("mission", "only-mission")):
        wider = named(fetch(index, ["acme"], Limits(depth=2, through=frozenset({kind}))))
        assert ("company", met) in wider
        assert len({each for each in wider if each[1].startswith("only-")}) == 1


def test_where_it_begins_it_goes_on_in_any_case(small: Index) -> None:
    assert named(fetch(small, ["market:CN"])) == {("market", "CN"), ("company", "acme"), ("company", "far")}
    both = fetch(small, ["far", "CN", "far"], Limits(depth=0))
    assert [node["ref"] for _, node in both.nodes(data=True)] == ["far", "CN"]


@pytest.mark.parametrize("relation", RELATIONS)
def test_only_the_relations_that_are_asked_for_are_followed(small: Index, relation: str) -> None:
    found = fetch(small, ["acme"], Limits(relations=(relation,)))
    assert {facts["kind"] for *_, facts in found.edges(data=True)} == {relation}


def test_no_relation_at_all_is_the_start_alone(small: Index) -> None:
    assert named(fetch(small, ["acme"], Limits(relations=()))) == {("company", "acme")}


def test_depth_has_an_end(indexed: Made) -> None:
    world = World()
    chain = [world.org(f"c{number}") for number in range(8)]
    for one, other in pairwise(chain):
        world.partnership(one, other)
    found = fetch(indexed(world), ["c0"], Limits(depth=4))
    assert {node["ref"]: node["depth"] for _, node in found.nodes(data=True)} == {
        f"c{n}": n for n in range(5)
    }


@pytest.mark.parametrize("nodes", [1, 2, 5])
def test_a_limit_of_nodes_is_kept_and_told(small: Index, nodes: int) -> None:
    found = fetch(small, ["acme"], Limits(depth=2, nodes=nodes))
    assert len(found) == nodes
    assert found.graph["truncated"] is True


@pytest.mark.parametrize(("more", "cut"), [(0, False), (1, True)])
def test_a_hub_gives_only_so_many_of_a_kind_and_says_so(indexed: Made, more: int, cut: bool) -> None:
    world = World()
    hub = world.org("hub")
    for number in range(3 + more):
        world.engagement(world.org(f"c{number}"), "CN", "active")
        world.partnership(hub, world.org(f"c{number}"))
    world.ownership(hub, world.org("daughter"))
    index = indexed(world)
    for ref in ("hub", "CN"):
        found = fetch(index, [ref], Limits(per_relation=3))
        assert found.graph["truncated"] is cut
        assert len([1 for *_, f in found.edges(data=True) if f["kind"] in {"partnership", "engagement"}]) == 3


def ended() -> World:
    world = World()
    acme = world.org("acme")
    world.partnership(acme, world.org("gone"), "distributor", until="2008")
    world.partnership(acme, world.org("here"), "distributor")
    world.partnership(acme, world.org("later"), "distributor", since="2030")
    world.ownership(acme, world.org("sold"), until="2009")
    world.engagement(acme, "KR", "active", attested="2010")
    world.engagement(acme, "KR", "withdrawn", attested="2015")
    world.engagement(acme, "JP", "active", until="2012")
    world.engagement(acme, "CN", "targets", attested="2018")
    world.grant(acme, "Prize", "2019")
    world.mission("trip", ["KR"], acme, start="2017-05")
    return world


@pytest.fixture(scope="module")
def past(indexed: Made) -> Index:
    """The index of `ended`."""
    return indexed(ended())


TODAY = date(2024, 6, 1)
EVENTS = {"trip", "Prize"}


@pytest.mark.parametrize(
    ("as_of", "over", "seen"),
    [
        (None, False, {"here", "later", "CN"} | EVENTS),
        (None, True, {"gone", "here", "later", "sold", "KR", "JP", "CN"} | EVENTS),
        (date(2005, 1, 1), False, {"gone", "here", "sold", "KR", "JP", "CN"}),
        (date(2012, 1, 1), False, {"here", "KR", "JP", "CN"}),
        (date(2016, 1, 1), False, {"here", "CN"}),
        (date(2018, 1, 1), False, {"here", "CN", "trip"}),
        (date(2020, 1, 1), False, {"here", "CN"} | EVENTS),
        (date(2020, 1, 1), True, {"gone", "here", "sold", "KR", "JP", "CN"} | EVENTS),
        (date(2031, 1, 1), False, {"here", "later", "CN"} | EVENTS),
    ],
)
def test_only_what_held_on_the_day(past: Index, as_of: date | None, over: bool, seen: set[str]) -> None:
    found = fetch(past, ["acme"], Limits(ended=over), as_of, "en", TODAY)
    assert {name for _, name in named(found)} - {"acme"} == seen
    assert found.graph["day"] == (as_of or TODAY).isoformat()


def test_what_is_over_is_marked_and_ties_half(past: Index) -> None:
    found = fetch(past, ["acme"], Limits(ended=True), None, "en", TODAY)
    edges = {
        (facts["kind"], found.nodes[b]["ref"], facts.get("status")): (facts["ended"], facts["weight"])
        for _, b, facts in found.edges(data=True)
    }
    assert edges["partnership", "gone", None] == (True, 0.4)
    assert edges["partnership", "here", None] == (False, 0.8)
    assert edges["engagement", "KR", "active"] == (True, 0.3)
    assert edges["engagement", "KR", "withdrawn"] == (True, 0.05)


def test_a_circle_of_owners_comes_to_an_end(indexed: Made) -> None:
    world = World()
    a, b, c = (world.org(name) for name in "abc")
    for owner, owned in ((a, b), (b, c), (c, a), (a, a)):
        world.ownership(owner, owned)
    found = fetch(indexed(world), ["a"], Limits(depth=4))
    assert (len(found.nodes), len(found.edges)) == (3, 4)


def test_hostile_names_come_back_as_they_are(indexed: Made) -> None:
    world = World()
    hub = world.org("hub", "Hub")
    for number, name in enumerate(HOSTILE):
        world.partnership(hub, world.org(f"n{number}", name))
    assert set(labels(fetch(indexed(world), ["hub"])).values()) == {"Hub", *HOSTILE}


def test_the_number_of_statements_does_not_grow_with_the_hub(indexed: Made) -> None:
    ran = []
    for size in (2, 30):
        world = World()
        hub = world.org("hub")
        for number in range(size):
            world.partnership(hub, world.org(f"p{number}"))
        index = indexed(world)
        with statements(index) as seen:
            fetch(index, ["hub"], Limits(depth=2))
        ran.append(len(seen))
    assert ran[0] == ran[1]


def test_a_member_that_is_nobody_known_is_no_node(indexed: Made) -> None:
    world = World()
    Odd(world).member(world.minter.thing("person", "ghost"), world.org("acme"))
    assert named(fetch(indexed(world), ["acme"])) == {("company", "acme")}


def test_luminex_has_its_branches_and_wants_to_go_to_vietnam(real: Index) -> None:
    found = fetch(real, ["luminex"], lang="en")
    edges = {(found.nodes[b]["label"], facts["kind"]): facts for _, b, facts in found.edges(data=True)}
    assert edges["Vietnam", "engagement"]["status"] == "targets"
    assert keys(edges["Luminex branch in Tokyo", "branch"]["sources"]) == ["s001"]
    assert "iri" not in edges["Luminex branch in Tokyo", "branch"]
