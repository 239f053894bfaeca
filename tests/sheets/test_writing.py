from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graph.settings import Settings
from graph.sheets.enriching import Enriched
from graph.sheets.reading import read
from graph.sheets.writing import file_name, sheet_name, write_csv, write_xlsx
from tests.sheets.conftest import Book, Run

DAY = dt.datetime(2018, 2, 19)  # noqa: DTZ001
ROWS: list[list[Any]] = [
    ["Ledenlijst", None, None, None, None],
    ["Firma", "Omzet", "Sinds", "Actief", "Formule"],
    ["Luminex Network Intelligence", 12.5, DAY, True, "=1+1"],
    ["007", -3, dt.time(8, 30), False, '=HYPERLINK("http://evil.example","x")'],
    ["+32 11", 0, None, None, "@SUM(A1)"],
]


@pytest.fixture
def enriched(book: Book, run: Run) -> Enriched:
    return run(book({"Leden": ROWS}))


def reopened(raw: bytes, folder: Path) -> Any:
    path = folder / "back.xlsx"
    path.write_bytes(raw)
    return openpyxl.load_workbook(path)


def test_the_columns_that_were_there_come_back_unchanged_and_in_order(
    enriched: Enriched, tmp_path: Path
) -> None:
    sheet = reopened(write_xlsx(enriched), tmp_path)["Leden"]
    back = [[cell.value for cell in row[:5]] for row in sheet.iter_rows()]
    assert back == ROWS
    assert sheet["C3"].number_format == "yyyy-mm-dd h:mm:ss"
    assert [cell.value for cell in sheet[2]][5:] == list(enriched.titles)
    assert sheet["F3"].value == "sure"


def test_no_cell_is_a_formula_and_none_becomes_one(enriched: Enriched, tmp_path: Path) -> None:
    book = reopened(write_xlsx(enriched), tmp_path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    started = [cell for cell in cells if str(cell.value)[:1] in "=+@" and cell.data_type == "s"]
    assert len(started) == 4
    assert all(cell.quotePrefix for cell in started)


def test_a_csv_has_the_same_with_formulas_stopped(enriched: Enriched) -> None:
    raw = write_csv(enriched)
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Ledenlijst", ""]
    assert rows[2][:5] == ["Luminex Network Intelligence", "12.5", "2018-02-19", "true", "'=1+1"]
    assert rows[4][0] == "'+32 11"
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@", "\t")]
    assert {len(row) for row in rows[1:]} == {5 + len(enriched.titles)}


def test_what_goes_out_can_come_in_again(enriched: Enriched, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "again.xlsx"
    path.write_bytes(write_xlsx(enriched))
    again = run(path)
    assert [each.status for each in again.rows] == [each.status for each in enriched.rows]
    assert again.grid.others == ("About this file",)


def test_a_second_sheet_says_what_the_file_is(enriched: Enriched, tmp_path: Path) -> None:
    about = reopened(write_xlsx(enriched), tmp_path)["About this file"]
    told = {row[0].value: row[1].value for row in about.iter_rows()}
    assert told["File"] == "members.xlsx, Leden"
    assert told["Release"] == "real"
    assert told["Column A"] == "Firma: name, by its heading"
    assert told["sure"] == "1"
    assert "Wanting to export and exporting" in told["Explanation"]


def test_a_sheet_without_headings_gets_the_titles_above(book: Book, run: Run, tmp_path: Path) -> None:
    path = book({"A": [["Luminex", "0429593895"], ["Beta", "0403170701"]]})
    found = run(path)
    sheet = reopened(write_xlsx(found), tmp_path)["A"]
    assert [cell.value for cell in sheet[1]][:3] == [None, None, "Verre: result"]
    assert [sheet["A2"].value, sheet["A3"].value] == ["Luminex", "Beta"]
    lines = write_csv(found).decode("utf-8-sig").splitlines()
    assert lines[0].startswith(",,Verre: result")
    assert lines[2].startswith("Beta,0403170701,")


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_blank_rows_stay(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(f"Firma,Nota\n\nLuminex,{'x' * 50_000}\n", "utf-8")
    found = run(path, settings=Settings(cell_characters=100_000))
    sheet = reopened(write_xlsx(found), tmp_path)["long"]
    assert len(sheet["B3"].value) == 32_000
    assert sheet["A2"].value is None
    assert write_csv(found).decode("utf-8-sig").splitlines()[1].strip(",") == ""


def test_numbers_and_days_that_excel_cannot_hold_are_texts(run: Run, book: Book, tmp_path: Path) -> None:
    path = book({"A": [["Firma", "x"], ["Luminex", 1e307]]})
    sheet = reopened(write_xlsx(run(path)), tmp_path)["A"]
    assert float(sheet["B2"].value) == 1e307


@pytest.mark.parametrize(
    ("given", "name"), [("a[1]:b*?/\\", "a1b"), ("'x'", "x"), ("", "Sheet1"), ("n" * 40, "n" * 31)]
)
def test_sheets_get_names_that_excel_takes(given: str, name: str) -> None:
    assert sheet_name(given) == name


def test_the_file_that_goes_back_has_a_name_of_its_own(enriched: Enriched) -> None:
    assert file_name(enriched, "xlsx") == "members-verre.xlsx"


def test_a_sheet_that_is_called_as_ours_does_not_clash(book: Book, run: Run, tmp_path: Path) -> None:
    found = run(book({"about this file": [["Firma"], ["Luminex"]]}))
    assert reopened(write_xlsx(found), tmp_path).sheetnames == ["about this file", "Verre"]


def test_cells_of_a_workbook_are_read_once_more_as_they_were(enriched: Enriched, tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    path.write_bytes(write_xlsx(enriched))
    back = read(path, "back.xlsx", Settings())
    assert [cell.text for cell in back.rows[2].cells[:4]] == [
        cell.text for cell in enriched.grid.rows[2].cells[:4]
    ]
