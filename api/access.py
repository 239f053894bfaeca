"""Who asks, and what they may: keys at the door, roles behind it, limits for those without a key.

A request without `Authorization` is anonymous. One with a key that is not valid is refused on every path, so
that nobody takes what the public sees for what they asked. See `docs/access.md`.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.limits import Buckets, Limited, network
from api.origin import origin
from graph.errors import Forbidden, Issue, StoreError, Unauthorized, VerreError
from graph.keys import Key, Keys, Ring, Role
from graph.settings import Settings
from graph.store.parts import Part

log = logging.getLogger("verre.api")

FRESH = 0.25
"""Seconds for which the keys are believed before the file is looked at again."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
UNLIMITED = frozenset({"/healthz", "/readyz", "/health", "/metrics"})
"""Paths that who watches over the service asks again and again."""
COSTLY = ("/sparql", "/store", "/v1/queries/", "/queries/", "/v1/spreadsheets", "/match")
"""Where the beginning of a path leads to the readers, or to a whole spreadsheet, for as long as that takes."""
AHEAD, LEAST = 1.0, 0.02
"""Seconds of query time that are charged before a query runs, and the least that one costs."""

Render = Callable[[Request, Exception], Awaitable[Response]]
Scheme = Literal["bearer", "basic"]


@dataclass(frozen=True)
class Principal:
    """Who asks.

    Attributes:
        key: the id of the key, for the log; `None`: anonymous.
        role: what they may.
        scheme: how the key came; a browser sends `basic` by itself, also for another site's page.
    """

    key: str | None = None
    role: Role = Role.ANONYMOUS
    scheme: Scheme | None = None

    @property
    def part(self) -> Part:
        """What of a release they may see."""
        return "whole" if self.role >= Role.ANALYST else "public"


ANONYMOUS = Principal()


def principal(request: Request) -> Principal:
    """Who sent a request."""
    found: Principal = request.scope.get("state", {}).get("principal", ANONYMOUS)
    return found


def require(request: Request, role: Role) -> Principal:
    """Who sent a request, where they have at least this role.

    Raises:
        Unauthorized: no key was sent.
        Forbidden: the key's role is not enough; nobody can write yet; another site's page asks.
    """
    found = principal(request)
    if found.role >= role:
        _check_site(request, found)
        return found
    ring: Ring | None = request.scope.get("state", {}).get("keys")
    if role >= Role.STEWARD and ring is not None and not ring.any_writer():
        raise Forbidden("Writes are off until there is a key for them: `verre keys create steward`.")
    if found.key is None:
        raise Unauthorized(f"This needs the key of a {role.word}.")
    raise Forbidden(f"This needs the role {role.word}; the key has the role {found.role.word}.")


def _check_site(request: Request, found: Principal) -> None:
    """Refuses a change that a browser was led to by another site's page, with the password it remembers."""
    if request.method in SAFE or found.scheme != "basic":
        return
    site, page = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    own = site in ("same-origin", "none") if site else page in (None, origin(request))
    if not own:
        raise Forbidden(
            "A page of another site may not change anything here; send the key as a bearer token."
        )


