"""Rows with their candidates, and what they have to do with each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError, UnknownValue
from graph.index import Index
from graph.settings import Settings
from graph.sheets.enriching import Enriched
from graph.sheets.rows import CHUNK
from graph.sheets.run import columns
from graph.sheets.words import _TEXTS, word
from tests.sheets.conftest import Run


def sheet(folder: Path, text: str) -> Path:
    path = folder / "members.csv"
    path.write_text(text, "utf-8")
    return path


def status(enriched: Enriched) -> dict[int, str]:
    return {each.asked.row.number: each.status for each in enriched.rows}


def cells(enriched: Enriched, row: int) -> dict[str, object]:
    return dict(zip(enriched.titles, enriched.cells[row], strict=True))


def test_the_same_name_and_a_number_in_four_spellings_are_sure(run: Run, tmp_path: Path) -> None:
    spellings = ("BE 0429.593.895", "BE0429593895", "0429.593.895", "0429593895")
    text = "Firma;BTW\n" + "".join(f"Europower;{number}\n" for number in spellings)
    found = run(sheet(tmp_path, text + "Luminex Network Intelligence NV;\n"))
    assert set(status(found).values()) == {"match"}
    assert {cells(found, row)["Verre: enterprise number"] for row in range(2, 6)} == {"0429.593.895"}
    assert cells(found, 2)["Verre: same as row"] == "3, 4, 5"
    assert cells(found, 6)["Verre: same as row"] == ""


def test_what_is_near_is_to_be_checked_and_several_candidates_are_kept(run: Run, tmp_path: Path) -> None:
    found = run(sheet(tmp_path, "Firma\nPunch Powertrian\nzzqqxx\n"))
    assert status(found) == {2: "check", 3: "none"}
    told = cells(found, 2)
    assert told["Verre: name"] == "Punch Powertrain"
    assert str(told["Verre: candidate 2"]).startswith("Punch Powertrain ")
    assert told["Verre: group"] == ""
    assert cells(found, 3)["Verre: score (0-100)"] == ""


def test_a_wrong_number_is_told_with_its_place_and_nothing_is_sure(run: Run, tmp_path: Path) -> None:
    found = run(sheet(tmp_path, "Firma;BTW\nPunch Powertrain;0403.170.702\n"))
    assert status(found) == {2: "check"}
    [problem] = found.problems
    assert problem.place == "members.csv, sheet members, row 2, column BTW"
    assert "check digits" in problem.detail
    assert "BTW: the check digits" in str(cells(found, 2)["Verre: remarks"])


@pytest.mark.parametrize("text", ['"=HYPERLINK(""http://evil.example"")"', "x" * 100_000])
def test_a_name_that_is_a_formula_or_endless_is_told_and_the_row_goes_on(
    run: Run, tmp_path: Path, text: str
) -> None:
    found = run(sheet(tmp_path, f"Firma;Land\n{text};BE\nLuminex;BE\n"))
    assert status(found) == {2: "empty", 3: "check"}
    assert found.problems[0].row == 2
    assert "formula" in found.problems[0].detail or "VERRE_RECONCILE_NAME" in found.problems[0].detail


def test_hostile_names_are_names(run: Run, tmp_path: Path) -> None:
    names = ("SELECT * WHERE { ?s ?p ?o }", "'; DROP TABLE organization; --", "\u202eevil\u202c", "%", "*")
    found = run(
        sheet(tmp_path, "Firma\n" + "\n".join(names) + "\n\u200fLuminex Network Intelligence\u202c\n")
    )
    assert "match" not in [status(found)[row] for row in range(2, 7)]
    assert status(found)[7] == "match"


def test_rows_of_one_parent_are_told_together(run: Run, tmp_path: Path) -> None:
    text = (
        "Firma\nPunch Powertrain\nLuminex Network Intelligence\nPunch Powertrain Nanjing plant\nYinyi Group\n"
    )
    found = run(sheet(tmp_path, text))
    groups = found.related.groups
    assert {row: group.parent.name for row, group in groups.items()} == dict.fromkeys(
        (2, 4, 5), "Yinyi Group"
    )
    assert groups[2].rows == (2, 4, 5)
    assert cells(found, 4)["Verre: group"] == "Yinyi Group (rows 2, 4, 5)"


def test_a_branch_is_of_the_group_of_its_head(run: Run, tmp_path: Path) -> None:
    found = run(sheet(tmp_path, "Firma\nLuminex Network Intelligence\nLuminex branch in Tokyo\n"))
    assert {group.parent.name for group in found.related.groups.values()} == {"Luminex Network Intelligence"}
    assert set(found.related.groups) == {2, 3}


def test_twins_by_name_are_told_although_nothing_is_known_of_them(run: Run, tmp_path: Path) -> None:
    text = "Firma;Land\nQwxyz Works NV;BE\nqwxyz works;BE\nQwxyz Works;JP\n"
    found = run(sheet(tmp_path, text))
    assert found.related.twins == {2: (3,), 3: (2,)}


def test_a_row_that_is_sure_and_one_that_is_not_may_be_twins(run: Run, tmp_path: Path) -> None:
    text = "Firma;BTW\nPunch Powertrain;\nPUNCH POWERTRAIN nv;0403.170.702\n"
    found = run(sheet(tmp_path, text))
    assert status(found) == {2: "match", 3: "check"}
    assert found.related.twins == {2: (3,), 3: (2,)}


def test_wanting_and_exporting_stand_in_columns_of_their_own(run: Run, tmp_path: Path) -> None:
    path = sheet(tmp_path, "Firma\nLuminex Network Intelligence\n")
    told = cells(run(path), 2)
    assert "Japan" in str(told["Verre: exports to"])
    assert "Vietnam" not in str(told["Verre: exports to"])
    assert "Vietnam" in str(told["Verre: wants to export to"])
    assert "Het Laatste Nieuws" in str(told["Verre: sources"])


def test_the_status_in_the_markets_asked_for(run: Run, tmp_path: Path) -> None:
    path = sheet(tmp_path, "Firma\nLuminex Network Intelligence\nPunch Powertrain\nzzqqxx\n")
    found = run(path, markets=("CN", "Zuid-Korea", "SG"))
    told = cells(found, 2)
    assert told["Verre: in China"] == told["Verre: in South Korea"] == "wants to sell"
    assert str(told["Verre: in Singapore"]).endswith("(known for the region only)")
    assert cells(found, 3)["Verre: in China"] == "active"
    assert cells(found, 4)["Verre: in China"] == ""
    with pytest.raises(UnknownValue):
        run(path, markets=("Atlantis",))


def test_more_rows_than_one_batch_keep_their_order(run: Run, tmp_path: Path) -> None:
    names = ["Luminex Network Intelligence" if n % 40 == 0 else f"Zzqq{n}" for n in range(2 * CHUNK + 3)]
    found = run(sheet(tmp_path, "Firma\n" + "\n".join(names)))
    assert [each.asked.row.number for each in found.rows] == list(range(2, 2 * CHUNK + 5))
    assert [row for row, what in status(found).items() if what == "match"] == [2, 42, 82]


def test_a_sheet_takes_a_bounded_number_of_statements(
    run: Run, index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    db = index.shaper("en").db
    rows = db.rows

    def counted(sql: str, values: Any = ()) -> list[Any]:
        asked.append(sql)
        return rows(sql, values)

    monkeypatch.setattr(db, "rows", counted)
    some = ["Luminex Network Intelligence", "Punch Powertrain", "Bosal", "VCST", "Martens", "Konings"]
    counts = []
    for names in (some[:2], some * 8):
        asked.clear()
        run(sheet(tmp_path, "Firma;Land\n" + "\n".join(f"{name};BE" for name in names)))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] < 60


def test_settings_limit_what_is_shown(run: Run, tmp_path: Path) -> None:
    path = sheet(tmp_path, "Firma\nPunch\n")
    found = run(path, settings=Settings(spreadsheet_candidates=1))
    assert len(found.rows[0].candidates) == 1
    assert not [title for title in found.titles if "candidate" in title]


def test_columns_are_given_as_pairs() -> None:
    assert columns(("name=Firma", "country =")) == {"name": "Firma", "country": ""}
    for pair in ("name", "nam=x", "=x"):
        with pytest.raises(InputError, match="not named") as caught:
            columns((pair,))
        assert caught.value.issues[0].value == pair


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_the_sheet_speaks_three_languages(run: Run, tmp_path: Path, lang: str) -> None:
    found = run(sheet(tmp_path, "Firma\nLuminex Network Intelligence\n"), lang)
    sure = {"nl": "zeker", "en": "sure", "fr": "sûr"}[lang]
    assert found.cells[2][0] == sure
    assert any(sure == label for label, _ in found.about)
    assert all(word(key, lang, n=1, name="x", rows="1", letter="A") for key in _TEXTS)
