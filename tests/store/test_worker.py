"""What a reader process gives up, and how it speaks."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from graph.errors import InputError, QueryFailed, QueryRefused, QuerySyntaxError, QueryTooLarge
from graph.store import confine, protocol, worker
from graph.store.releases import Release, Releases
from graph.store.view import memory_store
from tests.store.listener import Listener
from tests.store.small import EDIT, NAME, NO_DERIVE, ONE, TWO, named, quad, thing

JOB: dict[str, Any] = {
    "text": "SELECT ?name { ?s ?p ?name }",
    "solutions_type": "text/csv",
    "graph_type": "application/n-triples",
    "default_graphs": None,
    "named_graphs": None,
    "bytes": 1000,
    "nesting": 100,
}
# Runs after the gate has been taken out, as if a query had found a way past it.
WITHOUT_GATE = "import sys\nfrom graph.store import gate\nfrom tests.store import lone_reader\ngate.check = lambda text: None\nlone_reader.main(sys.argv[1:])\n"


def ask(store: Store, **changed: Any) -> tuple[dict[str, Any], bytes]:
    """Head and body of an answer, from the worker's own function in this process."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        worker.answer(store, JOB | changed, theirs, bytes)
        theirs.shutdown(socket.SHUT_WR)
        received = protocol.receive(ours)
        assert received is not None
        assert received[0] == protocol.HEAD
        body = b""
        while (piece := protocol.receive(ours)) is not None:
            assert piece[0] == protocol.DATA
            body += piece[1]
        return json.loads(received[1]), body


@pytest.fixture(scope="module")
def store() -> Store:
    return memory_store({ONE: {named("a")}, TWO: {named("a"), named("b")}})


def test_answers_say_what_they_are(store: Store) -> None:
    assert ask(store, text=JOB["text"] + " ORDER BY ?name") == (
        {"kind": "solutions", "media_type": "text/csv; charset=utf-8"},
        b"name\r\nA\r\nB\r\n",
    )
    head, body = ask(store, text="ASK {}", solutions_type="application/sparql-results+json")
    assert (head["kind"], json.loads(body)["boolean"]) == ("boolean", True)
    head, body = ask(store, text=f"CONSTRUCT {{ ?s ?p 'x' }} WHERE {{ ?s ?p 'A' }}")  # noqa: F541
    assert (head["kind"], body) == ("graph", f'<{thing("a").value}> <{NAME.value}> "x" .\n'.encode())


@pytest.mark.parametrize(
    ("changed", "kind", "words"),
    [
        ({"text": "SELECT"}, QuerySyntaxError, "expected"),
        ({"text": "DROP ALL"}, QueryRefused, "DROP"),
        ({"bytes": 5}, QueryTooLarge, "bytes"),
        ({"solutions_type": "text/nonsense"}, InputError, "nonsense"),
        ({"named_graphs": ["no iri"]}, InputError, "IRI"),
        ({"text": "SELECT (<urn:unknown>() AS ?x) { FILTER(<urn:unknown>()) }"}, QuerySyntaxError, "unknown"),
    ],
)
def test_failures_keep_their_kind(
    store: Store, changed: dict[str, Any], kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        ask(store, **changed)


def test_running_out_of_memory_in_python_is_too_large(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> int:
        raise MemoryError

    monkeypatch.setattr(worker.Replies, "write", exhausted)
    with pytest.raises(QueryTooLarge) as caught:
        ask(store)
    assert caught.value.setting == "VERRE_QUERY_MEMORY"


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (OSError("IO error: while open a file: /srv/verre/releases/000001/store/000008.sst"), "needs"),
        (OSError(24, "Too many open files"), "needs: .*Too many open files"),
    ],
)
def test_words_about_files_stay_here(
    store: Store, monkeypatch: pytest.MonkeyPatch, raised: Exception, told: str
) -> None:
    def broken(*_: object) -> int:
        raise raised

    monkeypatch.setattr(worker.Replies, "write", broken)
    with pytest.raises(QueryFailed, match=told) as caught:
        ask(store)
    assert "/srv" not in caught.value.detail


