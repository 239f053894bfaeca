"""The context of a request."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.requests import Request

from api.deps import context, offering, page_context
from api.errors import NotAcceptable
from api.negotiation import CSV, DATA, HTML, JSON, XLSX
from graph.errors import InputError, NotFound
from tests.api.conftest import TODAY

pytestmark = pytest.mark.anyio


def request(app: FastAPI, target: str = "/v1/companies", **headers: str) -> Request:
    path, _, query = target.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [
            (name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()
        ],
        "server": ("inner", 8000),
        "app": app,
        "state": {},
    }
    return Request(scope)


async def test_what_is_settled_for_a_request(app: FastAPI) -> None:
    made = context(request(app, "/v1/companies?lang=fr", Accept="text/csv", Host="verre.test"), DATA)
    assert (made.lang, made.format, made.release, made.today) == ("fr", CSV, "000001", TODAY)
    assert made.settings is app.state.services.settings
    assert made.base == "https://w3id.org/verre/"
    assert (made.origin, made.target) == ("https://verre.test", "/v1/companies?lang=fr")


async def test_an_iri_of_ours_is_a_path_here(app: FastAPI) -> None:
    made = context(request(app), DATA)
    assert made.local("https://w3id.org/verre/id/organization/x/luminex") == "/id/organization/x/luminex"
    assert made.local("http://publications.europa.eu/x") == "http://publications.europa.eu/x"


@pytest.mark.parametrize("host", ["verre.test", "verre.test:8000", "[::1]:8000", "127.0.0.1"])
async def test_hosts_that_can_be(app: FastAPI, host: str) -> None:
    assert context(request(app, Host=host), DATA).origin == f"https://{host}"


@pytest.mark.parametrize("host", ["a b", "a/b", "a@b", "a:b", "a:999999", "[::1", "é"])
async def test_hosts_that_cannot(app: FastAPI, host: str) -> None:
    assert context(request(app, Host=host), DATA).origin == ""


async def test_what_cannot_be_made_is_refused(app: FastAPI) -> None:
    with pytest.raises(NotAcceptable):
        context(request(app, Accept="image/png"), DATA)
    with pytest.raises(InputError):
        context(request(app, "/x?format=nosuch"), DATA)
    with pytest.raises(InputError):
        context(request(app, "/x?format=csv"), (JSON,))
    with pytest.raises(NotFound):
        context(request(app, "/x?release=nosuch"), DATA)


async def test_a_dependency_looks_whether_the_release_is_kept(app: FastAPI) -> None:
    dependency = offering(DATA)
    assert (await dependency(request(app, "/x?release=000001"))).release == "000001"
    with pytest.raises(NotFound):
        await dependency(request(app, "/x?release=000077"))


async def test_a_page_is_html_of_the_current_release(app: FastAPI) -> None:
    made = await page_context(request(app, "/exporters", Accept="application/json", Accept_Language="en"))
    assert (made.format, made.lang, made.release) == (HTML, "en", "000001")


async def test_a_workbook_has_a_weak_tag(app: FastAPI) -> None:
    made = context(request(app, "/x?format=xlsx"), DATA)
    assert made.format is XLSX
    assert made.facts(strong=False).etag.startswith("W/")
    assert made.facts().etag.startswith('"')


async def test_the_index_and_threads_are_at_hand(app: FastAPI) -> None:
    made = context(request(app), DATA)
    assert await made.ask(lambda index: index.release) == "000001"
    assert await made.in_thread(lambda: 7) == 7
    answer = await made.query("ASK { ?s ?p ?o }", "text/turtle")
    assert answer.release == "000001"
