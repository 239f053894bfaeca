"""The clients of the benchmark, against a small server of the test's own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import orjson
import pytest

from tests.bench.clients import Ask, Client, Crowd, Hostile, drive
from tests.bench.measure import Effort, Timed, one_question


class Echo(BaseHTTPRequestHandler):
    """Answers what it was asked; `/bad` with an error, `/cut` with less than it promised, `/half` with half."""

    protocol_version = "HTTP/1.1"
    seen: list[str]

    def do_GET(self) -> None:
        self._answer(orjson.dumps({"items": [self.path]}))

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body: bytes) -> None:
        self.seen.append(self.path)
        body = body[:-1] if self.path == "/half" else body
        self.send_response(503 if self.path == "/bad" else 200)
        self.send_header("Content-Length", str(len(body) + (self.path == "/cut")))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.path == "/cut"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    Echo.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_client_gets_the_whole_answer(url: str) -> None:
    client = Client(url, 5)
    got = client.ask(Ask("/a"))
    sent = client.ask(Ask("/b", b'{"a": 1}', "application/json"))
    client.close()
    assert (got.good, got.body) == (True, b'{"items":["/a"]}')
    assert (sent.good, sent.body) == (True, b'{"a": 1}')
    assert got.seconds > 0


@pytest.mark.parametrize(("path", "status"), [("/bad", 503), ("/cut", 0), ("/half", 200)])
def test_an_error_and_a_cut_answer_are_no_answers(url: str, path: str, status: int) -> None:
    client = Client(url, 5)
    reply = client.ask(Ask(path))
    again = client.ask(Ask("/a"))
    client.close()
    assert (reply.status, reply.good) == (status, False)
    assert again.good


def test_a_server_that_is_not_there_is_no_answer() -> None:
    client = Client("http://127.0.0.1:1", 1)
    assert client.ask(Ask("/")).status == 0


def test_driving_counts_good_and_failed(url: str) -> None:
    driven = drive(url, [Ask("/a"), Ask("/bad")], clients=3, seconds=0.3)
    assert len(driven.seconds) + driven.failed == len(Echo.seen)
    assert driven.failed > 0
    assert driven.seconds
    assert driven.lasted >= 0.3
    assert driven.rate == len(driven.seconds) / driven.lasted


def test_a_crowd_asks_from_processes_of_its_own(url: str) -> None:
    crowd = Crowd()
    try:
        driven = crowd.drive(url, [Ask("/a")], clients=3, seconds=0.3)
    finally:
        crowd.close()
    assert len(driven.seconds) == len(Echo.seen) > 0
    assert driven.failed == 0


def test_a_question_has_five_values_at_least_and_ends_after_three_failures(url: str) -> None:
    one = _asked(url, ["/a", "/a", "/a", "/half", "/a", "/a", "/a"])
    three = _asked(url, ["/bad"] * 9)
    assert (one.failed, len(one.seconds)) == (1, 4)
    assert "breaks off after 18 bytes" in one.why
    assert (three.failed, three.seconds) == (3, [])
    assert three.why.startswith("503: ")


def test_hostile_questions_go_out_without_waiting(url: str) -> None:
    with Hostile(url, [Ask("/bad")], timeout=5) as hostile:
        pass
    for waiting in hostile.waiting:
        waiting.join(10)
    assert hostile.sent == len(Echo.seen) == 1


def _asked(url: str, paths: list[str]) -> Timed:
    return one_question(url, [Ask(path) for path in paths], Effort(seconds=0.0))
