"""What every answer has, and what becomes of errors that nobody caught."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from api import errors
from api.middleware import SECURITY, Ended, Shell, Watch
from graph.errors import QueryTimeout
from graph.settings import Settings

pytestmark = pytest.mark.anyio

SMALL = Settings(body_bytes=10, body_timeout=0.2)


async def hello(_: Request) -> Response:
    return PlainTextResponse("hello", headers={"Content-Security-Policy": "default-src 'none'"})


async def length(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def broken(_: Request) -> Response:
    raise KeyError("/secret/path")


async def breaks_off(_: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"one"
        raise OSError("gone")

    return StreamingResponse(pieces())


async def meets_a_limit(_: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"one"
        raise QueryTimeout("stopped after 1 s")

    return StreamingResponse(pieces())


async def tell(request: Request, error: Exception) -> Response:
    return errors.respond(errors.problem_of(error, request))


@pytest.fixture
def client() -> httpx.AsyncClient:
    app = Starlette(
        routes=[
            Route("/hello", hello),
            Route("/length", length, methods=["POST"]),
            Route("/broken", broken),
            Route("/breaks-off", breaks_off),
            Route("/meets-a-limit", meets_a_limit),
        ]
    )
    app.add_middleware(Shell, settings=SMALL, render=tell)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


async def test_security_headers_are_on_every_answer(client: httpx.AsyncClient) -> None:
    for path in ("/length", "/broken", "/nowhere"):
        found = (await client.get(path)).headers
        assert {name: found[name] for name in SECURITY} == SECURITY
        assert "unsafe" not in found["content-security-policy"]


async def test_a_page_may_have_a_policy_of_its_own(client: httpx.AsyncClient) -> None:
    assert (await client.get("/hello")).headers["content-security-policy"] == "default-src 'none'"


async def test_each_request_has_its_own_id(client: httpx.AsyncClient) -> None:
    ids = {(await client.get("/hello")).headers["request-id"] for _ in range(3)}
    assert len(ids) == 3


async def test_head_has_the_headers_of_get_and_no_body(client: httpx.AsyncClient) -> None:
    response = await client.head("/hello")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-length"] == "5"


async def test_a_body_up_to_the_limit_is_read(client: httpx.AsyncClient) -> None:
    assert (await client.post("/length", content=b"x" * 10)).text == "10"


async def test_a_longer_body_is_refused_by_its_announced_length(client: httpx.AsyncClient) -> None:
    response = await client.post("/length", content=b"x" * 11)
    assert response.status_code == 413
    assert response.json()["setting"] == "VERRE_BODY_BYTES"
    assert response.json()["issues"][0]["value"] == "11"


async def test_a_longer_body_is_refused_while_it_comes_in(client: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * 5

    response = await client.post("/length", content=pieces())
    assert response.status_code == 413
    assert response.json()["setting"] == "VERRE_BODY_BYTES"


async def test_an_unexpected_error_is_told_without_its_trace(client: httpx.AsyncClient) -> None:
    response = await client.get("/broken")
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text
    assert response.json()["instance"] == f"urn:verre:request:{response.headers['request-id']}"


async def test_an_answer_under_way_breaks_instead_of_ending(client: httpx.AsyncClient) -> None:
    with pytest.raises(OSError, match="gone"):
        await client.get("/breaks-off")


async def test_an_answer_that_meets_a_limit_is_left_unfinished(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    app = client._transport.app  # type: ignore[attr-defined]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": "/meets-a-limit",
        "headers": [],
        "query_string": b"",
    }
    scope["asgi"] = {"spec_version": "2.4"}  # sends until it cannot, instead of listening for the end
    await app(scope, receive, send)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[-1]["more_body"] is True
    (record,) = [each for each in caplog.records if each.name == "verre.api"]
    assert "stopped after 1 s" in record.getMessage()
    assert record.exc_info is None


async def test_other_scopes_pass_through() -> None:
    seen = []

    async def app(scope: object, _: object, __: object) -> None:
        seen.append(scope)

    await Shell(app, SMALL, tell)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert seen == [{"type": "lifespan"}]


class Heard(Watch):
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.begins: list[str] = []
        self.ends: list[Ended] = []

    def begun(self, scope: Scope) -> None:
        self.begins.append(scope["path"])

    def ended(self, ended: Ended) -> None:
        self.ends.append(ended)


async def run_once(shell: Shell, path: str = "/", method: str = "GET", **more: Any) -> list[Message]:
    """One exchange without a client between; what was sent."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b"", **more}
    await shell(scope, receive, send)
    return sent


