"""A writing process that does not come up, and a service that is closed over its work."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any

import pytest

from graph.errors import InputError, StoreError, VerreError
from graph.settings import Settings
from graph.store import confine, protocol
from graph.store.releases import Releases
from graph.store.writes import Written
from graph.store.writing import WriteService, messages, process, service, worker
from graph.store.writing.process import WritingProcess
from tests.store.writing.conftest import adding, notes, update


async def tried(wanted: WriteService, name: str) -> Written | VerreError:
    try:
        return await wanted.write(adding(name))
    except VerreError as error:
        return error


def test_all_who_wait_are_told_and_the_next_is_tried_again(
    releases: Releases, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, out_of_order = WritingProcess.start, [True]

    async def sometimes(*arguments: Any) -> WritingProcess:
        if out_of_order:
            raise StoreError("no process today")
        return await start(*arguments)

    monkeypatch.setattr(WritingProcess, "start", sometimes)

    async def main() -> None:
        wanted = WriteService(releases, settings)
        results = await asyncio.gather(tried(wanted, "a"), tried(wanted, "b"))
        assert [str(result) for result in results] == ["no process today"] * 2
        out_of_order.clear()
        assert isinstance(await tried(wanted, "c"), Written)
        await wanted.close()

    asyncio.run(main())
    assert notes(releases) == {"c"}


def test_what_a_process_finds_wrong_with_its_store_is_told(
    releases: Releases, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that answers FAIL instead of READY: here one of ours, over the same socket."""

    class Child:
        pid, stderr = 0, None

        def kill(self) -> None:
            return

        def wait(self) -> int:
            return 0

        def poll(self) -> int | None:
            return None

    kept: list[socket.socket] = []

    def spawn(theirs: socket.socket) -> Any:
        kept.append(theirs.dup())
        theirs.sendall(protocol.message(messages.FAIL, **messages.told(StoreError("no filter"))))
        return Child()

    monkeypatch.setattr(process, "_spawn", spawn)

    async def main() -> None:
        with pytest.raises(StoreError, match="no filter"):
            await WritingProcess.start(releases, settings)

    asyncio.run(main())
    with kept[0]:
        assert protocol.receive(kept[0]) is not None


def test_a_process_that_cannot_even_be_started(
    releases: Releases, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spawn(_: socket.socket) -> Any:
        raise FileNotFoundError("no python")

    monkeypatch.setattr(process, "_spawn", spawn)

    async def main() -> None:
        with pytest.raises(FileNotFoundError):
            await WritingProcess.start(releases, settings)

    asyncio.run(main())


def test_a_group_that_outlives_the_grace_is_broken_off(
    releases: Releases, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "GRACE", 0.2)
    join = " ".join(f"?a{number} ?b{number} ?c{number} ." for number in range(20))
    slow = update(
        f"INSERT {{ GRAPH g:x {{ ex:a ex:b 1 }} }} WHERE {{ {join} FILTER(CONCAT(STR(?a0), STR(?a19)) = 'never') }}"
    )

    async def main() -> None:
        wanted = WriteService(releases, settings)
        await wanted.write(adding("a"))
        task = asyncio.create_task(wanted.write(slow))
        await asyncio.sleep(0.1)
        await wanted.close()
        with pytest.raises(StoreError, match="broken off"):
            await task

    asyncio.run(main())
    assert notes(releases) == {"a"}


def test_the_process_reads_its_settings_and_says_that_it_is_ready(
    releases: Releases, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`main` in this process, with what cannot be given up here left out."""
    ours, theirs = socket.socketpair()
    given_up: list[int] = []

    def given(memory: int) -> Any:
        given_up.append(memory)
        return lambda: 0

    monkeypatch.setattr(worker, "_confine", given)
    for name in ("end_after", "end_with", "raise_limits"):
        monkeypatch.setattr(confine, name, lambda *_: None)
    with ours:
        ours.sendall(protocol.message(process.CONFIG, **process._config(releases, settings)))
        ours.sendall(protocol.message(messages.GROUP, count=1) + messages.write_frame(adding("a")))
        ours.shutdown(socket.SHUT_WR)
        worker.main([str(theirs.detach()), "0"])
        frames = []
        while (frame := protocol.receive(ours)) is not None:
            frames.append(frame)
    assert [kind for kind, _ in frames] == [messages.READY, messages.BEGIN, messages.COMMIT, messages.DONE]
    assert json.loads(frames[-1][1])["release"] == "000002"
    assert given_up == [settings.write_memory]
    assert notes(releases) == {"a"}


def test_a_machine_on_which_connections_cannot_be_ruled_out_writes_nothing(
    releases: Releases, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = socket.socketpair()

    def refuse(_: int) -> Any:
        raise StoreError("this kernel filters no system calls")

    monkeypatch.setattr(worker, "_confine", refuse)
    for name in ("end_after", "end_with", "raise_limits"):
        monkeypatch.setattr(confine, name, lambda *_: None)
    with ours:
        ours.sendall(protocol.message(process.CONFIG, **process._config(releases, settings)))
        worker.main([str(theirs.detach()), "0"])
        frame = protocol.receive(ours)
    assert frame is not None
    assert frame[0] == messages.FAIL
    assert "filters no system calls" in messages.raised(json.loads(frame[1])).detail


def test_who_is_told_nothing_to_do_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    for name in ("end_after", "end_with"):
        monkeypatch.setattr(confine, name, lambda *_: None)
    ours.close()
    worker.main([str(theirs.detach()), "0"])


def test_an_error_that_is_no_error_of_ours_is_one_of_the_store() -> None:
    told = messages.told(InputError("x")) | {"error": "KeyError"}
    assert type(messages.raised(told)) is StoreError
