"""What the list index adds to a release: `python -m tests.bench.indexing HOME` makes that of the current one again, aside."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from graph.build import current_release
from graph.index.build import build
from graph.settings import Settings


@dataclass(frozen=True)
class Cost:
    """Of a whole index.

    Attributes:
        bytes: of its file, with the log of changes beside it.
        release: bytes of the whole release.
        seconds: that making it takes.
        cpu: seconds of processor time of it.
    """

    bytes: int
    release: int
    seconds: float
    cpu: float


def cost(home: Path) -> Cost:
    """Makes the index of the current release again, in a process of its own and in a folder that is removed.

    Raises:
        RuntimeError: it failed; says what it wrote.
    """
    command = [sys.executable, "-m", "tests.bench.indexing", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the index was not made: {done.stderr[-500:]}")
    seconds, cpu = orjson.loads(done.stdout)
    release = home / "releases" / orjson.loads((home / "current").read_bytes())["current"]
    index = sum(path.stat().st_size for path in release.glob("index.sqlite*"))
    whole = sum(path.stat().st_size for path in release.rglob("*") if path.is_file())
    return Cost(index, whole, seconds, cpu)


def main(home: Path) -> None:
    """Makes it, and says how long that took."""
    release = current_release(Settings(home=home))
    with TemporaryDirectory(dir=home) as folder:
        began, spent = time.perf_counter(), time.process_time()
        build(release.open(), Path(folder) / "index.sqlite", release.name)
        told = (time.perf_counter() - began, time.process_time() - spent)
    sys.stdout.write(orjson.dumps(told).decode() + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
