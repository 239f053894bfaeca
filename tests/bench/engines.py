"""Verre and its peers, each as a server on 127.0.0.1 that answers the same questions."""

from __future__ import annotations

import importlib.metadata
import math
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

from graph import __version__
from tests.bench.clients import Ask, Client
from tests.bench.watch import Watched, disk, free_port

ROOT = Path(__file__).parents[2]
JSON = "application/sparql-results+json"
PATIENCE = 7_200.0
"""Seconds that a load may take."""


@dataclass(frozen=True)
class Data:
    """The files of a run.

    Attributes:
        source: the synthetic graph, as it was generated; what Verre loads.
        quads: the whole release in its named graphs: with reference, vocabulary and what is inferred.
        merged: the same and the merge as the default graph, for engines that make no merge by themselves.
        count: of quads in `source`.
    """

    source: Path
    quads: Path
    merged: Path
    count: int


@dataclass(frozen=True)
class Loaded:
    """What a load took: seconds until everything is in, seconds until it can be served, bytes, CPU seconds."""

    load: float
    ready: float
    peak: int
    cpu: float
    disk: int


class Engine(ABC):
    """One that answers SPARQL.

    Args:
        folder: its own, for its files and logs.
        memory: bytes at which the benchmark stops it, times its `share`.
    """

    name = ""
    path = "/query"
    ours = False
    share = 1
    largest: int | None = None

    def __init__(self, folder: Path, memory: int) -> None:
        self.folder, self.memory = folder, memory * self.share
        self.server: Watched | None = None
        self.url = ""
        self.peak, self.cpu = 0, 0.0
        folder.mkdir(parents=True, exist_ok=True)

    @classmethod
    @abstractmethod
    def absent(cls) -> str:
        """Why it cannot be measured here, or ""."""

    @abstractmethod
    def version(self) -> str:
        """Its version and what else of its setup counts."""

    @abstractmethod
    def load(self, data: Data) -> Loaded:
        """Takes the data in, as fast as it can.

        Raises:
            RuntimeError: it failed; says what it wrote last.
        """

    def reuse(self, data: Data) -> None:
        """Takes what an earlier run has loaded into its folder."""
        self._data = data

    @abstractmethod
    def command(self, port: int, deadline: float) -> list[str]:
        """What starts its server."""

    def environment(self, deadline: float) -> dict[str, str]:
        """The environment of its processes."""
        return dict(os.environ)

    def start(self, deadline: float) -> float:
        """Starts the server and waits until it answers; returns the seconds that it took."""
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = self.environment(deadline)
        self.server = Watched(self.command(port, deadline), self.log, self.memory, environment)
        client = Client(self.url, 30)
        while not client.ask(self.ask("ASK {}")).good:
            if not self.server.alive() or time.monotonic() > self.server.began + PATIENCE:
                self.server.stop()
                raise RuntimeError(f"{self.name} did not start: {self.server.tail()}")
            time.sleep(0.05)
        client.close()
        return time.monotonic() - self.server.began

    def renew(self, deadline: float) -> None:
        """Makes a server that was given up ready again: it may still be at it, at the cost of the next question."""
        self.stop()
        self.start(deadline)

    def stop(self) -> None:
        """Ends the server, and keeps what it took in `peak` (bytes) and `cpu` (seconds, of all its lives)."""
        if self.server is not None:
            self.server.stop()
            self.peak, self.cpu = max(self.peak, self.server.peak), self.cpu + self.server.cpu
            self.server = None

    def ask(self, text: str) -> Ask:
        """The request that asks a query."""
        return Ask(self.path, text.encode(), "application/sparql-query", JSON)

    @property
    def log(self) -> Path:
        """What its processes write."""
        return self.folder / "log"

    def _spent(self) -> tuple[int, float]:
        """Ends a server that was only there to load; returns what it took, and forgets it."""
        self.stop()
        peak, cpu, self.peak, self.cpu = self.peak, self.cpu, 0, 0.0
        return peak, cpu

    def _run(self, command: Sequence[str], env: dict[str, str] | None = None) -> tuple[float, Watched]:
        watched = Watched(command, self.log, self.memory, env)
        return watched.wait(PATIENCE), watched


