"""How each language says "in" a market: `in de Verenigde Staten`, `au Viêt Nam`, `in the Philippines`.

Only grammar, by ISO 3166 code or region code: the names themselves come from the graph.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

_PLURALS = frozenset(
    [
        "US",
        "AE",
        "PH",
        "KM",
        "MV",
        "SC",
        "BS",
        "MH",
        "FO",
        "KY",
        "FK",
        "TC",
        "VG",
        "VI",
        "SB",
        "NORDIC_COUNTRIES",
    ]
)
_UNIONS = frozenset(["EU", "EEA", "EFTA", "GCC"])
_CLUBS = frozenset(["ASEAN", "BENELUX", "BRICS", "G7"])

_DUTCH_DE = _PLURALS | _UNIONS | _CLUBS | frozenset(["CF", "DO", "MICRONESIA"])
_DUTCH_HET = frozenset(["GB", "MIDDLE_EAST", "CARIBBEAN"])
_ENGLISH_THE = (
    _PLURALS
    | _UNIONS
    | frozenset(
        ["GB", "NL", "CF", "DO", "GM", "CD", "G7", "AMERICAS", "CARIBBEAN", "MIDDLE_EAST", "MICRONESIA"]
    )
)

_FRENCH_AUX = _PLURALS - {"NORDIC_COUNTRIES"} | {"NL"}
_FRENCH_A = frozenset(
    [
        "CU",
        "SG",
        "MT",
        "CY",
        "MG",
        "MU",
        "HT",
        "TW",
        "MC",
        "DJ",
        "BH",
        "OM",
        "PR",
        "ST",
        "TT",
        "BB",
        "LC",
        "KI",
        "NR",
        "NU",
        "PW",
        "TV",
        "TO",
        "WS",
    ]
)
_FRENCH_AU = frozenset(["MX", "KH", "MZ", "ZW", "SR", "BZ", "BENELUX"])
_FRENCH_DANS = {
    **dict.fromkeys(("EU", "EEA", "EFTA", "ASEAN"), "dans l’"),
    **dict.fromkeys(("GCC", "G7"), "dans le "),
    **dict.fromkeys(("BRICS", "CARIBBEAN", "AMERICAS", "NORDIC_COUNTRIES"), "dans les "),
    **dict.fromkeys(("HK", "MO", "MICRONESIA"), "dans la "),
}

_WORLD = {"nl": "wereldwijd", "en": "worldwide", "fr": "dans le monde entier"}


def into(market: Mapping[str, Any], lang: str) -> str:
    """`in China`, `in het Midden-Oosten`, `aux États-Unis`, `en Thaïlande`, `worldwide`.

    Args:
        market: a MarketRef: its code, and its label in `lang`.
        lang: nl, en or fr.
    """
    return _with("in", market, lang)


def to(market: Mapping[str, Any], lang: str) -> str:
    """`naar China`, `to the Philippines`, `au Viêt Nam`, `wereldwijd`."""
    return _with("naar" if lang == "nl" else "to", market, lang)


def bare(market: Mapping[str, Any], lang: str) -> str:
    """A market as the second of a list after `to`: `de Verenigde Staten`; in French with its preposition."""
    name, code = _name(market)
    if code == "WORLD":
        return _WORLD[lang]
    return _french(name, code) if lang == "fr" else _article(code, lang) + name


def _with(word: str, market: Mapping[str, Any], lang: str) -> str:
    text = bare(market, lang)
    return text if lang == "fr" or _name(market)[1] == "WORLD" else f"{word} {text}"


def _name(market: Mapping[str, Any]) -> tuple[str, str]:
    code = str(market.get("code") or "")
    return str(market.get("label") or code), code


def _article(code: str, lang: str) -> str:
    if lang == "en":
        return "the " if code in _ENGLISH_THE else ""
    return "het " if code in _DUTCH_HET else "de " if code in _DUTCH_DE else ""


def _french(name: str, code: str) -> str:
    if code in _FRENCH_DANS:
        return _FRENCH_DANS[code] + name
    if code in _FRENCH_AUX or name.startswith("Îles "):
        return f"aux {name}"
    if code in _FRENCH_A:
        return f"à {name}"
    vowel = unicodedata.normalize("NFD", name[:1].lower())[:1] in tuple("aeiou")
    if code not in _FRENCH_AU and (vowel or name.split(" ", maxsplit=1)[0].endswith("e")):
        return f"en {name}"
    return f"au {name}"
