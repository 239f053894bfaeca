"""What a restricted source says shows nowhere to whoever may not see it, whatever they ask and however.

Two services: one never heard of the source, the other holds it. Every route that the application has is asked
the same of both, about public things and about restricted ones, and the answers must be the same but for the
number of the release. Routes that are added later are asked by themselves; a parameter of a path that is not
known here fails the test.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import openpyxl
import pytest
import rdflib
from fastapi import FastAPI

from api.app import create_app
from graph.keys import Role
from graph.settings import Settings
from tests.product.asked import QUERIES, S9, corpus
from tests.product.restricted import BASE, HIDDEN, TODAY, WORD, make

pytestmark = [pytest.mark.anyio, pytest.mark.xdist_group("restricted")]


@dataclass(frozen=True)
class Side:
    """One of the two services."""

    app: FastAPI
    client: httpx.AsyncClient
    keys: dict[Role, str]
    settings: Settings

    async def ask(self, method: str, url: str, role: Role = Role.ANONYMOUS, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.keys[role]}"} if role else {}
        return await self.client.request(method, url, headers={**headers, **more.pop("headers", {})}, **more)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def sides(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Side, Side]]:
    """The service that never heard of the source, and the one that holds it."""
    made = []
    for restricted in (False, True):
        settings, keys = make(tmp_path_factory.mktemp("side"), restricted=restricted)
        app = create_app(settings)
        app.state.services.today = lambda: TODAY
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://verre.test", timeout=60
        )
        made.append(Side(app, client, keys, settings))
    async with (
        made[0].app.router.lifespan_context(made[0].app),
        made[1].app.router.lifespan_context(made[1].app),
        made[0].client,
        made[1].client,
    ):
        yield made[0], made[1]


def told(response: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    """An answer without what may differ: the release, the tag that follows from it, the request's id, times."""
    passing = {"etag", "release", "request-id", "date", "last-modified", "content-length", "server-timing"}
    headers = {name: value for name, value in response.headers.items() if name not in passing}
    kind, body = headers.get("content-type", ""), response.content
    if "spreadsheetml" in kind:
        sheets = openpyxl.load_workbook(io.BytesIO(body)).worksheets
        body = repr([[cell.value for cell in row] for sheet in sheets for row in sheet]).encode()
    if kind.startswith("application/gzip"):
        body = gzip.decompress(body)
    body = re.sub(rb"urn:verre:request:\w+|0{5}\d(?!\d)|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"", body)
    headers = {name: re.sub(r"0{5}\d", "", value) for name, value in headers.items()}
    return response.status_code, headers, body


def words(answer: tuple[int, dict[str, str], bytes]) -> list[Any]:
    """What an answer holds in any order: the engine orders triples as it likes."""
    _, headers, body = answer
    if headers["content-type"].startswith("application/rdf+xml"):
        return sorted(rdflib.Graph().parse(data=body, format="xml"))
    return sorted(re.split(rb'[\s,;{}\[\]<>"]+', body))


def same(one: httpx.Response, other: httpx.Response) -> str:
    """How two answers differ; empty where they do not."""
    first, second = told(one), told(other)
    if first[:2] != second[:2]:
        return f"{first[:2]} is not {second[:2]}"
    if first[2] == second[2]:
        return ""
    listed = one.headers.get("content-type", "").startswith(
        ("application/json", "text/csv", "application/problem")
    )
    if not listed and words(first) == words(second):
        return ""
    place = next((i for i, (a, b) in enumerate(zip(first[2], second[2], strict=False)) if a != b), 0)
    return (
        f"{first[2][max(0, place - 60) : place + 60]!r} is not {second[2][max(0, place - 60) : place + 60]!r}"
    )


async def compared(sides: tuple[Side, Side], urls: Iterable[str], role: Role) -> list[str]:
    """Where a client with this role sees a difference.

    The one without the source is asked anonymously, unless what a key is told there is not what others are:
    screenings, and the plan that tells of the last one, which nobody may keep.
    """
    found = []
    for url in urls:
        own = url.partition("?")[0].endswith(("/screening", "/plan.json"))
        plain = role if own else Role.ANONYMOUS
        one, other = await asyncio.gather(sides[0].ask("GET", url, plain), sides[1].ask("GET", url, role))
        difference = same(one, other)
        if difference:
            found.append(f"{url}: {difference}")
    return found


async def test_no_route_tells_of_what_is_restricted(sides: tuple[Side, Side]) -> None:
    urls = corpus(sides[0].app)
    assert len(urls) > 500
    assert await compared(sides, urls, Role.ANONYMOUS) == []


async def test_a_readers_key_shows_no_more_than_none(sides: tuple[Side, Side]) -> None:
    urls = corpus(sides[0].app)
    hidden = [url for url in urls if WORD in url or "restricted" in url or "s9" in url or "MX" in url]
    assert len(hidden) > 100
    shown = [url for url in urls if url not in hidden]
    asked = [*hidden[::3], *shown[::12]]
    assert await compared(sides, [url for url in asked if "/login" not in url], Role.READER) == []


async def everything_named(side: Side, role: Role) -> set[str]:
    """The IRI of every thing and graph that somebody with this role can see."""
    found = set()
    for asked in (
        "SELECT DISTINCT ?x WHERE { ?x ?p ?o }",
        "SELECT DISTINCT ?x WHERE { GRAPH ?x { ?s ?p ?o } }",
    ):
        answer = await side.ask("POST", "/sparql", role, data={"query": asked})
        found |= {row["x"]["value"] for row in answer.json()["results"]["bindings"]}
    return {iri for iri in found if iri.startswith(BASE)}


async def test_nothing_that_only_an_analyst_can_name_is_found_by_others(sides: tuple[Side, Side]) -> None:
    hidden = await everything_named(sides[1], Role.ANALYST) - await everything_named(sides[1], Role.READER)
    assert len(hidden) > 30
    urls = [f"/{iri.removeprefix(BASE)}" for iri in sorted(hidden)]
    urls += [url.replace("/id/", "/doc/", 1) + "?format=nt" for url in urls if url.startswith("/id/")]
    urls += [f"/store?{urlencode({'graph': iri})}" for iri in sorted(hidden) if "/graph/" in iri]
    for role in (Role.ANONYMOUS, Role.READER):
        assert await compared(sides, urls, role) == []
    for url in urls:
        assert (await sides[1].ask("GET", url)).status_code in (404, 410), url
        assert (await sides[1].ask("GET", url, Role.ANALYST)).status_code < 400, url


async def test_queries_by_post_and_writes_without_the_right_key_tell_nothing(
    sides: tuple[Side, Side],
) -> None:
    update = f"INSERT {{ GRAPH <{BASE}graph/edit/x> {{ ?s ?p ?o }} }} WHERE {{ GRAPH {S9} {{ ?s ?p ?o }} }}"
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", "/sparql", {"data": {"query": q}}) for q in QUERIES
    ]
    asked += [
        ("POST", "/update", {"data": {"update": update}}),
        ("DELETE", f"/store?graph={quote(HIDDEN)}source/s9", {}),
    ]
    asked += [
        (
            "PUT",
            f"/store?graph={quote(HIDDEN)}meta",
            {"content": b"", "headers": {"Content-Type": "text/turtle"}},
        )
    ]
    for role in (Role.ANONYMOUS, Role.READER):
        for method, url, more in asked:
            one, other = [await side.ask(method, url, role, **more) for side in sides]
            assert same(one, other) == "", (role, url, more)
    for role in (Role.READER, Role.ANALYST):
        for method, url, more in asked[-3:]:
            assert (await sides[1].ask(method, url, role, **more)).status_code == 403


