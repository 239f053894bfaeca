"""Every page, in every language: valid HTML that needs nothing but itself and our stylesheet."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import httpx
import pytest

from api.pages.catalogue import LANGUAGES
from tests.pages import html

pytestmark = pytest.mark.anyio

DOCUMENTS = re.compile(r"/(booklet\.pdf|network\.png|plan\.(pdf|docx))\?")
"""What takes a second to make; tests of their own ask for them."""

OURS = re.compile(r"/static/[a-z-]+\.[0-9a-f]{12}\.(css|js|svg|woff2)")

PAGES = (
    "/",
    "/exporters",
    "/exporters?market=CN&market=TH&market=VN&market=KR&includeEnded=true",
    "/exporters?market=MX&status=withdrawn",
    "/exporters?q=zzzz",
    "/companies",
    "/companies/luminex",
    "/companies/punch-powertrain",
    "/companies/voka-limburg",
    "/companies/evil",
    "/companies/rtl",
    "/doc/organization/x/luminex",
    "/markets",
    "/markets/JP",
    "/markets/ASEAN",
    "/markets/WORLD",
    "/markets/AQ",
    "/missions",
    "/missions/m-japan",
    "/missions/m-inbound-2022",
    "/missions/plan",
    "/missions/plan?market=TH&market=VN&start=2027-03-08",
    "/missions/plan?market=JP&company=evil&company=rtl",
    "/companies/luminex/plan",
    "/companies/luminex/plan?market=VN",
    "/companies/evil/plan?market=JP",
    "/doc/mission/m-japan",
    "/network",
    "/network?of=luminex&to=CN&expand=luminex-japan&hide=market%3AKR",
    "/network?of=evil&of=rtl",
    "/people",
    "/sources",
    "/sources?page=2",
    "/sources/s001",
    "/sources/s900",
    "/doc/source/s001",
    "/statistics",
    "/search",
    "/search?q=jap",
    "/search?q=zzzz",
    "/about",
    "/accessibility",
    "/privacy",
    "/queries",
    "/ontology",
    "/match",
    "/sparql",
    "/sparql?example=exporters",
)
ERRORS = (
    "/nothing",
    "/companies/luminx",
    "/markets/Zuid-Korae",
    "/exporters?market=Zuid-Korae",
    "/exporters?lang=xx",
)


async def get(client: httpx.AsyncClient, path: str, lang: str = "nl") -> httpx.Response:
    return await client.get(path, headers={"Accept-Language": lang})


def check(text: str, lang: str) -> None:
    """What holds for every page."""
    tree = html.parse(text)
    assert html.one(tree, "html").get("lang") == lang
    assert html.words(html.one(tree, "title")).endswith("· Verre")
    nothing_inline(text, tree)
    landmarks(tree)
    headings(tree)
    labels(tree)
    tables(tree)
    identifiers = Counter(e.get("id") for e in tree.iter() if e.get("id"))
    assert max(identifiers.values()) == 1, identifiers.most_common(3)
    assert {href[1:] for href in html.links(tree, "#")} <= set(identifiers)
    assert "Undefined" not in text
    assert ">None<" not in text


def nothing_inline(text: str, tree: html.Element) -> None:
    scripts = list(html.every(tree, "script"))
    assert all(OURS.fullmatch(script.get("src", "")) and not html.words(script) for script in scripts)
    assert not list(html.every(tree, "style", "iframe", "object"))
    assert not [
        e.tag for e in tree.iter() if any(name == "style" or name.startswith("on") for name in dict(e.attrib))
    ]
    ours = ("stylesheet", "icon", "preload")
    loaded = [e.get("href", "") for e in html.every(tree, "link") if e.get("rel") in ours]
    assert len(set(loaded)) == len(loaded) >= 2
    assert all(OURS.fullmatch(path) for path in loaded)
    assert not [e.get("src") for e in tree.iter() if e.get("src") and e not in scripts]
    assert "javascript:" not in "".join(html.links(tree, ""))


def landmarks(tree: html.Element) -> None:
    main = html.one(tree, "main")
    assert html.links(tree, "#")[0] == f"#{main.get('id')}"
    html.one(tree, "header")
    html.one(tree, "footer")
    for nav in html.every(tree, "nav"):
        assert nav.get("aria-label")
    for region in (e for e in tree.iter() if e.get("role") == "region"):
        assert region.get("aria-label")
        assert region.get("tabindex") == "0"


def headings(tree: html.Element) -> None:
    levels = [int(str(e.tag)[1]) for e in html.every(tree, "h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(html.words(e) for e in html.every(tree, "h1", "h2", "h3"))


def labels(tree: html.Element) -> None:
    named = {e.get("for") for e in html.every(tree, "label")}
    wrapped = {id(field) for label in html.every(tree, "label") for field in html.every(label, "input")}
    for field in html.every(tree, "input", "select", "textarea"):
        if field.get("type") != "hidden":
            assert field.get("aria-label") or field.get("id") in named or id(field) in wrapped, field.attrib
    for button in html.every(tree, "button"):
        assert html.words(button)
    for link in html.every(tree, "a"):
        assert html.words(link), link.attrib


def tables(tree: html.Element) -> None:
    for table in html.every(tree, "table"):
        assert html.words(next(html.every(table, "caption")))
        assert all(cell.get("scope") for cell in html.every(table, "th"))
        width = len(list(html.every(next(html.every(table, "thead")), "th")))
        for body in html.every(table, "tbody"):
            spans: list[int] = []
            for row in html.every(body, "tr"):
                cells = list(html.every(row, "td", "th"))
                assert len(cells) + len(spans) == width, html.words(row)
                spans = [left - 1 for left in spans if left > 1]
                spans += [n - 1 for cell in cells if (n := int(cell.get("rowspan", "1"))) > 1]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
async def test_page(client: httpx.AsyncClient, path: str, lang: str) -> None:
    response = await get(client, path, lang)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-language"] == lang
    assert "Accept-Language" in response.headers["vary"]
    policy = response.headers["content-security-policy"]
    assert policy.startswith(
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'"
    )
    assert "unsafe" not in policy
    check(response.text, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ERRORS)
async def test_error_page(client: httpx.AsyncClient, path: str, lang: str) -> None:
    response = await get(client, path, lang)
    assert response.status_code == (404 if "?" not in path else 400)
    check(response.text, lang)


async def test_every_link_of_ours_leads_somewhere(client: httpx.AsyncClient) -> None:
    """Two steps from the front page and from what is odd; downloads are asked for as well.

    Of links that differ in the values of their parameters only, one is followed.
    """
    seen: dict[tuple[str, str], str] = {}
    for start in ("/", *PAGES):
        tree = html.parse((await get(client, start)).text)
        alternates = [e.get("href", "") for e in html.every(tree, "link") if e.get("rel") == "alternate"]
        for href in {href.partition("#")[0] for href in (*html.links(tree), *alternates)} - {""}:
            path, _, query = href.partition("?")
            seen.setdefault((path, re.sub("=[^&]*", "", query)), href)
    for href in sorted(href for href in seen.values() if not DOCUMENTS.search(href)):
        response = await client.get(href, follow_redirects=True)
        assert response.status_code == (401 if href == "/login" else 200), href
    assert len(seen) > 200


async def test_each_page_tells_where_its_data_are(client: httpx.AsyncClient) -> None:
    kinds = {
        "application/json",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "text/turtle",
        "application/ld+json",
    }
    for path in (
        "/",
        "/exporters",
        "/companies/luminex",
        "/markets/JP",
        "/missions/m-japan",
        "/sources/s001",
    ):
        tree = html.parse((await get(client, path)).text)
        told = {
            e.get("type"): e.get("href", "") for e in html.every(tree, "link") if e.get("rel") == "alternate"
        }
        assert kinds <= set(told)
        for kind in kinds:
            answer = await client.get(told[kind])
            assert answer.headers["content-type"].partition(";")[0] == kind, told[kind]


async def test_the_switch_keeps_the_page_and_links_keep_the_language(client: httpx.AsyncClient) -> None:
    tree = html.parse((await get(client, "/exporters?market=CN&market=JP")).text)
    french = next(e.get("href", "") for e in html.every(tree, "a") if e.get("hreflang") == "fr")
    assert french == "/exporters?market=CN&market=JP&lang=fr"
    text = (await get(client, french)).text
    assert "en Chine ou au Japon" in text
    ours = [href for href in html.links(html.parse(text)) if not href.startswith(("/docs", "/v1"))]
    assert all("lang=" in href for href in ours)


async def test_a_page_that_has_not_changed_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await get(client, "/about")
    again = await client.get("/about", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


async def test_pages_know_no_cookies(client: httpx.AsyncClient) -> None:
    assert "set-cookie" not in (await get(client, "/exporters?lang=fr")).headers
