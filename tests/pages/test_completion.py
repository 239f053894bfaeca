"""Completion as one types, without any script of ours."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import httpx
import pytest
from defusedxml import ElementTree

from api.pages.views import search

pytestmark = pytest.mark.anyio

SPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


async def test_a_browser_is_told_where_to_ask(client: httpx.AsyncClient) -> None:
    answer = await client.get("/opensearch.xml", headers={"Accept-Language": "fr"})
    assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
    root: Element = ElementTree.fromstring(answer.text)
    assert root.tag == f"{SPACE}OpenSearchDescription"
    urls = {url.get("type"): str(url.get("template")) for url in root.findall(f"{SPACE}Url")}
    assert set(urls) == {"text/html", "application/x-suggestions+json"}
    for template in urls.values():
        found = await client.get(template.replace("{searchTerms}", "lumi"))
        assert found.status_code == 200


async def test_every_page_points_at_it(client: httpx.AsyncClient) -> None:
    text = (await client.get("/search?q=lum")).text
    assert 'rel="search" type="application/opensearchdescription+xml"' in text
    assert "<script" not in text


async def test_names_complete_what_was_typed(client: httpx.AsyncClient) -> None:
    answer = await client.get("/search/suggestions?q=Lumi")
    assert answer.headers["content-type"] == "application/x-suggestions+json"
    typed, names = answer.json()
    assert typed == "Lumi"
    assert any(name.startswith("Luminex") for name in names)
    assert len(names) == len(set(names)) <= 10


@pytest.mark.parametrize("q", ["", "   ", "%00", "%E2%80%AE", "q" * 5000])
async def test_odd_texts_are_completed_by_nothing(client: httpx.AsyncClient, q: str) -> None:
    answer = await client.get(f"/search/suggestions?q={q}")
    assert answer.status_code == 200
    assert answer.json()[1] == []


async def test_a_host_is_no_markup(client: httpx.AsyncClient) -> None:
    answer = await client.get("/opensearch.xml", headers={"Host": 'a"><x>'})
    assert "<x>" not in answer.text


async def test_the_search_page_offers_the_names_it_found(client: httpx.AsyncClient) -> None:
    text = (await client.get("/search?q=lumniex")).text
    assert '<datalist id="names">' in text
    assert '<option value="Luminex Network Intelligence">' in text


def test_each_name_is_offered_once() -> None:
    hits = [{"label": "A"}, {"label": "B"}, {"label": "A"}]
    assert search.names(hits) == ["A", "B"]
