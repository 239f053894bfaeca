"""What OpenAPI says of `/sparql`, `/update` and `/store`."""

from __future__ import annotations

from typing import Any

from api.negotiation import GRAPHS, JSONLD, NTRIPLES, RDFXML, SOLUTIONS, TURTLE
from api.openapi import Responses, problems

_QUERY = (
    "SELECT ?name WHERE { ?company a <http://www.w3.org/ns/org#Organization> ; rdfs:label ?name } LIMIT 5"
)
_ASKED = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> " + _QUERY
_META = ["https://w3id.org/verre/graph/meta"]
_GRAPH = "https://example.org/graph/ours"
_SAID = '<https://example.org/id/x> <http://www.w3.org/2000/01/rdf-schema#label> "X"'
_UPDATE = f"INSERT DATA {{ GRAPH <{_GRAPH}> {{ {_SAID} }} }}"


def _text(told: str = "") -> dict[str, Any]:
    return {"schema": {"type": "string"}, "example": told}


def _parameter(name: str, description: str, told: object, *, many: bool = False) -> dict[str, Any]:
    kind = "boolean" if isinstance(told, bool) else "number" if isinstance(told, int) else "string"
    plain = {"type": kind}
    schema = {"type": "array", "items": plain} if many else plain
    return {"in": "query", "name": name, "description": description, "schema": schema, "example": told}


_PREFER = {
    "in": "header",
    "name": "Prefer",
    "description": "`handling=lenient` lets violations of severity Warning pass; `return=minimal` asks for no body.",
    "schema": {"type": "string"},
    "example": "handling=lenient",
}
_TIMEOUT = _parameter("timeout", "Seconds, up to the setting's most.", 5)
_RELEASE = _parameter("release", "Ask what the graph said in this release, while it is kept.", "000001")
_TRIPLES = _parameter("format", "ttl, nt, rdf, jsonld, trig, nq. Before `Accept`.", "ttl")
_PARAMETERS = [
    _TIMEOUT,
    _parameter("default-graph-uri", "Graphs to ask instead of the merge.", _META, many=True),
    _parameter("named-graph-uri", "Graphs that `GRAPH` may name.", _META, many=True),
    _parameter("format", "json, xml, csv, tsv; ttl, nt, rdf, jsonld, trig, nq. Before `Accept`.", "json"),
    _RELEASE,
]
_RESULTS = {form.media_type: _text() for form in (*SOLUTIONS, *GRAPHS)}
_RESULTS["application/sparql-results+json"] = {
    "schema": {"type": "object"},
    "example": {
        "head": {"vars": ["name"]},
        "results": {"bindings": [{"name": {"type": "literal", "value": "Luminex"}}]},
    },
}
SPARQL_RESPONSES: Responses = {
    200: {"description": "Solutions or triples, by the query.", "content": _RESULTS},
    **problems(400, 403, 404, 406, 410, 413, 415, 500, 503, 504, 507),
}


def _body(direct: str, field: str, told: str) -> dict[str, Any]:
    form = {"type": "object", "properties": {field: {"type": "string"}}, "required": [field]}
    return {
        "required": True,
        "content": {
            direct: _text(told),
            "application/x-www-form-urlencoded": {"schema": form, "example": {field: told}},
        },
    }


SPARQL_DOCS: dict[str, dict[str, Any]] = {
    "get": {"parameters": [_parameter("query", "A SPARQL 1.1 query.", _ASKED), *_PARAMETERS]},
    "post": {
        "parameters": _PARAMETERS,
        "requestBody": _body("application/sparql-query", "query", _ASKED),
    },
}

_WRITTEN = {
    "application/json": {
        "schema": {"type": "object"},
        "example": {"release": "000007", "changed": True, "added": 1, "removed": 0, "report": []},
    }
}
_DONE: Responses = {
    200: {"description": "Done, durably; `Release` names the release that holds it.", "content": _WRITTEN},
    204: {"description": "Done; nothing more was asked to be told."},
}
_REFUSALS = (400, 401, 403, 413, 415, 422, 429, 500, 501, 503, 504, 507)
UPDATE_RESPONSES: Responses = {**_DONE, **problems(*_REFUSALS)}
UPDATE_DOCS: dict[str, Any] = {
    "parameters": [
        _PREFER,
        _TIMEOUT,
        _parameter("using-graph-uri", "Graphs that WHERE reads, instead of the merge.", _META, many=True),
        _parameter("using-named-graph-uri", "Graphs that `GRAPH` may name in WHERE.", _META, many=True),
    ],
    "requestBody": _body("application/sparql-update", "update", _UPDATE),
}

_WHICH = [
    _parameter("graph", "IRI of the graph; or give `default`.", _GRAPH),
    {**_parameter("default", "The default graph, which is the merge.", ""), "allowEmptyValue": True},
]
_UPLOAD = {
    "required": True,
    "content": {
        **{form.media_type: _text(f"{_SAID} .\n") for form in (TURTLE, NTRIPLES, RDFXML, JSONLD)},
        "multipart/form-data": {"schema": {"type": "object"}, "example": {"file": f"{_SAID} .\n"}},
    },
}
STORE_DOCS: dict[str, dict[str, Any]] = {
    "get": {"parameters": [*_WHICH, _TRIPLES, _TIMEOUT, _RELEASE]},
    "put": {"parameters": [*_WHICH, _PREFER], "requestBody": _UPLOAD},
    "post": {"parameters": [*_WHICH, _PREFER], "requestBody": _UPLOAD},
    "delete": {"parameters": [*_WHICH, _PREFER]},
}
DIRECT_DOCS: dict[str, dict[str, Any]] = {
    method: {**docs, "parameters": [each for each in docs["parameters"] if each not in _WHICH]}
    for method, docs in STORE_DOCS.items()
}
_CREATED: Responses = {201: {"description": "The graph is new.", "content": _WRITTEN}}
STORE_RESPONSES: dict[str, Responses] = {
    "get": {
        200: {"description": "Triples.", "content": {form.media_type: _text() for form in GRAPHS}},
        304: {"description": "What the client has still holds."},
        **problems(400, 404, 406, 410, 500, 503, 504, 507),
    },
    "put": {**_DONE, **_CREATED, **problems(404, *_REFUSALS)},
    "post": {**_DONE, **_CREATED, **problems(404, *_REFUSALS)},
    "delete": {**_DONE, **problems(404, *_REFUSALS)},
}
