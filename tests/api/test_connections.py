"""Clients that are slow on purpose: each of them loses its connection, and nobody else notices."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from api.connections import FILES, raise_file_limit
from api.server import Server
from graph.settings import Settings
from tests.api.serving import Address, Raw, serving, until

pytestmark = pytest.mark.anyio

LOOKUP = "/v1/companies/luminex"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 150000"
"""About 40 MB: far more than the buffers of a connection hold."""
Running = tuple[Server, Address]


def limits(home: Path, **more: Any) -> Settings:
    told = {"head_timeout": 0.5, "body_timeout": 0.5, "idle_timeout": 1.0, "send_timeout": 1.0}
    return Settings(
        home=home, anonymous_requests=0, anonymous_queries=0, log_requests="off", **{**told, **more}
    )


@pytest.fixture(scope="module")
async def strict(home: Path) -> AsyncIterator[Running]:
    """A server that is soon tired of waiting."""
    settings = limits(home, connections=60, proxies="127.0.0.1", readers=2, query_spool=4096, head_bytes=4096)
    async with serving(settings) as running:
        yield running


@pytest.fixture(autouse=True)
async def _closed() -> AsyncIterator[None]:
    yield
    await Raw.close_all()


async def look_up(address: Address) -> int:
    client = await Raw.open(address)
    try:
        return await client.get(LOOKUP)
    finally:
        client.close()


async def test_a_head_that_trickles_in_is_not_waited_for(strict: Running) -> None:
    server, address = strict
    slow = await Raw.open(address)
    began = time.monotonic()

    async def trickle() -> None:
        await slow.send("GET / HTTP/1.1\r\n")
        for number in range(200):
            await asyncio.sleep(0.1)
            await slow.send(f"X-{number}: x\r\n")

    with pytest.raises(ConnectionError):
        await trickle()
    assert time.monotonic() - began < 15
    assert server.room.refused["slow_head"] >= 1
    assert await look_up(address) == 200


async def test_a_head_without_end_is_refused(strict: Running) -> None:
    _, address = strict
    client = await Raw.open(address)
    await client.send("GET / HTTP/1.1\r\nX-Long: " + "x" * 2000)
    await asyncio.sleep(0.05)
    await client.send("x" * 3000)
    assert await client.status() == 431
    assert b"VERRE_HEAD_BYTES" in client.body
    assert await client.ended() == b""


async def test_a_body_that_trickles_in_is_not_waited_for(strict: Running) -> None:
    _, address = strict
    client = await Raw.open(address)
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    await client.send(head + "Content-Length: 1000\r\n\r\nASK")
    assert await client.status() == 408
    assert b"VERRE_BODY_TIMEOUT" in client.body
    assert await client.ended() == b""


async def test_the_rest_of_a_refused_body_is_thrown_away_for_a_while(strict: Running) -> None:
    server, address = strict
    client = await Raw.open(address)
    most = server.settings.body_bytes + 1
    await client.send(f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: {most}\r\n\r\n")
    await client.send(b"x" * 100_000)
    assert await client.status() == 413
    before = server.room.refused["slow_drain"]
    assert await client.ended() == b""
    assert server.room.refused["slow_drain"] == before + 1


async def test_a_refused_body_that_comes_soon_leaves_the_connection_of_use(
    home: Path, strict: Running
) -> None:
    _, address = strict
    client = await Raw.open(address)
    head = "PATCH /v1/companies HTTP/1.1\r\nHost: x\r\nContent-Length: 400000\r\n\r\n"
    await client.send(head.encode() + b"x" * 400_000)
    assert await client.status() == 405
    assert await client.get(LOOKUP) == 200
    client.close()


async def test_an_idle_connection_ends(strict: Running) -> None:
    _, address = strict
    never, once = await Raw.open(address), await Raw.open(address)
    assert await once.get(LOOKUP) == 200
    assert await never.ended() == b""
    assert await once.ended() == b""


async def test_what_is_no_http_is_told_so(strict: Running) -> None:
    server, address = strict
    client = await Raw.open(address)
    await client.send(b"\x16\x03\x01\x02\x00 this is TLS\r\n\r\n")
    assert await client.status() == 400
    assert client.body.startswith(b"{")
    assert server.room.refused["invalid"] >= 1


async def test_an_upgrade_is_passed_over(strict: Running) -> None:
    _, address = strict
    client = await Raw.open(address)
    await client.send(
        f"GET {LOOKUP} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    )
    assert await client.status() == 200


async def test_requests_in_a_row_are_answered_in_order(strict: Running) -> None:
    _, address = strict
    client = await Raw.open(address)
    await client.send(
        "".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in (LOOKUP, "/no", "/healthz"))
    )
    assert [await client.status() for _ in range(3)] == [200, 404, 200]
    assert await client.ended() == b""


async def test_a_thousand_idle_connections_make_room(strict: Running) -> None:
    server, address = strict
    held: list[Raw] = []
    for _ in range(1000):
        held.append(await Raw.open(address))
        if len(held) % 250 == 0:
            assert await look_up(address) == 200
            assert len(server.room) <= 60
    assert server.room.refused["evicted"] >= 900
    for each in held:
        each.close()
    await until(lambda: len(server.room) == 0)


async def test_slow_readers_hold_no_reader(strict: Running) -> None:
    server, address = strict
    pool = server.operations.services.pool
    slow = []
    for _ in range(4):
        client = await Raw.open(address, limit=1024)
        await client.send(
            f"GET /sparql?{urlencode({'query': LONG})} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n"
        )
        slow.append(client)
    await until(lambda: server.operations.spools.held > 2**20)
    await until(lambda: pool.usage() == (0, 0))
    assert await look_up(address) == 200
    before = server.room.refused["slow_reader"]
    await until(lambda: server.room.refused["slow_reader"] >= before + 4 or not server.room)
    await until(lambda: server.operations.spools.held == 0)
    for client in slow:
        client.close()


async def test_one_address_has_a_number_of_connections_of_its_own(home: Path) -> None:
    settings = limits(home, client_connections=3, proxies="", readers=1, spare_readers=0, body_timeout=30)
    async with serving(settings) as (server, address):
        head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        busy = [await Raw.open(address) for _ in range(3)]
        for client in busy:
            await client.send(head + "Content-Length: 100\r\n\r\nASK")
        await until(lambda: len(server.room) == 3)
        await asyncio.sleep(0.2)
        refused = await Raw.open(address)
        assert await refused.status() == 503
        assert b"VERRE_CLIENT_CONNECTIONS" in refused.body
        busy[0].close()
        await until(lambda: len(server.room) == 2)
        assert await look_up(address) == 200
        for client in busy:
            client.close()


async def test_where_all_are_busy_the_next_is_turned_away(home: Path) -> None:
    settings = limits(home, connections=2, readers=1, spare_readers=0, body_timeout=30)
    async with serving(settings) as (server, address):
        head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        busy = [await Raw.open(address) for _ in range(2)]
        for client in busy:
            await client.send(head + "Content-Length: 9\r\n\r\nASK")
        await until(lambda: len(server.room) == 2)
        await asyncio.sleep(0.2)
        refused = await Raw.open(address)
        assert await refused.status() == 503
        assert b"VERRE_CONNECTIONS" in refused.body
        for client in busy:
            await client.send(" { } ..")
            assert await client.status() in (200, 400)
        assert server.room.refused["connections"] == 1


async def test_a_query_under_way_does_not_hold_up_the_end(home: Path) -> None:
    settings = limits(home, stop_timeout=0.2, readers=1, spare_readers=0)
    endless = urlencode(
        {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i", "timeout": 30}
    )
    async with serving(settings) as (server, address):
        client = await Raw.open(address)
        await client.send(f"GET /sparql?{endless} HTTP/1.1\r\nHost: x\r\n\r\n")
        await until(lambda: server.operations.services.pool.usage()[0] == 1)
        began = time.monotonic()
    assert time.monotonic() - began < 10
    assert await client.status() == 503
    assert b"verre:stopping" in client.body


async def test_a_process_asks_for_the_descriptors_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 4096))
    monkeypatch.setattr(resource, "setrlimit", lambda _, told: asked.append(told))
    raise_file_limit(2000)
    raise_file_limit(100_000)
    raise_file_limit(10)
    assert asked == [(2000 + FILES, 4096), (4096, 4096)]


async def test_an_answer_that_breaks_off_ends_the_connection_and_is_logged_once(
    strict: Running, caplog: pytest.LogCaptureFixture
) -> None:
    _, address = strict
    client = await Raw.open(address, limit=2**22)
    endless = urlencode({"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "timeout": "0.5"})
    await client.send(f"GET /sparql?{endless} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n")
    seen = b""
    while piece := await asyncio.wait_for(client.reader.read(2**20), 20):
        seen = seen[-16:] + piece
    assert not seen.endswith(b"0\r\n\r\n")
    told = [record.getMessage() for record in caplog.records if record.levelno >= 30]
    assert len(told) == 1, told
    assert "broke off" in told[0]
