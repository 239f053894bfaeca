"""The writing process: what it has given up, how it ends, and what it leaves then."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from graph.errors import NotFound, QueryRefused, QueryTooLarge, StoreError, VerreError
from graph.settings import Settings
from graph.store import protocol
from graph.store.releases import Releases
from graph.store.writes import Write, Written
from graph.store.writing import WriteService, messages, process, worker
from graph.store.writing.process import ProcessDied, WritingProcess
from graph.store.writing.worker import Work
from tests.store.listener import Listener
from tests.store.small import ONE
from tests.store.writing.conftest import EDIT, Desk, adding, notes, update


def run(main: Coroutine[Any, Any, None]) -> None:
    asyncio.run(main)


def work_on(releases: Releases, settings: Settings) -> Work:
    return Work(process._config(releases, settings))


def done(work: Work, *writes: Write) -> tuple[dict[str, Any], list[bytes]]:
    """What a group comes to, and the kinds of the frames sent meanwhile."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        result = work.group(list(writes), theirs)
        theirs.shutdown(socket.SHUT_WR)
        kinds = []
        while (frame := protocol.receive(ours)) is not None:
            kinds.append(frame[0])
    return result, kinds


def test_a_group_is_one_release(releases: Releases, settings: Settings) -> None:
    work = work_on(releases, settings)
    result, kinds = done(work, adding("a"), update("FOO"), adding("b"))
    assert result["release"] == "000002"
    assert kinds == [messages.BEGIN] * 3 + [messages.COMMIT]
    results = [messages.outcome_of(one, "000002") for one in result["outcomes"]]
    assert isinstance(results[1], VerreError)
    assert [r.added for r in results if isinstance(r, Written)] == [1, 1]
    assert notes(releases) == {"a", "b"}
    result, kinds = done(work, adding("a"), adding("x", ONE.value))
    assert (result["release"], kinds) == ("000002", [messages.BEGIN] * 2)  # nothing changed: nothing is made
    assert releases.pointer().last == 2
    work.session.close()


def test_the_first_write_of_all_brings_the_words_of_the_graph(settings: Settings) -> None:
    releases = Releases(settings.home)
    work = work_on(releases, settings)
    done(work, update("CLEAR ALL"))
    assert releases.current() is None
    done(work, adding("a"))
    release = releases.current()
    assert release is not None
    assert {"vocabulary", "reference"} <= {
        graph.split("/graph/")[1].split("/")[0] for graph in release.manifest.graphs
    }
    assert notes(releases) == {"a"}
    work.session.close()


