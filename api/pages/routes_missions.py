"""Missions and export plans: their pages, and what they are taken along as."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from api import parameters
from api.caching import Made, control
from api.deps import Context
from api.pages import models, serve
from api.pages.face import Face
from api.pages.plans import asked, booklet, delegation, exportplan, page, worddoc, words, workbook
from api.pages.plans.asked import Plan, PlanQuery
from api.pages.routes_things import canonical, or_gone, screened
from api.pages.serve import Model, PageContext
from api.pages.views.screening import Seen
from api.parameters import Common, Day, Text
from graph.documents import Job
from graph.errors import InputError, Issue, NotFound
from graph.index import Index
from graph.network.drawing import svg
from graph.network.formats import WRITERS

router = APIRouter(include_in_schema=False)

TYPES = {name: media_type for name, media_type, _ in page.FILES}
PLAN_FILES = {
    "plan.pdf": "application/pdf",
    "plan.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "plan.json": "application/json",
}
PAPER = 277.0
"""Millimetres that the longer side of a printed picture has: A4 within its margins."""


class SheetQuery(Common):
    """An export plan: for which market."""

    market: Text | None = None
    as_of: Day | None = None


# Pages of missions --------------------------------------------------------------------------------


@router.get("/missions/plan")
async def planned(ctx: PageContext) -> Response:
    """A mission that is being planned: destinations and sectors in, participants with reasons out."""
    query = asked.read(ctx.request.query_params)

    def make(index: Index, face: Face) -> Model:
        plan = asked.make(ctx, index, face, query)
        form = _form(ctx, index, face, query)
        if plan is None:
            return {"section": "missions", "plan": None, "form": form}
        return {**page.model(ctx, index, face, plan), "form": form, "data": page.files(face, plan)}

    return await serve.page(ctx, "mission_plan.html", make)


def _form(ctx: Context, index: Index, face: Face, query: PlanQuery) -> dict[str, Any]:
    """What the form shows: what was asked, and the names that may be."""
    catalogue = index.shaper(face.lang, ctx.today).catalogue
    return {
        "markets": [index.market(index.find_market(text), face.lang, ctx.today) for text in query.market],
        "sectors": query.sector,
        "companies": query.company,
        "start": query.start.isoformat() if query.start else "",
        "end": query.end.isoformat() if query.end else "",
        "names": sorted(catalogue.names("country", face.lang)),
        "known": sorted(catalogue.names("sector", face.lang)),
    }


@router.get("/missions/{ref}")
async def mission(ctx: PageContext, ref: str) -> Response:
    """A mission that a source tells of: who took part, and who could go to those markets today."""
    query = asked.read(ctx.request.query_params)

    def make(index: Index, face: Face) -> Model:
        plan = _plan(ctx, index, face, (query, ref))
        known = plan.known or {}
        data = models.single(face, "missions", str(known["id"]))
        model: Model = page.model(ctx, index, face, plan) if plan.drawn.markets else {"plan": None}
        files = page.files(face, plan) if plan.drawn.markets else []
        return {"section": "missions", **model, "m": known, "data": [*data, *files]}

    return await or_gone(ctx, "mission", ref, serve.page(ctx, "mission.html", make))


def _plan(ctx: Context, index: Index, face: Face, at: tuple[PlanQuery, str | None]) -> Plan:
    query, ref = at
    plan = asked.make(ctx, index, face, query, ref)
    if plan is None:
        issue = Issue("market", "name at least one: market=TH")
        raise InputError("A mission goes somewhere: say where to.", issues=(issue,))
    return plan


# Files of missions --------------------------------------------------------------------------------


@router.get("/missions/plan/{name}")
async def planned_file(ctx: PageContext, name: str) -> Response:
    """A planned mission as a file."""
    return await _file(ctx, name, None)


@router.get("/missions/{ref}/{name}")
async def mission_file(ctx: PageContext, ref: str, name: str) -> Response:
    """A mission that a source tells of as a file."""
    return await or_gone(ctx, "mission", ref, _file(ctx, name, ref))


async def _file(ctx: Context, name: str, ref: str | None) -> Response:
    if name not in TYPES:
        raise NotFound(f"A mission is no file {name[:60]!r}: it is {', '.join(TYPES)}.")
    query = asked.read(ctx.request.query_params)
    maker = _MAKERS[name]

    def make(index: Index) -> bytes | Job:
        face = serve.face_of(ctx.request, ctx.lang, ctx.release)
        plan = _plan(ctx, index, face, (query, ref))
        return maker(ctx, index, face, plan)

    return await _kept(ctx, _Taken(f"verre-{ref or 'mission'}-{name}", TYPES[name]), lambda: ctx.ask(make))


@dataclass(frozen=True)
class _Taken:
    """What is taken along: its name on the reader's disk and its kind; `private` where it is one reader's."""

    name: str
    media_type: str
    private: bool = False


async def _kept(ctx: Context, taken: _Taken, make: Callable[[], Awaitable[bytes | Job]]) -> Response:
    """A file, kept ready like a page; a document is set in a process of its own."""
    key = f"file {ctx.facts().etag}"
    keeps = not ctx.pinned and not taken.private
    made = ctx.services.ready.get(key) if keeps else None
    if made is None:
        body = await make()
        made = Made(await ctx.services.press.make(body) if isinstance(body, Job) else body)
        if keeps:
            ctx.services.ready.put(key, made)
    response = serve.respond(ctx.request, ctx.lang, made.body, media_type=taken.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{quote(taken.name, safe="")}"'
    if taken.private:
        response.headers["Cache-Control"] = control("whole")
    return response


Maker = Callable[[Context, Index, Face, Plan], bytes | Job]


def _network(form: str) -> Maker:
    def make(ctx: Context, index: Index, face: Face, plan: Plan) -> bytes:
        return WRITERS[form](delegation.network(ctx, index, face, plan))

    return make


def _svg(ctx: Context, index: Index, face: Face, plan: Plan) -> bytes:
    return delegation.lettered(svg(delegation.network(ctx, index, face, plan)))


def _png(ctx: Context, index: Index, face: Face, plan: Plan) -> Job:
    drawn = svg(delegation.network(ctx, index, face, plan))
    wide, high = delegation.size(drawn)
    scale = PAPER / 25.4 * 72 / max(wide, high)
    data = {
        **booklet.paper(ctx, face, str(words.title(face, plan).striptags())),
        "words": {},
        "width": wide * scale,
        "height": high * scale,
    }
    return Job("picture", data, {"network": drawn.decode("utf-8")}, "png")


def _json(ctx: Context, index: Index, face: Face, plan: Plan) -> bytes:
    """The plan as data: what the page is made of."""
    told = {
        "title": str(words.title(face, plan).striptags()),
        "mission": plan.known,
        "start": plan.start,
        "end": plan.end,
        "asOf": plan.query.as_of,
        "markets": plan.drawn.markets,
        "sectors": plan.drawn.sectors,
        "participants": plan.drawn.participants,
        "total": plan.drawn.total,
    }
    return orjson.dumps(told)


_MAKERS: dict[str, Maker] = {
    "booklet.pdf": booklet.job,
    "participants.xlsx": workbook.write,
    "network.gexf": _network("gexf"),
    "network.svg": _svg,
    "network.png": _png,
    "plan.json": _json,
}


# Export plans -------------------------------------------------------------------------------------


@router.get("/companies/{ref:path}/plan")
async def export_plan(ctx: PageContext, ref: str) -> Response:
    """The export plan of a company for a market."""
    iri = await canonical(ctx, ref, "/plan")
    if isinstance(iri, Response):
        return iri
    query = parameters.parse(SheetQuery, ctx.request.query_params, form=True)
    seen = await screened(ctx, iri)

    def make(index: Index, face: Face) -> Model:
        company = index.company(iri, face.lang, ctx.today)
        names = sorted(index.shaper(face.lang, ctx.today).catalogue.names("country", face.lang))
        model: Model = {"section": "companies", "c": company, "names": names, "sheet": None}
        if query.market is None:
            return model
        asked_for = exportplan.Asked(iri, index.find_market(query.market), query.as_of)
        sheet = exportplan.make(ctx, index, face, asked_for, seen)
        return {**model, "sheet": sheet, "data": _sheet_files(face, sheet)}

    if seen.kept is not None:
        return await serve.page_of_one(ctx, "exportplan.html", make)
    return await serve.page(ctx, "exportplan.html", make, "screening" if seen.visible else "")


def _sheet_files(face: Face, sheet: exportplan.Sheet) -> list[dict[str, str]]:
    chosen = face.here(lang=face.lang).partition("?")[2]
    path = face.href("companies", str(sheet.company["id"])).partition("?")[0]
    return [
        {
            "href": f"{path}/{name}?{chosen}",
            "type": media_type,
            "name": str(face.t(f"exportplan.take.{name[5:]}")),
        }
        for name, media_type in PLAN_FILES.items()
    ]


@router.get("/companies/{ref:path}/plan.{ending}")
async def export_plan_file(ctx: PageContext, ref: str, ending: str) -> Response:
    """The export plan as a PDF, as a document to write on in, as data."""
    name = f"plan.{ending}"
    if name not in PLAN_FILES:
        raise NotFound(f"An export plan is no file {name[:60]!r}: it is {', '.join(PLAN_FILES)}.")
    iri = await canonical(ctx, ref, f"/{name}")
    if isinstance(iri, Response):
        return iri
    query = parameters.parse(SheetQuery, ctx.request.query_params, form=True)
    if query.market is None:
        issue = Issue("market", "name one: market=VN")
        raise InputError("An export plan is for a market: say which.", issues=(issue,))
    text = query.market
    seen: Seen = await screened(ctx, iri)

    def make(index: Index) -> bytes | Job:
        face = serve.face_of(ctx.request, ctx.lang, ctx.release)
        asked_for = exportplan.Asked(iri, index.find_market(text), query.as_of)
        sheet = exportplan.make(ctx, index, face, asked_for, seen)
        if ending == "pdf":
            return exportplan.job(ctx, face, sheet)
        return worddoc.write(ctx, face, sheet) if ending == "docx" else exportplan.data(sheet)

    taken = _Taken(f"verre-{ref.rpartition('/')[2]}-{name}", PLAN_FILES[name], seen.visible)
    return await _kept(ctx, taken, lambda: ctx.ask(make))
