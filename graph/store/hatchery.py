"""The zygote as seen from here: started when the first reader is wanted, and again where it has ended."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from contextlib import suppress
from typing import Any

from graph.store.nursery import Child, Nursery, Refused

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
LAST_WORDS = 2**16


def spawn(module: str, *arguments: str, descriptors: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    """A fresh process that runs a module of ours: it shares neither memory, locks nor descriptors."""
    environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    environment |= {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "MALLOC_ARENA_MAX": "1",
        "RUST_BACKTRACE": "0",
    }
    return subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=descriptors,
        env=environment,
    )


def last_words(stderr: int) -> str:
    """What a process that has ended wrote last."""
    os.set_blocking(stderr, False)
    with suppress(OSError):
        return os.read(stderr, LAST_WORDS).decode("utf-8", "replace").strip()
    return ""


class Hatchery:
    """Forks readers of releases on disk.

    Attributes:
        process: the zygote, if one was started.
    """

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._nursery: Nursery | None = None
        self._lock = asyncio.Lock()

    async def fork(self, request: dict[str, Any], *descriptors: int) -> Child:
        """See `Nursery.fork`.

        Raises:
            Refused: the zygote does not start; with what it wrote last.
            OSError: there is no such program.
        """
        async with self._lock:
            if self._nursery is None or self._nursery.gone:
                await self._start()
            nursery, process = self._nursery, self.process
        if nursery is None or process is None:
            raise Refused("the store is closing")
        try:
            return await nursery.fork(request, *descriptors)
        except Refused as refused:
            if process.poll() is None and not nursery.gone:
                raise
            raise Refused(await asyncio.to_thread(_end, process) or str(refused)) from None

    async def close(self) -> None:
        """Ends the zygote."""
        nursery, self._nursery = self._nursery, None
        process, self.process = self.process, None
        if nursery is not None:
            nursery.close()
        if process is not None:
            await asyncio.to_thread(_end, process)

    async def _start(self) -> None:
        """Starts it from the thread of the event loop, because the kernel ends it with the thread that did."""
        if self.process is not None:
            await asyncio.to_thread(_end, self.process)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            arguments = (str(theirs.fileno()), str(os.getpid()))
            self.process = spawn("graph.store.zygote", *arguments, descriptors=(theirs.fileno(),))
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self._nursery = Nursery(ours)


def _end(process: subprocess.Popen[bytes]) -> str:
    """Ends a process and waits for it; what it wrote last."""
    process.kill()
    process.wait()
    if process.stderr is None or process.stderr.closed:
        return ""
    with process.stderr:
        return last_words(process.stderr.fileno())
