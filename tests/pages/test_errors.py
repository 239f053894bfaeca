"""Errors as pages: what was asked, what was understood, what would work."""

from __future__ import annotations

import re

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import Request

import api.pages
from api.app import create_app
from api.pages.face import Face
from api.pages.views import errors
from graph.errors import NotFound
from graph.settings import Settings
from tests.pages import html

pytestmark = pytest.mark.anyio


def request(query: str = "", language: str = "nl") -> Request:
    headers = [(b"accept-language", language.encode())]
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/sparql",
        "headers": headers,
        "query_string": query.encode(),
    }
    return Request(scope | {"server": ("verre.test", 80), "scheme": "http"})


PROBLEM = {
    "title": "x",
    "detail": "stopped after 10 s",
    "setting": "VERRE_QUERY_TIMEOUT",
    "instance": "urn:verre:1",
}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "Deze vraag begrijpen we niet"),
        (404, "Dat kennen we niet"),
        (405, "Dat kan hier niet"),
        (410, "Dit is uitgewist"),
        (413, "Dat is te lang"),
        (418, "Deze vraag begrijpen we niet"),
        (500, "Er ging hier iets mis"),
        (502, "Er ging hier iets mis"),
        (503, "Even geduld"),
        (504, "Gestopt: het duurde te lang"),
        (507, "Het antwoord is te groot"),
    ],
)
def test_each_error_says_what_it_is(status: int, words: str) -> None:
    response = api.pages.error_page(request(), status, PROBLEM)
    assert response.status_code == status
    tree = html.parse(bytes(response.body).decode())
    assert html.words(html.one(tree, "h1")) == words
    text = html.words(html.one(tree, "main"))
    assert "stopped after 10 s" in text
    assert "VERRE_QUERY_TIMEOUT" in text
    assert "urn:verre:1" in text


@pytest.mark.parametrize(
    ("query", "header", "lang"), [("lang=fr", "nl", "fr"), ("lang=xx", "en", "en"), ("", "de", "nl")]
)
def test_an_error_page_never_fails_over_its_language(query: str, header: str, lang: str) -> None:
    response = api.pages.error_page(request(query, header), 400, {})
    assert response.headers["content-language"] == lang


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "market = Korae: dat kennen we hier niet; bedoelde u Korea, Kroatië?"),
        ("en", "market = Korae: that is not known here; did you mean Korea, Kroatië?"),
        ("fr", "market = Korae: inconnu ici; vouliez-vous dire Korea, Kroatië ?"),
    ],
)
def test_a_name_that_is_not_known_is_told_in_the_language_of_the_page(language: str, words: str) -> None:
    detail = "'Korae' is not known here: did you mean Korea, Kroatië?"
    issue = {"name": "market", "detail": detail, "value": "Korae"}
    response = api.pages.error_page(request(f"lang={language}"), 400, {"issues": [issue]})
    tree = html.parse(bytes(response.body).decode())
    (item,) = [
        li for li in html.every(tree, "li") if "market" in html.words(li) and "Korae" in html.words(li)
    ]
    assert re.sub(r"\s", " ", html.words(item)) == words
    assert item.get("lang") is None


def test_what_is_told_in_english_only_says_so() -> None:
    issue = {"name": "page", "detail": "a whole number from 1", "value": "x"}
    response = api.pages.error_page(request(), 400, {"issues": [issue]})
    tree = html.parse(bytes(response.body).decode())
    (item,) = [li for li in html.every(tree, "li") if "a whole number" in html.words(li)]
    assert item.get("lang") == "en"


def test_what_was_meant_is_one_link_away() -> None:
    face = Face("nl", "/exporters", (("market", "CN"), ("market", "Korae"), ("status", "active")))
    issue = {"in": "query", "name": "market", "detail": "did you mean South Korea, Korea?", "value": "Korae"}
    found = [s["href"] for s in errors.suggestions(face, 400, [issue])]
    assert found[:2] == [
        "/exporters?status=active&market=CN&market=South+Korea",
        "/exporters?status=active&market=CN&market=Korea",
    ]


def test_a_mistyped_path_is_mended() -> None:
    face = Face("nl", "/companies/luminx")
    issue = {"in": "path", "name": "ref", "detail": "did you mean luminex or luminus?", "value": "luminx"}
    found = [s["href"] for s in errors.suggestions(face, 404, [issue])]
    assert found[:2] == ["/companies/luminex", "/companies/luminus"]


def test_an_issue_about_something_else_suggests_nothing() -> None:
    issue = {"name": "Accept", "detail": "did you mean text/html?", "value": "x"}
    assert errors.suggestions(Face("nl", "/sparql"), 406, [issue]) == []


@pytest.mark.parametrize(
    ("path", "words"), [("/companies/luminex-network", "luminex network"), ("/", ""), ("/a/B_C/", "B C")]
)
def test_the_search_box_holds_a_guess(path: str, words: str) -> None:
    assert errors.guess(path) == words


async def test_a_kind_without_a_page_says_so(client: httpx.AsyncClient) -> None:
    transport = client._transport
    assert isinstance(transport, httpx.ASGITransport)
    app = transport.app
    assert isinstance(app, FastAPI)
    asked = request()
    asked.scope["app"] = app
    with pytest.raises(NotFound, match="engagement"):
        await api.pages.doc_page(asked, "engagement", "x")


async def test_suggestions_lead_somewhere(client: httpx.AsyncClient) -> None:
    for path in ("/companies/luminx", "/exporters?market=Zuid-Korae"):
        response = await client.get(path)
        main = html.one(html.parse(response.text), "main")
        links = html.links(main)
        assert links
        for href in links:
            assert (await client.get(href)).status_code == 200


async def test_without_a_release_pages_ask_for_patience(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = create_app(Settings(home=tmp_path_factory.mktemp("empty")))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://verre.test") as client:
            response = await client.get("/", headers={"Accept": "text/html", "Accept-Language": "fr"})
    assert response.status_code == 503
    assert html.words(html.one(html.parse(response.text), "h1")) == "Un instant"
    assert response.headers["retry-after"]


async def test_a_machine_gets_no_page(client: httpx.AsyncClient) -> None:
    response = await client.get("/companies/luminx", headers={"Accept": "application/json"})
    assert response.headers["content-type"] == "application/problem+json"
