"""Which methods a path takes: what `Allow` says (RFC 9110, 10.2.1) and OPTIONS answers."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
"""Those that a route may have; HEAD goes with GET, and OPTIONS with all of them."""


def allowed(request: Request) -> tuple[str, ...]:
    """Every method of the path that was asked for; none where there is no such path."""
    routes: Iterable[BaseRoute] = request.app.router.routes
    found = [
        method
        for method in METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    if "GET" in found:
        found.insert(1, "HEAD")
    return (*found, "OPTIONS") if found else ()


def options(request: Request) -> Response:
    """The answer to OPTIONS."""
    return Response(status_code=204, headers={"Allow": ", ".join(allowed(request))})
