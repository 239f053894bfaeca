"""What a request to `/sparql` or `/update` asks (SPARQL 1.1 Protocol, section 2): by GET, by form, or as the body.

Every part is decoded exactly once: a `%20` that belongs to an IRI of the query stays one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from api import bodies
from api.errors import PayloadTooLarge, UnsupportedMediaType
from api.services import Services
from graph.errors import InputError, Issue, QueryRefused
from graph.model.terms import NamedNode
from graph.settings import Settings

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
READ_ONLY = "This address only reads. Updates go to /update, with the key of a steward."
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


@dataclass(frozen=True)
class Change:
    """An update and what it works on.

    Attributes:
        timeout: seconds; None means the setting's; those who write cut it to what they allow.
        using, using_named: as `default_graphs` and `named_graphs` of a query.
    """

    text: str
    timeout: float | None
    using: tuple[str, ...] | None
    using_named: tuple[str, ...] | None


Given = Mapping[str, Sequence[str]]


async def read(request: Request, services: Services) -> Asked:
    """Reads a request to `/sparql`.

    Raises:
        InputError: no query, two queries, or a parameter that cannot be used.
        QueryRefused: an update.
        UnsupportedMediaType: a body that is neither form nor query.
        PayloadTooLarge: a query longer than `VERRE_QUERY_LENGTH`.
    """
    if request.method == "POST" and kind_of(request) == UPDATE:
        raise QueryRefused(READ_ONLY)
    given, body = await _parts(request, services, QUERY)
    return _asked(given, body, request.method, services.settings)


async def read_change(request: Request, services: Services) -> Change:
    """Reads a request to `/update`.

    Raises:
        InputError: no update, two updates, a query, or a parameter that cannot be used.
        UnsupportedMediaType: a body that is neither form nor update.
        PayloadTooLarge: a body longer than `VERRE_BODY_BYTES`.
    """
    given, body = await _parts(request, services, UPDATE)
    if "query" in given:
        raise InputError("This address takes updates.", issues=(Issue("query", "ask it of /sparql"),))
    updates = [*given.get("update", []), *([] if body is None else [body])]
    if len(updates) != 1:
        found = "More than one update was given." if updates else "No update was given."
        raise InputError(found, issues=(Issue("update", "give one"),))
    using, named = _both(given, "using-graph-uri", "using-named-graph-uri")
    return Change(updates[0], _seconds(one(given, "timeout")), using, named)


def kind_of(request: Request) -> str:
    """The media type of the body, without parameters; empty where none is named."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def parameters(request: Request) -> Given:
    """The parameters in the address, each decoded once.

    Raises:
        InputError: they are not UTF-8, or too many.
    """
    return _grouped(_pairs(request.scope.get("query_string", b"")))


def form(raw: bytes) -> Given:
    """The fields of a form that came as a body; errors as in `parameters`."""
    return _grouped(_pairs(raw))


def one(given: Given, name: str) -> str | None:
    """The only value of a parameter, if it is given.

    Raises:
        InputError: it is given twice.
    """
    values = given.get(name, [])
    if len(values) > 1:
        raise InputError("A parameter is given twice.", issues=(Issue(name, "takes one value", values[-1]),))
    return values[0] if values else None


async def _parts(request: Request, services: Services, direct: str) -> tuple[Given, str | None]:
    """The parameters of address and form, and the body where it is SPARQL itself."""
    pairs = _pairs(request.scope.get("query_string", b""))
    request.state.body_names = ()
    if request.method != "POST":
        return _grouped(pairs), None
    kind, name = kind_of(request), direct.removeprefix("application/sparql-")
    request.state.body_names = (name,)
    if kind not in (FORM, direct):
        issue = Issue("Content-Type", f"send {FORM} or {direct}", kind or None)
        raise UnsupportedMediaType("A body of this kind is not read here.", issues=(issue,))
    most = bodies.Most(services.settings.body_bytes, "body_bytes")
    raw = await bodies.whole(request, most, services.in_thread)
    if kind == FORM:
        return _grouped([*pairs, *_pairs(raw)]), None
    return _grouped(pairs), bodies.text(raw, request, name)


def _pairs(raw: bytes) -> Sequence[tuple[str, str]]:
    try:
        return parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except ValueError:
        raise InputError(
            "The parameters cannot be read.",
            issues=(Issue("query", "percent-encode it as UTF-8, in at most 1000 fields"),),
        ) from None


def _grouped(pairs: Sequence[tuple[str, str]]) -> Given:
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return given


def _asked(given: Given, body: str | None, method: str, settings: Settings) -> Asked:
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
    default, named = _both(given, "default-graph-uri", "named-graph-uri")
    return Asked(
        text=queries[0] if queries else None,
        timeout=timeout(one(given, "timeout"), settings),
        default_graphs=default,
        named_graphs=named,
        format=one(given, "format"),
        release=one(given, "release"),
    )


def timeout(text: str | None, settings: Settings) -> float | None:
    """The value of `timeout=`.

    Raises:
        InputError: no number of seconds, or more than `VERRE_QUERY_TIMEOUT_MAX`.
    """
    seconds = _seconds(text)
    if seconds is not None and seconds > settings.query_timeout_max:
        most = f"{settings.query_timeout_max:g}"
        raise InputError(
            f"A query may take at most {most} seconds.",
            issues=(Issue("timeout", f"at most {most} seconds", text),),
            setting="query_timeout_max",
        )
    return seconds


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        issue = Issue("timeout", "seconds, more than 0", text)
        raise InputError("The deadline cannot be used.", issues=(issue,))
    return seconds


def _both(given: Given, default: str, named: str) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """Both kinds of graphs of a dataset: where only one kind is named, the other is empty."""
    first, second = _graphs(given, default), _graphs(given, named)
    return (
        () if first is None and second is not None else first,
        () if second is None and first is not None else second,
    )


def _graphs(given: Given, name: str) -> tuple[str, ...] | None:
    values = given.get(name)
    return None if values is None else tuple(graph_iri(name, value) for value in values)


def graph_iri(name: str, value: str) -> str:
    """The IRI of a graph that a parameter names.

    Raises:
        InputError: it is no absolute IRI.
    """
    try:
        return NamedNode(value).value
    except ValueError:
        issue = Issue(name, "is no absolute IRI", value)
        raise InputError("A graph is named by an IRI.", issues=(issue,)) from None
