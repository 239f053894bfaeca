"""`/v1/spreadsheets`: a spreadsheet in, the same with what the graph knows of its rows out."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Depends
from starlette.responses import Response

from api import caching, spreadsheets
from api.deps import Context, offering
from api.negotiation import CSV, JSON, XLSX
from api.openapi import Responses, problems
from api.schemas.shape import example
from api.schemas.spreadsheets import Spreadsheet
from graph.index import Index
from graph.sheets.enriching import Enriched
from graph.sheets.run import markets_of
from graph.sheets.writing import file_name, write_csv, write_xlsx

router = APIRouter(prefix="/v1", tags=["spreadsheets"], default_response_class=Response)

SheetContext = Annotated[Context, Depends(offering((JSON, XLSX, CSV)))]

_FILE: dict[str, Any] = {"type": "string", "format": "binary"}
_MANY: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
RESPONSES: Responses = {
    200: {
        "model": Spreadsheet,
        "description": "Proposals for each row; or the spreadsheet itself with columns added.",
        "content": {
            JSON.media_type: {"example": example(Spreadsheet)},
            XLSX.media_type: {"schema": _FILE},
            CSV.media_type: {
                "schema": {"type": "string"},
                "example": "Firma,Verre: result\r\nLuminex,sure\r\n",
            },
        },
    },
    **problems(400, 404, 406, 410, 413, 415, 422, 500, 503, 507),
}
DOCS: dict[str, Any] = {
    "parameters": [
        {
            "in": "query",
            "name": "format",
            "description": "json, xlsx or csv; before `Accept`.",
            "schema": {"type": "string"},
            "example": "json",
        },
        {
            "in": "query",
            "name": "lang",
            "description": "nl, en or fr; before `Accept-Language`.",
            "schema": {"type": "string"},
            "example": "en",
        },
    ],
    "requestBody": {
        "required": True,
        "content": {
            spreadsheets.PARTS: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": _FILE,
                        "sheet": {"type": "string"},
                        "column": _MANY,
                        "market": _MANY,
                    },
                    "required": ["file"],
                }
            },
            CSV.media_type: {"schema": {"type": "string"}, "example": "Firma,Land\r\nLuminex,BE\r\n"},
            XLSX.media_type: {"schema": _FILE},
        },
    },
}


@router.post("/spreadsheets", responses=RESPONSES, openapi_extra=DOCS)
async def spreadsheet(ctx: SheetContext) -> Response:
    """Matches the rows of a workbook (.xlsx) or CSV with organizations; nothing of it is kept."""
    async with spreadsheets.received(ctx.request, ctx.services) as sent:
        enriched = await spreadsheets.matched(ctx, sent)
    headers = {
        "Vary": caching.VARY,
        "Cache-Control": "private, no-store",
        "Content-Language": ctx.lang,
        "Release": ctx.release,
    }
    if ctx.format is JSON:

        def make(index: Index) -> bytes:
            return orjson.dumps(spreadsheets.told(enriched, markets_of(index, enriched)))

        return Response(await ctx.ask(make), 200, headers, JSON.content_type)
    body = await written(ctx, enriched)
    headers["Content-Disposition"] = disposition(enriched, ctx.format.name)
    return Response(body, 200, headers, ctx.format.content_type)


async def written(ctx: Context, enriched: Enriched) -> bytes:
    """The file in the form that was negotiated; a workbook unless that is CSV."""
    write = write_csv if ctx.format is CSV else write_xlsx
    return await ctx.in_thread(lambda: write(enriched))


def disposition(enriched: Enriched, form: str) -> str:
    """`Content-Disposition` (RFC 6266), with a name of any letters."""
    name = quote(file_name(enriched, form), safe="")
    return f"attachment; filename=\"verre.{form}\"; filename*=UTF-8''{name}"
