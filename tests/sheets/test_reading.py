from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from graph.errors import InputError, SheetRefused
from graph.settings import Settings
from graph.sheets.reading import read
from tests.sheets.conftest import Book

SETTINGS = Settings(spreadsheet_rows=3, spreadsheet_columns=4)


def texts(path: Path, settings: Settings = SETTINGS) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read(path, path.name, settings).rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_csv_is_cut_by_what_its_first_line_shows(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"\ufeffName{separator}Land\nAcmé{separator}BE\n\n", "utf-8")
    assert texts(path) == [["Name", "Land"], ["Acmé", "BE"]]


def test_a_csv_of_windows_is_read_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Naam\nCafé\n".encode("cp1252"))
    grid = read(path, "a.csv", SETTINGS)
    assert grid.rows[1].cells[0].text == "Café"
    assert "Windows-1252" in grid.remark


def test_a_workbook_keeps_its_types_and_its_other_sheets_are_named(book: Book) -> None:
    day = dt.datetime(2018, 2, 19)  # noqa: DTZ001
    path = book({"Empty": [], "Blad": [["Naam", "x"], ["Acme", 12.5], [None, day]], "More": [["y"]]})
    grid = read(path, "m.xlsx", SETTINGS)
    assert (grid.sheet, grid.others, grid.width) == ("Blad", ("Empty", "More"), 2)
    assert [row.number for row in grid.rows] == [1, 2, 3]
    assert [row.cell(1).value for row in grid.rows] == ["x", 12.5, day]
    assert [row.cell(1).text for row in grid.rows] == ["x", "12.5", "2018-02-19"]
    assert grid.rows[2].cell(0).text == grid.rows[2].cell(9).text == ""
    assert texts(book({"A": [["q"]], "B": [["z"]]}, "two.xlsx")) == [["q"]]


def test_a_sheet_is_chosen_by_name_or_refused(book: Book) -> None:
    path = book({"A": [["q"]], "B": [["z"]]})
    assert read(path, "m.xlsx", SETTINGS, "B").rows[0].cells[0].text == "z"
    with pytest.raises(InputError, match="there are: A, B"):
        read(path, "m.xlsx", SETTINGS, "C")


def test_a_formula_is_a_text_with_a_fault(book: Book, tmp_path: Path) -> None:
    cell = read(book({"A": [["=1+1"]]}), "m.xlsx", SETTINGS).rows[0].cells[0]
    assert (cell.value, cell.text) == ("=1+1", "=1+1")
    assert "formula" in cell.fault
    path = tmp_path / "f.csv"
    path.write_text(" =cmd|' /C calc'!A0\nx\n", "utf-8")
    assert "formula" in read(path, "f.csv", Settings()).rows[0].cells[0].fault


@pytest.mark.parametrize(
    ("content", "settings", "setting"),
    [
        ("x\n" * 5, SETTINGS, "VERRE_SPREADSHEET_ROWS"),
        ("a,b,c,d,e\n", SETTINGS, "VERRE_SPREADSHEET_COLUMNS"),
        ("abcdefghij\n", Settings(spreadsheet_bytes=5), "VERRE_SPREADSHEET_BYTES"),
    ],
)
def test_each_limit_names_its_setting(tmp_path: Path, content: str, settings: Settings, setting: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(SheetRefused, match=setting) as caught:
        read(path, "a.csv", settings)
    assert caught.value.setting == setting
    assert caught.value.issues[0].name == "a.csv"


@pytest.mark.parametrize("content", [b"", b"\n \n", b"a\0b", b"PK\x03\x04 no zip", b'"' + b"x" * 200_000])
def test_what_is_no_sheet_is_refused_with_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sheet"
    path.write_bytes(content)
    with pytest.raises(SheetRefused, match=r"members\.dat"):
        read(path, "members.dat", Settings())


def test_a_workbook_that_unpacks_without_end_is_refused(book: Book) -> None:
    path = book({"A": [["x" * 30_000] for _ in range(40)]})
    with pytest.raises(SheetRefused, match="VERRE_SHEET_"):
        read(path, "m.xlsx", Settings(spreadsheet_bytes=path.stat().st_size))
