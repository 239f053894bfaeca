"""The parent's end of one reader process, and of the process that forks it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import NotFound, QueryError, QueryFailed, QueryRefused, QueryTooLarge, StoreError
from graph.store import fleet, protocol, reader
from graph.store.fleet import Fleet
from graph.store.hatchery import Hatchery
from graph.store.nursery import Child, Refused
from graph.store.reader import Place, Reader, ReaderDied
from graph.store.releases import Release
from tests.store.pools import children, until
from tests.store.test_worker import JOB, gone

MEMORY = 2**29


class Site:
    """What a reader needs, and a way to start one."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder, "public", MEMORY)
        self.hatchery = Hatchery()
        self.graveyard: set[asyncio.Task[None]] = set()

    async def start(self) -> Reader:
        return await Reader.start(self.place, self.hatchery, self.graveyard)

    def fleet(self) -> Fleet:
        return Fleet(self.place, self.hatchery, self.graveyard)


def run(folder: Path, scenario: Callable[[Site], Awaitable[None]]) -> None:
    """Runs it, and waits until everything that it killed is gone."""

    async def whole() -> None:
        site = Site(folder)
        try:
            await scenario(site)
        finally:
            await asyncio.gather(*site.graveyard)
            await site.hatchery.close()

    files, processes = len(list(Path("/proc/self/fd").iterdir())), children()
    asyncio.run(whole())
    assert len(list(Path("/proc/self/fd").iterdir())) == files
    assert children() == processes


def test_a_reader_answers_and_is_killed_once(first: Release) -> None:
    async def scenario(site: Site) -> None:
        found = await site.start()
        assert (found.usable, found.release) == (True, "000001")
        await found.send(text="ASK {}", solutions_type="text/nonsense", graph_type="text/turtle")
        assert (await found.receive())[0] == protocol.FAIL
        found.kill("enough")
        found.kill("again")
        assert (found.usable, found.killed, len(site.graveyard)) == (False, "enough", 1)
        with pytest.raises(ReaderDied):
            await found.receive()

    run(first.path, scenario)


def test_a_job_that_a_dead_reader_had_not_read_is_known(first: Release) -> None:
    async def scenario(site: Site) -> None:
        for moment, taken in (("before", False), ("unread", False), ("idle", True)):
            found = await site.start()
            if moment == "unread":
                os.kill(found.pid, signal.SIGSTOP)
                await found.send(text="ASK {}")
            os.kill(found.pid, signal.SIGKILL)
            assert await asyncio.to_thread(gone, found.pid)
            if moment == "before":
                await found.send(text="ASK {}")
            with pytest.raises(ReaderDied):
                await found.receive()
            assert (found.took_its_job, found.usable) == (taken, False)
            found.kill("it died")

    run(first.path, scenario)


def test_a_long_job_arrives_whole_and_one_to_a_dead_reader_is_noticed(first: Release) -> None:
    async def scenario(site: Site) -> None:
        found = await site.start()
        text = "#" * 3_000_000
        await found.send(**(JOB | {"text": text}))
        kind, content = await found.receive()
        assert (kind, b"QuerySyntaxError" in content) == (protocol.FAIL, True)
        os.kill(found.pid, signal.SIGSTOP)
        sending = asyncio.create_task(found.send(text=text))
        await asyncio.sleep(0.1)
        os.kill(found.pid, signal.SIGKILL)
        await sending
        with pytest.raises(ReaderDied):
            await found.receive()
        assert not found.took_its_job
        found.kill("it died")

    run(first.path, scenario)


def test_a_release_that_is_gone_starts_no_reader(tmp_path: Path) -> None:
    async def scenario(site: Site) -> None:
        with pytest.raises(NotFound, match="no longer kept"):
            await site.start()
        assert len(site.graveyard) == 1

    run(tmp_path / "000009", scenario)


def fake_python(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = folder / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))


