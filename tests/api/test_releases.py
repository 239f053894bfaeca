"""New releases show by themselves, old ones can be asked, erased things are gone for good."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api import holder
from api.app import create_app
from api.holder import IndexHolder
from graph.build import derive, open_releases
from graph.errors import Gone, NotFound, StoreError
from graph.model.namespaces import FOAF, ORG, RDF, RDFS, VERRE
from graph.model.terms import Literal, NamedNode, Quad
from graph.settings import Settings
from graph.store.capabilities import EMBEDDED
from graph.store.erase import erase

pytestmark = pytest.mark.anyio

BASE = "https://w3id.org/verre/"
GRAPH = NamedNode(f"{BASE}graph/edit/test")


def thing(ref: str) -> NamedNode:
    return NamedNode(f"{BASE}id/organization/x/{ref}")


def add(settings: Settings, ref: str, name: str) -> str:
    """One more organization, as an edit; the name of the new release."""
    org = thing(ref)
    with open_releases(settings).write() as writer:
        writer.add(
            [
                Quad(org, RDF.type, ORG.Organization, GRAPH),
                Quad(org, RDFS.label, Literal(name), GRAPH),
                Quad(org, VERRE.key, Literal(ref), GRAPH),
            ]
        )
        return writer.commit("edit", derive(settings)).name


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[tuple[FastAPI, Settings]]:
    """An application on a store of its own with one small release."""
    settings = Settings(home=tmp_path, readers=1, spare_readers=0)
    add(settings, "first", "First")
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app, settings


def to(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


async def until(http: httpx.AsyncClient, path: str, status: int) -> httpx.Response:
    for _ in range(100):
        response = await http.get(path)
        if response.status_code == status:
            return response
        await asyncio.sleep(0.05)
    raise AssertionError(f"{path} never answered {status}, but {response.status_code}: {response.text[:200]}")


async def test_a_new_release_shows_and_the_one_before_can_be_asked(own: tuple[FastAPI, Settings]) -> None:
    app, settings = own
    async with to(app) as http:
        before = await http.get("/v1/companies")
        assert add(settings, "second", "Second") == "000002"
        await until(http, "/v1/companies/second", 200)
        after = await http.get("/v1/companies", headers={"If-None-Match": before.headers["etag"]})
        assert (after.status_code, after.json()["total"], after.headers["release"]) == (200, 2, "000002")
        old = await http.get("/v1/companies?release=000001")
        assert (old.json()["total"], old.headers["release"]) == (1, "000001")
        assert (await http.get("/v1/companies/second?release=000001")).status_code == 404
        await until(http, "/id/organization/x/second", 303)
        assert (await http.get("/v1/companies?release=000003")).status_code == 404


async def test_before_the_first_release_the_service_says_so_and_then_answers(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, readers=1, spare_readers=0)
    app = create_app(settings)
    async with app.router.lifespan_context(app), to(app) as http:
        assert (await http.get("/healthz")).status_code == 200
        for path in ("/readyz", "/v1/companies", "/doc/source/s001", "/sparql?query=ASK%20%7B%7D"):
            response = await http.get(path)
            assert response.status_code == 503, path
            assert response.headers["retry-after"] == "1"
        down = await http.get("/health")
        assert (down.status_code, down.json()["status"]) == (503, "DOWN")
        add(settings, "first", "First")
        await until(http, "/readyz", 200)
        assert (await http.get("/v1/companies")).json()["total"] == 1


async def test_what_was_erased_is_gone(own: tuple[FastAPI, Settings]) -> None:
    app, settings = own
    add(settings, "secret", "Secret")
    async with to(app) as http:
        await until(http, "/v1/companies/secret", 200)
        erase(open_releases(settings), thing("secret").value, derive(settings))
        await until(http, "/v1/companies/secret", 410)
        for path in (
            "/id/organization/x/secret",
            "/doc/organization/secret",
            "/v1/companies/x/secret/network",
        ):
            response = await http.get(path)
            assert response.status_code == 410, path
            assert response.json()["type"] == "urn:problem-type:verre:gone"
        assert (await http.get("/v1/companies/never")).status_code == 404


async def test_a_person_who_was_erased_is_gone(own: tuple[FastAPI, Settings]) -> None:
    app, settings = own
    person = NamedNode(f"{BASE}id/person/abc")
    with open_releases(settings).write() as writer:
        writer.add(
            [
                Quad(person, RDF.type, FOAF.Person, GRAPH),
                Quad(person, RDFS.label, Literal("Somebody"), GRAPH),
                Quad(person, FOAF.name, Literal("Somebody"), GRAPH),
            ]
        )
        writer.commit("edit", derive(settings))
    async with to(app) as http:
        await until(http, "/v1/people/abc", 200)
        erase(open_releases(settings), person.value, derive(settings))
        await until(http, "/v1/people/abc", 410)
        await until(http, "/id/person/abc", 410)
        assert (await http.get("/v1/people/never")).status_code == 404


async def test_an_application_that_cannot_start_leaves_nothing_open(
    own: tuple[FastAPI, Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, settings = own
    app = create_app(settings)

    async def fails() -> None:
        raise StoreError("no")

    monkeypatch.setattr(app.state.services.pool, "start", fails)
    with pytest.raises(StoreError):
        await app.state.services.start()
    assert app.state.services.indexes.current is None


class FakeLease:
    def __init__(self, log: list[str], name: str) -> None:
        self.log, self.name = log, name

    def close(self) -> None:
        self.log.append(f"release {self.name}")


class FakeReleases:
    """Releases by name; which one is current can be set."""

    capabilities = EMBEDDED

    def __init__(self) -> None:
        self.log: list[str] = []
        self.now: str | None = "000001"
        self.with_whole: set[str] = set()

    def current(self) -> SimpleNamespace | None:
        return None if self.now is None else self.get(self.now)

    def get(self, name: str) -> SimpleNamespace:
        if int(name) > 5 or int(name) == 0:
            raise NotFound("no such release")
        path = Path("broken") if name == "000005" else Path(name)
        whole = name in self.with_whole

        def part(asked: str) -> SimpleNamespace:
            return SimpleNamespace(index_path=path / "whole" if whole and asked == "whole" else path)

        return SimpleNamespace(name=name, has_whole=whole, part=part, lease=lambda: FakeLease(self.log, name))

    def pointer(self) -> SimpleNamespace:
        return SimpleNamespace(last=7)


def held(releases: FakeReleases, warm: Callable[[Any], None] | None = None) -> IndexHolder:
    def open_index(path: Path) -> SimpleNamespace:
        if str(path) == "broken":
            raise StoreError("broken")
        return SimpleNamespace(name=str(path), close=lambda: releases.log.append(f"close {path}"))

    async def threads(function: object) -> object:
        return function()  # type: ignore[operator]

    return IndexHolder(releases, open_index, threads, warm)  # type: ignore[arg-type]


async def test_each_release_is_warmed_once_and_a_failure_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(holder, "SETTLED", 0.01)
    monkeypatch.setattr(holder, "POLL", 0.01)
    releases, warmed = FakeReleases(), []

    def warm(index: Any) -> None:
        warmed.append(index.name)
        if index.name == "000002":
            raise StoreError("synthetic")

    indexes = held(releases, warm)
    await indexes.start()
    for name in ("000002", "000003"):
        await asyncio.sleep(0.1)
        releases.now = name
    await asyncio.sleep(0.1)
    await indexes.close()
    assert warmed == ["000001", "000002", "000003"]
    assert "release 000002 could not be warmed" in caplog.text


async def test_an_old_index_is_closed_once_nobody_uses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holder, "GRACE", 0.0)
    releases = FakeReleases()
    indexes = held(releases)
    await indexes.follow()
    async with indexes.reading("000001") as index:
        releases.now = "000002"
        await indexes.follow()
        assert indexes.current == "000002"
        assert releases.log == []
        assert index.name == "000001"  # type: ignore[attr-defined]
    await indexes.follow()
    assert releases.log == ["close 000001", "release 000001"]


async def test_only_a_few_old_ones_stay_open() -> None:
    releases = FakeReleases()
    releases.now = "000004"
    indexes = held(releases)
    monkey = holder.KEPT
    await indexes.follow()
    for name in ("000001", "000002", "000003"):
        async with indexes.reading(name):
            pass
    await indexes.follow()
    assert releases.log == []
    holder.KEPT = 1
    try:
        await indexes.follow()
    finally:
        holder.KEPT = monkey
    assert [line for line in releases.log if line.startswith("close")] == ["close 000001", "close 000002"]
    await indexes.close()
    assert "close 000004" in releases.log


async def test_each_part_has_an_index_of_its_own_where_something_is_restricted() -> None:
    releases = FakeReleases()
    releases.with_whole = {"000002"}
    indexes = held(releases)
    await indexes.follow()
    for part in ("public", "whole"):
        async with indexes.reading("000001", part) as index:
            assert index.name == "000001"  # type: ignore[attr-defined]
    releases.now = "000002"
    await indexes.follow()
    async with indexes.reading("000002", "whole") as index:
        assert index.name == "000002/whole"  # type: ignore[attr-defined]
        async with indexes.reading("000002") as other:
            assert other.name == "000002"  # type: ignore[attr-defined]
    releases.now = "000003"
    monkey, holder.GRACE = holder.GRACE, 0.0
    try:
        await indexes.follow()
    finally:
        holder.GRACE = monkey
    assert sorted(line for line in releases.log if line.startswith("close")) == [
        "close 000001",
        "close 000002",
        "close 000002/whole",
    ]
    async with indexes.reading("000003", "whole") as index:
        assert index.name == "000003"  # type: ignore[attr-defined]


async def test_a_release_that_is_pruned_while_it_is_opened_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    releases = FakeReleases()
    indexes = held(releases)
    found = releases.get("000003")

    def pruned() -> None:
        raise NotFound("no longer kept")

    monkeypatch.setattr(releases, "get", lambda _: SimpleNamespace(**{**vars(found), "lease": pruned}))
    with pytest.raises(Gone):
        async with indexes.reading("000003"):
            raise AssertionError("never")


async def test_an_index_that_cannot_be_opened_gives_its_lease_back() -> None:
    releases = FakeReleases()
    indexes = held(releases)
    with pytest.raises(StoreError):
        async with indexes.reading("000005"):
            raise AssertionError("never")
    assert releases.log == ["release 000005"]


async def test_releases_that_were_and_that_never_were() -> None:
    releases = FakeReleases()
    indexes = held(releases)
    await indexes.follow()
    for gone in ("000006", "000007"):
        with pytest.raises(Gone):
            async with indexes.reading(gone):
                raise AssertionError("never")
        with pytest.raises(Gone):
            await indexes.check(gone)
    with pytest.raises(NotFound) as caught:
        async with indexes.reading("000009"):
            raise AssertionError("never")
    assert not isinstance(caught.value, Gone)
    with pytest.raises(NotFound) as caught:
        await indexes.check("000008")
    assert not isinstance(caught.value, Gone)
    assert [await indexes.check(name) for name in (None, "000001", "000003")] == [
        "000001",
        "000001",
        "000003",
    ]
    for name in ("x", "1", "../000001", "000001\n"):
        with pytest.raises(NotFound):
            indexes.pick(name)
    releases.now = None
    with pytest.raises(StoreError):
        held(releases).pick(None)


async def test_a_look_that_fails_does_not_end_the_following(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holder, "POLL", 0.01)
    releases = FakeReleases()
    indexes = held(releases)
    await indexes.start()
    releases.now = "000005"
    await asyncio.sleep(0.05)
    assert indexes.current == "000001"
    releases.now = "000002"
    for _ in range(200):
        if indexes.current == "000002":
            break
        await asyncio.sleep(0.01)
    assert indexes.current == "000002"
    await indexes.close()


async def test_a_bare_store_has_releases_and_no_index(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, readers=1, spare_readers=0, profile="bare")
    with open_releases(settings).write() as writer:
        writer.add([Quad(thing("a"), RDFS.label, Literal("A"), GRAPH)])
        writer.commit("edit", derive(settings))
    app = create_app(settings)
    async with app.router.lifespan_context(app), to(app) as http:
        assert (await http.get("/readyz")).json()["release"] == "000001"
        asked = {"query": "ASK { GRAPH ?g { ?s ?p ?o } }"}
        for release, status in (("000001", 200), ("000002", 404)):
            for path in ("/sparql", "/store"):
                params = {**(asked if path == "/sparql" else {"graph": GRAPH.value}), "release": release}
                assert (await http.get(path, params=params)).status_code == status
