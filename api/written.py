"""Writes, and how the answer tells what came of them."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.logs import Event, audit
from api.preferences import Preferences
from api.services import Services
from graph.errors import VerreError
from graph.store.writes import Write, Written

log = logging.getLogger("verre.api")


async def write(request: Request, services: Services, wanted: Write) -> Written:
    """Does a write; whoever asks after it of this process sees it. Errors as in `Writes.write`."""
    graphs = (*(wanted.using or ()), *(wanted.using_named or ()), *((wanted.graph,) if wanted.graph else ()))
    audit(request, Event(wanted.kind, text=wanted.text or None, graphs=graphs or None))
    written = await services.writes.write(wanted)
    outcome = None if written.changed else "unchanged"
    audit(
        request, Event(release=written.release, added=written.added, removed=written.removed, outcome=outcome)
    )
    if written.changed:
        await _show(services)
    return written


async def _show(services: Services) -> None:
    """Lets this process answer from the new release; it is durable, so nothing here may deny the write."""
    try:
        await services.pool.refresh()
        await services.indexes.follow()
    except VerreError:
        log.exception("a write is done, and the readers do not see it yet")


def told(
    written: Written, prefer: Preferences, *, created: bool = False, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer to a write: what changed, and the release that holds it.

    Args:
        created: a graph was made by it: 201 instead of 200.
        headers: further ones.
    """
    every = {"Release": written.release, "Cache-Control": "no-store", **prefer.headers(), **(headers or {})}
    if prefer.minimal:
        return Response(status_code=201 if created else 204, headers=every)
    body = {
        "release": written.release,
        "changed": written.changed,
        **_counts(written),
        "report": list(written.report),
    }
    return Response(orjson.dumps(body), 201 if created else 200, every, "application/json")


def _counts(written: Written) -> dict[str, int]:
    """What came and went; nothing where nobody counted, as in a bare store."""
    if written.changed and not written.added and not written.removed:
        return {}
    return {"added": written.added, "removed": written.removed}
