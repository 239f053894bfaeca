"""What the request log and the audit log say of a request, and what they keep to themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from api.app import create_app
from api.logs.audit import Event, audit
from api.logs.records import client_of
from graph.keys import Keys, Role
from graph.settings import Settings
from tests.api.fake_writes import FakeWrites

pytestmark = pytest.mark.anyio

ASK = "ASK { ?s ?p ?o }"
Asking = Callable[[httpx.AsyncClient], Any]


@asynccontextmanager
async def running(settings: Settings, writes: FakeWrites | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """An application, started and stopped again; its logs are complete after that."""
    app = create_app(settings)
    if writes is not None:
        app.state.services.writes = writes
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, client=("198.51.100.77", 1234), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://verre.test") as client:
            yield client


def read(settings: Settings, name: str) -> list[dict[str, Any]]:
    path = settings.home / "logs" / f"{name}.log"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


@pytest.fixture
def own(home: Path, tmp_path: Path) -> Callable[..., Settings]:
    """Settings of an installation with the shared releases and logs of its own."""

    def make(**more: Any) -> Settings:
        for name in ("releases", "current", "remote"):
            (tmp_path / name).symlink_to(home / name)
        return Settings(home=tmp_path, readers=1, spare_readers=0, **more)

    return make


async def test_a_line_tells_what_was_asked_and_what_came(own: Callable[..., Settings]) -> None:
    settings = own()
    async with running(settings) as client:
        got = await client.get("/v1/companies/luminex?lang=fr")
        await client.get("/no/such/path")
    first, second = read(settings, "requests")
    assert {name: first[name] for name in ("method", "route", "status", "release", "client")} == {
        "method": "GET",
        "route": "/v1/companies/{ref:path}",
        "status": 200,
        "release": got.headers["release"],
        "client": "198.51.100.0/24",
    }
    assert first["request"] == got.headers["request-id"]
    assert first["bytes"] == int(got.headers["content-length"])
    assert 0 < first["seconds"] < 60
    assert datetime.fromisoformat(first["time"]).utcoffset() is not None
    assert (second["route"], second["status"]) == ("none", 404)
    assert second["problem"] == "belgif:resourceNotFound"


async def test_no_secret_and_no_query_is_in_the_request_log(own: Callable[..., Settings]) -> None:
    settings = own()
    kept, key = Keys(settings.home).create(Role.READER)
    async with running(settings) as client:
        headers = {"Authorization": f"Bearer {key}"}
        await client.get("/sparql", params={"query": ASK}, headers=headers)
        await client.get("/v1/exporters?market=CN", headers={"Authorization": "Bearer verre_wrong"})
    text = (settings.home / "logs" / "requests.log").read_text("utf-8")
    assert "ASK" not in text
    assert "market" not in text
    assert key not in text
    assert "wrong" not in text
    first, second = read(settings, "requests")
    assert (first["role"], second["status"]) == ("reader", 401)
    assert first["key"] == kept.id
    assert "key" not in second


async def test_paths_and_queries_are_logged_where_that_is_wanted(own: Callable[..., Settings]) -> None:
    settings = own(log_queries=True, log_clients="full")
    async with running(settings) as client:
        await client.get("/v1/companies/luminex?lang=fr")
    (line,) = read(settings, "requests")
    assert (line["path"], line["query"], line["client"]) == (
        "/v1/companies/luminex",
        "lang=fr",
        "198.51.100.77",
    )


async def test_a_log_that_is_off_is_no_file(own: Callable[..., Settings]) -> None:
    settings = own(log_requests="off", audit="off")
    async with running(settings) as client:
        assert (await client.get("/sparql", params={"query": ASK})).status_code == 200
    assert not (settings.home / "logs").exists()


async def test_the_audit_log_names_a_query_by_its_hash(own: Callable[..., Settings]) -> None:
    settings = own()
    async with running(settings) as client:
        got = await client.get("/sparql", params={"query": ASK, "default-graph-uri": "http://e/g"})
        await client.get("/v1/companies/luminex")
        await client.get("/sparql", params={"query": "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }"})
    first, second = read(settings, "audit")
    assert first["sha256"] == hashlib.sha256(ASK.encode()).hexdigest()
    assert "text" not in first
    assert (first["operation"], first["phase"], first["outcome"]) == ("query", "done", "done")
    assert (first["release"], first["graphs"]) == (got.headers["release"], ["http://e/g"])
    assert first["request"] == got.headers["request-id"]
    assert (second["outcome"], second["status"], second["problem"]) == (
        "refused",
        403,
        "verre:queryRefused",
    )


async def test_the_audit_log_has_the_text_where_that_is_wanted(own: Callable[..., Settings]) -> None:
    settings = own(audit_text=True)
    async with running(settings) as client:
        await client.post("/sparql", data={"query": ASK})
    (line,) = read(settings, "audit")
    assert (line["text"], line["characters"]) == (ASK, len(ASK))


async def test_a_write_leaves_a_line_before_and_one_after(own: Callable[..., Settings]) -> None:
    settings = own(audit="writes")
    _, key = Keys(settings.home).create(Role.STEWARD)
    update = "INSERT DATA { GRAPH <http://e/g> { <http://e/a> <http://e/b> <http://e/c> } }"
    async with running(settings, FakeWrites()) as client:
        headers = {"Authorization": f"Bearer {key}"}
        await client.get("/sparql", params={"query": ASK}, headers=headers)
        got = await client.post("/update", data={"update": update}, headers=headers)
        assert got.status_code == 200
        await client.delete("/store?graph=http://e/g", headers=headers)
    begun, done, begun_delete, deleted = read(settings, "audit")
    assert (begun["phase"], begun["operation"], begun["role"]) == ("begun", "update", "steward")
    assert begun["sha256"] == done["sha256"] == hashlib.sha256(update.encode()).hexdigest()
    assert begun["request"] == done["request"]
    assert (done["phase"], done["outcome"], done["status"]) == ("done", "done", 200)
    assert (done["release"], done["added"], done["removed"]) == ("000002", 1, 0)
    assert (begun_delete["phase"], begun_delete["graphs"]) == ("begun", ["http://e/g"])
    assert (deleted["operation"], deleted["graphs"]) == ("delete", ["http://e/g"])


async def test_a_write_that_fails_is_told_as_such(own: Callable[..., Settings]) -> None:
    from graph.errors import NoRoom

    settings, writes = own(), FakeWrites()
    writes.error = NoRoom("the disk is full")
    _, key = Keys(settings.home).create(Role.STEWARD)
    async with running(settings, writes) as client:
        headers = {"Authorization": f"Bearer {key}"}
        await client.post("/update", data={"update": "CLEAR GRAPH <http://e/g>"}, headers=headers)
    done = read(settings, "audit")[-1]
    assert (done["outcome"], done["status"], done["problem"]) == ("failed", 507, "verre:noRoom")
    assert "release" not in done or done["release"] is None


async def test_a_home_that_only_reads_still_serves(
    own: Callable[..., Settings], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = own()
    (tmp_path / "logs").write_text("no folder can be made here")
    async with running(settings) as client:
        assert (await client.get("/v1/companies/luminex")).status_code == 200
    assert "cannot be written" in caplog.text


def test_events_add_up() -> None:
    request = Request({"type": "http", "headers": []})
    seen: list[Event] = []
    request.scope["state"] = {"audit_begun": seen.append}
    audit(request, Event("update", text="CLEAR ALL", graphs=("http://e/g",)))
    audit(request, Event(release="000007", added=0, removed=3, more={"report": 2}))
    event: Event = request.scope["state"]["audit"]
    assert event.record() == {
        "operation": "update",
        "text": "CLEAR ALL",
        "graphs": ("http://e/g",),
        "release": "000007",
        "added": 0,
        "removed": 3,
        "report": 2,
    }
    assert [each.operation for each in seen] == ["update"]


def test_a_query_leaves_no_line_before() -> None:
    request = Request({"type": "http", "headers": [], "state": {}})
    audit(request, Event("query", text="ASK {}"))
    assert request.scope["state"]["audit"].operation == "query"


@pytest.mark.parametrize(
    ("host", "how", "told"),
    [
        ("198.51.100.77", "short", "198.51.100.0/24"),
        ("2001:db8:1:2:3::4", "short", "2001:db8:1::/48"),
        ("198.51.100.77", "full", "198.51.100.77"),
        ("198.51.100.77", "none", None),
        ("testclient", "short", None),
        (None, "full", None),
    ],
)
def test_addresses_are_written_as_the_setting_says(host: str | None, how: str, told: str | None) -> None:
    assert client_of(host, how) == told
