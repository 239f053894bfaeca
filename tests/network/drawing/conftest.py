"""Networks to draw: real ones, and one of names that nobody would like to draw."""

from __future__ import annotations

import pytest

from graph.index import Index
from graph.network import Limits, Network, fetch
from tests.graphs import World
from tests.index.conftest import Made
from tests.product.test_browser import chromium

__all__ = ["chromium"]

HARD = (
    "Wijnegemse Maatschappij voor de Internationale Handel in Diepgevroren Fruit en Groenten (Verenigde Fabrieken)",
    "株式会社" * 40,
    "\u202eright to left\u202c שלום עולם חברה בעמ שלום עולם",
    "บริษัท ไทยอุตสาหกรรมเครื่องจักรกลการเกษตรและอาหารแปรรูป จำกัด (มหาชน)",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308algo Z\u0300\u0301\u0302\u0303\u0304\u0305 BV",
    "<script>alert('x')</script> & \"quotes\"",
    "شركة التجارة الدولية للمعدات الزراعية والصناعية المحدودة",
    "👩‍👩‍👧 emoji GmbH 🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢",
    "tab\tline\nfeed\x07",
)


def hard_world() -> World:
    """Forty things with such names, tied to one and to each other."""
    world = World()
    orgs = [
        world.org(
            f"o{number:02}",
            f"{HARD[number % len(HARD)]} {number}",
            kind=("company", "branch", "foreign-partner")[number % 3],
        )
        for number in range(33)
    ]
    for number, org in enumerate(orgs[1:], 1):
        world.partnership(orgs[0] if number < 18 else orgs[number % 7], org)
        world.ownership(orgs[number], orgs[(number * 5) % 33])
    for status, where in zip(
        ("targets", "active", "leading", "entering"), ("CN", "JP", "KR", "TH"), strict=True
    ):
        world.engagement(orgs[0], where, status)
        world.engagement(orgs[2], where, "withdrawn")
    for number in range(3):
        world.person(HARD[number], orgs[0], HARD[number + 3])
    return world


@pytest.fixture(scope="session")
def hard(indexed: Made) -> Network:
    """See `hard_world`."""
    return fetch(indexed(hard_world()), ["o00"], Limits(depth=3, nodes=40, ended=True), lang="en")


@pytest.fixture(scope="session")
def drawn(real: Index, hard: Network) -> dict[str, Network]:
    """What is drawn in tests, by name."""
    return {
        "luminex": fetch(real, ["luminex"], lang="nl"),
        "japan": fetch(real, ["JP"], Limits(depth=2, nodes=40, ended=True), lang="fr"),
        "china": fetch(real, ["CN"], Limits(depth=1, nodes=40), lang="en"),
        "asia": fetch(real, ["luminex", "CN"], Limits(depth=2, nodes=40), lang="nl"),
        "hard": hard,
    }
