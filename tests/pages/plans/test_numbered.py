"""The sources of a paper: each has one number, given when it is first named."""

from __future__ import annotations

import pytest

from api.pages.face import Face
from api.pages.plans.numbered import Numbered
from tests.pages.samples import source

EN = Face("en")


def test_a_number_is_kept_however_often_a_source_is_named() -> None:
    numbered = Numbered()
    assert [numbered.of([source(ref)]) for ref in ("s9", "s2", "s9", "s5", "s2")] == [[1], [2], [1], [3], [2]]
    assert [each["n"] for each in numbered.listed(EN)] == [1, 2, 3]
    assert [each["line"].rpartition(", ")[2] for each in numbered.listed(EN)] == ["s9", "s2", "s5"]


def test_numbers_stand_once_and_in_order() -> None:
    numbered = Numbered()
    numbered.of([source("a"), source("b"), source("c")])
    assert numbered.of([source("c"), source("a"), source("c")]) == [1, 3]


def test_what_is_asked_beside_takes_no_number() -> None:
    numbered = Numbered()
    assert numbered.of([]) == numbered.of(None) == []
    assert numbered.listed(EN) == []
    assert numbered.of([source("s1")]) == [1]


def test_lines_are_numbered_from_the_first_to_the_last() -> None:
    told = Numbered().lines(
        [
            {"text": "b", "sources": [source("s2")]},
            {"text": "nobody says so"},
            {"text": "a", "sources": [source("s1"), source("s2")]},
        ]
    )
    assert told == [
        {"text": "b", "sources": [1]},
        {"text": "nobody says so", "sources": []},
        {"text": "a", "sources": [1, 2]},
    ]


def test_a_source_is_called_by_its_title_else_by_who_published_it_else_by_its_key() -> None:
    numbered = Numbered()
    for ref, without in (("s1", ()), ("s2", ("title",)), ("s3", ("title", "publisher"))):
        numbered.of([{name: value for name, value in source(ref).items() if name not in without}])
    assert [each["title"] for each in numbered.listed(EN)] == ["Titel", "Blad", "s3"]
    assert numbered.listed(EN)[2]["line"] == "19 February 2018, s3"


@pytest.mark.parametrize(
    ("lang", "day", "closed"),
    [
        ("nl", "19 februari 2018", "niet openbaar"),
        ("en", "19 February 2018", "not public"),
        ("fr", "19 février 2018", "non public"),
    ],
)
def test_the_line_of_a_source_in_each_language(lang: str, day: str, closed: str) -> None:
    numbered = Numbered()
    numbered.of([source("s1"), {**source("s2", date=None), "access": "restricted"}])
    assert [each["line"] for each in numbered.listed(Face(lang))] == [
        f"Blad, {day}, s1",
        f"Blad, {closed}, s2",
    ]


@pytest.mark.parametrize(
    ("url", "web"),
    [
        ("https://example.org/a", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        (None, False),
    ],
)
def test_only_a_web_address_becomes_a_link(url: str | None, web: bool) -> None:
    numbered = Numbered()
    numbered.of([{**source(), "url": url}])
    (listed,) = numbered.listed(EN)
    assert (listed["web"], listed["url"]) == (web, url or "")
