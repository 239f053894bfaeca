"""An index that takes a change: what it shares, what it leaves alone, and when it is made again."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.index import ExporterFilter, Index, PageRequest, touched
from graph.index.build import build
from graph.index.change import build_change, compact
from graph.index.database import log_of
from graph.index.numbers import between, key_of, spread
from graph.model.namespaces import ORG, RDF, RDFS, SCHEMA, SKOS, VERRE
from graph.model.terms import Literal, Quad
from graph.store.change import Change
from tests.graphs import TODAY, World, market
from tests.index.change_cases import MINTER, State, answers, changed, quads_of, whole
from tests.index.list_fixtures import ask, ids

S1 = MINTER.source_graph("s1")


def grown(companies: int) -> World:
    world = World()
    for number in range(companies):
        org = world.org(f"c{number:03}", f"Company {number:03}", place="Genk")
        world.engagement(org, "CN", "active")
    return world


def hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def chain(folder: Path, length: int) -> list[tuple[Path, State]]:
    """Releases that each have one company more than the one before."""
    world, made = grown(1), []
    path = folder / "0.sqlite"
    state = State(quads_of(world.graphs))
    build(state.view(), path, "r0")
    made.append((path, state))
    for number in range(1, length):
        world.engagement(world.org(f"n{number:03}", f"New {number:03}"), "CN", "active")
        state = State(quads_of(world.graphs))
        path = folder / f"{number}.sqlite"
        base, before = made[-1]
        assert build_change(base, state.view(), state.since(before), path, f"r{number}")
        made.append((path, state))
    return made


def total(index: Index) -> int:
    return index.exporters(ExporterFilter(TODAY, markets=("CN",)), PageRequest(), "en").total


def total_at(path: str) -> tuple[str, int]:
    index = Index(Path(path))
    try:
        return index.release, total(index)
    finally:
        index.close()


def test_each_of_a_hundred_releases_goes_on_saying_what_it_said(tmp_path: Path) -> None:
    world, number = grown(1), 0
    path, state = tmp_path / "0.sqlite", State(quads_of(world.graphs))
    build(state.view(), path, "r0")
    main, held, logs = hash_of(path), [], {}
    for number in range(1, 101):
        org = world.org(f"n{number:03}", f"New {number:03}")
        quad = Quad(org, VERRE.country, market("CN"), S1)
        new = State(state.quads | {q for q in quads_of(world.graphs) if q.subject == org} | {quad})
        following = tmp_path / f"{number}.sqlite"
        assert build_change(path, new.view(), new.since(state), following, f"r{number}")
        path, state = following, new
        logs[path] = hash_of(log_of(path))
        if number % 20 == 0:
            held.append((number, Index(path)))
    for number, index in held:
        assert (index.release, index.counts(TODAY)["organizations"]) == (f"r{number}", number + 1)
        index.close()
    for number in (1, 50, 99, 100):
        index = Index(tmp_path / f"{number}.sqlite")
        assert index.counts(TODAY)["organizations"] == number + 1
        index.close()
    assert {hash_of(each) for each in tmp_path.glob("*.sqlite")} == {main}
    assert len({each.stat().st_ino for each in tmp_path.glob("*.sqlite")}) == 1
    assert {each: hash_of(log_of(each)) for each in logs} == logs
    assert not list(tmp_path.glob("*-shm"))


def test_threads_and_processes_read_side_by_side(tmp_path: Path) -> None:
    made = chain(tmp_path, 4)
    index = Index(made[3][0])
    found: list[int] = []

    def read() -> None:
        found.extend(total(index) for _ in range(5))

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    with get_context("spawn").Pool(2) as pool:
        apart = pool.map(total_at, [str(path) for path, _ in made] * 2)
    for thread in threads:
        thread.join()
    index.close()
    assert found == [4] * 30
    assert apart == [(f"r{number}", number + 1) for number in range(4)] * 2


def test_a_folder_that_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    made = chain(tmp_path, 2)
    for each in tmp_path.iterdir():
        each.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert total_at(str(made[1][0])) == ("r1", 2)
        assert sorted(each.name for each in tmp_path.iterdir()) == ["0.sqlite", "1.sqlite", "1.sqlite-wal"]
    finally:
        tmp_path.chmod(0o755)


def test_a_large_log_becomes_a_file_of_its_own(tmp_path: Path) -> None:
    made = chain(tmp_path, 3)
    path, state = made[-1]
    world = grown(1)
    world.org("late", "Late")
    new = State(state.quads | quads_of(world.graphs))
    following = tmp_path / "late.sqlite"
    assert build_change(path, new.view(), new.since(state), following, "late", largest_log=0)
    assert following.stat().st_ino != path.stat().st_ino
    assert log_of(following).stat().st_size < log_of(path).stat().st_size
    index, expected = Index(following), whole(new, tmp_path / "whole.sqlite")
    assert answers(index) == answers(expected)
    index.close()
    expected.close()
    compact(following)
    assert not log_of(following).exists()
    assert total_at(str(following)) == ("late", 3)
    assert total_at(str(path)) == ("r2", 3)


def test_a_whole_build_leaves_no_log_of_another(tmp_path: Path) -> None:
    made = chain(tmp_path, 2)
    path, _ = made[1]
    build(grown(5).view(), path, "again")
    assert not log_of(path).exists()
    assert total_at(str(path)) == ("again", 5)
    assert total_at(str(made[0][0])) == ("r0", 1)


KILLED = """
import sys
from pathlib import Path
from graph.index.change import connect
db = connect(Path(sys.argv[1]))
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN")
db.execute("DELETE FROM engagement")
print("ready", flush=True)
while True:
    db.execute("INSERT INTO statement SELECT NULL, organization, property, value || 'x', NULL, '' FROM statement LIMIT 5000")
