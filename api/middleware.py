"""What holds for every request: its id, security headers, HEAD, the size of its body, and the last net for errors.

One plain ASGI class: what wraps every answer must not buffer any, and must let a broken stream break.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import PayloadTooLarge
from graph.errors import Issue, VerreError

log = logging.getLogger("verre.api")

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""The names with `X-` are the standard's own."""

Render = Callable[[Request, Exception], Awaitable[Response]]


class _TooLong(Exception):
    """The body turned out longer than it may be."""


class Shell:
    """The outermost layer of the application.

    Args:
        app: what it wraps.
        body_bytes: most bytes of a request body (setting `VERRE_BODY_BYTES`).
        render: makes the answer that tells an error.
    """

    def __init__(self, app: ASGIApp, body_bytes: int, render: Render) -> None:
        self.app = app
        self.body_bytes = body_bytes
        self.render = render

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await _Exchange(self, scope, receive, send).run()

    def too_large(self, given: int | None) -> PayloadTooLarge:
        """The error that names the setting."""
        issue = Issue("Content-Length", f"at most {self.body_bytes} bytes", str(given) if given else None)
        return PayloadTooLarge(
            f"The body may have at most {self.body_bytes} bytes.", issues=(issue,), setting="body_bytes"
        )


class _Exchange:
    """One request and its answer."""

    def __init__(self, shell: Shell, scope: Scope, receive: Receive, send: Send) -> None:
        self.shell = shell
        self.head = scope["method"] == "HEAD"
        state = {**scope.get("state", {}), "request_id": secrets.token_hex(8)}
        self.scope = {**scope, "state": state, "method": "GET" if self.head else scope["method"]}
        self.inner_receive = receive
        self.inner_send = send
        self.started = False
        self.read = 0

    async def run(self) -> None:
        try:
            length = self._announced()
            if length is not None and length > self.shell.body_bytes:
                await self._tell(self.shell.too_large(length))
                return
            await self.shell.app(self.scope, self.receive, self.send)
        except _TooLong:
            await self._tell(self.shell.too_large(None))
        except Exception as error:
            await self._failed(error)

    async def _failed(self, error: Exception) -> None:
        """Tells an error that nobody caught, or breaks the answer off where it is under way.

        An answer that breaks off must never look whole: what is raised here, or left unfinished, makes the
        server drop the connection. For a query that met its limits one line in the log is enough.
        """
        name = self.scope["state"]["request_id"]
        known = next((e for e in (error, error.__cause__) if isinstance(e, VerreError)), None)
        if self.started and known is not None:
            log.warning("request %s broke off: %s: %s", name, type(known).__name__, known)
            return
        log.error("request %s failed", name, exc_info=error)
        if self.started:
            raise error
        await self._tell(error)

    def _announced(self) -> int | None:
        for name, value in self.scope["headers"]:
            if name == b"content-length" and value.isdigit():
                return int(value)
        return None

    async def _tell(self, error: Exception) -> None:
        if self.started:
            raise error
        response = await self.shell.render(Request(self.scope), error)
        await response(self.scope, self.inner_receive, self.send)

    async def receive(self) -> Message:
        message = await self.inner_receive()
        if message["type"] == "http.request":
            self.read += len(message.get("body", b""))
            if self.read > self.shell.body_bytes:
                raise _TooLong
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY.items():
                headers.setdefault(name, value)
            headers["Request-Id"] = self.scope["state"]["request_id"]
        elif self.head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self.inner_send(message)
