"""Those who wait to write, and their turns."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress

from graph.errors import Busy, StoreError, VerreError
from graph.settings import Settings
from graph.store.releases import Releases
from graph.store.writes import Write, Written
from graph.store.writing.group import Group, Turn
from graph.store.writing.process import WritingProcess

GROUP = 32
"""Most writes that share a release."""
GRACE = 10.0
"""Seconds that a group under way gets when the service closes."""


class WriteService:
    """Writes to our own releases (`graph.store.writes.Writes`), one group after the other in one process.

    Args:
        releases: what is written.
        settings: the limits.
    """

    def __init__(self, releases: Releases, settings: Settings) -> None:
        self._releases = releases
        self._settings = settings
        self._waiting: deque[Turn] = deque()
        self._busy = False
        self._closed = False
        self._wake = asyncio.Event()
        self._runner: asyncio.Task[None] | None = None
        self._process: WritingProcess | None = None

    async def start(self) -> None:
        """Warms a process up; returns at once, and the first write waits for it if it must."""
        self._closed = False
        if self._runner is None:
            self._runner = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Ends: what waits is turned away, a group under way gets a moment to be done."""
        self._closed = True
        self._refuse_waiting()
        self._wake.set()
        runner, self._runner = self._runner, None
        if runner is not None:
            _, late = await asyncio.wait({runner}, timeout=GRACE)
            for task in late:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            await process.gone()

    async def write(self, write: Write) -> Written:
        """See `Writes.write`."""
        if self._closed:
            raise Busy("the service is closing; nothing was written")
        if len(self._waiting) >= self._settings.write_queue and (self._busy or self._waiting):
            raise Busy(
                "too many writes wait already; nothing was written, try again later",
                setting="VERRE_WRITE_QUEUE",
            )
        await self.start()
        turn = Turn(write, asyncio.get_running_loop().create_future())
        self._waiting.append(turn)
        self._wake.set()
        return await turn.done

    async def _run(self) -> None:
        with suppress(VerreError):  # the first write tries again, and tells
            await self._ready()
        while not self._closed:
            await self._wake.wait()
            self._wake.clear()
            while group := self._next():
                self._busy = True
                try:
                    await self._serve(group)
                finally:
                    self._busy = False
                    for turn in group.turns:
                        if turn not in self._waiting:
                            turn.settle(StoreError("the write was broken off; nothing of it is there"))

    def _next(self) -> Group | None:
        turns: list[Turn] = []
        while self._waiting and len(turns) < GROUP:
            if self._waiting[0].done.done():  # its client has gone
                self._waiting.popleft()
                continue
            alone = self._waiting[0].alone or self._releases.bare
            if alone and turns:
                break
            turns.append(self._waiting.popleft())
            if alone:
                break
        return Group(turns, self._releases, self._settings) if turns else None

    async def _serve(self, group: Group) -> None:
        try:
            process = await self._ready()
        except VerreError as error:
            for turn in group.turns:
                turn.settle(error)
            return
        again = await group.run(process)
        self._waiting.extendleft(reversed(again))
        if not process.usable:
            with suppress(VerreError):
                await self._ready()

    async def _ready(self) -> WritingProcess:
        """The warm process, a new one where it has ended."""
        old = self._process
        if old is not None and old.usable:
            return old
        if old is not None:
            old.kill()
            await old.gone()
        self._process = None
        self._process = await WritingProcess.start(self._releases, self._settings)
        return self._process

    def _refuse_waiting(self) -> None:
        while self._waiting:
            self._waiting.popleft().settle(Busy("the service is closing; nothing was written"))
