"""Ranks with ties, hits and mean reciprocal rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, stdev

AT = (1, 5, 10)


@dataclass(frozen=True)
class Place:
    """Where the hidden one came: so many are better, so many are as good, itself among them."""

    better: int
    ties: int

    def hit(self, at: int) -> float:
        """The chance that it is among the first, where those that are as good come in any order."""
        return min(max((at - self.better) / self.ties, 0.0), 1.0)

    @property
    def reciprocal(self) -> float:
        """The mean of 1/rank over every order of those that are as good."""
        ranks = range(self.better + 1, self.better + self.ties + 1)
        return sum(1 / rank for rank in ranks) / self.ties


def place(scores: Mapping[int, float], pool: Iterable[int], hidden: int) -> Place:
    """Where the hidden one comes among a pool; what has no score has 0."""
    own = scores.get(hidden, 0.0)
    others = [scores.get(each, 0.0) for each in pool if each != hidden]
    return Place(sum(score > own for score in others), 1 + sum(score == own for score in others))


@dataclass(frozen=True)
class Line:
    """What one method reached: hits by `AT`, and the mean reciprocal rank."""

    hits: tuple[float, ...]
    mrr: float


def line(places: Sequence[Place]) -> Line:
    """The means over all hidden facts."""
    return Line(tuple(mean(p.hit(at) for p in places) for at in AT), mean(p.reciprocal for p in places))


def spread(lines: Sequence[Line]) -> tuple[Line, Line]:
    """The mean of several runs and their standard deviation; 0 for a single one."""
    columns = list(zip(*((*each.hits, each.mrr) for each in lines), strict=True))
    means = [mean(column) for column in columns]
    widths = [stdev(column) if len(column) > 1 else 0.0 for column in columns]
    return Line(tuple(means[:-1]), means[-1]), Line(tuple(widths[:-1]), widths[-1])
