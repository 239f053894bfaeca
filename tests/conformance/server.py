"""The running product: `verre serve` in the bare profile, and requests to it byte by byte."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import RdfFormat, parse

from graph.keys import Keys, Role
from tests.conformance.suite import Dataset, iri_of

START = 60.0
"""Seconds that the server may take to come up."""
_READY = re.compile(r"http://127\.0\.0\.1:(\d+)/")


@dataclass(frozen=True)
class Answer:
    """What came back. Names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass
class Server:
    """A running server.

    Attributes:
        port: on 127.0.0.1.
        key: of a steward.
        holds: the dataset that it was filled with; None: nobody knows.
    """

    port: int
    key: str
    holds: Dataset | None = None
    _connection: http.client.HTTPConnection | None = field(default=None)

    @property
    def origin(self) -> str:
        """Scheme and host."""
        return f"http://127.0.0.1:{self.port}"

    def send(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        key: bool = True,
    ) -> Answer:
        """Sends a request with just these headers, the key and what HTTP itself needs."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection = self._connection
        try:
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if key:
                connection.putheader("Authorization", f"Bearer {self.key}")
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        except (OSError, http.client.HTTPException):
            self.hang_up()
            raise

    def hang_up(self) -> None:
        """Closes the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def query(self, text: str, accept: str) -> Answer:
        """Asks a query as the body of a POST."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.send("POST", "/sparql", text.encode(), headers)

    def update(self, text: str) -> Answer:
        """Sends an update; afterwards nobody knows what the store holds."""
        self.holds = None
        return self.send("POST", "/update", text.encode(), {"Content-Type": "application/sparql-update"})

    def graph(self, name: str | None) -> Answer:
        """A graph as N-Triples; None: the default graph."""
        which = "default" if name is None else f"graph={quote(name, safe='')}"
        return self.send("GET", f"/store?{which}", None, {"Accept": "application/n-triples"})

    def fill(self, wanted: Dataset) -> None:
        """Makes the store hold a dataset, and nothing else."""
        if self.holds == wanted:
            return
        if self.holds is not None and not self.holds.named and not wanted.named:
            body = "".join(_triples(wanted.default)).encode()
            answer = self.send("PUT", "/store?default", body, {"Content-Type": "application/n-triples"})
        else:
            answer = self.update(_making(wanted))
        assert answer.status in (200, 201, 204), answer.body
        self.holds = wanted


def _making(wanted: Dataset) -> str:
    """An update that makes a store hold a dataset; empty graphs too."""
    parts = ["".join(_triples(wanted.default))]
    parts += [f"GRAPH <{name}> {{ {''.join(_triples((path,)))} }}" for name, path in wanted.named]
    made = "".join(f"CREATE GRAPH <{name}> ; " for name in dict(wanted.named))
    return f"DROP ALL ; {made} INSERT DATA {{ {' '.join(parts)} }}"


def _triples(files: tuple[Path, ...]) -> Iterator[str]:
    for path in files:
        form = RdfFormat.from_extension(path.suffix.removeprefix("."))
        for quad in parse(path=path, format=form, base_iri=iri_of(path), rename_blank_nodes=True):
            yield f"{quad.triple} .\n"


@contextlib.contextmanager
def serving(home: Path) -> Iterator[Server]:
    """A server on an empty home, for as long as the `with` lasts."""
    home.mkdir(parents=True, exist_ok=True)
    _, key = Keys(home).create(Role.STEWARD, "conformance")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VERRE_")}
    environment = {
        **kept,
        "VERRE_HOME": str(home),
        "VERRE_PROFILE": "bare",
        "VERRE_READERS": "1",
        "VERRE_SPARE_READERS": "0",
        "VERRE_KEEP_RELEASES": "2",
        "VERRE_LOG_REQUESTS": "off",
    }
    log = home / "serve.log"
    command = [sys.executable, "-m", "graph.cli", "serve", "--host", "127.0.0.1", "--port", "0"]
    with log.open("wb") as stderr:
        process = subprocess.Popen(command, env=environment, stderr=stderr, stdout=stderr)
    try:
        made = Server(_port(process, log), key)
        yield made
        made.hang_up()
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    for _ in range(int(START * 20)):
        found = _READY.search(log.read_text("utf-8"))
        if found:
            return int(found[1])
        assert process.poll() is None, log.read_text("utf-8")
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise AssertionError(log.read_text("utf-8"))
