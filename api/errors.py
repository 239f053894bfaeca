"""Every error as HTTP tells it: one table, one shape (RFC 9457, as the Belgif REST guide writes it).

`graph` raises what is wrong; this module alone knows status numbers. No answer ever holds a
trace or a path of this machine: what only operators may read goes to the log, under the request id.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import orjson
from rapidfuzz import process
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api import methods
from graph import errors
from graph.errors import Issue, VerreError

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger("verre.api")


class NotAcceptable(VerreError):
    """None of the media types that the client accepts is made here."""


class UnsupportedMediaType(VerreError):
    """A body of a kind that is not read here."""


class PayloadTooLarge(VerreError):
    """A body, or a query, longer than its setting allows."""


class RequestTimeout(VerreError):
    """A body that did not come in time."""


class Stopping(VerreError):
    """The service is being stopped, and what was asked could not be finished."""


class MethodNotAllowed(VerreError):
    """The path exists, the method does not."""


@dataclass(frozen=True)
class Kind:
    """One line of the table: how a class of errors is told."""

    status: int
    name: str
    title: str


KINDS: Mapping[type[Exception], Kind] = {
    errors.UnknownValue: Kind(400, "belgif:badRequest", "Unknown value"),
    errors.SheetRefused: Kind(422, "verre:sheetRefused", "File refused"),
    errors.ImportRefused: Kind(422, "verre:importRefused", "Import refused"),
    errors.InputError: Kind(400, "belgif:badRequest", "Bad request"),
    errors.Gone: Kind(410, "verre:gone", "Erased"),
    errors.NotFound: Kind(404, "belgif:resourceNotFound", "Not found"),
    errors.QuerySyntaxError: Kind(400, "verre:querySyntax", "Query cannot be read"),
    errors.QueryRefused: Kind(403, "verre:queryRefused", "Query refused"),
    errors.QueryTimeout: Kind(504, "verre:queryTimeout", "Query stopped at its deadline"),
    errors.QueryTooLarge: Kind(507, "verre:queryTooLarge", "Answer too large"),
    errors.QueryFailed: Kind(500, "verre:queryFailed", "Query failed"),
    errors.QueryError: Kind(500, "verre:queryFailed", "Query failed"),
    errors.WriteRefused: Kind(422, "verre:writeRefused", "Write refused by the shapes"),
    errors.WriteTimeout: Kind(504, "verre:writeTimeout", "Write stopped at its deadline"),
    errors.MissingExtra: Kind(501, "verre:missingExtra", "An extra is not installed"),
    errors.Unsupported: Kind(501, "verre:unsupported", "Not possible with this store"),
    errors.Unauthorized: Kind(401, "verre:unauthorized", "A key is needed"),
    errors.Forbidden: Kind(403, "verre:forbidden", "Not allowed"),
    errors.TooManyRequests: Kind(429, "verre:tooManyRequests", "Too many requests"),
    errors.Busy: Kind(503, "verre:busy", "Busy"),
    errors.Locked: Kind(503, "verre:locked", "Another process is writing"),
    errors.NoRoom: Kind(507, "verre:noRoom", "No room on the disk"),
    errors.StoreError: Kind(503, "belgif:serviceUnavailable", "Not available"),
    NotAcceptable: Kind(406, "verre:notAcceptable", "Not acceptable"),
    UnsupportedMediaType: Kind(415, "verre:unsupportedMediaType", "Unsupported media type"),
    PayloadTooLarge: Kind(413, "verre:payloadTooLarge", "Request too large"),
    RequestTimeout: Kind(408, "verre:requestTimeout", "Request too slow"),
    Stopping: Kind(503, "verre:stopping", "Stopping"),
    MethodNotAllowed: Kind(405, "verre:methodNotAllowed", "Method not allowed"),
}
"""The nearest class of an error's ancestors counts; a test goes through all of `graph.errors`."""

CHALLENGE = 'Bearer realm="Verre", Basic realm="Verre", charset="UTF-8"'
"""How a key may be sent: as a token, or as the password of any name."""

FAILURE = Kind(500, "belgif:internalServerError", "Internal error")
FINDINGS = 50
"""Most issues of one request; thousands of wrong parameters are not worth an answer as long."""
_SECRET = (errors.StoreError,)
"""Errors whose text may name files: the public one is told instead."""


