"""`kill -9` in the middle of writing, while readers read without pause."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import threading
import time

from graph.settings import Settings
from graph.store.pool import QueryJob, ReaderPool
from graph.store.releases import Releases
from tests.store.endless_writer import GENERATION, THINGS, write
from tests.store.small import ONE, merge_is_right

KILLS = 20
QUERY = f"""
SELECT (COUNT(*) AS ?n) (MIN(?g) AS ?first) (MAX(?g) AS ?last) (COUNT(DISTINCT ?graph) AS ?graphs)
{{ GRAPH ?graph {{ ?s <{GENERATION.value}> ?g }} }}
"""


class Reading:
    """A thread that opens the current release and checks it, again and again."""

    def __init__(self, releases: Releases) -> None:
        self.releases = releases
        self.reads = 0
        self.seen: set[str] = set()
        self.faults: list[object] = []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def __enter__(self) -> Reading:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()

    def _run(self) -> None:
        while not self.stop.is_set():
            try:
                self._read()
            except Exception as error:
                self.faults.append(error)

    def _read(self) -> None:
        release = self.releases.current()
        assert release is not None
        try:
            lease = release.lease()
        except Exception:
            assert release.name != self.releases.current_name(), "the current release was pruned"
            return
        with lease:
            view = release.open()
            marks = {triple.object for triple in view.triples(ONE)}
            whole = merge_is_right(view) and len(list(view.triples())) == THINGS and len(marks) == 1
            indexed = release.index_path.read_text() == f"{release.name} {THINGS}"
            if not (whole and indexed):
                self.faults.append(f"half of {release.name}")
        self.reads += 1
        self.seen.add(release.name)


async def _ask_without_pause(releases: Releases, stop: asyncio.Event) -> tuple[int, list[bytes]]:
    """Answers through the pool, and those of them that are wrong."""
    asked, wrong = 0, []
    async with ReaderPool(releases, Settings(readers=1, spare_readers=0)) as pool:
        while not stop.is_set():
            body = (await pool.query(QueryJob(QUERY, "text/csv"))).body or b""
            n, first, last, graphs = body.decode().splitlines()[1].split(",")
            if (n, graphs) != (str(2 * THINGS), "2") or first != last:
                wrong.append(body)
            asked += 1
    return asked, wrong


def _kill_writers(releases: Releases, usual: float) -> None:
    """Kills each writer in its first or second write, at a moment that may be any in it."""
    moments = random.Random(7)
    for _ in range(KILLS):
        command = [sys.executable, "-m", "tests.store.endless_writer", str(releases.layout.home)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"begins\n"
            if moments.random() < 0.5:
                began = time.monotonic()
                assert writer.stdout.readline() == b"wrote\n"
                usual = time.monotonic() - began
            time.sleep(moments.uniform(0, usual))
            assert writer.poll() is None, "the writer ended by itself"
            writer.kill()


def test_writers_that_are_killed_cost_no_read_and_leave_nothing_behind(releases: Releases) -> None:
    releases.keep = 3
    began = time.monotonic()
    write(releases, 1)
    usual = time.monotonic() - began

    async def scenario() -> tuple[int, list[bytes]]:
        stop = asyncio.Event()
        asking = asyncio.create_task(_ask_without_pause(releases, stop))
        await asyncio.to_thread(_kill_writers, releases, usual)
        stop.set()
        return await asking

    with Reading(releases) as reading:
        asked, wrong = asyncio.run(scenario())
    assert reading.faults == []
    assert wrong == []
    assert asked > KILLS
    assert reading.reads > KILLS
    assert len(reading.seen) > 3  # some writes came through between the kills

    last = write(releases, 2)
    assert releases.current() == last
    assert list(releases.layout.staging.iterdir()) == []
    folders = sorted(path.name for path in releases.layout.releases.iterdir())
    assert folders == [release.name for release in releases.list()]
    assert len(folders) <= 4
