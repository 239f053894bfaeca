"""A reader that nobody forked: `python -m tests.store.lone_reader SOCKET RELEASE MEMORY [PART]`, for tests."""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path

from graph.store import confine, worker
from graph.store.parts import Part


def main(arguments: list[str]) -> None:
    descriptor, release, memory = int(arguments[0]), Path(arguments[1]), int(arguments[2])
    part: Part = "whole" if arguments[3:] == ["whole"] else "public"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine.raise_limits()
    worker.read(socket.socket(fileno=descriptor), release, part, memory)


if __name__ == "__main__":
    main(sys.argv[1:])
    os._exit(0)