async def test_public_files_hold_nothing_restricted(sides: tuple[Side, Side]) -> None:
    releases = sorted((sides[1].settings.home / "releases").iterdir())
    for release in releases:
        files = [p for p in release.rglob("*") if p.is_file() and "whole" not in p.relative_to(release).parts]
        assert len(files) > 3
        for path in files:
            if path.name == "manifest.json":  # which only the server reads
                continue
            assert WORD.encode() not in path.read_bytes().lower(), path
    assert WORD.encode() in (releases[-1] / "whole" / "index.sqlite").read_bytes().lower()


SEEN = (
    ("/v1/companies?q=qwyxcorp", '"total":1'),
    ("/v1/companies/0403170701", "777777"),
    ("/v1/companies/0429593895/network", "Qwyxcorp"),
    ("/v1/network/neighbourhood?of=0429593895", "Qwyxcorp"),
    ("/v1/network/neighbourhood?of=0429593895&format=svg", "Qwyxcorp"),
    ("/v1/network/neighbourhood?of=0403170701&format=gexf", "Qwyxcorp"),
    ("/v1/exporters?market=MX", "Qwyx members"),
    ("/v1/exporters?market=KR&format=csv", "restricted"),
    ("/v1/people?q=Quentin", "qwyx contact"),
    ("/v1/partners?organization=qwyxcorp", "Qwyxcorp"),
    ("/v1/awards?year=2030", "Qwyx Prize"),
    ("/v1/missions/m-qwyx", "Qwyx mission"),
    ("/v1/sources/s9", '"access":"restricted"'),
    ("/v1/statistics?period=2031", "777777"),
    ("/v1/search?q=qwyx", "Qwyx mission"),
    ("/v1/companies?facets=true&pageSize=1", "qwyxery"),
    ("/v1/queries/exporters?market=MX", "Acme"),
    ("/companies/0403170701?lang=nl", "niet openbaar"),
    ("/exporters?market=MX&lang=en", "not public"),
    ("/sources?lang=fr", "non public"),
    ("/companies/0429593895", "Qwyxcorp"),
    ("/companies/0403170701/network.svg", "Qwyxcorp"),
    ("/doc/source/s9?format=nt", "RESTRICTED"),
    ("/graph/restricted/source/s9?format=nt", "777777"),
    (f"/store?graph={quote(HIDDEN)}meta&format=nt", "Qwyx members"),
    (f"/sparql?{urlencode({'query': QUERIES[9]})}", "true"),
    (f"/sparql?{urlencode({'query': QUERIES[6]})}", WORD),
    ("/.well-known/void?format=nt", "void"),
)


