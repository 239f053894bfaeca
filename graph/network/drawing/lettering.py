"""Words in drawings: how wide they are, where they break, and what is not drawn of them."""

from __future__ import annotations

import unicodedata

from graph.network.drawing.widths import WIDTHS
from graph.network.xmltext import xml_text

ASCENT, DESCENT = 0.905, 0.212
"""Of Liberation Sans, Arial and Helvetica, in ems: what a browser takes for the height of a text."""

BOLD = 1.08
"""How much wider a text is set in bold; rather too much."""

_MARKS = 2
"""Combining marks that are drawn on one letter; who stacks more of them writes over other words."""


def letter_width(letter: str) -> int:
    """In thousandths of an em; of a script that the font lacks, what fonts for it have on average."""
    known = WIDTHS.get(letter)
    if known is not None:
        return known
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1000
    return 720 if letter.isupper() else 620


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is set in a size, in the units of the size."""
    return sum(map(letter_width, text)) * size / 1000 * (BOLD if bold else 1)


def drawable(text: str) -> str:
    """The text as it can be drawn: what XML forbids as a picture, white space as one space, few marks on a letter."""
    made: list[str] = []
    marks = 0
    for letter in " ".join(xml_text(text).split()):
        marks = marks + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if marks <= _MARKS:
            made.append(letter)
    return "".join(made)


def lines(text: str, size: float, limit: float, most: int = 3, *, bold: bool = False) -> list[str]:
    """The text in at most `most` lines of at most `limit` units; what does not fit ends in `…`."""

    def wide(part: str) -> float:
        return width(part, size, bold=bold)

    found: list[str] = []
    for word in drawable(text).split(" "):
        for piece in _pieces(word, size / limit * (BOLD if bold else 1)):
            if found and wide(f"{found[-1]} {piece}") <= limit:
                found[-1] += f" {piece}"
            else:
                found.append(piece)
        if len(found) > most:
            break
    if len(found) <= most:
        return found
    kept = found[:most]
    while kept[-1] and wide(f"{kept[-1]}…") > limit:
        kept[-1] = kept[-1][:-1]
    kept[-1] = kept[-1].rstrip() + "…"
    return kept


def _pieces(word: str, part: float) -> list[str]:
    """A word that is wider than a line, cut into pieces that are not.

    Args:
        part: how much of a line one em is.
    """
    most = 1000 / part
    pieces, held = [""], 0
    for letter in word:
        wide = letter_width(letter)
        if pieces[-1] and held + wide > most:
            pieces.append("")
            held = 0
        pieces[-1] += letter
        held += wide
    return pieces