"""


def test_a_writer_that_is_killed_leaves_the_release_before_as_it_was(tmp_path: Path) -> None:
    made = chain(tmp_path, 3)
    path = made[2][0]
    before, log = hash_of(path), hash_of(log_of(path))
    for again in range(3):
        staged = tmp_path / f"staged{again}.sqlite"
        os.link(path, staged)
        log_of(staged).write_bytes(log_of(path).read_bytes())
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, str(staged)], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            deadline = time.monotonic() + 20
            while (
                log_of(staged).stat().st_size <= log_of(path).stat().st_size and time.monotonic() < deadline
            ):
                time.sleep(0.01)
            child.send_signal(signal.SIGKILL)
        assert log_of(staged).stat().st_size > log_of(path).stat().st_size
        assert (hash_of(path), hash_of(log_of(path))) == (before, log)
        assert total_at(str(path)) == ("r2", 3)
        assert total_at(str(staged)) == ("r2", 3)


# When it is made again -------------------------------------------------------------------------


def refused(before: State, after: State, folder: Path) -> bool:
    path = folder / "after.sqlite"
    build(before.view(), folder / "before.sqlite", "r1")
    made = build_change(folder / "before.sqlite", after.view(), after.since(before), path, "r2")
    assert path.exists() is made
    assert log_of(path).exists() is made
    return not made


Changes = Callable[[set[Quad]], set[Quad]]


def steel(quads: set[Quad]) -> set[Quad]:
    return {q for q in quads if "/sector/steel" in str(q.subject)}


CHANGES: dict[str, tuple[bool, Changes]] = {
    "a market has another name": (
        True,
        lambda quads: quads | {Quad(market("CN"), SKOS.altLabel, Literal("Cathay"), S1)},
    ),
    "a market lies elsewhere": (
        True,
        lambda quads: quads | {Quad(market("CN"), SKOS.broader, market("EUROPE"), S1)},
    ),
    "a sector is gone": (True, lambda quads: quads - steel(quads)),
    "a sector has another name": (
        False,
        lambda quads: quads | {Quad(q.subject, SKOS.altLabel, Literal("iron"), S1) for q in steel(quads)},
    ),
    "a sector is new": (
        False,
        lambda quads: (
            quads
            | {Quad(MINTER.thing("sector", "new"), RDF.type, VERRE.Sector, S1)}
            | {Quad(MINTER.thing("sector", "new"), RDF.type, SKOS.Concept, S1)}
            | {Quad(MINTER.organization("a"), VERRE.sector, MINTER.thing("sector", "new"), S1)}
        ),
    ),
    "a company has another name": (
        False,
        lambda quads: quads | {Quad(MINTER.organization("a"), RDFS.label, Literal("0 first"), S1)},
    ),
    "what no list reads": (
        False,
        lambda quads: quads | {Quad(MINTER.organization("a"), SCHEMA.logo, Literal("x"), S1)},
    ),
    "nothing": (False, lambda quads: quads),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_makes_a_new_index_and_what_does_not(name: str, tmp_path: Path) -> None:
    again, change = CHANGES[name]
    world = World()
    a = world.org("a", "Alpha", sectors=["steel"], place="Genk")
    world.engagement(a, "CN", "active")
    quads = quads_of(world.graphs)
    before, after = State(quads), State(change(quads))
    assert refused(before, after, tmp_path) is again
    if not again:
        index, expected = Index(tmp_path / "after.sqlite"), whole(after, tmp_path / "whole.sqlite")
        assert answers(index) == answers(expected)
        assert index.release == "r2"
        index.close()
        expected.close()


def test_too_much_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = State(quads_of(grown(1).graphs)), State(quads_of(grown(4).graphs))
    monkeypatch.setattr(touched, "MOST_NODES", 3)
    assert refused(before, after, tmp_path)


def test_what_is_no_index_of_this_version_is_made_again(tmp_path: Path) -> None:
    state = State(quads_of(grown(1).graphs))
    path = tmp_path / "new.sqlite"
    for name, content in (("empty", b""), ("text", b"hello " * 1000)):
        (tmp_path / name).write_bytes(content)
        assert not build_change(tmp_path / name, state.view(), Change(), path, "r1")
        assert (tmp_path / name).read_bytes() == content
    assert not build_change(tmp_path / "absent", state.view(), Change(), path, "r1")
    assert not path.exists()
    with pytest.raises(StoreError):
        Index(path)


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    (base, state), *_ = chain(tmp_path, 1)
    before = hash_of(base)
    more = State(state.quads | quads_of(grown(3).graphs))

    class Failing:
        def __getattr__(self, _: str) -> object:
            raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError, match="the disk is gone"):
        build_change(base, Failing(), more.since(state), tmp_path / "x.sqlite", "r1")  # type: ignore[arg-type]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["0.sqlite"]
    assert hash_of(base) == before


# Numbers ---------------------------------------------------------------------------------------


def test_names_find_their_place_one_by_one_and_many_at_once(tmp_path: Path) -> None:
    world, states = World(), []
    for names in (["Mike"], ["Bravo", "Zulu"], ["Alpha", "Charlie", "Delta", "Mike b"], ["Mike a", "Zz"]):
        for name in names:
            world.org(name.lower().replace(" ", "-"), name)
        states.append(State(quads_of(world.graphs)))
    index = changed(states, tmp_path / "chain")
    assert index is not None
    found = ids(ask(index, "companies"))
    assert found == ["alpha", "bravo", "charlie", "delta", "mike", "mike-a", "mike-b", "zulu", "zz"]
    index.close()


def test_an_organization_that_is_told_to_be_one_brings_its_relations_with_their_figures(
    tmp_path: Path,
) -> None:
    world = World()
    org = world.org("mike", "Mike")
    world.figure(world.engagement(org, "CN", "active"), "turnover", 13)
    after = quads_of(world.graphs)
    before = {quad for quad in after if quad.object != ORG.Organization}
    index = changed([State(before), State(after)], tmp_path / "chain")
    assert index is not None
    company = ask(index, "exporters", markets=("CN",)).items[0]
    (engagement,) = company["markets"][0]["engagements"]
    assert [(figure["measure"], figure["value"]) for figure in engagement["figures"]] == [("turnover", 13)]
    index.close()


def test_sources_stand_by_their_key(tmp_path: Path) -> None:
    world, states = World(), []
    org = world.org("a")
    for key in ("s5", "s3", "s9", "s4"):
        world.says(key)
        world.named(org)
        states.append(State(quads_of(world.graphs)))
    index = changed(states, tmp_path / "chain")
    assert index is not None
    assert ids(ask(index, "sources")) == ["s1", "s3", "s4", "s5", "s9"]
    assert [source["id"] for source in index.company("a", "en", TODAY)["mentionedIn"]] == [
        "s1", "s3", "s4", "s5", "s9",
    ]  # fmt: skip
    index.close()


def test_gaps_are_even_and_a_run_of_names_in_order_lasts_long() -> None:
    assert list(spread(3, 0, 100, 1000)) == [25, 50, 75]
    assert list(spread(3, 0, 100, 10)) == [10, 20, 30]
    assert list(spread(0, 0, 100, 10)) == []
    assert list(between(0, 8, 3, newest=99) or ()) == [2, 4, 6]
    assert list(between(0, 4, 3, newest=99) or ()) == [1, 2, 3]
    assert between(0, 3, 3, newest=99) is None
    assert between(5, 6, 1, newest=5) is None
    for rising in (True, False):
        low, high, count = 0, 1 << 31, 0
        newest = low if rising else high
        while (numbers := between(low, high, 1, newest)) is not None and count < 2_000:
            assert low < numbers[0] < high
            newest, count = numbers[0], count + 1
            low, high = (newest, high) if rising else (low, newest)
        assert count == 2_000
    assert list(between(0, 10_000, 3, newest=10_000) or ()) == [9973, 9982, 9991]


def test_a_full_gap_makes_a_new_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    world.org("a", "A")
    world.org("c", "C")
    before = State(quads_of(world.graphs))
    world.org("b", "B")
    after = State(quads_of(world.graphs))
    assert not refused(before, after, tmp_path)
    monkeypatch.setattr("graph.index.fill_organizations.WIDEST_GAP", 1)
    (tmp_path / "tight").mkdir()
    assert refused(before, after, tmp_path / "tight")


def test_keys_of_items_fit_a_row_number() -> None:
    keys = {key_of(f"https://example.org/{number}") for number in range(1000)}
    assert len(keys) == 1000
    assert all(0 <= key < 1 << 63 for key in keys)
