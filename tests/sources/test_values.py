"""Cells to values, kind by kind; and what is no such value, each wrong in one way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model.dates import PartialDate
from graph.model.iris import slug
from graph.model.namespaces import COUNTRY, NACE, region
from graph.sources.codes import CODES
from graph.sources.tables import Column
from graph.sources.values import clean, parts, read_value
from tests.sources.sheets import reference


def read(kind: str, text: str, *, codes: str = "", many: bool = False) -> object:
    return read_value(text, Column("x", kind, codes=codes, many=many), reference())


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  two   words\n", "two words"),
        ("text", "Cafe\u0301", "Café"),
        ("key", "acme-2", "acme-2"),
        ("key", "ACME", "acme"),
        ("slug", "Share of turnover", "share-of-turnover"),
        ("market", "Zuid-Korea", COUNTRY.KOR),
        ("market", "South Korea", COUNTRY.KOR),
        ("market", "Corée du Sud", COUNTRY.KOR),
        ("market", "KR", COUNTRY.KOR),
        ("market", "kor", COUNTRY.KOR),
        ("market", "http://publications.europa.eu/resource/authority/country/KOR", COUNTRY.KOR),
        ("market", "MIDDLE_EAST", region("MIDDLE_EAST")),
        ("country", "België", COUNTRY.BEL),
        ("date", "2018", PartialDate(2018)),
        ("date", "2018-02", PartialDate(2018, 2)),
        ("date", "2018-02-19", PartialDate(2018, 2, 19)),
        ("year", "2019", PartialDate(2019)),
        ("decimal", "22816", Decimal(22816)),
        ("decimal", "13.43", Decimal("13.43")),
        ("decimal", "13,43", Decimal("13.43")),
        ("decimal", "13,4", Decimal("13.4")),
        ("decimal", "13,4321", Decimal("13.4321")),
        ("decimal", "-5.2", Decimal("-5.2")),
        ("decimal", "−5", Decimal(-5)),
        ("percent", "0", Decimal(0)),
        ("percent", "100", Decimal(100)),
        ("percent", "33.3 %", Decimal("33.3")),
        ("unit", "number", "number"),
        ("unit", "Tonne", "tonne"),
        ("unit", "eur", "EUR"),
        ("currency", "usd", "USD"),
        ("url", "https://www.example.be/a?b=c#d", "https://www.example.be/a?b=c#d"),
        ("url", "www.example.be", "https://www.example.be"),
        ("url", "example.be/over-ons", "https://example.be/over-ons"),
        ("enterprise_number", "0403.170.701", "0403170701"),
        ("enterprise_number", "403170701", "0403170701"),
        ("lei", "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12"),
        ("nace", "26", NACE["26"]),
        ("nace", "26.11", NACE["2611"]),
        ("language", "NL", "nl"),
        ("postcode", "3600", "3600"),
        ("postcode", "6211 LM", "6211 LM"),
    ],
)
def test_values_that_are_read(kind: str, text: str, value: object) -> None:
    assert read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "hint"),
    [
        ("key", "acme nv", "acme-nv"),
        ("key", "acmé", "acme"),
        ("key", "a_b", "a-b"),
        ("key", "a/b", "a-b"),
        ("key", "C++", "'c'"),
        ("key", "-acme-", "acme"),
        ("key", "a" * 101, "at most 100"),
        ("market", "Vietnm", "Vietnam"),
        ("market", "Atlantis", "no country or region"),
        ("country", "Asia", "a country is needed"),
        ("date", "19/02/2018", "2018-02-19"),
        ("date", "2018-13", "write 2018"),
        ("date", "2018-02-30", "write 2018"),
        ("date", "spring 2018", "write 2018"),
        ("date", "18", "write 2018"),
        ("year", "2018-02", "write 2018"),
        ("year", "next", "write 2018"),
        ("period", "2018-H3", "two half-years"),
        ("decimal", "22.816,5", "without marks"),
        ("decimal", "22,816", "without marks"),
        ("decimal", "22 816", "without marks"),
        ("decimal", "1e5", "without marks"),
        ("decimal", "about 5", "no number"),
        ("decimal", "NaN", "no number"),
        ("decimal", "9" * 16, "no number"),
        ("percent", "140", "between 0 and 100"),
        ("percent", "100.01", "between 0 and 100"),
        ("percent", "-1", "between 0 and 100"),
        ("percent", "half", "no number"),
        ("unit", "boxes", "kilogram"),
        ("currency", "EURO", "EUR"),
        ("currency", "XQX", "EUR"),
        ("url", "javascript:alert(1)", "https://"),
        ("url", "ftp://example.be", "https://"),
        ("url", "https://a b.be", "https://"),
        ("url", "https://example.be/<x>", "https://"),
        ("url", "https://localhost", "https://"),
        ("url", "see their page", "https://"),
        ("url", "https://[x", "https://"),
        ("enterprise_number", "0403.170.702", "check digits"),
        ("enterprise_number", "12", "write 0403.170.701"),
        ("lei", "5493001KJTIIGC8Y1R13", "LEI"),
        ("nace", "00", "NACE 2.1"),
        ("nace", "62.010", "NACE 2.1"),
        ("language", "Dutch", "two letters"),
        ("language", "n1", "two letters"),
        ("postcode", "<3600>", "3600"),
        ("postcode", "3600 Genk, Limburg", "3600"),
    ],
)
def test_values_that_are_not_read_say_what_would_be_right(kind: str, text: str, hint: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        read(kind, text)
    assert hint in str(caught.value)


@pytest.mark.parametrize("word", ["foreign-partner", "foreign_partner", "Foreign Partner", "FOREIGNPARTNER"])
def test_words_of_code_lists_are_read_however_they_are_written(word: str) -> None:
    assert read("code", word, codes="organization-kind") == "foreign-partner"


def test_an_unknown_word_is_answered_with_the_right_ones() -> None:
    with pytest.raises(ValueError, match="not one of") as caught:
        read("code", "actief", codes="engagement-status")
    assert all(word in str(caught.value) for word in CODES["engagement-status"])


def test_every_word_is_read_as_itself() -> None:
    for name, words in CODES.items():
        assert [read("code", word, codes=name) for word in words] == list(words)


def test_lists_are_read_part_by_part_each_once() -> None:
    assert read("market", "CN; Vietnam ;;cn;", many=True) == (COUNTRY.CHN, COUNTRY.VNM)
    assert read("text", " ; ", many=True) == ()


def test_one_wrong_part_of_a_list_is_named() -> None:
    with pytest.raises(ValueError, match="no country or region"):
        read("market", "CN;Atlantis", many=True)


@settings(deadline=None)
@given(st.text(alphabet="abcdefghij0123456789-", min_size=1, max_size=30).filter(lambda t: slug(t) == t))
def test_keys_never_share_an_address(key: str) -> None:
    """What is taken as a key is the end of an IRI as it stands: two keys, two IRIs."""
    assert slug(str(read("key", key.upper()))) == key


@settings(deadline=None)
@given(st.text(max_size=50))
def test_clean_is_stable(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@settings(deadline=None)
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_decimals_are_read_as_they_are_written(value: Decimal) -> None:
    assert read("decimal", format(value, "f")) == value


def test_parts_leaves_empty_ones_out() -> None:
    assert parts("a; b;;c ;") == ["a", "b", "c"]
