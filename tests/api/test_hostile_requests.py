"""Requests that mean harm, against a real server and the curated facts."""

from __future__ import annotations

import asyncio

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from graph.settings import Settings

pytestmark = pytest.mark.anyio

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a (!<a:a>|^!<a:b>)* ?b . ?c (!<a:a>|^!<a:b>)* ?d }"


async def test_all_markets_of_the_world_can_be_asked_at_once(client: httpx.AsyncClient) -> None:
    codes = [
        item["code"]
        for page in (1, 2, 3)
        for item in (await client.get(f"/v1/markets?pageSize=100&page={page}")).json()["items"]
    ]
    assert len(codes) > 250
    everyone = (await client.get("/v1/exporters?pageSize=1")).json()["total"]
    for more in ([], [("status", "active"), ("status", "targets")], [("includeEnded", "true")]):
        response = await client.get("/v1/exporters", params=[*(("market", c) for c in codes), *more])
        assert response.status_code == 200, response.text
    found = await client.get("/v1/exporters", params=[("market", code) for code in codes])
    assert found.json()["total"] == everyone


async def test_a_query_ends_when_its_client_hangs_up(settings: Settings) -> None:
    app: FastAPI = create_app(settings.model_copy(update={"readers": 1, "spare_readers": 0}))
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="on")
    running = uvicorn.Server(config)
    task = asyncio.create_task(running.serve())
    while not running.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
        await asyncio.sleep(0.02)
    try:
        host, port = running.servers[0].sockets[0].getsockname()[:2]
        fleets = app.state.services.pool.fleets
        (at_work,) = fleets.processes()
        reader, writer = await asyncio.open_connection(host, port)
        head = "POST /sparql?timeout=60 HTTP/1.1\r\nHost: verre.test\r\nContent-Type: application/sparql-query\r\n"
        writer.write(f"{head}Content-Length: {len(ENDLESS)}\r\n\r\n{ENDLESS}".encode())
        await writer.drain()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(1), 0.5)
        writer.close()
        async with httpx.AsyncClient(base_url=f"http://{host}:{port}", timeout=30) as http:
            answer = await http.get("/sparql", params={"query": "ASK {}", "timeout": "20"})
        assert answer.status_code == 200
        assert at_work not in fleets.processes()
    finally:
        running.should_exit = True
        await task
