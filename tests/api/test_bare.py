"""The bare profile: a plain SPARQL server, with the writers and readers of the product."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from rdflib import Graph

from api.app import create_app
from graph.keys import Keys, Role
from graph.settings import Settings

pytestmark = pytest.mark.anyio

G = "/store?graph=http://e/g"
TURTLE = {"Content-Type": "text/turtle"}
Headers = dict[str, str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bare")


@pytest.fixture(scope="module")
def key(place: Path) -> Headers:
    _, secret = Keys(place).create(Role.STEWARD)
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture(scope="module")
async def bare(place: Path, key: Headers) -> AsyncIterator[FastAPI]:
    made = create_app(Settings(home=place, profile="bare", readers=1, spare_readers=0))
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture(scope="module")
async def http(bare: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(bare)
    async with httpx.AsyncClient(transport=transport, base_url="http://bare.test") as made:
        yield made


async def triples(http: httpx.AsyncClient, path: str) -> Graph:
    response = await http.get(path, headers={"Accept": "application/n-triples"})
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.content, format="nt")


async def test_it_begins_empty_and_says_that_it_is_ready(http: httpx.AsyncClient) -> None:
    assert (await http.get("/readyz")).status_code == 200
    assert (await http.get("/health")).json()["status"] == "UP"
    assert (await http.get("/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D")).json()["boolean"] is False
    assert not await triples(http, "/store?default")


async def test_only_the_paths_of_a_sparql_server_are_there(http: httpx.AsyncClient) -> None:
    for path in ("/", "/v1/companies", "/docs", "/openapi.json", "/ns", "/graph/meta"):
        assert (await http.get(path)).status_code == 404, path
    described = await http.get("/sparql", headers={"Accept": "text/html, */*;q=0.1"})
    assert described.headers["content-type"].startswith("text/turtle")
    assert "EmptyGraphs" in described.text


async def test_a_graph_comes_and_goes(http: httpx.AsyncClient, key: Headers) -> None:
    body = "<http://e/s> <http://e/p> [ <http://e/q> <x> ] ."
    response = await http.put(G, content=body, headers=TURTLE | key)
    assert (response.status_code, response.json()["changed"]) == (201, True)
    found = await triples(http, G)
    assert {str(o) for o in found.objects()} > {"http://e/x"}
    tag = (await http.get(G)).headers["etag"]
    response = await http.post(G, content="<http://e/s> <http://e/p> 1 .", headers=TURTLE | key)
    assert (response.status_code, response.json()["changed"]) == (200, True)
    assert (await http.get(G, headers={"If-None-Match": tag})).status_code == 200
    assert len(await triples(http, G)) == 3
    assert not await triples(http, "/store?default")
    assert (await http.delete(G, headers=key)).status_code == 200
    assert (await http.get(G)).status_code == 404
    assert (await http.delete(G, headers=key)).status_code == 404


async def test_an_empty_graph_is_there(http: httpx.AsyncClient, key: Headers) -> None:
    assert (await http.put("/store/empty", content="", headers=TURTLE | key)).status_code == 201
    assert not await triples(http, "/store/empty")
    assert (await http.get("/store/other")).status_code == 404


async def test_the_default_graph_is_written_like_any_other(http: httpx.AsyncClient, key: Headers) -> None:
    body = "<http://e/s> <http://e/p> 1, 2 ."
    assert (await http.put("/store?default", content=body, headers=TURTLE | key)).status_code in (200, 201)
    assert len(await triples(http, "/store?default")) == 2
    update = {"Content-Type": "application/sparql-update"}
    response = await http.post(
        "/update", content="DELETE DATA { <http://e/s> <http://e/p> 1 }", headers=update | key
    )
    assert (response.status_code, "removed" in response.json()) == (200, False)
    assert len(await triples(http, "/store?default")) == 1


async def test_what_cannot_be_read_changes_nothing(http: httpx.AsyncClient, key: Headers) -> None:
    before = (await http.get("/store?default")).headers["release"]
    response = await http.put("/store?default", content="<http://e/s> <p", headers=TURTLE | key)
    assert (response.status_code, bool(response.json()["issues"])) == (400, True)
    assert (await http.get("/store?default")).headers["release"] == before
