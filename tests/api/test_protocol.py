"""The SPARQL protocol: three ways to ask, each decoded once."""

from __future__ import annotations

import gzip
from types import SimpleNamespace
from typing import cast
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from api import protocol
from api.errors import PayloadTooLarge, UnsupportedMediaType
from api.services import Services
from graph.errors import InputError, QueryRefused
from graph.settings import Settings
from tests.api.requests import at_once
from tests.api.requests import request as by_hand

SETTINGS = Settings(query_length=100, query_timeout_max=5, body_bytes=2000)
SERVICES = cast(Services, SimpleNamespace(settings=SETTINGS, in_thread=at_once))
ASK = "ASK { <http://e/a%20b> ?p '+' }"

pytestmark = pytest.mark.anyio


def request(method: str, query: str = "", body: bytes = b"", kind: str = "", **headers: str) -> Request:
    named = {"Content-Type": kind} if kind else {}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    return by_hand(method, "/sparql", query, headers=named, body=[body])


async def read(asked: Request) -> protocol.Asked:
    return await protocol.read(asked, SERVICES)


async def get(**fields: str) -> protocol.Asked:
    return await read(request("GET", urlencode(fields, quote_via=quote)))


async def form(body: str, query: str = "", kind: str = protocol.FORM) -> protocol.Asked:
    return await read(request("POST", query, body.encode(), kind))


async def change(
    body: str | bytes = "", query: str = "", kind: str = protocol.UPDATE, **headers: str
) -> protocol.Change:
    raw = body.encode() if isinstance(body, str) else body
    return await protocol.read_change(request("POST", query, raw, kind, **headers), SERVICES)


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
            await read(ask)
    with pytest.raises(InputError):
        await read(request("GET", "query=a&timeout=1&timeout=2"))


async def test_an_update_is_refused_with_the_reason() -> None:
    for ask in (
        request("GET", "update=CLEAR%20ALL"),
        request("POST", "", b"update=CLEAR+ALL", protocol.FORM),
        request("POST", "", b"CLEAR ALL", protocol.UPDATE),
    ):
        with pytest.raises(QueryRefused) as caught:
            await read(ask)
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
            await read(ask)


async def test_a_long_query_names_the_setting() -> None:
    with pytest.raises(PayloadTooLarge) as caught:
        await get(query="x" * 101)
    assert caught.value.setting == "query_length"


async def test_a_packed_query_is_unpacked_and_bounded() -> None:
    packed = gzip.compress(ASK.encode())
    asked = await read(request("POST", "", packed, protocol.QUERY, Content_Encoding="gzip"))
    assert asked.text == ASK
    with pytest.raises(PayloadTooLarge) as caught:
        await change(gzip.compress(bytes(3000)), Content_Encoding="gzip")
    assert caught.value.setting == "body_bytes"


async def test_an_update_comes_as_body_or_as_form() -> None:
    text = "INSERT DATA { GRAPH <http://e/a%20b> { <http://e/s> <http://e/p> '+' } }"
    assert (await change(text)).text == text
    assert (await change(urlencode({"update": text}), kind=protocol.FORM)).text == text
    asked = await change("CLEAR ALL")
    assert (asked.timeout, asked.using, asked.using_named) == (None, None, None)


async def test_what_an_update_works_on() -> None:
    asked = await change("CLEAR ALL", "using-graph-uri=http://e/1&using-graph-uri=http://e/2&timeout=300")
    assert (asked.using, asked.using_named, asked.timeout) == (("http://e/1", "http://e/2"), (), 300)
    asked = await change("update=x&using-named-graph-uri=http%3A%2F%2Fe%2F1", kind=protocol.FORM)
    assert (asked.using, asked.using_named) == ((), ("http://e/1",))
    with pytest.raises(InputError) as caught:
        await change("CLEAR ALL", "using-graph-uri=relative")
    assert caught.value.issues[0].name == "using-graph-uri"


@pytest.mark.parametrize(
    ("body", "query", "kind"),
    [
        ("update=a&update=b", "", protocol.FORM),
        ("a", "update=b", protocol.UPDATE),
        ("timeout=1", "", protocol.FORM),
        ("update=a&query=b", "", protocol.FORM),
        ("a", "query=b", protocol.UPDATE),
    ],
)
async def test_one_update_and_nothing_else(body: str, query: str, kind: str) -> None:
    with pytest.raises(InputError):
        await change(body, query, kind)


async def test_other_kinds_of_updates_are_not_read() -> None:
    for kind in ("", "text/plain", protocol.QUERY, f"{protocol.UPDATE}; charset=UTF-16"):
        with pytest.raises(UnsupportedMediaType):
            await change("CLEAR ALL", kind=kind)
    with pytest.raises(InputError):
        await change(b"\xff")
