"""An index file that is closed while others ask it."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.index.build import build
from graph.index.database import Database
from tests.graphs import World

SLOW = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n"
)

CLOSED_UNDER_QUESTIONS = f"""
import sys, threading
from pathlib import Path
from graph.errors import StoreError
from graph.index.database import Database

SLOW = {SLOW!r}
ends = []

def ask(database, begun):
    begun.wait()
    try:
        while True:
            assert database.number(SLOW) == 300000
    except StoreError:
        ends.append("told")

for _ in range(10):
    database, begun = Database(Path(sys.argv[1])), threading.Barrier(4)
    threads = [threading.Thread(target=ask, args=(database, begun)) for _ in range(3)]
    for thread in threads:
        thread.start()
    begun.wait()
    threading.Event().wait(0.02)
    database.close()
    for thread in threads:
        thread.join(30)
print(ends.count("told"))
"""


def open_files(path: Path) -> int:
    """How often this process holds a file open."""
    found = 0
    for entry in Path("/proc/self/fd").iterdir():
        try:
            found += entry.readlink() == path
        except FileNotFoundError:
            continue
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    world = World()
    world.org("one")
    path = tmp_path / "index.db"
    build(world.view(), path, "r1")
    return path


def test_a_file_that_is_closed_under_running_questions_answers_them_and_then_says_so(file: Path) -> None:
    """In a process of its own: SQLite takes the whole process with it."""
    done = subprocess.run(
        [sys.executable, "-c", CLOSED_UNDER_QUESTIONS, str(file)],
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "30"), done.stderr


def test_a_closed_file_is_let_go_by_all_threads_at_once(file: Path) -> None:
    database, asked, closed = Database(file), threading.Event(), threading.Event()

    def ask_and_stay() -> None:
        database.number("SELECT count(*) FROM organization")
        asked.set()
        closed.wait(30)

    thread = threading.Thread(target=ask_and_stay)
    thread.start()
    assert asked.wait(30)
    assert open_files(file) == 2
    database.close()
    assert open_files(file) == 0
    closed.set()
    thread.join()
    with pytest.raises(StoreError, match="was closed"):
        database.rows("SELECT 1")
    database.close()
