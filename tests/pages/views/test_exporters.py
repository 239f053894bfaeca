"""The sentence that the filters make, the filters, and the rows."""

from __future__ import annotations

from typing import Any

import pytest

from api.pages.face import Face
from api.pages.views import exporters
from tests.pages.samples import LUMINEX, OTHER, Json, engagement, market, source


def sentence(lang: str, codes: tuple[str, ...] = (), total: int = 3, **asked: Any) -> str:
    markets = [market(code, lang) for code in codes]
    return str(exporters.sentence(Face(lang), asked, markets, total).striptags())


@pytest.mark.parametrize(
    ("lang", "codes", "asked", "words"),
    [
        ("nl", (), {}, "Bedrijven die exporteren of willen exporteren: 3"),
        (
            "nl",
            ("CN", "US"),
            {},
            "Bedrijven die exporteren of willen exporteren naar China of de Verenigde Staten: 3",
        ),
        (
            "fr",
            ("CN", "JP"),
            {},
            "Entreprises qui exportent ou veulent exporter en Chine ou au Japon : 3",
        ),
        (
            "en",
            ("JP",),
            {"area": True},
            "Companies of Limburg that export or want to export to Japan: 3",
        ),
        (
            "en",
            ("JP",),
            {"presence": ["Japan"], "day": "2018-02-19"},
            "Companies with a presence in the market Japan as of 19 February 2018 that export or want to export to Japan: 3",
        ),
        ("nl", ("JP",), {"status": ["targets"]}, "Bedrijven die willen exporteren naar Japan: 3"),
        ("nl", ("JP",), {"status": ["leading", "active"]}, "Bedrijven die exporteren naar Japan: 3"),
        (
            "nl",
            ("JP",),
            {"status": ["entering", "leading"]},
            "Bedrijven met als status ‘exporteert, topmarkt’ of ‘zet eerste stappen’ in Japan: 3",
        ),
        ("nl", ("WORLD",), {}, "Bedrijven die exporteren of willen exporteren wereldwijd: 3"),
        (
            "nl",
            (),
            {"sector": ["voeding"], "municipality": ["Genk", "Hasselt"], "q": "lum"},
            "Bedrijven in de sector voeding in Genk of Hasselt met ‘lum’ in de naam die exporteren of willen exporteren: 3",
        ),
    ],
)
def test_the_sentence(lang: str, codes: tuple[str, ...], asked: Json, words: str) -> None:
    assert sentence(lang, codes, **asked) == words


def test_numbers_in_the_sentence_are_written_as_the_language_does() -> None:
    assert sentence("nl", total=1234).endswith(": 1.234")


def test_what_was_typed_is_text() -> None:
    made = exporters.sentence(Face("nl"), {"q": "<b>"}, [], 0)
    assert "&lt;b&gt;" in made
    assert "<b>" not in made


def item(**more: Any) -> Json:
    facts = [
        engagement(
            "ASIA", "active", sources=[source("s002"), source("s001")], product={"iri": "p", "label": "P"}
        )
    ]
    standing = {"market": market("JP"), "status": "active", "regionLevel": True, "engagements": facts, **more}
    return {**LUMINEX, "markets": [standing]}


def test_a_row_says_for_what_a_fact_is_known() -> None:
    (row,) = exporters.rows([item()])
    (line,) = row["lines"]
    assert [m["code"] for m in line["known_for"]] == ["ASIA"]
    assert line["products"] == ["P"]
    assert [s["id"] for s in line["sources"]] == ["s001", "s002"]


def test_an_own_fact_is_known_for_itself() -> None:
    (row,) = exporters.rows([item(engagements=[engagement("JP", "active")])])
    assert row["lines"][0]["known_for"] == []


def partnership(principal: Json, partner: Json, **more: Any) -> Json:
    return {"principal": principal, "partner": partner, "role": "customer", "ended": False, **more}


def test_a_partner_is_the_other_one() -> None:
    assert exporters.tie(partnership(LUMINEX, OTHER), LUMINEX)["other"] == OTHER
    seen = exporters.tie(partnership(OTHER, LUMINEX), LUMINEX)
    assert (seen["other"], seen["own"]) == (OTHER, True)


def test_the_same_partner_of_several_sources_stands_once() -> None:
    held = [partnership(LUMINEX, OTHER), partnership(LUMINEX, OTHER), partnership(LUMINEX, OTHER, ended=True)]
    (row,) = exporters.rows([item(partners=held)])
    assert [p["ended"] for p in row["lines"][0]["partners"]] == [False, True]


def test_a_branch_of_several_sources_stands_once() -> None:
    branch = {"organization": OTHER, "kind": "branch", "place": "Tokyo", "ended": False}
    site = {"organization": None, "kind": "site", "place": "Tokyo", "ended": False}
    (row,) = exporters.rows([item(presence=[branch, {**branch, "since": "2018"}, site])])
    assert row["lines"][0]["presence"] == [branch, site]
