"""`/store`: which graph, what it holds, what is sent, and what is told of it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI
from rdflib import Graph

from api.uploads import FOLDER, clear
from graph.errors import NotFound
from graph.settings import Settings
from graph.store.writes import Written
from tests.api.fake_writes import FakeWrites, writing
from tests.api.helpers import from_jsonld

pytestmark = pytest.mark.anyio

S001 = "https://w3id.org/verre/graph/source/s001"
HERE = f"/store?graph={quote(S001, safe='')}"
TURTLE = b'<http://e/s> <http://e/p> "v" .'
KIND = {"Content-Type": "text/turtle"}
Key = dict[str, str]


@pytest.fixture
def writes(app: FastAPI) -> Iterator[FakeWrites]:
    with writing(app) as made:
        yield made


@pytest.fixture(scope="module")
async def whole(client: httpx.AsyncClient) -> Graph:
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{S001}> {{ ?s ?p ?o }} }}"
    response = await client.get("/sparql", params={"query": query, "format": "nt"})
    return Graph().parse(data=response.content, format="nt")


@pytest.mark.parametrize(
    ("accept", "told", "form"),
    [
        ("text/turtle", "text/turtle; charset=utf-8", "turtle"),
        ("*/*", "text/turtle; charset=utf-8", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/trig;q=0.5", "application/trig; charset=utf-8", "turtle"),
        ("application/n-quads", "application/n-quads", "nt"),
    ],
)
async def test_a_graph_in_every_form(
    client: httpx.AsyncClient, whole: Graph, accept: str, told: str, form: str
) -> None:
    response = await client.get(HERE, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (200, told)
    raw = response.content
    found = from_jsonld(raw) if form == "json-ld" else Graph().parse(data=raw, format=form)
    assert len(found) == len(whole) > 5
    assert (found ^ whole).serialize(format="nt").strip() == ""
    assert response.headers["release"] == "000001"


async def test_the_default_graph_is_the_merge(client: httpx.AsyncClient) -> None:
    counted = await client.get(
        "/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
    )
    response = await client.get("/store/?default&format=nt")
    assert len(response.content.splitlines()) == int(counted.text.split()[1])


async def test_an_iri_is_decoded_once(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"/store?graph={S001}")).status_code == 200
    assert (await client.get(f"/store?graph={quote(quote(S001, safe=''), safe='')}")).status_code == 400
    assert (await client.get(f"/store?graph={S001.replace('s001', '%2573001')}")).status_code == 404


async def test_what_is_not_there_is_a_404_that_names_it(client: httpx.AsyncClient) -> None:
    response = await client.get("/store?graph=http://e/none")
    assert response.status_code == 404
    assert response.json()["issues"] == [
        {"in": "query", "name": "graph", "detail": "there is no such graph", "value": "http://e/none"}
    ]
    assert (await client.get("/store/none")).status_code == 404
    assert (await client.head("/store?graph=http://e/none")).status_code == 404
    injected = quote("http://e/> } { ?s ?p ?o } #", safe="")
    assert (await client.get(f"/store?graph={injected}")).status_code == 400


async def test_a_client_that_has_it_gets_no_more(client: httpx.AsyncClient) -> None:
    first = await client.get(HERE)
    again = await client.get(HERE, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = {"If-None-Match": first.headers["etag"], "Accept": "application/n-triples"}
    assert (await client.get(HERE, headers=other)).status_code == 200
    assert (await client.get(f"{HERE}&release=000001")).status_code == 200
    assert (await client.get(f"{HERE}&release=000099")).status_code == 404
    assert (await client.head(HERE)).content == b""


@pytest.mark.parametrize(
    "path",
    [
        "/store",
        "/store?graph=a&default",
        "/store?graph=x",
        "/store?graph=",
        "/store/a?default",
        f"/store?graph={S001}&graph={S001}",
    ],
)
async def test_one_graph_is_named_in_one_way(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 400
    assert response.json()["detail"]


async def test_forms_and_deadlines(client: httpx.AsyncClient) -> None:
    assert (await client.get(HERE, headers={"Accept": "text/csv"})).status_code == 406
    assert (await client.get(f"{HERE}&format=csv")).status_code == 400
    assert (await client.get(f"{HERE}&timeout=61")).json()["setting"] == "VERRE_QUERY_TIMEOUT_MAX"


async def test_a_graph_is_put(client: httpx.AsyncClient, writes: FakeWrites, steward: Key) -> None:
    response = await client.put("/store?graph=http://e/a%20b", content=TURTLE, headers=KIND | steward)
    assert response.status_code == 400  # no IRI has a space
    response = await client.put("/store?graph=http://e/a%2520b", content=TURTLE, headers=KIND | steward)
    assert (response.status_code, response.json()["release"]) == (200, "000002")
    (write,) = writes.seen
    assert (write.kind, write.graph, write.media_type) == ("put", "http://e/a%20b", "text/turtle")
    assert write.base_iri == "http://e/a%20b"
    assert writes.bodies == [TURTLE]
    assert write.body is not None
    assert not write.body.exists()


async def test_a_new_graph_is_a_201_with_its_place(
    client: httpx.AsyncClient, writes: FakeWrites, steward: Key
) -> None:
    writes.answer = Written("000002", created=True, added=1)
    response = await client.put("/store/person/1.ttl", content=TURTLE, headers=KIND | steward)
    assert (response.status_code, response.headers["location"]) == (
        201,
        "http://verre.test/store/person/1.ttl",
    )
    named = quote("http://e/é", safe="")
    response = await client.post(f"/store?graph={named}", content=TURTLE, headers=KIND | steward)
    assert (response.status_code, response.headers["location"]) == (201, "http://e/%C3%A9")
    quiet = {"Prefer": "return=minimal"}
    response = await client.put("/store/x", content=TURTLE, headers=KIND | steward | quiet)
    assert (response.status_code, response.content) == (201, b"")
    assert [write.graph for write in writes.seen] == [
        "http://verre.test/store/person/1.ttl",
        "http://e/é",
        "http://verre.test/store/x",
    ]


async def test_what_is_posted_to_the_store_becomes_a_graph_of_its_own(
    client: httpx.AsyncClient, writes: FakeWrites, steward: Key
) -> None:
    writes.answer = Written("000002", created=True, added=1)
    for path in ("/store", "/store/"):
        response = await client.post(path, content=TURTLE, headers=KIND | steward)
        assert response.status_code == 201
        assert response.headers["location"].startswith("http://verre.test/store/")
    one, two = writes.seen
    assert one.graph != two.graph
    assert (await client.put("/store", content=TURTLE, headers=KIND | steward)).status_code == 400


async def test_a_packed_graph(
    client: httpx.AsyncClient, writes: FakeWrites, steward: Key, settings: Settings
) -> None:
    gzipped = KIND | steward | {"Content-Encoding": "gzip"}
    assert (await client.put("/store/x", content=gzip.compress(TURTLE), headers=gzipped)).status_code == 200
    assert writes.bodies == [TURTLE]
    response = await client.put("/store/x", content=b"no gzip", headers=gzipped)
    assert (response.status_code, response.json()["issues"][0]["name"]) == (400, "Content-Encoding")
    bomb = gzip.compress(bytes(settings.upload_bytes + 1))
    response = await client.put("/store/x", content=bomb, headers=gzipped)
    assert (response.status_code, response.json()["setting"]) == (413, "VERRE_UPLOAD_BYTES")
    assert len(writes.seen) == 1
    assert not list((settings.home / "uploads").iterdir())


async def test_several_files_become_one_graph(
    client: httpx.AsyncClient, writes: FakeWrites, steward: Key
) -> None:
    files = [
        ("a", ("a.ttl", b"<> <http://e/p> _:b . _:b <http://e/q> 1 .", "text/turtle; charset=utf-8")),
        ("b", ("b.nt", b'<http://e/s> <http://e/p> _:b .\n_:b <http://e/q> "2" .', "application/n-triples")),
    ]
    response = await client.post("/store?graph=http://e/g", files=files, headers=steward)
    assert response.status_code == 200, response.text
    assert writes.seen[0].media_type == "application/n-triples"
    found = Graph().parse(data=writes.bodies[0], format="nt")
    assert len(found) == 4
    assert len({str(s) for s in found.subjects()}) == 4
    assert "http://e/g" in {str(s) for s in found.subjects()}
    assert (await client.post("/store?graph=http://e/g", files=files[:1], headers=steward)).status_code == 200
    assert writes.bodies[1] == files[0][1][1]
    assert writes.seen[1].media_type == "text/turtle"


@pytest.mark.parametrize(
    ("bad", "status"),
    [(("a.csv", b"a,b", "text/csv"), 415), (("a.ttl", b"<a> <b>", "text/turtle"), 400)],
)
async def test_files_that_cannot_be_read(
    client: httpx.AsyncClient, writes: FakeWrites, steward: Key, bad: tuple[str, bytes, str], status: int
) -> None:
    files = [("good", ("good.ttl", TURTLE, "text/turtle")), ("bad", bad)]
    response = await client.post("/store?graph=http://e/g", files=files, headers=steward)
    assert response.status_code == status, response.text
    assert not writes.seen


async def test_bodies_that_are_no_graph(client: httpx.AsyncClient, writes: FakeWrites, steward: Key) -> None:
    for kind in ("", "application/trig", "application/n-quads", "text/csv", "application/xml"):
        response = await client.put("/store/x", content=TURTLE, headers={"Content-Type": kind} | steward)
        assert (response.status_code, response.json()["issues"][0]["name"]) == (415, "Content-Type")
    whole = {"Content-Type": "multipart/form-data; boundary=x"} | steward
    assert (await client.post("/store/x", content=b"--x\r\nbroken", headers=whole)).status_code == 400
    assert (await client.post("/store/x", files={}, data={"a": "1"}, headers=steward)).status_code == 415
    assert not writes.seen


async def test_a_graph_is_deleted(client: httpx.AsyncClient, writes: FakeWrites, steward: Key) -> None:
    response = await client.delete("/store?graph=http://e/g", headers=steward)
    assert response.status_code == 200
    assert (writes.seen[0].kind, writes.seen[0].graph) == ("delete", "http://e/g")
    writes.error = NotFound("There is no such graph.")
    assert (await client.delete("/store/x", headers=steward)).status_code == 404


async def test_the_merge_is_not_written(client: httpx.AsyncClient, writes: FakeWrites, steward: Key) -> None:
    for response in (
        await client.put("/store?default", content=TURTLE, headers=KIND | steward),
        await client.post("/store?default", content=TURTLE, headers=KIND | steward),
        await client.delete("/store?default", headers=steward),
    ):
        assert response.status_code == 400
        assert "merge" in response.json()["issues"][0]["detail"]
    assert not writes.seen


async def test_conditions_are_not_passed_over(
    client: httpx.AsyncClient, writes: FakeWrites, steward: Key
) -> None:
    for name, status in (("If-Match", 501), ("If-Unmodified-Since", 501), ("Content-Range", 400)):
        response = await client.put("/store/x", content=TURTLE, headers=KIND | steward | {name: '"x"'})
        assert (response.status_code, response.json()["issues"][0]["name"]) == (status, name)
    assert not writes.seen


async def test_a_patch_is_sent_elsewhere(client: httpx.AsyncClient, steward: Key) -> None:
    update = {"Content-Type": "application/sparql-update"}
    assert (await client.patch("/store/x", content=b"", headers=update | steward)).status_code == 501
    response = await client.patch("/store?default", content=b"", headers=KIND | steward)
    assert (response.status_code, "/update" in response.json()["issues"][0]["detail"]) == (415, True)


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
async def test_who_may_not_write_reaches_nobody(
    client: httpx.AsyncClient, writes: FakeWrites, analyst: Key, steward: Key, method: str
) -> None:
    for path in ("/store?graph=http://e/g", "/store/x"):
        assert (await client.request(method, path, content=TURTLE, headers=KIND)).status_code == 401
        told = await client.request(method, path, content=TURTLE, headers=KIND | analyst)
        assert told.status_code == 403
    assert not writes.seen


def test_what_dead_processes_left_is_deleted(tmp_path: Path) -> None:
    for name in ("999999999-dead", "1-alive", "other"):
        (tmp_path / FOLDER / name).mkdir(parents=True)
        (tmp_path / FOLDER / name / "body").touch()
    clear(tmp_path)
    assert {path.name for path in (tmp_path / FOLDER).iterdir()} == {"1-alive", "other"}
    clear(tmp_path / "nowhere")
