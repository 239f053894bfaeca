"""A short way to the handlers that are asked most: past routing and validation of the framework, which they do not use.

The routes are declared all the same, for the documentation and for every method that is not asked often.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from graph.errors import VerreError

Handler = Callable[[Request], Awaitable[Response]]
Render = Callable[[Request, Exception], Awaitable[Response]]


@dataclass(frozen=True)
class Known:
    """What the logs and metrics want to know of a route."""

    path: str


class Direct:
    """The layer that knows the way.

    Args:
        app: what all other requests go to.
        handlers: method and path -> what answers it.
        render: makes the answer that tells an error.
    """

    def __init__(self, app: ASGIApp, handlers: Mapping[tuple[str, str], Handler], render: Render) -> None:
        self.app = app
        self.render = render
        self._ways = {key: (handler, Known(key[1])) for key, handler in handlers.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        way = self._ways.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if way is None:
            await self.app(scope, receive, send)
            return
        handler, scope["route"] = way
        request = Request(scope, receive, send)
        try:
            response = await handler(request)
        except (VerreError, HTTPException) as error:
            response = await self.render(request, error)
        # What breaks off from here on is under way: the outermost layer drops the connection
        await response(scope, receive, send)
