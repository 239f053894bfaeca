"""Where a company stands in a market: the order of statuses, and which one counts.

Design: targets < entering < active < leading; and withdrawn. Wanting is not selling.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.model.dates import PartialDate

RANK = {"withdrawn": 0, "targets": 1, "entering": 2, "active": 3, "leading": 4}
"""Order of strength; the same numbers stand as `verre:rank` in the code list (a test compares)."""

EXPORTS = frozenset({"active", "leading"})
"""The statuses of a company that sells there. `entering` is on its way, `targets` only wants to."""


@dataclass(frozen=True)
class Stated:
    """What one source states of one company in one market, as far as the status needs it."""

    status: str
    end: PartialDate | None = None
    attested: PartialDate | None = None


def is_ended(end: PartialDate | None, today: date) -> bool:
    """Whether the last day that `end` can mean has passed."""
    return end is not None and end.last < today


def outweighed(statement: Stated, others: Iterable[Stated]) -> bool:
    """Whether a withdrawal among `others` is certainly attested later than `statement`."""
    attested = statement.attested
    if statement.status == "withdrawn" or attested is None:
        return False
    return any(
        other.status == "withdrawn" and other.attested is not None and other.attested.first > attested.last
        for other in others
    )


def strongest(statements: Iterable[Stated], today: date) -> str | None:
    """The status that counts: the strongest of those going on, or None where nothing goes on.

    A withdrawal counts only where nothing stronger is left: it is the weakest, and it outweighs
    what was certainly attested before it.
    """
    going_on = [s for s in statements if not is_ended(s.end, today)]
    left = [s for s in going_on if not outweighed(s, going_on)]
    return max((s.status for s in left), key=RANK.__getitem__, default=None)
