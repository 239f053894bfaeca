"""The parent's end of one reader process: start it, ask it, kill it, bury it."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from graph.errors import QueryError, QueryFailed, QueryTooLarge, StoreError
from graph.store import protocol
from graph.store.parts import Part
from graph.store.worker import TOO_MUCH_MEMORY

log = logging.getLogger("verre.store")

START_TIMEOUT = 60.0
"""Seconds that a reader may take to open its release."""
LAST_WORDS = 2**16
KEPT_VARIABLES = (
    "PATH",
    "LANG",
    "LC_ALL",
    "TZ",
    "LD_LIBRARY_PATH",
    "COVERAGE_PROCESS_CONFIG",
    "COVERAGE_PROCESS_START",
)
"""All of the environment that a reader gets to see: settings and secrets are not among it."""


class ReaderDied(Exception):
    """The process ended in the middle of something."""


class Reader:
    """One reader process on one release. Made by `start`.

    Attributes:
        release: the name of its release.
        part: which part of it.
        idle_since: when it last finished something (`time.monotonic`).
    """

    def __init__(
        self, release: str, part: Part, process: subprocess.Popen[bytes], graveyard: set[asyncio.Task[None]]
    ) -> None:
        self.release = release
        self.part: Part = part
        self.idle_since = time.monotonic()
        self.process = process
        self.killed = ""
        self._stream: asyncio.StreamReader
        self._writer: asyncio.StreamWriter
        self._graveyard = graveyard

    @classmethod
    async def start(cls, folder: Path, part: Part, memory: int, graveyard: set[asyncio.Task[None]]) -> Reader:
        """Starts a process on a release.

        Args:
            folder: of the release.
            part: which part of it; it must be there.
            memory: bytes that it may take beyond what it needs when idle.
            graveyard: gets the task that waits for the end of the process once it is killed.

        Raises:
            NotFound: the release is no longer kept.
            StoreError: it cannot be opened, or the process did not come up.
        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            reader = cls(folder.name, part, _spawn(theirs, folder, part, memory), graveyard)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        try:
            reader._stream, reader._writer = await asyncio.open_unix_connection(
                sock=ours, limit=2 * protocol.PIECE
            )
            async with asyncio.timeout(START_TIMEOUT):
                kind, payload = await reader.receive()
        except ReaderDied:
            words = await asyncio.to_thread(reader._last_words)
            reader.kill("it did not start")
            raise StoreError(f"a reader process did not start: {words.strip()[-300:]}") from None
        except BaseException:
            reader.kill("it did not start")
            raise
        if kind == protocol.FAIL:
            reader.kill("it could not open its release")
            raise protocol.raised(payload)
        return reader

    @property
    def usable(self) -> bool:
        """Whether a job may be given to it."""
        return not self.killed and not self._stream.at_eof() and self.process.poll() is None

    async def send(self, **job: Any) -> None:
        """Gives it a job.

        Raises:
            ReaderDied: it is gone.
        """
        try:
            self._writer.write(protocol.message(protocol.JOB, **job))
            await self._writer.drain()
        except OSError as error:
            raise ReaderDied from error

    async def receive(self) -> tuple[bytes, bytes]:
        """The next frame from it.

        Raises:
            ReaderDied: it is gone.
        """
        try:
            kind, length = protocol.HEADER.unpack(await self._stream.readexactly(protocol.HEADER.size))
            return kind, await self._stream.readexactly(length)
        except (asyncio.IncompleteReadError, OSError) as error:
            raise ReaderDied from error

    def kill(self, why: str) -> None:
        """Ends it at once; for whatever reason, once. Does not wait."""
        if self.killed:
            return
        self.killed = why
        with suppress(ProcessLookupError):
            self.process.kill()
        with suppress(AttributeError):  # it was never connected
            self._writer.transport.abort()
        burial = asyncio.get_running_loop().create_task(self._bury())
        self._graveyard.add(burial)
        burial.add_done_callback(self._graveyard.discard)

    async def cause_of_death(self) -> QueryError:
        """Why it ended by itself in the middle of a query: out of memory, or a fault of the engine."""
        try:
            code = await asyncio.to_thread(self.process.wait, 5)
        except subprocess.TimeoutExpired:
            return QueryFailed("the reader stopped talking over this query")
        words = await asyncio.to_thread(self._last_words)
        log.warning("reader %s ended with %s: %s", self.process.pid, code, words.strip())
        if code == -signal.SIGABRT and "overflowed its stack" not in words:
            return QueryTooLarge(TOO_MUCH_MEMORY, setting="VERRE_QUERY_MEMORY")
        if code == -signal.SIGKILL:
            return QueryTooLarge("the reader was killed from outside, most likely for its memory")
        if code in {-signal.SIGSEGV, -signal.SIGABRT}:
            return QueryFailed("the engine broke down over this query: it may be nested too deeply")
        return QueryFailed(f"the reader ended with code {code} over this query")

    def _last_words(self) -> str:
        assert self.process.stderr is not None  # noqa: S101 - opened in _spawn
        os.set_blocking(self.process.stderr.fileno(), False)
        with suppress(OSError):
            return (self.process.stderr.read(LAST_WORDS) or b"").decode("utf-8", "replace")
        return ""

    async def _bury(self) -> None:
        await asyncio.to_thread(self.process.wait)
        if self.process.stderr is not None:
            self.process.stderr.close()


def _spawn(theirs: socket.socket, folder: Path, part: Part, memory: int) -> subprocess.Popen[bytes]:
    """A fresh process, no fork of this one: it shares neither memory, locks nor descriptors.

    Started from the thread of the event loop, because the kernel ends it with the thread that
    started it; that takes about a millisecond.
    """
    descriptor = theirs.fileno()
    arguments = [str(descriptor), str(os.getpid()), str(folder), str(memory), part]
    environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    environment |= {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "MALLOC_ARENA_MAX": "1",
        "RUST_BACKTRACE": "0",
    }
    return subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", "graph.store.worker", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=(descriptor,),
        env=environment,
    )