def test_serve_answers_one_job_after_the_other_until_nobody_is_there(store: Store) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for text in ("ASK {}", "nonsense", "ASK {}"):
            ours.sendall(protocol.message(protocol.JOB, **(JOB | {"text": text})))
        ours.shutdown(socket.SHUT_WR)
        worker.serve(store, theirs, spent=lambda: True)
        kinds = []
        for _ in range(7):
            received = protocol.receive(ours)
            assert received is not None
            kinds.append(received[0])
        assert b"".join(kinds) == b"HDEFHDE"
        assert received is not None
        assert json.loads(received[1]) == {"spent": True}


def test_frames_that_are_cut_or_too_long_end_the_talk() -> None:
    for broken in (
        b"",
        b"J\0",
        protocol.frame(b"J", b"abc")[:-1],
        protocol.HEADER.pack(b"J", protocol.MOST + 1),
    ):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.sendall(broken)
            ours.shutdown(socket.SHUT_WR)
            assert protocol.receive(theirs) is None


def test_errors_travel_with_their_class_and_setting() -> None:
    for kind in protocol.CARRIED.values():
        sent = protocol.failure(kind("what", setting="VERRE_X"))
        back = protocol.raised(sent[protocol.HEADER.size :])
        assert (type(back), back.detail, back.setting) == (kind, "what", "VERRE_X")
    other = protocol.message(protocol.FAIL, error="SystemExit", detail="?", setting=None)
    assert type(protocol.raised(other[protocol.HEADER.size :])) is QueryFailed


# --- real processes ------------------------------------------------------------------------------


@contextmanager
def process(
    release: Path, *, memory: int = 2**29, code: str = ""
) -> Iterator[tuple[subprocess.Popen[bytes], socket.socket]]:
    """A reader process that is up, and the socket to it."""
    ours, theirs = socket.socketpair()
    run = ["-c", code] if code else ["-m", "tests.store.lone_reader"]
    arguments = [str(theirs.fileno()), str(release), str(memory)]
    started = subprocess.Popen([sys.executable, *run, *arguments], pass_fds=(theirs.fileno(),))
    theirs.close()
    ours.settimeout(30)
    try:
        yield started, ours
    finally:
        ours.close()
        started.kill()
        started.wait()


def query(connection: socket.socket, **changed: Any) -> tuple[bytes, bytes]:
    """The last frame of an answer, and all of its bytes."""
    connection.sendall(protocol.message(protocol.JOB, **(JOB | {"bytes": 2**30} | changed)))
    body = b""
    while (received := protocol.receive(connection)) is not None:
        kind, payload = received
        if kind == protocol.DATA:
            body += payload
        if kind in {protocol.END, protocol.FAIL}:
            return kind, body or payload
    raise AssertionError("the reader is gone")


def test_a_call_that_got_past_the_gate_cannot_connect(first: Release, listener: Listener) -> None:
    call = f"SELECT * {{ ?s ?p ?o . SERVICE <{listener.address}> {{ ?a ?b ?c }} }}"
    silent = f"SELECT * {{ SERVICE SILENT <{listener.address}> {{ ?a ?b ?c }} }}"
    with process(first.path, code=WITHOUT_GATE) as (_, connection):
        assert protocol.receive(connection) == (protocol.READY, b"")
        kind, content = query(connection, text=call)
        assert kind == protocol.FAIL
        assert json.loads(content)["error"] == "QueryFailed"
        assert query(connection, text=silent)[0] == protocol.END
        assert query(connection)[0] == protocol.END
    assert listener.connections == 0


def test_the_limit_on_files_alone_is_enough(first: Release, listener: Listener) -> None:
    code = "from graph.store import confine\nconfine.filter_calls = lambda: False\n" + WITHOUT_GATE
    with process(first.path, code=code) as (_, connection):
        assert protocol.receive(connection) == (protocol.READY, b"")
        kind, content = query(connection, text=f"SELECT * {{ SERVICE <{listener.address}> {{ ?a ?b ?c }} }}")
        assert kind == protocol.FAIL
        assert "Too many open files" in json.loads(content)["detail"]
        assert query(connection)[0] == protocol.END
    assert listener.connections == 0


