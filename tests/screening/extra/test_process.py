"""The process that screens: begun when asked, the same answers, ended when idle, replaced when it dies."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import Busy, InputError, StoreError
from graph.screening import worker
from graph.screening.jobs import Rules, answer, job
from graph.screening.process import WAITING, ScreenerProcess
from graph.screening.records import Subject
from graph.screening.screener import Screener
from graph.settings import Settings

pytestmark = pytest.mark.anyio
RULES = Rules(0.7, 0.7, 20, ("eu",))
WERFT = Subject(("Phantasie Werft",), "organization")


async def threads(work: Callable[[], Any]) -> Any:
    return await asyncio.to_thread(work)


async def test_it_answers_as_the_screener_does_and_is_begun_again_when_it_died(listed: Settings) -> None:
    screener = Screener(listed.home, listed)
    expected = screener.screen([WERFT] * 60, RULES)
    screener.close()
    process = ScreenerProcess(listed, threads)
    versions, found = await process.screen([WERFT] * 60, RULES)
    assert found == expected
    assert [version.name for version in versions] == ["eu"]
    child = process._child
    assert child is not None
    with pytest.raises(InputError, match="no such sanctions list"):
        await process.screen([WERFT], Rules(0.7, 0.7, 20, ("none",)))
    child.kill()
    child.wait()
    assert (await process.screen([WERFT], RULES))[1] == expected[:1]
    assert process._child is not child
    process._retire()
    assert process._child is None
    await process.close()


async def test_a_process_that_breaks_down_is_told(listed: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.screening.process.receive", lambda _: None)
    process = ScreenerProcess(listed, threads)
    with pytest.raises(StoreError, match="has ended"):
        await process.screen([WERFT], RULES)
    await process.close()


async def test_too_many_that_wait_are_turned_away(listed: Settings) -> None:
    process = ScreenerProcess(listed, threads)
    process._asked = WAITING
    with pytest.raises(Busy):
        await process.screen([WERFT], RULES)


def test_frames_and_errors_cross_the_pipe_whole(listed: Settings) -> None:
    given, taken = io.BytesIO(), io.BytesIO()
    worker.send(given, listed.model_dump(mode="json"))
    worker.send(given, job([WERFT], RULES))
    worker.send(given, job([WERFT], Rules(0.7, 0.7, 20, ("none",))))
    given.write(b"\0\0")
    given.seek(0)
    worker.main(given, taken)
    taken.seek(0)
    first, second = worker.receive(taken), worker.receive(taken)
    assert first is not None
    assert second is not None
    assert answer(first)[1][0].matches
    error = worker.raised(second)
    assert isinstance(error, InputError)
    assert error.issues[0].name == "lists"
    assert worker.receive(io.BytesIO(b"\0\0\0\5ab")) is None
    worker.main(io.BytesIO(), io.BytesIO())
