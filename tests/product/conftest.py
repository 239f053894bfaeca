"""A running Verre, built from the project's own data."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

PATIENCE = 60
"""Seconds that a server may take to start on a busy machine."""

READY = re.compile(rb"Verre is ready: (http://\S+)/ ")


def command(*words: str | Path) -> list[str]:
    """`verre` with these words, run by this Python."""
    return [sys.executable, "-m", "graph.cli", *(str(word) for word in words)]


def environment(home: Path, **settings: str) -> dict[str, str]:
    """The environment of a process that keeps its releases in `home`."""
    return os.environ | {"VERRE_HOME": str(home)} | {f"VERRE_{k.upper()}": v for k, v in settings.items()}


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        url: where it listens, without a closing slash.
        home: its releases.
        process: to be looked at, or killed.
    """

    url: str
    home: Path
    process: subprocess.Popen[bytes]

    def client(self) -> httpx.Client:
        """A client that talks to it."""
        return httpx.Client(base_url=self.url, timeout=30)


def start(home: Path, **settings: str) -> Server:
    """Starts a server on a free port, and waits for the line that says where."""
    log = home / "server.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            command("serve", "--port", "0"),
            env=environment(home, **settings),
            stderr=said,
            stdout=subprocess.DEVNULL,
        )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if match := READY.search(log.read_bytes()):
            return Server(match.group(1).decode(), home, process)
        time.sleep(0.05)
    process.kill()
    process.wait()
    pytest.fail(f"the server did not start: {log.read_text('utf-8', 'replace')}")


def stop(server: Server) -> None:
    """Stops it as Ctrl+C would, and waits."""
    server.process.terminate()
    try:
        server.process.wait(20)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
        pytest.fail("the server did not stop when it was told to")


def build(home: Path, *paths: Path) -> None:
    """Builds a release, as a user does."""
    done = subprocess.run(command("build", *paths), env=environment(home), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with one release of the project's own data; not to be written to."""
    home = tmp_path_factory.mktemp("built")
    build(home)
    return home


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[Server]:
    """A server of the project's own data."""
    running = start(built)
    yield running
    stop(running)
