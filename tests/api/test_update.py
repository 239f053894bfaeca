"""`/update`: who may, what is passed on to those who write, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from graph.errors import InputError, Issue, WriteRefused
from graph.store.writes import Written
from tests.api.fake_writes import FakeWrites, writing

pytestmark = pytest.mark.anyio

TEXT = "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }"
DIRECT = {"Content-Type": "application/sparql-update"}


@pytest.fixture
def writes(app: FastAPI) -> Iterator[FakeWrites]:
    with writing(app) as made:
        yield made


@pytest.mark.parametrize("path", ["/update", "/update/"])
async def test_an_update_is_passed_on_and_told(
    client: httpx.AsyncClient, writes: FakeWrites, path: str, steward: dict[str, str]
) -> None:
    response = await client.post(path, content=TEXT, headers=DIRECT | steward)
    assert response.status_code == 200, response.text
    assert response.json() == {"release": "000002", "changed": True, "added": 1, "removed": 0, "report": []}
    assert response.headers["release"] == "000002"
    (write,) = writes.seen
    assert (write.kind, write.text, write.lenient, write.timeout) == ("update", TEXT, False, None)
    assert write.base_iri == "http://verre.test/update"
    assert write.actor


async def test_a_form_with_its_dataset(
    client: httpx.AsyncClient, writes: FakeWrites, steward: dict[str, str]
) -> None:
    form = {"update": TEXT, "using-graph-uri": "http://e/1", "using-named-graph-uri": "http://e/2"}
    assert (await client.post("/update", data=form, headers=steward)).status_code == 200
    (write,) = writes.seen
    assert (write.text, write.using, write.using_named) == (TEXT, ("http://e/1",), ("http://e/2",))


async def test_what_is_preferred(
    client: httpx.AsyncClient, writes: FakeWrites, steward: dict[str, str]
) -> None:
    prefer = {"Prefer": "handling=lenient, return=minimal"}
    response = await client.post("/update", content=TEXT, headers=DIRECT | steward | prefer)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["preference-applied"] == "handling=lenient, return=minimal"
    assert response.headers["release"] == "000002"
    assert writes.seen[0].lenient


async def test_a_report_is_told(
    client: httpx.AsyncClient, writes: FakeWrites, steward: dict[str, str]
) -> None:
    writes.answer = Written("000003", added=2, removed=1, report=({"severity": "Warning"},))
    told = (await client.post("/update", content=TEXT, headers=DIRECT | steward)).json()
    assert (told["added"], told["removed"], told["report"]) == (2, 1, [{"severity": "Warning"}])


async def test_who_may_not_write_reaches_nobody(
    client: httpx.AsyncClient, writes: FakeWrites, analyst: dict[str, str], steward: dict[str, str]
) -> None:
    response = await client.post("/update", content=TEXT, headers=DIRECT)
    assert response.status_code == 401
    assert "Bearer" in response.headers["www-authenticate"]
    response = await client.post("/update", content=TEXT, headers=DIRECT | analyst)
    assert response.status_code == 403
    assert not writes.seen


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (InputError("Every write names a graph.", issues=(Issue("update", "no"),)), 400, "badRequest"),
        (WriteRefused("The shapes do not allow it.", issues=(Issue("x", "no name"),)), 422, "writeRefused"),
    ],
)
async def test_a_refusal_is_told(
    client: httpx.AsyncClient,
    writes: FakeWrites,
    steward: dict[str, str],
    error: Exception,
    status: int,
    kind: str,
) -> None:
    writes.error = error
    response = await client.post("/update", content=TEXT, headers=DIRECT | steward)
    assert (response.status_code, response.json()["type"].rpartition(":")[2]) == (status, kind)
    assert response.json()["issues"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_other_methods_are_told_which_are_possible(client: httpx.AsyncClient, method: str) -> None:
    for path in ("/update", "/update/"):
        response = await client.request(method, path)
        assert (response.status_code, response.headers["allow"]) == (405, "POST, OPTIONS")


async def test_options(client: httpx.AsyncClient) -> None:
    for path, allowed in {
        "/update": "POST, OPTIONS",
        "/sparql/": "GET, HEAD, POST, OPTIONS",
        "/store?default": "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS",
        "/store/a/b": "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS",
        "/v1/exporters": "GET, HEAD, OPTIONS",
    }.items():
        response = await client.options(path)
        assert (response.status_code, response.headers["allow"]) == (204, allowed), path
    assert (await client.options("/nowhere")).status_code == 404
    assert (await client.put("/sparql")).headers["allow"] == "GET, HEAD, POST, OPTIONS"
