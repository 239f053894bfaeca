"""A real server in the loop of the test, and clients that behave badly on real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import ClassVar

from api.server import Server, listen
from graph.settings import Settings

Address = tuple[str, int]


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[tuple[Server, Address]]:
    """A server, until the `async with` ends."""
    ready = asyncio.Event()
    with listen(settings.model_copy(update={"host": "127.0.0.1", "port": 0})) as listening:
        server = Server(settings, ready.set)
        task = asyncio.create_task(server.serve([listening]))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED, timeout=60)
        waiting.cancel()
        if task.done():
            await task
        try:
            yield server, listening.getsockname()[:2]
        finally:
            server.should_exit = True
            await task


async def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Waits until something is so."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0.02)


class Raw:
    """One connection, byte by byte."""

    opened: ClassVar[list[Raw]] = []

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.body = b""
        self.opened.append(self)

    @classmethod
    async def open(cls, address: Address, limit: int = 2**16) -> Raw:
        return cls(*await asyncio.open_connection(*address, limit=limit))

    async def send(self, text: str | bytes) -> None:
        self.writer.write(text.encode() if isinstance(text, str) else text)
        await self.writer.drain()

    async def get(self, path: str) -> int:
        """The status of one answer on a connection that stays open."""
        await self.send(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return await self.status()

    async def status(self) -> int:
        """The status of the next answer, whose body is read."""
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 20)
        lines = head.decode("latin-1").lower().split("\r\n")
        length = next(
            (int(line.partition(":")[2]) for line in lines if line.startswith("content-length:")), 0
        )
        self.body = await asyncio.wait_for(self.reader.readexactly(length), 20)
        return int(lines[0].split()[1])

    async def ended(self, seconds: float = 20.0) -> bytes:
        """What comes until the server ends the connection."""
        try:
            return await asyncio.wait_for(self.reader.read(), seconds)
        except ConnectionError:
            return b""

    def close(self) -> None:
        self.writer.transport.abort()

    @classmethod
    async def close_all(cls) -> None:
        """Ends every connection that a test has left open."""
        for each in cls.opened:
            each.close()
        for each in cls.opened:
            with suppress(OSError):
                await each.writer.wait_closed()
        cls.opened.clear()
