"""What holds for every path: HEAD, OPTIONS, headers, ids."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from api import openapi
from api.middleware import SECURITY

pytestmark = pytest.mark.anyio

LOCAL = {"Host": "localhost"}


async def test_head_is_answered_wherever_get_is(app: FastAPI, client: httpx.AsyncClient) -> None:
    seen = 0
    for path, operations in openapi.document(app)["paths"].items():
        if "{" in path or "get" not in operations:
            continue
        got = await client.get(path, headers=LOCAL)
        head = await client.head(path, headers=LOCAL)
        assert (head.status_code, head.content) == (got.status_code, b""), path
        assert head.headers["content-type"] == got.headers["content-type"], path
        seen += 1
    assert seen > 15


async def test_options_tells_the_methods_of_every_path(app: FastAPI, client: httpx.AsyncClient) -> None:
    for path, operations in openapi.document(app)["paths"].items():
        told = await client.options(path.replace("{", "").replace("}", ""))
        assert told.status_code == 204, path
        allowed = set(told.headers["allow"].split(", "))
        assert {method.upper() for method in operations} | {"OPTIONS"} <= allowed, path


async def test_every_answer_has_its_headers(app: FastAPI, client: httpx.AsyncClient) -> None:
    for path in (
        "/",
        "/v1/companies",
        "/no/such",
        "/sparql",
        "/static/no",
        "/docs",
        "/metrics",
        "/openapi.json",
    ):
        for method in ("GET", "HEAD", "OPTIONS", "TRACE", "POST"):
            headers = (await client.request(method, path)).headers
            assert {name.lower() for name in SECURITY} <= set(headers), (method, path)
            assert len(headers["request-id"]) == 16
