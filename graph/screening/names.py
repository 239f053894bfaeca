"""How near two names are: rigour takes them apart and aligns them, the weights are those of logic-v2.

The policy (what a symbol, a part left over or a family name counts) follows nomenklatura's `logic-v2`,
the matcher behind OpenSanctions' API, which stands on the same rigour. Added to it: names that hold only
general words ("Bank", "Trading Co") match nothing unless they agree as a whole, one word of a
person's name is not the person, and a name in a script that rigour does not turn into Latin letters
is compared by its transliteration (`graph.names`), in any word order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations, product
from typing import Any

from rapidfuzz.distance import OSA
from rigour.names import (
    CompareConfig,
    NamePartTag,
    NameTypeTag,
    SymbolCategory,
    align_person_name_order,
    analyze_names,
    compare_parts,
    pair_symbols,
)

from graph.names import Name as Plain
from graph.names import name_of
from graph.names.similarity import GENERIC, SAME_IN_LATIN
from graph.names.similarity import compare as compare_plain
from graph.screening.records import Kind

SYMBOL_SCORE = {
    SymbolCategory.ORG_CLASS: 0.8,
    SymbolCategory.INITIAL: 0.9,
    SymbolCategory.NAME: 0.9,
    SymbolCategory.NICK: 0.6,
    SymbolCategory.SYMBOL: 0.9,
    SymbolCategory.DOMAIN: 0.9,
    SymbolCategory.NUMERIC: 0.9,
    SymbolCategory.LOCATION: 0.9,
}
"""How sure it is that two parts with the same meaning mean the same, where they are written differently."""

SYMBOL_WEIGHT = {
    SymbolCategory.ORG_CLASS: 0.7,
    SymbolCategory.INITIAL: 0.5,
    SymbolCategory.NICK: 0.8,
    SymbolCategory.SYMBOL: 0.3,
    SymbolCategory.DOMAIN: 0.7,
    SymbolCategory.NUMERIC: 1.3,
    SymbolCategory.LOCATION: 0.8,
}
"""How much a part counts that both names have, by what it means; 1 where it is not here."""

EXTRA_WEIGHT = {
    SymbolCategory.ORG_CLASS: 0.7,
    SymbolCategory.SYMBOL: 0.7,
    SymbolCategory.NUMERIC: 1.3,
    SymbolCategory.LOCATION: 0.8,
}
"""What a part that only one name has counts, by what it means; 1 where it is not here."""

EXTRA_QUERY, EXTRA_ENTRY = 0.8, 0.2
"""A part too many in the name that is screened weighs more than one in the list's, which is often fuller."""
FAMILY = 1.3
"""A family name tells more than a given name."""
STOP = 0.5
"""What a word like "of" counts where only one name has it."""

GENERAL = frozenset(
    {
        SymbolCategory.ORG_CLASS,
        SymbolCategory.SYMBOL,
        SymbolCategory.DOMAIN,
        SymbolCategory.LOCATION,
        SymbolCategory.NUMERIC,
    }
)
"""What a word means that thousands of names have."""
ALIGNED = 0.6
"""Two parts that are less alike than this are not the same word."""
ONE_WORD = 0.75
"""What is left of a score where a person has only one word in one of the names."""
ORDERS = 4
"""Words of which every order is tried; with more only the order as written."""
SPELLED = 0.8
"""Joined transliterations less alike than this are other names."""

_CONFIG = CompareConfig()


@dataclass(frozen=True)
class Likeness:
    """How near two names are.

    Attributes:
        score: 0 to 1.
        query, entry: the names, as written.
        detail: what of one went with what of the other.
    """

    score: float
    query: str = ""
    entry: str = ""
    detail: str = ""


NOTHING = Likeness(0.0)


class Prepared:
    """Names taken apart, to be compared with many others.

    Args:
        names: as written.
        kind: of whom they are, as far as known.
    """

    def __init__(self, names: Iterable[str], kind: Kind | None) -> None:
        self.plain: dict[str, Plain] = {name: name_of(name) for name in dict.fromkeys(names)}
        tag = {"person": NameTypeTag.PER, "organization": NameTypeTag.ORG}.get(kind or "", NameTypeTag.ENT)
        taken = analyze_names(tag, list(self.plain), consolidate=False) if self.plain else set()
        self.names = sorted(taken, key=lambda name: (str(name.original), str(name.comparable)))
        self.general = {id(name): _general(name) for name in self.names}


def is_general(names: Sequence[str], kind: Kind | None) -> bool:
    """Whether names have only words that thousands of others have, and too few of them to mean one.

    "Bank" and "Trading Co" do; "Central Bank of Iran" names a place and so means one bank.
    """
    found = Prepared(names, kind)
    return all(
        len(found.general[id(name)]) == len(name.parts) and not _whole(name, found.general[id(name)])
        for name in found.names
    )


def best(query: Prepared, entry: Prepared) -> Likeness:
    """The best of all pairs of two lists of names."""
    found = NOTHING
    for one, other in product(query.names, entry.names):
        score, alignments = _aligned(query, entry, one, other)
        if score > found.score:
            found = Likeness(score, one.original, other.original, _detail(alignments))
        if found.score >= 1.0:
            return found
    for (written, one), (listed, other) in product(query.plain.items(), entry.plain.items()):
        if one.foreign or other.foreign:
            score = transliterated(one, other)
            if score > found.score:
                found = Likeness(score, written, listed, f"in Latin letters: {one.key} ≈ {other.key}")
    return found


