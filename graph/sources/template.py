"""An empty workbook to fill in: every sheet, headings in one language, lists to choose from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from graph.errors import InputError, Issue
from graph.sources.codes import CODES
from graph.sources.headings import HEADINGS, LANGUAGES
from graph.sources.keys import ID_COLUMNS
from graph.sources.tables import BY_NAME, TABLES, Column, Table

_ROWS = 10_000
"""Rows that offer a choice; more may be filled in."""

_LISTS = "_lists"
_ORDER = ("sources", "organizations", *(t.name for t in TABLES if t.name not in ("sources", "organizations")))
_OPEN = frozenset({"measure"})
_KEYS_OF = {
    "source_id": "sources",
    "org_id": "organizations",
    "from_org": "organizations",
    "to_org": "organizations",
    "awarder": "organizations",
    "mission_id": "missions",
}
_REQUIRED = {"nl": "Verplicht. ", "en": "Required. ", "fr": "Obligatoire. "}


def write_template(path: Path, language: str = "nl") -> None:
    """Writes the workbook.

    The words of code lists are the same in every language: they are what the cells hold.

    Args:
        path: an `.xlsx` file, overwritten.
        language: nl, en or fr: headings, names of sheets and explanations.

    Raises:
        InputError: another language.
    """
    if language not in LANGUAGES:
        detail = f"write one of {', '.join(LANGUAGES)}"
        raise InputError("no template in that language", issues=(Issue("language", detail, language),))
    with xlsxwriter.Workbook(str(path)) as book:
        writer = _Writer(book, language)
        for name in _ORDER:
            writer.add(BY_NAME[name])
        writer.add_lists()


class _Writer:
    """One workbook in the making."""

    def __init__(self, book: Any, language: str) -> None:
        self.book = book
        self.language = language
        self.plain = book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1})
        self.needed = book.add_format({"bold": True, "bg_color": "#F8CBAD", "bottom": 1})
        self.text = book.add_format({"num_format": "@"})
        self.lists = {name: index for index, name in enumerate(CODES)}

    def add(self, table: Table) -> None:
        """A sheet with its headings; cells are text, so that Excel turns no key or date into something else."""
        sheet = self.book.add_worksheet(table.labels[self.language])
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(table.columns):
            heading = HEADINGS[column.name]
            label = heading.labels[self.language]
            sheet.write_string(0, index, label, self.needed if column.required else self.plain)
            needed = _REQUIRED[self.language] if column.required else ""
            sheet.write_comment(0, index, needed + heading.help[self.language])
            sheet.set_column(index, index, max(12, len(label) + 2), self.text)
            choice = self._choice(table, column)
            if choice:
                sheet.data_validation(1, index, _ROWS, index, choice)

    def add_lists(self) -> None:
        """The words to choose from, on a hidden sheet whose name says that it is no table."""
        sheet = self.book.add_worksheet(_LISTS)
        for name, index in self.lists.items():
            sheet.write_column(0, index, [name, *CODES[name]])
        sheet.hide()

    def _choice(self, table: Table, column: Column) -> dict[str, Any] | None:
        scheme = column.codes or {"unit": "unit", "slug": "measure"}.get(column.kind, "")
        if scheme:
            place = xl_col_to_name(self.lists[scheme], col_abs=True)
            source = f"={_LISTS}!{place}$2:{place}${len(CODES[scheme]) + 1}"
            is_open = scheme in _OPEN or column.kind == "unit"
            return {
                "validate": "list",
                "source": source,
                "error_type": "information" if is_open else "stop",
                "error_title": column.name,
            }
        target = _KEYS_OF.get(column.name)
        if target is None or target == table.name:
            return None
        sheet = BY_NAME[target].labels[self.language].replace("'", "''")
        at = [known.name for known in BY_NAME[target].columns].index(ID_COLUMNS[target])
        place = xl_col_to_name(at, col_abs=True)
        source = f"='{sheet}'!{place}$2:{place}${_ROWS + 1}"
        return {"validate": "list", "source": source, "error_type": "warning", "error_title": column.name}
