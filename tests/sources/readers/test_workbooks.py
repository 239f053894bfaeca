"""Workbooks: what Excel typed is undone, what it computed is not trusted."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from graph.errors import SheetRefused
from graph.settings import Settings
from graph.sources.importer import import_sheets, write_rejects
from graph.sources.readers import read_file
from graph.sources.rows import RawRow, Sheet
from tests.sources.sheets import GOOD, WORLD, counts_add_up, errors, grid, options, run, write_book

SETTINGS = Settings()
HEADER = ["subject", "measure", "value", "unit", "period", "note", "source_id"]


def one_cell(folder: Path, value: Any, form: str = "General") -> RawRow:
    """The row read from a sheet with one cell of a format."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "figures"
    page.append(HEADER)
    page["C2"] = value
    page["C2"].number_format = form
    path = folder / "book.xlsx"
    book.save(path)
    (found,) = sheets(path)
    (row,) = found[1]
    return row


def sheets(path: Path, settings: Settings = SETTINGS) -> list[tuple[Sheet, list[RawRow]]]:
    return [(sheet, list(sheet.rows)) for sheet in read_file(path, path.name, settings)]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("text", "General", "text"),
        (2018, "General", "2018"),
        (2018.0, "General", "2018"),
        (429593895, "0", "429593895"),
        (96.85, "0.00", "96.85"),
        (0.1, "General", "0.1"),
        (1e20, "General", "100000000000000000000"),
        (1e-7, "General", "0.0000001"),
        (-5.2, "General", "-5.2"),
        (0, "General", "0"),
        (0.9685, "0.00%", "96.85"),
        (0.333, "0%", "33.3"),
        (0.5, '0.0" % of all"', "0.5"),
        (True, "General", "true"),
        (dt.date(2018, 2, 19), "yyyy-mm-dd", "2018-02-19"),
        (dt.datetime(2018, 2, 19, 13, 5), "dd/mm/yyyy hh:mm", "2018-02-19"),  # noqa: DTZ001
        (dt.date(2018, 2, 1), "mmm-yy", "2018-02"),
        (dt.date(2018, 2, 1), "[$-813]mmmm yyyy", "2018-02"),
        (dt.date(2018, 1, 1), "yyyy", "2018"),
        (dt.date(2018, 2, 19), "[$-F800]dddd, mmmm dd, yyyy", "2018-02-19"),
    ],
)
def test_typed_cells_are_read_as_a_person_would_type_them(
    tmp_path: Path, value: Any, form: str, text: str
) -> None:
    row = one_cell(tmp_path, value, form)
    assert row.cells[2] == text
    assert row.faults == ()


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("=1+1", "formula"),
        (ArrayFormula("C2:C2", "=SUM(A1:A2)"), "formula"),
        ("#REF!", "error of Excel"),
    ],
)
def test_what_excel_computed_is_reported(tmp_path: Path, value: Any, hint: str) -> None:
    (fault,) = one_cell(tmp_path, value).faults
    assert fault.index == 2
    assert hint in fault.detail


def test_sheets_are_found_by_name_in_three_languages_and_their_order_is_free(tmp_path: Path) -> None:
    tables = {
        "Marchés": [
            ["Marché", "Statut", "Clé organisation", "Clé source"],
            ["Vietnam", "targets", "acme", "s1"],
        ],
        "Organisaties": grid(WORLD["organizations"]),
        "Sources": grid(WORLD["sources"]),
    }
    result = import_sheets([write_book(tmp_path / "book.xlsx", tables)], options())
    assert result.problems == []
    assert {(sheet.sheet, sheet.rows_imported) for sheet in result.sheets} == {
        ("Marchés", 1),
        ("Organisaties", 2),
        ("Sources", 1),
    }


def test_a_workbook_and_a_folder_say_the_same(tmp_path: Path) -> None:
    tables = {**WORLD, **{name: [row] for name, row in GOOD.items() if name not in WORLD}}
    book = write_book(tmp_path / "book.xlsx", {name: grid(rows) for name, rows in tables.items()})
    result = import_sheets([book], options())
    assert result.problems == []
    assert result.graphs == run(tmp_path / "folder", tables).graphs


def test_typed_cells_end_up_as_facts(tmp_path: Path) -> None:
    tables: dict[str, Any] = {
        "organizations": [
            ["org_id", "name", "kind", "enterprise_number", "postcode", "founded", "source_id"],
            ["acme", "Acme", "company", 429593895, 3600.0, dt.date(2002, 5, 1), "s1"],
            [2024, "Twenty", "company", 403170701.0, None, 2002.0, "s1"],
        ],
        "sources": grid(WORLD["sources"]),
    }
    result = import_sheets([write_book(tmp_path / "book.xlsx", tables)], options())
    assert result.problems == []
    said = " ".join(str(t) for triples in result.graphs.values() for t in triples)
    assert "organization/be/0429593895" in said
    assert "organization/be/0403170701" in said
    for text in ('"2024"', '"3600"', '"2002-05-01"^^', '"2002"^^'):
        assert text in said


def test_titles_blank_rows_and_merges_are_no_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "needs"
    row = GOOD["needs"]
    for cells in (["Onze noden"], [], list(row), ["Genk"], list(row.values()), [None, " "], ["Hasselt"]):
        page.append(cells)
    page.merge_cells("A1:D1")
    page.merge_cells("A4:D4")
    path = tmp_path / "book.xlsx"
    book.save(path)
    ((found, rows),) = sheets(path)
    assert found.header == tuple(row)
    assert [line.number for line in rows] == [5, 7]
    assert rows[1].cells[0] == "Hasselt"


