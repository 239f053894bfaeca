"""The outermost layer: request id, headers, HEAD, size and time of a body, the last net for errors, the logs.

One plain ASGI class: what wraps every answer must not buffer any, and must let a broken stream break.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import RequestTimeout, Stopping, kind_of
from api.middleware.body import Body, BodyRefused
from api.middleware.cors import Cors
from api.middleware.headers import Raw, raw_headers
from graph.errors import VerreError
from graph.settings import Settings

log = logging.getLogger("verre.api")

LISTS = "/v1/"
SINGLE = frozenset(
    {"/sparql", "/update", "/healthz", "/readyz", "/health", "/metrics", "/docs", "/openapi.json", "/catalog"}
)

Render = Callable[[Request, Exception], Awaitable[Response]]


@dataclass(slots=True)
class Ended:
    """An exchange that is over.

    Attributes:
        scope: of the request, with what routing and the layers below put into it.
        status: of the answer; 0: none was sent.
        sent: bytes of its body, as it went out.
        seconds: from the head of the request to the last byte handed to the connection.
        broke: whether the answer broke off.
        release: that answered, where the answer says so.
    """

    scope: Scope
    status: int
    sent: int
    seconds: float
    broke: bool
    release: str | None


class Watch:
    """Who hears of each request and of its end; this one does nothing.

    Attributes:
        stopping: whether the server gives up what is under way; it says so before it cancels anything.
    """

    stopping = False

    def begun(self, scope: Scope) -> None:
        """A request has come, and nothing else has happened yet."""

    def ended(self, ended: Ended) -> None:
        """An exchange is over."""


class Shell:
    """The outermost layer of the application.

    Args:
        app: what it wraps.
        settings: limits of bodies, headers.
        render: makes the answer that tells an error.
        watch: hears of everything.
    """

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        render: Render,
        watch: Watch | None = None,
    ) -> None:
        self.app = app
        self.settings = settings
        self.render = render
        self.watch = watch or Watch()
        self.headers = raw_headers(settings)
        self.cors = Cors(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await _Exchange(self, scope, receive, send).run()


class _Exchange:
    """One request and its answer."""

    def __init__(self, shell: Shell, scope: Scope, receive: Receive, send: Send) -> None:
        self.shell = shell
        self.head = scope["method"] == "HEAD"
        self.state = {**scope.get("state", {}), "request_id": secrets.token_hex(8)}
        self.scope = {
            **scope,
            "state": self.state,
            "method": "GET" if self.head else scope["method"],
            "path": without_slash(scope["path"]),
        }
        self.inner_receive = receive
        self.inner_send = send
        self.began = time.perf_counter()
        self.body = Body.of(self.scope, shell.settings)
        self.status = 0
        self.sent = 0
        self.broke = False
        self.release: str | None = None

    async def run(self) -> None:
        """Serves it; whatever happens, the logs hear of it once."""
        try:
            self.shell.watch.begun(self.scope)
            await self._serve()
        finally:
            seconds = time.perf_counter() - self.began
            self.shell.watch.ended(
                Ended(self.scope, self.status, self.sent, seconds, self.broke, self.release)
            )

    async def _serve(self) -> None:
        try:
            self.body.check_announced()
            if not await self._preflight():
                await self.shell.app(self.scope, self.receive, self.send)
        except BodyRefused as error:
            await self._tell(error.told, close=isinstance(error.told, RequestTimeout))
        except ClientDisconnect:
            # In the middle of the body: there is nobody to tell, and nothing that would be a fault of ours
            self.broke = bool(self.status)
        except asyncio.CancelledError:
            if not self.shell.watch.stopping:
                raise
            await self._stopped()
        except Exception as error:
            await self._failed(error)

    async def _preflight(self) -> bool:
        """Answers a browser that asks whether a script of another origin may ask."""
        answer = self.shell.cors.preflight(self.scope)
        if answer is not None:
            await answer(self.scope, self.receive, self.send)
        return answer is not None

    async def _stopped(self) -> None:
        """The server is told to stop, and has waited as long as it may."""
        if self.status:
            self._break_off()
        else:
            await self._tell(Stopping("The service is being stopped; ask again in a moment."), close=True)

    async def _failed(self, error: Exception) -> None:
        """Tells an error that nobody caught, or breaks the answer off where it is under way.

        An answer that breaks off must never look whole: what is raised here, or left unfinished, makes the
        server drop the connection. For a query that met its limits one line in the log is enough.
        """
        name = self.state["request_id"]
        known = next((e for e in (error, error.__cause__) if isinstance(e, VerreError)), None)
        if self.status and known is not None:
            log.warning("request %s broke off: %s: %s", name, type(known).__name__, known)
            self.state["problem"] = kind_of(known).name
            self._break_off()
            return
        log.error("request %s failed", name, exc_info=error)
        if self.status:
            self.broke = True
            raise error
        await self._tell(error)

    def _break_off(self) -> None:
        self.broke = True
        drop = self.state.get("drop")  # put there by our own connections
        if drop is not None:
            drop()

    async def _tell(self, error: Exception, *, close: bool = False) -> None:
        """Answers with an error; `close`: what else comes on this connection is of no use."""
        if self.status:
            self._break_off()
            return
        response = await self.shell.render(Request(self.scope), error)
        if close:
            response.headers["Connection"] = "close"
        await response(self.scope, self.inner_receive, self.send)

    async def receive(self) -> Message:
        """The next piece of the body, which may neither be too long nor take too long."""
        return await self.body.receive(self.inner_receive)

    async def send(self, message: Message) -> None:
        """Passes the answer on, with the headers that all have."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": self._headers(message.get("headers", ()))}
        elif message["type"] == "http.response.body":
            if self.head:
                message = {**message, "body": b""}
            self.sent += len(message.get("body", b""))
        await self.inner_send(message)

    def _headers(self, given: Iterable[Raw]) -> list[Raw]:
        headers = list(given)
        named = {name.lower(): value for name, value in headers}
        if b"release" in named:
            self.release = named[b"release"].decode("latin-1")
        headers += [pair for pair in self.shell.headers if pair[0] not in named]
        headers.append((b"request-id", self.state["request_id"].encode()))
        return self.shell.cors.told(self.scope, headers)


def without_slash(path: str) -> str:
    """A path of ours without the slash that people and programs put behind it.

    Only where no thing has an IRI: in those a slash counts.
    """
    if path.endswith("/") and (path.startswith(LISTS) or path[:-1] in SINGLE):
        return path[:-1]
    return path
