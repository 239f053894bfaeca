"""Updates and graphs over HTTP with the product's own writers and readers: who sees what afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from graph import resources
from graph.build import build_release
from graph.keys import Keys, Role
from graph.settings import Settings
from tests.api.helpers import turtle

pytestmark = pytest.mark.anyio

BASE = "https://w3id.org/verre/"
OPEN, CLOSED = f"{BASE}graph/edits/open", f"{BASE}graph/restricted/edits"
TURTLE = {"Content-Type": "text/turtle"}
UPDATE = {"Content-Type": "application/sparql-update"}
NOTE = '<http://e/{0}> <http://www.w3.org/2000/01/rdf-schema#comment> "{0}" .'
Headers = dict[str, str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one release."""
    folder = tmp_path_factory.mktemp("writing")
    build_release(Settings(home=folder), [resources.data()])
    return folder


@pytest.fixture(scope="module")
async def http(place: Path) -> AsyncIterator[httpx.AsyncClient]:
    _, secret = Keys(place).create(Role.STEWARD)
    app = create_app(Settings(home=place, readers=1, spare_readers=0))
    async with app.router.lifespan_context(app):
        made = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://verre.test")
        made.headers["Authorization"] = f"Bearer {secret}"
        async with made:
            yield made


async def anonymous(http: httpx.AsyncClient, url: str) -> httpx.Response:
    request = http.build_request("GET", url)
    del request.headers["Authorization"]
    return await http.send(request)


async def test_what_is_put_is_there_at_once(http: httpx.AsyncClient) -> None:
    put = await http.put(f"/store?graph={OPEN}", content=NOTE.format("open"), headers=TURTLE)
    assert (put.status_code, put.json()["added"], put.headers["location"]) == (201, 1, OPEN), put.text
    got = await anonymous(http, f"/store?graph={OPEN}")
    assert (got.status_code, got.headers["release"]) == (200, put.headers["release"])
    assert len(turtle(got.content)) == 1
    again = await http.put(f"/store?graph={OPEN}", content=NOTE.format("open"), headers=TURTLE)
    assert (again.status_code, again.json()["changed"], again.json()["release"]) == (
        200,
        False,
        put.json()["release"],
    )


async def test_what_is_restricted_is_not_there_for_others(http: httpx.AsyncClient) -> None:
    put = await http.put(f"/store?graph={CLOSED}", content=NOTE.format("closed"), headers=TURTLE)
    assert put.status_code == 201, put.text
    seen = await http.get(f"/store?graph={CLOSED}")
    assert (seen.status_code, seen.headers["cache-control"]) == (200, "private, no-store")
    hidden = await anonymous(http, f"/store?graph={CLOSED}")
    absent = await anonymous(http, f"/store?graph={CLOSED}/no")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.json().keys() == absent.json().keys()
    assert hidden.json()["detail"] == absent.json()["detail"]
    for path in ("/store?default", "/sparql"):
        assert "closed" not in (await anonymous(http, path)).text
        assert "graph/restricted" not in (await anonymous(http, path)).text
        assert CLOSED in (await http.get("/sparql")).text
    assert '"closed"' in (await http.get("/store?default")).text


async def test_the_description_counts_what_is_seen(http: httpx.AsyncClient) -> None:
    put = await http.put(f"/store?graph={CLOSED}", content=NOTE.format("closed"), headers=TURTLE)
    assert put.is_success, put.text
    for form in ("ttl", "nt", "rdf", "jsonld", "trig", "nq"):
        mine = await http.get(f"/sparql?format={form}")
        others = await anonymous(http, f"/sparql?format={form}")
        assert "NamedGraph" in others.text
        assert CLOSED in mine.text
        assert CLOSED not in others.text
        assert mine.headers["etag"] != others.headers["etag"]


async def test_an_update_names_a_graph(http: httpx.AsyncClient) -> None:
    text = f"INSERT DATA {{ GRAPH <{OPEN}> {{ {NOTE.format('more')} }} }}"
    done = await http.post("/update", content=text, headers=UPDATE)
    assert (done.status_code, done.json()["added"]) == (200, 1), done.text
    refused = await http.post("/update", content=f"INSERT DATA {{ {NOTE.format('x')} }}", headers=UPDATE)
    assert (refused.status_code, "merge" in refused.text) == (400, True)
    assert '"more"' in (await anonymous(http, f"/store?graph={OPEN}")).text


async def test_a_graph_goes(http: httpx.AsyncClient) -> None:
    gone = await http.delete(f"/store?graph={OPEN}")
    assert gone.status_code == 200
    assert (await anonymous(http, f"/store?graph={OPEN}")).status_code == 404
    assert (await http.delete(f"/store?graph={OPEN}")).status_code == 404
    older = await anonymous(http, f"/store?graph={OPEN}&release=000002")
    assert (older.status_code, b'"open"' in older.content) == (200, True)


@pytest.mark.parametrize("body", ["<http://e/s> <http://e/p> [] .", "<http://e/s> <http://e/p"])
async def test_what_cannot_be_kept_is_a_400(http: httpx.AsyncClient, body: str) -> None:
    response = await http.put(f"/store?graph={OPEN}", content=body, headers=TURTLE)
    assert (response.status_code, bool(response.json()["issues"])) == (400, True)
