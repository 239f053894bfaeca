"""XLSX workbooks, read row by row, formulas unread, types of Excel undone."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from graph.settings import Settings
from graph.sources.readers.cells import FORMULA
from graph.sources.readers.guard import inspect_workbook, refuse
from graph.sources.readers.header import make_sheet
from graph.sources.rows import CellFault, RawRow, Sheet
from graph.sources.tables import find_table

_LAST_ROW = 1 << 20
"""Excel has no more rows; a workbook that says it has would keep the reader busy with empty ones."""

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def read_workbook(path: Path, name: str, settings: Settings) -> Iterator[Sheet]:
    """The sheets of a workbook that are tables; those whose name begins with `_` are the template's own.

    Raises:
        SheetRefused: it is not safe to read, or no workbook.
    """
    merged = inspect_workbook(path, name, settings)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # validations and styles that openpyxl leaves out
            book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # whatever a broken workbook makes a parser raise
        raise refuse(name, f"it is no Excel workbook, or a damaged one ({error})") from error
    return _sheets(book, name, merged, settings)


def _sheets(
    book: openpyxl.Workbook, name: str, merged: dict[str, frozenset[int]], settings: Settings
) -> Iterator[Sheet]:
    try:
        for sheet in book.worksheets:
            if sheet.title.startswith("_"):
                continue
            part: str = getattr(sheet, "_worksheet_path", "").lstrip("/")
            rows = _rows(sheet, name, merged.get(part, frozenset()))
            yield make_sheet(name, sheet.title, find_table(sheet.title), rows, settings, cut=False)
    finally:
        book.close()


def sheet_rows(sheet: Any, file: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Number, from 1, and cells of each row of a sheet of openpyxl that was opened to be read only.

    Raises:
        SheetRefused: the sheet is damaged, or says that it has more rows than Excel knows.
    """
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(), start=1)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # dates beyond those of Excel
                number, cells = next(rows)
        except StopIteration:
            return
        except Exception as error:
            raise refuse(file, f"its sheet {sheet.title} is damaged ({error})") from error
        if number > _LAST_ROW:
            raise refuse(file, f"its sheet {sheet.title} has a row beyond {_LAST_ROW}, the last one of Excel")
        yield number, cells


def _rows(sheet: Any, file: str, merged: frozenset[int]) -> Iterator[RawRow]:
    """Rows of a sheet; titles merged over several columns are no rows."""
    for number, cells in sheet_rows(sheet, file):
        row = _row(number, cells)
        if number in merged and sum(bool(cell) for cell in row.cells) <= 1:
            continue
        yield row


def _row(number: int, cells: tuple[Any, ...]) -> RawRow:
    texts: list[str] = []
    faults: list[CellFault] = []
    for index, cell in enumerate(cells):
        text, detail = cell_text(cell)
        texts.append(text)
        if detail:
            faults.append(CellFault(index, detail))
    return RawRow(number, tuple(texts), tuple(faults))


def cell_text(cell: Any) -> tuple[str, str]:
    """The text of a cell of openpyxl, and what is wrong with it; empty where nothing is."""
    value = cell.value
    if value is None:
        return "", ""
    if isinstance(value, str) and cell.data_type == "s":
        return value, ""
    return _typed(value, cell)


def _typed(value: object, cell: Any) -> tuple[str, str]:
    """The text of a cell that Excel typed, and what is wrong with it."""
    if cell.data_type == "f":
        return str(getattr(value, "text", value)), FORMULA
    if cell.data_type == "e":
        return str(value), "an error of Excel: put the right value in the cell"
    if isinstance(value, bool):
        return str(value).lower(), ""
    if isinstance(value, dt.datetime | dt.date):
        return _date(value, cell.number_format or ""), ""
    if isinstance(value, int | float):
        return _number(value, cell.number_format or ""), ""
    return str(value), ""


def _number(value: float, form: str) -> str:
    """As a person would type it: no `.0`, no exponent; a percentage as what it shows."""
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return str(value)
    if "%" in _QUOTED.sub("", form):
        exact *= 100
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: dt.date, form: str) -> str:
    """As precise as its cell shows it: a date shown as `mmm-yy` is a month."""
    shown = _QUOTED.sub("", form).lower()
    if "y" not in shown or "d" in shown:
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
