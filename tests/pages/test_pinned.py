"""Pages of an older release say so and lead to each other; what is restricted is marked; a browser can sign in."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.pages.face import Face
from api.pages.render import environment
from graph.build import derive, open_releases
from graph.keys import Keys, Role
from graph.model.namespaces import ORG, RDF, RDFS, VERRE
from graph.model.terms import Literal, NamedNode, Quad
from graph.settings import Settings
from tests.pages import html

pytestmark = pytest.mark.anyio

BASE = "https://w3id.org/verre/"
PAGES = ("/exporters", "/companies", "/companies/first", "/markets", "/missions", "/people", "/sources",
         "/statistics", "/search?q=first", "/about", "/queries", "/ontology", "/sparql", "/companies?q=fir")  # fmt: skip


def add(settings: Settings, ref: str) -> None:
    """One more organization, as a release of its own."""
    org, graph = NamedNode(f"{BASE}id/organization/x/{ref}"), NamedNode(f"{BASE}graph/edit/test")
    told = [
        Quad(org, RDF.type, ORG.Organization, graph),
        Quad(org, RDFS.label, Literal(ref), graph),
        Quad(org, VERRE.key, Literal(ref), graph),
    ]
    with open_releases(settings).write() as writer:
        writer.add(told)
        writer.commit("edit", derive(settings))


@pytest.fixture(scope="module")
async def browser(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[httpx.AsyncClient, Path]]:
    """A browser on a store with three releases, the oldest of which is no longer kept."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), readers=1, spare_readers=0, keep_releases=2)
    for ref in ("zeroth", "first", "second"):
        add(settings, ref)
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        headers = {"Accept": "text/html", "Accept-Language": "en"}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://verre.test", headers=headers
        ) as made:
            yield made, settings.home


def pinned(path: str, release: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}release={release}"


@pytest.mark.parametrize("path", PAGES)
async def test_links_of_a_page_of_an_older_release_stay_in_it(
    browser: tuple[httpx.AsyncClient, Path], path: str
) -> None:
    client, _ = browser
    page = await client.get(pinned(path, "000002"))
    assert page.status_code == 200
    tree = html.parse(page.text)
    alternates = [e.get("href", "") for e in html.every(tree, "link") if e.get("rel") == "alternate"]
    ours = [h for h in (*html.links(tree), *alternates) if h.startswith("/") and h != "/docs"]
    leaving = [href for href in ours if "release=000002" not in href]
    assert len(ours) > 10
    assert leaving == [path]  # the one that says so
    assert all(href.count("release=") == 1 for href in ours if href != path)
    assert "what the graph said in release 000002" in page.text
    for form in html.every(tree, "form"):
        told = {(e.get("name"), e.get("value")) for e in html.every(form, "input")}
        assert ("release", "000002") in told


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_asks_the_release_that_is_named(
    browser: tuple[httpx.AsyncClient, Path], path: str
) -> None:
    client, _ = browser
    assert (await client.get(pinned(path, "000001"))).status_code == 410
    assert (await client.get(pinned(path, "000009"))).status_code == 404
    assert (await client.get(pinned(path, "x"))).status_code == 404
    now = await client.get(path)
    assert "release=" not in now.text
    assert "what the graph said" not in now.text


async def test_what_came_later_is_not_in_it(browser: tuple[httpx.AsyncClient, Path]) -> None:
    client, _ = browser
    assert "/companies/second" in (await client.get("/companies")).text
    assert "/companies/second" not in (await client.get("/companies?release=000002")).text
    assert (await client.get("/companies/second?release=000002")).status_code == 404
    assert (await client.get("/companies/second")).status_code == 200
    moved = await client.get("/companies/x%2Ffirst?release=000002")
    assert (moved.status_code, moved.headers["location"]) == (308, "/companies/first?release=000002")
    seen = await client.get("/id/organization/x/first?release=000002")
    assert seen.headers["location"] == "/doc/organization/x/first?release=000002"
    assert "release 000002" in (await client.get(seen.headers["location"])).text


async def test_an_error_in_an_older_release_leads_back_into_it(
    browser: tuple[httpx.AsyncClient, Path],
) -> None:
    client, _ = browser
    wrong = html.parse((await client.get("/companies?release=000002&sort=nosuch")).text)
    assert any("release=000002" in href for href in html.links(wrong))
    gone = html.parse((await client.get("/companies?release=000001")).text)
    assert not any("release=" in href for href in html.links(gone))


def test_a_hostile_release_stays_in_its_place() -> None:
    face = Face("nl", "/x", release="000001", pinned='"><script>&x=1')
    assert face.href("a") == "/a?release=%22%3E%3Cscript%3E%26x%3D1"
    assert face.unpinned() == "/x"
    text = (
        environment()
        .from_string('{% import "parts.html" as p with context %}{{ p.keep_lang() }}')
        .render(face=face)
    )
    assert "<script>" not in text


async def test_a_browser_is_asked_for_a_key_and_sent_on(browser: tuple[httpx.AsyncClient, Path]) -> None:
    client, home = browser
    asked = await client.get("/login")
    assert asked.status_code == 401
    assert "Basic" in asked.headers["www-authenticate"]
    assert "This needs a key" in asked.text
    text = Keys(home).create(Role.ANALYST)[1]
    headers = {"Authorization": f"Basic {base64.b64encode(f'me:{text}'.encode()).decode()}"}
    sent = await client.get("/login?lang=fr", headers=headers)
    assert (sent.status_code, sent.headers["location"]) == (303, "/?lang=fr")
    page = await client.get("/companies", headers=headers)
    assert page.headers["cache-control"] == "private, no-store"
    assert "Authorization" in page.headers["vary"]
    assert "what not everyone may see" in page.text
    assert "/login" not in page.text
    again = await client.get("/companies")
    assert again.headers["cache-control"] == "public, no-cache"
    assert "what not everyone may see" not in again.text


@pytest.mark.parametrize(
    ("lang", "word"), [("nl", "niet openbaar"), ("en", "not public"), ("fr", "non public")]
)
def test_a_restricted_source_is_marked_wherever_it_is_named(lang: str, word: str) -> None:
    face = Face(lang)
    template = environment().from_string('{% import "parts.html" as p with context %}{{ p.sources(list) }}')
    ref = {"id": "s1", "publisher": "P", "title": "T", "date": None}
    shown = template.render(face=face, t=face.t, list=[{**ref, "access": "restricted"}])
    assert word in shown
    assert word not in template.render(face=face, t=face.t, list=[{**ref, "access": "public"}])
