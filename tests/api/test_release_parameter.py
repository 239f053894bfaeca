"""`release=` on every read: what the graph said then, 410 once it is pruned, 404 where there never was one.

The routes are taken from the application itself, so that a new one cannot forget it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api import openapi
from api.app import create_app
from graph.build import build_release, derive, open_releases
from graph.model.namespaces import RDFS
from graph.model.terms import Literal, NamedNode, Quad
from graph.settings import Settings
from tests.product.asked import filled, routes
from tests.product.restricted import BASE, PUBLIC, write_sheets

pytestmark = pytest.mark.anyio

WITHOUT = {
    "/healthz", "/readyz", "/health", "/metrics", "/openapi.json", "/docs", "/docs/style.css", "/static/{file}", "/login",
    "/sparql/",
}  # fmt: skip
"""What says nothing of the graph."""
SAYS = {"/sparql": "query=SELECT%20*%20WHERE%20%7B%20%3Fs%20%3Fp%20%22second%22%20%7D", "/store": "default", "/v1/search": "q=acme",
        "/v1/queries/{name}": "run=true"}  # fmt: skip
"""What else a path must be given."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three releases, the oldest of which is pruned."""
    folder = tmp_path_factory.mktemp("home")
    settings = Settings(home=folder, keep_releases=2)
    build_release(settings, [write_sheets(tmp_path_factory.mktemp("sheets") / "public", PUBLIC)])
    for word in ("second", "third"):
        acme, graph = NamedNode(f"{BASE}id/organization/be/0403170701"), NamedNode(f"{BASE}graph/edit/x")
        with open_releases(settings).write() as writer:
            writer.replace({graph: {Quad(acme, RDFS.comment, Literal(word), graph).triple}}, built=False)
            writer.commit("edit", derive(settings))
    return folder


@pytest.fixture(scope="module")
async def app(home: Path) -> AsyncIterator[FastAPI]:
    made = create_app(Settings(home=home, readers=1, spare_readers=0))
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture(scope="module")
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://verre.test") as made:
        yield made


def reads(app: FastAPI) -> list[str]:
    """A few addresses of each route that answers from the graph."""
    found: list[str] = []
    for path, methods in routes(app):
        if "GET" in methods and path not in WITHOUT and not path.startswith("/store/"):
            more = f"?{SAYS[path]}&" if path in SAYS else "?"
            found += [f"{url}{more}" for url in islice(filled(path), 3)]
    return found


async def test_every_read_asks_the_release_that_is_named(app: FastAPI, client: httpx.AsyncClient) -> None:
    urls = reads(app)
    assert len(urls) > 50
    answered = 0
    for url in urls:
        kept = await client.get(f"{url}release=000002")
        now = await client.get(url.rstrip("?&"))
        assert kept.status_code == now.status_code, (url, kept.text)
        if "release" in kept.headers:
            answered += 1
            assert (kept.headers["release"], now.headers["release"]) == ("000002", "000003"), url
            assert kept.headers.get("etag", "a") != now.headers.get("etag", "b"), url
        elif kept.status_code == 200 and kept.headers["content-type"].startswith("text/html"):
            answered += 1
            assert "000002" in kept.text, url
            assert "000002" not in now.text, url
        for name, status in (("000001", 410), ("000009", 404), ("x", 404), ("", 404)):
            refused = await client.get(f"{url}release={name}")
            assert refused.status_code == status, (url, name, refused.text)
            assert [issue["name"] for issue in refused.json()["issues"]] == ["release"], url
    assert answered > 35


@pytest.mark.parametrize(
    "url",
    [
        "/sparql?query=SELECT%20%3Fo%20WHERE%20%7B%20GRAPH%20%3Chttps%3A%2F%2Fw3id.org%2Fverre%2Fgraph%2Fedit%2Fx%3E%20%7B%3Fs%20%3Fp%20%3Fo%7D%20%7D&",
        "/store?graph=https%3A%2F%2Fw3id.org%2Fverre%2Fgraph%2Fedit%2Fx&",
        "/graph/edit/x?",
        "/doc/organization/be/0403170701?format=nt&",
        "/v1/companies/0403170701?format=ttl&",
    ],
)
async def test_the_answer_is_what_the_graph_said_then(client: httpx.AsyncClient, url: str) -> None:
    now, then = await client.get(url), await client.get(f"{url}release=000002")
    assert ("third" in now.text, "second" in now.text) == (True, False)
    assert ("third" in then.text, "second" in then.text) == (False, True)


async def test_an_empty_or_doubled_release_is_no_release(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/companies?release=000002&release=000003")).status_code == 400
    assert (await client.get("/sparql?query=ASK%20%7B%7D&release=000002&release=000003")).status_code == 400


async def test_every_read_of_the_document_tells_of_it(app: FastAPI) -> None:
    told: dict[str, Any] = openapi.document(app)
    for path, operations in told["paths"].items():
        if "get" in operations and path not in WITHOUT:
            names = [parameter["name"] for parameter in operations["get"].get("parameters", [])]
            assert "release" in names, path
            assert len(names) == len(set(names)), path
