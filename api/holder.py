"""The list indexes of the current release, and of older ones that somebody asks for: one for each part.

Follows `Releases.current()`: a new release is seen within a second. An index is closed once no
request uses it; while it is open, its release is leased, so that pruning leaves it alone.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from graph.errors import Gone, Issue, NotFound, StoreError
from graph.index import Index
from graph.store.locks import Lease
from graph.store.parts import Part
from graph.store.releases import Release, Releases

log = logging.getLogger("verre.api")
Threads = Callable[[Callable[[], Any]], Awaitable[Any]]

POLL = 0.25
"""Seconds between two looks at `current`."""
GRACE = 2.0
"""Seconds that an unused index stays open: a request may ask twice of the release it began with."""
SETTLED = 20.0
"""Seconds that a release must stand before it is warmed: where one edit follows another, that would never end."""
KEPT = 3
"""Indexes of older releases that stay open at most."""
_NAME = re.compile(r"\d{6,12}", re.ASCII)
"""Releases are named by their number, so that earlier ones sort before later ones."""


@dataclass
class _Open:
    """An open index, its lease, and how many requests use it."""

    name: str
    part: Part
    index: Index
    lease: Lease
    users: int = 0
    last_used: float = field(default_factory=time.monotonic)

    def close(self) -> None:
        """Ends both."""
        self.index.close()
        self.lease.close()


class NoIndex(Index):
    """Stands where the bare profile has no index: it knows its release and nothing else."""

    def __init__(self, path: Path) -> None:
        self._name = path.parent.name

    @property
    def release(self) -> str:
        """The name of the release."""
        return self._name

    def close(self) -> None:
        """Nothing was opened."""

    def counts(self, today: date | None = None) -> dict[str, int]:
        """Nothing is counted."""
        return {}


class IndexHolder:
    """Hands out the index of a release for as long as a request needs it.

    Args:
        releases: where releases are found.
        open_index: makes an index of its file.
        threads: runs blocking work off the event loop.
        warm: makes in an index what its first readers would wait for.
    """

    def __init__(
        self,
        releases: Releases,
        open_index: Callable[[Path], Index],
        threads: Threads,
        warm: Callable[[Index], None] | None = None,
    ) -> None:
        self.releases = releases
        self.open_index = open_index
        self.threads = threads
        self._warm = warm
        self._open: dict[tuple[str, Part], _Open] = {}
        self._has_whole: dict[str, bool] = {}
        self._current: str | None = None
        self._lock = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._warming: asyncio.Task[None] | None = None

    @property
    def current(self) -> str | None:
        """The name of the release that answers when none is asked for."""
        return self._current

    def __len__(self) -> int:
        return len(self._open)

    async def start(self) -> None:
        """Opens the current release, if there is one, and follows it from now on."""
        await self.follow()
        self._task = asyncio.create_task(self._poll())
        self._warming = asyncio.create_task(self._keep_warm())

    async def close(self) -> None:
        """Stops following and closes everything."""
        for task in (self._task, self._warming):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        for held in self._open.values():
            await self.threads(held.close)
        self._open.clear()
        self._has_whole.clear()
        self._current = None

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL)
            try:
                await self.follow()
            except Exception:
                log.exception("the current release could not be followed; the one before goes on answering")

    async def _keep_warm(self) -> None:
        """Warms the release that there is at first, and each later one once it has stood for a while."""
        warm, done = self._warm, ""
        while warm is not None:
            name = self._current
            if name is not None and name != done:
                done = name
                try:
                    async with self.reading(name) as index:
                        await self.threads(partial(warm, index))
                except Exception:
                    log.exception("release %s could not be warmed: its first readers wait", name)
            await asyncio.sleep(SETTLED)

    async def follow(self) -> None:
        """Looks once whether `current` points elsewhere, and closes what nobody uses."""
        release = await self.threads(self.releases.current)
        async with self._lock:
            if release is not None and release.name != self._current:
                await self._opened(release.name, "public", release)
                self._current = release.name
            await self._close_unused()

    async def _opened(self, name: str, part: Part, release: Release | None = None) -> _Open:
        key = self._key(name, part)
        if key not in self._open:
            found: Release = release or await self.threads(lambda: self._find(name))
            self._has_whole[name] = found.has_whole
            key = self._key(name, part)
        if key not in self._open:
            self._open[key] = await self.threads(lambda: self._enter(found, key[1]))
        return self._open[key]

    def _key(self, name: str, part: Part) -> tuple[str, Part]:
        """Where an index is held: where nothing is restricted, everything is what is public."""
        return name, part if self._has_whole.get(name, True) else "public"

    def _find(self, name: str) -> Release:
        issue = Issue("release", "is not kept here", name)
        try:
            found: Release = self.releases.get(name)
        except NotFound as error:
            if int(name) <= self.releases.pointer().last:
                raise Gone(f"Release {name} is no longer kept.", issues=(issue,)) from error
            raise NotFound("There is no such release.", issues=(issue,)) from error
        return found

    def _enter(self, release: Release, part: Part) -> _Open:
        try:
            lease = release.lease()
        except NotFound as error:  # pruned since it was found
            raise Gone(f"Release {release.name} is no longer kept.") from error
        try:
            return _Open(release.name, part, self.open_index(release.part(part).index_path), lease)
        except BaseException:
            lease.close()
            raise

    async def _close_unused(self) -> None:
        now = time.monotonic()
        idle = [o for o in self._open.values() if o.users == 0 and o.name != self._current]
        idle.sort(key=lambda each: each.last_used)
        surplus = len(idle) - KEPT
        done = [held for place, held in enumerate(idle) if place < surplus or now - held.last_used > GRACE]
        for held in done:  # all at once, before anything awaits: nobody may take one that is about to close
            del self._open[held.name, held.part]
        for name in self._has_whole.keys() - {name for name, _ in self._open}:
            del self._has_whole[name]
        for held in done:
            await self.threads(held.close)

    def pick(self, name: str | None) -> str:
        """The name of the release that answers: the one asked for, else the current one.

        Raises:
            NotFound: the name is none that a release can have.
            StoreError: nothing has been built yet.
            Unsupported: it is an earlier one, and the store keeps none.
        """
        if name is not None and not _NAME.fullmatch(name):
            issue = Issue("release", "is not kept here", name)
            raise NotFound("There is no such release.", issues=(issue,))
        if name is not None and name < (self._current or ""):
            self.releases.capabilities.need("releases")
        chosen = name or self._current
        if chosen is None:
            raise StoreError("Nothing has been built yet: run `verre build`.")
        return chosen

    async def check(self, name: str | None) -> str:
        """The name of the release that answers, which is kept at this moment.

        Raises:
            NotFound: no such release was ever made.
            Gone: it is no longer kept.
            StoreError: nothing has been built yet.
        """
        chosen = self.pick(name)
        if name is not None and (chosen, "public") not in self._open:
            await self.threads(lambda: self._find(chosen))
        return chosen

    @asynccontextmanager
    async def reading(self, name: str, part: Part = "public") -> AsyncIterator[Index]:
        """The index of a part of a release, kept open inside the `async with`.

        Raises:
            NotFound: no such release was ever made.
            Gone: it is no longer kept.
        """
        held = self._open.get(self._key(name, part))
        if held is None:
            async with self._lock:
                held = await self._opened(name, part)
                held.users += 1
        else:
            held.users += 1
        try:
            yield held.index
        finally:
            held.users -= 1
            held.last_used = time.monotonic()
