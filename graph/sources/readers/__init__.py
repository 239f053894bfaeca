"""Files to rows: CSV and XLSX, whatever wrote them, without trusting them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.errors import Issue, SheetRefused
from graph.settings import Settings
from graph.sources.readers.csv_files import read_csv
from graph.sources.readers.guard import refuse_large
from graph.sources.readers.workbooks import read_workbook
from graph.sources.rows import Sheet

SUFFIXES = frozenset({".csv", ".xlsx"})
"""What is read. Other files of Excel are refused by name, with what to do about it."""


def read_file(path: Path, name: str, settings: Settings) -> Iterator[Sheet]:
    """The sheets of a file, one after the other; each must be read before the next is asked for.

    Args:
        path: a `.csv` or `.xlsx` file.
        name: what problems call it.
        settings: the limits on size, rows and cells.

    Raises:
        SheetRefused: it is not read at all: its kind, its size, macros, external references, …
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise SheetRefused(
            f"{name} is not read: save it as an Excel workbook without macros (.xlsx) or as CSV in UTF-8",
            issues=(Issue(name, "only .csv and .xlsx are read", suffix),),
        )
    refuse_large(path, name, settings)
    return (
        read_workbook(path, name, settings) if suffix == ".xlsx" else iter((read_csv(path, name, settings),))
    )
