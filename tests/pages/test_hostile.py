"""Names that nobody should trust come out as text, everywhere."""

from __future__ import annotations

from xml.etree import ElementTree

import httpx
import pytest
from markupsafe import escape

from api.pages.render import unbroken
from tests.pages import html
from tests.pages.samples import HOSTILE, RTL

pytestmark = pytest.mark.anyio

WHERE = (
    "/companies/evil",
    "/companies/rtl",
    "/companies?q=script",
    "/exporters?q=script",
    "/exporters?market=JP",
    "/markets/JP",
    "/sources/s900",
    "/sources?page=4",
    "/people?q=script",
    "/search?q=script",
)


@pytest.mark.parametrize("path", WHERE)
async def test_a_hostile_name_is_text(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 200
    assert "<script" not in response.text.lower()
    assert "<img" not in response.text.lower()
    assert "49" not in html.words(html.one(html.parse(response.text), "h1"))
    assert str(escape(HOSTILE[:40])) in response.text or str(escape(RTL)) in response.text


async def test_the_whole_name_is_there(client: httpx.AsyncClient) -> None:
    tree = html.parse((await client.get("/companies/evil")).text)
    assert html.words(html.one(tree, "h1")) == " ".join(HOSTILE.split())
    assert html.one(html.one(tree, "h1"), "bdi").get("class") == "long"


async def test_what_turns_the_writing_round_is_isolated(client: httpx.AsyncClient) -> None:
    tree = html.parse((await client.get("/companies/evil")).text)
    isolated = {html.words(bdi) for bdi in html.every(tree, "bdi")}
    assert RTL in isolated
    loose = [e for e in tree.iter() if e.tag not in ("bdi", "title") and "\u202e" in (e.text or "")]
    assert {str(e.tag).rpartition("}")[2] for e in loose} <= {"text", "title", "td"}


async def test_a_hostile_query_is_text(client: httpx.AsyncClient) -> None:
    for path in ("/search", "/companies", "/exporters"):
        response = await client.get(path, params={"q": HOSTILE[:100]})
        assert response.status_code == 200
        assert "<script" not in response.text
    response = await client.get("/exporters", params={"market": HOSTILE[:100]})
    assert response.status_code == 400
    assert "<script" not in response.text


async def test_a_hostile_address_is_text(client: httpx.AsyncClient) -> None:
    response = await client.get('/companies/"><script>alert(1)</script>')
    assert response.status_code == 404
    assert "<script" not in response.text


@pytest.mark.parametrize("name", ["evil", "rtl", "luminex", "voka-limburg"])
async def test_the_picture_is_xml_without_anything_active(client: httpx.AsyncClient, name: str) -> None:
    response = await client.get(f"/companies/{name}/network.svg")
    assert response.headers["content-type"] == "image/svg+xml; charset=utf-8"
    root = ElementTree.fromstring(response.text)  # noqa: S314 (made by ourselves)
    tags = {str(e.tag).rpartition("}")[2] for e in root.iter()}
    assert tags <= {"svg", "g", "title", "path", "rect", "circle", "text"}
    allowed = {
        "class",
        "fill",
        "role",
        "points",
        "x",
        "y",
        "d",
        "r",
        "rx",
        "cx",
        "cy",
        "width",
        "height",
        "viewBox",
    }
    for element in root.iter():
        for attribute in element.attrib:
            known = attribute in allowed or attribute.startswith(
                ("stroke", "font-", "text-", "aria-", "paint-")
            )
            assert known, attribute


@pytest.mark.parametrize(
    ("text", "long"),
    [("x" * 25, True), ("x" * 24, False), ("kort maar met veel woorden", False), (None, False)],
)
def test_only_words_that_do_not_fit_break_anywhere(text: object, long: bool) -> None:
    assert unbroken(text) is long
