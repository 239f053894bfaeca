"""The stored questions: a list of them, and each as a form that asks it and shows its answer as a table."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from api import stored, streams
from api.caching import control
from api.deps import Context
from api.pages import listing, loads, serve
from api.pages.face import Face
from api.pages.render import FORMATS, render
from api.pages.serve import Model, PageContext
from api.pages.views import asking, solutions
from graph import queries
from graph.index import Index
from graph.queries import StoredQuery
from graph.queries.values import terms

router = APIRouter(include_in_schema=False)

Given = dict[str, list[str]]


@router.get("/queries/{name}")
async def question(ctx: PageContext, name: str) -> Response:
    """One stored question: its fields, and its answer where it was asked.

    Raises:
        NotFound: there is none of that name.
        InputError: a value that can be no term of its kind; what a query may run into besides.
    """
    query = await ctx.in_thread(lambda: queries.load(name))
    tidy = listing.tidied(ctx.request)
    if tidy is not None:
        return RedirectResponse(tidy, 303)
    given = stored.given(query, ctx)
    asked = bool(given) or ctx.request.query_params.get("run", "").lower() == "true"
    text = await ctx.ask(lambda index: _text(query, given, index, asked=asked))
    found = orjson.loads(await streams.whole(await ctx.query(text, "text/turtle"))) if asked else None
    face = serve.face_of(ctx.request, ctx.lang, ctx.release)

    def make(index: Index) -> bytes:
        return render(face, "query.html", _model(face, index, query, (given, text, found)))

    response = serve.respond(ctx.request, ctx.lang, await ctx.ask(make), policy=loads.of("query.html").policy)
    response.headers["Cache-Control"] = control(ctx.part)
    return response


def _text(query: StoredQuery, given: Given, index: Index, *, asked: bool) -> str:
    """The question as it is asked; as it stands in its file before it is."""
    return query.bind(terms(query, asking.understood(query, given, index), index)) if asked else query.text


async def filled(ctx: Context, name: str) -> str | None:
    """The text of a stored question for the editor, with what the request gives in it; None where there is none.

    Raises:
        InputError: a value that can be no term of its kind.
    """
    if name not in queries.names():
        return None
    query = queries.load(name)
    known = {parameter.name for parameter in query.parameters}
    given: Given = {}
    for key, value in ctx.request.query_params.multi_items():
        if key in known and value.strip():
            given.setdefault(key, []).append(value)
    return await ctx.ask(lambda index: _text(query, given, index, asked=bool(given)))


def _model(
    face: Face, index: Index, query: StoredQuery, answered: tuple[Given, str, dict[str, Any] | None]
) -> Model:
    given, text, found = answered
    shaper = index.shaper(face.lang)
    model: Model = {
        "section": "queries",
        "q": {
            "name": query.name,
            "title": query.title[face.lang],
            "description": query.description[face.lang],
        },
        "fields": asking.fields(face, shaper, query, given),
        "text": text,
        "editor": face.href("sparql", example=query.name, **given),
        "asked": found is not None,
    }
    if found is None:
        return model
    named = solutions.names(face, shaper, solutions.iris(found))
    return {**model, **solutions.table(face, found, named), "data": _downloads(face, query.name, given)}


def _downloads(face: Face, name: str, given: Given) -> list[dict[str, str]]:
    """The whole answer as JSON, CSV and XLSX."""
    pairs = [("run", "true"), *((key, value) for key, values in given.items() for value in values)]
    return [
        {"href": face.data(f"/v1/queries/{name}", pairs, form), "type": media_type, "name": label}
        for form, media_type, label in FORMATS[:3]
    ]
