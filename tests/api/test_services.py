"""What an application holds, and that nothing of it blocks the event loop."""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import Request

from api import services as module
from api import streams
from api.app import create_app
from api.exports.describe import _portions, mentioned
from api.gone import organizations
from api.services import Services, services_of
from graph.errors import NotFound
from graph.index import Index
from graph.model.iris import Minter
from graph.model.terms import NamedNode
from graph.settings import Settings
from graph.store.pool import Answer

pytestmark = pytest.mark.anyio

BASE = "https://w3id.org/verre/"


async def test_making_an_application_starts_nothing(tmp_path: Path) -> None:
    before = threading.active_count()
    app = create_app(Settings(home=tmp_path / "home"))
    assert threading.active_count() == before
    assert not (tmp_path / "home").exists()
    assert services_of(app).indexes.current is None


async def test_two_applications_share_nothing(tmp_path: Path) -> None:
    one, two = create_app(Settings(home=tmp_path / "a")), create_app(Settings(home=tmp_path / "b"))
    assert services_of(one) is not services_of(two)
    assert services_of(one).ready is not services_of(two).ready
    assert services_of(one).releases.layout.home != services_of(two).releases.layout.home


async def test_today_is_the_day_in_universal_time(tmp_path: Path) -> None:
    assert Services.of(Settings(home=tmp_path)).today() == datetime.now(UTC).date()


async def test_the_index_is_asked_on_a_thread_of_our_own(app: FastAPI) -> None:
    name = await services_of(app).ask("000001", lambda _: threading.current_thread().name)
    assert name.startswith("verre-api")


async def test_there_are_only_so_many_threads(app: FastAPI) -> None:
    running, most = 0, 0
    lock = threading.Lock()

    def work(_: object) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.02)
        with lock:
            running -= 1

    await asyncio.gather(*(services_of(app).ask("000001", work) for _ in range(40)))
    assert 1 < most <= module.THREADS


