"""Networks made from small graphs, and the real one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from graph.index import Index
from graph.index.build import build
from graph.network import Network
from tests.graphs import World
from tests.index.conftest import Made
from tests.index.list_fixtures import Odd


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Makes the index of a world; each call a new file."""
    made: list[Index] = []
    numbers = count()

    def make(world: World) -> Index:
        path = tmp_path_factory.mktemp("network") / "index.db"
        build(world.view(), path, f"r{next(numbers)}")
        made.append(Index(path))
        return made[-1]

    yield make
    for index in made:
        index.close()


def cast() -> World:
    """Acme with one relation of every kind, and Far, whom it knows by Partner, Zoe, the prize and China."""
    world = World()
    acme, far = world.org("acme", "Acme"), world.org("far", "Far")
    partner = world.org("partner", "Partner", kind="foreign-partner")
    voka = world.org("voka", "Voka", kind="chamber")
    world.engagement(acme, "CN", "targets", attested="2018-02")
    world.engagement(far, "CN", "active")
    world.partnership(acme, partner, "distributor")
    world.partnership(partner, far)
    world.ownership(acme, world.org("daughter", "Daughter"))
    world.branch("branch", acme, "JP", "Tokyo")
    world.person("Zoe", acme, "CEO")
    world.person("Zoe", far, "adviser")
    world.grant(acme, "Prize", "2019")
    world.grant(far, "Prize", "2019", "nominee")
    world.participation(world.mission("trip", ["KR"], voka), acme)
    Odd(world).member(acme, voka)
    return world


@pytest.fixture(scope="session")
def small(indexed: Made) -> Index:
    """The index of `cast`."""
    return indexed(cast())


@pytest.fixture(scope="session")
def real(real_index: Index) -> Index:
    """The index of the data that comes with Verre."""
    return real_index


def named(found: Network) -> set[tuple[str, str]]:
    """Nodes as kind and reference, or label where the reference is a hash."""
    return {
        (node["kind"], node["label"] if node["kind"] in {"person", "award"} else node["ref"])
        for _, node in found.nodes(data=True)
    }


def tied(found: Network) -> set[tuple[str, str, str]]:
    """Edges as label, kind, label."""
    names = labels(found)
    return {(names[a], facts["kind"], names[b]) for a, b, facts in found.edges(data=True)}


def labels(found: Network) -> dict[str, str]:
    """The labels of nodes."""
    return {iri: str(node["label"]) for iri, node in found.nodes(data=True)}
