"""`/v1/screenings`: names and organizations against the sanctions lists that are loaded here."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import parameters, screenings
from api.deps import JsonContext
from api.openapi import Responses, one_of, problems
from api.parameters import PurposeQuery, ThingQuery
from api.schemas.screenings import LastScreening, Screening, ScreeningLists

router = APIRouter(prefix="/v1", tags=["screenings"])

_TEXTS = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["queries"],
    "additionalProperties": False,
    "properties": {
        "queries": {
            "type": "object",
            "description": "At most VERRE_SCREENING_NAMES, by names of your own.",
            "minProperties": 1,
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "name": _TEXTS | {"description": "As written, in any script."},
                    "names": _TEXTS | {"description": "Other ways in which it is written."},
                    "kind": {"enum": ["person", "organization"]},
                    "country": _TEXTS | {"description": "ISO 3166-1 alpha-2."},
                    "countries": _TEXTS,
                    "date": _TEXTS | {"description": "Of birth or incorporation: 1960, 1960-03, 1960-03-12."},
                    "dates": _TEXTS,
                    "identifiers": _TEXTS | {"description": "Numbers of registers, LEI, passports."},
                    "organization": {
                        "type": "string",
                        "description": "An organization of the graph, and so its owners; nothing else beside it.",
                    },
                },
            },
        },
        "threshold": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
        "cutoff": {
            "type": "number",
            "exclusiveMinimum": 0,
            "maximum": 1,
            "description": "Entries from this score on are told as well, marked as no match.",
        },
        "limit": {"type": "integer", "minimum": 1},
        "lists": {"type": "array", "items": {"type": "string"}, "description": "Only these lists."},
    },
}
_EXAMPLE = {
    "queries": {
        "steel": {"name": "Vymyshlennaja Stal", "kind": "organization", "country": "RU"},
        "ours": {"organization": "luminex"},
    }
}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "Named queries: who is to be screened.",
        "content": {"application/json": {"schema": _SCHEMA, "example": _EXAMPLE}},
    }
}
_DENIED = problems(401, 403)
_ANSWER: Responses = {**one_of(Screening, data=False), **_DENIED, **problems(413, 415, 501, 504)}


@router.post("/screenings", responses=_ANSWER, openapi_extra=_BODY)
async def screen(ctx: JsonContext, query: Annotated[PurposeQuery, Query()]) -> Response:
    """Screens names, and organizations of the graph with their owners; says which list, of which day, and why."""
    parameters.check_once(type(query), ctx.request.query_params)
    return await screenings.screen(ctx)


@router.get("/screenings/lists", responses={**one_of(ScreeningLists, data=False), **_DENIED})
async def loaded(ctx: JsonContext, query: Annotated[ThingQuery, Query()]) -> Response:
    """The sanctions lists that are loaded, with their days."""
    parameters.check_once(type(query), ctx.request.query_params)
    return await screenings.many(ctx)


@router.get("/companies/{ref:path}/screening", responses={**one_of(LastScreening, data=False), **_DENIED})
async def last(ctx: JsonContext, ref: str, query: Annotated[PurposeQuery, Query()]) -> Response:
    """The last screening of an organization, and whether it should be done again."""
    parameters.check_once(type(query), ctx.request.query_params)
    return await screenings.last_of(ctx, ref)
