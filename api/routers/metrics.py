"""Numbers for Prometheus, for who may see them."""

from __future__ import annotations

from ipaddress import ip_address

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.access import require
from api.metrics import MEDIA_TYPE
from api.openapi import METRICS_DOCS
from api.operations import operations_of
from graph.keys import Role
from graph.settings import Settings

router = APIRouter(tags=["operations"], default_response_class=Response)

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""Headers that a proxy adds: who sends one of them speaks for somebody else."""


@router.get("/metrics", responses=METRICS_DOCS)
async def metrics(request: Request) -> Response:
    """What is counted, for Prometheus. Without a key only from the machine itself, unless a setting says otherwise."""
    operations = operations_of(request.app)
    check(request, operations.settings)
    return Response(await operations.exposition(), 200, {"Cache-Control": "no-store"}, MEDIA_TYPE)


def check(request: Request, settings: Settings) -> None:
    """Lets in who may read the metrics.

    Raises:
        Unauthorized: no key was sent.
        Forbidden: the key's role is not enough.
    """
    role = Role[settings.metrics_role.upper()]
    if role is Role.ANONYMOUS or (settings.metrics_local and is_local(request)):
        return
    require(request, role)


def is_local(request: Request) -> bool:
    """Whether somebody on this machine asks, and for themselves.

    A reverse proxy on this machine also comes from a loopback address; it adds headers, or asks for
    another name. A name that is not local may be one that a page of another site made point here.
    """
    client = request.client
    if client is None or not _loopback(client.host):
        return False
    if any(name in request.headers for name in FORWARDED):
        return False
    host = request.url.hostname or ""
    return host == "localhost" or _loopback(host)


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
