"""What a request to `/sparql` asks (SPARQL 1.1 Protocol, section 2.1): by GET, by form, or as the body.

Every part is decoded exactly once: a `%20` that belongs to an IRI of the query stays one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from api.errors import PayloadTooLarge, UnsupportedMediaType
from graph.errors import InputError, Issue, QueryRefused
from graph.model.terms import NamedNode
from graph.settings import Settings

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
READ_ONLY = "This endpoint only reads. Facts are changed by `verre build`, or by edits of their own."
FIELDS = 1000
"""Most fields of a form."""


@dataclass(frozen=True)
class Asked:
    """A query and how it is to be answered.

    Attributes:
        text: the query; None where none was given by GET.
        timeout: seconds; None means the setting's.
        default_graphs, named_graphs: None where the request says nothing of the dataset;
            where it names one kind only, the other is empty.
        format: the value of `format=`, for people.
    """

    text: str | None
    timeout: float | None
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    format: str | None
    release: str | None


Pairs = Sequence[tuple[str, str]]


async def read(request: Request, settings: Settings) -> Asked:
    """Reads a request.

    Raises:
        InputError: no query, two queries, or a parameter that cannot be used.
        QueryRefused: an update.
        UnsupportedMediaType: a body that is neither form nor query.
        PayloadTooLarge: a query longer than `VERRE_QUERY_LENGTH`.
    """
    pairs = _pairs(request.scope.get("query_string", b""))
    body: str | None = None
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == UPDATE:
            raise QueryRefused(READ_ONLY)
        if kind not in (FORM, QUERY):
            issue = Issue("Content-Type", f"send {FORM} or {QUERY}", kind or None)
            raise UnsupportedMediaType("A body of this kind is not read here.", issues=(issue,))
        raw = await request.body()
        if kind == FORM:
            pairs = [*pairs, *_pairs(raw)]
        else:
            body = _utf8(raw)
    request.state.body_names = ("query",) if request.method == "POST" else ()
    return _asked(pairs, body, request.method, settings)


def _utf8(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise InputError("The query is not UTF-8.", issues=(Issue("query", "send it in UTF-8"),)) from None


def _pairs(raw: bytes) -> Pairs:
    try:
        return parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except ValueError:
        raise InputError(
            "The parameters cannot be read.",
            issues=(Issue("query", "percent-encode it as UTF-8, in at most 1000 fields"),),
        ) from None


def _asked(pairs: Pairs, body: str | None, method: str, settings: Settings) -> Asked:
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    if "update" in given:
        raise QueryRefused(READ_ONLY)
    queries = [*given.get("query", []), *([] if body is None else [body])]
    if len(queries) > 1:
        raise InputError("More than one query was given.", issues=(Issue("query", "give one"),))
    if not queries and method == "POST":
        raise InputError("No query was given.", issues=(Issue("query", "give one"),))
    if queries and len(queries[0]) > settings.query_length:
        raise PayloadTooLarge(
            f"A query may have at most {settings.query_length} characters.",
            issues=(Issue("query", f"at most {settings.query_length} characters"),),
            setting="query_length",
        )
    default, named = _graphs(given, "default-graph-uri"), _graphs(given, "named-graph-uri")
    return Asked(
        text=queries[0] if queries else None,
        timeout=_timeout(_one(given, "timeout"), settings),
        default_graphs=() if default is None and named is not None else default,
        named_graphs=() if named is None and default is not None else named,
        format=_one(given, "format"),
        release=_one(given, "release"),
    )


def _one(given: dict[str, list[str]], name: str) -> str | None:
    values = given.get(name, [])
    if len(values) > 1:
        raise InputError("A parameter is given twice.", issues=(Issue(name, "takes one value", values[-1]),))
    return values[0] if values else None


def _timeout(text: str | None, settings: Settings) -> float | None:
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        raise InputError(
            "The deadline cannot be used.", issues=(Issue("timeout", "seconds, more than 0", text),)
        )
    if seconds > settings.query_timeout_max:
        most = f"{settings.query_timeout_max:g}"
        raise InputError(
            f"A query may take at most {most} seconds.",
            issues=(Issue("timeout", f"at most {most} seconds", text),),
            setting="query_timeout_max",
        )
    return seconds


def _graphs(given: dict[str, list[str]], name: str) -> tuple[str, ...] | None:
    values = given.get(name)
    if values is None:
        return None
    for value in values:
        try:
            NamedNode(value)
        except ValueError:
            issue = Issue(name, "is no absolute IRI", value)
            raise InputError("A graph is named by an IRI.", issues=(issue,)) from None
    return tuple(values)
