"""A sheet as it stands: every cell with its value and type, so that it can be written back unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import SheetRefused
from graph.settings import Settings
from graph.sources.readers.guard import refuse

Value = str | int | float | bool | object | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Attributes:
        value: as Excel typed it; the text of a CSV.
        text: as a person would type it; of a formula its own text.
        form: Excel's number format; empty for texts.
        fault: why the text cannot be trusted; empty where it can.
    """

    value: Value = None
    text: str = ""
    form: str = ""
    fault: str = ""


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `number` is as a person counts it, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell in a column, from 0."""
        return self.cells[column] if column < len(self.cells) else EMPTY

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.text.strip() for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    """A sheet of a workbook, or a CSV.

    Attributes:
        file: name of the file.
        sheet: its name; of a CSV that of the file.
        rows: up to the last one with something in it.
        others: names of the other sheets of the workbook.
        remark: what had to be guessed to read it; empty where nothing had.
    """

    file: str
    sheet: str
    rows: tuple[Row, ...]
    others: tuple[str, ...] = ()
    remark: str = ""

    @property
    def width(self) -> int:
        """Columns, the last one with something in it included."""
        return max(
            (place + 1 for row in self.rows for place, cell in enumerate(row.cells) if cell.text), default=0
        )


def gathered(rows: Iterator[Row], file: str, settings: Settings) -> tuple[Row, ...]:
    """Rows up to the last one that is not blank.

    Raises:
        SheetRefused: more of them, or more columns, than the settings allow.
    """
    kept: list[Row] = []
    blank: list[Row] = []
    most = settings.spreadsheet_rows
    filled = 0
    for row in rows:
        if row.blank:
            if len(blank) < most:
                blank.append(row)
            continue
        if len(row.cells) > settings.spreadsheet_columns:
            raise _too_wide(file, row.number, settings)
        filled += 1
        if filled > most + 1:
            detail = f"it has more rows than VERRE_SPREADSHEET_ROWS allows ({most})"
            raise refuse(file, detail, "VERRE_SPREADSHEET_ROWS")
        kept += [*blank, row]
        blank = []
    return tuple(kept)


def _too_wide(file: str, number: int, settings: Settings) -> SheetRefused:
    detail = f"row {number} has more columns than VERRE_SPREADSHEET_COLUMNS allows ({settings.spreadsheet_columns})"
    return refuse(file, detail, "VERRE_SPREADSHEET_COLUMNS")
