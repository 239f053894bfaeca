"""What a request to `/reconcile` asks: by GET or by form, as OpenRefine sends it.

Clients add parameters of their own (`_`, `spell`, `exact` …): those that mean nothing here are passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api import bodies, caching, protocol
from api.deps import Context
from api.errors import PayloadTooLarge, UnsupportedMediaType
from api.negotiation import JSON
from api.origin import origin
from api.pages.loads import POLICY
from api.protocol import FORM, Given
from graph.errors import InputError, Issue
from graph.index import Index
from graph.reconciliation import entities, queries, suggesting
from graph.reconciliation.entities import Entity
from graph.settings import Settings

Question = Callable[[Index], Any]

WORDS = 200
"""Most characters of what somebody types, and of an id."""


async def read(ctx: Context) -> Given:
    """The parameters of a request, those of a form included.

    Raises:
        InputError: they cannot be read, or ask for JSONP.
        UnsupportedMediaType: a body that is no form.
        PayloadTooLarge: longer than `VERRE_BODY_BYTES`.
    """
    request = ctx.request
    given = dict(protocol.parameters(request))
    request.state.body_names = ()
    if request.method == "POST":
        request.state.body_names = ("queries", "extend")
        kind = protocol.kind_of(request)
        if kind not in (FORM, ""):
            issue = Issue("Content-Type", f"send {FORM}", kind)
            raise UnsupportedMediaType("A body of this kind is not read here.", issues=(issue,))
        most = bodies.Most(ctx.settings.body_bytes, "body_bytes")
        raw = await bodies.whole(request, most, ctx.in_thread)
        for name, values in (await ctx.in_thread(lambda: protocol.form(raw))).items():
            given[name] = [*given.get(name, ()), *values]
    refuse_jsonp(given)
    return given


def refuse_jsonp(given: Given) -> None:
    """Refuses `callback`: it would run what we send as a script of the page that asks.

    Raises:
        InputError: it is there.
    """
    if "callback" in given:
        detail = "is JSONP, which is not made here: allow the origin in VERRE_CORS_ORIGINS instead"
        issue = Issue("callback", detail, protocol.one(given, "callback"))
        raise InputError("JSONP is not made here.", issues=(issue,), setting="cors_origins")


def batch(text: str, settings: Settings) -> dict[str, queries.Query]:
    """The queries of a batch. Blocks: run it in a thread.

    Raises:
        InputError: they cannot be used.
        PayloadTooLarge: more than `VERRE_RECONCILE_QUERIES`.
    """
    told = queries.decode("queries", text)
    most = settings.reconcile_queries
    if len(told) > most:
        issue = Issue("queries", f"at most {most} at a time; these are {len(told)}")
        raise PayloadTooLarge(
            f"A batch may have at most {most} queries.", issues=(issue,), setting="reconcile_queries"
        )
    return queries.read_batch(told, settings)


def words(given: Given, name: str, *, needed: bool = False) -> str:
    """What somebody typed, or an id.

    Raises:
        InputError: it is missing and needed, too long, or given twice.
    """
    text = protocol.one(given, name)
    if text is None and needed:
        raise InputError("A parameter is missing.", issues=(Issue(name, "give one"),))
    if text is not None and len(text) > WORDS:
        issue = Issue(name, f"may have at most {WORDS} characters", text[:WORDS])
        raise InputError("A parameter is too long.", issues=(issue,))
    return text or ""


def types(given: Given) -> list[str]:
    """The types that a suggestion is limited to."""
    return [each for value in given.get("type", ()) for each in (value, *value.split(",")) if each.strip()]


def cursor(given: Given, name: str = "cursor", most: int = suggesting.MOST) -> int:
    """A whole number that is not negative.

    Raises:
        InputError: it is none, or too large.
    """
    text = protocol.one(given, name) or "0"
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    if not 0 <= number <= most:
        issue = Issue(name, f"has to be a whole number, at most {most}", text[:WORDS])
        raise InputError("A parameter cannot be used.", issues=(issue,))
    return number


def told(ctx: Context, body: bytes) -> Response:
    """Ready bytes of JSON, with the headers of every answer that the index gives."""
    headers = {
        "Vary": caching.VARY,
        "Cache-Control": caching.control(ctx.part),
        "Content-Language": ctx.lang,
        "Release": ctx.release,
    }
    return Response(body, 200, headers, JSON.content_type)


def address(request: Request, base: str) -> str:
    """Scheme and host of this server, as the client knows it."""
    return origin(request) or base.rstrip("/")


def thing(index: Index, name: str, lang: str) -> Entity | None:
    """The thing with an id, if there is one."""
    return entities.identify(index.shaper(lang), [name]).get(name)


def frame_policy(settings: Settings) -> str:
    """The Content-Security-Policy of a preview: it may be framed by those whose scripts may read answers."""
    allowed = [each.strip().rstrip("/") for each in settings.cors_origins.split(",")]
    parents = " ".join(each for each in allowed if each and not set(each) & set(" ;,'\"")) or "'none'"
    strict = POLICY.partition("frame-ancestors")[0]
    return f"{strict}frame-ancestors {parents}"
