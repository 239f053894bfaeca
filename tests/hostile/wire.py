"""Requests as bytes on a socket: no client library mends what is broken here."""

from __future__ import annotations

import http.client
import re
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
PATIENCE = 45
"""Seconds without a byte after which a server is said to hang: its own deadlines are 1 to 4."""
GONE, CUT = "closed", "cut"
"""No answer at all, and one that broke off: each as a status of its own."""
LEAKS = re.compile(
    rb"Traceback|pyoxigraph|site-packages|File \"|root:x:0|index\.sqlite|\.sst\b|\.py\b|\.rs:\d|/home/|/usr/|/tmp/|/root/"
)
"""What an error tells nobody: where the code is, what it is made of, what files there are."""


@dataclass(frozen=True)
class Hostile:
    """One request.

    Attributes:
        family: what is wrong with it, for the count at the end.
        target: path and query, as they are sent.
        raw: all bytes of it, where not even HTTP is what it should be.
    """

    family: str
    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    raw: bytes = b""

    def sent(self, key: str) -> bytes:
        """What goes over the wire, with this key unless it has one of its own."""
        if self.raw:
            return self.raw
        given = {name.lower() for name, _ in self.headers}
        lines = [f"{self.method} {self.target} HTTP/1.1", "Host: verre.test", "Connection: close"]
        if "authorization" not in given and not self.target.startswith("/v1"):
            lines.append(f"Authorization: Bearer {key}")
        if not given & {"content-length", "transfer-encoding"} and (self.body or self.method != "GET"):
            lines.append(f"Content-Length: {len(self.body)}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + self.body


@dataclass(frozen=True)
class Told:
    """An answer.

    Attributes:
        status: as a text; or GONE, CUT.
        kind: its media type.
        seconds: until its last byte.
    """

    status: str
    kind: str
    body: bytes
    seconds: float


def ask(url: str, request: Hostile, key: str) -> Told:
    """Sends a request and reads the answer to its end.

    Raises:
        TimeoutError: nothing came for `PATIENCE` seconds.
    """
    place = urlsplit(url)
    began = time.monotonic()
    with socket.create_connection((place.hostname, place.port), PATIENCE) as connection:
        try:
            connection.sendall(request.sent(key))
            if request.raw:
                connection.shutdown(socket.SHUT_WR)
        except ConnectionError:
            pass  # refused before all was sent: the answer is there to be read
        answer = http.client.HTTPResponse(connection, method=request.method)
        body, status = b"", GONE
        try:
            answer.begin()
            status = str(answer.status)
            body = answer.read()
        except TimeoutError:
            raise
        except http.client.IncompleteRead as error:
            status, body = CUT if status == "200" else status, error.partial
        except (ConnectionError, http.client.HTTPException):
            status = CUT if status == "200" else status
        kind = answer.headers.get_content_type() if status != GONE and answer.headers else ""
        return Told(status, kind, body, time.monotonic() - began)


class Listener:
    """A server on this machine that wants to be called, and counts who does."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port = int(self._socket.getsockname()[1])

    def calls(self) -> int:
        """How many connections wait to be taken."""
        found = 0
        while True:
            try:
                self._socket.accept()[0].close()
            except BlockingIOError:
                return found
            found += 1

    def close(self) -> None:
        """Listens no longer."""
        self._socket.close()
