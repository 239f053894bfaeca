"""An endpoint that answers what a test tells it to, also what no good one would."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from graph.settings import Settings
from graph.store.derive import Derive
from graph.store.manifest import Manifest
from graph.store.remote.releases import RemoteReleases

JSON = "application/sparql-results+json"
ROW = '{"x":{"type":"literal","value":"1"}}'
ROWS = '{"head":{"vars":["x"]},"results":{"bindings":[%s]}}'


@dataclass
class Reply:
    """What is answered.

    Attributes:
        body: all of it, or pieces with pauses between them.
        cut: close the connection without the end that was promised.
    """

    body: str | list[str] = ROWS % ROW
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": JSON})
    pause: float = 0.0
    before: float = 0.0
    cut: bool = False


@dataclass
class Asked:
    """What came."""

    method: str
    path: str
    headers: dict[str, str]
    parameters: dict[str, list[str]]
    body: str


class Fake:
    """The endpoint; `reply` may be changed at any time, or be a function of what is asked."""

    def __init__(self) -> None:
        self.reply: Reply | Callable[[Asked], Reply] = Reply()
        self.asked: list[Asked] = []
        self.broken = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/query"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                form = parse_qs(body) if "urlencoded" in self.headers.get("Content-Type", "") else {}
                given = {**parse_qs(urlsplit(self.path).query, keep_blank_values=True), **form}
                asked = Asked(self.command, self.path, dict(self.headers), given, body)
                fake.asked.append(asked)
                fake.answer(self, fake.reply(asked) if callable(fake.reply) else fake.reply)

            do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815 - as the server calls them

            def log_message(self, *_: Any) -> None:
                return

        return Handler

    def answer(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        pieces = [piece for piece in ([reply.body] if isinstance(reply.body, str) else reply.body) if piece]
        time.sleep(reply.before)
        try:
            handler.send_response(reply.status)
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            if reply.status == 204:
                handler.end_headers()
                return
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            for piece in pieces:
                raw = piece.encode()
                handler.wfile.write(b"%x\r\n%s\r\n" % (len(raw), raw))
                time.sleep(reply.pause)
            if reply.cut:
                handler.close_connection = True
            else:
                handler.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.broken.set()


@contextmanager
def endpoint() -> Iterator[Fake]:
    fake = Fake()
    thread = threading.Thread(target=fake.server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield fake
    finally:
        fake.server.shutdown()
        thread.join()
        fake.server.server_close()


def known(home: Path, fake: Fake, **more: Any) -> tuple[RemoteReleases, Settings]:
    """The endpoint with one state that we know of."""
    given: dict[str, Any] = {"home": home, "store": fake.url, "store_kind": "oxigraph", **more}
    settings = Settings(**given)
    releases = RemoteReleases(settings)
    releases.layout.make()
    releases.publish(
        Manifest(
            number=1, name="000001", created="", kind="index", parent=None, quads=0, triples=0, graphs={},
            built_graphs=[], inputs={}, base_iri=releases.base_iri, today=Derive().today, versions={},
        ),
        None,
    )  # fmt: skip
    return releases, settings
