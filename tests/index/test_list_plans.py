"""How SQLite goes about a question: by an index, never over all engagements."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.index import Index
from graph.index.build import build
from graph.index.warming import warm
from tests.graphs import TODAY, World
from tests.index.list_fixtures import ask, facets, statements

BIG = {"engagement", "standing", "organization", "partnership", "membership", "tie", "presence", "evidence"}
"""Tables that grow with the graph."""


def pretend_large(path: Path) -> None:
    """Tells the planner that there are a thousand times as many rows; for a few, a scan is the best plan."""
    db = sqlite3.connect(path)
    told = db.execute("SELECT rowid, stat FROM sqlite_stat1").fetchall()
    for row, stat in told:
        rows, _, rest = stat.partition(" ")
        db.execute("UPDATE sqlite_stat1 SET stat = ? WHERE rowid = ?", (f"{int(rows) * 1000} {rest}", row))
    db.commit()
    db.close()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Enough facts that the planner, which knows how many there are, has a reason to choose."""
    world = World()
    for number in range(300):
        place = ("Genk", "Hasselt", "Vilvoorde")[number % 3]
        org = world.org(f"c{number:03}", country=("BE", "NL")[number % 2], place=place, sectors=["food"])
        for where in ("JP", ("TH", "VN", "SG", "PL", "NL")[number % 5]):
            world.engagement(org, where, ("active", "targets")[number % 2], product="pears")
        if number % 50 == 0:
            world.engagement(org, "CN", "active", product="apples")
            world.partnership(org, world.org(f"p{number}", country="CN"))
    path = tmp_path_factory.mktemp("plans") / "index.db"
    build(world.view(), path, "r1")
    pretend_large(path)
    made = Index(path)
    warm(made, TODAY)  # as a service does: columns are read whole, once
    yield made
    made.close()


def plan(index: Index, sql: str) -> list[str]:
    return [str(row[3]) for row in index._db.rows(f"EXPLAIN QUERY PLAN {sql}")]


def scanned(index: Index, ran: list[str]) -> set[str]:
    """The big tables that some statement reads from the first row to the last, or indexes for itself."""
    found: set[str] = set()
    for sql in ran:
        tables = {
            alias or table: table for table, alias in re.findall(r"(?:FROM|JOIN) (\w+)(?: (\w\b))?", sql)
        }
        for step in plan(index, sql):
            match = re.match(r"SCAN (\w+)(?! VIRTUAL)|SEARCH (\w+) USING AUTOMATIC", step)
            if match is not None:
                name = str(match[1] or match[2])
                found.add(str(tables.get(name, name)))
    return found & BIG


@pytest.mark.parametrize(
    "asked",
    [
        {"markets": ("CN",)},
        {"markets": ("CN", "JP")},
        {"markets": ("ASIA",)},
        {"markets": ("CN",), "statuses": ("active",)},
        {"markets": ("CN",), "include_ended": True},
        {"markets": ("CN",), "sectors": ("food",)},
        {"markets": ("CN",), "partner_countries": ("CN",)},
        {"markets": ("CN",), "presence_in": ("JP",)},
        {"markets": ("CN",), "q": "c0"},
        {"markets": ("CN",), "as_of": date(2020, 1, 1)},
        {"markets": ("ASIA", "CN"), "as_of": date(2020, 1, 1), "include_ended": True},
    ],
)
def test_a_market_is_found_without_going_over_all_engagements(index: Index, asked: dict[str, Any]) -> None:
    with statements(index) as ran:
        ask(index, "exporters", page=(1, 5), **asked)
    assert len(ran) > 3
    assert not scanned(index, ran)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM engagement WHERE note = 'x'",
        "SELECT * FROM engagement e WHERE e.until = 'x'",
        "SELECT COUNT(*) FROM engagement",
        "SELECT * FROM concept c CROSS JOIN engagement e ON e.note = c.code",
    ],
)
def test_this_would_be_seen_if_it_happened(index: Index, sql: str) -> None:
    assert scanned(index, [sql]) == {"engagement"}


@pytest.mark.parametrize("asked", [{"markets": ("CN",), "products": ("apples",)}, {"products": ("apples",)}])
def test_a_product_is_found_by_its_index(index: Index, asked: dict[str, Any]) -> None:
    with statements(index) as ran:
        assert ask(index, "exporters", **asked).total == 6
    assert not scanned(index, ran)


def test_partners_of_a_market_and_of_a_company(index: Index) -> None:
    with statements(index) as ran:
        assert ask(index, "partners", markets=("CN",)).total == 6
    assert not scanned(index, ran) - {"partnership"}  # the orders go along the partners' names


def test_one_company_one_market_and_the_network_go_by_index(index: Index) -> None:
    with statements(index) as ran:
        index.company("c000", "en")
        index.market("CN", "en")
        index.neighbourhood("c000", 2, 100, "en")
        index.resolve("c000")
    assert len(ran) > 30
    assert not scanned(index, ran)


def test_counting_the_facets_of_a_market_goes_by_index_as_well(index: Index) -> None:
    with statements(index) as ran:
        counted = facets(index, "exporters", markets=("CN",))
    assert counted["municipality"] == {"71016": 2, "71022": 2, "23088": 2}
    assert "engagement" not in scanned(index, ran)


def test_an_answer_that_was_counted_is_not_counted_again(index: Index) -> None:
    with statements(index) as first:
        ask(index, "exporters", markets=("VN",), page=(1, 3))
    with statements(index) as second:
        ask(index, "exporters", markets=("VN",), page=(2, 3))
    assert len(second) < len(first)
    assert not [sql for sql in second if "COUNT(" in sql]
