"""Single things, in the form that was negotiated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import orjson
from rapidfuzz import process
from starlette.responses import RedirectResponse, Response

from api import answers, caching, gone, parameters
from api.answers import Extent
from api.caching import Made
from api.deps import Context
from api.exports import facts, tables
from api.exports.tables import Table
from api.negotiation import CSV, JSON, XLSX
from api.parameters import Common, NetworkQuery
from graph.errors import InputError, Issue, NotFound
from graph.index import Index, Resolved
from graph.model.identifiers import enterprise_number
from graph.model.iris import Minter

TABLES: dict[str, Table] = {
    "market": facts.FACTS,
    "person": tables.PEOPLE,
    "mission": tables.MISSIONS,
    "source": tables.SOURCES,
    "company": facts.FACTS,
}


Question = Callable[[Index], dict[str, Any]]


def _company(ctx: Context, ref: str) -> Question:
    return lambda index: index.company(ref, ctx.lang, ctx.today)


def _market(ctx: Context, ref: str) -> Question:
    return lambda index: index.market(ref, ctx.lang, ctx.today)


def _person(ctx: Context, ref: str) -> Question:
    return lambda index: index.person(ref, ctx.lang, ctx.today)


def _mission(ctx: Context, ref: str) -> Question:
    return lambda index: index.mission(ref, ctx.lang)


def _source(ctx: Context, ref: str) -> Question:
    return lambda index: index.source(ref, ctx.lang)


QUESTIONS: dict[str, Callable[[Context, str], Question]] = {
    "market": _market,
    "person": _person,
    "mission": _mission,
    "source": _source,
}


def check_ref(ref: str) -> str:
    """A reference that a path may hold.

    Raises:
        InputError: it holds control characters or is endless.
        NotFound: it is empty.
    """
    if not ref.strip():
        raise NotFound("There is no such thing.", issues=(Issue("ref", "name one", ref),))
    try:
        return parameters.check_text(ref)
    except ValueError as error:
        raise InputError("The path cannot be used.", issues=(Issue("ref", str(error), ref),)) from None


async def answer(ctx: Context, name: str, ref: str, query: Common) -> Response:
    """A market, person, mission or source."""
    parameters.check_once(type(query), ctx.request.query_params)
    check_ref(ref)
    question = QUESTIONS[name](ctx, ref)
    try:
        return await answers.conditional(ctx, lambda: _made(ctx, name, question))
    except NotFound:
        await gone.check(ctx, [Minter(ctx.base).thing(name, ref).value])
        raise


async def _made(ctx: Context, name: str, question: Question) -> Made:
    if ctx.format is JSON:
        return Made(await ctx.ask(lambda index: orjson.dumps(question(index))))
    told = await ctx.ask(question)
    if ctx.format in (CSV, XLSX):
        table = TABLES[name]
        rows = list(table.rows(told))
        return await ctx.in_thread(lambda: answers.sheet(ctx, table.keys, rows, Extent(name, len(rows))))
    return Made(await answers.things(ctx, "thing", [told["iri"]]))


async def company(ctx: Context, ref: str, query: Common) -> Response:
    """An organization; 308 where the reference is another name of it."""
    parameters.check_once(type(query), ctx.request.query_params)
    check_ref(ref)
    found = await resolve(ctx, ref)
    if not _is_spelling(ref, found):
        return moved(ctx, f"/v1/companies/{quote(found.id)}")
    question = _company(ctx, found.iri)
    return await answers.conditional(ctx, lambda: _made(ctx, "company", question))


async def resolve(ctx: Context, ref: str) -> Resolved:
    """The organization that a reference means.

    Raises:
        NotFound: none, with the nearest names.
        Gone: it was erased for good.
    """
    try:
        return await ctx.services.resolve(ctx.release, ref, ctx.part)
    except NotFound as error:
        await gone.check(ctx, gone.organizations(Minter(ctx.base), ref))
        issues = await ctx.ask(lambda index: _nearest(index, ref, ctx.lang))
        raise NotFound("There is no such organization.", issues=issues) from error


def _nearest(index: Index, ref: str, lang: str) -> tuple[Issue, ...]:
    """Suggests organizations whose names begin or go on like the reference."""
    word = ref.rpartition("/")[2].replace("-", " ")
    for length in (len(word), 6, 4, 3):
        hits = [hit for hit in index.search(word[:length], lang, 50) if hit["kind"] == "company"]
        if hits:
            ids = {hit["id"]: hit["label"].casefold() for hit in hits}
            best = process.extract(word.casefold(), ids, limit=3)
            return (Issue("ref", f"did you mean {' or '.join(key for _, _, key in best)}?", ref),)
    return (Issue("ref", "no organization has this id", ref),)


def _is_spelling(ref: str, found: Resolved) -> bool:
    """Whether the reference is the organization's own id, however it is written."""
    if found.canonical or ref in (found.id, found.iri):
        return True
    try:
        return enterprise_number(ref) == found.id
    except ValueError:
        return False


def moved(ctx: Context, path: str) -> Response:
    """308 to where the thing is, with the parameters of the request."""
    query = ctx.request.url.query
    headers = {"Vary": caching.VARY, "Cache-Control": caching.control(ctx.part)}
    return RedirectResponse(f"{path}?{query}" if query else path, 308, headers)


async def network(ctx: Context, ref: str, query: NetworkQuery) -> Response:
    """The neighbourhood of an organization."""
    parameters.check_once(type(query), ctx.request.query_params)
    check_ref(ref)
    most = ctx.settings.network_nodes
    limit = query.limit or most
    if limit > most:
        issue = Issue("limit", f"at most {most}", str(limit))
        raise InputError("A picture cannot be that large.", issues=(issue,), setting="network_nodes")

    found = await resolve(ctx, ref)

    def made(index: Index) -> bytes:
        return orjson.dumps(index.neighbourhood(found.id, query.depth, limit, ctx.lang, ctx.today))

    async def make() -> Made:
        return Made(await ctx.ask(made))

    return await answers.conditional(ctx, make)
