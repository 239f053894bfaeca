"""SPARQL 1.1 Protocol: updates. Each is a release of its own, or shares one with others that waited; docs/writes.md."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import protocol
from api.access import require
from api.openapi_protocol import UPDATE_DOCS, UPDATE_RESPONSES
from api.origin import address
from api.preferences import preferences
from api.services import services_of
from api.written import told, write
from graph.keys import Role
from graph.store.writes import Write

router = APIRouter(tags=["sparql"], default_response_class=Response)


@router.post("/update/", include_in_schema=False)
@router.post("/update", responses=UPDATE_RESPONSES, openapi_extra=UPDATE_DOCS)
async def by_post(request: Request) -> Response:
    """Changes the graph by a SPARQL update, as a form or as the body itself. Needs the key of a steward."""
    who = require(request, Role.STEWARD)
    services = services_of(request.app)
    change = await protocol.read_change(request, services)
    prefer = preferences(request)
    wanted = Write(
        "update",
        text=change.text,
        using=change.using,
        using_named=change.using_named,
        base_iri=address(request, services.settings.base_iri, "/update"),
        actor=who.key or "",
        lenient=prefer.lenient,
        timeout=change.timeout,
    )
    return told(await write(request, services, wanted), prefer)
