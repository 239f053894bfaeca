"""The process that forks readers of releases on disk: `python -m graph.store.zygote`, started by `nursery`.

It has all that a reader needs in memory and nothing open, so that a reader costs a fork and the
opening of its release. It may open no socket and start no program, and neither may its children.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from graph.store import confine, worker
from graph.store.forker import Forker


def become(request: dict[str, Any], connection: socket.socket) -> None:
    """A child: a reader of the part of the release that was asked for."""
    worker.read(connection, Path(request["folder"]), request["part"], request["memory"])


def main(descriptor: int, parent: int) -> None:
    """Forks until the other end goes away.

    Args:
        descriptor: of the socket to the parent.
        parent: its process number.
    """
    confine.end_after(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is for the parent
    confine.raise_limits()
    forker = Forker(become)
    forker.add(socket.socket(fileno=descriptor))
    confine.filter_calls()
    while forker.clients:
        forker.turn()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
    os._exit(0)
