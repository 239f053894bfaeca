"""The part of the graph that figures are computed on: around some things, or a market."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import InputError, NotFound
from graph.index import Index
from graph.network import Limits
from graph.network.projection import DEFAULT, TIES, Scope, project
from tests.graphs import World
from tests.index.conftest import Made


@pytest.fixture(scope="module")
def korea(indexed: Made) -> Index:
    """Who is in or for Korea: a seller, a partner of somebody, a branch, somebody who left."""
    world = World()
    seller, principal, head, gone, other = (
        world.org(name) for name in ("seller", "principal", "head", "gone", "other")
    )
    world.engagement(seller, "KR", "active", since="2015")
    world.engagement(gone, "KR", "active", until="2010")
    world.engagement(other, "CN", "active")
    world.partnership(principal, world.org("agent", country="KR"))
    world.branch("seoul", head, "KR", "Seoul")
    world.partnership(seller, world.org("behind"))
    world.org("local", country="KR")
    return indexed(world)


def members(index: Index, **more: Any) -> set[str]:
    found = project(index, Scope(market="KR"), **more)
    return {node["ref"] for _, node in found.nodes(data=True)}


def test_a_market_is_who_sells_has_a_partner_or_a_branch_or_sits_there_and_who_is_tied_to_them(
    korea: Index,
) -> None:
    assert members(korea) == {"seller", "behind", "principal", "agent", "head", "seoul", "local"}


def test_as_of_a_day(korea: Index) -> None:
    then = members(korea, as_of=date(2009, 1, 1))
    assert "gone" in then
    assert "seller" not in then


def test_a_region_is_all_of_its_parts(korea: Index) -> None:
    found = project(korea, Scope(market="ASIA"))
    assert {"seller", "other"} <= {node["ref"] for _, node in found.nodes(data=True)}


def test_a_limit_is_shared_by_all_sorts_and_told(korea: Index) -> None:
    found = project(korea, Scope(market="KR"), Limits(TIES, 10, 1, 8))
    assert len(found) <= 8
    assert found.graph["truncated"] is True
    assert project(korea, Scope(market="KR"), DEFAULT).graph["truncated"] is False


def test_around_some_things(korea: Index) -> None:
    found = project(korea, Scope(of=("seller",)), Limits(TIES, depth=1))
    assert {node["ref"] for _, node in found.nodes(data=True)} == {"seller", "behind"}


@pytest.mark.parametrize("scope", [Scope(), Scope(("seller",), "KR")])
def test_one_or_the_other_must_be_given(korea: Index, scope: Scope) -> None:
    with pytest.raises(InputError) as caught:
        project(korea, scope)
    assert caught.value.issues[0].name == "of"


def test_a_market_that_there_is_not(korea: Index) -> None:
    with pytest.raises(NotFound) as caught:
        project(korea, Scope(market="seller"))  # an organization is no market
    assert caught.value.issues[0].name == "market"
