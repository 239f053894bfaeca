"""The file of an index: how it is made, opened, kept, and asked by many at once."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.index import Index
from graph.index.build import build
from graph.index.database import Cache, many
from graph.index.schema import INDEXES, TABLES, VERSION
from graph.store.view import memory_view
from tests.graphs import TODAY, World
from tests.index.conftest import Made
from tests.index.list_fixtures import ask, contents, ids


def small() -> World:
    world = World()
    world.engagement(world.org("acme", "Acme"), "CN", "active")
    return world


def test_a_release_is_named_inside(tmp_path: Path) -> None:
    build(small().view(), tmp_path / "index.db", "2024-06-01-7")
    assert Index(tmp_path / "index.db").release == "2024-06-01-7"


@pytest.mark.parametrize(
    "name", ["with space.db", "per%20cent.db", "ha#sh.db", "que?ry.db", "é.db", "plus+&=.db"]
)
def test_any_file_name_does(tmp_path: Path, name: str) -> None:
    build(small().view(), tmp_path / name, "r1")
    index = Index(tmp_path / name)
    assert ids(ask(index, "companies")) == ["acme"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_path_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    build(small().view(), Path("index.db"), "r1")
    assert Index(Path("index.db")).release == "r1"


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"missing\.db is no index"):
        Index(tmp_path / "missing.db")
    text = tmp_path / "text.db"
    text.write_text("This is no database, however long it goes on." * 100)
    with pytest.raises(StoreError, match="no index"):
        Index(text)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE meta (other TEXT)")
    db.close()
    with pytest.raises(StoreError, match="no index"):
        Index(other)
    assert not (tmp_path / "missing.db").exists()


def test_an_index_of_another_version_asks_for_a_new_release(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    build(small().view(), path, "r1")
    db = sqlite3.connect(path)
    db.execute("UPDATE meta SET value = '0' WHERE key = 'version'")
    db.commit()
    db.close()
    with pytest.raises(StoreError, match="another version"):
        Index(path)


def test_a_build_replaces_what_was_there_and_what_was_left_half_done(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    path.write_text("old")
    (tmp_path / "index.db.part").write_text("half")
    build(small().view(), path, "r2")
    assert Index(path).release == "r2"
    assert [each.name for each in tmp_path.iterdir()] == ["index.db"]


def test_a_build_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    build(small().view(), path, "r1")

    class Broken:
        def select(self, _query: str) -> None:
            raise RuntimeError("no view")

    with pytest.raises(RuntimeError, match="no view"):
        build(Broken(), path, "r2")  # type: ignore[arg-type]
    assert Index(path).release == "r1"
    build(small().view(), path, "r3")
    assert Index(path).release == "r3"


def test_the_same_graph_makes_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        build(small().view(), tmp_path / name, "r1")

    def dump(name: str) -> dict[str, list[object]]:
        db = sqlite3.connect(tmp_path / name)
        found = contents(db)
        db.close()
        return found

    assert dump("a") == dump("b")


def test_the_file_is_read_only(indexed: Made) -> None:
    database = indexed(small())._db
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.rows("DELETE FROM organization")
    assert database.number("SELECT COUNT(*) FROM organization") == 1


def test_reading(indexed: Made) -> None:
    database = indexed(small())._db
    query = "SELECT value FROM json_each(?) ORDER BY value"
    assert database.rows(query, (many([3, 1, 2]),)) == [(1,), (2,), (3,)]
    assert list(database.iterate(query, (many(["é", "'"]),))) == [("'",), ("é",)]
    assert database.row(query, (many([7]),)) == (7,)
    assert database.row(query, (many([]),)) is None
    assert (database.number(query, (many([7, 8]),)), database.number(query, (many([]),))) == (7, 0)


def test_many_threads_each_have_a_connection(indexed: Made) -> None:
    world = World()
    for number in range(40):
        world.engagement(world.org(f"c{number:02}"), "CN", "active")
    index = indexed(world)
    start = threading.Barrier(4)

    def work(page: int) -> tuple[list[str], int]:
        start.wait(timeout=30)
        found = ids(ask(index, "exporters", page=(page, 10)))
        return found, id(index._db._held().connection)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(work, range(1, 5)))
    assert sorted(name for found, _ in answers for name in found) == [f"c{number:02}" for number in range(40)]
    assert len({connection for _, connection in answers}) == 4


def test_a_file_that_is_replaced_does_not_disturb_who_reads_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    build(small().view(), path, "r1")
    old = Index(path)
    world = small()
    world.org("later")
    build(world.view(), path, "r2")
    assert old.release == "r1"
    assert ids(ask(old, "companies")) == ["acme"]
    assert ids(ask(Index(path), "companies")) == ["acme", "later"]


def test_labels_fold_in_sql_as_in_python(indexed: Made) -> None:
    database = indexed(small())._db
    assert database.rows("SELECT fold('Équateur'), fold(NULL)") == [("equateur", None)]


def test_every_table_and_index_is_made(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    build(small().view(), path, "r1")
    db = sqlite3.connect(path)
    made = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'index')")}
    temporary = {"stated", "status"} & made
    version = db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    db.close()
    wanted = {line.split()[2] for line in TABLES.splitlines() if line.startswith("CREATE TABLE")}
    wanted |= {
        line.partition("INDEX ")[2].split()[0] for line in INDEXES.splitlines() if line.startswith("CREATE")
    }
    assert len(wanted) > 60
    assert wanted <= made
    assert not temporary
    assert version == (VERSION,)


# Kept answers -----------------------------------------------------------------------------------


def test_an_answer_is_made_once_and_the_least_used_goes_first() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    cache = Cache(2)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert cache.get(key, lambda key=key: make(key)) == key.upper()  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]


def test_nothing_is_kept_of_what_failed() -> None:
    cache = Cache(2)

    def fail() -> str:
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        cache.get("a", fail)
    assert cache.get("a", lambda: "now") == "now"


def test_none_and_zero_are_answers_too() -> None:
    cache = Cache(2)
    assert [cache.get("a", lambda: value) for value in (0, 1)] == [0, 0]  # noqa: B023


def test_a_view_without_an_inferred_graph_still_makes_an_index(tmp_path: Path) -> None:
    build(memory_view(small().graphs), tmp_path / "index.db", "r1")
    index = Index(tmp_path / "index.db")
    assert index.company("acme", "en", TODAY)["area"]["member"] == "unknown"
    assert ids(ask(index, "exporters", markets=("CN",))) == ["acme"]
    assert ask(index, "exporters", markets=("ASIA",)).total == 0
