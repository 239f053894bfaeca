"""The template: what it offers is what the importer reads."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from graph.errors import InputError
from graph.sources.codes import CODES
from graph.sources.headings import LANGUAGES
from graph.sources.importer import import_sheets
from graph.sources.tables import TABLES, find_table, plain
from graph.sources.template import write_template
from tests.sources.sheets import GOOD, WORLD, options, run


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_and_heading_is_recognised(tmp_path: Path, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language)
    book = openpyxl.load_workbook(path)
    sheets = [sheet for sheet in book.worksheets if not sheet.title.startswith("_")]
    found = [find_table(sheet.title) for sheet in sheets]
    assert sorted(table.name for table in found if table) == sorted(table.name for table in TABLES)
    for sheet in sheets:
        table = find_table(sheet.title)
        assert table is not None
        headings = [str(cell.value) for cell in sheet[1]]
        assert [table.headings[plain(heading)] for heading in headings] == list(table.columns)
        assert all(cell.comment is not None and cell.comment.text for cell in sheet[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_template_is_no_problem(tmp_path: Path, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language)
    result = import_sheets([path], options())
    assert result.problems == []
    assert result.rows_in == 0
    assert len(result.sheets) == len(TABLES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_template_says_the_same_as_csv(tmp_path: Path, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language)
    tables = {**WORLD, **{name: [row] for name, row in GOOD.items() if name not in WORLD}}
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        table = find_table(sheet.title)
        if table is None:
            continue
        for row in tables[table.name]:
            sheet.append([row.get(column.name) for column in table.columns])
    book.save(path)
    result = import_sheets([path], options())
    assert result.problems == []
    assert result.graphs == run(tmp_path / "csv", tables).graphs


def test_code_lists_can_be_chosen_from(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, "en")
    book = openpyxl.load_workbook(path)
    lists = book["_lists"]
    assert lists.sheet_state == "hidden"
    offered = {
        str(column[0].value): [str(cell.value) for cell in column[1:] if cell.value]
        for column in lists.iter_cols()
    }
    assert offered == {name: list(words) for name, words in CODES.items()}
    markets = book["Markets"]
    sources = {
        str(validation.sqref): validation.formula1 for validation in markets.data_validations.dataValidation
    }
    column = list(CODES).index("engagement-status")
    letter = get_column_letter(column + 1)
    assert sources["C2:C10001"] == f"_lists!${letter}$2:${letter}$6"
    assert sources["A2:A10001"] == "'Organisations'!$A$2:$A$10001"
    assert any("'Sources'!" in str(formula) for formula in sources.values())


def test_another_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write_template(tmp_path / "template.xlsx", "de")
    assert caught.value.issues[0].value == "de"
    assert not (tmp_path / "template.xlsx").exists()
