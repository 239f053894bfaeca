"""The short way: what goes it, what an error becomes on it, and that a broken answer stays broken."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.middleware.direct import Direct
from graph.errors import NotFound, StoreError

pytestmark = pytest.mark.anyio
SEEN: list[Any] = []


async def elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
    await Response("elsewhere")(scope, receive, send)


async def handler(request: Request) -> Response:
    SEEN.append(request.scope["route"].path)
    match request.query_params.get("raise"):
        case "ours":
            raise NotFound("nothing is here")
        case "http":
            raise HTTPException(418)
        case "odd":
            raise ZeroDivisionError
        case "late":
            return StreamingResponse(_pieces())
    return Response("direct")


async def _pieces() -> AsyncIterator[bytes]:
    yield b"begun"
    raise StoreError("in the middle")


async def render(request: Request, error: Exception) -> Response:
    return Response(f"{type(error).__name__} at {request.url.path}", 400)


def client(app: ASGIApp | None = None) -> httpx.AsyncClient:
    layer = Direct(app or elsewhere, {("GET", "/way"): handler}, render)
    return httpx.AsyncClient(transport=httpx.ASGITransport(layer), base_url="http://test")


@pytest.mark.parametrize(("method", "path"), [("POST", "/way"), ("GET", "/way/"), ("GET", "/other")])
async def test_what_it_does_not_know_goes_on(method: str, path: str) -> None:
    async with client() as http:
        assert (await http.request(method, path)).text == "elsewhere"


async def test_what_it_knows_is_answered_and_named_for_the_logs() -> None:
    SEEN.clear()
    async with client() as http:
        assert (await http.get("/way")).text == "direct"
    assert SEEN == ["/way"]


@pytest.mark.parametrize(("kind", "name"), [("ours", "NotFound"), ("http", "HTTPException")])
async def test_errors_that_are_told_are_rendered(kind: str, name: str) -> None:
    async with client() as http:
        answer = await http.get("/way", params={"raise": kind})
    assert (answer.status_code, answer.text) == (400, f"{name} at /way")


async def test_errors_that_nobody_foresaw_are_left_to_the_outermost_layer() -> None:
    async with client() as http:
        with pytest.raises(ZeroDivisionError):
            await http.get("/way", params={"raise": "odd"})


async def test_an_answer_that_breaks_off_is_not_told_as_an_error_behind_its_beginning() -> None:
    async with client() as http:
        with pytest.raises(StoreError, match="in the middle"):
            await http.get("/way", params={"raise": "late"})


async def test_what_is_no_request_goes_on() -> None:
    kinds: list[str] = []

    async def inner(scope: Scope, _receive: Receive, _send: Send) -> None:
        kinds.append(scope["type"])

    await Direct(inner, {}, render)({"type": "lifespan"}, _nothing, _nowhere)
    assert kinds == ["lifespan"]


async def _nothing() -> Any:
    return {}


async def _nowhere(_: Any) -> None:
    return None
