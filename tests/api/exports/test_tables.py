"""CSV and XLSX: whole, safe to open, and truthful where cut."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.exports import csvfile, xlsxfile
from api.exports.cells import MOST, Cut, Sheet, safe

SHEET = Sheet(
    keys=("company", "value", "ended", "note"),
    titles=("Bedrijf", "Waarde", "Voorbij", "Noot"),
    rows=[("=1+1", -14.5, True, None), ('Cera,\n"x"', 3, False, "@cmd"), ("000123", None, None, "é")],
    language="nl",
    about=(("Release", "r1"), ("Vraag", "=1")),
)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\tx", "\rx", "\n=1", "  =1", "\ufeff=1", "＝1"])
def test_a_text_that_starts_a_formula_is_defused(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("value", ["a=1", "", "1-2", "é", None, True, 3, -3, -1.5, "   "])
def test_anything_else_stays(value: str | float | None) -> None:
    assert safe(value) == value


def test_a_text_longer_than_a_cell_is_shortened_visibly() -> None:
    long = safe("x" * (MOST + 5))
    assert isinstance(long, str)
    assert len(long) == MOST
    assert long.endswith("…")


def test_csv_reads_back() -> None:
    raw = csvfile.write(SHEET)
    rows = list(csv.reader(io.StringIO(raw.decode(), newline="")))
    assert rows == [
        ["company", "value", "ended", "note"],
        ["'=1+1", "-14.5", "true", ""],
        ['Cera,\n"x"', "3", "false", "'@cmd"],
        ["000123", "", "", "é"],
    ]
    assert raw.count(b"\r\n") == 4


def test_a_cut_csv_says_so_in_its_last_line() -> None:
    cut = Sheet(("a",), ("A",), [("x",)], "en", cut=Cut(rows=1, of=9))
    last = list(csv.reader(io.StringIO(csvfile.write(cut).decode())))[-1]
    assert last == ["# Cut off after 1 rows (VERRE_EXPORT_ROWS); there are 9 results in all."]


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_the_cut_is_told_in_each_language(language: str) -> None:
    told = Cut(7, 11).sentence(language)
    assert "7" in told
    assert "11" in told
    assert "VERRE_EXPORT_ROWS" in told


def test_a_workbook_opens_with_a_frozen_head_and_texts_as_texts() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsxfile.write(SHEET)))
    page, about = book.worksheets
    assert [cell.value for cell in page[1]] == ["Bedrijf", "Waarde", "Voorbij", "Noot"]
    assert page.freeze_panes == "B2"
    assert page["A1"].font.bold
    assert [cell.value for cell in page[2]] == ["'=1+1", -14.5, "ja", None]
    assert page["A4"].value == "000123"
    assert about["B2"].value == "'=1"
    assert about["A1"].value == "Release"
    assert not any(cell.data_type == "f" for sheet in book for row in sheet for cell in row)


def test_a_cut_workbook_says_so_on_both_sheets() -> None:
    cut = Sheet(("a",), ("A",), [("x",)], "fr", cut=Cut(rows=1, of=9))
    page, about = openpyxl.load_workbook(io.BytesIO(xlsxfile.write(cut))).worksheets
    assert str(page["A3"].value).startswith("Coupé après 1 lignes")
    assert str(about["B1"].value).startswith("Coupé après 1 lignes")


def test_an_empty_list_is_a_head_alone() -> None:
    empty = Sheet(("a", "b"), ("A", "B"), [], "nl")
    assert csvfile.write(empty) == b"a,b\r\n"
    assert openpyxl.load_workbook(io.BytesIO(xlsxfile.write(empty))).worksheets[0].max_row == 1


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30), min_size=1, max_size=5
    )
)
def test_no_cell_of_a_csv_starts_a_formula(texts: list[str]) -> None:
    raw = csvfile.write(Sheet(("a",) * len(texts), (), [texts], "nl"))
    row = list(csv.reader(io.StringIO(raw.decode(), newline="")))[1]
    assert not any(cell.lstrip()[:1] in tuple("=+-@") for cell in row)
    assert [cell.removeprefix("'") for cell in row] == [text.removeprefix("'") for text in texts]


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "ja onbekend"), ("en", "yes unknown"), ("fr", "oui inconnu")]
)
def test_a_place_is_told_in_words_of_the_reader_and_stays_a_code_in_csv(language: str, words: str) -> None:
    sheet = Sheet(
        ("areaMember", "seatInArea", "note"), ("A", "B", "C"), [("yes", "unknown", "yes")], language
    )
    page = openpyxl.load_workbook(io.BytesIO(xlsxfile.write(sheet))).worksheets[0]
    assert [cell.value for cell in page[2]] == [*words.split(), "yes"]
    assert b"yes,unknown,yes" in csvfile.write(sheet)
