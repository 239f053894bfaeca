"""Rows on their way from a file to the graph, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from graph.sources.records import Record
from graph.sources.tables import Column, Table

Severity = Literal["error", "warning"]
GIVEN = 200
"""Characters of a wrong value that a message repeats; the reject file has it whole."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one cell, row or sheet.

    Attributes:
        file: its name.
        sheet: the sheet of a workbook, or the table of a CSV file.
        row: as a person counts it, the header being row 1 where nothing stands above it; 0: the whole sheet.
        column: the heading as it stands in the file; empty where the whole row is meant.
        value: the cell as it was given.
        detail: what is wrong and what would be right, in one sentence.
        severity: a row with an `error` is set aside; one with a `warning` is taken in.
    """

    file: str
    sheet: str
    row: int
    column: str
    value: str
    detail: str
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """`markets.csv, sheet markets, row 7, column status`."""
        parts = [self.file, f"sheet {self.sheet}"]
        if self.row:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    @property
    def given(self) -> str:
        """` (given: 'Chnia')`, or nothing; a long value is cut."""
        value = self.value if len(self.value) <= GIVEN else f"{self.value[:GIVEN]}…"
        return f" (given: {value!r})" if value else ""

    def __str__(self) -> str:
        return f"{self.place}: {self.detail}{self.given}"


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that the reader does not trust.

    Attributes:
        index: which cell, from 0; -1: the whole row.
        detail: why, and what would be right.
        harmless: whether the row is taken in all the same.
    """

    index: int
    detail: str
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands in the file.

    Attributes:
        number: as a person counts it.
        cells: their texts; numbers and dates of Excel are written as a CSV would have them.
        faults: cells that cannot be trusted.
    """

    number: int
    cells: tuple[str, ...]
    faults: tuple[CellFault, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or a CSV file.

    Attributes:
        file: name of the file.
        name: of the sheet; the table of a CSV file.
        table: None where no table has such a name.
        header: the headings as they stand in the file.
        columns: heading by heading, the column that it is; None for those that are not read.
        problems: of the sheet as a whole.
        rows: what stands below the header, blank rows left out; read once.
        mended: whether it is a reject file that comes back (it has a `problem` column).
    """

    file: str
    name: str
    table: Table | None
    header: tuple[str, ...]
    columns: tuple[Column | None, ...]
    problems: tuple[Problem, ...]
    rows: Iterator[RawRow]
    mended: bool = False

    def heading(self, name: str) -> str:
        """The heading under which a column stands here; its own name where it does not."""
        for heading, column in zip(self.header, self.columns, strict=True):
            if column is not None and column.name == name:
                return heading
        return name

    def cell(self, row: RawRow, name: str) -> str:
        """The cell of a column; empty where the sheet or the row does not have it."""
        for index, column in enumerate(self.columns):
            if column is not None and column.name == name:
                return row.cells[index] if index < len(row.cells) else ""
        return ""


@dataclass(slots=True)
class Row:
    """A row with what became of it: a record, or problems.

    Attributes:
        sheet: where it stands.
        raw: as it was.
        record: None where it could not be read.
        problems: everything that was found, in the order in which it was.
    """

    sheet: Sheet
    raw: RawRow
    record: Record | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether it is taken in."""
        return self.record is not None

    @property
    def place(self) -> str:
        """Where it is, for the messages of other rows."""
        return f"{self.sheet.file}, sheet {self.sheet.name}, row {self.raw.number}"

    def report(self, column: str, detail: str, severity: Severity = "error") -> None:
        """Notes a problem; an error takes the record away.

        Args:
            column: canonical name; empty for the whole row.
            detail: what is wrong and what would be right.
            severity: see `Problem`.
        """
        heading = self.sheet.heading(column) if column else ""
        value = self.sheet.cell(self.raw, column) if column else ""
        self.problems.append(
            Problem(self.sheet.file, self.sheet.name, self.raw.number, heading, value, detail, severity)
        )
        if severity == "error":
            self.record = None
