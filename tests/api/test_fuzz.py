"""Whatever is asked, the answer is an answer or a problem: never a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from api.app import create_app
from api.lists import RESOURCES
from api.negotiation import DATA
from api.parameters import names
from graph.settings import Settings
from tests.api.helpers import Waiting, waiting

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
WORDS = st.sampled_from(
    ["CN", "ASIA", "Japan", "limburg", "active", "withdrawn", "yes", "unknown", "name", "-name", "true", "1", "0", "-1", "2018",
     "2018-02-19", "luminex", "0429593895", "Genk", "json", "csv", "ttl", "nl", "000001", "*", "%", "'", "winner"]
)  # fmt: skip
PRINTED = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)
VALUES = st.one_of(WORDS, TEXT)
FUZZ = limits(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FINE = {200, 304, 400, 404, 406, 410}


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Waiting]:
    """A client that waits, on an application of its own: Hypothesis draws no coroutines."""
    with waiting(create_app(settings)) as made:
        yield made


def sound(response: httpx.Response) -> None:
    assert response.status_code in FINE, response.text[:500]
    if response.status_code >= 400:
        assert response.headers["content-type"] in ("application/problem+json", "text/html; charset=utf-8")
        assert "Traceback" not in response.text


@FUZZ
@given(name=st.sampled_from(sorted(RESOURCES)), data=st.data())
def test_any_parameters_of_a_list(client: Waiting, name: str, data: st.DataObject) -> None:
    known = names(RESOURCES[name].query)
    asked = data.draw(st.lists(st.tuples(st.one_of(st.sampled_from(known), TEXT), VALUES), max_size=5))
    sound(client.get(f"/v1/{name}", params=asked))


@FUZZ
@given(accept=st.one_of(PRINTED, st.lists(st.sampled_from([f.media_type for f in DATA] + ["*/*", "text/*", "x/y", "text/html"])).map(", ".join)),
       language=PRINTED, tag=PRINTED)  # fmt: skip
def test_any_headers(client: Waiting, accept: str, language: str, tag: str) -> None:
    wanted = {"Accept": accept, "Accept-Language": language, "If-None-Match": tag}
    sound(client.get("/v1/exporters?market=TH", headers=wanted))


@FUZZ
@given(ref=VALUES)
def test_any_reference_of_a_thing(client: Waiting, ref: str) -> None:
    raw = quote(ref)
    paths = (
        "/v1/companies/",
        "/id/organization/",
        "/doc/source/",
        "/code/",
        "/graph/source/",
        "/v1/markets/",
        "/v1/queries/",
    )
    for path in paths:
        sound(client.get(f"{path}{raw}", follow_redirects=True))


@FUZZ
@given(text=st.one_of(TEXT, st.sampled_from(["SELECT", "ASK {", "CONSTRUCT {} {}", "SELECT * {} LIMIT 0", "PREFIX", "#", "DESCRIBE <x>"])),
       way=st.sampled_from(["get", "form", "body"]))  # fmt: skip
def test_any_text_as_a_query(client: Waiting, text: str, way: str) -> None:
    if way == "get":
        response = client.get("/sparql", params={"query": text})
    elif way == "form":
        response = client.post("/sparql", data={"query": text})
    else:
        kind = {"Content-Type": "application/sparql-query"}
        response = client.post("/sparql", content=text.encode(), headers=kind)
    assert response.status_code in (200, 400, 403), response.text[:300]


@FUZZ
@given(
    values=st.lists(
        st.tuples(st.sampled_from(["market", "status", "asOf", "includeEnded", "today"]), VALUES), max_size=4
    )
)
def test_any_values_of_a_stored_question(client: Waiting, values: list[tuple[str, str]]) -> None:
    sound(client.get("/v1/queries/exporters", params=values))
