"""Requests made by hand, for what reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import Request


def request(
    method: str = "GET",
    path: str = "/sparql",
    query: str = "",
    *,
    headers: dict[str, str] | None = None,
    body: Sequence[bytes] = (b"",),
) -> Request:
    """A request whose body comes in these pieces."""
    waiting = list(body)

    async def receive() -> dict[str, Any]:
        piece = waiting.pop(0) if waiting else b""
        return {"type": "http.request", "body": piece, "more_body": bool(waiting)}

    scope = {
        "type": "http",
        "scheme": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
        "state": {},
    }
    return Request(scope, receive)


async def at_once(work: Callable[[], Any]) -> Any:
    """Stands in for threads."""
    return work()
