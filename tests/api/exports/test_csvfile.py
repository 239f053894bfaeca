"""CSV that stays harmless however a spreadsheet cuts it."""

from __future__ import annotations

import csv
import io

import pytest

from api.exports import csvfile
from api.exports.cells import Sheet

FORMULAS = tuple("=+-@＝＋－＠")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", FORMULAS)
def test_no_cell_begins_a_formula_whatever_the_separator(separator: str, start: str) -> None:
    hostile = [f"{start}1+1", f"a;{start}1+1", f"a; {start}1", f"a\t{start}1", f'a"\n{start}1', f"a,{start}1"]
    sheet = Sheet(keys=("name",), titles=("Name",), rows=[(value,) for value in hostile], language="en")
    text = csvfile.write(sheet).decode()
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]
    lines = [line for cell in cells for line in cell.splitlines()]
    assert not [line for line in lines if line.lstrip()[:1] in FORMULAS]


def test_other_texts_and_numbers_stay_as_they_are() -> None:
    rows = [("Maes; Peeters - broers", -3.5), ("a;b", True), (None, 2)]
    sheet = Sheet(keys=("name", "value"), titles=("Name", "Value"), rows=rows, language="en")
    assert csvfile.write(sheet).decode().splitlines()[1:] == ["Maes; Peeters - broers,-3.5", "a;b,true", ",2"]
