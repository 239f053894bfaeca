"""Our end of the process that screens: begun by the first request, ended when nobody has asked for a while."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from graph.errors import Busy, QueryTimeout, StoreError
from graph.screening import require
from graph.screening.jobs import Found, Rules, answer, job
from graph.screening.lists import Version
from graph.screening.records import Json, Subject
from graph.screening.worker import raised, receive, send
from graph.settings import Settings

TOGETHER = 50
"""Subjects of one job: between jobs another request has its turn."""
WAITING = 16
"""Requests that may wait for the process; with more the answer is 503."""
LEAVE = 2.0
"""Seconds in which the process may end by itself before it is killed."""

Threads = Callable[[Callable[[], Any]], Awaitable[Any]]


class ScreenerProcess:
    """Screens in another process, for one event loop.

    Args:
        settings: where the lists are, the limits and the deadline.
        threads: runs what waits off the event loop.
    """

    def __init__(self, settings: Settings, threads: Threads) -> None:
        self._settings = settings
        self._threads = threads
        self._lock = asyncio.Lock()
        self._asked = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._idle: asyncio.TimerHandle | None = None

    async def screen(self, subjects: list[Subject], rules: Rules) -> tuple[tuple[Version, ...], list[Found]]:
        """What the lists have on each subject.

        Raises:
            MissingExtra: the extra is not installed.
            InputError: a list is not loaded.
            QueryTimeout: it took longer than the setting allows.
            Busy: too many wait already.
            StoreError: a list cannot be read, or the process broke down.
        """
        require()
        if self._asked >= WAITING:
            raise Busy("Too many screenings wait already.")
        self._asked += 1
        try:
            async with asyncio.timeout(self._settings.screening_timeout):
                return await self._screen(subjects, rules)
        except TimeoutError:
            seconds = self._settings.screening_timeout
            raise QueryTimeout(
                f"The screening was stopped after {seconds:g} seconds: ask for fewer names at a time.",
                setting="screening_timeout",
            ) from None
        finally:
            self._asked -= 1

    async def _screen(self, subjects: list[Subject], rules: Rules) -> tuple[tuple[Version, ...], list[Found]]:
        found: list[Found] = []
        versions: tuple[Version, ...] | None = None
        for start in range(0, max(len(subjects), 1), TOGETHER):
            told = job(subjects[start : start + TOGETHER], rules)
            async with self._lock:
                said = await self._exchange(told)
            now, some = answer(said)
            if versions is not None and now != versions:  # a list was loaded in between: all over again
                return await self._screen(subjects, rules)
            versions = now
            found += some
        return versions or (), found

    async def _exchange(self, told: Json) -> Json:
        """One job and its answer; a process that does not come to an end, or is cut short, is killed."""
        if self._idle is not None:
            self._idle.cancel()
        work = asyncio.ensure_future(self._threads(lambda: self._talk(told)))
        try:
            said = await asyncio.shield(work)
        except asyncio.CancelledError:
            self._kill()
            with suppress(StoreError):
                await work
            raise
        self._idle = asyncio.get_running_loop().call_later(self._settings.screening_idle, self._retire)
        if "error" in said:
            raise raised(said)
        found: Json = said
        return found

    def _talk(self, told: Json) -> Json:
        child = self._child if self._child is not None and self._child.poll() is None else self._begin()
        try:
            send(child.stdin, told)  # type: ignore[arg-type]
            said = receive(child.stdout)  # type: ignore[arg-type]
        except OSError:
            said = None
        if said is None:
            self._kill()
            raise StoreError("the process that screens has ended; the next request begins another")
        return said

    def _begin(self) -> subprocess.Popen[bytes]:
        self._kill()
        child = subprocess.Popen(
            [sys.executable, "-m", "graph.screening.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._child = child
        limits = self._settings.model_dump(mode="json", include=_LIMITS)
        send(child.stdin, limits)  # type: ignore[arg-type]
        return child

    def _retire(self) -> None:
        """Ends the idle process, off the event loop."""
        if not self._lock.locked():
            self._idle = None
            self._kill()

    def _kill(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait(LEAVE)
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    async def close(self) -> None:
        """Ends the process."""
        if self._idle is not None:
            self._idle.cancel()
        await self._threads(self._kill)


_LIMITS = {"home", *(name for name in Settings.model_fields if name.startswith("screening_"))}
"""The settings that the process needs."""
