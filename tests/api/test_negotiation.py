"""`Accept` and `format=`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import negotiation as n
from api.errors import NotAcceptable
from graph.errors import InputError

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, n.JSON),
        ("", n.JSON),
        ("*/*", n.JSON),
        ("text/turtle", n.TURTLE),
        ("text/csv, application/json", n.JSON),
        ("application/json;q=0.5, text/csv;q=0.6", n.CSV),
        ("text/*", n.CSV),
        ("text/*, text/csv;q=0", n.TURTLE),
        ("*/*, application/json;q=0.1", n.CSV),
        ("text/turtle, */*", n.TURTLE),
        ("TEXT/Turtle ; Q=1", n.TURTLE),
        ('application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted"', n.JSONLD),
        ("nonsense, ;;;, text/turtle;q=x, text/csv", n.CSV),
        ("total nonsense", n.JSON),
        (BROWSER, n.JSON),
    ],
)
def test_data_formats(accept: str | None, expected: n.Format) -> None:
    assert n.accepted(accept, n.DATA) is expected


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "*/*;q=0", "text/html"])
def test_nothing_fits(accept: str) -> None:
    assert n.accepted(accept, n.DATA) is None
    with pytest.raises(NotAcceptable) as caught:
        n.choose(None, accept, n.DATA)
    assert "text/turtle" in caught.value.issues[0].detail


def test_a_browser_gets_html_of_a_document_and_curl_gets_turtle() -> None:
    assert n.accepted(BROWSER, n.DOCUMENT) is n.HTML
    assert n.accepted("*/*", n.DOCUMENT) is n.TURTLE


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (BROWSER, True),
        ("text/html", True),
        ("*/*", False),
        (None, False),
        ("text/html;q=0.5,application/json", False),
        ("application/json", False),
        ("text/html, application/json", False),
    ],
)
def test_who_wants_a_page(accept: str | None, expected: bool) -> None:
    assert n.prefers_html(accept) is expected


@pytest.mark.parametrize(
    ("name", "expected"), [("csv", n.CSV), ("TTL", n.TURTLE), ("turtle", n.TURTLE), ("json-ld", n.JSONLD)]
)
def test_format_comes_before_accept(name: str, expected: n.Format) -> None:
    assert n.choose(name, "application/json", n.DATA) is expected


def test_a_mistyped_format_is_told_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        n.choose("xslx", None, n.DATA)
    assert caught.value.issues[0].detail == "did you mean xlsx?"
    with pytest.raises(InputError) as caught:
        n.choose("%%%", None, n.DATA)
    assert "json, csv, xlsx, ttl, jsonld" in caught.value.issues[0].detail


def test_content_types_name_utf8_where_text_does() -> None:
    assert n.CSV.content_type == "text/csv; charset=utf-8"
    assert n.JSON.content_type == "application/json"


@given(st.text(max_size=80))
def test_no_header_is_too_odd(header: str) -> None:
    assert n.accepted(header, n.DATA) in (*n.DATA, None)


@given(st.permutations(["text/csv;q=0.3", "text/turtle;q=0.9", "application/json;q=0.5", "*/*;q=0.1"]))
def test_the_order_of_a_header_does_not_count_where_weights_differ(parts: list[str]) -> None:
    assert n.accepted(",".join(parts), n.DATA) is n.TURTLE
