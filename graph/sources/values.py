"""Cells to values: one small function a kind of column.

Each takes the text of a cell that is not empty and gives the value, or raises ValueError (or
UnknownValue) with one sentence that says what would be right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache
from urllib.parse import urlsplit

from babel.numbers import list_currencies

from graph.errors import UnknownValue
from graph.model import identifiers
from graph.model.dates import PartialDate
from graph.model.iris import slug
from graph.model.namespaces import COUNTRY
from graph.model.terms import NamedNode
from graph.sources.codes import CODES
from graph.sources.lookup import Lookup
from graph.sources.periods import Period
from graph.sources.tables import Column, plain

_LONGEST_KEY = 100
_BELGIAN_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")
_COMMA = re.compile(r"[+-]?\d+,(?:\d{1,2}|\d{4,})")
_BARE_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(?:[/?#:].*)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_POSTCODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{0,11}")

Reader = Callable[[str, Column, Lookup], object]


def clean(text: str) -> str:
    """A text with its letters composed and its white space as single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def parts(text: str) -> list[str]:
    """What stands between the `;` of a list."""
    return [part for part in map(str.strip, text.split(";")) if part]


def _text(text: str, column: Column, lookup: Lookup) -> str:
    return clean(text)


def _key(text: str, column: Column, lookup: Lookup) -> str:
    """A key is the same in every sheet, and the end of an IRI: one spelling only, but for capitals."""
    word = clean(text).casefold()
    if word != slug(word):
        raise ValueError(f"a key has letters without accents, digits and hyphens only: write {slug(word)!r}")
    if len(word) > _LONGEST_KEY:
        raise ValueError(f"a key has at most {_LONGEST_KEY} characters")
    return word


def _slug(text: str, column: Column, lookup: Lookup) -> str:
    return slug(text)


def _code(text: str, column: Column, lookup: Lookup) -> str:
    found = _codes(column.codes).get(plain(text))
    if found is None:
        raise ValueError(f"not one of the words for {column.name}: {', '.join(CODES[column.codes])}")
    return found


@cache
def _codes(name: str) -> dict[str, str]:
    return {plain(word): word for word in CODES[name]}


def _market(text: str, column: Column, lookup: Lookup) -> NamedNode:
    return lookup.find_market(text)


def _country(text: str, column: Column, lookup: Lookup) -> NamedNode:
    found = lookup.find_market(text)
    if not found.value.startswith(COUNTRY):
        raise ValueError("a region of the world; a country is needed, or nothing")
    return found


def _date(text: str, column: Column, lookup: Lookup) -> PartialDate:
    """Raises: other orders are not guessed, but the likely one is offered."""
    try:
        return PartialDate.parse(text)
    except ValueError:
        match = _BELGIAN_DATE.fullmatch(text.strip())
        likely = f"; for 3 April 2018 write 2018-04-03, here perhaps {_iso(match)}" if match else ""
        raise ValueError(f"no date: write 2018, 2018-02 or 2018-02-19{likely}") from None


def _iso(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _year(text: str, column: Column, lookup: Lookup) -> PartialDate:
    found = _date(text, column, lookup)
    if found.month is not None:
        raise ValueError(f"more than a year: write {found.year:04d}")
    return found


def _period(text: str, column: Column, lookup: Lookup) -> Period:
    return Period.parse(text)


def _decimal(text: str, column: Column, lookup: Lookup) -> Decimal:
    """A decimal comma is read; a comma before three digits could mean thousands, so it is not."""
    word = text.strip().replace("−", "-")
    if _COMMA.fullmatch(word):
        word = word.replace(",", ".")
    if not _NUMBER.fullmatch(word):
        raise ValueError("no number: write 22816 or 13.43, without marks between the thousands")
    try:
        return Decimal(word)
    except InvalidOperation as error:  # pragma: no cover - the pattern lets none through
        raise ValueError("no number") from error


def _percent(text: str, column: Column, lookup: Lookup) -> Decimal:
    value = _decimal(text.strip().removesuffix("%").rstrip(), column, lookup)
    if not 0 <= value <= 100:
        raise ValueError("a share lies between 0 and 100 percent")
    return value


def _unit(text: str, column: Column, lookup: Lookup) -> str:
    found = _codes("unit").get(plain(text))
    if found is not None:
        return found
    try:
        return _currency(text, column, lookup)
    except ValueError:
        raise ValueError(f"no unit: {', '.join(CODES['unit'])}, or a currency like EUR") from None


def _currency(text: str, column: Column, lookup: Lookup) -> str:
    word = text.strip().upper()
    if word not in _currencies():
        raise ValueError("no currency: write three letters like EUR (ISO 4217)")
    return word


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


def _url(text: str, column: Column, lookup: Lookup) -> str:
    """An http(s) address; a bare host name, as people write it, is taken as https."""
    word = text.strip()
    if "://" not in word and _BARE_HOST.fullmatch(word):
        word = f"https://{word}"
    try:
        split = urlsplit(word)
        if split.scheme not in ("http", "https") or not split.hostname or "." not in split.hostname:
            raise ValueError
        return NamedNode(word).value
    except ValueError:
        raise ValueError("no web address: write https://www.example.be/page") from None


def _enterprise_number(text: str, column: Column, lookup: Lookup) -> str:
    return identifiers.enterprise_number(text)


def _lei(text: str, column: Column, lookup: Lookup) -> str:
    return identifiers.lei(text)


def _nace(text: str, column: Column, lookup: Lookup) -> NamedNode:
    return lookup.find_nace(text)


def _language(text: str, column: Column, lookup: Lookup) -> str:
    word = text.strip().lower()
    if not _LANGUAGE.fullmatch(word):
        raise ValueError("no language: write two letters like nl (ISO 639)")
    return word


def _postcode(text: str, column: Column, lookup: Lookup) -> str:
    word = clean(text)
    if not _POSTCODE.fullmatch(word):
        raise ValueError("no postcode: write 3600")
    return word


KINDS: dict[str, Reader] = {
    "text": _text,
    "key": _key,
    "slug": _slug,
    "code": _code,
    "market": _market,
    "country": _country,
    "date": _date,
    "year": _year,
    "period": _period,
    "decimal": _decimal,
    "percent": _percent,
    "unit": _unit,
    "currency": _currency,
    "url": _url,
    "enterprise_number": _enterprise_number,
    "lei": _lei,
    "nace": _nace,
    "language": _language,
    "postcode": _postcode,
}
"""Kind of column -> what reads its cells."""


def read_value(text: str, column: Column, lookup: Lookup) -> object:
    """The value of a cell that is not empty; a tuple where the column is a list.

    Raises:
        ValueError: it cannot be read; the text says what would be right.
    """
    reader = KINDS[column.kind]
    try:
        if column.many:
            return tuple(dict.fromkeys(reader(part, column, lookup) for part in parts(text)))
        return reader(text, column, lookup)
    except UnknownValue as error:
        raise ValueError(error.issues[0].detail if error.issues else error.detail) from error
