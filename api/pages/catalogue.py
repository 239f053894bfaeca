"""The words of the pages, in Dutch, English and French.

One JSON file a language in `locales/`: key -> text with `{name}` gaps, or for things that are
counted an object of plural forms (CLDR names: `one`, `other`, `many`).
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import cast

from babel import Locale
from babel.numbers import format_decimal
from markupsafe import Markup, escape

LANGUAGES = ("nl", "en", "fr")
"""In order of preference: whoever asks for nothing gets Dutch."""

LOCALES = {"nl": "nl_BE", "en": "en_GB", "fr": "fr_BE"}
"""How each language writes numbers and dates here."""

Message = str | dict[str, str]

_FRENCH = re.compile("(?<=«) | (?=[:;?!»])")
"""Spaces that French puts beside signs: no line may break there."""

_FOLDER = Path(__file__).parent / "locales"


@cache
def messages(lang: str) -> dict[str, Message]:
    """Every text of one language, by key."""
    texts = cast(dict[str, Message], json.loads((_FOLDER / f"{lang}.json").read_text("utf-8")))
    return {key: _bound(text) for key, text in texts.items()} if lang == "fr" else texts


def _bound(text: Message) -> Message:
    if isinstance(text, dict):
        return {form: _FRENCH.sub("\u00a0", each) for form, each in text.items()}
    return _FRENCH.sub("\u00a0", text)


@cache
def locale(lang: str) -> Locale:
    """Babel's locale of one of our languages."""
    return Locale.parse(LOCALES[lang])


def translate(lang: str, key: str, /, **values: object) -> Markup:
    """The text `key` with its gaps filled, safe to put into HTML or SVG.

    Values are escaped unless they are `Markup`. A value `n` chooses the plural form and is
    written as the language writes numbers.

    Raises:
        KeyError: no such key; a test makes sure that no page asks for one.
    """
    message = messages(lang)[key]
    if isinstance(message, dict):
        count = cast(int, values["n"])
        form = locale(lang).plural_form(abs(count))
        message = message.get(form, message["other"])
    if isinstance(values.get("n"), int):
        values["n"] = format_decimal(cast(int, values["n"]), locale=LOCALES[lang])
    return Markup(escape(message)).format(**values)  # noqa: S704 (the message is escaped first)


def known(lang: str, key: str) -> bool:
    """Whether the language has a text of its own under `key`."""
    return key in messages(lang)


def join(lang: str, items: list[Markup], word: str) -> Markup:
    """A list as people write it: `a, b of c`; `word` is the key of the last joint (`or`, `and`)."""
    if len(items) < 2:
        return items[0] if items else Markup("")
    last = Markup(" {} ").format(translate(lang, f"join.{word}"))
    return Markup(", ").join(items[:-1]) + last + items[-1]