def test_the_filter_of_system_calls_alone_is_enough(first: Release, listener: Listener) -> None:
    code = (
        "from graph.store import confine\nlimit = confine._limit\n"
        "confine._limit = lambda what, value: limit(what, value + (100 if value < 10**6 else 0))\n"
        + WITHOUT_GATE
    )
    with process(first.path, code=code) as (_, connection):
        assert protocol.receive(connection) == (protocol.READY, b"")
        kind, content = query(connection, text=f"SELECT * {{ SERVICE <{listener.address}> {{ ?a ?b ?c }} }}")
        assert kind == protocol.FAIL
        assert "not permitted" in json.loads(content)["detail"]
    assert listener.connections == 0


def test_a_listener_would_notice_the_call_of_an_unconfined_process(listener: Listener) -> None:
    def ask_elsewhere() -> None:
        list(Store().query(f"SELECT * {{ SERVICE <{listener.address}> {{ ?a ?b ?c }} }}"))  # type: ignore[arg-type]

    with pytest.raises((OSError, RuntimeError)):
        ask_elsewhere()
    with pytest.raises(AssertionError):
        assert listener.connections == 0


@pytest.fixture(scope="module")
def scattered(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release with more table files than the engine opens at once."""
    releases = Releases(tmp_path_factory.mktemp("scattered"))
    for number in range(14):
        with releases.write() as writer:
            writer.replace(
                {EDIT: {named(f"n{number}-{k}") for k in range(40)}, ONE: {named(f"n{number}")}}, built=False
            )
            release = writer.commit("edit", NO_DERIVE)
    return release


def test_many_table_files_stay_readable_behind_the_limit(scattered: Release) -> None:
    tables = [path for path in scattered.store_path.iterdir() if path.suffix == ".sst"]
    assert len(tables) > 16
    expected = Store.read_only(str(scattered.store_path))
    with process(scattered.path) as (_, connection):
        assert protocol.receive(connection) == (protocol.READY, b"")
        for text in (
            "SELECT * { ?s ?p ?o }",
            "SELECT * { GRAPH ?g { ?s ?p ?o } }",
            f"SELECT * {{ ?s <{NAME.value}> ?o }}",
            f"SELECT * {{ GRAPH <{EDIT.value}> {{ ?s <{NAME.value}> ?o }} }}",
            "SELECT * { ?s ?p 'N13' . ?s ?q ?o }",
            f"SELECT * {{ GRAPH ?g {{ <{thing('n13').value}> ?p ?o }} }}",
        ):
            kind, body = query(connection, text=text)
            assert kind == protocol.END
            rows = list(expected.query(text))  # type: ignore[arg-type]
            assert rows
            assert body.count(b"\r\n") == len(rows) + 1


def test_tables_that_are_not_open_yet_are_counted(scattered: Release, tmp_path: Path) -> None:
    tables = sum(path.suffix == ".sst" for path in scattered.store_path.iterdir())
    assert confine.closed_tables(scattered.store_path) == tables
    store = Store.read_only(str(scattered.store_path))
    assert confine.closed_tables(scattered.store_path) == tables - 16
    worker.warm(store)
    assert confine.closed_tables(scattered.store_path) < tables - 16


def test_where_tables_are_closed_and_calls_not_filtered_no_reader_starts(scattered: Release) -> None:
    code = (
        "from graph.store import confine\nconfine.filter_calls = lambda: False\n"
        "confine.closed_tables = lambda store: 3\n" + WITHOUT_GATE
    )
    with process(scattered.path, code=code) as (_, connection):
        received = protocol.receive(connection)
        assert received is not None
        assert received[0] == protocol.FAIL
        assert "compact" in json.loads(received[1])["detail"]


def test_a_reader_has_given_up_what_it_does_not_need(first: Release) -> None:
    with process(first.path) as (started, connection):
        assert protocol.receive(connection) == (protocol.READY, b"")
        limits = Path(f"/proc/{started.pid}/limits").read_text().splitlines()
        held = {line[:26].strip(): line[26:].split()[:2] for line in limits[1:]}
        files = [int(path.name) for path in Path(f"/proc/{started.pid}/fd").iterdir()]
        assert held["Max open files"] == [str(max(files) + 1)] * 2
        assert len(files) == max(files) + 1
        assert held["Max core file size"] == ["0", "0"]
        space = int(held["Max address space"][0])
        size = int(Path(f"/proc/{started.pid}/statm").read_text().split()[0]) * os.sysconf("SC_PAGESIZE")
        assert 2**29 <= space <= size + 2**29
        status = Path(f"/proc/{started.pid}/status").read_text()
        assert "Seccomp:\t2" in status
        assert "NoNewPrivs:\t1" in status
        own = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, started.pid) >= min(19, own + confine.NICE)


def gone(pid: int, seconds: float = 10) -> bool:
    """Whether a process ends within that time; a dead one that nobody has waited for counts as gone."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


def test_a_reader_ends_with_its_socket_also_in_the_middle_of_a_query(releases: Releases) -> None:
    with releases.write() as writer:
        writer.add(quad(named(f"n{k}"), ONE) for k in range(300))
        release = writer.commit("edit", NO_DERIVE)
    for busy in (False, True):
        with process(release.path) as (started, connection):
            assert protocol.receive(connection) == (protocol.READY, b"")
            if busy:
                connection.sendall(protocol.message(protocol.JOB, **(JOB | {"text": ENDLESS})))
                time.sleep(0.1)
                assert started.poll() is None
            connection.close()
            assert started.wait(10) == 0


def test_a_terminals_interrupt_is_not_for_readers(first: Release) -> None:
    with process(first.path) as (started, connection):
        assert protocol.receive(connection) == (protocol.READY, b"")
        started.send_signal(signal.SIGINT)
        assert query(connection)[0] == protocol.END


def test_a_release_that_is_gone_or_damaged_is_said(first: Release, tmp_path: Path) -> None:
    (tmp_path / "000009").mkdir()
    (tmp_path / "000009" / "lease").touch()
    for folder, error in ((tmp_path / "000008", "NotFound"), (tmp_path / "000009", "NotFound")):
        with process(folder) as (_, connection):
            received = protocol.receive(connection)
            assert received is not None
            assert json.loads(received[1])["error"] == error


def test_a_reader_that_has_grown_says_so(releases: Releases) -> None:
    with releases.write() as writer:
        writer.add(quad(named(f"n{k}"), ONE) for k in range(300))
        release = writer.commit("edit", NO_DERIVE)
    code = "import sys\nfrom graph.store import worker\nhog = []\nimport graph.store.worker as w\n"
    code += "check = w.gate.check\ndef grow(text):\n    check(text)\n    hog.append(bytearray(80 * 2**20))\n"
    code += "w.gate.check = grow\nfrom tests.store import lone_reader\nlone_reader.main(sys.argv[1:])\n"
    with process(release.path, memory=300 * 2**20, code=code) as (_, connection):
        assert protocol.receive(connection) == (protocol.READY, b"")
        ends = [query_end(connection) for _ in range(3)]
        assert ends == [False, True, True]
        kind, content = query(connection)
        assert (kind, json.loads(content)["error"]) == (protocol.FAIL, "QueryTooLarge")


def query_end(connection: socket.socket) -> bool:
    connection.sendall(protocol.message(protocol.JOB, **(JOB | {"bytes": 2**30})))
    while (received := protocol.receive(connection)) is not None:
        if received[0] == protocol.END:
            return bool(json.loads(received[1])["spent"])
    raise AssertionError("the reader is gone")


def test_machines_without_a_known_filter_are_told_apart() -> None:
    assert confine.filter_calls("pdp11") is False
