"""Compressed answers: who gets them, what they say of themselves, and how they break."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from api.middleware.gzip import IN_LOOP, KEPT_BYTES, Gzip, accepts_gzip
from graph.settings import Settings

pytestmark = pytest.mark.anyio

TEXT = b"one and the same line\n" * 100
HUGE = bytes(range(256)) * (IN_LOOP // 128)


async def plain(request: Request) -> Response:
    headers = {"ETag": request.query_params.get("etag", '"abc"'), "Vary": "Accept"}
    return Response(TEXT, 200, headers, request.query_params.get("type", "text/plain"))


async def small(_: Request) -> Response:
    return Response(b"short", 200, {}, "text/plain")


async def huge(_: Request) -> Response:
    return Response(HUGE, 200, {}, "application/json")


async def known(_: Request) -> Response:
    return Response(None, 304, {"ETag": '"abc"', "Vary": "Accept"})


async def part(_: Request) -> Response:
    return Response(TEXT, 206, {"Content-Range": f"bytes 0-{len(TEXT) - 1}/99999"}, "text/plain")


async def stream(request: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield TEXT
        yield HUGE
        if "break" in request.query_params:
            raise RuntimeError("gone")

    return StreamingResponse(pieces(), 200, media_type="application/sparql-results+json")


def layered(**settings: Any) -> Starlette:
    app = Starlette(
        routes=[Route(f"/{f.__name__}", f) for f in (plain, small, huge, known, part, stream)],
    )
    app.add_middleware(Gzip, settings=Settings(**settings))
    return app


@pytest.fixture
def client() -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(layered()), base_url="http://test")


async def raw(
    app: Callable[..., Any], path: str, encoding: str = "gzip", query: bytes = b"", **more: Any
) -> list[Message]:
    """What goes over the wire, message by message."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "GET", "path": path, "query_string": query}
    scope.update(headers=[(b"accept-encoding", encoding.encode())], asgi={"spec_version": "2.4"}, **more)
    await app(scope, receive, send)
    return sent


def body_of(sent: list[Message]) -> bytes:
    return b"".join(message["body"] for message in sent[1:])


async def test_an_answer_is_compressed_and_says_so(client: httpx.AsyncClient) -> None:
    got = await client.get("/plain", headers={"Accept-Encoding": "gzip"})
    assert got.content == TEXT
    assert got.headers["content-encoding"] == "gzip"
    assert int(got.headers["content-length"]) < 200
    assert got.headers["vary"] == "Accept, Accept-Encoding"


async def test_the_tag_of_other_bytes_is_a_weak_one(client: httpx.AsyncClient) -> None:
    packed = await client.get("/plain", headers={"Accept-Encoding": "gzip"})
    left = await client.get("/plain", headers={"Accept-Encoding": "identity"})
    assert (packed.headers["etag"], left.headers["etag"]) == ('W/"abc"', '"abc"')
    assert "content-encoding" not in left.headers
    assert left.headers["vary"] == "Accept, Accept-Encoding"


