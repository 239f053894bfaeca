"""Reader processes: deadlines, memory, bytes, queues, errors."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path

import pytest

from graph.errors import (
    Busy,
    InputError,
    NotFound,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooLarge,
)
from graph.store.fleets import Fleets
from graph.store.pool import QueryJob
from graph.store.reader import Reader
from graph.store.releases import Release, Releases
from tests.store.pools import COUNT, CROSS, MEGABYTE, SMALL, SORT, pool_of, read, until


def test_a_deadline_stops_a_sort_while_others_are_answered(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases, query_memory=6000 * MEGABYTE) as pool:  # more than a sort fills by then
            began = time.monotonic()
            slow = asyncio.create_task(pool.query(QueryJob(SORT, timeout=2)))
            await asyncio.sleep(0.05)
            answers = await asyncio.gather(*(pool.query(SMALL) for _ in range(20)))
            assert not slow.done()
            assert all(answer.body and answer.body.startswith(b"name\r\nC") for answer in answers)
            with pytest.raises(QueryTimeout, match="stopped after 2 s") as caught:
                await slow
            assert 1.9 < time.monotonic() - began < 20
            assert caught.value.setting == "VERRE_QUERY_TIMEOUT"
            assert (await pool.query(SMALL)).body

    asyncio.run(scenario())


def test_an_endless_answer_breaks_off(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases, query_spool=10_000) as pool:
            answer = await pool.query(QueryJob(CROSS, timeout=0.5))
            assert answer.body is None
            with pytest.raises(QueryTimeout):
                await read(answer)
            assert answer.chunks is not None
            assert [chunk async for chunk in answer.chunks] == []
            assert (await pool.query(SMALL)).body

    asyncio.run(scenario())


def test_the_settings_bound_what_a_query_asks_for(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases, query_timeout=0.2, query_timeout_max=0.3) as pool:
            await until(lambda: len(pool.fleets.processes()) == 3)
            with pytest.raises(QueryTimeout, match=r"after 0\.3 s") as caught:
                await pool.query(QueryJob(COUNT, timeout=99))
            assert caught.value.setting == "VERRE_QUERY_TIMEOUT_MAX"
            with pytest.raises(QueryTimeout, match=r"after 0\.2 s"):
                await pool.query(QueryJob(COUNT))
            for wrong in (0, -1, float("nan"), float("inf")):
                with pytest.raises(InputError) as refused:
                    await pool.query(QueryJob(SMALL.text, timeout=wrong))
                assert refused.value.issues[0].name == "timeout"

    asyncio.run(scenario())


def test_a_runaway_sort_stays_under_its_memory(releases: Releases, many: Release) -> None:
    most = 150 * MEGABYTE

    async def scenario() -> None:
        async with pool_of(releases, readers=1, spare_readers=0, query_memory=most, query_timeout=30) as pool:
            (pid,) = pool.fleets.processes()
            idle = resident(pid)
            slow = asyncio.create_task(pool.query(QueryJob(SORT)))
            peak = idle
            while not slow.done():
                with contextlib.suppress(FileNotFoundError):
                    peak = max(peak, resident(pid))
                await asyncio.sleep(0.005)
            with pytest.raises(QueryTooLarge) as caught:
                await slow
            assert caught.value.setting == "VERRE_QUERY_MEMORY"
            assert idle + most // 6 < peak < idle + most
            assert (await pool.query(SMALL)).body

    asyncio.run(scenario())


def resident(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))


def test_too_many_bytes_are_an_error_of_their_own(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases, query_bytes=200_000, query_spool=300_000) as pool:
            with pytest.raises(QueryTooLarge) as caught:
                await pool.query(QueryJob(CROSS))
            assert caught.value.setting == "VERRE_QUERY_BYTES"
        async with pool_of(releases, query_bytes=200_000, query_spool=1000) as pool:
            answer = await pool.query(QueryJob(CROSS))
            with pytest.raises(QueryTooLarge):
                await read(answer)
            await until(lambda: len(pool.processes()) == 3)
            before = set(pool.processes())
            with pytest.raises(QueryTooLarge):
                await read(await pool.query(QueryJob(CROSS)))
            assert (await pool.query(SMALL)).body
            assert set(pool.processes()) == before  # that cost no reader

    asyncio.run(scenario())


def test_long_answers_stream_and_are_whole(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        query = QueryJob("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 50000", "text/csv")
        async with pool_of(releases, query_spool=1000) as pool:
            streamed = await pool.query(query)
            assert streamed.body is None
            content = await read(streamed)
            assert content.count(b"\r\n") == 50_001
        async with pool_of(releases, query_spool=2**24) as pool:
            assert (await pool.query(query)).body == content

    asyncio.run(scenario())


def test_errors_say_what_is_wrong(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases, query_length=100_000) as pool:
            for text, kind, words in [
                ("SELECT", QuerySyntaxError, "expected"),
                ("LOAD <http://127.0.0.1:1/>", QueryRefused, "LOAD"),
                ("SELECT * { SERVICE <http://127.0.0.1:1/> { } }", QueryRefused, "SERVICE"),
                ("SELECT * {" + "{" * 600 + "}" * 601, QueryRefused, "nested too deeply"),
                ("#" * 100_001, QueryRefused, "100000 characters"),
            ]:
                with pytest.raises(kind, match=words):
                    await pool.query(QueryJob(text))
            for job in (
                QueryJob("ASK {}", solutions_type="text/nonsense"),
                QueryJob("ASK {}", graph_type="text/nonsense"),
                QueryJob("ASK {}", default_graphs=("no IRI",)),
                QueryJob(
                    "CONSTRUCT { <a:a> <a:b> <<( <a:a> <a:b> 1 )>> } {}", graph_type="application/ld+json"
                ),
            ):
                with pytest.raises(InputError):
                    await pool.query(job)
            with pytest.raises(NotFound, match="000001"):
                await pool.query(QueryJob("ASK {}", release="000009"))
            assert (await pool.query(SMALL)).body

    asyncio.run(scenario())


def test_what_breaks_the_engine_down_is_the_askers_doing(releases: Releases, many: Release) -> None:
    deep = "SELECT * {" + "{" * 45_000 + "}" * 45_001
    long = "SELECT * { ?s ?p ?o FILTER(" + "!" * 200_000 + "?o) }"

    async def scenario() -> None:
        async with pool_of(releases, query_nesting=10**6) as pool:
            for text in (deep, long):
                with pytest.raises(QueryRefused, match="nested too deeply") as caught:
                    await pool.query(QueryJob(text))
                assert caught.value.setting == "VERRE_QUERY_NESTING"
                assert (await pool.query(SMALL)).body

    asyncio.run(scenario())


def test_the_queue_has_an_end(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases, readers=1, long_readers=0, queue=1) as pool:
            running = asyncio.create_task(pool.query(QueryJob(COUNT, timeout=3)))
            await asyncio.sleep(0.1)
            waiting = asyncio.create_task(pool.query(SMALL))
            await asyncio.sleep(0.05)
            with pytest.raises(Busy) as caught:
                await pool.query(SMALL)
            assert caught.value.setting == "VERRE_QUEUE"
            with pytest.raises(QueryTimeout):
                await running
            assert (await waiting).body

    asyncio.run(scenario())


def test_a_query_waits_as_long_as_it_may_run(releases: Releases, many: Release) -> None:
    async def scenario() -> None:
        async with pool_of(releases, readers=1, long_readers=0) as pool:
            running = asyncio.create_task(pool.query(QueryJob(COUNT, timeout=9)))
            await asyncio.sleep(0.1)
            with pytest.raises(Busy) as caught:
                await pool.query(QueryJob(SMALL.text, timeout=0.2))
            assert caught.value.setting == "VERRE_READERS"
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            assert (await pool.query(SMALL)).body

    asyncio.run(scenario())


def test_strangers_read_no_path_of_this_machine(
    releases: Releases, many: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with pool_of(releases, readers=1) as pool:
            monkeypatch.setattr(Fleets, "trouble", f"{many.store_path} cannot be opened")

            async def never(*_: object) -> Reader:
                return await asyncio.Future()

            monkeypatch.setattr(pool.fleets, "take_now", lambda *_: None)
            monkeypatch.setattr(pool.fleets, "take", never)
            with pytest.raises(Busy, match="readers do not start") as caught:
                await pool.query(QueryJob(SMALL.text, timeout=0.1))
            assert str(many.store_path) not in caught.value.detail
            assert "/" not in caught.value.detail

    asyncio.run(scenario())


def test_relative_iris_are_resolved_against_the_base_that_is_given(releases: Releases, many: Release) -> None:
    text = "SELECT ?x { VALUES ?x { <a> } }"

    async def scenario() -> None:
        async with pool_of(releases) as pool:
            answer = await pool.query(QueryJob(text, "text/csv", base_iri="http://e/sparql"))
            assert answer.body == b"x\r\nhttp://e/a\r\n"
            with pytest.raises(QuerySyntaxError):
                await pool.query(QueryJob(text))

    asyncio.run(scenario())