def test_a_process_that_does_not_come_up_tells_its_last_words(
    first: Release, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake_python(tmp_path, monkeypatch, "echo 'no such module' >&2\nexit 3")

    async def scenario(site: Site) -> None:
        for _ in range(2):  # it is started anew each time
            with pytest.raises(Refused, match="no such module"):
                await site.start()

    run(first.path, scenario)


def test_a_process_that_cannot_be_started_leaves_nothing(
    first: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")

    async def scenario(site: Site) -> None:
        with pytest.raises(FileNotFoundError):
            await site.start()

    run(first.path, scenario)


def test_a_process_that_hangs_is_given_up(
    first: Release, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake_python(tmp_path, monkeypatch, "exec sleep 60")
    monkeypatch.setattr(reader, "START_TIMEOUT", 0.2)

    async def scenario(site: Site) -> None:
        with pytest.raises(TimeoutError):
            await site.start()

    run(first.path, scenario)


def test_a_reader_that_breaks_off_while_it_opens_tells_its_last_words(first: Release) -> None:
    async def scenario(site: Site) -> None:
        site.place = Place(first.path, "public", "plenty")  # type: ignore[arg-type]
        with pytest.raises(StoreError, match=r"did not start:[\s\S]*TypeError"):
            await site.start()

    run(first.path, scenario)


def test_a_reader_sees_no_secret(first: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERRE_SECRET", "open sesame")

    async def scenario(site: Site) -> None:
        found = await site.start()
        seen = await asyncio.to_thread(Path(f"/proc/{found.pid}/environ").read_bytes)
        assert b"sesame" not in seen
        assert b"PYTHONPATH" in seen
        found.kill("enough")

    run(first.path, scenario)


def test_the_process_that_forks_may_open_no_connection_and_is_started_again(first: Release) -> None:
    async def scenario(site: Site) -> None:
        one = await site.start()
        zygote = site.hatchery.process
        assert zygote is not None
        status = await asyncio.to_thread(Path(f"/proc/{zygote.pid}/status").read_text)
        assert "Seccomp:\t2" in status
        assert "Threads:\t1" in status
        zygote.kill()
        await asyncio.to_thread(zygote.wait)
        await asyncio.sleep(0.05)
        assert one.usable  # readers go on
        two = await site.start()
        assert site.hatchery.process is not zygote
        for each in (one, two):
            await each.send(text="ASK {}", solutions_type="text/nonsense", graph_type="text/turtle")
            assert (await each.receive())[0] == protocol.FAIL
            each.kill("enough")

    run(first.path, scenario)


def test_a_child_that_nobody_waits_for_any_more_is_ended(first: Release) -> None:
    async def scenario(site: Site) -> None:
        (await site.start()).kill("enough")
        zygote = site.hatchery.process
        assert zygote is not None
        starting = asyncio.create_task(site.start())
        await asyncio.sleep(0)
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await until(lambda: children() - before == {zygote.pid})

    before = children()
    run(first.path, scenario)


def test_readers_and_what_forks_them_die_with_their_parent(first: Release) -> None:
    code = (
        "import asyncio, sys\nfrom pathlib import Path\nfrom graph.store.reader import Place, Reader\n"
        "from graph.store.hatchery import Hatchery\n"
        "async def run():\n"
        "    hatchery = Hatchery()\n"
        "    place = Place(Path(sys.argv[1]), 'public', 2**29)\n"
        "    reader = await Reader.start(place, hatchery, set())\n"
        "    print(hatchery.process.pid, reader.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(run())\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(first.path)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        parent.kill()
        parent.wait()
    assert all(gone(pid) for pid in pids)


@pytest.mark.parametrize(
    ("sign", "kind", "words"),
    [
        (signal.SIGABRT, QueryTooLarge, "memory"),
        (signal.SIGKILL, QueryTooLarge, "outside"),
        (signal.SIGSEGV, QueryRefused, "nested"),
        (signal.SIGUSR2, QueryFailed, "code -12"),
    ],
)
def test_the_cause_of_death_is_told(
    first: Release, sign: signal.Signals, kind: type[Exception], words: str
) -> None:
    async def scenario(site: Site) -> None:
        found = await site.start()
        os.kill(found.pid, sign)
        with pytest.raises(ReaderDied):
            await found.receive()
        cause = await found.cause_of_death()
        assert isinstance(cause, kind)
        assert words in str(cause)
        found.kill("it died")

    run(first.path, scenario)


def test_an_overflowing_stack_is_no_lack_of_memory(first: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reader, "last_words", lambda _: "thread 'main' has overflowed its stack")

    async def scenario(site: Site) -> None:
        found = await site.start()
        os.kill(found.pid, signal.SIGABRT)
        assert isinstance(await found.cause_of_death(), QueryRefused)
        found.kill("it died")

    run(first.path, scenario)


def test_a_reader_that_only_falls_silent_is_told_too(first: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LAST_LOOK", 0.05)

    async def scenario(site: Site) -> None:
        found = await site.start()
        assert "stopped talking" in str(await found.cause_of_death())
        found.kill("it died")

    run(first.path, scenario)


def test_how_a_reader_ended_is_not_known_once_its_parent_is_gone(first: Release) -> None:
    async def scenario(site: Site) -> None:
        found = await site.start()
        await site.hatchery.close()
        cause: QueryError = await found.cause_of_death()
        assert (type(cause), "code None" in str(cause)) == (QueryFailed, True)
        found.kill("it died")

    run(first.path, scenario)


def test_a_reader_that_stands_back_does_so_for_good(first: Release) -> None:
    async def scenario(site: Site) -> None:
        found = await site.start()
        before = os.getpriority(os.PRIO_PROCESS, found.pid)
        found.stand_back()
        assert (found.usable, os.getpriority(os.PRIO_PROCESS, found.pid)) == (False, 19)
        assert before < 19
        found.kill("enough")

    run(first.path, scenario)


def test_processes_without_descriptors_are_killed_by_number() -> None:
    async def scenario() -> None:
        process = await asyncio.create_subprocess_exec("sleep", "60")
        child = Child(process.pid, None)
        child.kill()
        assert await process.wait() == -signal.SIGKILL
        child.has_ended(-9)
        child.has_ended(None)
        child.kill()  # there may be another of that number by now
        child.forget()
        assert await child.ended == -9

    asyncio.run(scenario())


def test_a_fleet_tries_again_until_its_readers_start(first: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    real, tries = Reader.start, []

    async def fails_twice(*given: Any) -> Reader:
        tries.append(given)
        if len(tries) < 3:
            raise OSError("no processes left")
        return await real(*given)

    monkeypatch.setattr(Reader, "start", fails_twice)
    monkeypatch.setattr(fleet, "RETRIES", (0.01,))

    async def scenario(site: Site) -> None:
        readers = site.fleet()
        with pytest.raises(StoreError, match="no processes left"):
            await readers.ready()
        async with asyncio.timeout(30):
            found = await readers.take()
        assert (len(tries), readers.trouble, readers.busy) == (3, None, {found})
        readers.put(found)
        assert list(readers.idle) == [found]
        await readers.close()
        assert readers.empty
        readers.fill(at_least=1)
        assert readers.empty  # a closed one starts nothing

    run(first.path, scenario)


def test_a_fleet_of_a_release_that_is_gone_says_so(tmp_path: Path) -> None:
    async def scenario(site: Site) -> None:
        readers = site.fleet()
        with pytest.raises(NotFound):
            await readers.take()
        await readers.close()

    run(tmp_path / "000009", scenario)


def test_a_fleet_keeps_as_many_as_are_wanted(first: Release) -> None:
    async def scenario(site: Site) -> None:
        readers = site.fleet()
        readers.wanted = 2
        readers.fill()
        async with asyncio.timeout(30):
            one, two = await readers.take(), await readers.take()
        one.kill("its query took too long")
        readers.put(one)
        async with asyncio.timeout(30):
            three = await readers.take()
        assert len({one, two, three}) == 3
        readers.put(two)
        readers.put(three)
        readers.wanted = 0
        assert readers.retire(idle_for=60, keep=1) == 1
        assert readers.retire(idle_for=-1, keep=1) == 0
        assert readers.empty
        await readers.close()

    run(first.path, scenario)


def test_a_reader_that_a_long_query_keeps_is_replaced_and_one_too_many_goes(first: Release) -> None:
    async def scenario(site: Site) -> None:
        readers = site.fleet()
        readers.wanted = 1
        async with asyncio.timeout(30):
            kept = await readers.take()
            kept.long = True
            readers.fill()
            other = await readers.take()
        assert other is not kept
        readers.put(other)
        readers.put(kept)
        assert (list(readers.idle), kept.killed != "") == ([other], True)
        await readers.close()

    run(first.path, scenario)
