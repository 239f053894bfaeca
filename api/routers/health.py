"""Is it alive, is it ready, and what does it serve?"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

import graph
from api.errors import json_response
from api.openapi import health_of
from api.services import services_of
from graph.errors import StoreError

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
    return json_response({"status": "UP", "release": found})


@router.get("/health", responses=health_of())
async def health(request: Request) -> Response:
    """Both, with what is served and how much of it."""
    services = services_of(request.app)
    told: dict[str, object] = {"status": "UP", "version": graph.__version__}
    try:
        release = services.indexes.pick(None)
        counts = await services.ask(release, lambda index: index.counts())
    except StoreError:
        return json_response({**told, "status": "DOWN"}, 503)
    return json_response({**told, "release": release, "counts": counts})