async def test_a_slow_question_holds_nobody_up(app: FastAPI, client: httpx.AsyncClient) -> None:
    slow = asyncio.create_task(services_of(app).ask("000001", lambda _: time.sleep(0.5)))
    await asyncio.sleep(0)
    assert (await client.get("/v1/companies/luminex")).status_code == 200
    assert (await client.get("/healthz")).status_code == 200
    assert not slow.done()
    await slow


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "ttl", "jsonld"])
async def test_no_form_is_made_on_the_event_loop(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """What takes long must run on a thread: writing JSON, tables and triples, and every look into the index."""
    loop = threading.get_ident()
    seen: list[str] = []

    def watched(name: str, function: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            assert threading.get_ident() != loop, name
            seen.append(name)
            return function(*arguments, **named)

        return call

    for name in (
        "api.exports.csvfile.write",
        "api.exports.xlsxfile.write",
        "api.exports.turtle.write",
        "api.exports.jsonld.compact",
    ):
        place, _, attribute = name.rpartition(".")
        found = __import__(place, fromlist=[attribute])
        monkeypatch.setattr(name, watched(attribute, getattr(found, attribute)))
    monkeypatch.setattr("graph.index.reading.Index.exporters", watched("exporters", Index.exporters))
    response = await client.get(f"/v1/exporters?market=TH&format={form}&q=e")
    assert response.status_code == 200, response.text
    assert "exporters" in seen
    assert len(seen) == (1 if form == "json" else 2)


async def test_a_reference_is_looked_up_once(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    services = services_of(app)
    first = await services.resolve("000001", "punch-powertrain")

    async def never(*_: object) -> None:
        raise AssertionError("looked up again")

    with monkeypatch.context() as patch:
        patch.setattr(services, "ask", never)
        assert await services.resolve("000001", "punch-powertrain") is first
        with pytest.raises(AssertionError):
            await services.resolve("000002", "punch-powertrain")
    with pytest.raises(NotFound):
        await services.resolve("000001", "nosuch")
    assert ("000001", "public", "nosuch") not in services.references


async def test_only_so_many_references_are_remembered(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    services = services_of(app)
    monkeypatch.setattr(module, "REFERENCES", 2)
    services.references.clear()  # what other tests have asked of the same application
    for ref in ("luminex", "europower", "x/luminex", "belorta"):
        await services.resolve("000001", ref)
    assert len(services.references) <= 2


def test_the_iris_that_a_reference_can_mean() -> None:
    minter = Minter(BASE)
    assert set(organizations(minter, "europower")) == {
        f"{BASE}id/organization/europower",
        f"{BASE}id/organization/x/europower",
    }
    assert f"{BASE}id/organization/be/0429593895" in set(organizations(minter, "BE 0429.593.895"))
    assert f"{BASE}id/organization/be/0429593895" in set(organizations(minter, "be/0429593895"))
    lei = "549300V62YJ9HTLRI486"
    found = set(organizations(minter, f"lei/{lei}"))
    assert f"{BASE}id/organization/lei/{lei}" in found


def test_a_page_speaks_of_things_not_of_their_names() -> None:
    told = {
        "iri": f"{BASE}id/organization/x/a",
        "sectors": [{"iri": f"{BASE}id/sector/ict"}],
        "markets": [
            {
                "market": {"iri": "http://publications.europa.eu/x"},
                "engagements": [{"iri": f"{BASE}id/engagement/1"}],
            }
        ],
        "sources": [{"iri": f"{BASE}id/source/s001"}],
        "note": None,
        "odd": {"iri": 3},
    }
    assert list(mentioned([told], BASE)) == [f"{BASE}id/organization/x/a", f"{BASE}id/engagement/1"]


def test_terms_are_asked_in_portions_that_fit_a_query() -> None:
    terms = [NamedNode(f"http://e/{n}") for n in range(7)]
    one = (len(terms[0].value) + 3) * 6
    assert list(_portions(terms, one * 100)) == [terms]
    assert [len(some) for some in _portions(terms, one * 3)] == [3, 3, 1]
    assert [len(some) for some in _portions(terms, 0)] == [1] * 7
    assert list(_portions([], 100)) == []


def request(version: str) -> Request:
    return Request({"type": "http", "http_version": version, "method": "GET", "headers": [], "path": "/"})


class Pieces:
    """Chunks of an answer, which may break."""

    def __init__(self, *pieces: bytes, breaks: bool = False) -> None:
        self.pieces = list(pieces)
        self.breaks = breaks
        self.closed = False

    def __aiter__(self) -> Pieces:
        return self

    async def __anext__(self) -> bytes:
        if self.pieces:
            return self.pieces.pop(0)
        if self.breaks:
            raise OSError("broken")
        raise StopAsyncIteration

    async def aclose(self) -> None:
        self.closed = True


def answer(body: bytes | None, chunks: Pieces | None) -> Answer:
    return Answer("solutions", "text/csv", "000001", body, chunks)  # type: ignore[arg-type]


async def test_an_answer_in_one_piece_or_in_many() -> None:
    assert await streams.whole(answer(b"abc", None)) == b"abc"
    assert await streams.whole(answer(None, Pieces(b"a", b"bc"))) == b"abc"


async def test_a_ready_answer_is_sent_as_it_is() -> None:
    made = await streams.respond(request("1.1"), answer(b"abc", None), "text/csv", {"Release": "1"})
    assert (made.body, made.headers["release"], made.headers["content-length"]) == (b"abc", "1", "3")


async def test_an_old_client_is_told_the_length_or_nothing_at_all() -> None:
    made = await streams.respond(request("1.0"), answer(None, Pieces(b"ab", b"c")), "text/csv", {})
    assert made.headers["content-length"] == "3"
    with pytest.raises(OSError, match="broken"):
        await streams.respond(request("1.0"), answer(None, Pieces(b"ab", breaks=True)), "text/csv", {})