async def test_what_has_not_changed_is_told_by_the_tag_that_the_client_has(client: httpx.AsyncClient) -> None:
    weak = await client.get("/known", headers={"If-None-Match": 'W/"abc"'})
    strong = await client.get("/known", headers={"If-None-Match": '"abc"'})
    assert (weak.headers["etag"], strong.headers["etag"]) == ('W/"abc"', '"abc"')
    assert weak.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize(
    "kind", ["image/png", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
)
async def test_what_is_packed_already_is_left(client: httpx.AsyncClient, kind: str) -> None:
    assert "content-encoding" not in (await client.get("/plain", params={"type": kind})).headers


@pytest.mark.parametrize(
    "kind", ["application/json", "application/rdf+xml", "application/n-triples", "text/turtle; charset=utf-8"]
)
async def test_texts_of_every_kind_are_compressed(client: httpx.AsyncClient, kind: str) -> None:
    assert (await client.get("/plain", params={"type": kind})).headers["content-encoding"] == "gzip"


async def test_tiny_answers_are_left(client: httpx.AsyncClient) -> None:
    assert "content-encoding" not in (await client.get("/small")).headers


async def test_a_part_of_an_answer_is_left(client: httpx.AsyncClient) -> None:
    assert "content-encoding" not in (await client.get("/part")).headers


async def test_compressing_can_be_switched_off() -> None:
    sent = await raw(layered(gzip_bytes=0), "/plain")
    assert body_of(sent) == TEXT


async def test_a_long_answer_is_compressed_in_a_thread(client: httpx.AsyncClient) -> None:
    assert (await client.get("/huge")).content == HUGE


async def test_a_stream_is_compressed_piece_by_piece() -> None:
    sent = await raw(layered(), "/stream")
    assert dict(sent[0]["headers"])[b"content-encoding"] == b"gzip"
    assert gzip.decompress(body_of(sent)) == TEXT * 20 + HUGE
    first = zlib.decompressobj(31).decompress(sent[1]["body"])
    assert first == TEXT  # nothing waits for what comes later


async def test_a_stream_that_breaks_off_has_no_end_of_gzip_either() -> None:
    sent: list[Message] = []

    async def collecting(scope: Scope, receive: Receive, send: Send) -> None:
        async def keep(message: Message) -> None:
            sent.append(message)
            await send(message)

        await layered()(scope, receive, keep)

    with pytest.raises(RuntimeError, match="gone"):
        await raw(collecting, "/stream", query=b"break=1")
    assert sent[-1]["more_body"] is True
    engine = zlib.decompressobj(31)
    assert engine.decompress(body_of(sent)) == TEXT * 20 + HUGE
    assert not engine.eof
    with pytest.raises(EOFError):
        gzip.decompress(body_of(sent))


async def test_an_old_client_gets_a_stream_as_it_is() -> None:
    sent = await raw(layered(), "/stream", http_version="1.0")
    assert body_of(sent) == TEXT * 20 + HUGE


async def test_what_was_compressed_once_is_kept_by_its_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    real = gzip.compress

    def compress(data: bytes, level: int, *, mtime: int) -> bytes:
        made.append(len(data))
        return real(data, level, mtime=mtime)

    monkeypatch.setattr(gzip, "compress", compress)
    app = layered()
    bodies = {body_of(await raw(app, "/plain")) for _ in range(3)}
    assert (len(bodies), len(made)) == (1, 1)
    await raw(app, "/plain", query=b'etag="other"')
    assert len(made) == 2
    for _ in range(2):
        await raw(app, "/plain", query=b'etag=W/"weak"')
    assert len(made) == 4


def test_what_is_kept_has_an_end() -> None:
    layer = Gzip(layered(), Settings())
    piece = bytes(KEPT_BYTES // 16)
    for number in range(20):
        layer.keep((b'"%d"' % number, b""), piece)
    assert layer.kept((b'"0"', b"")) is None
    assert layer.kept((b'"19"', b"")) == piece
    layer.keep((b'"big"', b""), piece + b"x")
    assert layer.kept((b'"big"', b"")) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("deflate, gzip;q=0.5", True),
        ("x-gzip", True),
        ("*", True),
        ("gzip;q=0", False),
        ("*;q=0", False),
        ("identity", False),
        ("br", False),
        ("", False),
        ("gzip;q=0.3, identity;q=0.8", False),
        ("gzip;q=0.8, identity;q=0.3", True),
        ("*;q=0.5, gzip;q=0", False),
        ("gzip;q=nonsense", False),
        ("gzip;q=2", False),
        ("gzip;level=9", True),
    ],
)
def test_who_accepts_gzip(given: str, expected: bool) -> None:
    assert accepts_gzip({"headers": [(b"accept-encoding", given.encode())]}) is expected


async def test_other_scopes_pass_through() -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, _: Receive, __: Send) -> None:
        seen.append(scope)

    await Gzip(app, Settings())({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert seen == [{"type": "lifespan"}]
