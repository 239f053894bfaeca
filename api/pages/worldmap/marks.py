"""What stands on a country: how one company stands there, or how many do what. Hollow wants, filled does."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

Discs = tuple[tuple[str, float], ...]
"""Class and radius of the circles of a mark, the outermost first."""

EXPORTS = ("leading", "active")

_SINGLE: Mapping[str, Discs] = {
    "targets": (("ring", 6.0),),
    "entering": (("step", 6.0),),
    "active": (("disc", 6.6),),
    "leading": (("halo", 8.6), ("halo", 6.6), ("best", 4.6)),
    "withdrawn": (("gone", 6.0),),
}


@dataclass(frozen=True)
class Mark:
    """A mark on a country.

    Attributes:
        code: ISO 3166-1 alpha-2, as markets have it.
        label: the country's name, written at the mark.
        href: the page that it leads to.
        title: what it stands for, in a sentence, for who points at it.
        status: how one company stands there; empty where `counts` tell of many, or for a mere branch.
        over: whether that is over.
        counts: companies by status; the mark's areas are in proportion.
        number: how many they are, written after the name.
        branch: whether the company has a branch or subsidiary there, which a line joins with its seat.
        more: a word under the name.
    """

    code: str
    label: str
    href: str = ""
    title: str = ""
    status: str = ""
    over: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    number: str = ""
    branch: bool = False
    more: str = ""

    @property
    def total(self) -> int:
        """How many companies it counts; those that left are none."""
        return sum(number for status, number in self.counts.items() if status != "withdrawn")


@dataclass(frozen=True)
class Seat:
    """Where a company sits.

    Attributes:
        code: of the country.
        label: the municipality, else the country.
        limburg: whether that is in Limburg, where the map has a point of its own.
        more: a word under the name.
    """

    code: str
    label: str
    limburg: bool = False
    more: str = ""

    @property
    def point(self) -> str:
        """The key of its point on a plate."""
        return "limburg" if self.limburg and self.code == "BE" else self.code


def discs(mark: Mark, unit: float, size: float = 1.0) -> Discs:
    """The circles of a mark.

    Args:
        mark: what stands there.
        unit: radius of one company's share, where companies are counted.
        size: of a single company's mark, against that on a wide map.
    """
    if not mark.counts:
        if not mark.status:
            return ()
        drawn = _SINGLE["withdrawn" if mark.over else mark.status]
        return tuple((name, round(radius * size, 1)) for name, radius in drawn)
    found: list[tuple[str, float]] = []
    exporting = sum(mark.counts.get(status, 0) for status in EXPORTS)
    entering, wanting = mark.counts.get("entering", 0), mark.counts.get("targets", 0)
    if wanting:
        found.append(("ring", _radius(exporting + entering + wanting, unit)))
    if entering:
        found.append(("step", _radius(exporting + entering, unit)))
    if exporting:
        found.append(("disc", _radius(exporting, unit)))
    return tuple(found)


def _radius(number: int, unit: float) -> float:
    """The radius whose area is in proportion; never so small that it cannot be seen."""
    return round(max(unit * math.sqrt(number), 3.0), 1)
