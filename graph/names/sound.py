"""The phonetic skeleton of a name: what is left when a script writes sounds only roughly.

Katakana adds vowels and has one letter for l and r and one for b and v; Arabic leaves short vowels
out and has no p; Thai and Hangul have no f apart from p or no v apart from w. So only consonants
count, in seven classes: labials `P`, dentals `T`, velars `K`, hissing sounds `S`, liquids `R`, `M`, `N`.
The idea is that of Soundex and its successors, with classes wide enough for all these scripts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from graph.names.scripts import syllables

_CLUSTERS = (
    (re.compile(r"(?:tsch|tch|sch|sh|zh|ch|ts|tz|dz|dj|sz|cz)"), "S"),
    (re.compile(r"ph"), "P"),
    (re.compile(r"(?:th|dh)"), "T"),
    (re.compile(r"(?:gh|kh|ck|qu)"), "K"),
    (re.compile(r"(?<![a-zA-Z])x"), "S"),
    (re.compile(r"x"), "KS"),
    (re.compile(r"c(?=[eiy])"), "S"),
    (re.compile(r"[mn](?=[pbfvw])"), "N"),
)
_CLASSES = str.maketrans(
    {
        **dict.fromkeys("bpfvw", "P"),
        **dict.fromkeys("dt", "T"),
        **dict.fromkeys("gkcq", "K"),
        **dict.fromkeys("jsz", "S"),
        **dict.fromkeys("lr", "R"),
        "m": "M",
        "n": "N",
    }
)
_REPEATED = re.compile(r"([a-z])\1+")
_NOTHING = re.compile(r"[^A-Z0-9 ]+")


@lru_cache(16_384)
def skeleton(text: str) -> str:
    """The consonants of a name by class, words apart: `Luminex` and `ルミネックス` give `RMNKS`."""
    said = " ".join(_foreign(word) for word in syllables(text).split(" "))
    said = _REPEATED.sub(r"\1", said)
    for pattern, sound in _CLUSTERS:
        said = pattern.sub(sound, said)
    said = said.translate(_CLASSES)
    return " ".join(_NOTHING.sub("", said.replace("-", " ").replace(".", " ")).split())


def _foreign(word: str) -> str:
    """A run of Chinese characters as they spell a foreign name, where j stands for g and k: 加 is ga, 基 is ki."""
    if "\u2009" not in word:
        return word
    return re.sub("(^|\u2009)j", r"\1g", word)
