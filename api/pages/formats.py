"""Numbers, amounts and dates as each language writes them; nothing is rounded silently."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal, format_percent, get_currency_name

from api.pages.catalogue import LOCALES, known, translate

_MILLION = 1_000_000
_MONTH = re.compile(r"\d{4}(-\d{2})?", re.ASCII)
"""A month or a year."""
_HALF = re.compile(r"(\d{4})-(H|Q)(\d)")
_VOWEL = "aeiouyéèêâ"


def decimal(value: object) -> Decimal | None:
    """A number out of JSON (number or text); None for nothing or no number."""
    if value is None or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def number(value: object, lang: str) -> str:
    """`22.816` in Dutch, `22,816` in English; every digit that was given."""
    amount = decimal(value)
    if amount is None:
        return "" if value is None else str(value)
    return str(format_decimal(amount, locale=LOCALES[lang], decimal_quantization=False))


def percent(value: object, lang: str) -> str:
    """`13,43%` out of 13.43."""
    amount = decimal(value)
    if amount is None:
        return "" if value is None else str(value)
    return str(format_percent(amount / 100, locale=LOCALES[lang], decimal_quantization=False))


def change(value: object, lang: str) -> str:
    """A change with its sign: `+13,43%`, and a real minus for a fall."""
    amount = decimal(value)
    if amount is None:
        return ""
    sign = "+" if amount > 0 else "−" if amount < 0 else ""
    return sign + percent(abs(amount), lang)


def spoken(value: object, lang: str) -> str:
    """A large number in words where that loses nothing: `865 miljoen`; else every digit."""
    amount = decimal(value)
    if amount is None or abs(amount) < _MILLION or amount % 100_000:
        return number(value, lang)
    text = str(format_compact_decimal(amount, format_type="long", locale=LOCALES[lang], fraction_digits=2))
    thousands = (amount.copy_abs().adjusted()) // 3 * 3
    return text.removesuffix("s") if lang == "fr" and abs(amount) < 2 * 10**thousands else text


def code_of(iri: object) -> str:
    """The last part of an IRI, or of a code that is none: `percent`, `EUR`, `just-over`."""
    return str(iri or "").rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def amount(value: object, unit: object, lang: str, unit_label: object = None) -> str:
    """A value with its unit in words: `865 miljoen euro`, `12%`, `3.324 ton`, `22.816`."""
    code = code_of(unit)
    if code == "percent":
        return percent(value, lang)
    if code in {"", "number"}:
        return spoken(value, lang)
    if code == "rank":
        return str(translate(lang, "unit.rank", value=number(value, lang)))
    text = spoken(value, lang)
    if re.fullmatch("[A-Z]{3}", code):
        return _money(text, code, value, lang)
    key = f"unit.{code}"
    name = str(translate(lang, key)) if known(lang, key) else str(unit_label or code)
    return f"{text} {name}"


def _money(text: str, code: str, value: object, lang: str) -> str:
    name = str(get_currency_name(code, count=decimal(value) or 0, locale=LOCALES[lang]))
    if lang == "fr" and text[-1:].isalpha():  # "865 millions d’euros"
        return f"{text} {'d’' if name[:1].lower() in _VOWEL else 'de '}{name}"
    return f"{text} {name}"


def figure(fact: Mapping[str, Any], lang: str) -> str:
    """A figure or statistic in words, with how exact its source was: `iets meer dan 865 miljoen euro`."""
    unit, label = fact.get("unit"), fact.get("unitLabel")
    low, high = fact.get("min"), fact.get("max")
    if fact.get("value") is not None:
        text = amount(fact["value"], unit, lang, label)
    elif low is not None and high is not None:
        text = str(
            translate(lang, "figure.between", low=number(low, lang), high=amount(high, unit, lang, label))
        )
    elif low is not None:
        text = str(translate(lang, "figure.atleast", value=amount(low, unit, lang, label)))
    elif high is not None:
        text = str(translate(lang, "figure.atmost", value=amount(high, unit, lang, label)))
    else:
        return ""
    return hedged(text, fact, lang)


def hedged(text: str, fact: Mapping[str, Any], lang: str) -> str:
    """The text with the precision that the source gave, in words."""
    code = code_of(fact.get("precision"))
    if code in {"", "exact"}:
        return text
    key = f"precision.{code}"
    if known(lang, key):
        return str(translate(lang, key, value=text))
    return f"{fact.get('precisionLabel') or code} {text}"


def day(text: object, lang: str) -> str:
    """A date of any precision: `19 februari 2018`, `februari 2018`, `2018`, `eerste helft van 2021`."""
    form = str(text or "")
    part = _HALF.fullmatch(form)
    if part:
        year, kind, which = part.groups()
        return str(translate(lang, f"period.{kind}{which}", year=year))
    pieces = form.split("-")
    try:
        numbers = [int(piece) for piece in pieces]
        moment = date(*[*numbers, 1, 1][:3])
    except (ValueError, TypeError):
        return form
    pattern = {1: "y", 2: "MMMM y", 3: "d MMMM y"}[len(numbers)]
    return str(format_date(moment, pattern, locale=LOCALES[lang]))


def since(text: object, lang: str) -> str:
    """A date from which something holds; French has an article before what is no month or year."""
    return translate(lang, f"when.since{_article(text)}", since=day(text, lang)).unescape()


def fromto(start: object, end: object, lang: str) -> str:
    """The dates between which something held, each of any precision."""
    first = translate(lang, f"when.from{_article(start)}", since=day(start, lang))
    last = translate(lang, f"when.to{_article(end)}", until=day(end, lang))
    return f"{first.unescape()} {last.unescape()}"


def _article(text: object) -> str:
    return "" if _MONTH.fullmatch(str(text)) else ".article"
