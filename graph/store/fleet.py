"""The reader processes of one release."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque

from graph.errors import Busy, NotFound, StoreError, VerreError
from graph.store.lanes import CLOSING
from graph.store.nursery import Refused
from graph.store.reader import Forks, Place, Reader

log = logging.getLogger("verre.store")

RETRIES = (0.1, 0.5, 2.0, 5.0)
"""Seconds before a reader that did not start is tried again."""


class Fleet:
    """Keeps as many readers of a release as are wanted, and hands them out.

    Args:
        place: what they read.
        forks: who forks them.
        graveyard: gets a task for each process that was killed and is not gone yet.

    Attributes:
        wanted: how many there should be; fewer are started as long as somebody waits for one.
        trouble: why the last one that was tried did not start.
    """

    def __init__(self, place: Place, forks: Forks, graveyard: set[asyncio.Task[None]]) -> None:
        self.name = place.folder.name
        self.wanted = 0
        self.trouble: VerreError | None = None
        self.idle: deque[Reader] = deque()
        self.busy: set[Reader] = set()
        self._place = place
        self._forks = forks
        self._graveyard = graveyard
        self._starting: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._failures = 0
        self._closed = False

    @property
    def empty(self) -> bool:
        """Whether it has no process at all."""
        return not (self.idle or self.busy or self._starting)

    @property
    def _there(self) -> int:
        """Readers there are or will be soon; those that long queries keep do not count."""
        return len(self.idle) + len(self._starting) + sum(not reader.long for reader in self.busy)

    async def ready(self) -> None:
        """Waits until a reader is up.

        Raises:
            VerreError: why none comes up.
        """
        self.fill(at_least=1)
        while not self.idle and not self.busy:
            if self.trouble:
                raise self.trouble
            await self._woken()

    async def take(self) -> Reader:
        """A free reader, as soon as there is one.

        Raises:
            NotFound: the release is no longer kept.
            Busy: the store is closing.
        """
        while True:
            reader = self.take_now()
            if reader is not None:
                return reader
            if self._closed:
                raise Busy(CLOSING)
            if isinstance(self.trouble, NotFound) and not self._starting:
                raise self.trouble
            self.fill(at_least=1)
            await self._woken()

    def take_now(self) -> Reader | None:
        """The same, where one stands idle."""
        while self.idle:
            reader = self.idle.popleft()
            if reader.usable:
                self.busy.add(reader)
                return reader
            reader.kill("it was found dead")
        return None

    def put(self, reader: Reader) -> None:
        """Takes back a reader, alive or dead."""
        self.busy.discard(reader)
        reader.long = False
        if self._closed or not reader.usable or 0 < self.wanted <= self._there:
            reader.kill("it is of no use any more")
        else:
            reader.idle_since = time.monotonic()
            self.idle.append(reader)
        self.fill()
        self._wake.set()

    def drop_dead(self) -> None:
        """Forgets idle readers that have ended by themselves."""
        for reader in [reader for reader in self.idle if not reader.usable]:
            self.idle.remove(reader)
            reader.kill("it was found dead")

    def fill(self, at_least: int = 0) -> None:
        """Starts readers in the background until there are as many as wanted, or `at_least` free ones."""
        if self._closed:
            return
        coming = len(self.idle) + len(self._starting)
        for _ in range(max(self.wanted - self._there, at_least - coming)):
            task = asyncio.get_running_loop().create_task(self._start())
            self._starting.add(task)
            task.add_done_callback(self._started)

    def retire(self, idle_for: float, keep: int) -> int:
        """Ends readers that have been idle for so many seconds, or are more than `keep`; how many stay."""
        now = time.monotonic()
        for reader in list(self.idle):
            if len(self.idle) > keep or now - reader.idle_since > idle_for:
                self.idle.remove(reader)
                reader.kill("its release is no longer current")
        return len(self.idle)

    def exchange(self) -> None:
        """Ends an idle reader of disk, so that one of memory takes its place."""
        if self._starting:
            return
        for reader in self.idle:
            if not reader.in_memory:
                self.idle.remove(reader)
                reader.kill("its release is in memory now")
                return

    def retire_from_memory(self) -> None:
        """Ends idle readers of memory: their release is read from disk from now on."""
        for reader in [reader for reader in self.idle if reader.in_memory]:
            self.idle.remove(reader)
            reader.kill("its release is no longer in memory")

    async def close(self) -> None:
        """Ends all readers, also those at work."""
        self._closed = True
        starting = list(self._starting)
        for task in starting:
            task.cancel()
        await asyncio.gather(*starting, return_exceptions=True)
        for reader in (*self.idle, *self.busy):
            reader.kill("the store is closing")
        self.idle.clear()
        self._wake.set()

    async def _woken(self) -> None:
        self._wake.clear()
        await self._wake.wait()

    def _started(self, task: asyncio.Task[None]) -> None:
        self._starting.discard(task)
        self._wake.set()

    async def _start(self) -> None:
        try:
            reader = await Reader.start(self._place, self._forks, self._graveyard)
        except (VerreError, OSError, TimeoutError, Refused) as error:
            log.warning("a reader of release %s did not start: %r", self.name, error)
            self.trouble = (
                error
                if isinstance(error, VerreError)
                else StoreError(f"a reader process did not start: {error}")
            )
            self._failures += 1
            self._wake.set()
            if not isinstance(error, NotFound):
                await asyncio.sleep(RETRIES[min(self._failures, len(RETRIES)) - 1])
            return
        self._failures, self.trouble = 0, None
        self._starting.discard(asyncio.current_task())
        self.put(reader)
