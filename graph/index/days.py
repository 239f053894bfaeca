"""Partial dates as days that SQL can compare.

A day is its number in the calendar (`date.toordinal`). An unknown start lies before every day and an
unknown end after every day, so that one comparison answers "did it hold then".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.model.dates import PartialDate

NEVER = 0
"""The start of what has no known start; also "was never attested"."""

FOREVER = 9_999_999
"""The end of what has no known end."""


@dataclass(frozen=True)
class Period:
    """A start and an end as they were written, and the days they may mean.

    Attributes:
        since: as written, or None.
        until: as written, or None.
        first: the first day that the start can mean, or NEVER.
        last: the last day that the end can mean, or FOREVER.
    """

    since: str | None
    until: str | None
    first: int
    last: int

    @classmethod
    def of(cls, starts: Iterable[str], ends: Iterable[str]) -> Period:
        """The widest period that the texts allow; what is no date counts as unknown."""
        start = min(read(starts), key=lambda d: (d.first, d.last), default=None)
        end = max(read(ends), key=lambda d: (d.last, d.first), default=None)
        return cls(
            str(start) if start else None,
            str(end) if end else None,
            start.first.toordinal() if start else NEVER,
            end.last.toordinal() if end else FOREVER,
        )


@dataclass(frozen=True)
class Attested:
    """When something was last attested: as written, and the first and last day it can mean."""

    text: str | None
    first: int
    last: int

    @classmethod
    def of(cls, values: Iterable[str]) -> Attested:
        """The latest of several; NEVER and FOREVER where none is known, so that it compares with none."""
        latest = max(read(values), key=lambda d: (d.last, d.first), default=None)
        if latest is None:
            return cls(None, NEVER, FOREVER)
        return cls(str(latest), latest.first.toordinal(), latest.last.toordinal())


def read(values: Iterable[str]) -> list[PartialDate]:
    """The dates among texts."""
    found = []
    for value in values:
        try:
            found.append(PartialDate.parse(value))
        except ValueError:
            continue
    return found
