"""How well a candidate fits a query: pure functions, on a scale that does not move with the other candidates.

The score is the weighted mean of the likeness of the name (weight 1) and of each property that both the
query and the graph know (its weight in `graph.reconciliation.properties`), times 100. What the graph does
not know of a candidate neither adds nor takes away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import OSA

from graph.names import name_of
from graph.reconciliation.facts import Facts
from graph.reconciliation.given import Given
from graph.reconciliation.properties import PROPERTIES

Json = dict[str, Any]

IDENTIFIERS = ("enterpriseNumber", "lei")
"""Properties that name one organization and no other."""

OTHER_TYPE = 0.8
"""What is left of the score of a thing of another type, with `type_strict` = `should`."""

SAME_NAME = 0.98
"""Likeness of names that are the same but for case, accents and legal form (`graph.names.similarity`)."""
CLOSE = 0.7
"""Likeness below which nothing is asked of legal forms and slips: such a name is never sure."""
LEAD = 12.0
"""Points that a name with slips of typing is ahead of the next candidate, to be sure."""
LETTERS = 4
"""Letters of a name that can be sure by itself: `BP` is too short."""
LONG = 7
"""Letters from which a slip of typing does not make another name."""
SAME_THING = 0.35
"""Likeness below which name and identifier are taken to speak of different things."""
SUPPORT = ("municipality", "postcode", "website", "emailDomain")
"""Properties that speak for a candidate so much that a typing error in its name does not matter."""
LEAST = 20.0
"""Points below which nothing is proposed."""


@dataclass(frozen=True)
class Scored:
    """How a candidate fits.

    Attributes:
        score: 0 to 100.
        name: likeness of the name, 0 to 1; None where the query has none.
        compared: property id -> whether one of the values fits.
        foreign: whether the legal form of one name cannot be that of the other.
        slips: whether the names differ by slips of typing only, word by word.
        typed: whether it has one of the types that were asked for.
    """

    score: float
    name: float | None
    compared: Mapping[str, bool]
    typed: bool | None
    foreign: bool = False
    slips: bool = False

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Properties by which it must be something else."""
        return tuple(name for name, fits in self.compared.items() if not fits and PROPERTIES[name].decisive)

    @property
    def same(self) -> bool:
        """Whether the name is the same, but for case, accents and legal form."""
        return self.name is not None and self.name >= SAME_NAME and not self.foreign

    @property
    def supported(self) -> bool:
        """Whether something that few share speaks for it."""
        return any(self.compared.get(name) for name in SUPPORT)

    @property
    def identified(self) -> bool:
        """Whether a register number says that it is this one."""
        return any(self.compared.get(name) for name in IDENTIFIERS)

    def features(self) -> list[Json]:
        """As the specification writes them."""
        told: list[Json] = []
        if self.name is not None:
            told += [{"id": "name", "value": round(self.name, 4)}, {"id": "sameName", "value": self.same}]
        told += [{"id": name, "value": fits} for name, fits in self.compared.items()]
        if self.typed is not None:
            told.append({"id": "type", "value": self.typed})
        return told


@dataclass(frozen=True)
class Likeness:
    """How like the names of query and candidate are; see `Scored`."""

    name: float | None = None
    foreign: bool = False
    slips: bool = False


def score(like: Likeness, given: Given, facts: Facts, typed: bool | None) -> Scored:
    """How a candidate fits.

    Args:
        like: the names.
        given: what the query says.
        facts: what the graph says of the candidate.
        typed: whether it has a type that was asked for; None where none was.
    """
    compared = {
        each: bool(values & facts[each])
        for each, values in given.items()
        if facts.get(each) and PROPERTIES[each].weight
    }
    weights = [(PROPERTIES[each].weight, float(fits)) for each, fits in compared.items()]
    if like.name is not None:
        weights.append((1.0, like.name))
    total = sum(weight for weight, _ in weights)
    mean = sum(weight * value for weight, value in weights) / total if total else 0.0
    points = 100 * mean * (OTHER_TYPE if typed is False else 1.0)
    return Scored(round(points, 2), like.name, compared, typed, like.foreign, like.slips)


def slips(one: str, other: str) -> bool:
    """Whether two names have the same words in the same order, but for slips of typing within a word.

    Short words, and names of few letters, have to be the same: there another letter is another name.
    """
    mine, theirs = name_of(one).bare.split(), name_of(other).bare.split()
    if len(mine) != len(theirs) or len("".join(mine)) < LONG:
        return False
    return all(a == b or _slip(a, b) for a, b in zip(mine, theirs, strict=True))


def _slip(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= LETTERS and OSA.distance(one, other) <= 1 + (len(one) > LONG)


def is_match(text: str, ranked: Sequence[Scored]) -> bool:
    """Whether the first of the candidates, best first, is it beyond doubt.

    Sure is a register number that only this one has, with a name that does not contradict it; the same
    name, long enough, that no other has, with nothing against it; and a name with slips of typing, far
    ahead of all others, where place or website say the same.
    """
    if not ranked or ranked[0].conflicts or ranked[0].typed is False:
        return False
    best, others = ranked[0], ranked[1:]
    if best.identified:
        alone = not any(other.identified for other in others)
        return alone and (best.name is None or best.name >= SAME_THING)
    if best.name is None or best.foreign or sum(map(str.isalnum, text)) < LETTERS:
        return False
    if best.same:
        return not any(other.same and not other.conflicts for other in others)
    clear = all(best.score - other.score >= LEAD for other in others)
    return best.slips and best.supported and clear