@dataclass(frozen=True)
class Problem:
    """What went wrong, as RFC 9457 has it.

    Attributes:
        instance: the request id, to find it back in the log.
        headers: further headers of the answer (`Allow`, `Retry-After`).
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str = ""
    issues: tuple[Issue, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    setting: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The members of the JSON object; absent ones are left out."""
        out: dict[str, Any] = {
            "type": self.type,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.instance:
            out["instance"] = f"urn:verre:request:{self.instance}"
        if self.setting:
            out["setting"] = self.setting
        if self.issues:
            out["issues"] = [self._issue(issue) for issue in self.issues]
        return out

    def _issue(self, issue: Issue) -> dict[str, str]:
        place = self.places.get(issue.name, "query")
        told = {"in": place, "name": issue.name, "detail": issue.detail}
        if issue.value is not None:
            told["value"] = issue.value[:200]
        return told


def kind_of(error: Exception) -> Kind:
    """The table's line for an error: that of its nearest ancestor, or an internal error."""
    return next((KINDS[cls] for cls in type(error).__mro__ if cls in KINDS), FAILURE)


def problem_of(error: Exception, request: Request) -> Problem:
    """The problem that tells `error` to whoever sent `request`."""
    kind = kind_of(error)
    request.scope.setdefault("state", {})["problem"] = kind.name  # for the logs and the metrics
    known = error if isinstance(error, VerreError) else None
    detail = known.detail if known else "Something went wrong here; the log has it under this instance."
    if isinstance(error, _SECRET) and not isinstance(error, errors.Locked):
        detail = "The graph cannot be read or written at the moment; the log says why under this instance."
    headers = {401: {"WWW-Authenticate": CHALLENGE}}.get(kind.status, {})
    if kind.status in (429, 503):
        headers = {"Retry-After": str(getattr(error, "retry_after", 1))}
    return Problem(
        type=f"urn:problem-type:{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        instance=request_id(request),
        issues=known.issues if known else (),
        places=_places(request),
        setting=_env_name(known.setting) if known and known.setting else None,
        headers=headers,
    )


def request_id(request: Request) -> str:
    """The id that the middleware gave this request."""
    return str(request.scope.get("state", {}).get("request_id", ""))


def _env_name(setting: str) -> str:
    return setting if setting.startswith("VERRE_") else f"VERRE_{setting.upper()}"


def _places(request: Request) -> dict[str, str]:
    """Where each input of the request was: path, query, header or body."""
    places = dict.fromkeys(request.path_params, "path")
    places |= dict.fromkeys(("Accept", "Accept-Language", "Content-Type", "Content-Length"), "header")
    places |= dict.fromkeys(getattr(request.state, "body_names", ()), "body")
    return places


def suggestion(value: str, choices: Iterable[str]) -> str | None:
    """The nearest of `choices`, if one is near enough to be meant."""
    found = process.extractOne(value[:100].casefold(), {c: c.casefold() for c in choices}, score_cutoff=60)
    return str(found[2]) if found else None


def invalid(findings: Iterable[Any], names: Iterable[str]) -> errors.InputError:
    """Pydantic's findings as our own error; an unknown parameter gets the nearest known one."""
    known = sorted(set(names))
    issues = tuple(_finding(dict(each), known) for each in islice(findings, FINDINGS))
    return errors.InputError(
        "The request has a parameter that cannot be used." if issues else "The request cannot be used.",
        issues=issues,
    )


def _finding(each: dict[str, Any], known: list[str]) -> Issue:
    location = [part for part in each["loc"] if part not in ("query", "path", "header", "body")]
    name = str(location[0]) if location else "body"
    value = each.get("input")
    text = value if isinstance(value, str) else None
    if each["type"] == "extra_forbidden":
        nearest = suggestion(name, known)
        hint = f"did you mean {nearest}?" if nearest else f"known are {', '.join(known)}"
        return Issue(name[:200], f"there is no such parameter here; {hint}", text)
    return Issue(name[:200], str(each["msg"]).removeprefix("Value error, "), text)


def of_http(error: HTTPException, request: Request, paths: Iterable[str]) -> Problem:
    """Starlette's own errors (no such path, no such method) in the same shape."""
    if error.status_code == 405:
        allowed = ", ".join(methods.allowed(request))
        made = problem_of(
            MethodNotAllowed(f"{request.method} is not possible here, only {allowed}."), request
        )
        return Problem(**{**made.__dict__, "headers": {"Allow": allowed}})
    if error.status_code == 404:
        nearest = suggestion(request.url.path, paths)
        hint = f" Did you mean {nearest}?" if nearest else ""
        return problem_of(errors.NotFound(f"There is no such path here.{hint}"), request)
    if error.status_code == 400:
        return problem_of(errors.InputError("The request cannot be read."), request)
    return Problem(
        "urn:problem-type:verre:http",
        "Request refused",
        error.status_code,
        str(error.detail),
        request_id(request),
    )


def respond(problem: Problem) -> Response:
    """The problem as JSON."""
    return Response(
        orjson.dumps(problem.as_json()),
        problem.status,
        {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language", **problem.headers},
        MEDIA_TYPE,
    )


def json_response(told: object, status: int = 200) -> Response:
    """A small JSON answer about the service itself: never kept by anybody."""
    return Response(orjson.dumps(told), status, {"Cache-Control": "no-store"}, "application/json")
