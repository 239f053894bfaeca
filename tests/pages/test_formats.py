"""Numbers, amounts and dates: as each language writes them, and nothing rounded away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages import formats
from api.pages.catalogue import LANGUAGES


def plain(text: str) -> str:
    """With ordinary spaces, whichever the language uses between its digits."""
    return re.sub(r"\s", " ", text)


@pytest.mark.parametrize(
    ("value", "lang", "words"),
    [
        (22816, "nl", "22.816"),
        (22816, "en", "22,816"),
        (22816, "fr", "22 816"),
        ("635982042.42", "nl", "635.982.042,42"),
        (0, "nl", "0"),
        (None, "nl", ""),
        ("veel", "nl", "veel"),
    ],
)
def test_number(value: object, lang: str, words: str) -> None:
    assert plain(formats.number(value, lang)) == words


@pytest.mark.parametrize(
    ("value", "lang", "words"),
    [(13.43, "nl", "13,43%"), (12, "en", "12%"), (None, "nl", ""), ("?", "nl", "?")],
)
def test_percent(value: object, lang: str, words: str) -> None:
    assert plain(formats.percent(value, lang)) == words


@pytest.mark.parametrize(
    ("value", "words"), [(13.43, "+13,43%"), (-17, "−17%"), (0, "0%"), (None, ""), ("x", "")]
)
def test_change_has_its_sign(value: object, words: str) -> None:
    assert formats.change(value, "nl") == words


@pytest.mark.parametrize(
    ("value", "unit", "lang", "words"),
    [
        (865_000_000, "EUR", "nl", "865 miljoen euro"),
        (865_000_000, "EUR", "en", "865 million euros"),
        (865_000_000, "EUR", "fr", "865 millions d’euros"),
        (990_800_000, "EUR", "nl", "990,8 miljoen euro"),
        (635982042.42, "EUR", "nl", "635.982.042,42 euro"),
        (2_280_000_000, "http://example.org/currency/EUR", "nl", "2,28 miljard euro"),
        (1_000_000, "USD", "fr", "1 million de dollars des États-Unis"),
        (12, "percent", "nl", "12%"),
        (22816, "number", "nl", "22.816"),
        (3324, "tonne", "nl", "3.324 ton"),
        (2, "rank", "nl", "plaats 2"),
        (5, "barrel", "nl", "5 vat"),
    ],
)
def test_amount(value: float, unit: str, lang: str, words: str) -> None:
    assert plain(formats.amount(value, unit, lang, "vat")) == words


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_words_for_large_numbers_lose_nothing(value: Any) -> None:
    text = formats.spoken(value, "en")
    digits, _, word = text.partition(" ")
    factor = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[word]
    assert formats.decimal(digits.replace(",", "")) * factor == value  # type: ignore[operator]


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ({"value": 865_000_000, "unit": "EUR", "precision": "just-over"}, "iets meer dan 865 miljoen euro"),
        ({"value": 12, "unit": "percent", "precision": "almost"}, "bijna 12%"),
        ({"value": 20, "unit": "number", "precision": "exact"}, "20"),
        ({"value": 20, "precision": "roughly", "precisionLabel": "pakweg"}, "pakweg 20"),
        ({"min": 20, "max": 30, "unit": "percent"}, "20 tot 30%"),
        ({"min": 20, "max": None}, "minstens 20"),
        ({"min": None, "max": 30}, "hoogstens 30"),
        ({}, ""),
    ],
)
def test_figure_says_how_exact_it_is(fact: dict[str, Any], words: str) -> None:
    assert formats.figure(fact, "nl") == words


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("2018-02-19", "nl", "19 februari 2018"),
        ("2018-02-19", "fr", "19 février 2018"),
        ("2018-02", "en", "February 2018"),
        ("2018", "nl", "2018"),
        ("2021-H1", "nl", "eerste helft van 2021"),
        ("2021-Q3", "en", "third quarter of 2021"),
        ("2018-02-30", "nl", "2018-02-30"),
        ("ooit", "nl", "ooit"),
        (None, "nl", ""),
    ],
)
def test_dates_keep_their_precision(text: object, lang: str, words: str) -> None:
    assert formats.day(text, lang) == words


def test_a_number_is_no_boolean() -> None:
    assert formats.decimal(True) is None


@pytest.mark.parametrize(
    ("since", "until", "lang", "words"),
    [
        ("2026-03-08", "2026-03-12", "nl", "8 maart 2026 tot 12 maart 2026"),
        ("2026-03-08", "2026-03-12", "en", "8 March 2026 to 12 March 2026"),
        ("2026-03-08", "2026-03-12", "fr", "du 8 mars 2026 au 12 mars 2026"),
        ("2021-H1", "2026-03", "fr", "du premier semestre 2021 à mars 2026"),
        ("2021", "2026-Q2", "fr", "de 2021 au deuxième trimestre 2026"),
    ],
)
def test_a_span_is_told_with_the_articles_of_the_language(
    since: str, until: str, lang: str, words: str
) -> None:
    assert formats.fromto(since, until, lang) == words


@pytest.mark.parametrize(
    ("day", "lang", "words"),
    [
        ("2026-03-08", "nl", "sinds 8 maart 2026"),
        ("2026-03-08", "fr", "depuis le 8 mars 2026"),
        ("2026-03", "fr", "depuis mars 2026"),
        ("2021-H1", "fr", "depuis le premier semestre 2021"),
    ],
)
def test_a_beginning_is_told_with_the_articles_of_the_language(day: str, lang: str, words: str) -> None:
    assert formats.since(day, lang) == words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_no_date_stays_plain_text(lang: str) -> None:
    assert "<b>" in formats.since("<b>", lang)
    assert "<b>" in formats.fromto("<b>", "2020", lang)
