"""Names without what does not tell them apart: case, accents, marks that nobody sees, dots and dashes."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode does not take apart."""

_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u0652\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0]"
)
"""Marks that people leave out: of Latin, Greek, Cyrillic, Hebrew and Arabic letters. In kana and in
the scripts of India and Thailand a mark makes another letter, or is a vowel, and stays."""

_UNSEEN = frozenset({"Cf", "Cs"})
"""Marks of direction and joining, and halves of a character that no text may hold (JSON lets them in)."""

_INITIALS = re.compile(r"(?<!\w)((?:[^\W\d_][.·] ?)+)([^\W\d_](?!\w))")
"""`N.V.`, `S. A.`, `ش.م.م`: letters, each with its dot."""

_JOINED = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
_WORD = re.compile("(?:[^\\W_]|[\u0900-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1000-\u109f\u3099\u309a])+")


def fold(text: str) -> str:
    """Lower case, accents and invisible marks off, spaces single: `Crème  Brûlée` and `creme brulee` are the same."""
    if text.isascii():  # most names: nothing to take apart
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(
        letter for letter in _ACCENTS.sub("", plain) if unicodedata.category(letter) not in _UNSEEN
    )
    return " ".join(unicodedata.normalize("NFC", kept.translate(_LETTERS)).split())


def words(text: str) -> list[str]:
    """The words of a folded text; `n.v.` is one, and so is `chang'an`."""
    if "." in text or "·" in text:
        text = _INITIALS.sub(lambda found: re.sub(r"[.· ]", "", found[0]), text)
    return _WORD.findall(_JOINED.sub("", text))
