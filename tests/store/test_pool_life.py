"""Reader processes: clients that go away, releases that follow, deaths, and that nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable

import pytest
import uvloop
from pyoxigraph import Store

from graph.errors import (
    Busy,
    NotFound,
    QueryFailed,
    QueryTimeout,
    QueryTooLarge,
    StoreError,
)
from graph.store.manifest import Size
from graph.store.parts import Part
from graph.store.pool import QueryJob, ReaderPool
from graph.store.releases import Release, Releases
from graph.store.view import memory_store
from tests.store.pools import (
    COUNT,
    CROSS,
    SMALL,
    add,
    children,
    make_settings,
    open_files,
    pool_of,
    read,
    until,
)
from tests.store.small import EDIT, ONE, named


async def _cancel(pool: ReaderPool) -> None:
    task = asyncio.create_task(pool.query(QueryJob(COUNT)))
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _close(pool: ReaderPool) -> None:
    answer = await pool.query(QueryJob(CROSS))
    assert answer.chunks is not None
    await anext(answer.chunks)
    await answer.chunks.aclose()
    assert [chunk async for chunk in answer.chunks] == []


async def _forget(pool: ReaderPool) -> None:
    await pool.query(QueryJob(CROSS))
    await asyncio.sleep(0)


async def _cancel_reading(pool: ReaderPool) -> None:
    answer = await pool.query(QueryJob(CROSS))
    task = asyncio.create_task(read(answer))
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize("leave", [_cancel, _close, _forget, _cancel_reading])
def test_a_client_that_goes_away_frees_its_reader(
    releases: Releases, many: Release, leave: Callable[[ReaderPool], Awaitable[None]]
) -> None:
    async def scenario() -> None:
        async with pool_of(releases, readers=1, spare_readers=0, query_spool=1000, query_timeout=30) as pool:
            (before,) = pool.fleets.processes()
            await leave(pool)
            async with asyncio.timeout(60):
                assert (await pool.query(SMALL)).body
            assert pool.fleets.processes() != [before]
            assert before not in children()

    asyncio.run(scenario())


def test_a_slow_client_does_not_use_up_the_deadline_but_has_one_of_its_own(
    releases: Releases, many: Release
) -> None:
    long = QueryJob("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000", "text/csv", timeout=2)

    async def scenario() -> None:
        async with pool_of(releases, readers=1, query_spool=1000, query_timeout_max=60) as pool:
            answer = await pool.query(long)
            await asyncio.sleep(2.5)
            assert (await read(answer)).count(b"\r\n") == 20_001
        async with pool_of(releases, readers=1, query_spool=1000, query_timeout_max=1) as pool:
            answer = await pool.query(long)
            await asyncio.sleep(1.3)
            with pytest.raises(QueryTimeout, match="not fetched in time"):
                await read(answer)
            assert (await pool.query(SMALL)).body

    asyncio.run(scenario())


def test_new_queries_go_to_the_newest_release(releases: Releases, many: Release) -> None:
    count = QueryJob("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/tab-separated-values")

    async def scenario() -> None:
        async with pool_of(releases) as pool:
            assert (await pool.query(count)).body == b"?n\n400\n"
            await asyncio.to_thread(add, releases, "x1")
            await until(lambda: pool.fleets.current == "000002")
            answer = await pool.query(count)
            assert (answer.release, answer.body) == ("000002", b"?n\n401\n")
            older = await pool.query(QueryJob(count.text, count.solutions_type, release="000001"))
            assert (older.release, older.body) == ("000001", b"?n\n400\n")
            await asyncio.to_thread(releases.rollback)
            await until(lambda: pool.fleets.current == "000001")
            assert (await pool.query(count)).body == b"?n\n400\n"

    asyncio.run(scenario())


def test_readers_of_older_releases_retire(
    releases: Releases, many: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.fleets.LINGER", 0.3)
    releases.keep = 1

    async def scenario() -> None:
        async with pool_of(releases) as pool:
            await until(lambda: len(pool.fleets.processes()) == 3)
            old = set(pool.fleets.processes())
            await asyncio.to_thread(add, releases, "x1")
            assert many.path.exists()  # its readers hold leases
            await until(lambda: len(pool.fleets.processes()) == 3 and not old & set(pool.fleets.processes()))
            await until(lambda: not old & children())
            assert await asyncio.to_thread(releases.prune) == ["000001"]
            with pytest.raises(NotFound):
                await pool.query(QueryJob("ASK {}", release="000001"))

    asyncio.run(scenario())


def test_a_store_without_release_says_so_and_answers_from_its_first(releases: Releases) -> None:
    async def scenario() -> None:
        async with pool_of(releases) as pool:
            with pytest.raises(NotFound, match="no release yet"):
                await pool.query(SMALL)
            await asyncio.to_thread(add, releases, "x1")
            assert (await pool.query(SMALL)).body == b"name\r\nX1\r\n"

    asyncio.run(scenario())


def test_a_release_that_cannot_be_opened_is_an_error_at_the_start(releases: Releases, many: Release) -> None:
    for path in many.store_path.iterdir():
        path.unlink()

    async def scenario() -> None:
        with pytest.raises(StoreError, match="cannot be opened"):
            await ReaderPool(releases, make_settings()).start()

    asyncio.run(scenario())


def test_a_damaged_newer_release_leaves_the_one_before_answering(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases) as pool:
            two = await asyncio.to_thread(add, releases, "x1")
            for path in two.store_path.iterdir():
                path.unlink()
            await asyncio.sleep(1)
            assert (await pool.query(SMALL)).release == "000001"
            three = await asyncio.to_thread(repair, releases)
            await until(lambda: pool.fleets.current == three)

    asyncio.run(scenario())


def repair(releases: Releases) -> str:
    releases.rollback("000001")
    return add(releases, "x2").name


def test_the_pool_recovers_from_readers_that_die(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases) as pool:
            for _ in range(3):
                killed = pool.fleets.processes()
                for pid in killed:
                    os.kill(pid, signal.SIGKILL)
                answers = await asyncio.gather(*(pool.query(SMALL) for _ in range(5)))
                assert all(answer.body for answer in answers)
                await until(lambda: len(pool.fleets.processes()) == 3)
                assert not set(killed) & set(pool.fleets.processes())

    asyncio.run(scenario())


def test_a_reader_killed_from_outside_while_it_answers_is_an_error(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases, readers=1, spare_readers=0, query_timeout=30) as pool:
            for sign, kind in [(signal.SIGKILL, QueryTooLarge), (signal.SIGUSR1, QueryFailed)]:
                (pid,) = pool.fleets.processes()
                task = asyncio.create_task(pool.query(QueryJob(COUNT)))
                await asyncio.sleep(0.1)
                os.kill(pid, sign)
                with pytest.raises(kind):
                    await task
                await until(lambda: len(pool.fleets.processes()) == 1)

    asyncio.run(scenario())


def test_closing_ends_queries_under_way_and_leaves_nothing(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases) as pool:
            task = asyncio.create_task(pool.query(QueryJob(COUNT)))
            await asyncio.sleep(0.1)
        with pytest.raises(Busy, match="closing"):
            await task

    before, files = children(), open_files()
    asyncio.run(scenario())
    assert (children(), open_files()) == (before, files)


def test_nothing_leaks_over_many_kills(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases) as pool:
            await until(lambda: len(pool.fleets.processes()) == 3)
            files = open_files()
            for _ in range(5):
                with pytest.raises(QueryTimeout):
                    await pool.query(QueryJob(COUNT, timeout=1))
            await until(lambda: len(pool.fleets.processes()) == 3)
            await until(lambda: len(children()) == alone + 1 + 3)  # with the process that forks them
            await until(lambda: open_files() == files)

    alone = len(children())
    asyncio.run(scenario())


def test_uvloop_serves_as_well(releases: Releases, many: Release) -> None:
    async def scenario() -> bytes | None:
        async with pool_of(releases, query_spool=1000) as pool:
            with pytest.raises(QueryTimeout):
                await pool.query(QueryJob(COUNT, timeout=1.0))
            answer = await pool.query(QueryJob("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000", "text/csv"))
            assert (await read(answer)).count(b"\r\n") == 20_001
            return (await pool.query(SMALL)).body

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(scenario())


def test_the_event_loop_is_not_held_up(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases, query_spool=1000) as pool:
            gaps = []

            async def tick() -> None:
                last = time.monotonic()
                while True:
                    await asyncio.sleep(0.005)
                    gaps.append(time.monotonic() - last)
                    last = time.monotonic()

            ticking = asyncio.create_task(tick())
            tasks = [asyncio.create_task(pool.query(QueryJob(COUNT, timeout=0.3))) for _ in range(4)]
            await asyncio.gather(*tasks, return_exceptions=True)
            ticking.cancel()
            assert sorted(gaps)[len(gaps) // 2] < 0.25

    asyncio.run(scenario())


def test_the_whole_is_asked_for_and_is_the_public_part_where_nothing_is_restricted(
    releases: Releases, many: Release
) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    async def counted(pool: ReaderPool, part: Part, release: str | None = None) -> tuple[str, bytes | None]:
        job = QueryJob(count, "text/tab-separated-values", part=part, release=release)
        answer = await pool.query(job)
        return answer.release, answer.body

    async def scenario() -> None:
        async with pool_of(releases) as pool:
            assert await counted(pool, "whole") == ("000001", b"?n\n400\n")
            await asyncio.to_thread(restrict, releases)
            await pool.refresh()
            assert await counted(pool, "public") == ("000002", b"?n\n401\n")
            assert await counted(pool, "whole") == ("000002", b"?n\n402\n")
            assert await counted(pool, "whole", "000001") == ("000001", b"?n\n400\n")
            with pytest.raises(NotFound):
                await counted(pool, "whole", "000009")

    asyncio.run(scenario())


def restrict(releases: Releases) -> None:
    """The next release, with a second part that holds a statement more."""
    release = add(releases, "x1")
    more = {ONE: {named(f"c{n}") for n in range(400)}, EDIT: {named("x1"), named("secret")}}
    (release.path / "whole").mkdir()
    store = Store(str(release.path / "whole" / "store"))
    store.extend(memory_store(more))
    store.flush()
    size = Size(quads=402, triples=402, graphs={})
    release.manifest.model_copy(update={"whole": size}).write(release.path / "manifest.json")


def test_who_has_written_need_not_wait_for_the_next_look(
    releases: Releases, many: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.fleets.POLL", 3600)

    async def scenario() -> None:
        async with pool_of(releases) as pool:
            written = await asyncio.to_thread(add, releases, "x1")
            assert (await pool.query(SMALL)).release == "000001"
            await pool.refresh()
            assert (await pool.query(SMALL)).release == written.name

    asyncio.run(scenario())


def test_a_long_query_stands_aside_and_its_reader_is_replaced(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases, readers=1, spare_readers=0, long_readers=1) as pool:
            (held,) = pool.processes()
            slow = asyncio.create_task(pool.query(QueryJob(COUNT, timeout=4)))
            await until(lambda: pool.lanes.long == 1)
            assert (await pool.query(SMALL)).body
            assert not slow.done()
            assert pool.usage() == (1, 0)
            await until(lambda: os.getpriority(os.PRIO_PROCESS, held) == 19)
            with pytest.raises(QueryTimeout):
                await slow
            await until(lambda: len(pool.processes()) == 1)
            assert held not in pool.processes()

    asyncio.run(scenario())


def test_closing_takes_no_time_whatever_is_under_way(releases: Releases, many: Release) -> None:
    async def scenario() -> float:
        async with pool_of(releases, query_spool=1000) as pool:
            tasks = [asyncio.create_task(pool.query(QueryJob(COUNT))) for _ in range(5)]
            streaming = await pool.query(QueryJob(CROSS))
            await asyncio.sleep(0.1)
            began = time.monotonic()
        for task in tasks:
            with pytest.raises(Busy):
                await task
        with pytest.raises(Busy):
            await read(streaming)
        return time.monotonic() - began

    assert asyncio.run(scenario()) < 5
