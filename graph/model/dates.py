"""Dates that keep the precision they were given: a year, a month or a day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from graph.model.namespaces import XSD
from graph.model.terms import Literal

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, order=False)
class PartialDate:
    """A year, a month of a year, or a day.

    Attributes:
        year: four digits.
        month: 1 to 12, or None.
        day: 1 to 31, or None; only with a month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Reads `2018`, `2018-02` or `2018-02-19` (the lexical forms of XSD).

        Raises:
            ValueError: anything else, or a day that is in no calendar.
        """
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a date: write 2018, 2018-02 or 2018-02-19")
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @property
    def first(self) -> date:
        """The first day that this can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that this can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def literal(self) -> Literal:
        """As `xsd:gYear`, `xsd:gYearMonth` or `xsd:date`."""
        kind = "gYear" if self.month is None else "gYearMonth" if self.day is None else "date"
        return Literal(str(self), datatype=XSD[kind])

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text
