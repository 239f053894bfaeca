"""Rows of a sheet as queries, and what they were matched with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from graph.index import Index
from graph.model.identifiers import dotted, enterprise_number, lei
from graph.reconciliation import matching
from graph.reconciliation.matching import Candidate
from graph.reconciliation.queries import Query, Value, clean
from graph.reconciliation.types import TYPES
from graph.settings import Settings
from graph.sheets.columns import Layout
from graph.sheets.grid import Grid, Row
from graph.sources.rows import Problem

Status = Literal["match", "check", "none", "empty"]

CHUNK = 50
"""Rows that are asked together."""

_SPLIT = (";", "\n", "|")
"""What stands between several values of a cell."""


@dataclass(frozen=True)
class Asked:
    """A row as a query.

    Attributes:
        query: None where the row gives nothing to look for.
        number: its enterprise number as the register writes it; empty where it has none that is right.
        problems: what could not be read.
        doubtful: whether a number is among that: then nothing is beyond doubt.
    """

    row: Row
    query: Query | None
    number: str = ""
    problems: tuple[Problem, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True)
class Matched:
    """A row with its candidates, best first."""

    asked: Asked
    candidates: tuple[Candidate, ...] = field(default=())

    @property
    def status(self) -> Status:
        """`match`: beyond doubt; `check`: somebody has to look; `none`: nothing like it; `empty`: nothing asked."""
        if self.asked.query is None:
            return "empty"
        if not self.candidates:
            return "none"
        return "match" if self.candidates[0].match and not self.asked.doubtful else "check"

    @property
    def sure(self) -> Candidate | None:
        """What the row means, where that is beyond doubt."""
        return self.candidates[0] if self.status == "match" else None


def prepare(grid: Grid, layout: Layout, settings: Settings) -> list[Asked]:
    """Every row below the headings that is not blank, as a query."""
    reader = _Reader(grid, layout, settings)
    return [reader.asked(row) for row in layout.rows(grid) if not row.blank]


class _Reader:
    """Reads rows."""

    def __init__(self, grid: Grid, layout: Layout, settings: Settings) -> None:
        self.grid = grid
        self.layout = layout
        self.longest = settings.reconcile_name
        self.candidates = settings.spreadsheet_candidates

    def asked(self, row: Row) -> Asked:
        problems: list[Problem] = []
        values: dict[str, tuple[Value, ...]] = {}
        name = number = ""
        for column in self.layout.columns:
            text, detail = self._text(row, column.index, column.field)
            if detail:
                given = row.cell(column.index).text
                problems.append(
                    Problem(
                        self.grid.file, self.grid.sheet, row.number, column.heading, given, detail, "warning"
                    )
                )
            if not text:
                continue
            if column.field == "name":
                name = text
            else:
                values[column.field] = tuple(Value(part) for part in _parts(text))
                number = dotted(enterprise_number(text)) if column.field == "enterpriseNumber" else number
        found = name or set(values) & {"enterpriseNumber", "lei", "website", "emailDomain"}
        query = Query(name, (TYPES["Organization"],), True, "any", self.candidates, values) if found else None
        doubtful = any(not values.get(name) and _given(row, self.layout, name) for name in _CHECKS)
        return Asked(row, query, number, tuple(problems), doubtful)

    def _text(self, row: Row, index: int, field: str) -> tuple[str, str]:
        """What a cell says, and why it is not read."""
        cell = row.cell(index)
        text = cell.text.strip()
        if cell.fault:
            return "", cell.fault
        if len(text) > self.longest:
            detail = f"{len(text)} characters, more than VERRE_RECONCILE_NAME allows ({self.longest})"
            return "", detail
        text = clean(text)
        check = _CHECKS.get(field)
        if text and check is not None:
            try:
                check(text)
            except ValueError as error:
                return "", str(error)
        return text, ""


_CHECKS: dict[str, Callable[[str], str]] = {"enterpriseNumber": enterprise_number, "lei": lei}


def _given(row: Row, layout: Layout, name: str) -> bool:
    column = layout.named(name)
    return column is not None and bool(row.cell(column.index).text.strip())


def _parts(text: str) -> Iterable[str]:
    parts = [text]
    for mark in _SPLIT:
        parts = [piece.strip() for part in parts for piece in part.split(mark)]
    return list(filter(None, parts))[:5]


def match(index: Index, asked: Sequence[Asked], lang: str, today: date | None = None) -> list[Matched]:
    """Some rows with their candidates: ask for `CHUNK` of them at a time."""
    queries = [each.query for each in asked if each.query is not None]
    found = iter(matching.match(index, queries, lang, today))
    return [Matched(each, tuple(next(found)) if each.query is not None else ()) for each in asked]
