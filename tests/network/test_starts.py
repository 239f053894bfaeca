"""Where a network begins, by any name."""

from __future__ import annotations

import pytest

from graph.errors import NotFound
from graph.index import Index
from graph.network import Limits, fetch
from tests.graphs import World
from tests.index.conftest import Made


def begun(index: Index, ref: str) -> str:
    (node,) = fetch(index, [ref], Limits(depth=0), lang="en").nodes(data="label")
    return str(node[1])


@pytest.mark.parametrize(
    ("ref", "label"),
    [
        ("luminex", "Luminex Network Intelligence"),
        ("https://w3id.org/verre/id/organization/x/luminex", "Luminex Network Intelligence"),
        ("VN", "Vietnam"),
        ("viëtnam", "Vietnam"),
        ("market:Japon", "Japan"),
        ("http://publications.europa.eu/resource/authority/country/JPN", "Japan"),
        ("ASEAN", "ASEAN"),
    ],
)
def test_a_name_means_one_thing(real: Index, ref: str, label: str) -> None:
    assert begun(real, ref) == label


def test_whatever_a_network_shows_can_begin_one(real: Index) -> None:
    found = fetch(real, ["luminex", "voka-limburg"], Limits(depth=3, nodes=400))
    kinds = {node["kind"]: iri for iri, node in found.nodes(data=True)}
    assert {"company", "branch", "person", "market", "mission", "award"} <= set(kinds)
    for iri in kinds.values():
        assert list(fetch(real, [iri], Limits(depth=0))) == [iri]
        if found.nodes[iri]["kind"] in {"person", "mission"}:
            assert list(fetch(real, [found.nodes[iri]["ref"]], Limits(depth=0))) == [iri]


def test_an_organization_goes_before_a_market_of_its_name(indexed: Made) -> None:
    world = World()
    world.org("japan", "Japan NV")
    index = indexed(world)
    assert begun(index, "japan") == "Japan NV"
    assert begun(index, "market:japan") == "Japan"


@pytest.mark.parametrize(
    "ref", ["nobody", "https://example.org/x", "market:nowhere", "market:", "", "'; --", "\u202e"]
)
def test_an_unknown_name_is_told_with_the_parameter(real: Index, ref: str) -> None:
    with pytest.raises(NotFound) as caught:
        fetch(real, [ref])
    (issue,) = caught.value.issues
    assert issue.name == "of"
    assert "no organization, market, person or mission" in issue.detail


def test_a_misspelt_market_is_suggested(real: Index) -> None:
    with pytest.raises(NotFound) as caught:
        fetch(real, ["Vietnm"])
    assert "Vietnam" in caught.value.issues[0].detail
