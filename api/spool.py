"""Long answers wait on disk for slow clients, not in a reader.

A reader that hands its answer to a slow client is of no use to anybody else meanwhile, and there are
few. So what the engine writes is fetched as fast as it comes; what the client has not taken yet stays
in memory up to a little, and then in a file without a name. Where all those files together have
grown to `VERRE_SPOOL_BYTES`, or the disk takes no more, readers wait for their clients as they must.
"""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
import threading
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

log = logging.getLogger("verre.api")

IN_MEMORY = 2**20
"""Bytes of an answer that wait in memory before a file is made."""
PIECE = 2**18
"""Bytes that are read from the file at a time."""

Threads = Callable[[Callable[[], Any]], Awaitable[Any]]


class Source(Protocol):
    """Pieces of an answer that can be given up."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def aclose(self) -> None:
        """Gives the rest up."""
        ...


class Room:
    """The room on disk for the answers of one process.

    Args:
        folder: where the files are, which nobody sees by name.
        most: bytes of all of them together (setting `VERRE_SPOOL_BYTES`).

    Attributes:
        held: bytes that wait at this moment.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self.folder = folder
        self.most = most
        self.held = 0

    def open(self) -> int:
        """A file without a name; it is gone once it is closed."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.folder)
        os.unlink(name)  # noqa: PTH108 - right away: a process that is killed leaves nothing behind
        return descriptor


class Spool:
    """An answer between its reader and its client. An asynchronous iterator of its pieces.

    What breaks off the answer is raised to the client's side as soon as it is known.

    Args:
        source: pieces as the engine writes them.
        room: where they may wait.
        threads: runs file work off the event loop.
    """

    def __init__(self, source: Source, room: Room, threads: Threads) -> None:
        self._source = source
        self._room = room
        self._threads = threads
        self._memory: deque[bytes] = deque()
        self._in_memory = 0
        self._descriptor = -1
        self._lock = threading.Lock()  # a thread may still be at the file when it is to be closed
        self._closed = False
        self._written = 0
        self._read = 0
        self._filing = False
        self._full = False
        self._over = False
        self._error: BaseException | None = None
        self._more = asyncio.Event()
        self._taken = asyncio.Event()
        self._fetching = asyncio.create_task(self._fetch())

    def __aiter__(self) -> Spool:
        return self

    async def __anext__(self) -> bytes:
        while True:
            if self._error is not None:
                raise self._error
            if self._memory:  # what is in memory came before what is in the file
                piece = self._memory.popleft()
                self._in_memory -= len(piece)
                self._taken.set()
                return piece
            if self._read < self._written:
                return await self._from_file()
            if self._over:
                raise StopAsyncIteration
            self._more.clear()
            await self._more.wait()

    async def _from_file(self) -> bytes:
        wanted = min(PIECE, self._written - self._read)
        place = self._read
        piece: bytes = await self._threads(lambda: self._read_at(place, wanted))
        self._read += len(piece)
        if self._read == self._written and not self._filing:  # all of it was taken: the file is begun anew
            self._room.held -= self._written
            self._read = self._written = 0
        self._taken.set()
        return piece

    async def _fetch(self) -> None:
        try:
            async for piece in self._source:
                await self._put(piece)
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            self._error = error
        finally:
            self._over = True
            self._more.set()

    async def _put(self, piece: bytes) -> None:
        """Keeps a piece; waits for the client only where there is no room for it."""
        while not await self._kept(piece):
            self._taken.clear()
            await self._taken.wait()
        self._more.set()

    async def _kept(self, piece: bytes) -> bool:
        if self._read == self._written and self._in_memory + len(piece) <= IN_MEMORY + PIECE:
            self._memory.append(piece)
            self._in_memory += len(piece)
            return True
        if self._full or self._room.held + len(piece) > self._room.most:
            return self._nothing_waits() and self._to_memory(piece)
        return await self._filed(piece)

    def _nothing_waits(self) -> bool:
        return not self._memory and self._read == self._written

    def _to_memory(self, piece: bytes) -> bool:
        self._memory.append(piece)
        self._in_memory += len(piece)
        return True

    async def _filed(self, piece: bytes) -> bool:
        place, self._filing = self._written, True
        self._room.held += len(piece)  # before it is there: other answers look for room meanwhile
        try:
            await self._threads(lambda: self._write(piece, place))
        except BaseException as error:
            self._room.held -= len(piece)
            if not isinstance(error, OSError):
                raise
            log.warning("long answers cannot wait on disk: %s", error)
            self._full = True
            return False
        finally:
            self._filing = False
        self._written += len(piece)
        return True

    def _write(self, piece: bytes, place: int) -> None:
        with self._lock:
            if self._closed:
                return
            if self._descriptor < 0:
                self._descriptor = self._room.open()
            view = memoryview(piece)
            while view:
                written = os.pwrite(self._descriptor, view, place)
                view, place = view[written:], place + written

    def _read_at(self, place: int, wanted: int) -> bytes:
        with self._lock:
            return b"" if self._closed else os.pread(self._descriptor, wanted, place)

    def _shut(self) -> None:
        with self._lock:
            self._closed = True
            if self._descriptor >= 0:
                os.close(self._descriptor)
            self._descriptor = -1

    async def aclose(self) -> None:
        """Gives the rest up: the reader is free, the file is gone."""
        self._fetching.cancel()
        await asyncio.gather(self._fetching, return_exceptions=True)
        await self._source.aclose()
        self._memory.clear()
        self._room.held -= self._written
        self._read = self._written = 0
        await self._threads(self._shut)


class SpooledResponse(StreamingResponse):
    """A streamed answer whose source is given up whatever becomes of the client.

    Args:
        source: pieces of the answer.
        room: where they may wait.
        threads: runs file work off the event loop.
    """

    def __init__(
        self, source: Source, room: Room, threads: Threads, headers: Mapping[str, str], media_type: str
    ) -> None:
        self._source, self._room, self._threads = source, room, threads
        super().__init__(source, 200, headers, media_type)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it."""
        spool = Spool(self._source, self._room, self._threads)
        self.body_iterator = spool
        try:
            await super().__call__(scope, receive, send)
        finally:
            await spool.aclose()
