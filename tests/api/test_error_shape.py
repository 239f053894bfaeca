"""One shape of errors on every route.

A problem has `type` (urn:problem-type:…), `title`, `status`, `detail` and `instance`; where inputs are at
fault `issues[]` with `in`, `name` and `detail`; where a limit was reached `setting`. Never a trace or a path.
"""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema
import pytest
from fastapi import FastAPI

from api.schemas.problems import Problem
from graph.errors import StoreError

pytestmark = pytest.mark.anyio

SCHEMA = Problem.model_json_schema()
HOSTILE = [
    "'",
    '"',
    "%00",
    "%0A",
    "x" * 10_000,
    "%FF%FE",
    "' OR 1=1 --",
    "<script>",
    "?x } DROP ALL",
    "../../etc/passwd",
    "%F0%9F%92%A9",
]


def check(response: httpx.Response, *statuses: int) -> dict[str, Any]:
    assert response.status_code in statuses, response.text[:300]
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    told: dict[str, Any] = response.json()
    jsonschema.validate(told, SCHEMA)
    assert told["status"] == response.status_code
    assert told["type"].startswith("urn:problem-type:")
    assert told["instance"].endswith(response.headers["request-id"])
    assert "Traceback" not in response.text
    assert 'File \\"' not in response.text
    return told


def routes(app: FastAPI) -> list[str]:
    return [path.replace("{ref}", "luminex").replace("{kind}", "organization").replace("{name}", "exporters").replace("{path}", "meta")
            for path, operations in app.state.openapi["paths"].items()
            if "get" in operations and not path.startswith(("/healthz", "/readyz", "/health", "/metrics"))]  # fmt: skip


@pytest.fixture
def paths(app: FastAPI) -> list[str]:
    from api import openapi

    app.state.openapi = openapi.document(app)
    found = routes(app)
    assert len(found) > 20
    return found


async def test_every_route_refuses_what_it_does_not_know(client: httpx.AsyncClient, paths: list[str]) -> None:
    for path in paths:
        for query, name in (("format=nosuch", "format"), ("lang=de", "lang")):
            if path.startswith(("/sparql", "/store")) and name == "lang":
                continue
            issues = check(await client.get(f"{path}?{query}"), 400)["issues"]
            assert [issue["name"] for issue in issues] == [name], path
            assert issues[0]["in"] == "query"


async def test_every_list_and_thing_refuses_an_unknown_parameter(
    client: httpx.AsyncClient, paths: list[str]
) -> None:
    for path in paths:
        if path.startswith("/v1/"):
            told = check(await client.get(f"{path}?pgae=1"), 400)
            assert "pgae" in {issue["name"] for issue in told["issues"]}, path


async def test_every_route_refuses_other_methods(client: httpx.AsyncClient, paths: list[str]) -> None:
    for path in paths:
        response = await client.request("TRACE" if path.startswith("/store") else "DELETE", path)
        check(response, 405)
        assert "GET" in response.headers["allow"]


async def test_every_route_refuses_what_nobody_can_read(client: httpx.AsyncClient, paths: list[str]) -> None:
    for path in paths:
        told = check(await client.get(path, headers={"Accept": "image/png"}), 406)
        assert told["issues"][0]["in"] == "header", path


@pytest.mark.parametrize("value", HOSTILE)
async def test_no_parameter_breaks_a_route(
    client: httpx.AsyncClient, app: FastAPI, paths: list[str], value: str
) -> None:
    for path, operations in app.state.openapi["paths"].items():
        for parameter in operations.get("get", {}).get("parameters", []):
            if parameter["in"] != "query":
                continue
            filled = (
                path.replace("{ref}", "luminex")
                .replace("{kind}", "organization")
                .replace("{name}", "exporters")
                .replace("{path}", "meta")
            )
            response = await client.get(f"{filled}?{parameter['name']}={value}")
            if response.status_code != 200:
                check(response, *((400, 403, 404, 413) if path == "/sparql" else (400, 404, 406)))


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    "path",
    ["/v1/companies/{}", "/v1/companies/{}/network", "/v1/markets/{}", "/v1/people/{}", "/v1/missions/{}", "/v1/sources/{}",
     "/v1/queries/{}", "/id/organization/{}", "/doc/organization/{}", "/doc/{}/x", "/id/person/{}", "/code/{}", "/graph/{}", "/x{}"],
)  # fmt: skip
async def test_no_path_breaks_a_route(client: httpx.AsyncClient, path: str, value: str) -> None:
    check(await client.get(path.format(value.replace("?", "%3F"))), 400, 404)


async def test_an_unknown_path_is_told_the_nearest(client: httpx.AsyncClient) -> None:
    assert "/v1/markets?" in check(await client.get("/v1/market"), 404)["detail"]


async def test_a_browser_gets_a_page(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/nosuch", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["cache-control"] == "no-store"


async def test_a_broken_error_page_is_no_second_error(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("api.pages.error_page", broken)
    check(await client.get("/v1/nosuch", headers={"Accept": "text/html"}), 404)


@pytest.mark.parametrize(
    ("error", "status"), [(KeyError("/etc/secret"), 500), (StoreError("no /srv/secret/store"), 503)]
)
async def test_an_inner_failure_says_nothing_of_this_machine(
    client: httpx.AsyncClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    async def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(app.state.services, "ask", fails)
    response = await client.get("/v1/companies?q=never-asked-before")
    check(response, status)
    assert "secret" not in response.text


async def test_the_body_limit_names_its_setting(client: httpx.AsyncClient) -> None:
    told = check(await client.post("/sparql", content=b"x" * 30_000), 413)
    assert told["setting"] == "VERRE_BODY_BYTES"


async def test_another_kind_of_body(client: httpx.AsyncClient) -> None:
    told = check(
        await client.post("/sparql", content=b"{}", headers={"Content-Type": "application/json"}), 415
    )
    assert told["issues"][0]["in"] == "header"


@pytest.mark.parametrize(("release", "status"), [("000099", 404), ("../x", 404), ("000000", 410)])
async def test_releases_that_are_not_kept(client: httpx.AsyncClient, release: str, status: int) -> None:
    told = check(await client.get(f"/v1/companies?release={release}"), status)
    assert told["issues"][0]["name"] == "release"
