"""A real server: streams that break visibly, deadlines, look-ups beside hostile queries, no connection outwards."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from api.app import create_app
from graph.settings import Settings

pytestmark = pytest.mark.anyio

JOIN = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORT = f"{JOIN} ORDER BY ?c ?f ?i"
NONE = "application/sparql-results+json"


@pytest.fixture(scope="module")
async def server(home: Path) -> AsyncIterator[tuple[str, int]]:
    """uvicorn on a free port, with small limits."""
    settings = Settings(
        home=home, readers=2, query_timeout_max=5, query_spool=4096, query_memory=2**29, queue=16
    )
    config = uvicorn.Config(
        create_app(settings), host="127.0.0.1", port=0, log_level="critical", lifespan="on"
    )
    running = uvicorn.Server(config)
    task = asyncio.create_task(running.serve())
    while not running.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
        await asyncio.sleep(0.02)
    yield running.servers[0].sockets[0].getsockname()[:2]
    running.should_exit = True
    await task


@pytest.fixture
async def http(server: tuple[str, int]) -> AsyncIterator[httpx.AsyncClient]:
    limits = httpx.Limits(max_connections=100)
    async with httpx.AsyncClient(
        base_url=f"http://{server[0]}:{server[1]}", timeout=30, limits=limits
    ) as made:
        yield made


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """A port on which nobody may call."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        over = threading.Event()

        def watch() -> None:
            while not over.is_set():
                try:
                    calls.append(listening.accept())
                except TimeoutError:
                    continue

        thread = threading.Thread(target=watch)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", calls
        over.set()
        thread.join()


async def test_a_sort_without_end_is_stopped_at_its_deadline(http: httpx.AsyncClient) -> None:
    began = time.monotonic()
    response = await http.get("/sparql", params={"query": SORT, "timeout": "1"})
    assert response.status_code in (504, 507)
    assert time.monotonic() - began < 5
    told = response.json()
    assert told["type"] in ("urn:problem-type:verre:queryTimeout", "urn:problem-type:verre:queryTooLarge")
    assert told["setting"].startswith("VERRE_QUERY_")


async def test_an_endless_answer_never_looks_whole(http: httpx.AsyncClient) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        await http.get("/sparql", params={"query": JOIN, "timeout": "1"})


async def test_an_endless_answer_has_no_last_chunk_on_the_wire(server: tuple[str, int]) -> None:
    reader, writer = await asyncio.open_connection(*server)
    query = httpx.QueryParams({"query": JOIN, "timeout": "1"})
    writer.write(f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\nAccept: {NONE}\r\n\r\n".encode())
    raw = b""
    while piece := await asyncio.wait_for(reader.read(2**20), 20):
        raw = raw[-64:] + piece if raw.startswith(b"seen") else b"seen" + piece
    assert not raw.endswith(b"0\r\n\r\n")
    writer.close()


async def test_an_old_client_gets_an_error_instead_of_a_part(server: tuple[str, int]) -> None:
    reader, writer = await asyncio.open_connection(*server)
    query = httpx.QueryParams({"query": JOIN, "timeout": "1"})
    writer.write(f"GET /sparql?{query} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
    head = await asyncio.wait_for(reader.readline(), 20)
    assert head.split()[1] in (b"504", b"507")
    writer.close()


async def test_an_old_client_gets_a_long_answer_with_its_length(server: tuple[str, int]) -> None:
    reader, writer = await asyncio.open_connection(*server)
    query = httpx.QueryParams({"query": "SELECT ?s { ?s ?p ?o } LIMIT 2000"})
    writer.write(f"GET /sparql?{query} HTTP/1.0\r\nAccept: text/csv\r\nHost: x\r\n\r\n".encode())
    head, _, body = (await asyncio.wait_for(reader.read(), 20)).partition(b"\r\n\r\n")
    writer.close()
    (length,) = [line for line in head.lower().splitlines() if line.startswith(b"content-length")]
    assert int(length.split()[1]) == len(body) > 4096
    assert body.count(b"\r\n") == 2001


async def test_a_long_answer_streams_whole(http: httpx.AsyncClient) -> None:
    response = await http.get(
        "/sparql?format=csv", params={"query": "SELECT ?s { ?s ?p ?o } LIMIT 3000", "format": "csv"}
    )
    assert response.headers["transfer-encoding"] == "chunked"
    assert response.text.count("\r\n") == 3001


async def test_a_long_answer_that_does_not_fit_is_refused(http: httpx.AsyncClient) -> None:
    query = {"query": "SELECT ?s { ?s ?p ?o } LIMIT 3000"}
    response = await http.get("/sparql", params=query, headers={"Accept": "text/turtle"})
    assert response.status_code == 406


async def test_lookups_go_on_beside_hostile_queries(http: httpx.AsyncClient) -> None:
    hostile = [
        asyncio.create_task(http.get("/sparql", params={"query": SORT, "timeout": "3"})) for _ in range(4)
    ]
    await asyncio.sleep(0.3)
    began = time.monotonic()
    found = await asyncio.gather(*(http.get(f"/v1/exporters?market=CN&pageSize={n + 1}") for n in range(50)))
    took = time.monotonic() - began
    assert [response.status_code for response in found] == [200] * 50
    assert not all(task.done() for task in hostile)
    assert took < 10
    assert {(await task).status_code for task in hostile} <= {503, 504, 507}
    assert (await http.get("/sparql", params={"query": "ASK {}"})).json()["boolean"] is True


async def test_nothing_that_is_asked_reaches_the_network(
    http: httpx.AsyncClient, listener: tuple[str, list[object]]
) -> None:
    address, calls = listener
    queries = [
        f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ {{ SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }} }} }}",
        f"SELECT * {{ BIND(<{address}> AS ?g) SERVICE ?g {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
        f"LOAD <{address}>",
        f"LOAD SILENT <{address}> INTO GRAPH <http://e/g>",
    ]
    statuses = [(await http.get("/sparql", params={"query": query})).status_code for query in queries]
    posted = await http.post("/sparql", data={"update": f"LOAD <{address}>"})
    graph = await http.get("/sparql", params={"query": "ASK { ?s ?p ?o }", "default-graph-uri": address})
    assert statuses == [403, 403, 403, 200, 403, 403]
    assert posted.status_code == 403
    assert graph.json()["boolean"] is False
    assert calls == []


async def test_a_client_that_leaves_frees_its_reader(http: httpx.AsyncClient) -> None:
    for _ in range(4):
        async with http.stream("GET", "/sparql", params={"query": JOIN, "timeout": "5"}) as response:
            assert response.status_code == 200
    answer = await asyncio.wait_for(http.get("/sparql", params={"query": "ASK {}", "timeout": "3"}), 10)
    assert answer.status_code == 200