def transliterated(one: Plain, other: Plain) -> float:
    """How near two names are in Latin letters, whichever order their words have and where spaces stand."""
    score = compare_plain(one, other)
    if score >= SAME_IN_LATIN:
        return score
    target = other.bare.replace(" ", "")
    if min(len(target), len(one.bare)) < 5:
        return score if score > 0.9 else 0.0
    joined = max(OSA.normalized_similarity(order, target) for order in _orders(one.bare))
    joined = max(
        joined, *(OSA.normalized_similarity(o, one.bare.replace(" ", "")) for o in _orders(other.bare))
    )
    return max(score, joined * SAME_IN_LATIN if joined >= SPELLED else 0.0)


@lru_cache(4096)
def _orders(name: str) -> tuple[str, ...]:
    found = name.split()
    if len(found) > ORDERS:
        return ("".join(found),)
    return tuple("".join(order) for order in permutations(found))


def _general(name: Any) -> frozenset[Any]:
    """The parts of a name that many names have."""
    meant = {part for span in name.spans if span.symbol.category in GENERAL for part in span.parts}
    plain = {
        part
        for part in name.parts
        if part.tag in (NamePartTag.STOP, NamePartTag.LEGAL)
        or len(part.comparable) < 2
        or part.comparable in GENERIC
    }
    named = {
        part
        for span in name.spans
        if name.tag == NameTypeTag.PER and span.symbol.category == SymbolCategory.NAME
        for part in span.parts
    }
    return frozenset((meant | plain) - named)


def _whole(name: Any, general: frozenset[Any]) -> bool:
    """Whether general words say enough together: three of them, or two with a place."""
    places = {p for s in name.spans if s.symbol.category == SymbolCategory.LOCATION for p in s.parts}
    said = [p for p in name.parts if p.tag not in (NamePartTag.STOP, NamePartTag.LEGAL)]
    return bool(general) and len(said) >= (2 if places else 3)


def _aligned(query: Prepared, entry: Prepared, one: Any, other: Any) -> tuple[float, list[Any]]:
    """The best alignment of two names: of all ways to pair what means the same, and of what is left."""
    score, best_of = 0.0, list[Any]()
    for pairing in pair_symbols(one, other):
        found = list(pairing)
        for each in found:
            each.score = SYMBOL_SCORE.get(each.symbol.category, 1.0)
            each.weight = SYMBOL_WEIGHT.get(each.symbol.category, 1.0)
        found += _rest(one, other, found)
        _weigh(one, other, found)
        total = sum(each.weight for each in found)
        now = sum(each.score * each.weight for each in found) / total if total else 0.0
        now *= _share(query.general[id(one)], entry.general[id(other)], one, found)
        if now > score:
            score, best_of = now, found
    if NameTypeTag.PER in (one.tag, other.tag) and min(len(one.parts), len(other.parts)) < 2:
        score *= ONE_WORD if max(len(one.parts), len(other.parts)) > 1 else 1.0
    return score, best_of


def _rest(one: Any, other: Any, paired: list[Any]) -> list[Any]:
    """The parts that no meaning pairs, aligned by how they are written."""
    used, met = {p for each in paired for p in each.qps}, {p for each in paired for p in each.rps}
    left = [part for part in one.parts if part not in used]
    right = [part for part in other.parts if part not in met]
    if not left and not right:
        return []
    left, right = align_person_name_order(left, right)  # names of companies are turned round as well
    return list(compare_parts(left, right, config=_CONFIG))


def _weigh(one: Any, other: Any, found: list[Any]) -> None:
    """Gives each part of an alignment what it counts."""
    for each in found:
        if not each.qps:
            each.weight = EXTRA_ENTRY * _extra(other, each.rps)
        elif not each.rps:
            each.weight = EXTRA_QUERY * _extra(one, each.qps)
        elif each.score < 1.0 and each.qstr == each.rstr:
            each.score = 1.0
        parts = (*each.qps, *each.rps)
        if any(part.tag == NamePartTag.FAMILY for part in parts):
            each.weight *= FAMILY


def _extra(name: Any, parts: Sequence[Any]) -> float:
    """What parts count that only this name has."""
    if len(parts) == 1 and parts[0].tag == NamePartTag.STOP:
        return STOP
    weight = 1.0
    for span in name.spans:
        if tuple(span.parts) == tuple(parts):
            weight *= EXTRA_WEIGHT.get(span.symbol.category, 1.0)
    return weight


def _share(general: frozenset[Any], theirs: frozenset[Any], one: Any, found: list[Any]) -> float:
    """0 where two names have only general words in common, unless they agree as a whole."""
    for each in found:
        met = each.qps and each.rps and each.score >= ALIGNED
        if met and any(p not in general for p in each.qps) and any(p not in theirs for p in each.rps):
            return 1.0
    alone = (part for each in found if not (each.qps and each.rps) for part in (*each.qps, *each.rps))
    lacking = any(part.tag not in (NamePartTag.STOP, NamePartTag.LEGAL) for part in alone)
    return 0.0 if lacking or not _whole(one, general) else 1.0


def _detail(found: list[Any]) -> str:
    """An alignment in words."""
    told = []
    for each in found:
        if not each.qps:
            told.append(f"only in the list: {each.rstr}")
        elif not each.rps:
            told.append(f"not in the list: {each.qstr}")
        elif each.qstr == each.rstr:
            told.append(each.qstr)
        else:
            told.append(f"{each.qstr} ≈ {each.rstr} ({each.score:.2f})")
    return "; ".join(told)
