"""What OpenAPI says beyond what FastAPI reads off the routes: examples of answers and errors, other formats."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from pydantic import BaseModel, Field, create_model
from starlette.requests import Request

from api.errors import MEDIA_TYPE
from api.negotiation import CSV, DOCUMENT, HTML, JSON, JSONLD, TURTLE, XLSX
from api.schemas.problems import Problem
from api.schemas.service import Health
from api.schemas.shape import Shape, example

SUMMARY = "Who exports, or wants to, where: a knowledge graph in which every fact names its source."
DESCRIPTION = """
Lists are `{items, total, page, pageSize, next}`. A repeated parameter means "or", different ones mean "and".
Everything comes as JSON, CSV, XLSX, Turtle and JSON-LD by `Accept` or `format=`, in Dutch, English and French by
`Accept-Language` or `lang=`. Errors are `application/problem+json` (RFC 9457) and name the parameter at fault.
"""
Responses = dict[int | str, dict[str, Any]]

ERRORS: dict[int, tuple[str, str, str]] = {
    400: ("belgif:badRequest", "Bad request", "A parameter cannot be used; `issues` names it."),
    401: ("verre:unauthorized", "A key is needed", "Send a key as bearer token, or as password."),
    403: ("verre:queryRefused", "Query refused", "SERVICE and updates may not run here."),
    404: ("belgif:resourceNotFound", "Not found", "There is no such thing; the nearest are suggested."),
    406: ("verre:notAcceptable", "Not acceptable", "Nothing that `Accept` admits is made here."),
    408: ("verre:requestTimeout", "Request too slow", "The body did not come in time."),
    410: (
        "verre:gone",
        "Erased",
        "It was there and has been erased for good, or the release is no longer kept.",
    ),
    413: ("verre:payloadTooLarge", "Request too large", "Longer than the setting that is named allows."),
    415: ("verre:unsupportedMediaType", "Unsupported media type", "A body of a kind that is not read here."),
    422: ("verre:writeRefused", "Write refused by the shapes", "`issues` tells what they find."),
    429: ("verre:tooManyRequests", "Too many requests", "More in a minute than the setting allows."),
    500: ("belgif:internalServerError", "Internal error", "The log has it under `instance`."),
    501: ("verre:unsupported", "Not possible with this store", "The capability that is missing is named."),
    503: (
        "belgif:serviceUnavailable",
        "Not available",
        "Nothing has been built yet, or every reader is taken.",
    ),
    504: ("verre:queryTimeout", "Query stopped at its deadline", "It took longer than `timeout`."),
    507: (
        "verre:queryTooLarge",
        "Answer too large",
        "It needs more bytes or memory than the setting allows.",
    ),
}


def problem(status: int) -> dict[str, Any]:
    """An error as a response of OpenAPI."""
    name, title, detail = ERRORS[status]
    told = example(Problem) | {
        "type": f"urn:problem-type:{name}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": detail,
        "content": {MEDIA_TYPE: {"schema": schema, "example": told}},
    }


def problems(*statuses: int) -> Responses:
    """Several errors."""
    return {status: problem(status) for status in statuses}


@cache
def list_shape(item: type[Shape]) -> type[Shape]:
    """The schema of a list of such items."""
    made: type[Shape] = create_model(
        f"{item.__name__}List",
        __base__=Shape,
        __doc__=f"A page of a list of {item.__name__}.",
        items=(list[item], Field(examples=[[example(item)]])),  # type: ignore[valid-type]
        total=(int, Field(description="Items on all pages.", examples=[1])),
        page=(int, Field(examples=[1])),
        page_size=(int, Field(examples=[50])),
        next=(str | None, Field(description="Address of the next page.", examples=[None])),
        facets=(
            dict[str, list[Facet]] | None,
            Field(None, description="With `facets=true`.", examples=[{"status": [example(Facet)]}]),
        ),
    )
    return made


class Facet(Shape):
    """How many items have a value of a filter."""

    value: str = Field(examples=["targets"])
    label: str = Field(examples=["wants to export"])
    count: int = Field(examples=[12])


def _answer(model: type[BaseModel], *, data: bool) -> dict[str, Any]:
    content: dict[str, Any] = {JSON.media_type: {"example": example(model)}}
    if data:
        content |= {
            CSV.media_type: _text(
                "company,market,status\r\nLuminex Network Intelligence,China,wants to export\r\n"
            ),
            XLSX.media_type: {"schema": {"type": "string", "format": "binary"}},
            TURTLE.media_type: _text(
                "<https://w3id.org/verre/id/organization/x/luminex> a org:Organization .\n"
            ),
            JSONLD.media_type: {"schema": {"type": "object"}, "example": {"@context": {}, "@graph": []}},
        }
    return {"model": model, "description": str(model.__doc__), "content": content}


def _text(told: str) -> dict[str, Any]:
    return {"schema": {"type": "string"}, "example": told}


def list_of(item: type[Shape], *, data: bool = True) -> Responses:
    """The responses of a list."""
    return {200: _answer(list_shape(item), data=data), **problems(400, 404, 406, 410, 500, 503)}


def one_of(model: type[Shape], *, data: bool = True, moved: bool = False) -> Responses:
    """The responses of a single thing."""
    told: Responses = {200: _answer(model, data=data), **problems(400, 404, 406, 410, 500, 503)}
    if moved:
        told[308] = {"description": "Another name of the thing; `Location` has its own."}
    return told


def health_of(*statuses: int) -> Responses:
    """The responses of a route about the service itself."""
    return {200: _answer(Health, data=False), **problems(*statuses)}


METRICS_DOCS: Responses = {
    200: {
        "description": "Prometheus' text format.",
        "content": {
            "text/plain": _text('verre_http_requests_total{method="GET",route="/healthz",status="200"} 1.0\n')
        },
    },
    **problems(401, 403),
}
_TRIPLES = {form.media_type: _text("") for form in DOCUMENT if form is not HTML} | {
    HTML.media_type: _text("<!doctype html>")
}
DOCUMENT_DOCS: Responses = {
    200: {"description": "Triples, or a page.", "content": _TRIPLES},
    308: {"description": "Another name of the thing; `Location` has its own."},
    **problems(400, 404, 406, 410, 500, 503, 504),
}
SEE_OTHER_DOCS: Responses = {
    303: {"description": "`Location` is the document about the thing."},
    308: {"description": "Another name of the thing; `Location` has its own."},
    **problems(400, 404, 406, 410, 500, 503),
}


def _asked(name: str, description: str, told: str) -> dict[str, Any]:
    return {
        "in": "query",
        "name": name,
        "description": description,
        "schema": {"type": "string"},
        "example": told,
    }


_CHOICES = [
    _asked("lang", "nl, en or fr; before `Accept-Language`.", "en"),
    _asked("release", "Ask what the graph said in this release, while it is kept.", "000001"),
]
FORMAT = _asked("format", "ttl, jsonld, nt or rdf; before `Accept`.", "ttl")
TABLES = _asked("format", "json, csv, xlsx, ttl or jsonld; before `Accept`.", "json")
RUN = {
    "in": "query",
    "name": "run",
    "description": "Answer it. Any of its own parameters does so too: `?market=CN`.",
    "schema": {"type": "boolean"},
    "example": True,
}
DOCUMENT_PARAMETERS = {"parameters": [FORMAT, *_CHOICES]}
"""What the routes of documents take, where FastAPI does not read it off them."""
QUERY_PARAMETERS = {"parameters": [RUN, TABLES, *_CHOICES]}
SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key of `verre keys create`."},
    "basic": {"type": "http", "scheme": "basic", "description": "The key as password; any name."},
}
"""Every path takes a key, and most take none."""


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document; FastAPI keeps it once it is made."""
    fresh = app.openapi_schema is None
    told = app.openapi()
    if fresh:
        schemas = told.setdefault("components", {}).setdefault("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas.update(_with_definitions(Problem))
        told["components"]["securitySchemes"] = SECURITY
        told["security"] = [{}, *({name: []} for name in SECURITY)]
        for shape in Shape.every():
            if shape.__name__ in schemas:
                schemas[shape.__name__]["examples"] = [example(shape)]
        for operations in told["paths"].values():
            for operation in operations.values():
                if MEDIA_TYPE not in operation["responses"].get("422", {}).get("content", {}):
                    operation["responses"].pop("422", None)  # FastAPI's own, which nobody is told
                for status in (401, 408, 429) if "requestBody" in operation else (401, 429):
                    operation["responses"].setdefault(str(status), problem(status))
                _restore(operation, schemas)
    return told


def _restore(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Puts back what FastAPI drops: members of examples that are null."""
    content = operation["responses"].get("200", {}).get("content", {}).get(JSON.media_type, {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    if name in schemas:
        content["example"] = schemas[name]["examples"][0]


def _with_definitions(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs", {}), model.__name__: schema}


def paths(app: FastAPI) -> list[str]:
    """The paths without parameters, to suggest the nearest of."""
    return [path for path in document(app)["paths"] if "{" not in path]


def parameter_names(request: Request) -> list[str]:
    """The names of the query parameters of the route that a request came to."""
    dependant: Dependant | None = getattr(request.scope.get("route"), "dependant", None)
    if dependant is None:
        return []
    names: list[str] = []
    for field in dependant.query_params:
        model = field.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            names += [info.alias or name for name, info in model.model_fields.items()]
        else:
            names.append(field.alias)
    return names
