"""Readers of memory: shared by all, followed, replaced, within the budget, closed to strangers."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import NotFound, QueryTimeout
from graph.store.loader import budget, link, process
from graph.store.pool import QueryJob, ReaderPool
from graph.store.releases import Release, Releases
from tests.store.pools import COUNT, SMALL, add, make_settings, until
from tests.store.small import EDIT, NO_DERIVE, ONE, named, quad
from tests.store.test_worker import gone

TALLY = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
GIGABYTE = 2**30


@contextlib.asynccontextmanager
async def loaded(releases: Releases, **changed: Any) -> AsyncIterator[ReaderPool]:
    """A pool, as soon as all of its readers read from memory."""
    given = {"memory": GIGABYTE, "home": releases.layout.home} | changed
    async with ReaderPool(releases, make_settings(**given)) as pool:
        await until(lambda: all_in_memory(pool), 60)
        yield pool


def all_in_memory(pool: ReaderPool) -> bool:
    kinds = [reader.in_memory for reader in pool.fleets.idle()]
    return pool.kind() == "memory" and len(kinds) == 3 and all(kinds)


def loader_of(releases: Releases) -> int:
    """The process that holds the release; found by the socket that it listens on."""
    home = str(releases.layout.home.resolve())
    (found,) = {
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and _is_loader(entry, home)
    }
    return found


def _is_loader(entry: Path, home: str) -> bool:
    try:
        words = (entry / "cmdline").read_bytes().split(b"\0")
        return b"graph.store.loader.process" in words and _has_socket(entry, home)
    except OSError:
        return False


def _has_socket(entry: Path, home: str) -> bool:
    return home.encode() in (entry / "cmdline").read_bytes() and any(
        str(each.readlink()) == f"{home}/loader/lock" for each in (entry / "fd").iterdir()
    )


async def tally(pool: ReaderPool, release: str | None = None) -> tuple[str, bytes | None]:
    job = QueryJob(TALLY, "text/tab-separated-values", release=release)
    answer = await pool.query(job)
    return answer.release, answer.body


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await scenario()

    asyncio.run(whole())


def test_new_releases_come_into_memory_as_their_change_and_older_ones_answer_from_disk(
    releases: Releases, many: Release
) -> None:
    async def scenario() -> None:
        async with loaded(releases) as pool:
            held = loader_of(releases)
            assert await tally(pool) == ("000001", b"?n\n400\n")
            for number in (2, 3):
                await asyncio.to_thread(add, releases, f"x{number}")
                await pool.refresh()
                assert await tally(pool) == (f"00000{number}", f"?n\n{399 + number}\n".encode())
                await until(lambda: all_in_memory(pool), 30)
            assert loader_of(releases) == held
            assert await tally(pool, "000001") == ("000001", b"?n\n400\n")
            with pytest.raises(NotFound):
                await tally(pool, "000009")
            assert pool.held_in_memory() > 0

    run(scenario)


def test_a_loader_that_cannot_follow_gives_way_to_another(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with loaded(releases) as pool:
            held = loader_of(releases)
            await asyncio.to_thread(add, releases, "x1")
            await pool.refresh()
            await until(lambda: all_in_memory(pool), 30)
            await asyncio.to_thread(releases.rollback)
            await pool.refresh()
            assert await tally(pool) == ("000001", b"?n\n400\n")
            await until(lambda: all_in_memory(pool), 60)
            assert await tally(pool) == ("000001", b"?n\n400\n")
            assert loader_of(releases) != held

    run(scenario)


def test_a_loader_that_is_killed_is_replaced_while_its_readers_go_on(
    releases: Releases, many: Release
) -> None:
    async def scenario() -> None:
        async with loaded(releases) as pool:
            held, readers = loader_of(releases), pool.processes()
            os.kill(held, signal.SIGKILL)
            assert await asyncio.to_thread(gone, held)
            for _ in range(5):
                assert await tally(pool) == ("000001", b"?n\n400\n")
            assert set(pool.processes()) == set(readers)
            with pytest.raises(QueryTimeout):
                await pool.query(QueryJob(COUNT, timeout=0.3))
            await until(lambda: pool.held_in_memory() > 0, 60)
            await until(lambda: all_in_memory(pool), 60)
            assert loader_of(releases) != held

    run(scenario)


def test_all_pools_of_a_home_share_one_loader_and_the_last_one_ends_it(
    releases: Releases, many: Release
) -> None:
    async def scenario() -> None:
        async with loaded(releases) as one:
            held = loader_of(releases)
            async with loaded(releases) as two:
                assert loader_of(releases) == held
                await asyncio.to_thread(add, releases, "x1")
                await asyncio.gather(one.refresh(), two.refresh())
                assert await tally(one) == await tally(two) == ("000002", b"?n\n401\n")
            assert not await asyncio.to_thread(gone, held, 0.5)
            assert (await one.query(SMALL)).body
        assert await asyncio.to_thread(gone, held)

    run(scenario)


def test_what_does_not_fit_the_budget_is_read_from_disk(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        given = make_settings(memory=2**20, home=releases.layout.home)
        async with ReaderPool(releases, given) as pool:
            await until(lambda: pool.kind() == "disk")
            assert await tally(pool) == ("000001", b"?n\n400\n")
            assert not (releases.layout.home / "loader").exists()

    run(scenario)


def test_readers_past_the_budget_read_from_disk(
    releases: Releases, many: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "estimate", lambda _: 0)
    monkeypatch.setattr(link, "FULL", 60)

    async def scenario() -> None:
        room = 200 * 2**20  # for the loader and two readers
        given = make_settings(memory=room, home=releases.layout.home)
        async with ReaderPool(releases, given) as pool:
            await until(lambda: pool.kind() == "memory", 60)
            await until(lambda: len(pool.processes()) == 3, 30)
            await asyncio.sleep(1)
            kinds = [reader.in_memory for reader in pool.fleets.idle()]
            assert sorted(set(kinds)) == [False, True]
            assert await tally(pool) == ("000001", b"?n\n400\n")

    run(scenario)


def test_while_it_warms_up_disk_answers(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        given = make_settings(memory=GIGABYTE, home=releases.layout.home)
        async with ReaderPool(releases, given) as pool:
            assert pool.kind() == "warming"
            assert await tally(pool) == ("000001", b"?n\n400\n")

    run(scenario)


def test_a_store_without_release_comes_into_memory_with_its_first(releases: Releases) -> None:
    async def scenario() -> None:
        given = make_settings(memory=GIGABYTE, home=releases.layout.home)
        async with ReaderPool(releases, given) as pool:
            with pytest.raises(NotFound):
                await pool.query(SMALL)
            await asyncio.to_thread(add, releases, "x1")
            await until(lambda: all_in_memory(pool), 60)
            assert await tally(pool) == ("000001", b"?n\n1\n")

    run(scenario)


def test_a_reader_of_memory_has_given_up_as_much_as_one_of_disk(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with loaded(releases) as pool:
            for pid in pool.processes():
                status = Path(f"/proc/{pid}/status").read_text()  # noqa: ASYNC240
                assert "Seccomp:\t2" in status
                assert "NoNewPrivs:\t1" in status
                limits = Path(f"/proc/{pid}/limits").read_text().splitlines()[1:]  # noqa: ASYNC240
                held = {line[:26].strip(): line[26:].split()[:2] for line in limits}
                files = [int(path.name) for path in Path(f"/proc/{pid}/fd").iterdir()]  # noqa: ASYNC240
                assert held["Max open files"] == [str(max(files) + 1)] * 2
                assert len(files) == max(files) + 1 < 10  # its socket, and none of the loader's
                assert held["Max core file size"] == ["0", "0"]
                assert int(held["Max address space"][0]) < GIGABYTE

    run(scenario)


def test_the_folder_of_the_loader_is_closed_to_all_others(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with loaded(releases):
            folder = releases.layout.home / "loader"
            assert folder.stat().st_mode & 0o777 == 0o700
            link.reach(folder).close()  # type: ignore[union-attr]
            folder.chmod(0o750)
            with pytest.raises(PermissionError):
                link.reach(folder)
            folder.chmod(0o700)

    run(scenario)


def test_somebody_elses_loader_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert link.reach(tmp_path / "loader") is None
    folder = tmp_path / "loader"
    folder.mkdir(mode=0o700)
    assert link.reach(folder) is None
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(process.SOCKET)
        assert link.reach(folder) is None
        listener.listen()
        found = link.reach(folder)
        assert found is not None
        found.close()
        monkeypatch.setattr(link, "peer", lambda _: os.geteuid() + 1)
        with pytest.raises(PermissionError, match="another user"):
            link.reach(folder)


def test_there_is_never_a_second_loader(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with loaded(releases) as pool:
            held = loader_of(releases)
            await asyncio.to_thread(link._launch, releases.layout.home, "000001", GIGABYTE)
            assert loader_of(releases) == held
            assert (await pool.query(SMALL)).body

    run(scenario)


def test_a_release_made_of_others_than_the_one_before_is_no_step(releases: Releases, many: Release) -> None:
    memory = link.Memory(releases, make_settings())
    assert (memory.enabled, memory.warming) == (False, False)
    second, third = add(releases, "x1"), add(releases, "x2")
    assert memory._chain("000001", third.name) == [second.name, third.name]
    assert memory._chain(second.name, third.name) == [third.name]
    assert memory._chain(third.name, third.name) == []
    assert memory._chain(third.name, second.name) is None
    with releases.write() as writer:
        writer.restart(lambda _: True)
        writer.add([quad(named("x3"), EDIT), quad(named("x3"), ONE)])
        fresh = writer.commit("erase", NO_DERIVE)
    assert memory._chain(third.name, fresh.name) is None
