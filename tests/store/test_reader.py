"""The parent's end of one reader process."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from graph.errors import NotFound, QueryFailed, QueryTooLarge, StoreError
from graph.store import fleet, protocol, reader
from graph.store.fleet import Fleet
from graph.store.parts import Part
from graph.store.reader import Reader, ReaderDied
from graph.store.releases import Release

MEMORY = 2**29
Graveyard = set["asyncio.Task[None]"]


def run(scenario: Callable[[Graveyard], Awaitable[None]]) -> None:
    """Runs it, and waits until everything that it killed is gone."""

    async def whole() -> None:
        graveyard: Graveyard = set()
        await scenario(graveyard)
        await asyncio.gather(*graveyard)

    asyncio.run(whole())


def test_a_reader_answers_and_is_killed_once(first: Release) -> None:
    async def scenario(graveyard: Graveyard) -> None:
        found = await Reader.start(first.path, "public", MEMORY, graveyard)
        assert (found.usable, found.release) == (True, "000001")
        await found.send(text="ASK {}", solutions_type="text/nonsense", graph_type="text/turtle")
        assert (await found.receive())[0] == protocol.TAKEN
        assert (await found.receive())[0] == protocol.FAIL
        found.kill("enough")
        found.kill("again")
        assert (found.usable, found.killed, len(graveyard)) == (False, "enough", 1)
        with pytest.raises(ReaderDied):
            await found.receive()

    run(scenario)


def test_a_release_that_is_gone_starts_no_reader(tmp_path: Path) -> None:
    async def scenario(graveyard: Graveyard) -> None:
        with pytest.raises(NotFound, match="no longer kept"):
            await Reader.start(tmp_path / "000009", "public", MEMORY, graveyard)
        assert len(graveyard) == 1

    run(scenario)


def test_a_process_that_does_not_come_up_tells_its_last_words(
    first: Release, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\necho 'no such module' >&2\nexit 3\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))

    async def scenario(graveyard: Graveyard) -> None:
        with pytest.raises(StoreError, match="did not start: no such module"):
            await Reader.start(first.path, "public", MEMORY, graveyard)

    run(scenario)


def test_a_process_that_cannot_be_started_leaves_nothing(
    first: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    before = len(list(Path("/proc/self/fd").iterdir()))

    async def scenario(graveyard: Graveyard) -> None:
        with pytest.raises(FileNotFoundError):
            await Reader.start(first.path, "public", MEMORY, graveyard)

    run(scenario)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_process_that_hangs_is_given_up(
    first: Release, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\nexec sleep 60\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    monkeypatch.setattr(reader, "START_TIMEOUT", 0.2)

    async def scenario(graveyard: Graveyard) -> None:
        with pytest.raises(TimeoutError):
            await Reader.start(first.path, "public", MEMORY, graveyard)
        assert len(graveyard) == 1

    run(scenario)


def test_a_reader_sees_no_secret(first: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERRE_SECRET", "open sesame")

    async def scenario(graveyard: Graveyard) -> None:
        found = await Reader.start(first.path, "public", MEMORY, graveyard)
        seen = await asyncio.to_thread(Path(f"/proc/{found.process.pid}/environ").read_bytes)
        assert b"sesame" not in seen
        assert b"PYTHONPATH" in seen
        found.kill("enough")

    run(scenario)


@pytest.mark.parametrize(
    ("sign", "kind", "words"),
    [
        (signal.SIGABRT, QueryTooLarge, "memory"),
        (signal.SIGKILL, QueryTooLarge, "outside"),
        (signal.SIGSEGV, QueryFailed, "nested"),
        (signal.SIGUSR2, QueryFailed, "code -12"),
    ],
)
def test_the_cause_of_death_is_told(
    first: Release, sign: signal.Signals, kind: type[Exception], words: str
) -> None:
    async def scenario(graveyard: Graveyard) -> None:
        found = await Reader.start(first.path, "public", MEMORY, graveyard)
        os.kill(found.process.pid, sign)
        with pytest.raises(ReaderDied):
            await found.receive()
        cause = await found.cause_of_death()
        assert isinstance(cause, kind)
        assert words in str(cause)
        found.kill("it died")

    run(scenario)


def test_an_overflowing_stack_is_no_lack_of_memory(first: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reader, "_last_words", lambda _: "thread 'main' has overflowed its stack")

    async def scenario(graveyard: Graveyard) -> None:
        found = await Reader.start(first.path, "public", MEMORY, graveyard)
        os.kill(found.process.pid, signal.SIGABRT)
        assert isinstance(await found.cause_of_death(), QueryFailed)
        found.kill("it died")

    run(scenario)


def test_a_reader_that_only_falls_silent_is_told_too(first: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    def alive(_: object, seconds: float) -> int:
        raise subprocess.TimeoutExpired("reader", seconds)

    async def scenario(graveyard: Graveyard) -> None:
        found = await Reader.start(first.path, "public", MEMORY, graveyard)
        with monkeypatch.context() as patched:
            patched.setattr(subprocess.Popen, "wait", alive)
            assert "stopped talking" in str(await found.cause_of_death())
        found.kill("it died")

    run(scenario)


def test_a_fleet_tries_again_until_its_readers_start(first: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    real, tries = Reader.start, []

    async def fails_twice(folder: Path, part: Part, memory: int, graveyard: Graveyard) -> Reader:
        tries.append(folder)
        if len(tries) < 3:
            raise OSError("no processes left")
        return await real(folder, part, memory, graveyard)

    monkeypatch.setattr(Reader, "start", fails_twice)
    monkeypatch.setattr(fleet, "RETRIES", (0.01,))

    async def scenario(graveyard: Graveyard) -> None:
        readers = Fleet(first.path, "public", MEMORY, graveyard)
        with pytest.raises(StoreError, match="no processes left"):
            await readers.ready()
        async with asyncio.timeout(10):
            found = await readers.take()
        assert (len(tries), readers.trouble, readers.busy) == (3, None, {found})
        readers.put(found)
        assert list(readers.idle) == [found]
        await readers.close()
        assert readers.empty
        readers.fill(at_least=1)
        assert readers.empty  # a closed one starts nothing

    run(scenario)


def test_a_fleet_of_a_release_that_is_gone_says_so(tmp_path: Path) -> None:
    async def scenario(graveyard: Graveyard) -> None:
        readers = Fleet(tmp_path / "000009", "public", MEMORY, graveyard)
        with pytest.raises(NotFound):
            await readers.take()
        await readers.close()

    run(scenario)


def test_a_fleet_keeps_as_many_as_are_wanted(first: Release) -> None:
    async def scenario(graveyard: Graveyard) -> None:
        readers = Fleet(first.path, "public", MEMORY, graveyard)
        readers.wanted = 2
        readers.fill()
        async with asyncio.timeout(20):
            one, two = await readers.take(), await readers.take()
        one.kill("its query took too long")
        readers.put(one)
        async with asyncio.timeout(20):
            three = await readers.take()
        assert len({one, two, three}) == 3
        readers.put(two)
        readers.put(three)
        readers.wanted = 0
        assert readers.retire(idle_for=60, keep=1) == 1
        assert readers.retire(idle_for=-1, keep=1) == 0
        assert readers.empty
        await readers.close()

    run(scenario)
