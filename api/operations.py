"""What watches over the service: the logs and the metrics of one application."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.types import Scope

from api.connections import Room as Connections
from api.figures import Gauges
from api.logs.audit import QUIET, READS, Event, hashed
from api.logs.lines import Lines, Record
from api.logs.records import common, dated, request_record, route_of
from api.metrics import Metrics
from api.middleware.shell import Ended, Watch
from api.services import Services
from api.spool import Room

FOLDER = "logs"
SPOOLS = "spool"
GATHER = 0.1
"""Seconds that a line of a log may wait for others, that of a write excepted."""
REFRESH = 1.0
"""Seconds between two looks at what is counted elsewhere, where other processes answer `/metrics` for this one."""


class Operations(Watch):
    """Logs and metrics.

    Args:
        services: of the application.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        self.metrics = Metrics()
        self.gauges = Gauges(self.metrics, services)
        settings = self.settings = services.settings
        folder = settings.home / FOLDER
        to_file = settings.log_requests == "file"
        self.requests = Lines(
            folder / "requests.log" if to_file else None,
            settings.log_bytes,
            settings.log_keep,
            gather=GATHER,
            finish=dated(settings),
        )
        finish = _both(hashed(keep_text=settings.audit_text), dated(settings))
        self.audit = Lines(
            folder / "audit.log", settings.log_bytes, settings.audit_keep, gather=GATHER, finish=finish
        )
        self.spools = Room(settings.home / SPOOLS, settings.spool_bytes)
        self._lost: Counter[str] = Counter()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to write, and to count."""
        if self.settings.log_requests != "off":
            self.requests.start()
        if self.settings.audit != "off":
            self.audit.start()
        self.metrics.workers.set(1)
        self._task = asyncio.create_task(self._refresh_on())

    async def close(self) -> None:
        """Writes what is left."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        for lines in (self.requests, self.audit):
            await asyncio.to_thread(lines.close)

    def watch_connections(self, room: Connections) -> None:
        """Counts the connections of a server that runs this application."""
        self.gauges.connections = lambda: len(room)
        self.gauges.refused = room.refused

    async def refresh(self) -> None:
        """Looks at what is counted elsewhere."""
        await self.gauges.refresh()
        for name, lines in (("requests", self.requests), ("audit", self.audit)):
            self.metrics.lost.labels(name).inc(lines.lost - self._lost[name])
            self._lost[name] = lines.lost

    async def exposition(self) -> bytes:
        """The text of `/metrics`, as it is now."""
        await self.refresh()
        return await asyncio.to_thread(self.metrics.text)

    async def _refresh_on(self) -> None:
        while True:
            await self.refresh()
            await asyncio.sleep(REFRESH)

    def begun(self, scope: Scope) -> None:
        """A request has come: gives `audit` what it needs."""
        scope["state"]["audit_begun"] = partial(self._write_begun, scope)

    def ended(self, ended: Ended) -> None:
        """An exchange is over."""
        scope = ended.scope
        self.metrics.exchange(route_of(scope), scope["method"], ended.status, ended.seconds, ended.sent)
        if ended.broke:
            self.metrics.broken.inc()
        problem = scope["state"].get("problem")
        if problem:
            self.metrics.problems.labels(problem).inc()
        if self.settings.log_requests != "off":
            self.requests.put(request_record(ended, self.settings))
        event: Event | None = scope["state"].get("audit")
        if event is not None:
            self._operation(ended, event)

    def _write_begun(self, scope: Scope, event: Event) -> None:
        if self.settings.audit != "off":
            self.audit.put({**common(scope), "phase": "begun", **event.record()}, urgent=True)

    def _operation(self, ended: Ended, event: Event) -> None:
        outcome = event.outcome or _outcome(ended)
        self.metrics.operations.labels(event.operation or "other", outcome).inc()
        for change, number in (("added", event.added), ("removed", event.removed)):
            if number:
                self.metrics.statements.labels(change).inc(number)
        if self.settings.audit == "off" or (self.settings.audit == "writes" and event.operation in READS):
            return
        told = {"status": ended.status, "seconds": ended.seconds, "release": ended.release}
        problem = ended.scope["state"].get("problem")
        self.audit.put(
            {**common(ended.scope), "phase": "done", **told, **event.record(), "outcome": outcome}
            | ({"problem": problem} if problem else {}),
            urgent=event.operation not in QUIET,
        )


def _outcome(ended: Ended) -> str:
    """One word for what came of it."""
    if ended.broke:
        return "broke"
    if not ended.status:
        return "gone"
    return "done" if ended.status < 400 else "refused" if ended.status < 500 else "failed"


def _both(first: Callable[[Record], Record], then: Callable[[Record], Record]) -> Callable[[Record], Record]:
    return lambda record: then(first(record))


def operations_of(app: Any) -> Operations:
    """The operations that `create_app` put on an application."""
    found: Operations = app.state.operations
    return found
