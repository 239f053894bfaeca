"""Screenings over HTTP: who may, what is logged, what is kept; the comparing happens in another process."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from starlette.responses import Response

from api import access, bodies, single
from api.bodies import Most
from api.caching import VARY
from api.deps import Context
from api.errors import UnsupportedMediaType
from api.logs import Event, audit
from api.purpose import purpose_of
from graph.errors import InputError, Issue, VerreError
from graph.index import Index
from graph.keys import Keys, Role
from graph.screening import answer as answers
from graph.screening import last, lists, request, require
from graph.screening.answer import Asked, Plan
from graph.screening.jobs import Found
from graph.screening.lists import Version
from graph.screening.plan import plan
from graph.screening.records import Json

NAMED = 50
"""Organizations that a line of the audit log names; it counts all."""


async def allow(ctx: Context) -> None:
    """Lets pass who may screen and see screenings: a role, once there is any key.

    Raises:
        Unauthorized, Forbidden: somebody else.
        StoreError: the keys cannot be read; nobody passes.
    """
    if not await may(ctx):
        access.require(ctx.request, Role[ctx.settings.screening_role.upper()])


async def may(ctx: Context) -> bool:
    """Whether this client may screen and see screenings."""
    role = Role[ctx.settings.screening_role.upper()]
    if access.principal(ctx.request).role >= role:
        access.require(ctx.request, role)  # refuses another site's page
        return True
    return not await ctx.in_thread(lambda: Keys(ctx.settings.home).ring().keys)


def _now() -> datetime:
    return datetime.now(UTC)


async def screen(ctx: Context) -> Response:
    """A batch of named queries, screened."""
    await allow(ctx)
    audit(ctx.request, Event("screening", release=ctx.release))
    require()
    asked = await _read(ctx)
    audit(ctx.request, Event(more={"purpose": purpose_of(ctx.request, ctx.settings)}))
    planned = await _planned(ctx, asked)
    versions, found = await _found(ctx, planned)
    told = await ctx.in_thread(lambda: answers.answer(planned, versions, found, ctx.settings, _now()))
    _note(ctx, told)
    await ctx.in_thread(lambda: last.keep(ctx.settings.home, told, ctx.part))
    return await _told(ctx, told)


async def _read(ctx: Context) -> Asked:
    kind = ctx.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        issue = Issue("Content-Type", "send application/json", kind)
        raise UnsupportedMediaType("A screening is asked for in JSON.", issues=(issue,))
    most = Most(ctx.settings.body_bytes, "body_bytes")
    raw = await bodies.whole(ctx.request, most, ctx.in_thread)
    try:
        return await ctx.in_thread(lambda: _asked(raw, ctx))
    except VerreError as error:
        ctx.request.state.body_names = tuple(issue.name for issue in error.issues)
        raise


def _asked(raw: bytes, ctx: Context) -> Asked:
    audit(ctx.request, Event(text=raw.decode("utf-8", "replace")))
    try:
        told = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        issue = Issue("body", f"no JSON: {error.msg}, line {error.lineno}, column {error.colno}")
        raise InputError("The request to screen cannot be read.", issues=(issue,)) from None
    return request.read(told, ctx.settings)


async def _planned(ctx: Context, asked: Asked) -> Plan:
    def question(index: Index) -> Plan:
        return plan(index.shaper(ctx.lang, ctx.today), asked, ctx.settings)

    try:
        return await ctx.ask(question)
    except VerreError as error:
        ctx.request.state.body_names = tuple(issue.name for issue in error.issues)
        raise


async def _found(ctx: Context, planned: Plan) -> tuple[tuple[Version, ...], list[Found]]:
    """What the lists have; without a list no process is begun for the answer that there is none."""
    rules = planned.asked.rules
    loaded = await ctx.in_thread(lambda: lists.names(ctx.settings.home))
    if not loaded and not rules.lists:
        return (), [Found((), general=False)] * len(planned.subjects)
    try:
        return await ctx.services.screening.screen(list(planned.subjects), rules)
    except InputError as error:
        ctx.request.state.body_names = tuple(issue.name for issue in error.issues)
        raise


def _note(ctx: Context, told: Json) -> None:
    """What the audit log keeps of a screening: never the names, which its hash stands for."""
    responses: list[Json] = list(told["responses"].values())
    organizations = [each["organization"]["iri"] for each in responses if each["organization"]]
    more: Mapping[str, Any] = {
        "screened": len(responses),
        "organizations": organizations[:NAMED],
        "lists": {each["name"]: each["date"] for each in told["lists"]},
        "threshold": told["threshold"],
        "matches": sum(each["status"] in ("match", "ownerMatch") for each in responses),
    }
    audit(ctx.request, Event(more=more))


async def many(ctx: Context) -> Response:
    """The lists that are loaded."""
    await allow(ctx)
    today = _now().date()

    def made() -> list[Json]:
        found = lists.loaded(ctx.settings.home)
        return [answers.list_of(version, ctx.settings, today) for version in found]

    told = await ctx.in_thread(made)
    return await _told(ctx, {"items": told, "total": len(told)})


async def last_of(ctx: Context, ref: str) -> Response:
    """The last screening of an organization, or that there was none."""
    await allow(ctx)
    single.check_ref(ref)
    found = await single.resolve(ctx, ref)
    audit(ctx.request, Event("lookup", more={"about": "screening", "organizations": [found.iri]}))
    kept = await recalled(ctx, found.iri)
    ref_json = {"iri": found.iri, "id": found.id}
    return await _told(ctx, {"organization": ref_json, "screening": kept, "statement": statement(kept)})


async def recalled(ctx: Context, iri: str) -> Json | None:
    """What is kept of an organization, as this client may see it."""
    return await ctx.in_thread(lambda: last.recall(ctx.settings, iri, ctx.part, _now()))


def statement(kept: Json | None) -> str:
    """In a sentence, with its day."""
    if kept is None:
        return "not screened: it has never been screened here"
    again = f" (to be screened again: {'; '.join(kept['outdated'])})" if kept["outdated"] else ""
    return f"{kept['statement']}, screened on {kept['screenedAt'][:10]}{again}"


async def _told(ctx: Context, told: Json) -> Response:
    """JSON that nobody keeps: it is about who is on a list, and it changes without a release."""
    body = await ctx.in_thread(lambda: orjson.dumps(told))
    headers = {
        "Cache-Control": "private, no-store",
        "Vary": VARY,
        "Content-Language": "en",
        "Release": ctx.release,
    }
    return Response(body, 200, headers, "application/json")
