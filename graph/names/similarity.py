"""How alike two names are, from 0 to 1, on a scale that does not depend on what else there is.

1 is the same name, case, accents and dots apart; 0.98 the same but for its legal form; 0.97 the same in
other letters; what is merely near stays below. Edit distances are those of optimal string alignment
(a swap of neighbours is one error), on whole names and word by word, so that order does not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from graph.names.folding import fold, words
from graph.names.legal_forms import bare, without_legal_form
from graph.names.scripts import latin
from graph.names.sound import skeleton

SAME, SAME_WITHOUT_FORM, SAME_IN_LATIN, ALMOST = 1.0, 0.98, 0.97, 0.96
"""The highest score of a name that is the same, the same but for its legal form, in other letters, other."""

BY_SOUND = 0.92
"""The highest score of names that only sound alike."""

_GENERIC = """and en et und y e the de het la le les el of van der den des du von for in at a
    group groep groupe gruppe holding international intl global world worldwide europe european
    company bank trading trade industries industry industrial services service solutions systems technology
    technologies belgium belgie belgique benelux china japan asia site plant branch"""
GENERIC = frozenset(_GENERIC.split())
"""Words that many names have: alike in these, two names are not yet alike."""

_GENERIC_WEIGHT = 0.35


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared.

    Attributes:
        folded: as it is written, without case and accents.
        key: its words in Latin letters.
        bare: those words without the legal form.
        sounds: the phonetic skeletons of its words; see `graph.names.sound`.
        foreign: whether it is written in letters that are not Latin.
    """

    folded: str
    key: str
    bare: str
    sounds: tuple[str, ...]
    foreign: bool

    @property
    def sound(self) -> str:
        """The skeleton of the whole."""
        return "".join(self.sounds)


@lru_cache(32_768)
def name_of(text: str) -> Name:
    """A name, taken apart."""
    folded = fold(text)
    if folded.isascii():
        of = words(folded)
        key, short = " ".join(of), " ".join(bare(of))
        return Name(folded, key, short or folded, tuple(skeleton(short).split()), foreign=False)
    short = without_legal_form(folded)
    key = " ".join(words(latin(folded)))
    plain = " ".join(words(latin(short)))
    return Name(folded, key, plain or folded, tuple(skeleton(short).split()), foreign=True)


def similarity(a: str, b: str) -> float:
    """How alike two names are, 0 to 1; the same whichever comes first.

    `Luminex NV` and `LUMINEX` are 0.98, `Lumniex` and `Luminex` about 0.86, `Bank` and `Bank of China` low.
    """
    return compare(name_of(a), name_of(b))


def compare(a: Name, b: Name) -> float:
    """`similarity` of names that are taken apart."""
    if not a.key or not b.key:
        return SAME if a.folded == b.folded and a.folded else 0.0
    if a.folded == b.folded or (a.key == b.key and a.foreign == b.foreign):
        return SAME
    if a.bare == b.bare:
        return SAME_WITHOUT_FORM if a.foreign == b.foreign else SAME_IN_LATIN
    found = min(ALMOST, written(a.bare, b.bare))
    if a.foreign or b.foreign:
        found = max(found, BY_SOUND * sounding(a, b))
    return found


def written(a: str, b: str) -> float:
    """How alike two keys are: as a whole, joined, or word by word in any order."""
    joined = OSA.normalized_similarity(a.replace(" ", ""), b.replace(" ", ""))
    if " " not in a and " " not in b:
        return joined
    whole = fuzz.token_sort_ratio(a, b) / 100
    one, other = a.split(), b.split()
    best = max(joined, whole * 0.99)
    there = covered(one, other)
    return best if there <= best else max(best, min(there, covered(other, one)))


def covered(asked: list[str], there: list[str], *, prefix: bool = False) -> float:
    """How much of the words asked for are among others, generic words counting less.

    Args:
        prefix: the last word may go on.
    """
    total = found = 0.0
    for place, word in enumerate(asked):
        weight = len(word) * (_GENERIC_WEIGHT if word in GENERIC else 1.0)
        total += weight
        best = 1.0 if word in there else max([_word(word, other) for other in there], default=0.0)
        if best < 1.0 and prefix and place == len(asked) - 1:
            best = max(best, *[_begun(word, other) for other in there], 0.0)
        if best > _ANOTHER_WORD:
            found += weight * best
    return found / total if total else 0.0


@lru_cache(65_536)
def _word(a: str, b: str) -> float:
    return OSA.normalized_similarity(a, b)


_ANOTHER_WORD = 0.5
"""Words less alike than this have nothing to do with each other."""


def _begun(word: str, other: str) -> float:
    """How alike a word is to the beginning of another."""
    return _word(word, other[: len(word)]) if len(other) > len(word) else 0.0


def sounding(a: Name, b: Name) -> float:
    """How alike two names sound: their consonants by class, their vowels a little."""
    if not a.sound or not b.sound:
        return fuzz.ratio(a.bare, b.bare) / 100
    return (
        0.75 * OSA.normalized_similarity(a.sound, b.sound)
        + 0.25 * fuzz.ratio(a.bare.replace(" ", ""), b.bare.replace(" ", "")) / 100
    )


def nearness(asked: Name, there: Name, *, prefix: bool = False) -> float:
    """How well a name answers a question: `compare`, where half a name counts as well.

    Args:
        prefix: the last word asked for may be unfinished.
    """
    found = compare(asked, there)
    if found >= SAME_IN_LATIN or not asked.bare:
        return found
    size = min(1.0, len(asked.bare) / max(1, len(there.bare)))
    if there.bare.startswith(asked.bare if prefix else f"{asked.bare} "):
        return max(found, _BEGINNING + (ALMOST - _BEGINNING) * size * size)
    part = covered(asked.bare.split(), there.bare.split(), prefix=prefix)
    if asked.foreign or there.foreign:
        part = max(part, _heard(asked, there))
    return max(found, part * (_PART + (_BEGINNING - _PART) * size))


_BEGINNING = 0.8
"""What the beginning of a name is worth at least."""

_PART = 0.7
"""What some words of a name are worth at least."""


def _heard(asked: Name, there: Name) -> float:
    """How much of the sounds asked for a longer name has from one of its words on."""
    wanted, best = asked.sound, 0.0
    if len(wanted) < _SOUNDS:
        return best
    for start in range(len(there.sounds)):
        tail = "".join(there.sounds[start:])[: len(wanted)]
        best = max(best, OSA.normalized_similarity(wanted, tail))
    return BY_SOUND * best


_SOUNDS = 3
"""Fewer consonants than this are no part of a name."""
