"""From parts to a score on an absolute scale (see `graph.matching.features` for the formula)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import prod, sqrt

from graph.matching.features import FEATURES


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a part rests on.

    Attributes:
        item: the number of a relation node; None for what is stated of an organization.
        org: of whom it is stated.
        property: which statement: `sector`, `country` or `activity`.
        value: the concept, where only that one counts.
    """

    item: int | None = None
    org: int | None = None
    property: str = ""
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence: its key in `graph.matching.words`, and what fills its gaps.

    Attributes:
        orgs, concepts, missions: numbers by gap; concepts may be markets, sectors, products, roles.
        texts: what stands as it is.
    """

    key: str
    orgs: Mapping[str, int] = field(default_factory=dict)
    concepts: Mapping[str, int] = field(default_factory=dict)
    missions: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """One feature of one result.

    Attributes:
        value: in [0, 1]; None where nothing is known.
        say: why, in words; for an unknown or zero value, what is missing.
        facts: what it rests on.
    """

    feature: str
    value: float | None
    say: Say | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain of introductions, from one thing to the next."""

    start: int
    stop: int
    kind: str
    item: int
    label: int | None


@dataclass(frozen=True, slots=True)
class Match:
    """One result.

    Attributes:
        org, market, mission: what was found; of a mission, `org` is who organizes it.
        chain: of introductions, from the company.
    """

    kind: str
    score: float
    parts: tuple[Part, ...]
    org: int | None = None
    market: int | None = None
    mission: int | None = None
    chain: tuple[Link, ...] = ()

    @property
    def number(self) -> int:
        """What was found, whatever it is."""
        return next(each for each in (self.mission, self.market, self.org) if each is not None)


def score(kind: str, parts: Iterable[Part], weights: Mapping[str, float]) -> float:
    """The score of some parts, in [0, 1]; a feature without a part counts as 0.

    Args:
        weights: in place of the standard ones, by feature.
    """
    values = {part.feature: part.value or 0.0 for part in parts}
    used = {each.name: weights.get(each.name, each.weight) for each in FEATURES[kind]}
    pro = [each.name for each in FEATURES[kind] if not each.counter]
    against = [each.name for each in FEATURES[kind] if each.counter]
    whole = sum(used[name] for name in pro)
    if not whole:
        return 0.0
    mean = sum(used[name] * values.get(name, 0.0) for name in pro) / whole
    return mean * prod(1 - used[name] * values.get(name, 0.0) for name in against)


def best(matches: Iterable[Match]) -> list[Match]:
    """Matches from the best to the least, those of one score in the order of their numbers."""
    return sorted(matches, key=lambda match: (-match.score, match.number))


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """How much two sets share, in [0, 1] (Ochiai's coefficient)."""
    return len(one & other) / sqrt(len(one) * len(other)) if one and other else 0.0


def saturated(values: Iterable[float], half: float) -> float:
    """Several reasons of one sort as one value in [0, 1): a sum of `half` is worth a half."""
    whole = sum(values)
    return whole / (whole + half)


def items(relations: Iterable[object]) -> tuple[Fact, ...]:
    """Relations as facts, each once."""
    return tuple(
        Fact(item=number) for number in dict.fromkeys(getattr(each, "id", None) for each in relations)
    )
