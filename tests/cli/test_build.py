from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl

from tests.cli.conftest import Verre

Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]


def test_building_twice_makes_one_release(verre: Verre, sheets: Path) -> None:
    first = verre("build", sheets)
    assert first.exit_code == 0, first.output
    assert "6 rows read, 6 taken in, 0 set aside" in first.stderr
    second = verre("build", sheets)
    assert "stays current: nothing changed" in second.stderr
    assert len(verre("releases").stdout.splitlines()) == 1


def test_a_fault_is_told_with_its_place_and_the_rest_is_in(verre: Verre, sheets: Path, home: Path) -> None:
    markets = sheets / "markets.csv"
    markets.write_text(markets.read_text("utf-8") + "acme,Vietnm,targets,lamps,s1\n", "utf-8")
    result = verre("build", sheets)
    assert result.exit_code == 0, result.output
    assert "markets.csv, markets, row 4, market" in result.stderr
    assert "Vietnam" in result.stderr
    assert "7 rows read, 6 taken in, 1 set aside" in result.stderr
    (reject,) = (home / "rejects").rglob("*.csv")
    with reject.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["market"] == "Vietnm"


def test_a_mended_reject_goes_in(verre: Verre, sheets: Path, home: Path) -> None:
    markets = sheets / "markets.csv"
    markets.write_text(markets.read_text("utf-8") + "acme,Vietnm,entering,lamps,s1\n", "utf-8")
    verre("build", sheets)
    (reject,) = (home / "rejects").rglob("*.csv")
    mended = sheets.parent / reject.name
    mended.write_text(reject.read_text("utf-8").replace("Vietnm", "Vietnam"), "utf-8")
    markets.write_text("".join(markets.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    result = verre("build", sheets, mended)
    assert "7 rows read, 7 taken in, 0 set aside" in result.stderr, result.stderr


def test_strict_refuses_everything_and_leaves_the_graph_as_it_was(
    verre: Verre, built: Path, sheets: Path
) -> None:
    before = verre("dump").stdout
    markets = sheets / "markets.csv"
    markets.write_text(markets.read_text("utf-8").replace("VN,targets", "VN,hopes"), "utf-8")
    result = verre("build", "--strict", sheets)
    assert result.exit_code == 3
    assert "hopes" in result.stderr
    assert verre("dump").stdout == before
    assert len(verre("releases").stdout.splitlines()) == 1


def test_the_template_is_a_workbook_that_builds(verre: Verre, tmp_path: Path, sheets: Path) -> None:
    path = tmp_path / "members.xlsx"
    assert verre("template", path, "--language", "fr").exit_code == 0
    assert len(openpyxl.load_workbook(path).sheetnames) > 5
    result = verre("build", "--strict", sheets, path)
    assert result.exit_code == 0, result.stderr


def test_progress_is_silent_in_a_pipe(shell: Shell, sheets: Path) -> None:
    done = shell("build", sheets)
    assert done.returncode == 0, done.stderr
    assert done.stdout == b""
    assert b"\x1b" not in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_a_missing_file_is_named(verre: Verre, tmp_path: Path) -> None:
    result = verre("build", tmp_path / "nothing.xlsx")
    assert result.exit_code == 3
    assert "nothing.xlsx" in result.stderr
