"""CSV as it comes: separators, byte order marks, broken quotation, other encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import SheetRefused
from graph.settings import Settings
from graph.sources.readers import read_file
from graph.sources.rows import RawRow, Sheet
from tests.sources.sheets import GOOD, as_csv, columns

SETTINGS = Settings()
NEEDS = "need_id,org_id,need_nl,need_en,need_fr,as_of,source_id"


def sheet(path: Path, settings: Settings = SETTINGS) -> tuple[Sheet, list[RawRow]]:
    (found,) = read_file(path, path.name, settings)
    return found, list(found.rows)


def written(folder: Path, data: bytes | str, name: str = "needs.csv") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_marks_and_line_ends(tmp_path: Path, separator: str, mark: str, end: str) -> None:
    row = {**GOOD["needs"], "need_nl": "a, b; c"}
    text = as_csv([row], separator, columns("needs")).replace("\r\n", end)
    found, rows = sheet(written(tmp_path, mark + text))
    assert found.header == tuple(columns("needs"))
    assert [row.cells for row in rows] == [tuple(row.get(name, "") for name in columns("needs"))]
    assert not found.problems
    assert not rows[0].faults


def test_a_list_in_the_first_row_does_not_make_it_a_separator(tmp_path: Path) -> None:
    found, rows = sheet(
        written(tmp_path, "org_id,market,status,source_id\na,CN;VN;TH;KR;JP,active,s1\n", "markets.csv")
    )
    assert found.header == ("org_id", "market", "status", "source_id")
    assert rows[0].cells == ("a", "CN;VN;TH;KR;JP", "active", "s1")


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    text = f'{NEEDS}\na,x,"two\nlines",,,,s1\n\n ,,,,,,\nb,x,one,,,,s1\n'
    _, rows = sheet(written(tmp_path, text))
    assert [(row.number, row.cells[0]) for row in rows] == [(2, "a"), (5, "b")]
    assert rows[0].cells[2] == "two\nlines"


def test_a_title_may_stand_above_the_headings(tmp_path: Path) -> None:
    _, rows = sheet(written(tmp_path, f"Behoeften van onze leden,,\n,,\n{NEEDS}\na,x,y,,,,s1\n"))
    assert [row.number for row in rows] == [4]


def test_short_rows_are_filled_up_and_long_ones_are_faults(tmp_path: Path) -> None:
    _, rows = sheet(written(tmp_path, f"{NEEDS}\na,x\nb,x,y,,,,s1,,\nc,x,one, two,,,,s1\n"))
    assert rows[0].cells == ("a", "x", "", "", "", "", "")
    assert rows[0].faults == rows[1].faults == ()
    (fault,) = rows[2].faults
    assert fault.index == -1
    assert "more cells than headings (7)" in fault.detail


def test_bytes_that_are_not_utf8_are_a_fault_of_their_row_only(tmp_path: Path) -> None:
    data = f"{NEEDS}\na,x,Caf\xe9 \u20ac,,,,s1\n".encode("cp1252") + "b,x,Café,,,,s1\n".encode()
    _, rows = sheet(written(tmp_path, data))
    (fault,) = rows[0].faults
    assert (rows[0].number, fault.index) == (2, 2)
    assert "not UTF-8" in fault.detail
    assert "Café €" in fault.detail
    assert rows[0].cells[2] == "Café €"
    assert rows[1].faults == ()


def test_bytes_that_windows_does_not_know_either_are_kept(tmp_path: Path) -> None:
    _, rows = sheet(written(tmp_path, f"{NEEDS}\na,x,".encode() + b"\x81\x9d,,,,s1\n"))
    assert rows[0].cells[2] == "\x81\x9d"


@pytest.mark.parametrize("broken", ['a,x,"open,,,,s1', 'a,x,"a"b,,,,s1'])
def test_a_row_with_broken_quotation_marks_takes_no_other_along(tmp_path: Path, broken: str) -> None:
    _, rows = sheet(written(tmp_path, f"{NEEDS}\n0,x,y,,,,s1\n{broken}\nb,x,y,,,,s1\nc,x,y,,,,s1\n"))
    assert [row.number for row in rows] == [2, 3, 4, 5]
    assert [bool(row.faults) for row in rows] == [False, True, False, False]
    assert rows[1].cells[0] == broken
    assert "line 3" in rows[1].faults[0].detail
    assert "quotation marks" in rows[1].faults[0].detail


def test_a_quotation_mark_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    """A lenient reader takes the rest of the file for one long cell."""
    good = "".join(f"need-{number},x,y,,,,s1\n" for number in range(5_000))
    _, rows = sheet(written(tmp_path, f'{NEEDS}\na,x,"open,,,,s1\n{good}'))
    assert len(rows) == 5_001
    assert [row.number for row in rows if row.faults] == [2]


def test_every_row_may_be_broken(tmp_path: Path) -> None:
    _, rows = sheet(written(tmp_path, f"{NEEDS}\n" + 'a,x,"open,,,,s1\n' * 3_000))
    assert len(rows) == 3_000
    assert all(row.faults for row in rows)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_other_unicode_is_refused_with_what_to_do(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, f"{NEEDS}\n".encode(encoding))
    with pytest.raises(SheetRefused, match="save it as CSV UTF-8"):
        sheet(path)


def test_too_many_rows_are_refused_with_the_setting(tmp_path: Path) -> None:
    path = written(tmp_path, f"{NEEDS}\n" + "a,x,y,,,,s1\n" * 3)
    assert len(sheet(path, Settings(sheet_rows=3))[1]) == 3
    with pytest.raises(SheetRefused, match=r"VERRE_SHEET_ROWS allows \(2\)") as caught:
        sheet(path, Settings(sheet_rows=2))
    assert caught.value.setting == "VERRE_SHEET_ROWS"


def test_a_file_that_is_too_large_is_refused_with_the_setting(tmp_path: Path) -> None:
    path = written(tmp_path, "x" * 11)
    with pytest.raises(SheetRefused, match=r"VERRE_SHEET_BYTES allows \(10\)") as caught:
        sheet(path, Settings(sheet_bytes=10))
    assert caught.value.setting == "VERRE_SHEET_BYTES"


@pytest.mark.parametrize("name", ["a.xlsm", "a.xls", "a.ods", "a.txt", "a", "a.xltm"])
def test_other_files_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SheetRefused, match="without macros"):
        list(read_file(written(tmp_path, "x", name), name, SETTINGS))


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    for text in ("", "\n\n", "\ufeff"):
        found, rows = sheet(written(tmp_path, text))
        assert rows == []
        assert found.header == ()


def test_a_file_of_no_table_is_read_all_the_same(tmp_path: Path) -> None:
    found, rows = sheet(written(tmp_path, "a;b\n1;2\n", "misc.csv"))
    assert found.table is None
    assert (found.header, rows[0].cells) == (("a", "b"), ("1", "2"))
    assert "no table is called 'misc'" in found.problems[0].detail
