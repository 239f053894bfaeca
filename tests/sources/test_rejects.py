"""Reject files: nothing is lost, nothing is a formula, nothing is overwritten."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.settings import Settings
from graph.sources.importer import import_sheets, write_rejects
from graph.sources.readers import read_file
from graph.sources.rejects import RejectedRow, write_reject_files
from graph.sources.rows import Problem
from tests.sources.sheets import GOOD, SOURCE, as_csv, errors, options, run, with_world

HEADER = ("need_id", "org_id", "need_en", "source_id")
PROBLEM = Problem("needs.csv", "needs", 2, "need_en", "x", "what is wrong")


def rejected(*cells: str, header: tuple[str, ...] = HEADER, file: str = "needs.csv") -> RejectedRow:
    return RejectedRow(file, "needs", "needs", 2, header, cells, (PROBLEM,))


def lines(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_headings_stay_and_the_problem_is_told(tmp_path: Path) -> None:
    result = run(tmp_path / "in", with_world(needs=[{**GOOD["needs"], "as_of": "soon", "org_id": "who?"}]))
    (path,) = write_rejects(result, tmp_path / "out")
    header, row = lines(path)
    assert path.name == "needs.csv"
    assert header == [*GOOD["needs"], "as_of", "problem"]
    assert row[:-1] == ["people", "who?", "Finding people", "s1", "soon"]
    assert row[-1].startswith("row 2 of needs.csv: org_id: ")
    assert " | as_of: no date" in row[-1]


def test_there_is_no_file_where_nothing_was_set_aside(tmp_path: Path) -> None:
    result = run(tmp_path / "in", with_world())
    assert write_rejects(result, tmp_path / "out") == []
    assert not (tmp_path / "out").exists()


def test_names_say_the_table_and_where_it_came_from(tmp_path: Path) -> None:
    rows = [
        rejected("a", "b", "c", "d"),
        rejected("a", "b", "c", "d", file="Members 2024.xlsx"),
        rejected("other", "b", "c", "d", file="rejects/needs--members-2024.csv"),
        RejectedRow("book.xlsx", "Some Notes", "", 2, ("x",), ("y",), (PROBLEM,)),
    ]
    names = [path.name for path in write_reject_files(rows, tmp_path)]
    assert names == [
        "needs.csv",
        "needs--members-2024.csv",
        "needs--members-2024--2.csv",
        "some-notes--book.csv",
    ]


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (first,) = write_reject_files([rejected("a", "b", "c", "d")], tmp_path)
    first.write_text("somebody is mending this", encoding="utf-8")
    (second,) = write_reject_files([rejected("a", "b", "c", "d")], tmp_path)
    assert first.read_text(encoding="utf-8") == "somebody is mending this"
    assert second.name == "needs--2.csv"


def test_the_same_rows_are_written_once(tmp_path: Path) -> None:
    first = write_reject_files([rejected("a", "b", "c", "d")], tmp_path)
    assert write_reject_files([rejected("a", "b", "c", "d")], tmp_path) == first
    assert len(list(tmp_path.iterdir())) == 1


def test_no_cell_begins_a_formula(tmp_path: Path) -> None:
    header = ("=1", "+a", "need_en")
    (path,) = write_reject_files([rejected("=cmd|' /C calc'!A0", "@x", "-1", header=header)], tmp_path)
    for row in lines(path):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert lines(path)[1][:3] == ["'=cmd|' /C calc'!A0", "'@x", "'-1"]


def test_cells_beyond_the_headings_are_kept(tmp_path: Path) -> None:
    (path,) = write_reject_files(
        [rejected("a", "b", "c", "d", "e", "f"), rejected("a", "b", "c", "d")], tmp_path
    )
    header, long, short = lines(path)
    assert header == [*HEADER, "problem", "", ""]
    assert long[:4] == short[:4] == ["a", "b", "c", "d"]
    assert long[5:] == ["e", "f"]


def test_the_old_problem_is_replaced_by_the_new_one(tmp_path: Path) -> None:
    (path,) = write_reject_files(
        [rejected("a", "old", "b", header=("need_id", "Problem", "need_en"))], tmp_path
    )
    header, row = lines(path)
    assert header == ["need_id", "need_en", "problem"]
    assert row == ["a", "b", "row 2 of needs.csv: need_en: what is wrong"]


def test_an_apostrophe_is_taken_away_only_in_a_reject_file(tmp_path: Path) -> None:
    row = {**GOOD["needs"], "need_en": "'-5 degrees"}
    plain = run(tmp_path / "plain", with_world(needs=[row]))
    mended = run(tmp_path / "mended", with_world(needs=[{**row, "problem": "it was"}]))
    for result, text in ((plain, "'-5 degrees"), (mended, "-5 degrees")):
        assert errors(result) == []
        assert any(f'"{text}"' in str(t) for triples in result.graphs.values() for t in triples)


CELLS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12
) | st.text(alphabet="'=+-@\t\r\n ,;\"a", max_size=6)


@settings(deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=5))
def test_every_cell_comes_back_as_it_was(rows: list[tuple[str, str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (path,) = write_reject_files([rejected("key", *row[1:]) for row in rows], Path(folder))
        (sheet,) = read_file(path, path.name, Settings())
        back = [row.cells[:4] for row in sheet.rows]
    assert sheet.mended
    assert back == [("key", *row[1:]) for row in rows]


def test_a_row_set_aside_for_another_that_has_been_mended_is_in_and_harmless(tmp_path: Path) -> None:
    """The market was set aside with its company; once that is mended, both copies of the market are good."""
    bad = {"org_id": "cog", "name": "", "kind": "company", "source_id": "s1"}
    market = {**GOOD["markets"], "org_id": "cog"}
    tables = with_world(organizations=[bad], markets=[market])
    first = run(tmp_path / "in", tables)
    rejects = tmp_path / "rejects"
    files = {path.stem: path for path in write_rejects(first, rejects)}
    assert set(files) == {"organizations", "markets"}
    files["organizations"].write_text(as_csv([{**bad, "name": "Cog", "problem": "mended"}]), encoding="utf-8")
    again = import_sheets([tmp_path / "in", rejects], options())
    (left,) = errors(again)
    assert (left.file, left.row) == ("in/organizations.csv", 4)
    assert (
        again.graphs
        == run(tmp_path / "good", with_world(organizations=[{**bad, "name": "Cog"}], markets=[market])).graphs
    )


def test_unreadable_sheets_are_kept_whole(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "sources.csv").write_text(as_csv([SOURCE]), encoding="utf-8")
    (folder / "needz.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    result = import_sheets([folder], options())
    (path,) = write_rejects(result, tmp_path / "out")
    assert path.name == "needz.csv"
    assert lines(path)[1][:2] == ["1", "2"]
    assert "no table is called" in lines(path)[1][2]
