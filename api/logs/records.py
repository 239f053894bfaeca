"""What a line of the request log and of the audit log says."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any

from starlette.types import Scope

from api.logs.lines import Record
from api.metrics import NO_ROUTE
from api.middleware.shell import Ended
from graph.settings import Settings

PREFIXES = {4: 24, 6: 48}
"""Bits of an address that a short one keeps."""
LONGEST = 2000
"""Most characters of a query string in the log."""


def route_of(scope: Scope) -> str:
    """The template of the path that answered, like `/v1/companies/{ref}`; never the path itself."""
    return getattr(scope.get("route"), "path", None) or NO_ROUTE


@lru_cache(4096)
def client_of(host: str | None, how: str) -> str | None:
    """A client's address as the log may know it (setting `VERRE_LOG_CLIENTS`)."""
    if host is None or how == "none":
        return None
    if how == "full":
        return host
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return str(ip_network((address, PREFIXES[address.version]), strict=False))


def request_record(ended: Ended, settings: Settings) -> Record:
    """The line of a request; `dated` completes it."""
    scope = ended.scope
    record = common(scope)
    record |= {
        "status": ended.status,
        "seconds": ended.seconds,
        "bytes": ended.sent,
        "release": ended.release,
    }
    if ended.broke:
        record["broke"] = True
    problem = scope["state"].get("problem")
    if problem:
        record["problem"] = problem
    if settings.log_queries:
        record["path"] = scope["path"]
        record["query"] = scope.get("query_string", b"")[:LONGEST].decode("ascii", "replace")
    return record


def common(scope: Scope) -> Record:
    """When, what and who: what both logs have."""
    state, client = scope["state"], scope.get("client")
    record: Record = {
        "time": time.time(),
        "request": state["request_id"],
        "method": scope["method"],
        "route": route_of(scope),
        "client": client[0] if client else None,
    }
    who = state.get("principal")
    if who is not None and who.key is not None:
        record["key"] = who.key
        record["role"] = who.role.name.lower()
    return record


@lru_cache(16)
def _second(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def dated(settings: Settings) -> Any:
    """What completes a record in the thread that writes: a readable time, rounded seconds, the client cut short."""

    def finish(record: Record) -> Record:
        seconds, rest = divmod(record["time"], 1)
        record["time"] = f"{_second(int(seconds))}.{int(rest * 1000):03}Z"
        record["client"] = client_of(record["client"], settings.log_clients)
        if "seconds" in record:
            record["seconds"] = round(record["seconds"], 6)
        return record

    return finish
