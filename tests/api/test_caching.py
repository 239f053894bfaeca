"""ETags, and the answers kept ready."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.caching import Facts, Made, ReadyAnswers, matches, not_modified

FACTS = Facts("r1", "public", "2026-01-01", "nl", "json", "/v1/exporters?market=CN", "0.1")


@pytest.mark.parametrize(
    "other",
    [
        replace(FACTS, release="r2"),
        replace(FACTS, part="whole"),
        replace(FACTS, day="2026-01-02"),
        replace(FACTS, language="en"),
        replace(FACTS, format="csv"),
        replace(FACTS, url="/v1/exporters?market=TH"),
        replace(FACTS, version="0.2"),
        replace(FACTS, release="r1202", day="6-01-01"),
    ],
)
def test_each_fact_changes_the_tag(other: Facts) -> None:
    assert other.etag != FACTS.etag
    assert replace(other) == other


def test_parts_are_not_just_joined() -> None:
    assert replace(FACTS, language="n", format="ljson").etag != FACTS.etag


def test_weak_tags_are_marked_and_match_the_same() -> None:
    weak = replace(FACTS, strong=False)
    assert weak.etag == f"W/{FACTS.etag}"
    assert matches(FACTS.etag, weak.etag)
    assert matches(f'"x", {weak.etag}', FACTS.etag)
    assert not matches('"x"', FACTS.etag)
    assert not matches(None, FACTS.etag)
    assert matches(" * ", FACTS.etag)


def test_304_has_the_headers_of_the_answer_and_no_body() -> None:
    response = not_modified(FACTS.headers())
    assert (response.status_code, response.body) == (304, b"")
    assert response.headers["etag"] == FACTS.etag
    assert response.headers["vary"] == "Accept, Accept-Language, Authorization"
    assert response.headers["content-language"] == "nl"


def test_the_oldest_answers_go_first() -> None:
    ready = ReadyAnswers(limit=160)
    for name in "abcdefghijklmnopq":
        ready.put(name, Made(b"0123456789"))
        ready.get("a")
    assert ready.held <= 160
    assert ready.get("a") == Made(b"0123456789")
    assert ready.get("b") is None


def test_an_answer_that_would_push_out_all_others_is_not_kept() -> None:
    ready = ReadyAnswers(limit=160)
    ready.put("big", Made(b"x" * 11))
    ready.put("small", Made(b"x" * 10, {"Link": "x"}))
    ready.put("small", Made(b"y" * 10))
    assert ready.get("big") is None
    assert ready.get("small") == Made(b"x" * 10, {"Link": "x"})
    assert ready.held == 10
