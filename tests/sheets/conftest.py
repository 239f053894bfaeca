"""The index of the curated facts, and files as people send them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graph.index import Index
from graph.settings import Settings
from graph.sheets.enriching import Enriched
from graph.sheets.run import Job, Options
from tests.reconciliation.conftest import index

__all__ = ["index"]

TODAY = dt.date(2026, 6, 1)
Book = Callable[..., Path]
Run = Callable[..., Enriched]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Writes a workbook: sheet -> rows."""

    def write(sheets: dict[str, Sequence[Sequence[Any]]], name: str = "members.xlsx") -> Path:
        made = openpyxl.Workbook()
        for place, (title, rows) in enumerate(sheets.items()):
            sheet = made.worksheets[0] if place == 0 else made.create_sheet()
            sheet.title = title
            for row in rows:
                sheet.append(list(row))
        made.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def run(index: Index) -> Run:
    """Matches a file."""

    def match(path: Path, lang: str = "en", settings: Settings | None = None, **more: Any) -> Enriched:
        job = Job(path, path.name, settings or Settings(), Options(lang, **more))
        job.begin(index)
        for step in job.steps:
            step(index, TODAY)
        return job.end(index, TODAY)

    return match
