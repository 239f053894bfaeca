"""Processes that are measured: started, watched by /proc for memory and CPU, and stopped when they take too much."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

PROC = Path("/proc")
TICK = 0.25
"""Seconds between two looks."""


def family(root: int) -> list[int]:
    """A process and all that it started, as far as they live."""
    found = [root]
    for pid in found:
        # A process may end, and its folder go, between any two looks
        with contextlib.suppress(OSError):
            for task in (PROC / str(pid) / "task").glob("[0-9]*/children"):
                found += map(int, task.read_text().split())
    return found


def memory(pids: Sequence[int]) -> int:
    """Bytes that these hold; what they share counts once (Pss)."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total


def cpu(pids: Sequence[int]) -> float:
    """Seconds of processor time of these and of those they waited for."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def disk(folder: Path) -> int:
    """Bytes of the files in a folder; one with several names counts once."""
    seen = {}
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            state = path.lstat()
            seen[state.st_dev, state.st_ino] = state.st_blocks * 512
    return sum(seen.values())


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Watched:
    """A process of ours, with those that it starts.

    Attributes:
        peak: most bytes that they held together at one look.
        cpu: seconds of processor time at the last look.
        stopped_for: why the watch ended it, or "".
    """

    def __init__(
        self, command: Sequence[str], log: Path, limit: int, env: Mapping[str, str] | None = None
    ) -> None:
        self.peak, self.cpu, self.stopped_for = 0, 0.0, ""
        self.log, self._limit = log, limit
        self.began = time.monotonic()
        with log.open("ab") as said:
            self.process = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env=dict(env) if env else None,
                cwd=log.parent,
                start_new_session=True,
            )
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> float:
        """Waits for its end; returns how long it ran.

        Raises:
            RuntimeError: it failed, or took longer; says what it wrote last.
        """
        try:
            code = self.process.wait(max(0.0, self.began + seconds - time.monotonic()))
        except subprocess.TimeoutExpired:
            code = None
        finally:
            # Also where the benchmark itself is told to stop
            took = time.monotonic() - self.began
            self.stop()
        if code != 0:
            reason = self.stopped_for or ("took too long" if code is None else f"ended with {code}")
            raise RuntimeError(f"{self.process.args!s:.200}: {reason}: {self.tail()}")
        return took

    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def tail(self) -> str:
        """What it wrote last."""
        return self.log.read_text("utf-8", "replace")[-500:]

    def stop(self) -> None:
        """Ends it, and whatever it started."""
        self._done.set()
        self._thread.join()
        if self.alive():
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
        # The session is this process's own, so the group holds nobody else
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _look(self) -> None:
        while not self._done.wait(TICK):
            pids = family(self.process.pid)
            held = memory(pids)
            self.peak = max(self.peak, held)
            self.cpu = max(self.cpu, cpu(pids))
            if held > self._limit:
                self.stopped_for = f"stopped by the benchmark at {held / 2**30:.1f} GiB"
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.process.pid, signal.SIGKILL)
                return
