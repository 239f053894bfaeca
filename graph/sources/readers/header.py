"""Which row is the header, and what its headings mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from rapidfuzz import process

from graph.errors import SheetRefused
from graph.settings import Settings
from graph.sources.readers.cells import inspect, repaired
from graph.sources.readers.guard import refuse
from graph.sources.rows import CellFault, Problem, RawRow, Sheet
from graph.sources.tables import PROBLEM, TABLES, Column, Table, plain
from graph.sources.text import unescape

_LOOK = 10
"""Rows in which the header is looked for: a title may stand above it."""


def make_sheet(
    file: str, name: str, table: Table | None, rows: Iterable[RawRow], settings: Settings, *, cut: bool
) -> Sheet:
    """A sheet whose first rows tell what its columns are.

    Args:
        file: name of the file.
        name: of the sheet.
        table: which table it is; None: no table has such a name.
        rows: all rows, blank ones too, with cells as they stand.
        settings: the limits on rows and cells.
        cut: whether cells were cut out of a line (CSV), so that too many of them mean a wrong cut.

    Raises:
        SheetRefused: while its rows are read: more of them than the setting allows.
    """
    filled = _filled(rows, file, settings)
    top = list(islice(filled, _LOOK))
    at = _header_at([row.cells for row in top], table)
    header = tuple(repaired(cell).strip() for cell in top[at].cells) if top else ()
    while header and not header[-1]:
        header = header[:-1]
    unread = next((index for index, heading in enumerate(header) if plain(heading) == PROBLEM), None)
    number = top[at].number if top else 0
    columns: tuple[Column | None, ...] = (None,) * len(header)
    problems: tuple[Problem, ...] = ()
    if top and table is None:
        problems = (_unknown_sheet(file, name),)
    elif top and table is not None:
        columns, problems = _columns(_Place(file, name, number), table, header)
    below = chain(top[at + 1 :], filled)
    inspector = _Inspector(header, settings.cell_characters, unread, cut=cut)
    read = map(inspector.inspected, below)
    return Sheet(file, name, table, header, columns, problems, read, unread is not None)


class _Place:
    """Where the header stands."""

    def __init__(self, file: str, sheet: str, row: int) -> None:
        self.file, self.sheet, self.row = file, sheet, row

    def error(self, column: str, detail: str) -> Problem:
        return Problem(self.file, self.sheet, self.row, column, "", detail)

    def warning(self, column: str, detail: str) -> Problem:
        return Problem(self.file, self.sheet, self.row, column, "", detail, "warning")


def _filled(rows: Iterable[RawRow], file: str, settings: Settings) -> Iterator[RawRow]:
    count = 0
    for row in rows:
        if not any(cell and not cell.isspace() for cell in row.cells):
            continue
        count += 1
        if count > settings.sheet_rows + 1:
            raise _too_many(file, settings)
        yield row


def _too_many(file: str, settings: Settings) -> SheetRefused:
    detail = f"a sheet has more rows than VERRE_SHEET_ROWS allows ({settings.sheet_rows})"
    return refuse(file, detail, "VERRE_SHEET_ROWS")


def _header_at(rows: Sequence[Sequence[str]], table: Table | None) -> int:
    """The first row of which at least two cells, and half of those filled, are headings; else the first."""
    if table is None:
        return 0
    for index, cells in enumerate(rows):
        filled = [cell for cell in cells if cell.strip()]
        if known_headings(cells, table) >= max(2, len(filled) / 2):
            return index
    return 0


def known_headings(cells: Sequence[str], table: Table) -> int:
    """How many of these are headings of the table."""
    return sum(plain(cell) in table.headings for cell in cells)


def _columns(
    place: _Place, table: Table, header: tuple[str, ...]
) -> tuple[tuple[Column | None, ...], tuple[Problem, ...]]:
    columns: list[Column | None] = []
    problems: list[Problem] = []
    for heading in header:
        column = table.headings.get(plain(heading)) if heading else None
        if column is not None and column in columns:
            problems.append(
                place.warning(heading, f"the column {column.name} comes twice: the first is read")
            )
            column = None
        elif column is None and heading and plain(heading) != PROBLEM:
            problems.append(
                place.warning(heading, f"no column of {table.name}: not read{_near(heading, table)}")
            )
        columns.append(column)
    for missing in table.columns:
        if missing.required and missing not in columns:
            detail = f"the column {missing.name} is missing: no row can be read without it"
            problems.append(place.error(missing.name, detail))
    return tuple(columns), tuple(problems)


def _near(heading: str, table: Table) -> str:
    found = process.extractOne(plain(heading), list(table.headings), score_cutoff=80)
    return f"; did you mean {table.headings[found[0]].name}?" if found else ""


def _unknown_sheet(file: str, name: str) -> Problem:
    known = ", ".join(table.name for table in TABLES)
    return Problem(
        file, name, 0, "", "", f"no table is called {name!r}, so no row of it is read; there are: {known}"
    )


class _Inspector:
    """Finds the faults of rows, and makes them as wide as the header."""

    def __init__(self, header: tuple[str, ...], longest: int, unread: int | None, *, cut: bool) -> None:
        self.header = header
        self.longest = longest
        self.unread = unread
        self.cut = cut
        self.told = False

    def inspected(self, row: RawRow) -> RawRow:
        cells = list(row.cells) if self.unread is None else [unescape(cell) for cell in row.cells]
        faults = [fault for fault in row.faults if fault.index < 0 or self._has_heading(fault.index)]
        known = {fault.index for fault in faults} | {self.unread}
        for index, cell in enumerate(cells):
            if cell and index not in known:
                fault = inspect(index, cell, self.longest) if self._has_heading(index) else None
                if fault is not None:
                    faults.append(fault)
                cells[index] = repaired(cell)
        faults += self._without_heading(cells)
        cells.extend([""] * (len(self.header) - len(cells)))
        return RawRow(row.number, tuple(cells), tuple(faults))

    def _has_heading(self, index: int) -> bool:
        return index < len(self.header) and bool(self.header[index])

    def _without_heading(self, cells: list[str]) -> list[CellFault]:
        """In a line that was cut, one cell too many means that it was cut wrong; else it is a remark aside."""
        width = len(self.header)
        if self.cut and any(cell.strip() for cell in cells[width:]):
            detail = (
                f"more cells than headings ({width}): a separator in a text needs quotation marks around it"
            )
            return [CellFault(-1, detail)]
        if self.told:
            return []
        aside = [i for i, cell in enumerate(cells) if cell.strip() and not self._has_heading(i)]
        self.told = bool(aside)
        detail = "a cell without a heading above it is not read (told once a sheet)"
        return [CellFault(index, detail, harmless=True) for index in aside[:1]]