@pytest.mark.parametrize("found", [VerreError, OSError])
def test_what_fails_is_told_to_who_asked(
    releases: Releases,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    found: type[Exception],
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise found("/secret/path is out of order")

    work = work_on(releases, settings)
    monkeypatch.setattr(work, "group", fail)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(protocol.message(messages.GROUP, count=1) + messages.write_frame(adding("a")))
        ours.shutdown(socket.SHUT_WR)
        worker.serve(work, theirs, lambda: 0)  # type: ignore[arg-type]
        frame = protocol.receive(ours)
    assert frame is not None
    error = messages.raised(json.loads(frame[1]))
    assert frame[0] == messages.FAIL
    if found is OSError:
        assert "/secret" not in error.detail
        assert "/secret/path" in capfd.readouterr().err


def test_a_group_that_is_cut_off_is_none(releases: Releases, settings: Settings) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(protocol.message(messages.GROUP, count=2) + messages.write_frame(adding("a")))
        ours.shutdown(socket.SHUT_WR)
        worker.serve(work_on(releases, settings), theirs, lambda: 0)  # type: ignore[arg-type]
    assert releases.pointer().last == 1


def test_it_comes_up_and_is_killed(releases: Releases, settings: Settings) -> None:
    async def main() -> None:
        started = await WritingProcess.start(releases, settings)
        assert started.usable
        os.kill(started.process.pid, signal.SIGKILL)
        with pytest.raises(ProcessDied):
            await started.receive()
        cause = await started.cause_of_death()
        assert isinstance(cause, StoreError)
        started.kill()
        started.kill()
        await started.gone()
        assert not started.usable

    run(main())


def test_one_that_cannot_work_says_why(
    releases: Releases, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> dict[str, Any]:
        return {"releases": {}, "settings": {"readers": "many"}}

    monkeypatch.setattr(process, "_config", broken)

    async def main() -> None:
        with pytest.raises(StoreError, match="did not start"):
            await WritingProcess.start(releases, settings)

    run(main())


@pytest.mark.parametrize(
    ("code", "words", "kind", "detail"),
    [
        (-signal.SIGABRT, "memory allocation of 8 bytes failed", QueryTooLarge, "more memory"),
        (messages.OUT_OF_MEMORY, "", QueryTooLarge, "more memory"),
        (-signal.SIGABRT, "thread 'main' has overflowed its stack", QueryRefused, "nested too deeply"),
        (-signal.SIGSEGV, "", QueryRefused, "nested too deeply"),
        (-signal.SIGKILL, "", StoreError, "the graph is as it was"),
    ],
)
def test_a_death_has_its_cause(
    tmp_path: Path, code: int, words: str, kind: type[VerreError], detail: str
) -> None:
    (tmp_path / "words").write_text(words)

    class Ended:
        pid = 1
        stderr = (tmp_path / "words").open("rb")

        def wait(self) -> int:
            return code

    async def main() -> None:
        cause = await WritingProcess(Ended()).cause_of_death()  # type: ignore[arg-type]
        assert type(cause) is kind
        assert detail in cause.detail
        settings: dict[type[VerreError], str] = {
            QueryTooLarge: "VERRE_WRITE_MEMORY",
            QueryRefused: "VERRE_QUERY_NESTING",
        }
        assert cause.setting == settings.get(kind)

    with Ended.stderr:
        run(main())


def test_it_opens_no_connection_and_starts_no_program(desk: Desk, listener: Listener) -> None:
    """Not even where the gate is open: the kernel refuses it."""
    script = (
        "import socket, subprocess, sys\n"
        "from graph.store import confine\n"
        "from graph.store.writing import worker\n"
        "worker._confine(2**30)\n"
        "tried = []\n"
        "for what in (lambda: socket.create_connection(('127.0.0.1', int(sys.argv[1].strip('/').split(':')[-1]))),\n"
        "             lambda: subprocess.run(['true'], close_fds=False)):\n"
        "    try:\n"
        "        what(); tried.append('done')\n"
        "    except OSError as error:\n"
        "        tried.append(error.errno)\n"
        "print(tried)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, listener.address], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[1, 1]"
    assert listener.connections == 0


def test_an_update_that_takes_all_memory_ends_the_process_alone(
    releases: Releases, settings: Settings
) -> None:
    tight = settings.model_copy(update={"write_memory": 300 * 2**20})
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(21))
    text = (
        f"INSERT {{ GRAPH g:x {{ ex:a ex:b ?x21 }} }} WHERE {{ VALUES ?x0 {{ '{'a' * 1024}' }} {doubled} }}"
    )
    greedy = update(text)

    async def main() -> None:
        service = WriteService(releases, tight)
        try:
            with pytest.raises(QueryTooLarge) as caught:
                await service.write(greedy)
            assert caught.value.setting == "VERRE_WRITE_MEMORY"
            assert (await service.write(adding("after"))).changed
        finally:
            await service.close()

    run(main())
    assert notes(releases) == {"after"}


def test_a_process_killed_at_any_moment_leaves_whole_releases(releases: Releases, settings: Settings) -> None:
    """What was acknowledged is there, what was not is not, and the next write works."""

    async def main() -> None:
        service = WriteService(releases, settings)
        try:
            await service.write(adding("zero"))
            known = {"zero"}
            for number, pause in enumerate((0.0, 0.05)):
                task = asyncio.create_task(service.write(adding(f"n{number}")))
                await asyncio.sleep(pause)
                victim = service._process
                assert victim is not None
                victim.process.kill()
                try:
                    await task
                    known.add(f"n{number}")
                except StoreError:
                    pass
                assert notes(releases) == known
                known.add(f"after{number}")
                assert (await service.write(adding(f"after{number}"))).changed
            assert notes(releases) == known
        finally:
            await service.close()

    run(main())


def test_releases_are_looked_for_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = process._config(Releases(Path("home")), Settings(home=Path("home")))
    assert config["releases"]["home"] == str(tmp_path / "home")


def test_a_graph_to_be_deleted_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.write(Write("delete", graph=EDIT + "/never"))
