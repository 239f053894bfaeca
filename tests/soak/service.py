"""A running Verre whose processes are known by what they do, so that one of them can be killed."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.clients import Ask, Client
from tests.bench.watch import PROC, family, free_port, memory

PATIENCE = 60.0
"""Seconds that a start may take on a busy machine."""
READY = re.compile(rb"Verre is ready: (http://\S+)/ ")
KINDS = {
    "writer": re.compile(r"graph\.store\.writing"),
    "reader": re.compile(r"graph\.store\.(worker|zygote|loader)"),
}
"""What the command line of a process says of its kind; the others that belong to the service are workers."""


def environment(home: Path, **settings: str | float) -> dict[str, str]:
    """The environment of a process that keeps its releases in `home`."""
    given = {f"VERRE_{key.upper()}": str(value) for key, value in settings.items()}
    return os.environ | {"VERRE_HOME": str(home)} | given


def verre(home: Path, *words: str, **settings: str | float) -> str:
    """Runs `verre` with these words to its end; returns what it printed.

    Raises:
        RuntimeError: it failed; says what it wrote last.
    """
    done = subprocess.run(
        [sys.executable, "-m", "graph.cli", *words],
        env=environment(home, **settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"verre {' '.join(words)} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


class Service:
    """`verre serve` on one port, started again whenever it has been killed.

    Args:
        home: its releases; something has been built there.
        workers: how many web workers.
        settings: of `verre serve`, without their prefix.
    """

    def __init__(self, home: Path, workers: int = 2, **settings: str | float) -> None:
        self.home, self.workers = home, workers
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = home / "server.log"
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and waits until it answers.

        Raises:
            RuntimeError: it does not start.
        """
        began = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "graph.cli", "serve", "--port", str(self.port),
                 "--workers", str(self.workers)],
                env=environment(self.home, **self._settings),
                stderr=said,
                stdout=subprocess.DEVNULL,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._process.poll() is None:
            with self.log.open("rb") as said:
                said.seek(began)
                if READY.search(said.read()):
                    return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"it did not start: {self.log.read_text('utf-8', 'replace')[-500:]}")

    @property
    def root(self) -> int:
        """The number of the process that was started."""
        if self._process is None:
            raise RuntimeError("it does not run")
        return self._process.pid

    def alive(self) -> bool:
        """Whether the process that was started still runs."""
        return self._process is not None and self._process.poll() is None

    def processes(self) -> dict[str, list[int]]:
        """Its processes by kind: `service`, `worker`, `reader`, `writer`."""
        found: dict[str, list[int]] = {"service": [self.root], "worker": [], "reader": [], "writer": []}
        for pid in family(self.root)[1:]:
            with contextlib.suppress(OSError):
                line = (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                kind = next((kind for kind, said in KINDS.items() if said.search(line)), "worker")
                if line and "resource_tracker" not in line:
                    found[kind].append(pid)
        return found

    def memory(self) -> int:
        """Bytes that all its processes hold together; what they share counts once."""
        return memory(family(self.root))

    def kill(self, kind: str, chance: random.Random) -> bool:
        """Ends one process of a kind with SIGKILL; says whether there was one."""
        pids = self.processes()[kind]
        if not pids:
            return False
        victim = chance.choice(pids)
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        if kind == "service" and self._process is not None:
            self._process.wait()
        return True

    def stop(self) -> float:
        """Ends it as Ctrl+C would; returns the seconds that it took."""
        if self._process is None:
            return 0.0
        began = time.monotonic()
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        return time.monotonic() - began

    def answers(self, patience: float = PATIENCE) -> bool:
        """Whether it answers a query within this many seconds."""
        client, until = Client(self.url, 5), time.monotonic() + patience
        try:
            while time.monotonic() < until:
                if client.ask(Ask("/sparql", b"ASK {}", "application/sparql-query",
                                  "application/sparql-results+json")).good:  # fmt: skip
                    return True
                time.sleep(0.1)
        finally:
            client.close()
        return False
