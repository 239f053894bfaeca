"""Which language a client gets: `lang=`, else `Accept-Language` (RFC 9110, 12.5.4), else Dutch."""

from __future__ import annotations

from typing import Literal, cast

from api.negotiation import quality
from graph.errors import InputError, Issue

Language = Literal["nl", "en", "fr"]
LANGUAGES: tuple[Language, ...] = ("nl", "en", "fr")
"""Dutch first: it is what a request gets that asks for none of them."""


def accepted(header: str | None) -> Language:
    """The best of ours for an `Accept-Language` header; `nl-BE` means `nl`, `*` means any."""
    weights: dict[str, float] = {}
    for part in (header or "").split(",")[:64]:
        tag, *parameters = (piece.strip() for piece in part.split(";"))
        primary = tag.lower().partition("-")[0]
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                weight = quality(value.strip()) or 0.0
        weights[primary] = max(weight, weights.get(primary, 0.0))
    rest = weights.get("*", 0.0)
    best = max(LANGUAGES, key=lambda each: (weights.get(each, rest), -LANGUAGES.index(each)))
    return best if weights.get(best, rest) > 0 else LANGUAGES[0]


def choose(name: str | None, header: str | None) -> Language:
    """What a request gets.

    Raises:
        InputError: `lang=` names none of ours.
    """
    if name is None:
        return accepted(header)
    if name.lower() not in LANGUAGES:
        issue = Issue("lang", f"use one of {', '.join(LANGUAGES)}", name)
        raise InputError("There is no such language here.", issues=(issue,))
    return cast("Language", name.lower())
