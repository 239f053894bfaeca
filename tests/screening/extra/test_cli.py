"""`verre sanctions` and `verre screen`: sheets in, rows with their sources out, exit codes that mean something."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner, Result

from graph.cli import app
from graph.settings import Settings
from tests.screening.conftest import LISTS

SHEET = """Naam;Soort;Land;LEI;Opmerking
Vymyshlennaja Stal;bedrijf;RU;;=1+1
Zuiderlicht Hazelwood;bedrijf;BE;;
Bank;bedrijf;;;
;;;INVENTED000000000190;
Iemand;bedrijf;Belgium;;
"""


@pytest.fixture
def home(listed: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VERRE_HOME", str(listed.home))
    return listed.home


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "partners-to-check.csv"
    file.write_text(SHEET, "utf-8")
    return file


def verre(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_sheet_comes_back_with_what_was_found_and_where(home: Path, sheet: Path) -> None:
    result = verre("screen", str(sheet), "-")
    assert result.exit_code == 1, result.output
    found = rows(result.stdout)
    assert [row["status"] for row in found] == ["match", "noMatch", "notScreened", "match", "notScreened"]
    steel = found[0]
    assert steel["Naam"] == "Vymyshlennaja Stal"
    assert steel["Opmerking"] == "'=1+1"
    assert (steel["list"], steel["listDate"], steel["entry"]) == ("fict", "2026-04-28", "fict-steel")
    assert steel["source"] == "https://lists.example/fict-steel"
    assert "name 0.9" in steel["why"]
    assert len(steel["listVersion"]) == 12
    assert "list un of 2026-04-27" in found[1]["statement"]
    assert "identifier 1" in found[3]["why"]
    assert "two letters of ISO 3166-1" in found[4]["statement"]
    assert "2 match, 0 by an owner, 1 without match, 2 not screened" in result.stderr
    assert "warning: list eu is of 2026-04-29" in result.stderr


def test_a_workbook_gives_json(home: Path, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "names.xlsx")
    page = book.add_worksheet()
    page.write_row(0, 0, ["Company", "Country"])
    page.write_row(1, 0, ["Werft Phantasie", "DE"])
    book.close()
    out = tmp_path / "out.json"
    result = verre("screen", str(tmp_path / "names.xlsx"), str(out), "--list", "eu", "--threshold", "0.8")
    assert result.exit_code == 1, result.output
    told = json.loads(out.read_bytes())
    assert told["threshold"] == 0.8
    assert [each["name"] for each in told["lists"]] == ["eu"]
    assert told["responses"]["2"]["results"][0]["id"] == "9101"


def test_organizations_are_screened_with_their_owners_and_kept(home: Path) -> None:
    result = verre("screen", "--organization", "verzonnen", "--organization", "nobody")
    assert result.exit_code == 1, result.output
    owned, unknown = rows(result.stdout)
    assert owned["status"] == "ownerMatch"
    assert owned["via"] == "Tussenholding Fictie < Vymyshlennaya Stal"
    assert owned["ownershipSources"] == "https://example.org/1 https://example.org/2"
    assert unknown["status"] == "notScreened"
    assert "the graph has no organization 'nobody'" in unknown["statement"]
    assert len(list((home / "screening" / "last" / "public").glob("*/*.json"))) == 1


def test_without_a_match_it_ends_with_nought(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "n.csv"
    file.write_text("name\nZuiderlicht Hazelwood\n", "utf-8")
    result = verre("screen", str(file))
    assert result.exit_code == 0, result.output
    assert "clear" not in result.output.lower()


def test_without_lists_nothing_is_screened(home: Path, sheet: Path) -> None:
    for name in ("eu", "eu-csv", "fict", "ofac", "simple", "un"):
        assert verre("sanctions", "remove", name).exit_code == 0
    result = verre("screen", str(sheet))
    assert result.exit_code == 0
    assert {row["status"] for row in rows(result.stdout)} == {"notScreened"}
    assert "nothing was screened" in result.stderr
    assert "nothing can be screened" in verre("sanctions", "list").stderr
    assert verre("sanctions", "remove", "eu").exit_code == 4


def test_lists_are_loaded_and_listed(home: Path, tmp_path: Path) -> None:
    done = verre("sanctions", "load", str(LISTS / "sdn.csv"), "--list", "sdn", "--date", "2026-04-01")
    assert done.exit_code == 0, done.output
    assert "list sdn of 2026-04-01: 2 entries with 4 names (ofac-csv" in done.stderr
    assert "sdn  2026-04-01  2 entries  ofac-csv" in verre("sanctions", "list").stdout
    told = json.loads(verre("sanctions", "list", "--json").stdout)
    assert told[-2]["name"] == "simple"
    broken = tmp_path / "broken.json"
    broken.write_text('{"id":"a"', "utf-8")
    failed = verre("sanctions", "load", str(broken), "--list", "sdn", "--format", "ftm-json")
    assert failed.exit_code == 3
    assert "broken.json, row 1" in failed.stderr
    assert "sdn  2026-04-01" in verre("sanctions", "list").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("screen",), "nobody to screen"),
        (("screen", "none.csv"), "no such file"),
        (("screen", "none.csv", "out.txt"), "no such format"),
        (("screen", "none.csv", "--threshold", "7"), "at most 1"),
        (("sanctions", "load", "x", "--list", "eu", "--date", "soon"), "the date cannot be used"),
    ],
)
def test_what_cannot_be_done_is_told(home: Path, words: tuple[str, ...], told: str) -> None:
    result = verre(*words)
    assert result.exit_code == 3, result.output
    assert told in result.stderr


def test_a_sheet_without_names_or_with_too_many_rows_is_refused(
    home: Path, sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "towns.csv"
    file.write_text("town\nGenk\n", "utf-8")
    assert "no column says whom to screen" in verre("screen", str(file)).stderr
    monkeypatch.setenv("VERRE_SCREENING_ROWS", "2")
    assert "screening_rows" in verre("screen", str(sheet)).stderr
