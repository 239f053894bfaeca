"""The stored questions over HTTP: what there is, and running one with parameters bound as terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.responses import Response

from api import answers, streams
from api.answers import Extent
from api.caching import Made
from api.deps import Context
from api.errors import NotAcceptable, suggestion
from api.exports.cells import Row, Value
from api.negotiation import CSV, JSON, XLSX
from api.parameters import check_text
from graph import queries
from graph.errors import InputError, Issue
from graph.queries import StoredQuery
from graph.queries.values import terms

OWN = frozenset({"format", "lang", "release", "run"})
"""Parameters of the route itself."""


def told(query: StoredQuery, lang: str) -> dict[str, Any]:
    """A question for a list."""
    return {
        "name": query.name,
        "title": query.title[lang],
        "description": query.description[lang],
        "parameters": [
            {"name": p.name, "kind": p.kind, "many": p.many, "required": p.required, "example": p.example}
            for p in query.parameters
        ],
        "url": f"/v1/queries/{query.name}",
    }


async def catalogue(ctx: Context) -> Response:
    """All questions."""

    def made() -> Made:
        items = [told(queries.load(name), ctx.lang) for name in queries.names()]
        if ctx.format is not JSON:
            keys = ("name", "title", "description", "url")
            rows: list[Row] = [[item[key] for key in keys] for item in items]
            return answers.sheet(ctx, keys, rows, Extent("queries", len(rows)))
        found = {"items": items, "total": len(items), "page": 1, "pageSize": len(items), "next": None}
        return Made(orjson.dumps(found))

    return await answers.conditional(ctx, lambda: ctx.in_thread(made))


async def one(ctx: Context, name: str) -> Response:
    """A question: what it is, or its answer where it is run or given a parameter."""
    query = await ctx.in_thread(lambda: queries.load(name))
    asked = given(query, ctx)
    if asked or ctx.request.query_params.get("run", "").lower() == "true":
        text = await ctx.ask(lambda index: query.bind(terms(query, asked, index)))
        return await answers.conditional(ctx, lambda: _run(ctx, name, text), by_engine=True)

    async def make() -> Made:
        return Made(orjson.dumps({**told(query, ctx.lang), "text": query.text}))

    if ctx.format is not JSON:
        raise NotAcceptable(
            "A question itself comes as JSON; run it for other forms.",
            issues=(Issue("run", "add run=true to get its answer"),),
        )
    return await answers.conditional(ctx, make)


def given(query: StoredQuery, ctx: Context) -> dict[str, list[str]]:
    """The question's own parameters in the request.

    Raises:
        InputError: a name that the question does not have, or a text that cannot be used.
    """
    known = {parameter.name for parameter in query.parameters}
    found: dict[str, list[str]] = {}
    for name, value in ctx.request.query_params.multi_items():
        if name in OWN:
            continue
        if name not in known:
            nearest = suggestion(name, known | OWN)
            hint = f"did you mean {nearest}?" if nearest else f"it has {', '.join(sorted(known)) or 'none'}"
            issue = Issue(name[:200], f"the question {query.name} has no such parameter; {hint}", value)
            raise InputError("The question has no such parameter.", issues=(issue,))
        try:
            found.setdefault(name, []).append(check_text(value))
        except ValueError as error:
            raise InputError("A value cannot be used.", issues=(Issue(name, str(error), value),)) from None
    return found


async def _run(ctx: Context, name: str, text: str) -> Made:
    graph_type = ctx.format.media_type if ctx.format not in (JSON, CSV, XLSX) else "text/turtle"
    answer = await ctx.query(text, graph_type)
    tabular = answer.kind != "graph"
    if tabular is not (ctx.format in (JSON, CSV, XLSX)):
        forms = "json, csv or xlsx" if tabular else "ttl or jsonld"
        raise NotAcceptable(
            f"The answer to this question comes as {forms}.", issues=(Issue("format", f"use {forms}"),)
        )
    body = await streams.whole(answer)
    if ctx.format not in (CSV, XLSX):
        return Made(body, {"Content-Type": answer.media_type})
    return await ctx.in_thread(lambda: _table(ctx, name, body))


@dataclass(frozen=True)
class _Solutions:
    keys: Sequence[str]
    rows: list[Row]


def _solutions(body: bytes) -> _Solutions:
    found = orjson.loads(body)
    if "boolean" in found:
        return _Solutions(("boolean",), [[found["boolean"]]])
    keys = found["head"]["vars"]
    rows: list[Row] = [[_value(row.get(key)) for key in keys] for row in found["results"]["bindings"]]
    return _Solutions(keys, rows)


_NUMBERS = frozenset(f"http://www.w3.org/2001/XMLSchema#{kind}" for kind in ("integer", "decimal", "double"))


def _value(term: dict[str, str] | None) -> Value:
    if term is None:
        return None
    if term.get("datatype") in _NUMBERS:
        number = float(term["value"])
        return int(number) if number.is_integer() else number
    return term["value"]


def _table(ctx: Context, name: str, body: bytes) -> Made:
    found = _solutions(body)
    most = ctx.settings.export_rows
    extent = Extent(name, len(found.rows), cut=len(found.rows) > most)
    return answers.sheet(ctx, found.keys, found.rows[:most], extent)
