"""CSV: comma, semicolon or tab; UTF-8, with whatever is not reported row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from graph.settings import Settings
from graph.sources.readers.guard import refuse
from graph.sources.readers.header import known_headings, make_sheet
from graph.sources.rows import CellFault, RawRow, Sheet
from graph.sources.tables import Table, find_table

SEPARATORS = ",;\t"
_MOST_LINES = 1000
"""Lines that one row may span. A quotation mark that is never closed costs no more than this."""


def read_csv(path: Path, name: str, settings: Settings) -> Sheet:
    """A CSV file as a sheet of the table that its name says.

    Bytes that are not UTF-8 do not stop it: they come as lone surrogates, and the row is reported.

    Raises:
        SheetRefused: it is not text in any encoding that extends ASCII.
    """
    data = path.read_bytes()
    if b"\0" in data[:4096]:
        raise refuse(name, "it is no text in UTF-8: save it as CSV UTF-8")
    text = data.decode("utf-8-sig", "surrogateescape")
    lines = list(io.StringIO(text, newline=""))
    table = find_table(path.stem)
    separator = _separator(lines, table)
    title = table.name if table else path.stem
    return make_sheet(name, title, table, _rows(lines, separator), settings, cut=True)


def _separator(lines: list[str], table: Table | None) -> str:
    """The one that finds most headings in the first line that has text; else most cells."""
    line = next((line for line in lines if line.strip()), "")

    def found(separator: str) -> tuple[int, int]:
        cells = next(csv.reader([line], delimiter=separator), [])
        return (known_headings(cells, table) if table else 0), len(cells)

    return max(SEPARATORS, key=found)


class _Feed:
    """Lines for a CSV reader, which is cut off where one row goes on without end."""

    def __init__(self, lines: list[str], position: int) -> None:
        self.lines = lines
        self.position = position
        self.start = position

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.position >= len(self.lines) or self.position - self.start >= _MOST_LINES:
            raise StopIteration
        self.position += 1
        return self.lines[self.position - 1]


def _rows(lines: list[str], separator: str) -> Iterator[RawRow]:
    """All rows; after one that no reader understands, the next line begins a new one."""
    number = 0
    position = 0
    while position < len(lines):
        feed = _Feed(lines, position)
        try:
            for cells in csv.reader(feed, delimiter=separator, strict=True):
                number += 1
                position = feed.start = feed.position
                yield RawRow(number, tuple(cells))
            return
        except csv.Error as error:
            number += 1
            detail = f"line {position + 1} cannot be taken apart ({error}): check its quotation marks"
            yield RawRow(number, (lines[position].rstrip("\r\n"),), (CellFault(-1, detail),))
            position += 1
