"""The table from the errors of `graph` to HTTP, and the shape of a problem."""

from __future__ import annotations

import inspect
from typing import Any

import orjson
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Route

from api import errors as e
from graph import errors as g


def request(path: str = "/v1/exporters", **scope: Any) -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "headers": [],
            "query_string": b"",
            "server": ("localhost", 80),
            "scheme": "http",
            "state": {"request_id": "abc"},
            "path_params": {},
            **scope,
        }
    )


EXPECTED = {
    "VerreError": 500,
    "InputError": 400,
    "UnknownValue": 400,
    "SheetRefused": 422,
    "ImportRefused": 422,
    "NotFound": 404,
    "Gone": 410,
    "QueryError": 500,
    "QuerySyntaxError": 400,
    "QueryRefused": 403,
    "QueryTimeout": 504,
    "QueryTooLarge": 507,
    "QueryFailed": 500,
    "WriteRefused": 422,
    "WriteTimeout": 504,
    "MissingExtra": 501,
    "Unsupported": 501,
    "Unauthorized": 401,
    "Forbidden": 403,
    "TooManyRequests": 429,
    "Busy": 503,
    "StoreError": 503,
    "Locked": 503,
    "NoRoom": 507,
}


def test_every_error_of_the_graph_has_its_status() -> None:
    classes = {n: c for n, c in inspect.getmembers(g, inspect.isclass) if issubclass(c, g.VerreError)}
    assert {name: e.kind_of(cls("x")).status for name, cls in classes.items()} == EXPECTED


def test_a_problem_has_the_members_of_the_rfc() -> None:
    error = g.UnknownValue("No such market.", issues=(g.Issue("market", "did you mean Peru?", "Peroo"),))
    problem = e.problem_of(error, request())
    assert problem.as_json() == {
        "type": "urn:problem-type:belgif:badRequest",
        "title": "Unknown value",
        "status": 400,
        "detail": "No such market.",
        "instance": "urn:verre:request:abc",
        "issues": [{"in": "query", "name": "market", "detail": "did you mean Peru?", "value": "Peroo"}],
    }


def test_an_issue_says_where_its_input_was() -> None:
    error = g.InputError(
        "No.", issues=(g.Issue("id", "unknown"), g.Issue("Accept", "odd"), g.Issue("q", "long", "x" * 999))
    )
    told = e.problem_of(error, request(path_params={"id": "x"})).as_json()["issues"]
    assert [(i["in"], i["name"]) for i in told] == [("path", "id"), ("header", "Accept"), ("query", "q")]
    assert len(told[2]["value"]) == 200
    assert "value" not in told[0]


def test_a_limit_is_named_by_its_setting() -> None:
    told = e.problem_of(g.QueryTimeout("Stopped after 1 s.", setting="query_timeout"), request()).as_json()
    assert told["setting"] == "VERRE_QUERY_TIMEOUT"
    told = e.problem_of(g.QueryTimeout("x", setting="VERRE_QUERY_TIMEOUT"), request()).as_json()
    assert told["setting"] == "VERRE_QUERY_TIMEOUT"


@pytest.mark.parametrize("error", [KeyError("/etc/passwd"), g.StoreError("cannot open /srv/verre/var/lock")])
def test_what_only_operators_may_know_is_not_told(error: Exception) -> None:
    body = e.respond(e.problem_of(error, request())).body
    assert b"/etc" not in body
    assert b"/srv" not in body
    assert b"Traceback" not in body


def test_busy_says_when_to_come_back() -> None:
    response = e.respond(e.problem_of(g.Busy("Full."), request()))
    assert response.headers["retry-after"] == "1"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-type"] == "application/problem+json"


def test_unknown_parameters_get_the_nearest_name() -> None:
    found = e.invalid(
        [
            {"type": "extra_forbidden", "loc": ("query", "markt"), "msg": "x", "input": "CN"},
            {"type": "extra_forbidden", "loc": ("query", "zzzzzz"), "msg": "x", "input": ["CN"]},
            {"type": "value_error", "loc": ("query", "page"), "msg": "Value error, too small", "input": "0"},
            {"type": "json_invalid", "loc": ("body",), "msg": "no", "input": b""},
        ],
        ["market", "status"],
    )
    assert [(i.name, i.detail, i.value) for i in found.issues] == [
        ("markt", "there is no such parameter here; did you mean market?", "CN"),
        ("zzzzzz", "there is no such parameter here; known are market, status", None),
        ("page", "too small", "0"),
        ("body", "no", None),
    ]


def test_a_mistyped_path_is_told_the_nearest() -> None:
    problem = e.of_http(HTTPException(404), request("/v1/exporter"), ["/v1/exporters", "/v1/markets"])
    assert (problem.status, problem.detail) == (
        404,
        "There is no such path here. Did you mean /v1/exporters?",
    )
    assert (
        e.of_http(HTTPException(404), request("/zzz"), ["/v1/markets"]).detail
        == "There is no such path here."
    )


def test_a_wrong_method_is_told_the_right_ones() -> None:
    app = Starlette(routes=[Route("/x", print, methods=["GET"]), Route("/x", print, methods=["PUT", "POST"])])
    asked = request()
    asked.scope.update(app=app, type="http", path="/x", method="DELETE")
    response = e.respond(e.of_http(HTTPException(405, headers={"Allow": "GET"}), asked, []))
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, POST, PUT, OPTIONS")
    assert orjson.loads(response.body)["type"] == "urn:problem-type:verre:methodNotAllowed"


@pytest.mark.parametrize(("status", "told"), [(400, 400), (418, 418)])
def test_other_refusals_keep_their_status(status: int, told: int) -> None:
    assert e.of_http(HTTPException(status), request(), []).as_json()["status"] == told


def test_thousands_of_wrong_parameters_get_a_short_answer() -> None:
    wrong = [
        {"type": "extra_forbidden", "loc": ("query", f"p{n}"), "msg": "x", "input": ""} for n in range(5000)
    ]
    assert len(e.invalid(wrong, ["market"]).issues) == e.FINDINGS
