"""The loader as seen from a web process: one is started where none is, and asked for readers while it is there."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from graph.errors import VerreError
from graph.settings import Settings
from graph.store import changes
from graph.store.hatchery import spawn
from graph.store.loader import budget
from graph.store.loader.process import SOCKET, peer
from graph.store.nursery import Child, Nursery, Refused
from graph.store.releases import Releases

log = logging.getLogger("verre.store")

Kind = Literal["disk", "warming", "memory"]

TRY, TRY_LATER = 0.1, 60.0
"""Seconds between two tries to reach a loader; and once it was not to be had again and again."""
FOLLOWS = 0.15
"""Seconds that a new release may take to come into memory before it is read from disk."""
FULL = 2.0
"""Seconds for which no reader is asked for after one was refused."""
STEPS = 50
"""Releases over which a loader is taken; beyond that it begins anew."""


class Link(Nursery):
    """The socket to a loader that has a release in memory.

    Attributes:
        release: which; `None` until it has said so.
        held: bytes that it takes.
        readers: how many readers may be there at the same time.
    """

    in_memory = True

    def __init__(self, connection: socket.socket) -> None:
        self.release: str | None = None
        self.held = self.readers = 0
        self.news = asyncio.Event()
        self.closed = asyncio.Event()
        super().__init__(connection)

    def told(self, content: dict[str, Any]) -> None:
        """It says what it holds."""
        self.release = content["release"]
        self.held, self.readers = content["bytes"], content["readers"]
        self.news.set()

    def close(self) -> None:
        """It is gone, or we go."""
        super().close()
        self.release = None
        self.news.set()
        self.closed.set()


class Memory:
    """Keeps a loader for the current release, where the budget allows one.

    Args:
        releases: where releases are found.
        settings: the budget and how many readers there are to be.
    """

    def __init__(self, releases: Releases, settings: Settings) -> None:
        self._releases = releases
        self._budget = settings.memory
        self._readers = settings.readers + settings.spare_readers
        self._folder = settings.home / "loader"
        self._link: Link | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._full_until = 0.0
        self._too_large = False

    @property
    def enabled(self) -> bool:
        """Whether there is a budget."""
        return self._budget > 0

    @property
    def release(self) -> str | None:
        """The release that is in memory now."""
        return self._link.release if self._link else None

    @property
    def held(self) -> int:
        """Bytes that the loader takes."""
        return self._link.held if self._link else 0

    @property
    def warming(self) -> bool:
        """Whether a loader is on its way."""
        return self.enabled and not self._too_large and self.release is None

    def start(self) -> None:
        """Begins to look for a loader, or to start one."""
        if self.enabled:
            self._keeping = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Leaves the loader to the others; the last one ends it."""
        if self._link is not None:
            with suppress(Refused):
                self._link.send(bye=True)
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)

    def offers(self, release: str) -> bool:
        """Whether a reader of this release may be asked for."""
        return release == self.release and asyncio.get_running_loop().time() >= self._full_until

    async def fork(self, request: dict[str, Any], *descriptors: int) -> Child:
        """See `Nursery.fork`.

        Raises:
            Refused: there is no loader, it holds another release, or no more readers fit.
        """
        if self._link is None:
            raise Refused("there is no loader")
        try:
            return await self._link.fork(request, *descriptors)
        except Refused:
            self._full_until = asyncio.get_running_loop().time() + FULL
            raise

    async def follow(self, release: str) -> None:
        """Takes the loader to a new release, and waits for it a little.

        One that cannot follow is left, and ends; another begins anew.
        """
        link = self._link
        if link is None or link.release in {None, release}:
            return
        since = str(link.release)
        names = await asyncio.to_thread(self._chain, since, release)
        with suppress(Refused, TimeoutError):
            if names is None:
                link.send(end=since)
                return
            link.news.clear()
            link.send(follow=names, since=since)
            async with asyncio.timeout(FOLLOWS):
                while link.release not in {None, release}:
                    await link.news.wait()
                    link.news.clear()

    def _chain(self, since: str, release: str) -> list[str] | None:
        """The releases after one up to another, each with its change; `None` where one is missing."""
        names: list[str] = []
        name: str | None = release
        with suppress(VerreError):
            while name is not None and name != since and len(names) < STEPS:
                found = self._releases.get(name)
                if not changes.there(found.path):
                    return None
                names.append(name)
                name = found.manifest.parent
        return names[::-1] if name == since else None

    async def _keep(self) -> None:
        pause = TRY
        while True:
            try:
                link = await self._connect()
            except (OSError, VerreError) as error:
                log.warning("no release is in memory: %s", error)
                link = None
            if link is not None and await self._stay(link):
                pause = TRY
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, TRY_LATER)

    async def _stay(self, link: Link) -> bool:
        """Keeps a link until it closes; whether a release was ever in memory."""
        self._link = link
        try:
            while not link.gone and link.release is None:
                await link.news.wait()
                link.news.clear()
            met = link.release is not None
            self._full_until = 0.0
            current = await asyncio.to_thread(self._releases.current_name)
            if current is not None:
                await self.follow(current)
            await link.closed.wait()
        finally:
            link.close()
            self._link = None
        return met

    async def _connect(self) -> Link | None:
        """A link to the loader that is there; starts one where none is, for the next look."""
        release = await asyncio.to_thread(self._releases.current)
        if release is None:
            return None
        size = release.size("public")
        room = budget.readers(self._budget, budget.estimate(size.quads + size.triples))
        if room < self._readers:
            if not self._too_large:
                log.warning("release %s does not fit into VERRE_MEMORY with its readers", release.name)
            self._too_large = True
            return None
        self._too_large = False
        connection = await asyncio.to_thread(reach, self._folder)
        if connection is None:
            await asyncio.to_thread(_launch, self._folder.parent, release.name, self._budget)
            return None
        return Link(connection)


def reach(folder: Path) -> socket.socket | None:
    """A connection to the loader of a home, if there is one that belongs to our user.

    Raises:
        PermissionError: somebody else may have put it there.
    """
    try:
        descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        seen = os.fstat(descriptor)
        if seen.st_uid != os.geteuid() or stat.S_IMODE(seen.st_mode) & 0o077:
            raise PermissionError(f"{folder} must belong to this user and be closed to all others")
        connection.connect(f"/proc/self/fd/{descriptor}/{SOCKET}")  # short, however long the folder's name
        if peer(connection) != os.geteuid():
            raise PermissionError(f"the loader in {folder} is another user's")
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    except BaseException:
        connection.close()
        raise
    finally:
        os.close(descriptor)
    return connection


def _launch(home: Path, release: str, memory: int) -> None:
    """Starts a loader; it stands alone at once, and does nothing where there is one already."""
    process = spawn("graph.store.loader.process", str(home), release, str(memory))
    with process:
        process.wait()
