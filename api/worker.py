"""One of several web processes: `python -m api.worker`, started by `api.supervisor`, never by hand.

Ends with the supervisor, however that ends.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from contextlib import suppress

import orjson

from api.server import Server
from api.supervisor import ALIVE, READY
from graph.settings import Settings
from graph.store.confine import end_after, end_with

BEAT = 1.0
"""Seconds between two signs of life."""
LONGEST = 2**20


def received(lifeline: socket.socket) -> Settings:
    """The settings that the supervisor sends on one line."""
    line = b""
    while not line.endswith(b"\n"):
        piece = lifeline.recv(65536)
        if not piece or len(line) > LONGEST:
            sys.exit("the supervisor did not send the settings")
        line += piece
    return Settings(**orjson.loads(line))


async def beat(lifeline: socket.socket) -> None:
    """Says again and again that the event loop turns."""
    while True:
        with suppress(BlockingIOError):
            lifeline.send(ALIVE)
        await asyncio.sleep(BEAT)


class WorkerServer(Server):
    """A server that gives signs of life once it takes requests.

    Args:
        settings: the share of this worker.
        lifeline: to the supervisor.
    """

    def __init__(self, settings: Settings, lifeline: socket.socket) -> None:
        self._lifeline = lifeline
        self._beating: asyncio.Task[None] | None = None
        super().__init__(settings, self._begin)

    def _begin(self) -> None:
        self._lifeline.send(READY)
        self._beating = asyncio.get_running_loop().create_task(beat(self._lifeline))


def main(arguments: list[str]) -> None:
    """Serves on an inherited socket.

    Args:
        arguments: descriptors of the listening socket and of the lifeline, number of the supervisor.
    """
    listening = socket.socket(fileno=int(arguments[0]))
    lifeline = socket.socket(fileno=int(arguments[1]))
    for mine in (listening, lifeline):
        mine.set_inheritable(False)
    end_after(int(arguments[2]))
    end_with(lifeline)
    settings = received(lifeline)
    lifeline.setblocking(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    WorkerServer(settings, lifeline).run([listening])


if __name__ == "__main__":
    main(sys.argv[1:])
