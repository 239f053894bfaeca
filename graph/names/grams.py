"""The pieces by which an index finds names that are like a name: they survive a typing error or two.

::

    ^lu lum umi min ine nex ex$    letters of a word, three by three, with its beginning and end
    =eilmnux                       its letters in the order of the alphabet: two may have changed places
    ~rmnks                         its consonants by class (`graph.names.sound`)
    %rmn %mnk %nks                 those of the whole name, three by three, for scripts without spaces

All is in small letters and digits with one of `^ $ = ~ %`, whatever the script of the name.
"""

from __future__ import annotations

from graph.names.similarity import Name

_SWAPPED = range(4, 9)
"""Lengths of words of which a swap leaves too little; longer ones have letters enough beside it."""

LONGEST = 256
"""Letters of a name that its pieces are made of; what is longer is found by its beginning."""


def grams(name: Name) -> list[str]:
    """The pieces of a name, each once, in no order that means anything."""
    found: set[str] = set()
    for word in name.key[:LONGEST].split():
        found.update(letters(word))
        if len(word) in _SWAPPED:
            found.add(f"={''.join(sorted(word))}")
    found.update(_sounds(name))
    return sorted(found)


def letters(word: str, *, ended: bool = True) -> list[str]:
    """The letters of a word three by three; without its end where it may go on."""
    marked = f"^{word}$" if ended else f"^{word}"
    return [marked[at : at + 3] for at in range(max(1, len(marked) - 2))]


def _sounds(name: Name) -> set[str]:
    of_words = {f"~{sound[:LONGEST].lower()}" for sound in name.sounds if len(sound) > 1}
    joined = name.sound[:LONGEST].lower()
    of_whole = {f"%{joined[at : at + 3]}" for at in range(max(0, len(joined) - 2))}
    return of_words | of_whole if len(joined) > 2 else of_words | ({f"%{joined}"} if joined else set())
