"""From a request to the bytes of a page, with the headers of every page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

from api import access
from api.caching import VARY, Made, control, matches, not_modified
from api.deps import Context, page_context
from api.languages import accepted
from api.pages import loads
from api.pages.catalogue import LANGUAGES
from api.pages.face import Face
from api.pages.render import render
from graph.index import Index

PageContext = Annotated[Context, Depends(page_context)]

HTML = "text/html; charset=utf-8"

Model = dict[str, Any]


def face_of(request: Request, lang: str, release: str = "") -> Face:
    """The reader of a page."""
    asked = request.query_params
    query = tuple((name, value) for name, value in asked.multi_items() if name not in ("lang", "release"))
    whole = access.principal(request).part == "whole"
    return Face(lang, request.url.path, query, "lang" in asked, release, asked.get("release", ""), whole)


def stray_face(request: Request, *, pinned: bool = True) -> Face:
    """The reader of an error page: whatever language can be made out, never an error of its own.

    Args:
        pinned: whether links may keep the release that was asked for.
    """
    asked = request.query_params.get("lang", "").lower()
    lang = asked if asked in LANGUAGES else accepted(request.headers.get("accept-language"))
    face = face_of(request, lang)
    return replace(face, chosen=asked in LANGUAGES, pinned=face.pinned if pinned else "")


def respond(
    request: Request,
    lang: str,
    body: bytes,
    status: int = 200,
    media_type: str = HTML,
    policy: str = loads.POLICY,
) -> Response:
    """The bytes with a tag of their own: 304 where the client has them already."""
    headers = {
        "Content-Security-Policy": policy,
        "Content-Language": lang,
        "Vary": VARY,
        "Cache-Control": control(access.principal(request).part),
        "ETag": f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"',
    }
    if status == 200 and matches(request.headers.get("if-none-match"), headers["ETag"]):
        return not_modified(headers)
    return Response(body, status, headers, media_type)


async def page_of_one(ctx: Context, template: str, make: Callable[[Index, Face], Model]) -> Response:
    """A page with something on it that not everybody sees, or that no release settles: nobody keeps it."""
    face = face_of(ctx.request, ctx.lang, ctx.release)
    body = await ctx.ask(lambda index: render(face, template, make(index, face)))
    response = respond(ctx.request, ctx.lang, body, policy=loads.of(template).policy)
    response.headers["Cache-Control"] = control("whole")
    return response


async def page(
    ctx: Context, template: str, make: Callable[[Index, Face], Model], variant: str = ""
) -> Response:
    """A page whose model comes from the index; asking and rendering happen in one thread.

    Args:
        ctx: the request.
        template: file of `templates/`.
        make: what the template shows; raises `graph.errors` as the index does.
        variant: tells apart pages of one address that differ in more than the release and the reader's part.
    """
    face = face_of(ctx.request, ctx.lang, ctx.release)
    key = f"page {ctx.facts().etag} {variant}"
    made = None if ctx.pinned else ctx.services.ready.get(key)
    if made is None:
        made = Made(await ctx.ask(lambda index: render(face, template, make(index, face))))
        if not ctx.pinned:  # `verre erase` must be able to make older releases unsayable
            ctx.services.ready.put(key, made)
    return respond(ctx.request, ctx.lang, made.body, policy=loads.of(template).policy)
