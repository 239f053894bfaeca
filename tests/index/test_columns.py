"""Values counted for many companies at once: in memory as in the file, on a day, and only among the companies asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from graph.index import columns
from graph.index.build import build
from graph.index.columns import counted, members
from graph.index.database import Cache, Database, Parameters, Row
from tests.graphs import World

DAY = date(2024, 6, 1).toordinal()
BEFORE = date(2000, 6, 1).toordinal()


@dataclass
class Counter:
    """Counts in one index, with the names of what is counted."""

    db: Database
    cache: Cache

    def ids(self, *keys: str) -> columns.Numbers:
        """The numbers of organizations, by key."""
        known: dict[str, int] = dict(self.db.rows("SELECT ref, id FROM organization"))
        return np.array(sorted(known[key] for key in keys), dtype=np.int64)

    def count(self, name: str, *keys: str, day: int = DAY) -> dict[str, int]:
        """How many of these organizations have each value, by its code."""
        codes: dict[int, str] = dict(self.db.rows("SELECT id, code FROM concept"))
        found = counted(self.db, self.cache, name, self.ids(*keys), day)
        assert len(dict(found)) == len(found)
        return {codes[value]: number for value, number in found}

    def members(self, *keys: str) -> dict[str, int]:
        return members(self.db, self.cache, self.ids(*keys))


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Three companies with sectors, places, partners and branches, of which some are over."""
    world = World()
    one = world.org("one", country="BE", place="Genk", sectors=["steel", "pears"])
    two = world.org("two", country="BE", place="Vilvoorde", sectors=["steel"])
    world.org("three", country="BE")
    for key in ("osaka", "kyoto"):
        world.partnership(one, world.org(key, country="JP"))
    world.partnership(one, world.org("seoul", country="KR"), until="2001")
    world.partnership(two, world.org("nagoya", country="JP"), "customer", until="2001")
    world.branch("tokyo", one, "JP", "Tokyo")
    world.branch("kobe", one, "JP", "Kobe")
    world.branch("beijing", two, "CN", "Beijing")
    path = tmp_path_factory.mktemp("columns") / "index.sqlite"
    build(world.view(), path, "r")
    made = Database(path)
    yield made
    made.close()


@pytest.fixture(params=["file", "memory"])
def counter(request: pytest.FixtureRequest, db: Database, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """Both ways of counting, which have to agree."""
    monkeypatch.setattr(columns, "SMALL", 0 if request.param == "memory" else 100)
    return Counter(db, Cache(10))


ALL = ("one", "two", "three")


def test_each_company_counts_once_a_value(counter: Counter) -> None:
    assert counter.count("sector", *ALL) == {"steel": 2, "pears": 1}
    assert counter.count("municipality", *ALL) == {"71016": 1, "23088": 1}
    assert counter.count("hasPresenceIn", *ALL) == {"JP": 1, "CN": 1}


def test_only_the_companies_asked_about_are_counted(counter: Counter) -> None:
    assert counter.count("sector", "two", "three") == {"steel": 1}
    assert counter.count("municipality", "one") == {"71016": 1}
    assert counter.count("hasPresenceIn", "two") == {"CN": 1}
    assert counter.count("sector", "three") == {}


def test_what_is_over_on_the_day_is_not_counted(counter: Counter) -> None:
    assert counter.count("partnerCountry", *ALL) == {"JP": 1}
    assert counter.count("partnerCountry", *ALL, day=BEFORE) == {"JP": 2, "KR": 1}
    assert counter.count("partnerCountry", "two") == {}


def test_a_day_after_all_that_is_known_leaves_sectors_and_places(counter: Counter) -> None:
    """They have no end: a company does not lose its sector as the years go by."""
    late = date(9999, 12, 31).toordinal()
    assert counter.count("sector", "one", day=late) == {"steel": 1, "pears": 1}
    assert counter.count("municipality", "one", day=late) == {"71016": 1}


def test_members_of_the_area_are_told_from_those_outside_and_the_unknown(counter: Counter) -> None:
    assert counter.members(*ALL) == {"yes": 1, "no": 1, "unknown": 1}
    assert counter.members("one", "three") == {"yes": 1, "unknown": 1}
    assert counter.members("two") == {"no": 1}


def test_no_companies_have_nothing(counter: Counter) -> None:
    assert counter.count("sector") == {}
    assert counter.members() == {}


def test_few_are_counted_without_loading_columns(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded(_: Database) -> columns.Numbers:
        raise AssertionError("a column was loaded")

    monkeypatch.setattr(columns, "_ids", loaded)
    few = Counter(db, Cache(10))
    monkeypatch.setattr(columns, "SMALL", 3)
    assert few.count("sector", *ALL) == {"steel": 2, "pears": 1}
    assert few.members(*ALL) == {"yes": 1, "no": 1, "unknown": 1}
    monkeypatch.setattr(columns, "SMALL", 2)
    with pytest.raises(AssertionError, match="was loaded"):
        few.count("sector", *ALL)
    with pytest.raises(AssertionError, match="was loaded"):
        few.members(*ALL)


def test_a_column_is_read_from_the_file_once(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    rows = db.rows

    def heard(sql: str, parameters: Parameters = ()) -> list[Row]:
        asked.append(sql)
        return rows(sql, parameters)

    monkeypatch.setattr(columns, "SMALL", 0)
    held = Counter(db, Cache(10))
    chosen = held.ids(*ALL)
    monkeypatch.setattr(db, "rows", heard)
    first = counted(db, held.cache, "sector", chosen, DAY)
    assert len(asked) == 2
    assert counted(db, held.cache, "sector", chosen, DAY) == first
    assert len(asked) == 2
