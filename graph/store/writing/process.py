"""The service's end of the writing process: start it, talk to it, kill it, bury it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from typing import Any

from graph.errors import QueryRefused, QueryTooLarge, StoreError, VerreError
from graph.settings import Settings
from graph.store import protocol
from graph.store.hatchery import KEPT_VARIABLES
from graph.store.releases import Releases
from graph.store.writing import messages

log = logging.getLogger("verre.store")

START_TIMEOUT = 60.0
"""Seconds that the process may take to come up."""
LAST_WORDS = 2**16
CONFIG = b"S"


class ProcessDied(Exception):
    """It ended in the middle of something."""


class WritingProcess:
    """One writing process. Made by `start`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.killed = False
        self._stream: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    @classmethod
    async def start(cls, releases: Releases, settings: Settings) -> WritingProcess:
        """Starts a fresh process: no fork, so it shares neither memory, locks nor descriptors.

        Called in the thread of the event loop, because the kernel ends it with the thread that started it.

        Raises:
            StoreError: it did not come up.
        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            made = cls(_spawn(theirs))
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        try:
            made._stream, made._writer = await asyncio.open_unix_connection(
                sock=ours, limit=2 * protocol.PIECE
            )
            async with asyncio.timeout(START_TIMEOUT):
                await made.send(protocol.message(CONFIG, **_config(releases, settings)))
                kind, payload = await made.receive()
        except (ProcessDied, TimeoutError):
            words = await asyncio.to_thread(made._last_words)
            made.kill()
            await made.gone()
            log.error("the writing process did not start: %s", words.strip())
            raise StoreError("the writing process did not start; the log says why") from None
        except BaseException:
            made.kill()
            raise
        if kind == messages.FAIL:
            made.kill()
            await made.gone()
            raise messages.raised(json.loads(payload))
        return made

    @property
    def usable(self) -> bool:
        """Whether it may be given something to do."""
        return not self.killed and not self._stream.at_eof() and self.process.poll() is None

    async def send(self, content: bytes) -> None:
        """Sends frames.

        Raises:
            ProcessDied: it is gone.
        """
        try:
            self._writer.write(content)
            await self._writer.drain()
        except OSError as error:
            raise ProcessDied from error

    async def receive(self) -> tuple[bytes, bytes]:
        """The next frame from it.

        Raises:
            ProcessDied: it is gone.
        """
        try:
            kind, length = protocol.HEADER.unpack(await self._stream.readexactly(protocol.HEADER.size))
            return kind, await self._stream.readexactly(length)
        except (asyncio.IncompleteReadError, OSError) as error:
            raise ProcessDied from error

    def kill(self) -> None:
        """Ends it at once. Does not wait."""
        if self.killed:
            return
        self.killed = True
        with suppress(ProcessLookupError):
            self.process.kill()
        with suppress(AttributeError):  # it was never connected
            self._writer.transport.abort()

    async def gone(self) -> None:
        """Waits until it has ended, and its locks with it."""
        await asyncio.to_thread(self.process.wait)
        self._writer.close()
        if self.process.stderr is not None:
            self.process.stderr.close()

    async def cause_of_death(self) -> VerreError:
        """Why it ended by itself: out of memory, or a fault of the engine. Logged."""
        code = await asyncio.to_thread(self.process.wait)
        words = await asyncio.to_thread(self._last_words)
        log.warning("the writing process %s ended with %s: %s", self.process.pid, code, words.strip())
        overflow = "overflowed its stack" in words
        if code == messages.OUT_OF_MEMORY or (code == -signal.SIGABRT and not overflow):
            return QueryTooLarge(
                "the write needs more memory than the writing process may take; the graph is as it was",
                setting="VERRE_WRITE_MEMORY",
            )
        if overflow or code == -signal.SIGSEGV:
            return QueryRefused(
                "the engine broke down over this write: it is nested too deeply; the graph is as it was",
                setting="VERRE_QUERY_NESTING",
            )
        return StoreError("the writing process ended in the middle of this write; the graph is as it was")

    def _last_words(self) -> str:
        assert self.process.stderr is not None  # noqa: S101 - opened in _spawn
        with suppress(OSError, ValueError):
            os.set_blocking(self.process.stderr.fileno(), False)
            return (self.process.stderr.read(LAST_WORDS) or b"").decode("utf-8", "replace")
        return ""


def _config(releases: Releases, settings: Settings) -> dict[str, Any]:
    return {
        "releases": {
            "home": str(releases.layout.home.absolute()),
            "keep": releases.keep,
            "base_iri": releases.base_iri,
            "bare": releases.bare,
        },
        "settings": settings.model_dump(mode="json"),
    }


def _spawn(theirs: socket.socket) -> subprocess.Popen[bytes]:
    descriptor = theirs.fileno()
    environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    environment |= {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "MALLOC_ARENA_MAX": "2",
        "RUST_BACKTRACE": "0",
    }
    return subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", "graph.store.writing.worker", str(descriptor), str(os.getpid())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=(descriptor,),
        env=environment,
    )
