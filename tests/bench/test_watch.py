"""Watched processes: what they take is seen, and none outlives its watch."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from tests.bench.watch import Watched, cpu, disk, family, free_port, memory

GREEDY = "import time; hoard = bytearray(300_000_000); time.sleep(60)"
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def watched(tmp_path: Path, code: str, limit: int = 2**32) -> Watched:
    return Watched([sys.executable, "-c", code], tmp_path / "log", limit)


def test_what_a_process_takes_is_seen(tmp_path: Path) -> None:
    ran = watched(tmp_path, "import time; hoard = bytearray(100_000_000); time.sleep(1)")
    assert ran.wait(60) >= 1
    assert 100_000_000 < ran.peak < 1_000_000_000


def test_one_that_takes_too_much_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="stopped by the benchmark at 0"):
        watched(tmp_path, GREEDY, limit=200_000_000).wait(60)


def test_a_failure_tells_what_was_written_last(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"ended with 1: .*no luck"):
        watched(tmp_path, "raise SystemExit('no luck')").wait(60)


def test_one_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    ran = watched(tmp_path, "import time; time.sleep(60)")
    with pytest.raises(RuntimeError, match="took too long"):
        ran.wait(0.2)
    assert not ran.alive()


def test_the_children_end_with_it(tmp_path: Path) -> None:
    ran = watched(tmp_path, PARENT)
    while not (said := (tmp_path / "log").read_text()).endswith("\n"):
        assert ran.alive()
    assert int(said) in family(ran.process.pid)
    ran.stop()
    until = time.monotonic() + 30
    while not _gone(int(said)):
        assert time.monotonic() < until
        time.sleep(0.01)


def test_this_process_has_memory_and_time() -> None:
    assert memory([os.getpid()]) > 10_000_000
    assert cpu([os.getpid()]) > 0
    assert memory([2**22 + 1]) == 0


def test_a_file_with_two_names_takes_its_place_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100_000)
    before = disk(tmp_path)
    os.link(tmp_path / "a", tmp_path / "b")
    assert before >= 100_000
    assert disk(tmp_path) == before


def test_a_free_port_is_one(tmp_path: Path) -> None:
    assert 1024 <= free_port() < 65_536


def _gone(pid: int) -> bool:
    """Whether a process has ended; one that only waits to be reaped has."""
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
