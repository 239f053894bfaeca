"""The page for spreadsheets: choose a file, see what its rows may mean, take the file back with what is known."""

from __future__ import annotations

import base64
from collections import Counter
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import spreadsheets
from api.deps import Context, page_context
from api.negotiation import XLSX
from api.pages import loads, serve
from api.pages.face import Face
from api.pages.render import render
from api.pages.serve import Model, PageContext
from graph.sheets.columns import FIELDS, letter
from graph.sheets.enriching import Enriched, recognized
from graph.sheets.rows import Matched
from graph.sheets.writing import file_name, write_xlsx

router = APIRouter(include_in_schema=False)

SHOWN = 200
"""Rows of the table; the file has all of them."""
GIVEN = 80
"""Characters of what a row says of itself that are shown."""


@router.get("/match")
async def form(ctx: PageContext) -> Response:
    """The form."""
    return await serve.page(ctx, "match.html", lambda _, face: _form(ctx, face))


def _form(ctx: Context, face: Face) -> Model:
    settings = ctx.settings
    megabytes = face.number(round(settings.spreadsheet_bytes / 2**20, 1))
    return {
        "rows_most": face.number(settings.spreadsheet_rows),
        "megabytes": megabytes,
        "fields": ", ".join(FIELDS),
    }


@router.post("/match")
async def matched(request: Request) -> Response:
    """The proposals, with the enriched workbook inside the page: nothing is kept here."""
    ctx = await page_context(request)
    async with spreadsheets.received(request, ctx.services) as sent:
        enriched = await spreadsheets.matched(ctx, sent)
    face = serve.face_of(request, ctx.lang, ctx.release)

    def make() -> bytes:
        return render(face, "match.html", {**_form(ctx, face), **model(face, enriched)})

    body = await ctx.in_thread(make)
    headers = {
        "Content-Security-Policy": loads.of("match.html").policy,
        "Content-Language": ctx.lang,
        "Cache-Control": "private, no-store",
        "Release": ctx.release,
    }
    return Response(body, 200, headers, serve.HTML)


def model(face: Face, enriched: Enriched) -> Model:
    """What the page shows of a sheet that was matched."""
    counts = Counter(each.status for each in enriched.rows)
    groups = {group.rows: group for group in enriched.related.groups.values()}
    packed = base64.b64encode(write_xlsx(enriched)).decode("ascii")
    return {
        "result": {
            "name": enriched.grid.file,
            "sheet": enriched.grid.sheet,
            "counts": [(status, counts[status]) for status in ("match", "check", "none", "empty")],
            "columns": [
                (letter(each.index), recognized(each.heading, each.field, each.by, face.lang))
                for each in enriched.layout.columns
            ],
            "groups": [
                {"name": group.parent.name, "n": len(group.rows), "rows": ", ".join(map(str, group.rows))}
                for group in groups.values()
            ],
            "problems": [str(problem) for problem in enriched.problems[:SHOWN]],
            "rows": [_row(face, each, enriched) for each in enriched.rows[:SHOWN]],
            "more": max(0, len(enriched.rows) - SHOWN),
            "file": file_name(enriched, XLSX.name),
            "address": f"data:{XLSX.media_type};base64,{packed}",
        }
    }


def _row(face: Face, each: Matched, enriched: Enriched) -> dict[str, Any]:
    query = each.asked.query
    given = (query.text if query else "") or each.asked.number
    return {
        "number": each.asked.row.number,
        "given": given if len(given) <= GIVEN else f"{given[: GIVEN - 1]}…",
        "status": each.status,
        "candidates": [
            {
                "name": candidate.entity.name,
                "path": face.href("companies", *candidate.entity.id.split("/")[1:]),
                "score": face.number(candidate.scored.score),
                "line": candidate.description,
            }
            for candidate in each.candidates
        ],
        "twins": ", ".join(map(str, enriched.related.twins.get(each.asked.row.number, ()))),
    }
