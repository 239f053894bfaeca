"""XLSX: a frozen header row, texts as texts, a second sheet that says what the file is."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from api.exports.cells import Sheet, Value, safe, safe_rows

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NAMES = {
    "nl": ("Gegevens", "Over dit bestand"),
    "en": ("Data", "About this file"),
    "fr": ("Données", "À propos"),
}
_YES = {"nl": ("ja", "nee"), "en": ("yes", "no"), "fr": ("oui", "non")}
_UNKNOWN = {"nl": "onbekend", "en": "unknown", "fr": "inconnu"}
_PLACES = {"areaMember", "seatInArea", "siteInArea"}
"""Columns that say yes, no or unknown: as such in CSV, in the reader's language here."""

_WIDE = {"note": 60, "sourceTitle": 50, "sourceUrl": 50, "company": 32, "activity": 60}


def _place(value: Value, language: str) -> Value:
    yes, no = _YES[language]
    return {"yes": yes, "no": no, "unknown": _UNKNOWN[language]}.get(str(value), value)


def _cell(page: Any, place: tuple[int, int], value: Value, language: str) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_string(*place, _YES[language][0 if value else 1])
    elif isinstance(value, int | float):
        page.write_number(*place, value)
    else:
        page.write_string(*place, value)


def _data(book: Any, sheet: Sheet, name: str) -> None:
    page = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#1f3a4d", "font_color": "#ffffff", "text_wrap": True})
    for column, key in enumerate(sheet.keys):
        page.set_column(column, column, _WIDE.get(key, 18))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.keys) - 1)
    for column, title in enumerate(sheet.titles):
        page.write_string(0, column, title, head)
    for number, row in enumerate(safe_rows(sheet.rows), start=1):
        for column, (key, value) in enumerate(zip(sheet.keys, row, strict=True)):
            shown = _place(value, sheet.language) if key in _PLACES else value
            _cell(page, (number, column), shown, sheet.language)
    if sheet.cut is not None:
        page.write_string(len(sheet.rows) + 1, 0, sheet.cut.sentence(sheet.language))


def _about(book: Any, sheet: Sheet, name: str) -> None:
    page = book.add_worksheet(name)
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 100)
    bold = book.add_format({"bold": True})
    rows = list(sheet.about)
    if sheet.cut is not None:
        rows.append(("!", sheet.cut.sentence(sheet.language)))
    for number, (label, value) in enumerate(rows):
        page.write_string(number, 0, label, bold)
        page.write_string(number, 1, str(safe(value)))


def write(sheet: Sheet) -> bytes:
    """The sheet as a workbook. Blocks: run it in a thread."""
    data, about = _NAMES[sheet.language]
    with tempfile.TemporaryDirectory(prefix="verre-xlsx-") as folder:
        path = Path(folder) / "export.xlsx"
        book = xlsxwriter.Workbook(str(path), _OPTIONS)
        book.set_properties({"title": "Verre", "created": datetime(2000, 1, 1, tzinfo=UTC)})
        _data(book, sheet, data)
        _about(book, sheet, about)
        book.close()
        return path.read_bytes()
