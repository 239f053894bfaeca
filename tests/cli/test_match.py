from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Verre

Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]

SHEET = "Firma,KBO,Land\nAcme NV,BE 0403.170.701,BE\nBetta,,Japan\nAcme,0403.170.702,\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "members.csv"
    path.write_text(SHEET, "utf-8")
    return path


def test_a_sheet_comes_back_beside_itself_with_what_was_found(verre: Verre, built: Path, sheet: Path) -> None:
    result = verre("match", sheet, "--lang", "en", "--market", "VN")
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader((sheet.parent / "members-verre.csv").read_text("utf-8-sig").splitlines()))
    assert [row["Verre: result"] for row in rows] == ["sure", "to be checked", "to be checked"]
    assert rows[0]["Verre: in Vietnam"] == "wants to sell"
    assert rows[0]["Verre: enterprise number"] == "0403.170.701"
    assert "column A: Firma: name, by its heading" in result.stderr
    assert "members.csv, sheet members, row 4, column KBO: the check digits" in result.stderr
    assert result.stderr.endswith("1 sure, 2 to be checked, 0 not found, 0 nothing to look for\n")


def test_nothing_is_overwritten(verre: Verre, built: Path, sheet: Path) -> None:
    assert verre("match", sheet).exit_code == 0
    again = verre("match", sheet)
    assert again.exit_code == 3
    assert "is there already" in again.stderr
    assert verre("match", sheet, "--output", sheet).exit_code == 3
    assert sheet.read_text("utf-8") == SHEET


def test_standard_streams_and_a_workbook(shell: Shell, built: Path, sheet: Path, tmp_path: Path) -> None:
    done = shell("match", "-", stdin=SHEET.encode())
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    assert rows[0][3] == "Verre: resultaat"
    target = tmp_path / "out.xlsx"
    assert shell("match", "-", "--output", target, stdin=SHEET.encode()).returncode == 0
    assert openpyxl.load_workbook(target).worksheets[0]["A2"].value == "Acme NV"
    back = shell("match", target, "--output", "-", "--sheet", "standard input", "--column", "country=")
    assert back.stdout.startswith(b"PK")
    assert b"sheets not read: Over dit bestand" in back.stderr


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--lang", "de"), 3, "nl, en or fr"),
        (("--output", "x.ods"), 3, ".xlsx"),
        (("--column", "naam=A"), 3, "field=heading"),
        (("--market", "Atlantis"), 3, "Atlantis"),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    verre: Verre, built: Path, sheet: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    result = verre("match", sheet, *words)
    assert result.exit_code == code
    assert told in result.stderr


def test_a_file_that_is_not_there_and_a_graph_that_is_not_built(
    verre: Verre, home: Path, tmp_path: Path, sheet: Path
) -> None:
    assert "there is no file" in verre("match", tmp_path / "none.csv").stderr
    assert verre("match", sheet).exit_code == 4


def test_many_problems_are_counted_and_groups_told(verre: Verre, built: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(b"Firma,KBO\n" + "Café,0403.170.702\n".encode("cp1252") * 25)
    result = verre("match", path)
    assert "… and 5 more" in result.stderr
    assert "read as Windows-1252" in result.stderr
