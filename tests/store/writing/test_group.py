"""A group of writes, and what becomes of it when its process goes wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import InputError, StoreError, VerreError, WriteTimeout
from graph.settings import Settings
from graph.store import protocol
from graph.store.releases import Releases
from graph.store.writes import Write, Written
from graph.store.writing import messages
from graph.store.writing.group import Group, Turn
from graph.store.writing.process import ProcessDied
from tests.store.small import EDIT, NO_DERIVE, named, quad
from tests.store.writing.conftest import adding

DEAD, SILENT = "dead", "silent"
Event = tuple[bytes, dict[str, Any]] | str | Callable[[], None]


class Fake:
    """A process that says what it is told to say."""

    def __init__(self, *events: Event) -> None:
        self.events = list(events)
        self.sent: list[tuple[bytes, Any]] = []
        self.killed = False

    async def send(self, content: bytes) -> None:
        kind, length = protocol.HEADER.unpack(content[: protocol.HEADER.size])
        self.sent.append((kind, json.loads(content[protocol.HEADER.size :][:length])))

    async def receive(self) -> tuple[bytes, bytes]:
        event = self.events.pop(0)
        while callable(event):
            event()
            event = self.events.pop(0)
        if event == DEAD:
            raise ProcessDied
        if event == SILENT:
            await asyncio.sleep(60)
        assert isinstance(event, tuple)
        return event[0], json.dumps(event[1]).encode()

    async def cause_of_death(self) -> VerreError:
        return StoreError("it died")

    async def gone(self) -> None:
        assert self.killed

    def kill(self) -> None:
        self.killed = True


def begin(place: int) -> Event:
    return messages.BEGIN, {"place": place}


def outcomes(*results: Written | VerreError) -> list[dict[str, Any]]:
    return [messages.outcome(result) for result in results]


DONE_TWO = outcomes(Written("", added=1), InputError("not so"))


def commit(base: str) -> Event:
    return messages.COMMIT, {"base": base, "outcomes": DONE_TWO}


def ran(releases: Releases, settings: Settings, process: Fake, *writes: Write) -> tuple[list[Any], list[int]]:
    """What came of each write (None: nothing yet), and which are to be tried again."""

    async def main() -> tuple[list[Any], list[int]]:
        turns = [Turn(write, asyncio.get_running_loop().create_future()) for write in writes]
        again = await Group(turns, releases, settings).run(process)  # type: ignore[arg-type]
        results = []
        for turn in turns:
            done = turn.done.done()
            results.append((turn.done.exception() or turn.done.result()) if done else None)
            turn.done.cancel()
        return results, [turns.index(turn) for turn in again]

    return asyncio.run(main())


@pytest.fixture
def quick(settings: Settings) -> Settings:
    return settings.model_copy(update={"update_timeout": 0.05, "commit_timeout": 0.05})


TWO = (adding("a"), adding("b", "http://example.org/g"))


def test_each_learns_what_came_of_its_write(releases: Releases, settings: Settings) -> None:
    done = (messages.DONE, {"release": "000002", "outcomes": DONE_TWO, "spent": False})
    process = Fake(begin(0), begin(1), commit("000001"), done)
    results, again = ran(releases, settings, process, *TWO)
    assert results[0] == Written("000002", added=1)
    assert isinstance(results[1], InputError)
    assert (again, process.killed) == ([], False)
    assert process.sent[0] == (messages.GROUP, {"count": 2})
    assert [kind for kind, _ in process.sent[1:]] == [messages.WRITE] * 2


def test_a_process_that_has_grown_is_given_up(releases: Releases, settings: Settings) -> None:
    process = Fake((messages.DONE, {"release": "000002", "outcomes": DONE_TWO, "spent": True}))
    ran(releases, settings, process, *TWO)
    assert process.killed


def test_a_write_that_brings_the_process_down_is_the_only_one_to_fail(
    releases: Releases, settings: Settings
) -> None:
    results, again = ran(releases, settings, Fake(begin(0), begin(1), DEAD), *TWO)
    assert (results[0], again) == (None, [0])
    assert isinstance(results[1], StoreError)


def test_one_that_is_too_slow_too(releases: Releases, quick: Settings) -> None:
    process = Fake(begin(0), SILENT)
    results, again = ran(releases, quick, process, *TWO)
    assert isinstance(results[0], WriteTimeout)
    assert (results[0].setting, again, process.killed) == ("VERRE_UPDATE_TIMEOUT", [1], True)


def test_nobody_gets_more_time_than_the_setting(releases: Releases, quick: Settings) -> None:
    slow = Write("update", text="…", timeout=30)
    results, _ = ran(releases, quick, Fake(begin(0), SILENT), slow)
    assert "0.05 s" in results[0].detail


def test_who_dies_before_the_switch_has_written_nothing(releases: Releases, settings: Settings) -> None:
    results, again = ran(releases, settings, Fake(begin(0), begin(1), commit("000001"), DEAD), *TWO)
    assert all(isinstance(result, StoreError) for result in results)
    assert again == []


def test_who_dies_after_the_switch_has_written(releases: Releases, settings: Settings) -> None:
    def publish() -> None:
        with releases.write() as writer:
            writer.add([quad(named("new"), EDIT)])
            writer.commit("edit", NO_DERIVE)

    results, again = ran(releases, settings, Fake(begin(0), begin(1), commit("000001"), publish, DEAD), *TWO)
    assert results[0] == Written("000002", added=1)
    assert isinstance(results[1], InputError)
    assert again == []


def test_a_release_that_somebody_else_made_is_not_taken_for_it(
    releases: Releases, settings: Settings
) -> None:
    def publish() -> None:
        with releases.write() as writer:
            writer.add([quad(named("new"), EDIT)])
            writer.commit("load", NO_DERIVE)

    results, _ = ran(releases, settings, Fake(begin(0), begin(1), commit("000001"), publish, DEAD), *TWO)
    assert all(isinstance(result, StoreError) for result in results)


def test_a_store_that_cannot_be_read_any_more_has_not_been_written(
    releases: Releases, settings: Settings
) -> None:
    def spoil() -> None:
        releases.layout.current.write_text("no json")

    results, _ = ran(releases, settings, Fake(begin(0), begin(1), commit("000001"), spoil, DEAD), *TWO)
    assert all(isinstance(result, StoreError) for result in results)


def test_making_a_release_has_a_time_of_its_own(releases: Releases, quick: Settings) -> None:
    results, again = ran(releases, quick, Fake(begin(0), begin(1), commit("000001"), SILENT), *TWO)
    assert {result.setting for result in results} == {"VERRE_COMMIT_TIMEOUT"}
    assert again == []


def test_a_process_that_never_begins_fails_them_all(
    releases: Releases, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.writing.group.START_TIMEOUT", -settings.write_lock_wait + 0.01)
    results, again = ran(releases, settings, Fake(SILENT), *TWO)
    assert all(isinstance(result, StoreError) for result in results)
    assert again == []


def test_where_the_release_is_refused_each_is_tried_alone(releases: Releases, settings: Settings) -> None:
    failed = (messages.FAIL, messages.told(InputError("refused")))
    results, again = ran(releases, settings, Fake(begin(0), begin(1), commit("000001"), failed), *TWO)
    assert (results, again) == ([None, None], [0, 1])
    results, again = ran(releases, settings, Fake(begin(0), failed), TWO[0])
    assert isinstance(results[0], InputError)


def test_where_the_store_fails_they_all_do(releases: Releases, settings: Settings) -> None:
    failed = (messages.FAIL, messages.told(StoreError("full")))
    results, again = ran(releases, settings, Fake(failed), *TWO)
    assert [str(result) for result in results] == ["full", "full"]
    assert again == []


def test_a_group_that_is_called_off_ends_its_process(releases: Releases, settings: Settings) -> None:
    process = Fake(begin(0), SILENT)

    async def main() -> None:
        turn = Turn(adding("a"), asyncio.get_running_loop().create_future())
        task = asyncio.create_task(Group([turn], releases, settings).run(process))  # type: ignore[arg-type]
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert process.killed


def test_a_turn_is_settled_once() -> None:
    async def main() -> None:
        turn = Turn(adding("a"), asyncio.get_running_loop().create_future())
        turn.settle(Written("000001"))
        turn.settle(InputError("too late"))
        assert (await turn.done).release == "000001"

    asyncio.run(main())
