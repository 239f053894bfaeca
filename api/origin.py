"""Where this server is, as the client sees it."""

from __future__ import annotations

import re

from starlette.requests import Request

_HOST = re.compile(r"[A-Za-z0-9.-]{1,255}(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


def origin(request: Request) -> str:
    """Scheme and host as the client wrote them; empty where the host is none that can be."""
    host = request.headers.get("host", "")
    return f"{request.scope.get('scheme', 'http')}://{host}" if _HOST.fullmatch(host) else ""


def address(request: Request, base: str, path: str) -> str:
    """The address of a path on this server.

    Args:
        base: the beginning of this installation's IRIs, for a client that names no host that can be.
        path: as it stands in an address, with its slash and percent-encoded.
    """
    return f"{origin(request) or base.rstrip('/')}{path}"
