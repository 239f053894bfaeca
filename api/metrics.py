"""What is counted, for Prometheus: one set of metrics an application, shared by its worker processes.

With workers, `prometheus_client` keeps the numbers in small files that all of them map (its own
environment variable names the folder, and has to be set before it is imported: `api.worker` does).
No label has values that a client can make up: routes are templates, methods and problems are ours.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
NO_ROUTE = "none"
"""The label of a path that is none of ours."""


@dataclass
class Metrics:
    """The metrics of one application."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        self.requests = self._counter(
            "http_requests", "Requests by route, method and status.", "route", "method", "status"
        )
        self.seconds = Histogram(
            "verre_http_request_seconds",
            "Seconds from the head of a request to the last byte handed on.",
            ("route", "method"),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.sent = self._counter("http_sent_bytes", "Bytes of answers.")
        self.broken = self._counter("http_broken", "Answers that broke off.")
        self.problems = self._counter("problems", "Errors told, by their type.", "type")
        self.refused = self._counter("connections_refused", "Connections turned away or cut.", "reason")
        self.operations = self._counter(
            "operations", "SPARQL and Graph Store Protocol operations by outcome.", "operation", "outcome"
        )
        self.statements = self._counter("statements_written", "Statements added and removed.", "change")
        self.lost = self._counter("log_lines_lost", "Log lines that could not be written.", "log")
        self.cpu = self._counter("process_cpu_seconds", "Processor time of the web processes.")
        self.connections = self._gauge("connections", "Open connections.")
        self.queries = self._gauge("queries", "Queries that run, and that wait for a reader.", "state")
        self.readers = self._gauge("readers", "Reader processes by kind.", "kind")
        self.indexes = self._gauge("indexes_open", "Open list indexes.")
        self.workers = self._gauge("workers", "Web processes.")
        self.memory = self._gauge("process_resident_bytes", "Memory of processes.", "process")
        self.kept = self._gauge("releases_kept", "Releases that are kept.", mode="mostrecent")
        self.release = self._gauge("release", "Number of the release that answers.", mode="mostrecent")
        self.made = self._gauge("release_made_seconds", "When it was made (Unix time).", mode="mostrecent")
        self.age = self._gauge("release_age_seconds", "How long ago it was made.", mode="mostrecent")
        self.room = self._gauge("disk_free_bytes", "Room on the disk of VERRE_HOME.", mode="mostrecent")
        self._routes: dict[tuple[str, str, int], tuple[Any, Any]] = {}

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"verre_{name}", told, labels, registry=self.registry)

    def _gauge(self, name: str, told: str, *labels: str, mode: Any = "livesum") -> Gauge:
        return Gauge(f"verre_{name}", told, labels, registry=self.registry, multiprocess_mode=mode)

    def exchange(self, route: str, method: str, status: int, seconds: float, sent: int) -> None:
        """Counts a request."""
        key = (route, method if method in METHODS else "other", status)
        found = self._routes.get(key)
        if found is None:
            found = (self.requests.labels(*key), self.seconds.labels(*key[:2]))
            self._routes[key] = found
        found[0].inc()
        found[1].observe(seconds)
        self.sent.inc(sent)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        folder = os.environ.get(FOLDER)
        if not folder:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        multiprocess.MultiProcessCollector(together, path=folder)  # type: ignore[no-untyped-call]
        return generate_latest(together)


def forget(folder: Path, number: int) -> None:
    """Drops what a process that is gone said of the present; what it counted stays counted."""
    for path in folder.glob(f"gauge_live*_{number}.db"):
        path.unlink(missing_ok=True)