@pytest.mark.parametrize(("url", "text"), SEEN)
async def test_an_analyst_sees_it_and_nobody_keeps_it(sides: tuple[Side, Side], url: str, text: str) -> None:
    for role in (Role.ANALYST, Role.STEWARD, Role.ADMIN):
        answer = await sides[1].ask("GET", url, role)
        assert answer.status_code == 200, answer.text
        assert text in answer.text
        assert answer.headers["cache-control"] == "private, no-store"
        assert "Authorization" in answer.headers["vary"]
    public = await sides[1].ask("GET", url)
    assert "Authorization" in public.headers["vary"] or public.status_code >= 400
    if "etag" in answer.headers and "etag" in public.headers:
        assert answer.headers["etag"] != public.headers["etag"]
        again = await sides[1].ask("GET", url, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == public.status_code != 304


async def test_of_a_store_without_anything_restricted_an_analyst_sees_the_same(
    sides: tuple[Side, Side],
) -> None:
    for url in (
        "/v1/companies?facets=true",
        "/v1/exporters",
        "/v1/companies/0403170701",
        f"/sparql?{urlencode({'query': QUERIES[1]})}",
    ):
        anonymous, analyst = await sides[0].ask("GET", url), await sides[0].ask("GET", url, Role.ANALYST)
        assert told(anonymous)[2] == told(analyst)[2]


async def test_an_older_release_hides_it_too(sides: tuple[Side, Side]) -> None:
    for url in ("/v1/companies?q=qwyx", "/companies?q=qwyx", f"/sparql?{urlencode({'query': QUERIES[5]})}"):
        for release in ("000001", "000002"):
            pinned = f"{url}&release={release}"
            for role in (Role.ANONYMOUS, Role.READER):
                answer = await sides[1].ask("GET", pinned, role)
                assert "Qwyxcorp" not in answer.text
            assert "Qwyxcorp" in (await sides[1].ask("GET", pinned, Role.ANALYST)).text
