"""What OpenAPI says of `/reconcile` and what lies below it."""

from __future__ import annotations

from typing import Any

from api.negotiation import HTML, JSON
from api.openapi import Responses, problems
from api.protocol import FORM

Schema = dict[str, Any]

_QUERIES = '{"q0": {"query": "Luminex", "type": "Company", "limit": 3, "properties": [{"pid": "country", "v": "BE"}]}}'
_EXTEND = '{"ids": ["organization/x/luminex"], "properties": [{"id": "exportsTo"}, {"id": "targets"}]}'


def _text(*more: str) -> Schema:
    return {"type": "string", **dict.fromkeys(more, True)}


def _object(required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required or properties)}


def _many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_TEXT = _text()
_NAMED = _object(("id", "name"), id=_TEXT, name=_TEXT, description=_TEXT)
_TYPE = _object(("id", "name"), id=_TEXT, name=_TEXT, description=_TEXT, broader=_many({"type": "object"}))
_CANDIDATE = _object(
    id=_TEXT,
    name=_TEXT,
    score={"type": "number", "minimum": 0, "maximum": 100},
    match={"type": "boolean"},
    features=_many(_object(id=_TEXT, value={"type": ["number", "boolean"]})),
    type=_many(_object(id=_TEXT, name=_TEXT)),
)
_NAME = {"id": "organization/x/luminex", "name": "Luminex Network Intelligence"}
_COMPANY = {"id": "Company", "name": "Company"}
_RESULTS: Schema = {
    "type": "object",
    "description": "By the key of each query its `result`; or, for `extend`, `meta` and `rows`.",
    "additionalProperties": True,
}
_MANIFEST: Schema = {
    **_object(("versions", "name", "identifierSpace", "schemaSpace"), versions=_many(_TEXT), name=_TEXT),
    "description": "The service manifest; with `queries` or `extend` their answers.",
    "required": [],
}

ANSWERS: dict[str, tuple[str, Schema, Any]] = {
    "manifest": ("What the service offers.", _MANIFEST, {"versions": ["0.2"], "name": "Verre"}),
    "results": (
        "Candidates for each query.",
        _RESULTS,
        {
            "q0": {
                "result": [
                    {
                        **_NAME,
                        "score": 84.0,
                        "match": False,
                        "features": [{"id": "name", "value": 0.84}],
                        "type": [_COMPANY],
                    }
                ]
            }
        },
    ),
    "suggestions": (
        "Things.",
        _object(
            result=_many(
                _object(id=_TEXT, name=_TEXT, description=_TEXT, notable=_many(_object(id=_TEXT, name=_TEXT)))
            )
        ),
        {"result": [{**_NAME, "description": "company · Genk · Belgium", "notable": [_COMPANY]}]},
    ),
    "types": (
        "Types.",
        _object(result=_many(_TYPE)),
        {"result": [{**_COMPANY, "broader": [{"id": "Organization", "name": "Organization"}]}]},
    ),
    "propertySuggestions": (
        "Properties.",
        _object(result=_many(_NAMED)),
        {"result": [{"id": "country", "name": "Country", "description": "Name or ISO code of the country"}]},
    ),
    "proposals": (
        "Properties that a column can be filled with.",
        _object(("properties",), properties=_many(_NAMED), type=_TEXT, limit={"type": "number"}),
        {"properties": [{"id": "country", "name": "Country", "description": "Name or ISO code"}], "limit": 1},
    ),
    "flyout": (
        "A few words as HTML.",
        _object(id=_TEXT, html=_TEXT),
        {"id": "Company", "html": "<p><strong>Company</strong></p>"},
    ),
}

_ERRORS = problems(400, 404, 406, 410, 413, 415, 500, 503)


def answers_of(name: str) -> Responses:
    """The responses of one of the routes."""
    if name == "view":
        return {303: {"description": "`Location` is the page of the thing."}, **_ERRORS}
    if name == "preview":
        content = {HTML.media_type: {"schema": _TEXT, "example": "<!doctype html>"}}
        return {200: {"description": "A small page.", "content": content}, **_ERRORS}
    description, schema, example = ANSWERS[name]
    content = {JSON.media_type: {"schema": schema, "example": example}}
    return {200: {"description": description, "content": content}, **_ERRORS}


def _asked(name: str, description: str, example: object, **schema: Any) -> Schema:
    told = {"type": "integer"} if isinstance(example, int) else _TEXT
    return {
        "in": "query",
        "name": name,
        "description": description,
        "schema": {**told, **schema},
        "example": example,
    }


_LANG = _asked("lang", "nl, en or fr; before `Accept-Language`.", "en")
_RELEASE = _asked("release", "Ask what the graph said in this release, while it is kept.", "000001")
_BOTH = [_LANG, _RELEASE]
_ID = {**_asked("id", "Of a thing, as the candidates have it.", "organization/x/luminex"), "required": True}
_PREFIX = _asked("prefix", "What somebody has typed so far.", "lum")
_CURSOR = _asked("cursor", "How many suggestions are passed over.", 0, minimum=0, maximum=100)
_TYPED = _asked("type", "Only things of this type, or properties of such things.", "Company")
_ASKED = [
    _asked("queries", "A batch of queries as JSON.", _QUERIES),
    _asked("extend", "What data extension is asked, as JSON; instead of `queries`.", _EXTEND),
]
_FIELDS = _object(("queries",), queries=_TEXT, extend=_TEXT) | {"required": []}

DOCS: dict[str, Schema] = {
    "reconcile": {
        "parameters": [{k: v for k, v in each.items() if k != "example"} for each in _ASKED] + _BOTH
    },
    "form": {
        "parameters": _BOTH,
        "requestBody": {
            "required": True,
            "content": {FORM: {"schema": _FIELDS, "example": {"queries": _QUERIES}}},
        },
    },
    "suggestEntity": {"parameters": [_PREFIX, _TYPED, _CURSOR, *_BOTH]},
    "suggestType": {"parameters": [_PREFIX, _CURSOR, *_BOTH]},
    "suggestProperty": {"parameters": [_PREFIX, _TYPED, _CURSOR, *_BOTH]},
    "properties": {
        "parameters": [
            _TYPED,
            _asked("limit", "Most properties.", 10, minimum=0, maximum=100),
            *_BOTH,
        ]
    },
    "flyout": {"parameters": [_ID, *_BOTH]},
    "preview": {"parameters": [_ID, *_BOTH]},
    "view": {"parameters": [_ID, *_BOTH]},
}
