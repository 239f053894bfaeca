"""Enriched sheets as files: the columns that were there first, unchanged; no cell starts a formula.

In a workbook a text that looks like a formula is a text, marked so that it stays one when somebody edits it.
In a CSV, which knows no types, it gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from graph.formulas import MOST, safe_field
from graph.sheets.enriching import Added, Enriched
from graph.sheets.grid import Cell
from graph.sheets.words import word

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
_TITLE = 31
"""Characters of the name of a sheet."""
_FIRST_DAY = dt.datetime(1900, 1, 1)  # noqa: DTZ001
"""Dates before it are texts in Excel."""


def _rows(enriched: Enriched) -> Iterator[tuple[int, tuple[Cell, ...], tuple[Added, ...], bool]]:
    """Each row: place, cells that were there, cells that are added, whether it has the headings.

    A sheet without headings gets the titles of the added columns one row above.
    """
    header = enriched.layout.header
    top = enriched.grid.rows[header].number if header is not None else None
    shift = 0 if top is not None else 1
    if top is None:
        yield 0, (), enriched.titles, True
    for row in enriched.grid.rows:
        titled = row.number == top
        added: tuple[Added, ...] = enriched.titles if titled else enriched.cells.get(row.number, ())
        yield row.number - 1 + shift, row.cells, added, titled


def write_csv(enriched: Enriched) -> bytes:
    """As a CSV in UTF-8, with a byte order mark so that Excel reads it as such."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    width, last = enriched.grid.width, -1
    for place, cells, added, _ in _rows(enriched):
        for _ in range(place - last - 1):
            writer.writerow([])
        last = place
        texts = [cell.text for cell in cells] + [""] * (width - len(cells))
        writer.writerow([safe_field(text) for text in (*texts, *map(_text, added))])
    return out.getvalue().encode("utf-8-sig", "replace")


def _text(value: Added) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def write_xlsx(enriched: Enriched) -> bytes:
    """As a workbook, with a second sheet that says what it is. Blocks: run it in a thread."""
    with tempfile.TemporaryDirectory(prefix="verre-match-") as folder:
        path = Path(folder) / "match.xlsx"
        book = xlsxwriter.Workbook(str(path), _OPTIONS)
        book.set_properties({"title": "Verre", "created": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)})
        _Page(book, enriched).write()
        _about(book, enriched)
        book.close()
        return path.read_bytes()


def file_name(enriched: Enriched, form: str) -> str:
    """The name of the file that goes back."""
    stem = enriched.grid.file.rpartition(".")[0] or enriched.grid.file
    return f"{stem}-verre.{form}"


def sheet_name(text: str) -> str:
    """A name that a sheet may have."""
    kept = "".join(letter for letter in text if letter.isprintable() and letter not in "[]:*?/\\").strip("' ")
    return kept[:_TITLE] or "Sheet1"


class _Page:
    """The sheet itself."""

    def __init__(self, book: Any, enriched: Enriched) -> None:
        self.book = book
        self.enriched = enriched
        self.page = book.add_worksheet(sheet_name(enriched.grid.sheet))
        self.text = book.add_format({"quote_prefix": True})
        self.head = book.add_format({"bold": True, "bg_color": "#1f3a4d", "font_color": "#ffffff"})
        self.forms: dict[str, Any] = {}

    def write(self) -> None:
        width = self.enriched.grid.width
        self.page.set_column(width, width + len(self.enriched.titles) - 1, 24)
        for place, cells, added, titled in _rows(self.enriched):
            for column, cell in enumerate(cells):
                self._old(place, column, cell)
            for column, value in enumerate(added, start=width):
                self._new(place, column, value, titled=titled)

    def _old(self, row: int, column: int, cell: Cell) -> None:
        value = cell.value
        if isinstance(value, bool):
            self.page.write_boolean(row, column, value)
        elif isinstance(value, int | float) and math.isfinite(value) and abs(value) < 1e300:
            self.page.write_number(row, column, value, self._form(cell.form))
        elif isinstance(value, dt.datetime) and value.replace(tzinfo=None) >= _FIRST_DAY:
            self.page.write_datetime(row, column, value, self._form(cell.form or "yyyy-mm-dd"))
        elif isinstance(value, dt.time | dt.timedelta):
            self.page.write_datetime(row, column, value, self._form(cell.form or "hh:mm:ss"))
        elif cell.text:
            self._string(row, column, cell.text)

    def _new(self, row: int, column: int, value: Added, *, titled: bool) -> None:
        if isinstance(value, str):
            if titled:
                self.page.write_string(row, column, value, self.head)
            elif value:
                self._string(row, column, value)
        else:
            self.page.write_number(row, column, value)

    def _string(self, row: int, column: int, text: str) -> None:
        shown = text if len(text) <= MOST else text[: MOST - 1] + "…"
        if safe_field(shown) == shown:
            self.page.write_string(row, column, shown)
        else:
            self.page.write_string(row, column, shown, self.text)

    def _form(self, form: str) -> Any:
        if not form:
            return None
        if form not in self.forms:
            self.forms[form] = self.book.add_format({"num_format": form})
        return self.forms[form]


def _about(book: Any, enriched: Enriched) -> None:
    title = sheet_name(word("about", enriched.lang))
    if title.casefold() == sheet_name(enriched.grid.sheet).casefold():
        title = "Verre"
    page = book.add_worksheet(title)
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 100)
    bold = book.add_format({"bold": True})
    quoted = book.add_format({"quote_prefix": True})
    for row, (label, text) in enumerate(enriched.about):
        page.write_string(row, 0, label, bold)
        page.write_string(row, 1, text[:MOST], quoted)
