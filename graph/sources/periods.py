"""The time that a statistic is about: a year, a half-year, a quarter, a month or a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from graph.model.dates import PartialDate

_PART = re.compile(r"(\d{4})-([HQ])([1-4])", re.IGNORECASE)
_MONTHS = {"H": 6, "Q": 3}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with the name that sheets give it.

    Attributes:
        code: `2017`, `2021-H1`, `2021-Q3`, `2020-02` or `2020-02-14`.
        first: its first day.
        last: its last day.
    """

    code: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """Reads one of the five forms.

        Raises:
            ValueError: anything else.
        """
        match = _PART.fullmatch(text.strip())
        if match is None:
            try:
                day = PartialDate.parse(text)
            except ValueError:
                raise ValueError(
                    f"{text!r} is not a period: write 2021, 2021-H1, 2021-Q3, 2021-02 or 2021-02-14"
                ) from None
            return cls(str(day), day.first, day.last)
        year, letter, number = int(match[1]), match[2].upper(), int(match[3])
        months = _MONTHS[letter]
        end = number * months
        if end > 12:
            raise ValueError(f"{text!r} is not a period: a year has two half-years")
        first, last = PartialDate(year, end - months + 1).first, PartialDate(year, end).last
        return cls(f"{year:04d}-{letter}{number}", first, last)
