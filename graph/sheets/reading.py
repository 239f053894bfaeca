"""Files to grids: XLSX and CSV, with the limits and the distrust of `graph.sources.readers`."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from graph.errors import InputError, Issue
from graph.settings import Settings
from graph.sheets.grid import EMPTY, Cell, Grid, Row, gathered
from graph.sources.readers.cells import FORMULA
from graph.sources.readers.guard import inspect_workbook, refuse
from graph.sources.readers.workbooks import cell_text, sheet_rows

SEPARATORS = ",;\t|"
ZIP = b"PK\x03\x04"
"""How a workbook begins."""
_UNPACKED = 16
"""Times that a workbook of `VERRE_SPREADSHEET_BYTES` may grow in memory."""


def read(path: Path, name: str, settings: Settings, sheet: str | None = None) -> Grid:
    """The sheet of a file that is to be matched.

    Args:
        path: of an `.xlsx` or a CSV; which of them is told by what it holds.
        name: what errors call it.
        sheet: of a workbook; None for the first that has something in it.

    Raises:
        SheetRefused: it is not read at all: its kind, its size, macros, …
        InputError: it has no such sheet.
    """
    size = path.stat().st_size
    if size > settings.spreadsheet_bytes:
        detail = (
            f"it has {size} bytes, more than VERRE_SPREADSHEET_BYTES allows ({settings.spreadsheet_bytes})"
        )
        raise refuse(name, detail, "VERRE_SPREADSHEET_BYTES")
    with path.open("rb") as stream:
        workbook = stream.read(4) == ZIP
    grid = _workbook(path, name, settings, sheet) if workbook else _csv(path, name, settings)
    if not grid.rows:
        raise refuse(name, "it has no row with something in it")
    return grid


def _workbook(path: Path, name: str, settings: Settings, wanted: str | None) -> Grid:
    most = min(settings.sheet_unpacked_bytes, _UNPACKED * settings.spreadsheet_bytes)
    inspect_workbook(path, name, settings.model_copy(update={"sheet_unpacked_bytes": most}))
    with path.open("rb") as stream:  # openpyxl would go by the ending of a name
        try:
            with warnings.catch_warnings():
                warnings.simplefilter(
                    "ignore", UserWarning
                )  # validations and styles that openpyxl leaves out
                book = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
        except Exception as error:  # whatever a broken workbook makes a parser raise
            raise refuse(name, f"it is no Excel workbook, or a damaged one ({error})") from error
        try:
            return _chosen(book, name, settings, wanted)
        finally:
            book.close()


def _chosen(book: openpyxl.Workbook, name: str, settings: Settings, wanted: str | None) -> Grid:
    titles = [sheet.title for sheet in book.worksheets]
    if wanted is not None and wanted not in titles:
        detail = f"has no sheet {wanted!r}; there are: {', '.join(titles)}"
        raise InputError(f"{name} {detail}", issues=(Issue("sheet", detail, wanted),))
    for sheet in book.worksheets:
        if wanted in (None, sheet.title):
            rows = gathered(_rows(sheet, name), name, settings)
            if rows or wanted:
                others = tuple(title for title in titles if title != sheet.title)
                return Grid(name, sheet.title, rows, others)
    return Grid(name, titles[0] if titles else "", ())


def _rows(sheet: Any, file: str) -> Iterator[Row]:
    for number, cells in sheet_rows(sheet, file):
        yield Row(number, _trimmed([_cell(cell) for cell in cells]))


def _cell(cell: Any) -> Cell:
    text, fault = cell_text(cell)
    if not text and cell.value is None:
        return EMPTY
    value = text if cell.data_type in ("f", "e") else cell.value
    form = "" if isinstance(value, str) else str(cell.number_format or "")
    return Cell(value, text, "" if form == "General" else form, fault)


def _trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    while cells and not cells[-1].text:
        cells.pop()
    return tuple(cells)


def _csv(path: Path, name: str, settings: Settings) -> Grid:
    raw = path.read_bytes()
    if b"\0" in raw:
        raise refuse(name, "it is neither a workbook (.xlsx) nor text in UTF-8: save it as one of them")
    remark = ""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
        remark = "not UTF-8: read as Windows-1252"
    rows = gathered(_lines(text, name), name, settings)
    return Grid(name, Path(name).stem, rows, remark=remark)


def _lines(text: str, name: str) -> Iterator[Row]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count) if any(map(first.count, SEPARATORS)) else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise refuse(name, f"line {reader.line_num} cannot be taken apart ({error})") from error
        number += 1
        yield Row(number, _trimmed([_text(cell) for cell in cells]))


def _text(cell: str) -> Cell:
    fault = FORMULA if cell.lstrip().startswith("=") else ""
    return Cell(cell, cell, "", fault) if cell else EMPTY
