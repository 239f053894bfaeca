"""Scripts of other origins (CORS, as the Fetch standard has it): none may read answers, unless a setting says so.

Nothing here depends on cookies, for there are none: a script that holds a key sends it itself. So no
answer ever allows credentials, and `*` is safe for what is public anyway.
"""

from __future__ import annotations

from starlette.responses import Response
from starlette.types import Scope

from api.middleware.headers import Raw
from graph.settings import Settings

METHODS = b"GET, HEAD, POST, PUT, DELETE, OPTIONS"
ACCEPTED = (
    b"Accept, Accept-Language, Authorization, Content-Encoding, Content-Type, If-None-Match, If-Match, Prefer"
)
EXPOSED = (
    b"Allow, Content-Language, Cut, ETag, Link, Location, Preference-Applied, Release, Request-Id, Retry-After, "
    b"WWW-Authenticate"
)
AGE = b"600"
"""Seconds that a browser need not ask again."""


class Cors:
    """The rule of one installation.

    Args:
        settings: `VERRE_CORS_ORIGINS`.
    """

    def __init__(self, settings: Settings) -> None:
        given = {origin.strip().rstrip("/").lower() for origin in settings.cors_origins.split(",")}
        self._any = "*" in given
        self._origins = {origin.encode() for origin in given - {"", "*"}}

    def preflight(self, scope: Scope) -> Response | None:
        """The answer to a browser that asks beforehand; None where that is not what is asked."""
        if not (self._any or self._origins) or scope["method"] != "OPTIONS":
            return None
        if _header(scope, b"access-control-request-method") is None or _header(scope, b"origin") is None:
            return None
        response = Response(status_code=204)
        if self._allowed(scope) is not None:
            response.raw_headers += [
                (b"access-control-allow-methods", METHODS),
                (b"access-control-allow-headers", ACCEPTED),
                (b"access-control-max-age", AGE),
            ]
        return response

    def told(self, scope: Scope, headers: list[Raw]) -> list[Raw]:
        """The headers of an answer, with what a browser needs to hand it to a script."""
        if not (self._any or self._origins):
            return headers
        allowed = self._allowed(scope)
        if allowed is not None:
            headers += [
                (b"access-control-allow-origin", allowed),
                (b"access-control-expose-headers", EXPOSED),
            ]
        if not self._any:
            headers = add_vary(headers, b"Origin")
        return headers

    def _allowed(self, scope: Scope) -> bytes | None:
        if self._any:
            return b"*"
        origin = _header(scope, b"origin")
        return origin if origin is not None and origin.lower() in self._origins else None


def _header(scope: Scope, wanted: bytes) -> bytes | None:
    return next((value for name, value in scope["headers"] if name == wanted), None)


def add_vary(headers: list[Raw], what: bytes) -> list[Raw]:
    """The same headers, with one more name in `Vary`."""
    for place, (name, value) in enumerate(headers):
        if name.lower() == b"vary":
            known = {each.strip().lower() for each in value.split(b",")}
            if not known & {what.lower(), b"*"}:
                headers[place] = (name, value + b", " + what)
            return headers
    return [*headers, (b"vary", what)]
