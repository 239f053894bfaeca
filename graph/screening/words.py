"""The words by which an entry is found: cheap, wide and exact to repeat, never the judgement itself.

A name gives its words in Latin letters without the legal form, and two keys of the whole name that
neither word order nor spaces change: its letters sorted, and its consonants sorted. A word is near
another when they are one error apart (each with one letter left out gives a common key; Garbe's
"symmetric delete") or sound alike (`graph.names.skeleton`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.names import name_of, skeleton

SHORTEST, LONGEST = 4, 24
"""Letters of words that may be misspelt; shorter ones are too like others, longer ones are joined names."""
CONSONANTS = 5
"""Consonants from which on those of a whole name tell it from others."""
WORDS = 24
"""Words of one name that are looked up; no name needs more."""


def of_name(text: str) -> Iterator[str]:
    """The keys of a name: its words, `#` and its letters in order, `^` and its consonants in order."""
    name = name_of(text)
    plain = name.bare or name.key
    yield from dict.fromkeys(word for word in plain.split()[:WORDS] if word.isalnum())
    letters = "".join(sorted(letter for letter in plain if letter.isalnum()))
    if letters:
        yield f"#{letters[:200]}"
    if len(name.sound) >= CONSONANTS:
        yield f"^{''.join(sorted(name.sound))[:200]}"


def near(word: str) -> Iterator[str]:
    """The keys that a misspelt or otherwise transliterated form of a word shares with it."""
    if word[:1] in "#^" or not SHORTEST <= len(word) <= LONGEST:
        return
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
    sound = skeleton(word)
    if len(sound) >= 2:
        yield f"~{sound}"


def of_names(names: Iterable[str]) -> list[str]:
    """The keys of several names, each once."""
    return list(dict.fromkeys(key for name in names for key in of_name(name)))


def identifier(text: str) -> str:
    """An identifier without spaces, dots and case: `BE 0403.170.701` and `be0403170701` are the same."""
    return "".join(letter for letter in text.upper() if letter.isalnum())