class Verre(Engine):
    """The product itself, by its own commands."""

    name = "verre"
    path = "/sparql"
    ours = True

    @classmethod
    def absent(cls) -> str:
        """It is always there."""
        return ""

    def version(self) -> str:
        """Its version, with that of its engine."""
        return f"{__version__} (pyoxigraph {_installed('pyoxigraph')})"

    def command(self, port: int, deadline: float) -> list[str]:
        """`verre serve`."""
        return [*self._verre, "serve", "--host", "127.0.0.1", "--port", str(port)]

    def environment(self, deadline: float = 10.0) -> dict[str, str]:
        """Its home, and a share of the memory for each reader."""
        return os.environ | {
            "VERRE_HOME": str(self.folder / "home"),
            "VERRE_QUERY_TIMEOUT": str(deadline),
            "VERRE_QUERY_MEMORY": str(self.memory // 4),
            "VERRE_ANONYMOUS_REQUESTS": "0",
            "VERRE_ANONYMOUS_QUERIES": "0",
            "PYTHONPATH": str(ROOT),
        }

    def load(self, data: Data) -> Loaded:
        """`verre load`: that is a whole release, with index."""
        took, ran = self._run([*self._verre, "load", str(data.source)], self.environment())
        return Loaded(took, took, ran.peak, ran.cpu, disk(self.folder / "home"))

    def dump(self, path: Path) -> None:
        """Writes the whole release for the others."""
        self._run([*self._verre, "dump", "--all", "--output", str(path)], self.environment())

    @property
    def _verre(self) -> list[str]:
        return [sys.executable, "-m", "graph.cli"]


class VerreMemory(Verre):
    """The same release of the same home, with readers that are forked from what holds it in memory."""

    name = "verre-memory"
    share = 4

    def environment(self, deadline: float = 10.0) -> dict[str, str]:
        """The home of the other, and all the memory that it may take."""
        return super().environment(deadline) | {
            "VERRE_HOME": str(self.folder.parent / Verre.name / "home"),
            "VERRE_MEMORY": str(self.memory),
        }

    def load(self, data: Data) -> Loaded:
        """Nothing: the other has made it; that it warms up counts as its start."""
        return Loaded(math.nan, math.nan, 0, math.nan, 0)

    def start(self, deadline: float) -> float:
        """Waits until memory answers, not the disk that stands in until then."""
        self.log.unlink(missing_ok=True)  # what an earlier server said there says nothing of this one
        super().start(deadline)
        assert self.server is not None
        client = Client(self.url, 30)
        while b'"memory"' not in client.ask(Ask("/readyz")).body:
            refused = "does not fit" in self.server.tail()
            if refused or not self.server.alive() or time.monotonic() > self.server.began + PATIENCE:
                self.server.stop()
                raise RuntimeError(f"{self.name} did not warm up: {self.server.tail()}")
            time.sleep(0.1)
        client.close()
        return time.monotonic() - self.server.began


class Oxigraph(Engine):
    """`oxigraph serve` of the package `oxigraph`, on its disk store, optimized; the merge is its default graph."""

    name = "oxigraph"

    @classmethod
    def absent(cls) -> str:
        """Looks beside this Python and on the path."""
        return "" if cls._program() else "no program `oxigraph`: install the package oxigraph"

    def version(self) -> str:
        """What the program says."""
        return _said([self._program(), "--version"], r"[\d.]+")

    def command(self, port: int, deadline: float) -> list[str]:
        """`oxigraph serve`, with its own deadline."""
        return [
            self._program(), "serve", "--location", str(self._store), "--bind", f"127.0.0.1:{port}",
            "--timeout-s", str(max(1, round(deadline))),
        ]  # fmt: skip

    def load(self, data: Data) -> Loaded:
        """`oxigraph load`, then `oxigraph optimize`."""
        program, store = self._program(), str(self._store)
        first, loading = self._run([program, "load", "--location", store, "--file", str(data.merged)])
        second, tidying = self._run([program, "optimize", "--location", store])
        peak, cpu = max(loading.peak, tidying.peak), loading.cpu + tidying.cpu
        return Loaded(first, first + second, peak, cpu, disk(self._store))

    @property
    def _store(self) -> Path:
        return self.folder / "store"

    @staticmethod
    def _program() -> str:
        beside = Path(sys.executable).parent / "oxigraph"
        return str(beside) if beside.exists() else shutil.which("oxigraph") or ""


class Rdflib(Engine):
    """rdflib in memory behind a small server of ours; the merge is its default graph."""

    name = "rdflib"
    largest = 1_000_000

    @classmethod
    def absent(cls) -> str:
        """It comes with Verre."""
        return ""

    def version(self) -> str:
        """Of the package."""
        return _installed("rdflib")

    def command(self, port: int, deadline: float) -> list[str]:
        """The server, which loads first."""
        return [sys.executable, "-m", "tests.bench.rdflib_server", str(port), str(self._data.merged)]

    def environment(self, deadline: float) -> dict[str, str]:
        """Where the server's code is."""
        return os.environ | {"PYTHONPATH": str(ROOT)}

    def load(self, data: Data) -> Loaded:
        """It has no store: it loads whenever it starts."""
        self._data = data
        took = self.start(10.0)
        time.sleep(0.5)
        return Loaded(took, took, *self._spent(), 0)

    def renew(self, deadline: float) -> None:
        """Another child of the same process, which need not load again."""
        if self.server is None or not self.server.alive():
            super().renew(deadline)
        else:
            self.server.process.send_signal(signal.SIGUSR1)


class Virtuoso(Engine):
    """Virtuoso 7 with an ini of its own; its default graph is the union of all."""

    name = "virtuoso"
    path = "/sparql"

    @classmethod
    def absent(cls) -> str:
        """Looks on the path."""
        missing = [name for name in ("virtuoso-t", "isql-vt") if shutil.which(name) is None]
        return f"no program {missing[0]}: install virtuoso-opensource-7-bin" if missing else ""

    def version(self) -> str:
        """What the program says."""
        return _said(["virtuoso-t", "-?"], r"Version ([\d.]+)")

    def ask(self, text: str) -> Ask:
        """As a form, which this version knows best."""
        return Ask(self.path, f"query={quote_plus(text)}".encode(), "application/x-www-form-urlencoded", JSON)

    def command(self, port: int, deadline: float) -> list[str]:
        """Its server in the foreground."""
        self._sql = free_port()
        ini = self.folder / "virtuoso.ini"
        ini.write_text(_INI.format(folder=self.folder, sql=self._sql, http=port, deadline=round(deadline),
                                   data=self._data.quads.parent, buffers=self.memory // 2 // 8192), "utf-8")  # fmt: skip
        return ["virtuoso-t", "-f", "-c", str(ini)]

    def load(self, data: Data) -> Loaded:
        """Its bulk loader, then a checkpoint."""
        self._data = data
        self.start(10.0)
        began = time.monotonic()
        self._isql(f"ld_dir('{data.quads.parent}', '{data.quads.name}', ''); rdf_loader_run();")
        load = time.monotonic() - began
        self._isql("checkpoint;")
        ready = time.monotonic() - began
        time.sleep(0.3)
        return Loaded(load, ready, *self._spent(), disk(self.folder))

    def _isql(self, statements: str) -> None:
        # The name and password that a new database has; it listens on this machine only and lives for the run
        self._run(["isql-vt", f"127.0.0.1:{self._sql}", "dba", "dba", f"exec={statements}"])


_INI = """[Database]
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
DirsAllowed = {data}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {buffers}
ServerThreads = 60
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 60
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryExecutionTime = {deadline}
"""

ENGINES: dict[str, type[Engine]] = {
    kind.name: kind for kind in (Verre, VerreMemory, Oxigraph, Virtuoso, Rdflib)
}


def _installed(package: str) -> str:
    return importlib.metadata.version(package)


def _said(command: list[str], pattern: str) -> str:
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(pattern, said.stdout + said.stderr)
    return found.group(found.lastindex or 0) if found else "unknown"
