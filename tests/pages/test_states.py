"""Lists with nothing in them, and pages beyond their end, say so and lead on; so does every error, in each language."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.requests import Request

import api.pages
from api.pages.catalogue import LANGUAGES, translate
from api.pages.views.errors import KNOWN
from tests.pages import html

pytestmark = pytest.mark.anyio

LISTS = ("people", "sources", "missions", "markets", "statistics")


def boxes(text: str) -> list[html.Element]:
    """The boxes that say how it stands."""
    return [each for each in html.every(html.parse(text), "div") if "box" in each.get("class", "").split()]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LISTS[:-1])  # statistics are not searched by name
async def test_a_list_with_nothing_in_it_says_so(client: httpx.AsyncClient, name: str, lang: str) -> None:
    response = await client.get(f"/{name}", params={"q": "zzzz", "lang": lang})
    assert response.status_code == 200, response.text[:300]
    (box,) = boxes(response.text)
    assert html.words(box).startswith(" ".join(translate(lang, "list.empty").split()))
    assert html.links(box) == [f"/{name}?lang={lang}"]
    assert not list(html.every(html.one(html.parse(response.text), "main"), "table"))


@pytest.mark.parametrize("name", LISTS)
async def test_a_page_beyond_the_end_leads_back(client: httpx.AsyncClient, name: str) -> None:
    response = await client.get(f"/{name}", params={"page": "900"})
    assert response.status_code == 200, response.text[:300]
    (box,) = boxes(response.text)
    assert "Zo ver gaat de lijst niet" in html.words(box)
    back = await client.get(html.links(box)[0])
    assert boxes(back.text) == []


def request(lang: str) -> Request:
    """A request that went wrong."""
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/sparql", "query_string": b""}
    scope |= {
        "headers": [(b"accept-language", lang.encode())],
        "server": ("verre.test", 80),
        "scheme": "http",
    }
    return Request(scope)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", [*KNOWN, 500])
def test_every_limit_is_a_page_with_words_a_setting_and_a_way_on(status: int, lang: str) -> None:
    problem = {"detail": "stopped <b>here</b>", "setting": "VERRE_X", "instance": "urn:verre:request:1"}
    response = api.pages.error_page(request(lang), status, problem)
    assert response.status_code == status
    text = bytes(response.body).decode()
    tree = html.parse(text)
    assert html.one(tree, "html").get("lang") == lang
    assert html.words(html.one(tree, "h1")) == " ".join(translate(lang, f"error.{status}.title").split())
    (box,) = boxes(text)
    assert "stopped <b>here</b>" in html.words(box)
    assert {"VERRE_X", "urn:verre:request:1"} <= {html.words(code) for code in html.every(tree, "code")}
    assert any(form.get("role") == "search" for form in html.every(tree, "form"))
