"""The group of an organization as a tree from its top, and the continents of markets."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import NotFound
from graph.index import Index
from graph.index.group import Size, group
from tests.graphs import TODAY, World
from tests.index.conftest import Made

Json = dict[str, Any]


def outline(node: Json) -> Any:
    """The tree as (name, tie, children), with `*` at the organization itself."""
    name = node["id"] + "*" * node["self"]
    return (name, node["kind"], [outline(child) for child in node["children"]])


def tree(index: Index, ref: str, size: Size | None = None) -> Json | None:
    shaper = index.shaper("en", TODAY)
    (number,) = shaper.db.row("SELECT id FROM organization WHERE ref = ?", (ref,)) or (0,)
    return group(shaper, number, size)


def family() -> World:
    world = World()
    top, middle, own = (world.org(key, country="BE") for key in ("top", "middle", "own"))
    world.ownership(top, middle, share=100)
    world.ownership(middle, own, share=60)
    world.ownership(world.org("minor"), own, share=40)
    world.ownership(middle, world.org("sister"))
    child = world.org("child")
    world.ownership(own, child)
    world.ownership(child, world.org("grandchild"))
    world.branch("tokyo", own, "JP", "Tokyo", since="2018")
    return world


def test_the_group_from_its_top_with_sisters_and_all_below(indexed: Made) -> None:
    found = indexed(family()).group("own", "en", TODAY)
    assert found is not None
    below: list[Any] = [
        ("child", "subsidiary", [("grandchild", "subsidiary", [])]),
        ("tokyo", "branch", []),
    ]
    assert outline(found) == (
        "top",
        None,
        [("middle", "subsidiary", [("own*", "subsidiary", below), ("sister", "subsidiary", [])])],
    )
    own = found["children"][0]["children"][0]
    assert (own["share"], [(each["id"], each["share"]) for each in own["owners"]]) == (60, [("minor", 40)])
    assert [source["id"] for source in own["sources"]] == ["s1"]
    assert own["children"][1]["since"] == "2018"


def test_a_branch_sees_its_head_office_and_its_owners(indexed: Made) -> None:
    found = indexed(family()).group("tokyo", "en", TODAY)
    assert found is not None
    own = found["children"][0]["children"][0]
    assert (found["id"], own["id"], own["children"][0]["id"], own["children"][0]["self"]) == (
        "top",
        "own",
        "tokyo",
        True,
    )


def test_who_stands_alone_has_no_group_and_an_unknown_one_is_not_found(indexed: Made) -> None:
    world = World()
    world.org("alone")
    index = indexed(world)
    assert index.group("alone", "en", TODAY) is None
    with pytest.raises(NotFound):
        index.group("nobody", "en", TODAY)


def test_what_is_over_and_mere_investments_are_no_group(indexed: Made) -> None:
    world = World()
    own = world.org("own")
    world.ownership(world.org("former"), own, until="2001")
    world.ownership(world.org("fund"), own, kind="investment")
    assert indexed(world).group("own", "en", TODAY) is None


def test_owners_in_a_circle_end(indexed: Made) -> None:
    world = World()
    one, two = world.org("one"), world.org("two")
    world.ownership(one, two)
    world.ownership(two, one)
    found = indexed(world).group("one", "en", TODAY)
    assert found is not None
    assert outline(found) == ("two", None, [("one*", "subsidiary", [])])


def test_large_groups_are_cut_and_say_how_much_is_left(indexed: Made) -> None:
    world = World()
    top, own = world.org("top"), world.org("own")
    world.ownership(top, own)
    for number in range(6):
        world.ownership(top, world.org(f"sister-{number}"))
        world.ownership(own, world.org(f"child-{number}"))
    found = tree(indexed(world), "own", Size(beside=2, below=4))
    assert found is not None
    assert (len(found["children"]), found["more"]) == (3, 4)
    assert (len(found["children"][0]["children"]), found["children"][0]["more"]) == (4, 2)
    small = tree(indexed(world), "own", Size(nodes=4))
    assert small is not None
    assert len(small["children"]) + len(small["children"][0]["children"]) <= 5


def test_markets_have_their_continent_and_wider_regions_none(indexed: Made) -> None:
    found = indexed(World()).continents(["JP", "CN", "ASIA", "WORLD"], "en")
    assert {code: each["code"] for code, each in found.items()} == {
        "JP": "ASIA",
        "CN": "ASIA",
        "ASIA": "ASIA",
    }
    assert found["JP"]["label"] == "Asia"