class Watch:
    """The keys, at most `FRESH` seconds old; the file is looked at off the event loop.

    Args:
        keys: where they are kept.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._lock = asyncio.Lock()
        self._ring: Ring | None = None
        self._looked = 0.0

    async def ring(self, *, now: bool = False) -> Ring:
        """The keys.

        Args:
            now: look at the file in any case.

        Raises:
            StoreError: the file is damaged; nobody gets in.
        """
        asked = time.monotonic()
        async with self._lock:
            if self._ring is None or self._looked < (asked if now else asked - FRESH):
                self._ring, began = None, time.monotonic()
                self._ring = await asyncio.to_thread(self._keys.ring)
                self._looked = began
            return self._ring


class Access:
    """The layer that says who asks, and turns away who may not, or asks too much.

    Args:
        app: what it wraps.
        settings: where the keys are, and every limit.
        render: makes the answer that tells an error.
    """

    def __init__(self, app: ASGIApp, settings: Settings, render: Render) -> None:
        self.app = app
        self.render = render
        self.watch = Watch(Keys(settings.home))
        self.requests = Buckets(settings.anonymous_requests)
        self.queries = Buckets(settings.anonymous_queries)
        self.wrong = Buckets(settings.wrong_keys)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        client = network((scope.get("client") or ("local", 0))[0])
        try:
            who = await self._admit(scope, client)
        except VerreError as error:
            response = await self.render(Request(scope), error)
            await response(scope, receive, send)
            return
        if who.key is None and self.queries.per_minute and scope["path"].startswith(COSTLY):
            await self._measured(client, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _admit(self, scope: Scope, client: str) -> Principal:
        """Says who asks, and puts it where every route finds it."""
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        state = scope.setdefault("state", {})
        state["principal"] = who = await self._known(given, client) if given else ANONYMOUS
        if scope["method"] not in SAFE:
            with suppress(StoreError):  # who reads by POST needs no keys; who would write is asked for one
                state["keys"] = await self.watch.ring()
        if who.key is None and scope["path"] not in UNLIMITED:
            self._count(client, scope["path"])
        return who

    async def _known(self, given: list[bytes], client: str) -> Principal:
        """The holder of a key.

        Raises:
            Unauthorized: it is no valid key.
            Limited: the same address has sent too many of those.
        """
        scheme, text = credentials(given[0]) if len(given) == 1 else (None, "")
        found = (await self.watch.ring()).find(text) if scheme else None
        if found is None:
            found = await self._second_look(text if scheme else "", client)
        return Principal(found.id, found.role, scheme)

    async def _second_look(self, text: str, client: str) -> Key:
        """A key that was made a moment ago is known too; the others are counted."""
        wait = self.wrong.wait(client)
        if wait > 0:
            detail = f"More than {self.wrong.per_minute:g} wrong keys in a minute came from this address."
            raise Limited(detail, setting="wrong_keys", retry_after=wait)
        found = (await self.watch.ring(now=True)).find(text) if text else None
        if found is None:
            self.wrong.charge(client)
            log.info("a wrong key came from %s", client)
            issue = Issue("Authorization", "send a valid key as a bearer token, or as the password of Basic")
            raise Unauthorized("This key is not known here, has ended, or was revoked.", issues=(issue,))
        return found

    def _count(self, client: str, path: str) -> None:
        """Counts the request of somebody without a key.

        Raises:
            Limited: there were too many.
        """
        wait = self.requests.wait(client)
        if wait > 0:
            most = f"{self.requests.per_minute:g}"
            detail = f"Without a key a client may send {most} requests a minute; a reader's key lifts that."
            raise Limited(detail, setting="anonymous_requests", retry_after=wait)
        self.requests.charge(client)
        if not path.startswith(COSTLY):
            return
        wait = self.queries.wait(client, AHEAD)
        if wait > 0:
            most = f"{self.queries.per_minute:g}"
            detail = (
                f"Without a key a client has {most} seconds of queries a minute; a reader's key lifts that."
            )
            raise Limited(detail, setting="anonymous_queries", retry_after=wait)

    async def _measured(self, client: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request, and charges the time that it took."""
        began = time.monotonic()
        self.queries.charge(client, AHEAD)
        try:
            await self.app(scope, receive, send)
        finally:
            took = max(time.monotonic() - began, LEAST)
            self.queries.charge(client, took - AHEAD)


def credentials(header: bytes) -> tuple[Scheme | None, str]:
    """The key in an `Authorization` header (RFC 6750, RFC 7617), and how it came; `None`: it holds none."""
    scheme, _, rest = header.decode("latin-1").strip().partition(" ")
    text = rest.strip()
    if scheme.lower() == "bearer" and text:
        return "bearer", text
    if scheme.lower() != "basic":
        return None, ""
    try:
        _, _, password = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None, ""
    return ("basic", password) if password else (None, "")
