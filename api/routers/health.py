"""Is it alive, is it ready, and what does it serve?"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

import graph
from api.errors import json_response
from api.figures import disk_state, kind_of
from api.openapi import health_of
from api.services import services_of
from graph.errors import StoreError
from graph.keys import Keys
from graph.settings import Settings

router = APIRouter(tags=["operations"])


@router.get("/healthz", responses=health_of())
async def healthz() -> Response:
    """Alive: the process answers. Says nothing of the graph."""
    return json_response({"status": "UP"})


@router.get("/readyz", responses=health_of(503))
async def readyz(request: Request) -> Response:
    """Ready: there is a release, and its list index answers. 503 until then."""
    services = services_of(request.app)
    release = services.indexes.pick(None)
    found = await services.ask(release, lambda index: index.release)
    return json_response({"status": "UP", "release": found, "readers": kind_of(services.pool)})


@router.get("/health", responses=health_of())
async def health(request: Request) -> Response:
    """Both, with what is served, how much of it, by what, and whether it can be changed."""
    services = services_of(request.app)
    settings = services.settings
    told: dict[str, object] = {
        "status": "UP",
        "version": graph.__version__,
        "readers": kind_of(services.pool),
        "workers": {"configured": settings.workers},
        "writes": "on" if await services.in_thread(lambda: _writable(settings)) else "off",
        "disk": await services.in_thread(lambda: disk_state(settings.home)),
    }
    try:
        release = services.indexes.pick(None)
        counts = await services.ask(release, lambda index: index.counts())
    except StoreError:
        return json_response({**told, "status": "DOWN"}, 503)
    return json_response({**told, "release": release, "counts": counts})


def _writable(settings: Settings) -> bool:
    """Whether somebody holds a key that may write."""
    try:
        return Keys(settings.home).ring().any_writer()
    except StoreError:
        return False
