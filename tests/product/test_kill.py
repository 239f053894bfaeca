"""`kill -9` in the middle of `verre build`, while a client reads without pause."""

from __future__ import annotations

import random
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph import resources
from tests.product.conftest import Server, build, command, environment, start, stop

pytestmark = pytest.mark.xdist_group("product")

KILLS = 12
SEED = 20180219
EXTRA = "org_id,name,kind,source_id\nsynthetic-{number},Synthetic {number},company,s001\n"
COUNT = "SELECT (COUNT(*) AS ?n) { ?e a <https://w3id.org/verre/ns#ExportEngagement> }"


class Reader(threading.Thread):
    """Asks for the same list and the same count over and over, and keeps what was not as it should be."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url, self.stopping = url, threading.Event()
        self.answers, self.wrong = 0, list[str]()

    def run(self) -> None:
        with httpx.Client(base_url=self.url, timeout=30) as client:
            while not self.stopping.is_set():
                try:
                    self._ask(client)
                except httpx.HTTPError as error:
                    self.wrong.append(repr(error))
                self.answers += 1

    def _ask(self, client: httpx.Client) -> None:
        listed = client.get("/v1/exporters?market=CN&market=TH&market=VN&market=KR")
        if listed.status_code != 200 or listed.json()["total"] != 14:
            self.wrong.append(f"{listed.status_code} {listed.text[:200]}")
        counted = client.get("/sparql", params={"query": COUNT}, headers={"Accept": "text/csv"})
        if counted.status_code != 200 or counted.text.split()[1:] != ["144"]:
            self.wrong.append(f"{counted.status_code} {counted.text[:200]}")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Server]:
    """A server with a home folder that is written to."""
    home = tmp_path / "home"
    build(home)
    server = start(home)
    yield server
    stop(server)


def test_a_killed_build_leaves_no_trace_and_no_reader_notices(running: Server, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    reader = Reader(running.url)
    reader.start()
    extra = tmp_path / "organizations.csv"
    killed = 0
    for number in range(KILLS):
        extra.write_text(EXTRA.format(number=number), "utf-8")
        builder = subprocess.Popen(
            command("build", resources.data(), extra),
            env=environment(running.home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.3, 3.5))
        builder.kill()
        killed += builder.wait() == -9
        for name in _releases(running.home):
            assert (running.home / "releases" / name / "manifest.json").is_file()
    extra.write_text(EXTRA.format(number=KILLS), "utf-8")
    build(running.home, resources.data(), extra)
    reader.stopping.set()
    reader.join(60)
    assert reader.wrong == []
    assert reader.answers > KILLS
    assert killed >= KILLS // 2
    with running.client() as client:
        found = client.get("/v1/companies", params={"q": f"Synthetic {KILLS}"}).json()
        assert [item["name"] for item in found["items"]] == [f"Synthetic {KILLS}"]
    assert list((running.home / "staging").iterdir()) == []


def _releases(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "releases").iterdir())
