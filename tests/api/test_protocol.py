"""The SPARQL protocol: three ways to ask, each decoded once."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from api import protocol
from api.errors import PayloadTooLarge, UnsupportedMediaType
from graph.errors import InputError, QueryRefused
from graph.settings import Settings

SETTINGS = Settings(query_length=100, query_timeout_max=5)
ASK = "ASK { <http://e/a%20b> ?p '+' }"

pytestmark = pytest.mark.anyio


def request(method: str, query: str = "", body: bytes = b"", kind: str = "") -> Request:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", kind.encode())] if kind else []
    scope = {
        "type": "http",
        "method": method,
        "path": "/sparql",
        "query_string": query.encode(),
        "headers": headers,
    }
    return Request({**scope, "state": {}}, receive)


async def get(**fields: str) -> protocol.Asked:
    return await protocol.read(request("GET", urlencode(fields, quote_via=quote)), SETTINGS)


async def form(body: str, query: str = "", kind: str = protocol.FORM) -> protocol.Asked:
    return await protocol.read(request("POST", query, body.encode(), kind), SETTINGS)


async def test_all_three_ways_ask_the_same() -> None:
    by_get = await get(query=ASK)
    by_form = await form(urlencode({"query": ASK}))
    by_body = await form(ASK, kind="application/sparql-query; charset=UTF-8")
    assert by_get.text == by_form.text == by_body.text == ASK


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
async def test_no_text_is_decoded_twice(text: str) -> None:
    assert (await get(query=text)).text == text
    assert (await form(urlencode({"query": text}))).text == text
    assert (await form(text, kind=protocol.QUERY)).text == text


async def test_a_form_as_curl_sends_it_holds_plain_utf8() -> None:
    assert (await form("query=ASK { ?s ?p 'é' }")).text == "ASK { ?s ?p 'é' }"


async def test_everything_else_that_may_be_asked() -> None:
    asked = await get(query=ASK, timeout="2.5", format="csv", release="000001", unknown="ignored")
    assert (asked.timeout, asked.format, asked.release) == (2.5, "csv", "000001")
    assert (asked.default_graphs, asked.named_graphs) == (None, None)


async def test_the_dataset_of_the_protocol() -> None:
    asked = await form(urlencode({"query": ASK}), "default-graph-uri=http://e/1&default-graph-uri=http://e/2")
    assert asked.default_graphs == ("http://e/1", "http://e/2")
    assert asked.named_graphs == ()
    asked = await get(**{"query": ASK, "named-graph-uri": "http://e/1"})
    assert (asked.default_graphs, asked.named_graphs) == ((), ("http://e/1",))
    with pytest.raises(InputError) as caught:
        await get(**{"query": ASK, "named-graph-uri": "not an IRI"})
    assert caught.value.issues[0].name == "named-graph-uri"


async def test_a_get_without_query_is_no_error_a_post_is() -> None:
    assert (await get()).text is None
    with pytest.raises(InputError):
        await form("timeout=1")


@pytest.mark.parametrize("given_timeout", ["0", "-1", "nan", "x", ""])
async def test_a_deadline_is_a_number_of_seconds(given_timeout: str) -> None:
    with pytest.raises(InputError) as caught:
        await get(query=ASK, timeout=given_timeout)
    assert caught.value.issues[0].name == "timeout"


@pytest.mark.parametrize("given_timeout", ["5.01", "inf", "1e9"])
async def test_a_deadline_past_the_setting_names_it(given_timeout: str) -> None:
    with pytest.raises(InputError) as caught:
        await get(query=ASK, timeout=given_timeout)
    assert caught.value.setting == "query_timeout_max"
    assert (await get(query=ASK, timeout="5")).timeout == 5


async def test_two_queries_are_one_too_many() -> None:
    for ask in (
        request("GET", "query=a&query=b"),
        request("POST", "query=a", b"query=b", protocol.FORM),
        request("POST", "query=a", b"b", protocol.QUERY),
    ):
        with pytest.raises(InputError):
            await protocol.read(ask, SETTINGS)
    with pytest.raises(InputError):
        await protocol.read(request("GET", "query=a&timeout=1&timeout=2"), SETTINGS)


async def test_an_update_is_refused_with_the_reason() -> None:
    for ask in (
        request("GET", "update=CLEAR%20ALL"),
        request("POST", "", b"update=CLEAR+ALL", protocol.FORM),
        request("POST", "", b"CLEAR ALL", protocol.UPDATE),
    ):
        with pytest.raises(QueryRefused) as caught:
            await protocol.read(ask, SETTINGS)
        assert "only reads" in caught.value.detail


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data; boundary=x", "application/json"])
async def test_other_bodies_are_not_read(kind: str) -> None:
    with pytest.raises(UnsupportedMediaType) as caught:
        await form("query=a", kind=kind)
    assert caught.value.issues[0].name == "Content-Type"


async def test_what_is_no_utf8_is_refused() -> None:
    for ask in (
        request("GET", "query=%FF"),
        request("POST", "", b"query=%FF", protocol.FORM),
        request("POST", "", b"\xff", protocol.QUERY),
        request("POST", "", b"query=\xe9", protocol.FORM),
        request("GET", "&".join(["a=1"] * 1001)),
    ):
        with pytest.raises(InputError):
            await protocol.read(ask, SETTINGS)


async def test_a_long_query_names_the_setting() -> None:
    with pytest.raises(PayloadTooLarge) as caught:
        await get(query="x" * 101)
    assert caught.value.setting == "query_length"
