"""All reader processes: those of the current release, kept warm, and a few of older ones."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from typing import Any

from graph.errors import NotFound, VerreError
from graph.settings import Settings
from graph.store.fleet import Fleet
from graph.store.hatchery import Hatchery
from graph.store.loader.link import Kind, Memory
from graph.store.nursery import Child, Refused
from graph.store.parts import Part
from graph.store.reader import Place, Reader
from graph.store.releases import Releases

log = logging.getLogger("verre.store")

POLL = 0.25
"""Seconds between two looks at which release is current."""
LINGER = 10.0
"""Seconds that an idle reader of an older release stays."""
LINGERING = 2
"""Idle readers of older releases that stay at most."""


class Fleets:
    """Hands out readers by release, and follows the current one.

    Args:
        releases: where releases are found.
        settings: how many readers, and how much memory each may take.

    Attributes:
        current: the release that answers when none is asked for.
    """

    def __init__(self, releases: Releases, settings: Settings) -> None:
        self.current: str | None = None
        self._releases = releases
        self._warm = settings.readers + settings.spare_readers
        self._memory = settings.query_memory
        self._fleets: dict[tuple[str, Part], Fleet] = {}
        self._public_only: set[str] = set()
        self.memory = Memory(releases, settings)
        self._hatchery = Hatchery()
        self._graveyard: set[asyncio.Task[None]] = set()
        self._seen: tuple[int, int] | None = None
        self._following: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()

    @property
    def trouble(self) -> str:
        """Why readers of the current release do not start, where they do not."""
        fleet = self._fleets.get((self.current or "", "public"))
        return fleet.trouble.detail if fleet and fleet.trouble else ""

    def processes(self) -> list[int]:
        """The process numbers of all readers that are up."""
        return [r.pid for fleet in self._fleets.values() for r in (*fleet.idle, *fleet.busy)]

    def idle(self) -> list[Reader]:
        """The readers that wait for work."""
        return [reader for fleet in self._fleets.values() for reader in fleet.idle]

    def busy(self) -> int:
        """How many readers are at work."""
        return sum(len(fleet.busy) for fleet in self._fleets.values())

    async def start(self) -> None:
        """Starts readers of the current release and follows it from now on.

        Raises:
            StoreError: it cannot be opened.
        """
        try:
            await self.follow()
        except BaseException:
            await self.close()
            raise
        self._following = asyncio.create_task(self._follow_on())
        self.memory.start()

    async def close(self) -> None:
        """Ends every reader and waits until all are gone."""
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)
        await self.memory.close()
        for fleet in self._fleets.values():
            await fleet.close()
        await asyncio.gather(*self._graveyard)
        await self._hatchery.close()

    async def take(self, release: str | None, part: Part = "public") -> Reader:
        """A free reader of a part of a release, as soon as there is one; give it back in any case.

        Args:
            release: its name; `None`: the current one.
            part: the whole of a release without restricted graphs is its public part.

        Raises:
            NotFound: there is no such release.
        """
        if release is None and self.current is None:
            await self.follow()
        name = release or self.current
        if name is None:
            raise NotFound("there is no release yet: nothing was built")
        return await self._fleet(name, await self._part(name, part)).take()

    def take_now(self, release: str | None, part: Part) -> Reader | None:
        """The same, where one stands idle."""
        fleet = self._fleets.get((release or self.current or "", part))
        return fleet.take_now() if fleet else None

    async def fork(self, request: dict[str, Any], *descriptors: int) -> Child:
        """A reader process: of the loader where that holds what is asked for and has room, else from disk.

        Raises:
            Refused: there is none.
        """
        if request["part"] == "public" and self.memory.offers(Path(request["folder"]).name):
            with suppress(Refused):
                return await self.memory.fork(request, *descriptors)
        return await self._hatchery.fork(request, *descriptors)

    def kind(self) -> Kind:
        """What answers: readers of memory, of disk, or of disk until a release is in memory."""
        fleet = self._fleets.get((self.current or "", "public"))
        if fleet is not None and any(reader.in_memory for reader in (*fleet.idle, *fleet.busy)):
            return "memory"
        coming = self.memory.warming or self.memory.offers(self.current or "")
        return "warming" if coming else "disk"

    async def _part(self, name: str, part: Part) -> Part:
        """The part of a release that is really read; looks it up where that is not known."""
        if name in self._public_only or (name, part) in self._fleets:
            return "public" if name in self._public_only else part
        release = await asyncio.to_thread(self._releases.get, name)
        if not release.has_whole:
            self._public_only.add(name)
            return "public"
        return part

    def give_back(self, reader: Reader) -> None:
        """Takes a reader back, alive or dead."""
        self._fleet(reader.release, reader.place.part).put(reader)

    async def follow(self) -> None:
        """Looks whether another release is current, and once it has a reader, makes it the one that answers.

        Raises:
            VerreError: it cannot be opened; the one before goes on answering.
        """
        seen = self._look()
        if seen == self._seen:
            return
        async with self._lock:
            if seen == self._seen:
                return
            name = await asyncio.to_thread(self._releases.current_name)
            if name is not None and name != self.current:
                await self.memory.follow(name)
                fleet = self._fleet(name, "public")
                await fleet.ready()
                before, self.current = self.current, name
                fleet.wanted = self._warm
                fleet.fill()
                if before is not None:
                    self._fleet(before, "public").wanted = 0
                    self._fleet(before, "public").retire_from_memory()
            self._seen = seen

    def tidy(self) -> None:
        """Ends readers of older releases that nobody needs, and replaces dead ones of the current one."""
        room = LINGERING
        for (name, part), fleet in reversed(list(self._fleets.items())):
            fleet.drop_dead()
            if (name, part) == (self.current, "public"):
                if self.memory.offers(name):
                    fleet.exchange()
                fleet.fill()
            else:
                room -= fleet.retire(LINGER, room)
                if fleet.empty:
                    del self._fleets[name, part]
                    self._public_only.discard(name)

    async def _follow_on(self) -> None:
        while True:
            await asyncio.sleep(POLL)
            await self.refresh()
            self.tidy()

    async def refresh(self) -> None:
        """The same, where trouble is for the log."""
        try:
            await self.follow()
        except (VerreError, OSError) as error:
            log.warning("the current release cannot be read, the one before goes on answering: %s", error)

    def _look(self) -> tuple[int, int] | None:
        """What changes whenever the pointer is switched; one system call."""
        with suppress(FileNotFoundError):
            found = self._releases.layout.current.stat()
            return found.st_ino, found.st_mtime_ns
        return None

    def _fleet(self, name: str, part: Part) -> Fleet:
        if (name, part) not in self._fleets:
            folder = self._releases.layout.releases / name
            place = Place(folder, part, self._memory)
            self._fleets[name, part] = Fleet(place, self, self._graveyard)
        return self._fleets[name, part]
