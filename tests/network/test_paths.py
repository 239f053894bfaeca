"""How two things are linked: the shortest chains first, the closest of equally long ones, and no more than asked."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import networkx as nx
import pytest

from graph.errors import InputError, NotFound
from graph.index import Index
from graph.network import Network
from graph.network.paths import PathLimits, paths
from tests.graphs import World
from tests.index.conftest import Made
from tests.network.conftest import labels

EVERYTHING = frozenset({"organization", "person", "mission", "market", "award"})


def ways(found: Network) -> list[list[str]]:
    """Paths as references, persons and awards by their labels."""
    return [[str(found.nodes[iri]["label"]) for iri in path["nodes"]] for path in found.graph["paths"]]


@pytest.fixture(scope="module")
def web(indexed: Made) -> Index:
    """a–p–b, a–Zoe–b, a–q–r–b, all of them in China, and a way by an ownership that is over."""
    world = World()
    a, b, p, q, r = (world.org(name, name) for name in ("a", "b", "p", "q", "r"))
    world.partnership(a, p)
    world.partnership(b, p)
    world.person("Zoe", a, "CEO")
    world.person("Zoe", b, "adviser")
    world.ownership(a, q)
    world.ownership(q, r)
    world.ownership(r, b)
    world.ownership(a, b, until="2010")
    for org in (a, b):
        world.engagement(org, "CN", "active")
        world.grant(org, "Prize", "2019")
    world.org("alone", "alone")
    return indexed(world)


def test_the_shortest_comes_first_and_of_equally_long_ones_the_closest(web: Index) -> None:
    found = paths(web, ("a", "b"), lang="en")
    assert ways(found)[:2] == [["a", "p", "b"], ["a", "Zoe", "b"]]
    assert [path["length"] for path in found.graph["paths"]][:2] == [2, 2]
    assert [path["closeness"] for path in found.graph["paths"]][:2] == [0.64, 0.25]
    assert found.graph["truncated"] is False


def test_as_many_paths_as_are_asked(web: Index) -> None:
    one = paths(web, ("a", "b"), PathLimits(paths=1))
    assert ways(one) == [["a", "p", "b"]]
    assert sorted(labels(one).values()) == ["a", "b", "p"]
    assert one.number_of_edges() == 2


def test_longer_ones_follow_where_few_are_short(web: Index) -> None:
    limits = PathLimits(relations=("ownership",))
    assert ways(paths(web, ("a", "b"), limits)) == [["a", "q", "r", "b"]]
    assert ways(paths(web, ("a", "b"), PathLimits(relations=("ownership",), length=2))) == []


def test_markets_and_awards_are_no_way_unless_asked_for(web: Index) -> None:
    assert not {"China", "Prize"} & {name for way in ways(paths(web, ("a", "b"), lang="en")) for name in way}
    wide = ways(paths(web, ("a", "b"), PathLimits(through=EVERYTHING, paths=4), lang="en"))
    assert {"China", "Prize", "p", "Zoe"} == {way[1] for way in wide}


def test_what_is_over_is_a_way_only_where_it_is_asked_for_or_held_then(web: Index) -> None:
    assert ways(paths(web, ("a", "b"), PathLimits(ended=True)))[0] == ["a", "b"]
    assert ways(paths(web, ("a", "b"), as_of=date(2009, 1, 1)))[0] == ["a", "b"]
    assert ["a", "b"] not in ways(paths(web, ("a", "b"), as_of=date(2011, 1, 1)))


def test_ends_may_be_markets_and_persons(web: Index) -> None:
    assert ways(paths(web, ("a", "CN"), PathLimits(paths=1), lang="fr")) == [["a", "Chine"]]
    zoe = next(iri for iri, node in paths(web, ("a", "b")).nodes(data=True) if node["kind"] == "person")
    assert ways(paths(web, (zoe, "p"), PathLimits(paths=1)))[0][0] == "Zoe"


def test_each_step_has_its_relations_whichever_way_they_go(web: Index) -> None:
    found = paths(web, ("b", "a"), lang="en")
    for path in found.graph["paths"]:
        for one, other in pairwise(path["nodes"]):
            assert found.has_edge(one, other) or found.has_edge(other, one)
    assert found.nodes[found.graph["starts"][0]]["depth"] == 0


def test_no_way_is_no_paths_and_both_ends(web: Index) -> None:
    found = paths(web, ("a", "alone"))
    assert found.graph["paths"] == []
    assert sorted(labels(found).values()) == ["a", "alone"]
    assert found.number_of_edges() == 0


def test_errors_name_the_end(web: Index) -> None:
    for ends, name in ((("nobody", "a"), "from"), (("a", "nobody"), "to")):
        with pytest.raises(NotFound) as caught:
            paths(web, ends)
        assert caught.value.issues[0].name == name
    with pytest.raises(InputError) as wrong:
        paths(web, ("a", "a"))
    assert wrong.value.issues[0].name == "to"


def test_two_hubs_that_do_not_give_all_are_asked_for_each_other(indexed: Made) -> None:
    world = World()
    one, other = world.org("m-hub"), world.org("z-hub")
    for number in range(30):
        world.partnership(one, world.org(f"n{number:02}"))
        world.partnership(other, world.org(f"a{number:02}"))
    world.partnership(one, other)
    found = paths(indexed(world), ("m-hub", "z-hub"), PathLimits(per_relation=3))
    assert [path["length"] for path in found.graph["paths"]] == [1]
    assert found.graph["truncated"] is True


def test_a_circle_of_owners_gives_ways_both_round(indexed: Made) -> None:
    world = World()
    orgs = [world.org(f"c{number}", f"c{number}") for number in range(5)]
    for one, other in pairwise([*orgs, orgs[0]]):
        world.ownership(one, other)
    assert ways(paths(indexed(world), ("c0", "c2"))) == [["c0", "c1", "c2"], ["c0", "c4", "c3", "c2"]]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_first_path_is_as_short_as_networkx_finds_in_the_whole(indexed: Made, seed: int) -> None:
    graph = nx.gnm_random_graph(24, 34, seed=seed)
    world = World()
    orgs = [world.org(f"n{number}") for number in graph]
    for one, other in graph.edges:
        world.partnership(orgs[one], orgs[other])
    index = indexed(world)
    for other in (5, 11, 17, 23):
        found = paths(index, ("n0", f"n{other}"), PathLimits(length=8)).graph["paths"]
        if nx.has_path(graph, 0, other) and nx.shortest_path_length(graph, 0, other) <= 8:
            assert found[0]["length"] == nx.shortest_path_length(graph, 0, other)
        else:
            assert found == []
