"""The plain reading face: server-rendered HTML in three languages, readable without JavaScript.

The application includes `router` and calls `doc_page`, `sparql_page` and `error_page`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import single
from api.deps import page_context
from api.pages import (
    assets,
    routes_lists,
    routes_match,
    routes_missions,
    routes_network,
    routes_queries,
    routes_search,
    routes_things,
    routes_words,
    serve,
)
from api.pages.render import render
from api.pages.routes_words import sparql_page
from api.pages.views import errors
from graph.errors import NotFound

__all__ = ["doc_page", "error_page", "router", "sparql_page"]

router = APIRouter(include_in_schema=False)
for _part in (
    assets,
    routes_lists,
    routes_match,
    routes_missions,
    routes_network,
    routes_queries,
    routes_search,
    routes_things,
    routes_words,
):
    router.include_router(_part.router)


async def doc_page(request: Request, kind: str, ref: str) -> Response:
    """The page of `/doc/{kind}/{ref}`; of the ontology for the kind `ontology`.

    Raises:
        NotFound: no such thing, or a kind that has no page.
    """
    ctx = await page_context(request)
    if kind == "ontology":
        return await routes_words.ontology(ctx)
    if kind == "organization":
        found = await single.resolve(ctx, ref)
        return await routes_things.company_page(ctx, found.iri)
    pages = {
        "mission": routes_missions.mission,
        "person": routes_things.person,
        "source": routes_things.source,
    }
    if kind not in pages:
        raise NotFound(f"Things of the kind {kind!r} have no page of their own.")
    return await pages[kind](ctx, ref)


def error_page(request: Request, status: int, problem: Mapping[str, Any]) -> Response:
    """An error as a page: what was asked, what was understood, what would work."""
    astray = any(issue.get("name") == "release" for issue in problem.get("issues") or ())
    face = serve.stray_face(request, pinned=not astray)
    body = render(face, "error.html", errors.model(face, status, problem))
    return serve.respond(request, face.lang, body, status)
