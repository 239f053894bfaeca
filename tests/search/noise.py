"""Spellings of names as people type them, by rules and a seed; nothing is taken from the index.

Each rule says which names it is for. A typing error in a name of four letters or fewer leaves
nothing to go by (`TIK`, `LRM`, `DAF` are one key apart from many words), so those get the other rules.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioopsdfghjklkxcvbnmn", strict=True))
"""The key to the right on a QWERTY keyboard; at the end of a row the one to the left."""

_ACCENTS = {"a": "àáâä", "e": "éèêë", "i": "îï", "o": "ôöó", "u": "ûüù", "n": "ñ", "c": "ç"}
_PLAIN = str.maketrans("áàâäéèêëíîïóôöúûüñçŠšžý", "aaaaeeeeiiiooouuuncSszy")

FORMS = (
    "NV",
    "BV",
    "SA",
    "N.V.",
    "BVBA",
    "SRL",
    "GmbH",
    "Ltd",
    "Ltd.",
    "Co., Ltd.",
    "Inc.",
    "AG",
    "S.A.",
    "B.V.",
    "LLC",
    "plc",
)
FRONT = ("NV", "BVBA", "SA", "VZW")
ASIAN = ("株式会社{}", "{}有限公司", "주식회사 {}", "(주){}", "บริษัท {} จำกัด", "ООО «{}»", "{} ش.م.م")

_SHORT = {
    "international": "Intl",
    "industrial": "Ind.",
    "products": "Prod.",
    "group": "Grp",
    "university": "Univ.",
    "company": "Co",
    "brothers": "Bros",
    "manufacturing": "Mfg",
    "technologies": "Tech",
    "engineering": "Eng.",
    "equipment": "Equip.",
    "construction": "Constr.",
    "investment": "Inv.",
    "province": "Prov.",
    "intelligence": "Intell.",
    "solutions": "Sol.",
    "limburg": "Limb.",
    "center": "Ctr",
    "aviation": "Av.",
}

Rule = Callable[[str, random.Random], str | None]


@dataclass(frozen=True)
class Noisy:
    """A spelling, the rule that made it, and of what."""

    rule: str
    text: str
    ref: str


def letters(name: str) -> list[int]:
    """Where the letters of a name are."""
    return [at for at, letter in enumerate(name) if letter.isalpha()]


def _spot(name: str, rng: random.Random) -> int | None:
    found = letters(name)
    return rng.choice(found) if len(found) > 4 else None


def swap(name: str, rng: random.Random) -> str | None:
    """Two neighbouring letters change places."""
    pairs = [
        at for at in letters(name)[:-1] if name[at + 1].isalpha() and name[at].lower() != name[at + 1].lower()
    ]
    if len(letters(name)) < 5 or not pairs:
        return None
    at = rng.choice(pairs)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def drop(name: str, rng: random.Random) -> str | None:
    """A letter is left out."""
    at = _spot(name, rng)
    return None if at is None else name[:at] + name[at + 1 :]


def double(name: str, rng: random.Random) -> str | None:
    """A letter is typed twice."""
    at = _spot(name, rng)
    return None if at is None else name[:at] + name[at] + name[at:]


def key(name: str, rng: random.Random) -> str | None:
    """The key beside the right one."""
    at = _spot(name, rng)
    if at is None:
        return None
    typed = _NEIGHBOURS.get(name[at].lower(), "e")
    return name[:at] + typed + name[at + 1 :]


def accents(name: str, rng: random.Random) -> str | None:
    """Accents that are there go; where there are none, two come."""
    plain = name.translate(_PLAIN)
    if plain != name:
        return plain
    able = [at for at, letter in enumerate(name) if letter in _ACCENTS]
    found = list(name)
    for at in rng.sample(able, min(2, len(able))):
        found[at] = rng.choice(_ACCENTS[found[at]])
    return "".join(found) if able else None


def order(name: str, rng: random.Random) -> str | None:
    """The words in another order."""
    of = name.split()
    if len(of) < 2:
        return None
    turn = rng.randrange(1, len(of))
    return " ".join(of[turn:] + of[:turn])


def form(name: str, rng: random.Random) -> str | None:
    """A legal form behind the name, or instead of its own."""
    bare = re.sub(r"(?i)[ ,(]+(nv|bv|sa|co\.? ltd\.?)\)?$", "", name)
    return f"{bare} {rng.choice(FORMS)}"


def front(name: str, rng: random.Random) -> str | None:
    """A legal form before the name."""
    return f"{rng.choice(FRONT)} {name}"


def asian(name: str, rng: random.Random) -> str | None:
    """A legal form of another script about the name."""
    return rng.choice(ASIAN).format(name)


def case(name: str, rng: random.Random) -> str | None:
    """All capitals, all small, or turned round."""
    return rng.choice((str.upper, str.lower, str.swapcase))(name)


def beginning(name: str, rng: random.Random) -> str | None:
    """Not yet typed to its end: four fifths of it, at least five letters."""
    kept = max(5, len(name) * 4 // 5)
    return name[:kept].rstrip() if kept < len(name) else None


def short(name: str, rng: random.Random) -> str | None:
    """Words as people shorten them; else the longest, of eight letters or more, cut after its fifth."""
    of = name.split()
    done = [_SHORT.get(word.lower(), word) for word in of]
    if done == of and len(of) > 1:
        longest = max(range(len(of)), key=lambda at: len(of[at]))
        if len(of[longest]) >= 8:
            done[longest] = f"{of[longest][:5]}."
    return " ".join(done) if done != of else None


def punctuation(name: str, rng: random.Random) -> str | None:
    """Dots, dashes and quotes for spaces, spaces for dots, dashes and quotes."""
    other = re.sub(r"[.\-/'&]+", " ", name)
    return other if other != name else name.replace(" ", rng.choice("-._")) if " " in name else None


RULES: tuple[Rule, ...] = (
    *(swap, drop, double, key, accents, order, form, front, asian, case, beginning, short, punctuation),
)


def noisy(names: dict[str, str], seed: int, each: int) -> Iterator[Noisy]:
    """Spellings of names by their reference, so many of each, by rules drawn with a seed."""
    rng = random.Random(seed)
    for ref in sorted(names):
        rules = rng.sample(RULES, len(RULES))
        made = ((rule, rule(names[ref], rng)) for rule in rules)
        kept = [(rule, text) for rule, text in made if text and text != names[ref]]
        for rule, text in kept[:each]:
            yield Noisy(rule.__name__, text, ref)
