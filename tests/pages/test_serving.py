"""Lists in pages, what was erased, the terms of the ontology, and the headers of it all."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from starlette.datastructures import QueryParams

from api.app import create_app
from api.pages import listing, vocabulary
from api.pages.face import Face
from graph.build import build_release
from graph.index import ListAnswer, PageRequest
from graph.model.iris import Minter
from graph.settings import Settings
from graph.store.erased import Erased
from tests.pages import html
from tests.pages.conftest import _write

pytestmark = pytest.mark.anyio

LIST = Face("nl", "/companies", (("q", "x"), ("page", "2")))


def pager(page: int, items: int, total: int) -> dict[str, object]:
    answer = ListAnswer([{}] * items, total)
    return listing.pager(LIST, answer, PageRequest(page, 10))


def test_the_first_of_three_pages() -> None:
    assert pager(1, 10, 25) == {
        "total": 25,
        "first": 1,
        "last": 10,
        "previous": None,
        "next": "/companies?q=x&page=2",
    }


def test_the_middle_page_leads_both_ways_and_the_first_has_no_number() -> None:
    found = pager(2, 10, 25)
    assert (found["first"], found["last"]) == (11, 20)
    assert (found["previous"], found["next"]) == ("/companies?q=x", "/companies?q=x&page=3")


def test_the_last_page_ends() -> None:
    found = pager(3, 5, 25)
    assert (found["last"], found["previous"], found["next"]) == (25, "/companies?q=x&page=2", None)


def test_a_page_that_is_exactly_full_is_the_last() -> None:
    assert pager(1, 10, 10)["next"] is None


def test_the_data_of_a_list_are_all_of_it() -> None:
    query = QueryParams("market=CN&market=&page=2&pageSize=5&lang=fr&format=csv&q=a")
    assert listing.without_page(query) == [("market", "CN"), ("q", "a")]


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_every_term_has_words_in_each_language(lang: str) -> None:
    groups = vocabulary.groups(lang)
    assert [group["kind"] for group in groups] == ["classes", "properties", "codes"]
    for term in vocabulary.terms():
        if term.kinds and term.labels:
            assert term.labels[lang]


def test_terms_are_written_short() -> None:
    assert vocabulary.Term("https://w3id.org/verre/ns#Award").short == "verre:Award"
    assert vocabulary.Term("https://w3id.org/verre/code/unit/tonne").short == "unit/tonne"


def test_terms_have_anchors_of_their_own() -> None:
    anchors = [term["id"] for group in vocabulary.groups("nl") for term in group["terms"]]
    assert len(anchors) == len(set(anchors)) > 100


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FastAPI]:
    """An application on the hostile sheets alone, from which three things were erased."""
    settings = Settings(home=tmp_path_factory.mktemp("erased"))
    build_release(settings, [_write(tmp_path_factory.mktemp("few"))])
    made = create_app(settings)
    minter = Minter(settings.base_iri)
    erased = Erased(made.state.services.releases.layout.erased)
    for kind, ref in (
        ("organization", "x/gone"),
        ("person", "gone"),
        ("source", "gone"),
        ("mission", "gone"),
    ):
        erased.add([minter.thing(kind, ref).value])
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
async def few(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that looks at it."""
    transport = httpx.ASGITransport(app)
    headers = {"Accept": "text/html", "Accept-Language": "nl"}
    async with httpx.AsyncClient(transport=transport, base_url="http://verre.test", headers=headers) as made:
        yield made


@pytest.mark.parametrize("path", ["/companies/gone", "/people/gone", "/sources/gone", "/missions/gone"])
async def test_what_was_erased_says_so(few: httpx.AsyncClient, path: str) -> None:
    response = await few.get(path)
    assert response.status_code == 410
    assert html.words(html.one(html.parse(response.text), "h1")) == "Dit is uitgewist"


@pytest.mark.parametrize(
    "path", ["/companies/nope", "/people/nope", "/sources/nope", "/missions/nope", "/markets/nope"]
)
async def test_what_never_was_is_not_found(few: httpx.AsyncClient, path: str) -> None:
    response = await few.get(path)
    assert response.status_code == 404
    assert html.words(html.one(html.parse(response.text), "h1")) == "Dat kennen we niet"


async def test_a_small_graph_has_pages_too(few: httpx.AsyncClient) -> None:
    for path in (
        "/",
        "/exporters",
        "/companies",
        "/markets",
        "/missions",
        "/people",
        "/statistics",
        "/sources",
    ):
        response = await few.get(path)
        assert response.status_code == 200, path
        html.parse(response.text)


async def test_without_figures_there_is_no_chart(few: httpx.AsyncClient) -> None:
    for path in ("/", "/statistics"):
        tree = html.parse((await few.get(path)).text)
        assert not [svg for svg in tree.iter(f"{html.SVG}svg") if svg.get("role") == "img"]


async def test_empty_lists_say_so(few: httpx.AsyncClient) -> None:
    assert "Geen naam bevat deze letters." in (await few.get("/companies?q=zzzz")).text
    assert "0 missies" in html.words(html.one(html.parse((await few.get("/missions")).text), "h1"))


async def test_a_cut_list_of_a_market_says_so(settings: Settings) -> None:
    small = settings.model_copy(update={"page_size_max": 2, "page_size": 2})
    app = create_app(small)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://verre.test") as client:
            response = await client.get("/markets/CN?lang=nl")
    assert "Alleen de eerste 2 staan hier; de lijst heeft ze allemaal." in response.text


async def test_the_second_reader_gets_what_the_first_got(client: httpx.AsyncClient) -> None:
    first = await client.get("/markets/JP?lang=en")
    second = await client.get("/markets/JP?lang=en")
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    other = await client.get("/markets/JP?lang=fr")
    assert other.headers["etag"] != first.headers["etag"]


async def test_a_tag_of_before_gets_the_page(client: httpx.AsyncClient) -> None:
    response = await client.get("/about", headers={"If-None-Match": '"older"'})
    assert response.status_code == 200


@pytest.mark.parametrize("number", ["0", "x", "-1"])
async def test_a_page_number_that_is_none_is_a_bad_request(client: httpx.AsyncClient, number: str) -> None:
    response = await client.get(f"/companies?page={number}")
    assert response.status_code == 400
    assert "page" in response.text


async def test_an_unknown_parameter_is_a_bad_request(client: httpx.AsyncClient) -> None:
    response = await client.get("/exporters?markt=CN")
    assert response.status_code == 400
    assert "bedoelde u market?" in response.text
