"""Several web processes behind one address: starts them, replaces those that die, stops them all.

The supervisor holds the listening socket and nothing else: no store, no event loop, no thread. Each
worker is a fresh process that inherits the socket, and the kernel gives a connection to whichever takes
it first. A worker ends with the supervisor, however that ends.
"""

from __future__ import annotations

import logging
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import orjson
from pydantic import SecretStr

from api.metrics import FOLDER, forget
from api.server import listen, say_ready
from api.shares import share
from graph.errors import StoreError
from graph.settings import Settings

log = logging.getLogger("verre.api")

LOOK = 0.1
"""Seconds between two looks at the workers."""
SILENT = 30.0
"""Seconds without a sign of life after which a worker is taken for dead; it gives one a second."""
START = 120.0
"""Seconds that a worker may take to be ready."""
REST = 1.0
"""Seconds before a worker is replaced that did not live longer than that."""
READY, ALIVE = b"r", b"."
ENDING = 3.0
"""Seconds beyond `VERRE_STOP_TIMEOUT` that workers get to end."""
STOPS = (signal.SIGINT, signal.SIGTERM)


@dataclass
class Worker:
    """A worker process as the supervisor sees it."""

    place: int
    process: subprocess.Popen[bytes]
    lifeline: socket.socket
    born: float = field(default_factory=time.monotonic)
    heard: float = field(default_factory=time.monotonic)
    ready: bool = False


class Supervisor:
    """Runs `settings.workers` workers.

    Args:
        settings: of the service.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._workers: dict[int, Worker] = {}
        self._due: dict[int, float] = {}
        self._selector = selectors.DefaultSelector()
        self._folder = Path()
        self._stops = 0
        self._said = False

    def run(self) -> None:
        """Serves until SIGINT or SIGTERM.

        Raises:
            StoreError: the workers do not start.
        """
        before = {number: signal.signal(number, self._stop) for number in STOPS}
        self._folder = Path(tempfile.mkdtemp(prefix="verre-"))
        try:
            with listen(self.settings) as listening:
                for place in range(self.settings.workers):
                    self._start(place, listening)
                while not self._stops:
                    self._look(listening)
        finally:
            self._end()
            shutil.rmtree(self._folder, ignore_errors=True)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, _: int, __: FrameType | None) -> None:
        self._stops += 1

    def _start(self, place: int, listening: socket.socket) -> None:
        ours, theirs = socket.socketpair()
        settings = share(self.settings, place)
        arguments = [str(listening.fileno()), str(theirs.fileno()), str(os.getpid())]
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                [sys.executable, "-m", "api.worker", *arguments],
                stdin=subprocess.DEVNULL,
                pass_fds=(listening.fileno(), theirs.fileno()),
                env={**os.environ, FOLDER: str(self._folder)},
                start_new_session=True,  # Ctrl+C is for the supervisor, which passes it on
            )
        ours.sendall(packed(settings))
        ours.setblocking(False)
        self._due.pop(place, None)
        self._workers[place] = Worker(place, process, ours)
        self._selector.register(ours, selectors.EVENT_READ, place)

    def _look(self, listening: socket.socket) -> None:
        """One round: what workers say, who is gone, who is to be replaced."""
        for key, _ in self._selector.select(LOOK):
            self._hear(self._workers[key.data])
        now = time.monotonic()
        for worker in list(self._workers.values()):
            limit = SILENT if worker.ready else START
            if now - worker.heard > limit:
                log.error("worker %s gives no sign of life and is replaced", worker.process.pid)
                worker.process.kill()
                self._bury(worker)
        for place in [place for place, due in self._due.items() if due <= now]:
            self._start(place, listening)
        if not self._said and all(w.ready for w in self._workers.values()) and not self._due:
            self._said = True
            say_ready(listening)

    def _hear(self, worker: Worker) -> None:
        try:
            said = worker.lifeline.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        worker.heard = time.monotonic()
        worker.ready = worker.ready or READY in said
        if not said:
            self._gone(worker)

    def _gone(self, worker: Worker) -> None:
        """A worker has ended by itself.

        Raises:
            StoreError: before any had ever been ready.
        """
        worker.process.kill()  # it has closed the line; should it not have ended, it does now
        worker.process.wait()
        if not self._said and not worker.ready:
            raise StoreError(f"a web process did not start (it ended with {worker.process.returncode})")
        log.error("worker %s ended with %s and is replaced", worker.process.pid, worker.process.returncode)
        self._bury(worker)

    def _bury(self, worker: Worker) -> None:
        worker.process.wait()
        forget(self._folder, worker.process.pid)
        self._selector.unregister(worker.lifeline)
        worker.lifeline.close()
        del self._workers[worker.place]
        now = time.monotonic()
        self._due[worker.place] = now if now - worker.born > REST else now + REST

    def _end(self) -> None:
        """Ends all workers; those that do not go are killed."""
        for worker in self._workers.values():
            worker.process.terminate()
        deadline = time.monotonic() + self.settings.stop_timeout + ENDING
        while any(w.process.poll() is None for w in self._workers.values()):
            if time.monotonic() > deadline or self._stops > 1:
                break
            time.sleep(0.02)
        for worker in self._workers.values():
            worker.process.kill()
            worker.process.wait()
            worker.lifeline.close()
        self._selector.close()


def packed(settings: Settings) -> bytes:
    """Settings on one line, secrets in clear: they go to a child of ours and nowhere else."""
    told = {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in settings.model_dump().items()
    }
    return orjson.dumps(told, default=str) + b"\n"
