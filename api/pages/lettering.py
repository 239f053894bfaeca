"""Words in drawings: how wide they are, where they break, and what may not stand in XML at all."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SLIM = frozenset("iljtfrI.,:;'|!()[] ’‘")
_BROAD = frozenset("mwMWQO@%&—…")


def printable(text: object) -> str:
    """The text without the control characters that XML forbids."""
    return _FORBIDDEN.sub("", str(text or ""))


def width(text: str, size: float) -> float:
    """About how wide a text is set in a sans-serif of `size`; rather too much than too little."""
    ems = 0.0
    for letter in text:
        if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
            continue
        if unicodedata.east_asian_width(letter) in "WF":
            ems += 1.0
        elif letter in _SLIM:
            ems += 0.34
        elif letter in _BROAD:
            ems += 0.9
        else:
            ems += 0.68 if letter.isupper() else 0.57
    return ems * size * 1.04


def lines(text: str, size: float, limit: float, most: int = 3) -> list[str]:
    """The text in at most `most` lines of at most `limit` units; what does not fit ends in `…`."""
    words = [part for word in printable(text).split() for part in _pieces(word, size, limit)]
    found: list[str] = []
    for word in words:
        if found and width(f"{found[-1]} {word}", size) <= limit:
            found[-1] += f" {word}"
        else:
            found.append(word)
    if len(found) <= most:
        return found
    kept = found[:most]
    while kept[-1] and width(f"{kept[-1]}…", size) > limit:
        kept[-1] = kept[-1][:-1]
    kept[-1] = kept[-1].rstrip() + "…"
    return kept


def _pieces(word: str, size: float, limit: float) -> list[str]:
    """A word that is wider than a line, cut into pieces that are not."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size) > limit:
            pieces.append("")
        pieces[-1] += letter
    return pieces
