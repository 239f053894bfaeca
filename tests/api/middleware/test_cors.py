"""Scripts of other origins: nothing unless a setting says so, and never with credentials."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api import errors
from api.middleware import Shell
from api.middleware.cors import add_vary
from graph.settings import Settings

pytestmark = pytest.mark.anyio

ORIGIN = "https://notebook.example"
ASKS = {
    "Origin": ORIGIN,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization",
}


async def hello(_: Request) -> Response:
    return PlainTextResponse("hello", headers={"Vary": "Accept"})


async def tell(request: Request, error: Exception) -> Response:
    return errors.respond(errors.problem_of(error, request))


def client(origins: str) -> httpx.AsyncClient:
    app = Starlette(routes=[Route("/hello", hello)])
    app.add_middleware(Shell, settings=Settings(cors_origins=origins, body_bytes=5), render=tell)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


def cors(response: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name.startswith("access-control")}


async def test_nobody_is_let_in_unless_a_setting_says_so() -> None:
    http = client("")
    got = await http.get("/hello", headers={"Origin": ORIGIN})
    assert (got.status_code, cors(got)) == (200, {})
    assert cors(await http.options("/hello", headers=ASKS)) == {}


async def test_an_origin_of_the_setting_may_read() -> None:
    got = await client(f"https://other.example, {ORIGIN}/").get("/hello", headers={"Origin": ORIGIN})
    told = cors(got)
    assert told["access-control-allow-origin"] == ORIGIN
    assert {"Release", "ETag"} <= set(told["access-control-expose-headers"].split(", "))
    assert got.headers["vary"] == "Accept, Origin"


async def test_another_origin_may_not() -> None:
    for origin in ("https://evil.example", f"{ORIGIN}.evil.example", "null"):
        got = await client(ORIGIN).get("/hello", headers={"Origin": origin})
        assert (got.status_code, cors(got)) == (200, {})
        assert got.headers["vary"] == "Accept, Origin"


async def test_a_star_lets_everybody_read_what_is_public() -> None:
    got = await client("*").get("/hello", headers={"Origin": ORIGIN})
    assert cors(got)["access-control-allow-origin"] == "*"
    assert got.headers["vary"] == "Accept"


@pytest.mark.parametrize("origins", ["*", ORIGIN])
async def test_nothing_is_ever_allowed_with_credentials(origins: str) -> None:
    http = client(origins)
    for got in (
        await http.get("/hello", headers={"Origin": ORIGIN}),
        await http.options("/hello", headers=ASKS),
    ):
        assert "access-control-allow-credentials" not in got.headers


async def test_a_browser_may_ask_beforehand() -> None:
    got = await client(ORIGIN).options("/hello", headers=ASKS)
    told = cors(got)
    assert (got.status_code, got.content) == (204, b"")
    assert told["access-control-allow-origin"] == ORIGIN
    assert "Authorization" in told["access-control-allow-headers"]
    assert {"PUT", "DELETE"} <= set(told["access-control-allow-methods"].split(", "))
    assert int(told["access-control-max-age"]) > 0


async def test_another_origin_that_asks_beforehand_is_told_nothing() -> None:
    got = await client(ORIGIN).options("/hello", headers={**ASKS, "Origin": "https://evil.example"})
    assert cors(got) == {}


async def test_options_without_the_question_is_for_the_route() -> None:
    assert (await client("*").options("/hello", headers={"Origin": ORIGIN})).status_code == 405


async def test_errors_may_be_read_too() -> None:
    got = await client(ORIGIN).post("/hello", content=b"too long", headers={"Origin": ORIGIN})
    assert got.status_code == 413
    assert cors(got)["access-control-allow-origin"] == ORIGIN


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], [(b"vary", b"Origin")]),
        ([(b"vary", b"Accept")], [(b"vary", b"Accept, Origin")]),
        ([(b"vary", b"accept, origin")], [(b"vary", b"accept, origin")]),
        ([(b"vary", b"*")], [(b"vary", b"*")]),
    ],
)
def test_vary_gets_a_name_once(before: list[tuple[bytes, bytes]], after: list[tuple[bytes, bytes]]) -> None:
    assert add_vary(before, b"Origin") == after