def answering(status: int = 200, **headers: str) -> Callable[..., Any]:
    """An application that answers everything with three bytes."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("abc", status, headers)(scope, receive, send)

    return app


async def test_who_watches_hears_of_the_begin_and_of_the_end() -> None:
    heard = Heard()
    await run_once(Shell(answering(201, Release="000007"), SMALL, tell, heard), "/some")
    (ended,) = heard.ends
    assert heard.begins == ["/some"]
    assert (ended.status, ended.sent, ended.broke, ended.release) == (201, 3, False, "000007")
    assert 0 < ended.seconds < 10
    assert ended.scope["state"]["request_id"]


async def test_who_watches_hears_of_what_broke_off() -> None:
    async def breaking(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"one", "more_body": True})
        raise QueryTimeout("stopped")

    heard, dropped = Heard(), []
    state = {"drop": lambda: dropped.append(1)}
    await run_once(Shell(breaking, SMALL, tell, heard), state=state)
    (ended,) = heard.ends
    assert (ended.status, ended.sent, ended.broke) == (200, 3, True)
    assert ended.scope["state"]["problem"] == "verre:queryTimeout"
    assert dropped == [1]


async def test_a_request_given_up_is_heard_of_too() -> None:
    async def gone(scope: Scope, receive: Receive, send: Send) -> None:
        raise asyncio.CancelledError

    heard = Heard()
    with pytest.raises(asyncio.CancelledError):
        await run_once(Shell(gone, SMALL, tell, heard))
    assert heard.ends[0].status == 0


async def test_what_is_under_way_when_the_service_stops_is_told() -> None:
    async def gone(scope: Scope, receive: Receive, send: Send) -> None:
        raise asyncio.CancelledError

    heard = Heard()
    heard.stopping = True
    start, body = await run_once(Shell(gone, SMALL, tell, heard))
    assert start["status"] == 503
    assert b"verre:stopping" in body["body"]
    assert (b"connection", b"close") in start["headers"]


async def test_an_answer_under_way_when_the_service_stops_breaks_off() -> None:
    async def half(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise asyncio.CancelledError

    heard = Heard()
    heard.stopping = True
    assert [message["type"] for message in await run_once(Shell(half, SMALL, tell, heard))] == [
        "http.response.start"
    ]
    assert heard.ends[0].broke


async def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()

    sent: list[Message] = []

    async def never() -> Message:
        await asyncio.sleep(60)
        raise AssertionError("waited")

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b""}
    await Shell(app, SMALL, tell)(scope, never, send)
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]
    assert b"VERRE_BODY_TIMEOUT" in sent[1]["body"]


async def test_uploads_have_a_limit_of_their_own() -> None:
    settings = Settings(body_bytes=10, upload_bytes=20)
    for path, length, status in (("/store", b"15", 200), ("/store/g", b"21", 413), ("/sparql", b"15", 413)):
        headers = [(b"content-length", length)]
        sent = await run_once(Shell(answering(), settings, tell), path, "PUT", headers=headers)
        assert sent[0]["status"] == status, path


async def test_a_length_of_a_thousand_digits_is_too_long() -> None:
    headers = [(b"content-length", b"9" * 5000)]
    sent = await run_once(Shell(answering(), SMALL, tell), method="POST", headers=headers)
    assert sent[0]["status"] == 413


async def test_browsers_are_told_to_stay_with_tls_where_that_is_wanted() -> None:
    start, _ = await run_once(Shell(answering(), Settings(hsts=300), tell))
    assert (b"strict-transport-security", b"max-age=300") in start["headers"]
    start, _ = await run_once(Shell(answering(), Settings(), tell))
    assert b"strict-transport-security" not in dict(start["headers"])


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("/v1/companies/", "/v1/companies"),
        ("/v1/companies/luminex/", "/v1/companies/luminex"),
        ("/v1/companies/luminex//", "/v1/companies/luminex/"),
        ("/sparql/", "/sparql"),
        ("/metrics/", "/metrics"),
        ("/", "/"),
        ("/v1/", "/v1"),
        ("/graph/edit/", "/graph/edit/"),
        ("/store/", "/store/"),
    ],
)
async def test_a_slash_behind_a_path_does_no_harm(given: str, taken: str) -> None:
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["path"])
        await PlainTextResponse("")(scope, receive, send)

    await run_once(Shell(app, SMALL, tell), given)
    assert seen == [taken]


async def test_a_client_that_hangs_up_in_the_middle_of_its_body_is_no_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard: list[Ended] = []

    class Hears(Watch):
        def ended(self, ended: Ended) -> None:
            heard.append(ended)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    app = Starlette(routes=[Route("/length", length, methods=["POST"])])
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/length",
        "headers": [(b"content-length", b"9")],
        "query_string": b"",
    }
    app.add_middleware(Shell, settings=SMALL, render=tell, watch=Hears())
    await app(scope, receive, send)
    assert [(ended.status, ended.broke) for ended in heard] == [(0, False)]
    assert not caplog.records
