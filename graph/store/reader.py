"""The parent's end of one reader process: start it, ask it, kill it, bury it."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from graph.errors import QueryError, QueryFailed, QueryRefused, QueryTooLarge, StoreError
from graph.store import protocol
from graph.store.frames import Frames
from graph.store.hatchery import last_words
from graph.store.nursery import Child
from graph.store.parts import Part
from graph.store.worker import TOO_MUCH_MEMORY

log = logging.getLogger("verre.store")

START_TIMEOUT = 60.0
"""Seconds that a reader may take to open its release."""
LAST_LOOK = 5.0
"""Seconds in which it must be known how a process has ended."""
TOO_DEEP = "the query is nested too deeply, or one of its chains of operators is too long"


class ReaderDied(Exception):
    """The process ended in the middle of something."""


class Forks(Protocol):
    """What makes processes for us."""

    async def fork(self, request: dict[str, Any], *descriptors: int) -> Child:
        """See `Nursery.fork`."""
        ...


@dataclass(frozen=True)
class Place:
    """What a reader reads, and how much it may take.

    Attributes:
        folder: of the release.
        part: which part of it; it must be there.
        memory: bytes that a query may take beyond what the reader needs when idle.
    """

    folder: Path
    part: Part
    memory: int


class Reader:
    """One reader process on one release. Made by `start`.

    Attributes:
        place: what it reads.
        idle_since: when it last finished something (`time.monotonic`).
        killed: why it was killed, or "".
        long: whether it is busy with a query that has run for so long that it no longer counts among the others.
        tired: whether it stands back for good, so that another should take its place.
    """

    def __init__(self, place: Place, graveyard: set[asyncio.Task[None]]) -> None:
        self.place = place
        self.idle_since = time.monotonic()
        self.killed = ""
        self.long = False
        self.tired = False
        self._child: Child
        self._frames: Frames
        self._stderr = -1
        self._graveyard = graveyard

    @classmethod
    async def start(cls, place: Place, forks: Forks, graveyard: set[asyncio.Task[None]]) -> Reader:
        """Starts a process on a release.

        Args:
            place: what it is to read.
            forks: who forks it.
            graveyard: gets the task that waits for the end of the process once it is killed.

        Raises:
            NotFound: the release is no longer kept.
            StoreError: it cannot be opened, or the process did not come up.
            Refused: nobody forks it now.
        """
        reader = cls(place, graveyard)
        async with asyncio.timeout(START_TIMEOUT):
            await reader._be_forked(forks)
            try:
                kind, payload = await reader.receive()
            except ReaderDied:
                words = reader.last_words()
                reader.kill("it did not start")
                raise StoreError(f"a reader process did not start: {words[-300:]}") from None
            except BaseException:
                reader.kill("it did not start")
                raise
        if kind == protocol.FAIL:
            reader.kill("it could not open its release")
            raise protocol.raised(payload)
        return reader

    async def _be_forked(self, forks: Forks) -> None:
        ours, theirs = socket.socketpair()
        self._stderr, errors = os.pipe()
        place = self.place
        request = {"folder": str(place.folder), "part": place.part, "memory": place.memory}
        try:
            self._child = await forks.fork(request, theirs.fileno(), errors)
        except BaseException:
            ours.close()
            os.close(self._stderr)
            raise
        finally:
            theirs.close()
            os.close(errors)
        self._frames = Frames(ours)

    @property
    def release(self) -> str:
        """The name of its release."""
        return self.place.folder.name

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    @property
    def in_memory(self) -> bool:
        """Whether it reads from memory, not from disk."""
        return self._child.in_memory

    @property
    def usable(self) -> bool:
        """Whether a job may be given to it."""
        return not (self.killed or self.tired or self._frames.gone)

    async def send(self, **job: Any) -> None:
        """Gives it a job. Where it is gone, `receive` says so."""
        await self._frames.send(protocol.message(protocol.JOB, **job))

    async def receive(self) -> tuple[bytes, bytes]:
        """The next frame from it.

        Raises:
            ReaderDied: it is gone.
        """
        frame = await self._frames.next()
        if frame is None:
            raise ReaderDied
        return frame

    @property
    def took_its_job(self) -> bool:
        """Whether a reader that is gone had read what it was given."""
        return not self._frames.unread

    def stand_back(self) -> None:
        """Leaves the processor to others; it can never come forward again."""
        self.tired = True
        self._child.stand_back()

    def kill(self, why: str) -> None:
        """Ends it at once; for whatever reason, once. Does not wait."""
        if self.killed:
            return
        self.killed = why
        self._child.kill()
        self._frames.close()
        burial = asyncio.get_running_loop().create_task(self._bury())
        self._graveyard.add(burial)
        burial.add_done_callback(self._graveyard.discard)

    async def cause_of_death(self) -> QueryError:
        """Why it ended by itself in the middle of a query: out of memory, too deep, or a fault of the engine."""
        try:
            async with asyncio.timeout(LAST_LOOK):
                code = await asyncio.shield(self._child.ended)
        except TimeoutError:
            return QueryFailed("the reader stopped talking over this query")
        words = self.last_words()
        log.warning("reader %s ended with %s: %s", self.pid, code, words)
        if code == -signal.SIGSEGV or "overflowed its stack" in words:
            return QueryRefused(TOO_DEEP, setting="VERRE_QUERY_NESTING")
        if code == -signal.SIGABRT:
            return QueryTooLarge(TOO_MUCH_MEMORY, setting="VERRE_QUERY_MEMORY")
        if code == -signal.SIGKILL:
            return QueryTooLarge("the reader was killed from outside, most likely for its memory")
        return QueryFailed(f"the reader ended with code {code} over this query")

    def last_words(self) -> str:
        """What the process wrote last, once it has ended."""
        return last_words(self._stderr)

    async def _bury(self) -> None:
        await self._child.ended
        self._child.forget()
        os.close(self._stderr)
