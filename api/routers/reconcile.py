"""`/reconcile`: the W3C Entity Reconciliation Community Group's API 0.2, as OpenRefine calls it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar
from urllib.parse import quote, urlencode

import orjson
from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from api import answers, caching, protocol, reconciling
from api.caching import Made
from api.deps import Context, JsonContext, offering
from api.negotiation import HTML
from api.openapi_reconcile import DOCS, answers_of
from api.pages.render import render
from api.pages.serve import face_of
from graph.errors import InputError, Issue, NotFound, VerreError
from graph.index import Index
from graph.reconciliation import extending, matching, queries, suggesting
from graph.reconciliation.entities import Entity
from graph.reconciliation.manifest import manifest
from graph.reconciliation.preview import preview

router = APIRouter(tags=["reconciliation"], default_response_class=Response)

T = TypeVar("T")

PAGES = {"organization": "/companies/", "person": "/people/", "market": "/markets/", "mission": "/missions/"}
"""Kinds of things that have a page of their own, and where it is."""
FILTERED = {"product": "product", "sector": "sector", "municipality": "municipality"}
"""Kinds that have none, and the filter of the exporters that shows what has to do with them."""
PROPOSED = 100


@router.get("/reconcile/", include_in_schema=False)
@router.get("/reconcile", responses=answers_of("manifest"), openapi_extra=DOCS["reconcile"])
async def by_get(ctx: JsonContext) -> Response:
    """The manifest; with `queries` the candidates of a batch, with `extend` values of properties."""
    return await _answer(ctx)


@router.post("/reconcile/", include_in_schema=False)
@router.post("/reconcile", responses=answers_of("results"), openapi_extra=DOCS["form"])
async def by_post(ctx: JsonContext) -> Response:
    """The same by form, as OpenRefine asks it."""
    return await _answer(ctx)


async def _answer(ctx: Context) -> Response:
    given = await reconciling.read(ctx)
    batch, extend = protocol.one(given, "queries"), protocol.one(given, "extend")
    if batch is not None and extend is not None:
        issue = Issue("extend", "send either queries or extend")
        raise InputError("Two things are asked at once.", issues=(issue,))
    if batch is not None:
        asked = await _read(ctx, lambda: reconciling.batch(batch, ctx.settings))
        return await _told(ctx, lambda index: matching.results(index, asked, ctx.lang, ctx.today))
    if extend is not None:
        wanted = await _read(ctx, lambda: _extension(extend, ctx))
        return await _told(ctx, lambda index: extending.extend(index, wanted, ctx.lang, ctx.today))
    if "query" in given:
        issue = Issue("query", 'send queries={"q0": {"query": "…"}}')
        raise InputError("Queries come in batches here.", issues=(issue,))
    origin = reconciling.address(ctx.request, ctx.base)
    told = manifest(origin, ctx.settings, ctx.lang, chosen="lang" in ctx.request.query_params)
    return reconciling.told(ctx, orjson.dumps(told))


async def _read(ctx: Context, make: Callable[[], T]) -> T:
    """Reads JSON in a thread; what is wrong with it is wrong in the body, where there is one."""
    try:
        return await ctx.in_thread(make)
    except VerreError as error:
        if ctx.request.method == "POST":
            ctx.request.state.body_names = tuple(issue.name for issue in error.issues)
        raise


def _extension(text: str, ctx: Context) -> queries.Extension:
    return queries.read_extension(queries.decode("extend", text), ctx.settings)


async def _told(ctx: Context, question: reconciling.Question) -> Response:
    return reconciling.told(ctx, await ctx.ask(lambda index: orjson.dumps(question(index))))


@router.get(
    "/reconcile/suggest/entity", responses=answers_of("suggestions"), openapi_extra=DOCS["suggestEntity"]
)
async def suggest_entity(ctx: JsonContext) -> Response:
    """Things whose name begins like what was typed."""
    given = await reconciling.read(ctx)
    prefix, types = reconciling.words(given, "prefix"), reconciling.types(given)
    cursor = reconciling.cursor(given)
    return await _told(
        ctx,
        lambda index: {"result": suggesting.suggest_entities(index, prefix, types, cursor, ctx.lang)},
    )


@router.get("/reconcile/suggest/type", responses=answers_of("types"), openapi_extra=DOCS["suggestType"])
async def suggest_type(ctx: JsonContext) -> Response:
    """Types with this text in their name; all of them for none."""
    given = await reconciling.read(ctx)
    prefix, cursor = reconciling.words(given, "prefix"), reconciling.cursor(given)
    told = {"result": suggesting.suggest_types(prefix, cursor, ctx.lang)}
    return reconciling.told(ctx, orjson.dumps(told))


@router.get(
    "/reconcile/suggest/property",
    responses=answers_of("propertySuggestions"),
    openapi_extra=DOCS["suggestProperty"],
)
async def suggest_property(ctx: JsonContext) -> Response:
    """Properties with this text in their name; all of them for none."""
    given = await reconciling.read(ctx)
    prefix, cursor = reconciling.words(given, "prefix"), reconciling.cursor(given)
    told = {"result": suggesting.suggest_properties(prefix, reconciling.types(given), cursor, ctx.lang)}
    return reconciling.told(ctx, orjson.dumps(told))


@router.get("/reconcile/properties", responses=answers_of("proposals"), openapi_extra=DOCS["properties"])
async def properties(ctx: JsonContext) -> Response:
    """The properties that a column can be filled with, for things of a type."""
    given = await reconciling.read(ctx)
    kind, limit = reconciling.words(given, "type"), reconciling.cursor(given, "limit", PROPOSED)
    found = [each.told(ctx.lang) for each in extending.of_type(kind)]
    told = {"properties": found[: limit or PROPOSED]}
    more = {name: value for name, value in (("type", kind), ("limit", limit)) if value}
    return reconciling.told(ctx, orjson.dumps({**more, **told}))


@router.get("/reconcile/flyout/{kind}", responses=answers_of("flyout"), openapi_extra=DOCS["flyout"])
async def flyout(ctx: JsonContext, kind: suggesting.Flyout) -> Response:
    """A few words as HTML on a thing, a type or a property."""
    given = await reconciling.read(ctx)
    name = reconciling.words(given, "id", needed=True)

    def make(index: Index) -> bytes:
        told = suggesting.flyout(kind, name, index, ctx.lang, ctx.today)
        if told is None:
            raise _unknown(name)
        return orjson.dumps(told)

    return reconciling.told(ctx, await ctx.ask(make))


def _unknown(name: str) -> NotFound:
    return NotFound("There is nothing with this id.", issues=(Issue("id", "names nothing", name),))


PreviewContext = Annotated[Context, Depends(offering((HTML,)))]


@router.get("/reconcile/preview", responses=answers_of("preview"), openapi_extra=DOCS["preview"])
async def preview_page(ctx: PreviewContext) -> Response:
    """A small page about a thing, to be framed by those whom VERRE_CORS_ORIGINS names."""
    given = await reconciling.read(ctx)
    name = reconciling.words(given, "id", needed=True)

    def make(index: Index) -> bytes:
        found = preview(index, name, ctx.lang, ctx.today)
        if found is None:
            raise _unknown(name)
        face = face_of(ctx.request, ctx.lang, ctx.release)
        return render(face, "preview.html", {**found, "path": page_of(found["thing"])})

    async def made() -> Made:
        policy = reconciling.frame_policy(ctx.settings)
        return Made(await ctx.ask(make), {"Content-Security-Policy": policy})

    return await answers.conditional(ctx, made)


@router.get("/reconcile/view", responses=answers_of("view"), openapi_extra=DOCS["view"])
async def view(ctx: PreviewContext) -> Response:
    """Leads to the page of a thing."""
    given = await reconciling.read(ctx)
    name = reconciling.words(given, "id", needed=True)
    thing = await ctx.ask(lambda index: reconciling.thing(index, name, ctx.lang))
    if thing is None:
        raise _unknown(name)
    headers = {"Vary": caching.VARY, "Cache-Control": caching.control(ctx.part)}
    return RedirectResponse(page_of(thing), 303, headers)


def page_of(thing: Entity) -> str:
    """The path of the page that shows a thing."""
    ref = thing.id.partition("/")[2]
    if thing.kind in FILTERED:
        return f"/exporters?{urlencode({FILTERED[thing.kind]: ref})}"
    return f"{PAGES[thing.kind]}{quote(ref)}"
