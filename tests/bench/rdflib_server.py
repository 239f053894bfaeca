"""rdflib as a SPARQL server, for the benchmark only: loads a file of N-Quads, then answers POST.

A child answers. It is replaced by a fresh one on SIGUSR1, for rdflib cannot stop a question, and loading
a million quads again after each that was given up would take hours.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from rdflib import Dataset


class Handler(BaseHTTPRequestHandler):
    """One connection. `data` is what it answers from."""

    protocol_version = "HTTP/1.1"
    data = Dataset()

    def do_POST(self) -> None:
        """The body is the query."""
        text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        try:
            body, status = self.data.query(text).serialize(format="json") or b"", 200
        except Exception as error:
            body, status = str(error).encode(), 500
        self.send_response(status)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


def server(port: int, path: Path) -> ThreadingHTTPServer:
    """The server, loaded and bound."""
    Handler.data = Dataset()
    Handler.data.parse(path, format="nquads")
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def answer(listening: ThreadingHTTPServer) -> None:
    """Answers by children, one at a time, until the process is ended."""
    gc.freeze()  # a collection would copy what the children share
    while True:
        child = os.fork()
        if not child:
            listening.serve_forever()
        signal.sigwait([signal.SIGUSR1])
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    answer(server(int(sys.argv[1]), Path(sys.argv[2])))
