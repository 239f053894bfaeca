"""Several web processes behind one address, as they really run."""

from __future__ import annotations

import contextlib
import json
import os
import re
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from api.server import listen
from api.shares import AT_LEAST_ONE, DIVIDED, share
from api.supervisor import ALIVE, READY, SILENT, STOPS, Supervisor, Worker, packed
from graph.keys import Keys, Role
from graph.settings import Settings
from tests.api.test_releases import add

pytestmark = pytest.mark.xdist_group("supervisor")  # one service for all of them

PATIENCE = 60.0
WHERE = re.compile(r"Verre is ready: (http://\S+)/ ")
SORT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii")
    return [int(number) for number in found.split()]


def until(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def gone(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@dataclass
class Running:
    """A service of several workers."""

    process: subprocess.Popen[bytes]
    log: Path
    home: Path

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    @property
    def url(self) -> str:
        found = WHERE.search(self.said)
        assert found is not None
        return found[1]

    @property
    def workers(self) -> list[int]:
        return children(self.process.pid)

    def get(self, path: str, **more: str) -> httpx.Response:
        """A request on a connection of its own."""
        return httpx.get(self.url + path, params=more or None, timeout=30)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextlib.contextmanager
def running(home: Path, **settings: object) -> Iterator[Running]:
    told = {"workers": 2, "readers": 2, "spare_readers": 0, "anonymous_requests": 0, "anonymous_queries": 0}
    environment = os.environ | {f"VERRE_{k.upper()}": str(v) for k, v in {**told, **settings}.items()}
    environment["VERRE_HOME"] = str(home)
    log = home / "server.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "graph.cli", "serve", "--port", "0"], env=environment, stderr=stream
        )
    service = Running(process, log, home)
    try:
        until(lambda: "ready" in service.said or process.poll() is not None)
        yield service
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A small graph, served by two workers."""
    home = tmp_path_factory.mktemp("workers")
    add(Settings(home=home), "first", "First")
    with running(home) as started:
        yield started


def count(service: Running, name: str) -> float:
    lines = service.get("/metrics").text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


def test_both_workers_count_into_one(service: Running) -> None:
    assert len(service.workers) == 2
    assert service.said.count("ready") == 1
    name = 'verre_http_requests_total{method="GET",route="/v1/companies"'
    before = count(service, name)
    for _ in range(30):
        assert service.get("/v1/companies").status_code == 200
    assert count(service, name) == before + 30
    until(lambda: count(service, "verre_workers ") == 2)
    assert service.get("/health").json()["workers"] == {"configured": 2}


def test_a_new_release_reaches_every_worker(service: Running) -> None:
    made = add(Settings(home=service.home), "second", "Second")
    until(lambda: service.get("/v1/companies").headers["release"] == made, 10)
    time.sleep(1.0)
    assert {service.get("/v1/companies/second").headers["release"] for _ in range(30)} == {made}
    answers = [service.get("/sparql", query="ASK { ?s ?p 'Second' }") for _ in range(10)]
    assert {(got.json()["boolean"], got.headers["release"]) for got in answers} == {(True, made)}


def test_both_write_whole_lines_into_one_log(service: Running) -> None:
    path = service.home / "logs" / "requests.log"

    def lines() -> list[dict[str, object]]:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    asked = [service.get(f"/v1/companies?pageSize={n + 1}").headers["request-id"] for n in range(20)]
    until(lambda: set(asked) <= {str(line["request"]) for line in lines()}, 10)


def test_writes_through_any_worker_are_all_there(service: Running) -> None:
    _, key = Keys(service.home).create(Role.STEWARD)

    def write(number: int) -> int:
        text = f"INSERT DATA {{ GRAPH <http://e/g{number % 3}> {{ <http://e/{number}> <http://e/p> {number} }} }}"
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/sparql-update"}
        return httpx.post(f"{service.url}/update", content=text, headers=headers, timeout=60).status_code

    with ThreadPoolExecutor(4) as several:
        assert set(several.map(write, range(12))) == {200}
    question = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <http://e/p> ?o } }"

    def found() -> set[str]:
        return {service.get("/sparql", query=question, format="csv").text.split()[1] for _ in range(6)}

    until(lambda: found() == {"12"}, 10)


def test_a_worker_that_is_killed_is_replaced_and_nobody_notices(service: Running) -> None:
    killed, left = service.workers
    failed: list[str] = []
    over = threading.Event()

    def look_up() -> None:
        while not over.is_set():
            try:
                status = service.get("/v1/companies/first").status_code
            except httpx.HTTPError as error:
                failed.append(repr(error))
            else:
                failed.extend([str(status)] if status != 200 else [])

    thread = threading.Thread(target=look_up)
    thread.start()
    time.sleep(0.3)
    os.kill(killed, signal.SIGKILL)
    try:
        until(lambda: len(service.workers) == 2 and killed not in service.workers)
        until(lambda: count(service, "verre_workers ") == 2)
    finally:
        over.set()
        thread.join()
    assert left in service.workers
    # what the killed one was answering at that moment is lost, and nothing else
    assert len(failed) <= 1, failed
    assert f"worker {killed} ended with -9" in service.said


def test_a_worker_that_hangs_is_seen(service: Running) -> None:
    stopped = service.workers[0]
    os.kill(stopped, signal.SIGSTOP)
    try:
        assert [service.get("/healthz").status_code for _ in range(3)] == [200] * 3
    finally:
        os.kill(stopped, signal.SIGCONT)
    assert service.get("/healthz").status_code == 200


def test_it_stops_soon_though_queries_go_on(tmp_path: Path, home: Path) -> None:
    for name in ("releases", "current", "remote"):
        (tmp_path / name).symlink_to(home / name)
    with running(tmp_path, stop_timeout=0.5) as service:
        asked: list[int] = []

        def ask() -> None:
            asked.append(service.get("/sparql", query=SORT, timeout="30").status_code)

        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        until(lambda: count(service, 'verre_queries{state="running"}') >= 1)
        everybody = [number for worker in service.workers for number in (worker, *children(worker))]
        began = time.monotonic()
        assert service.stop() == 0
        assert time.monotonic() - began < 15
        for thread in threads:
            thread.join()
        until(lambda: all(map(gone, everybody)), 10)
        assert set(asked) == {503}
        assert "Traceback" not in service.said
        assert "CancelledError" not in service.said


def test_a_service_that_cannot_start_says_why_and_ends(tmp_path: Path) -> None:
    name = add(Settings(home=tmp_path), "first", "First")
    (tmp_path / "releases" / name / "index.sqlite").write_bytes(b"no index")
    with running(tmp_path) as service:
        assert service.process.wait(PATIENCE) != 0
        assert "a web process did not start" in service.said
        assert "cannot start" in service.said
        assert "Traceback" not in service.said
        assert "ready" not in service.said


def test_an_address_that_somebody_has_is_told(tmp_path: Path) -> None:
    add(Settings(home=tmp_path), "first", "First")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        environment = os.environ | {"VERRE_HOME": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-m", "graph.cli", "serve", "--port", str(port)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode != 0
    assert f"127.0.0.1:{port} cannot be listened on" in done.stderr


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
def test_shares_add_up_to_what_the_settings_give(workers: int) -> None:
    whole = Settings(workers=workers, readers=7, spare_readers=3, queue=64, connections=1000, long_readers=12)
    parts = [share(whole, place) for place in range(workers)]
    for name in DIVIDED:
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name), name
        counts = [getattr(part, name) for part in parts]
        assert max(counts) - min(counts) <= 1
    assert all(part.query_memory == whole.query_memory for part in parts)


def test_every_worker_can_work() -> None:
    whole = Settings(workers=4, readers=1, spare_readers=0, connections=1, queue=0)
    for place in range(4):
        part = share(whole, place)
        assert all(getattr(part, name) >= 1 for name in AT_LEAST_ONE)
        assert part.queue == 0


def test_settings_reach_a_worker_with_their_secrets(tmp_path: Path) -> None:
    whole = Settings(home=tmp_path, store_password=SecretStr("secret"), cors_origins="*", workers=3)
    again = Settings(**json.loads(packed(whole)))
    assert again == whole
    assert again.store_password is not None
    assert again.store_password.get_secret_value() == "secret"


class Played(Supervisor):
    """A supervisor whose workers are played by a program that does what it is told."""

    program = "import time; time.sleep(60)"

    def __init__(self, **settings: Any) -> None:
        super().__init__(Settings(workers=1, **settings))
        self.lines: list[socket.socket] = []

    def _start(self, place: int, listening: socket.socket) -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self.lines.append(theirs)
        process = subprocess.Popen([sys.executable, "-c", self.program])
        self._due.pop(place, None)
        self._workers[place] = Worker(place, process, ours)
        self._selector.register(ours, selectors.EVENT_READ, place)

    def close(self) -> None:
        self._end()
        for line in self.lines:
            line.close()


@pytest.fixture
def bound() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def test_a_worker_without_a_sign_of_life_is_replaced(
    bound: socket.socket, capsys: pytest.CaptureFixture[str]
) -> None:
    played = Played()
    played._start(0, bound)
    first = played._workers[0]
    played.lines[0].send(READY)
    played._look(bound)
    assert "Verre is ready" in capsys.readouterr().err
    played.lines[0].send(ALIVE)
    played._look(bound)
    assert played._workers == {0: first}
    first.heard -= SILENT + 1
    first.born -= SILENT + 1
    played._look(bound)
    played._look(bound)
    assert first.process.returncode == -signal.SIGKILL
    assert played._workers[0].process.pid != first.process.pid
    played.lines[1].send(READY)
    played._look(bound)
    assert capsys.readouterr().err == ""  # the line that says where is said once
    played.close()


def test_a_worker_that_dies_young_is_not_replaced_at_once(bound: socket.socket) -> None:
    played = Played()
    played._said = True
    played._start(0, bound)
    played._workers[0].process.kill()
    played.lines[0].close()
    played._look(bound)
    assert played._workers == {}
    assert 0 in played._due
    deadline = time.monotonic() + 10
    while 0 not in played._workers and time.monotonic() < deadline:
        played._look(bound)
    assert 0 in played._workers
    played.close()


def test_a_worker_that_does_not_end_is_killed(bound: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.supervisor.ENDING", 0.2)
    played = Played(stop_timeout=0)
    played.program = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    )
    played._start(0, bound)
    time.sleep(0.5)
    worker = played._workers[0]
    played.close()
    assert worker.process.returncode in (-signal.SIGKILL, -signal.SIGTERM)


def test_a_second_signal_does_not_wait(bound: socket.socket) -> None:
    played = Played(stop_timeout=60)
    played.program = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
    played._start(0, bound)
    time.sleep(0.5)
    for number in STOPS:
        played._stop(number, None)
    began = time.monotonic()
    played.close()
    assert time.monotonic() - began < 20


def test_what_is_left_of_a_killed_supervisor_ends_and_frees_the_address(service: Running) -> None:
    """The last one: it ends the service of all tests here."""
    workers, port = service.workers, int(service.url.rpartition(":")[2])
    assert len(workers) == 2
    service.process.kill()
    service.process.wait()
    until(lambda: all(map(gone, workers)), 10)
    listen(Settings(port=port)).close()
