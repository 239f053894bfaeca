"""The preview and the page for spreadsheets are as good HTML as all others, whatever names they show."""

from __future__ import annotations

import httpx
import pytest

from api.pages.catalogue import LANGUAGES
from tests.pages import html
from tests.pages.samples import HOSTILE, RTL
from tests.pages.test_pages import check

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("ref", ["organization/x/evil", "organization/x/rtl", "market/JP", "mission/m-japan"])
async def test_a_preview_needs_nothing_but_our_stylesheet(
    client: httpx.AsyncClient, ref: str, lang: str
) -> None:
    response = await client.get("/reconcile/preview", params={"id": ref}, headers={"Accept-Language": lang})
    assert response.status_code == 200
    tree = html.parse(response.text)
    assert html.one(tree, "html").get("lang") == lang
    assert not list(html.every(tree, "script", "style", "iframe", "img", "object"))
    assert not [e.tag for e in tree.iter() if any(name.startswith("on") for name in dict(e.attrib))]
    assert all(link.get("rel") == "noopener" for link in html.every(tree, "a"))
    labels, values = list(html.every(tree, "dt")), list(html.every(tree, "dd"))
    assert len(labels) == len(values)


@pytest.mark.parametrize(("ref", "name"), [("evil", HOSTILE), ("rtl", RTL)])
async def test_a_hostile_name_is_text_in_previews_and_flyouts(
    client: httpx.AsyncClient, ref: str, name: str
) -> None:
    page = (await client.get(f"/reconcile/preview?id=organization/x/{ref}")).text
    assert html.words(html.one(html.parse(page), "h1")) == " ".join(name.split())
    fly = (
        await client.get(
            f"/reconcile/flyout/entity?id=organization/x/{ref}", headers={"Accept": "application/json"}
        )
    ).json()
    assert "<script" not in fly["html"]
    assert "<img" not in fly["html"]
    body = html.one(
        html.parse(f"<!DOCTYPE html><html lang=en><title>x</title><body>{fly['html']}</html>"), "body"
    )
    assert html.words(body).startswith(" ".join(name.split()))


async def test_wanting_is_told_apart_from_doing_where_two_sources_disagree(client: httpx.AsyncClient) -> None:
    page = (await client.get("/reconcile/preview?id=organization/x/evil&lang=en")).text
    told = dict(
        zip(
            [html.words(e) for e in html.every(html.parse(page), "dt")],
            [html.words(e) for e in html.every(html.parse(page), "dd")],
            strict=True,
        )
    )
    assert told["Exports to"] == "Japan"
    assert told["Withdrawn from"] == "Mexico"
    assert "Singapore" not in page


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_the_page_of_a_matched_sheet_is_good_html(client: httpx.AsyncClient, lang: str) -> None:
    text = f'Firma;Land\n"{HOSTILE.replace(chr(34), chr(34) * 2)}";BE\n{RTL};\nLuminex Network Intelligence;\n;\n=1+1;\n'
    sent = {"file": (f"{HOSTILE[:40]}.csv", text.encode(), "text/csv")}
    response = await client.post("/match", files=sent, headers={"Accept-Language": lang})
    assert response.status_code == 200, response.text
    check(response.text, lang)
    assert "<script" not in response.text
    assert html.words(html.parse(response.text)).count("alert(1)") >= 2
