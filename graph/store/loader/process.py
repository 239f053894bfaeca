"""The loader: `python -m graph.store.loader.process HOME RELEASE BYTES`, started by `link`, never by hand.

Beside what `forker` says, who is connected hears and may say::

    tells    {"release", "bytes", "readers"}     what it holds, how much that takes, how many readers may be there
    hears    {"follow": [names], "since": name}  the releases after the one that it holds, in their order
             {"end": name}                       this release is of no use any more: another process must begin anew
             {"bye": true}                       the other end closes on purpose
"""

from __future__ import annotations

import fcntl
import os
import resource
import select
import signal
import socket
import struct
import sys
import time
from pathlib import Path
from typing import Any

from graph.errors import StoreError
from graph.store import confine, protocol, worker
from graph.store.forker import Forker
from graph.store.layout import Layout
from graph.store.loader import budget, content

LINGER = 10.0
"""Seconds that it stays when nobody is connected, unless the last one said good-bye."""
ROOM = 256 * 2**20
"""Bytes of addresses that take no memory: libraries, stacks."""
SOCKET, LOCK, LOG = "socket", "lock", "log"


class Loader(Forker):
    """Holds a release in memory and forks readers of it.

    Args:
        layout: of the home.
        release: the name of the release to begin with.
        memory: bytes for itself and all its readers.
    """

    def __init__(self, layout: Layout, release: str, memory: int) -> None:
        self._layout = layout
        self._memory = memory
        self.release = release
        self._parted = False
        source, child = content.begin(layout.releases / release)
        confine.filter_calls()
        self.store = content.load(source, child)
        self._held = budget.resident()
        super().__init__(self._become)

    def status(self) -> dict[str, Any]:
        """What is told to everybody."""
        readers = budget.readers(self._memory, self._held)
        return {"release": self.release, "bytes": self._held, "readers": readers}

    def refusal(self, request: dict[str, Any]) -> str:
        """Only readers of what it holds, and only as many as the budget allows."""
        if Path(request["folder"]).name != self.release or request["part"] != "public":
            return f"release {self.release} is in memory"
        if len(self.children) >= budget.readers(self._memory, self._held):
            return "no more readers fit into VERRE_MEMORY"
        return ""

    def other(self, client: socket.socket, request: dict[str, Any]) -> None:
        """Follows to another release.

        Raises:
            StoreError: it cannot; another process must begin anew.
        """
        if "bye" in request:
            self.drop(client)
            self._parted = True
        elif request.get("end") == self.release:
            raise StoreError("the next release is not made from this one")
        elif request.get("since") == self.release:
            for name in request["follow"]:
                content.apply(self.store, self._layout.releases / name)
                self.release = name
            self._held = budget.resident()
            for each in list(self.clients.values()):
                self.tell(each, **self.status())

    def serve(self, listener: socket.socket) -> None:
        """Serves whoever connects, until nobody does for a while; at once where the last one said good-bye."""
        self.poll.register(listener, select.POLLIN)
        until = time.monotonic() + LINGER
        while self.clients or (not self._parted and time.monotonic() < until):
            for _ in self.turn(None if self.clients else max(until - time.monotonic(), 0)):
                self._welcome(listener)
            if self.clients:
                until = time.monotonic() + LINGER

    def _welcome(self, listener: socket.socket) -> None:
        try:
            client, _ = listener.accept()
        except BlockingIOError:
            return
        if peer(client) != os.geteuid():
            client.close()
            return
        self._parted = False
        self.add(client)
        self.tell(client, **self.status())

    def _become(self, request: dict[str, Any], connection: socket.socket) -> None:
        confine.end_with(connection)
        spent = worker.confined(None, request["memory"])
        connection.sendall(protocol.frame(protocol.READY))
        worker.serve(self.store, connection, spent)


def peer(connection: socket.socket) -> int:
    """The number of the user at the other end."""
    found = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", found)[1])


def main(home: Path, release: str, memory: int) -> None:
    """Becomes the loader of a home, unless there is one.

    Args:
        home: the folder of the releases.
        release: the one to take into memory.
        memory: bytes for it and all readers of it.
    """
    layout = Layout(home.resolve())
    folder = layout.home / "loader"
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    os.chdir(folder)  # names of sockets must be short
    lock = os.open(LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    if os.fork():  # whoever started it may end before it does, and need not wait for it
        return
    _stand_alone()
    Path(SOCKET).unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(SOCKET)
        listener.listen(64)
        listener.setblocking(False)
        _limit(memory)
        try:
            Loader(layout, release, memory).serve(listener)
        except StoreError as error:
            print(error, file=sys.stderr, flush=True)  # noqa: T201


def _stand_alone() -> None:
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine.raise_limits()
    log = os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    os.dup2(log, 2)
    os.close(log)


def _limit(memory: int) -> None:
    """The budget is the most that it may take for itself; what it forks gets limits of its own."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory + ROOM if hard == resource.RLIM_INFINITY else min(memory + ROOM, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    os._exit(0)