def test_a_row_with_cells_is_a_row_also_where_some_are_merged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "needs"
    page.append(list(GOOD["needs"]))
    page.append(list(GOOD["needs"].values()))
    page.merge_cells("C2:D2")
    path = tmp_path / "book.xlsx"
    book.save(path)
    ((_, rows),) = sheets(path)
    assert len(rows) == 1


def test_sheets_of_the_template_are_left_alone_and_others_are_reported(tmp_path: Path) -> None:
    tables = {"_lists": [["a"]], "Notes": [["hello"], ["one"], ["two"]], "sources": grid(WORLD["sources"])}
    result = import_sheets([write_book(tmp_path / "book.xlsx", tables)], options())
    (problem,) = errors(result)
    assert (problem.sheet, problem.row) == ("Notes", 0)
    assert "markets" in problem.detail
    assert [(sheet.sheet, sheet.rows_in, sheet.rows_set_aside) for sheet in result.sheets] == [
        ("Notes", 2, 2),
        ("sources", 1, 0),
    ]
    assert counts_add_up(result)


def test_an_empty_sheet_is_no_problem(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "book.xlsx")
    ((_, rows),) = sheets(tmp_path / "book.xlsx")
    assert rows == []
    assert import_sheets([tmp_path / "book.xlsx"], options()).problems == []


def replace_part(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with bytes of one part replaced."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for name, data in parts.items():
            changed.writestr(name, data)
    return target


def test_a_size_that_the_sheet_claims_is_not_believed(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx", {"sources": grid(WORLD["sources"])})
    path = replace_part(
        path, "xl/worksheets/sheet1.xml", b'<dimension ref="A1:E2"', b'<dimension ref="A1:A1"'
    )
    ((found, rows),) = sheets(path)
    assert len(found.header) == 5
    assert len(rows) == 1


def test_a_row_number_beyond_the_last_of_excel_is_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx", {"sources": grid(WORLD["sources"])})
    path = replace_part(path, "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="99999999999"')
    with pytest.raises(SheetRefused, match="the last one of Excel"):
        sheets(path)


def test_a_damaged_cell_is_refused_not_a_crash(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx", {"figures": [HEADER, ["a", "b", 5]]})
    path = replace_part(path, "xl/worksheets/sheet1.xml", b"<v>5</v>", b"<v>five</v>")
    with pytest.raises(SheetRefused, match="damaged"):
        sheets(path)


def test_remarks_beside_a_sheet_keep_no_row_out(tmp_path: Path) -> None:
    """Excel cuts nothing: a cell to the right of the headings is somebody's remark, formulas too."""
    need = GOOD["needs"]
    rows = [
        [*need],
        [*need.values(), None, "check this"],
        ["other", *list(need.values())[1:], "=1+1", "and this"],
    ]
    tables: dict[str, Any] = {"needs": rows, **{name: grid(known) for name, known in WORLD.items()}}
    result = import_sheets([write_book(tmp_path / "book.xlsx", tables)], options())
    assert result.rows_set_aside == 0
    (problem,) = result.problems
    assert (problem.row, problem.severity) == (2, "warning")
    assert "without a heading" in problem.detail


def test_a_gap_in_the_headings_is_told(tmp_path: Path) -> None:
    need = list(GOOD["needs"].items())
    header = [need[0][0], None, *(name for name, _ in need[1:])]
    values = [need[0][1], "remark", *(value for _, value in need[1:])]
    tables: dict[str, Any] = {
        "needs": [header, values],
        **{name: grid(known) for name, known in WORLD.items()},
    }
    result = import_sheets([write_book(tmp_path / "book.xlsx", tables)], options())
    assert result.rows_set_aside == 0
    assert ["without a heading" in problem.detail for problem in result.problems] == [True]


def test_a_row_with_a_remark_beside_it_can_be_mended(tmp_path: Path) -> None:
    need = {**GOOD["needs"], "as_of": "soon"}
    tables = {
        "needs": [[*need], [*need.values(), "remark"]],
        **{name: grid(known) for name, known in WORLD.items()},
    }
    book = write_book(tmp_path / "book.xlsx", tables)
    (path,) = write_rejects(import_sheets([book], options()), tmp_path / "rejects")
    assert "remark" in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8-sig").replace("soon", "2018"), encoding="utf-8")
    again = import_sheets([book, path], options())
    assert [problem.file for problem in errors(again)] == ["book.xlsx"]
    assert again.rows_imported == 5


def test_a_time_is_text_and_no_date(tmp_path: Path) -> None:
    assert one_cell(tmp_path, dt.time(13, 5), "hh:mm").cells[2] == "13:05:00"


def test_a_workbook_that_lacks_a_sheet_it_lists_is_refused(tmp_path: Path) -> None:
    whole = write_book(tmp_path / "whole.xlsx", GOOD)
    damaged = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(damaged, "w") as target:
        for part in source.namelist():
            if part != "xl/worksheets/sheet2.xml":
                target.writestr(part, source.read(part))
    assert sheets(whole)
    with pytest.raises(SheetRefused, match=r"sheet2\.xml is missing"):
        sheets(damaged)
