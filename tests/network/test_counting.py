"""How many relations of which kind: counted before they are fetched, and what is left beside those shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import NotFound
from graph.index import Index
from graph.network import Limits, fetch
from graph.network.counting import count, remaining
from tests.graphs import World
from tests.index.conftest import Made

TODAY = date(2024, 6, 1)
MOST = 100
EVERY = Limits()


@pytest.fixture(scope="module")
def hub(indexed: Made) -> Index:
    """A hub of seven partnerships, two of them over, an ownership of itself, and a market of eight."""
    world = World()
    hub = world.org("hub", "Hub")
    for number in range(7):
        world.partnership(hub, world.org(f"p{number}"), until="2010" if number > 4 else None)
        world.engagement(world.org(f"p{number}"), "CN", "active")
    world.ownership(hub, hub)
    world.engagement(hub, "CN", "targets")
    return indexed(world)


def counted(
    index: Index, ref: str, limits: Limits = EVERY, most: int = MOST, **more: Any
) -> dict[str, tuple[int, bool]]:
    told = count(index, [ref], (limits, most), today=TODAY, **more)
    return {each["relation"]: (each["count"], each["atLeast"]) for each in told}


def test_each_kind_is_counted(hub: Index) -> None:
    assert counted(hub, "hub") == {
        "partnership": (5, False),
        "engagement": (1, False),
        "ownership": (2, False),
    }
    assert counted(hub, "CN") == {"engagement": (8, False)}


def test_what_is_over_counts_where_it_is_asked_for_or_held_then(hub: Index) -> None:
    assert counted(hub, "hub", Limits(ended=True))["partnership"] == (7, False)
    assert counted(hub, "hub", as_of=date(2009, 1, 1))["partnership"] == (7, False)


def test_counting_stops_where_it_is_told_to(hub: Index) -> None:
    assert counted(hub, "CN", most=8) == {"engagement": (8, False)}
    assert counted(hub, "CN", most=7) == {"engagement": (7, True)}


def test_several_things_are_told_apart_and_named(hub: Index) -> None:
    told = count(hub, ["hub", "CN", "hub"], (Limits(relations=("engagement",)), MOST), lang="fr", today=TODAY)
    assert [(each["label"], each["relation"], each["relationLabel"], each["count"]) for each in told] == [
        ("Hub", "engagement", "marché", 1),
        ("Chine", "engagement", "marché", 8),
    ]
    assert count(hub, ["hub"], (Limits(relations=()), MOST)) == []
    with pytest.raises(NotFound):
        count(hub, ["nobody"], (Limits(), MOST))


def test_what_is_left_is_put_on_each_node(hub: Index) -> None:
    limits = Limits(per_relation=2)
    found = fetch(hub, ["hub"], limits, today=TODAY, lang="en")
    remaining(hub, found, (limits, MOST), today=TODAY)
    more = {facts["ref"]: facts.get("more") for _, facts in found.nodes(data=True)}
    assert more["hub"] == {"partnership": 3}
    assert more["CN"] == {"engagement": 7}
    assert more["p0"] == {"engagement": 1}
    assert found.graph["countedTo"] == MOST


def test_nothing_is_left_where_all_is_shown(hub: Index) -> None:
    limits = Limits(depth=3, through=frozenset({"organization", "market"}))
    found = fetch(hub, ["hub"], limits, today=TODAY)
    remaining(hub, found, (limits, MOST), today=TODAY)
    assert not any("more" in facts for _, facts in found.nodes(data=True))
