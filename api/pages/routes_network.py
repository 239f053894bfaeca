"""The page `/network`: a network that one walks, narrows down and takes along; the table beside it has the same filters."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Literal

from fastapi import APIRouter
from orjson import dumps
from pydantic import Field
from starlette.responses import Response

from api import gone, networks, parameters
from api.deps import Context
from api.network_parameters import FORMS, ViewQuery
from api.pages import letters, loads, serve
from api.pages.catalogue import messages
from api.pages.face import Face
from api.pages.render import render
from api.pages.serve import Model, PageContext
from api.pages.views import network as view
from api.parameters import Texts, check_text
from graph.errors import InputError, Issue, NotFound
from graph.index import Index
from graph.model.iris import Minter
from graph.model.statuses import RANK
from graph.network import Limits
from graph.network.counting import count, remaining
from graph.network.view import gather, narrow, years

router = APIRouter(include_in_schema=False)

FOUND = 12
"""Things of a name like the one that was written, to choose from."""
_KINDS = {"company": "", "market": "market:", "mission": "", "person": ""}
"""What can be written as where a network begins, and what makes sure that it is meant."""
_NAMES = {
    "json": "JSON",
    "cyjs": "Cytoscape",
    "graphml": "GraphML",
    "gexf": "GEXF",
    "csv": "CSV",
    "svg": "SVG",
}
_SCRIPT = "net.js."


class PageQuery(ViewQuery):
    """What the page takes: nothing at all shows how to begin."""

    of: Texts = Field([])
    part: Literal["twin"] | None = Field(None, description="Only what stands beside the picture.")


@router.get("/network")
async def network(ctx: PageContext) -> Response:
    """A network; where a name means no one thing, those that it may mean."""
    query = parameters.parse(PageQuery, ctx.request.query_params, form=True)
    if not query.of:
        return await serve.page(ctx, "walk.html", lambda _, face: _page(ctx, face, query))
    template = "walk_twin.html" if query.part else "walk.html"
    try:
        return await serve.page(ctx, template, lambda index, face: _model(ctx, index, _plain(face), query))
    except NotFound as error:
        issue = next((i for i in error.issues if i.name in ("of", "from", "to", "expand")), None)
        if issue is None:
            raise
        await gone.check(ctx, gone.organizations(Minter(ctx.base), str(issue.value)))
        answer = await _meant(ctx, query, (issue.name, str(issue.value)))
        if answer is None:
            raise
        return answer


@router.get("/network/letters.json")
async def lettering(ctx: PageContext, text: str = "") -> Response:
    """The letters of a text as parts of fonts: a browser that lacks them writes a picture with these.

    Raises:
        InputError: the text is too long for one question.
    """
    try:
        wanted = {ord(letter) for letter in check_text(text)}
    except ValueError as error:
        issue = Issue("text", str(error), text[:40])
        raise InputError("These letters cannot be looked for.", issues=(issue,)) from None
    found = await ctx.in_thread(lambda: dumps({"fonts": letters.parts(wanted)}))
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(found, headers=headers, media_type="application/json")


def _plain(face: Face) -> Face:
    """The reader at the address of the network itself: without what the form left empty and what the script asks."""
    return replace(face, query=tuple(pair for pair in face.query if pair[0] != "part" and pair[1].strip()))


def _page(ctx: Context, face: Face, query: PageQuery) -> Model:
    """What the page has in any case."""
    told = messages(face.lang)
    words = {key.removeprefix(_SCRIPT): text for key, text in told.items() if key.startswith(_SCRIPT)}
    words |= {
        key.removeprefix("net."): text
        for key, text in told.items()
        if key.startswith(("net.kind.", "net.line.", "net.relation."))
    }
    words |= {f"status.{status}": face.word("status", status) for status in RANK}
    return {
        "section": "network",
        "query": query,
        "words": dumps(words).decode(),
        "depths": range(1, min(ctx.settings.network_depth, 3) + 1),
        "day": ctx.today.isoformat(),
        "base": ctx.base,
    }


def _model(ctx: Context, index: Index, face: Face, query: PageQuery) -> Model:
    asked, limits = networks.gathering(ctx, query)
    whole = gather(index, asked, limits, query.as_of, ctx.lang, ctx.today)
    shown = narrow(whole, asked)
    remaining(index, shown, (limits[0], ctx.settings.network_more), query.as_of, ctx.today)
    every = (Limits(ended=query.include_ended), ctx.settings.network_counted)
    offered: Counter[str] = Counter()
    for each in count(index, asked.of, every, query.as_of, ctx.lang, ctx.today):
        offered[each["relation"]] += each["count"]
    told = years(gather(index, asked, limits, None, ctx.lang, ctx.today) if query.as_of else whole)
    seen = view.Seen(query, whole, shown, offered, told)
    return {**_page(ctx, face, query), **view.model(face, seen), "data": data(face)}


def data(face: Face) -> list[dict[str, str]]:
    """The same network in every form."""
    return [
        {
            "href": face.data("/v1/network/view", face.query, form.name),
            "type": form.media_type,
            "name": _NAMES[form.name],
        }
        for form in FORMS
        if form.name in _NAMES
    ]


async def _meant(ctx: Context, query: PageQuery, wrong: tuple[str, str]) -> Response | None:
    """The page that asks which of several things is meant; None where nothing has a name like it."""
    name, text = wrong
    face = _plain(serve.face_of(ctx.request, ctx.lang, ctx.release))

    def make(index: Index) -> bytes | None:
        hits = [hit for hit in index.search(text, ctx.lang, FOUND * 2) if hit["kind"] in _KINDS][:FOUND]
        if not hits:
            return None
        meant = [
            {
                "label": hit["label"],
                "kind": hit["kind"],
                "hint": hit.get("detail"),
                "href": _instead(face, name, text, _KINDS[hit["kind"]] + str(hit["id"])),
            }
            for hit in hits
        ]
        return render(face, "walk.html", {**_page(ctx, face, query), "meant": meant, "wrong": text})

    body = await ctx.ask(make)
    if body is None:
        return None
    return serve.respond(ctx.request, ctx.lang, body, 404, policy=loads.of("walk.html").policy)


def _instead(face: Face, name: str, wrong: str, word: str) -> str:
    """This address with one word put right."""
    values = [word if each == wrong else each for key, each in face.query if key == name and each]
    return face.here(**{name: values})
