"""Other people's SPARQL servers, each started once a test process on a free port of 127.0.0.1.

They die with the process that started them. Under CI a missing one is a failure.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import httpx
import pytest

PATIENCE = 60.0
"""Seconds in which a server has to answer."""
DIE_WITH_PARENT = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(1, 9)
os.execv(sys.argv[1], sys.argv[1:])
"""
PASSWORD = "dba"  # noqa: S105 - what a new database of Virtuoso has; it lives for the tests


@dataclass(frozen=True)
class Server:
    """One that runs.

    Attributes:
        settings: what `graph.settings.Settings` needs to reach it.
    """

    process: subprocess.Popen[bytes]
    settings: dict[str, object] = field(default_factory=dict)

    def stop(self) -> None:
        """Ends it."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(name: str, package: str) -> str:
    """Where a program is: beside this Python or on the path."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        reason = f"no program `{name}`: install {package}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def oxigraph(*options: str) -> Server:
    """`oxigraph serve`, in memory and empty."""
    port = free_port()
    command = [program("oxigraph", "the package oxigraph"), "serve", "--bind", f"127.0.0.1:{port}", *options]
    return _started(command, f"http://127.0.0.1:{port}/query", {"store_kind": "oxigraph"})


@cache
def virtuoso() -> Server:
    """Virtuoso 7 with an ini of its own; there is one, so whoever uses it begins with `emptied`."""
    folder = Path(tempfile.mkdtemp(prefix="verre-virtuoso-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    port = free_port()
    (folder / "virtuoso.ini").write_text(INI.format(folder=folder, sql=free_port(), http=port), "utf-8")
    command = [program("virtuoso-t", "virtuoso-opensource-7-bin"), "-f", "-c", str(folder / "virtuoso.ini")]
    who = {"store_kind": "virtuoso", "store_user": "dba", "store_password": PASSWORD}
    return _started(command, f"http://127.0.0.1:{port}/sparql", who)


def emptied(server: Server) -> Server:
    """The same with nothing of ours in it."""
    url = str(server.settings["store"])
    with httpx.Client(auth=httpx.DigestAuth("dba", PASSWORD), timeout=60, trust_env=False) as client:
        listed = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        answer = client.get(
            url, params={"query": listed}, headers={"Accept": "application/sparql-results+json"}
        )
        for row in answer.raise_for_status().json()["results"]["bindings"]:
            name = row["g"]["value"]
            if not name.startswith(("http://www.openlinksw.com/", "http://www.w3.org/", "http://localuriqa")):
                address = url.replace("/sparql", "/sparql-graph-crud-auth")
                client.delete(address, params={"graph": name}).raise_for_status()
    return server


def _started(command: list[str], url: str, settings: Mapping[str, object]) -> Server:
    process = subprocess.Popen(
        [sys.executable, "-c", DIE_WITH_PARENT, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(process, {"store": url, **settings})
    atexit.register(server.stop)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(url, params={"query": "ASK {}"}, trust_env=False).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return server
    server.stop()
    pytest.fail(f"{command[0]} did not start")


INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 7500
ServerThreads = 20
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 20
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = 30
"""
