"""Files in, graphs and counts out."""

from __future__ import annotations

import csv
import hashlib
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from graph import resources
from graph.errors import ImportRefused, InputError
from graph.model.iris import Minter
from graph.sources.importer import ImportOptions, import_sheets
from graph.sources.rows import Problem
from tests.sources.sheets import (
    GOOD,
    MINTER,
    SOURCE,
    WORLD,
    as_csv,
    counts_add_up,
    errors,
    grid,
    options,
    reference,
    run,
    warnings,
    with_world,
    write_book,
    write_folder,
)


def test_the_curated_data_has_no_fault() -> None:
    result = import_sheets([resources.data()], options())
    assert [str(problem) for problem in result.problems] == []
    assert result.rows_set_aside == 0
    assert result.rows_in == result.rows_imported > 900
    assert set(result.inputs) == {path.name for path in resources.data().glob("*.csv")}


def test_the_seed_article_is_in() -> None:
    graphs = import_sheets([resources.data()], options()).graphs
    said = {str(t.object) for t in graphs[MINTER.source_graph("s001")]}
    decimal = "<http://www.w3.org/2001/XMLSchema#decimal>"
    assert {f'"{value}"^^{decimal}' for value in ("22816", "13.43", "865000000", "6.73", "12")} <= said


def test_a_folder_is_read_by_name_and_not_below(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", WORLD)
    (folder / "reference").mkdir()
    (folder / "reference" / "markets.csv").write_text("nonsense", encoding="utf-8")
    for name in ("readme.md", "~$book.xlsx", ".hidden.csv"):
        (folder / name).write_text("nonsense", encoding="utf-8")
    result = import_sheets([folder], options())
    assert list(result.inputs) == ["missions.csv", "organizations.csv", "sources.csv"]
    assert result.problems == []


def test_inputs_are_named_shortly_and_hashed(tmp_path: Path) -> None:
    one = write_folder(tmp_path / "one", {"sources": [SOURCE], "needs": []})
    two = write_folder(tmp_path / "two", {"sources": [{**SOURCE, "source_id": "s2"}]})
    book = write_book(tmp_path / "book.xlsx", {"missions": grid(WORLD["missions"])})
    result = import_sheets([one, two / "sources.csv", book, one], options())
    assert list(result.inputs) == ["needs.csv", "one/sources.csv", "two/sources.csv", "book.xlsx"]
    assert result.inputs["book.xlsx"] == hashlib.sha256(book.read_bytes()).hexdigest()


def test_files_that_two_folders_call_the_same_are_told_apart(tmp_path: Path) -> None:
    one = write_folder(tmp_path / "a" / "data", {"sources": [SOURCE]})
    two = write_folder(tmp_path / "b" / "data", {"sources": [{**SOURCE, "source_id": "s2"}]})
    result = import_sheets([one, two], options())
    assert list(result.inputs) == [str(folder / "sources.csv") for folder in (one, two)]
    assert result.rows_imported == 2


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        import_sheets([tmp_path / "nothing"], options())
    with pytest.raises(InputError, match="holds no sheet"):
        import_sheets([tmp_path], options())


def test_strict_lets_warnings_pass(tmp_path: Path) -> None:
    tables = with_world(needs=[{**GOOD["needs"], "colour": "blue"}])
    result = run(tmp_path, tables, strict=True)
    assert len(warnings(result)) == 1
    assert result.rows_set_aside == 0


def test_strict_refuses_at_one_fault(tmp_path: Path) -> None:
    with pytest.raises(
        ImportRefused, match=r"1 faults, the first in needs.csv, sheet needs, row 2, column as_of"
    ):
        run(tmp_path, with_world(needs=[{**GOOD["needs"], "as_of": "soon"}]), strict=True)


def test_strict_refuses_a_sheet_that_no_row_can_be_read_of(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="column need_id is missing"):
        run(tmp_path, with_world(needs=[{"org_id": "acme", "need_en": "x", "source_id": "s1"}]), strict=True)


def test_progress_is_told_and_ends_at_the_end(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    run(tmp_path, with_world(), progress=lambda *step: told.append(step))
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == ["reading sheets", "checking rows", "mapping rows"]
    assert told[-1] == ("mapping rows", 4, 4)


def test_an_empty_sheet_is_no_problem(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, WORLD)
    (folder / "needs.csv").write_text("", encoding="utf-8")
    (folder / "awards.csv").write_text("org_id,award,result,source_id\n", encoding="utf-8")
    result = import_sheets([folder], options())
    assert result.problems == []
    assert counts_add_up(result)


def test_the_base_of_iris_is_that_of_the_options(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, WORLD)
    minter = Minter("https://kg.example.net/")
    graphs = import_sheets([folder], ImportOptions(minter, reference())).graphs
    assert set(graphs) == {minter.meta, minter.source_graph("s1")}


def test_the_order_of_files_rows_and_columns_makes_no_difference(tmp_path: Path) -> None:
    """On the curated data, shuffled."""
    shuffler = random.Random(7)
    expected = import_sheets([resources.data()], options())
    folder = tmp_path / "shuffled"
    folder.mkdir()
    for path in resources.data().glob("*.csv"):
        header, *rows = _lines(path)
        order = list(range(len(header)))
        shuffler.shuffle(order)
        shuffler.shuffle(rows)
        lines = [{header[i]: row[i] for i in order} for row in rows]
        (folder / path.name).write_text(as_csv(lines, ";", [header[i] for i in order]), encoding="utf-8")
    files = sorted(folder.iterdir(), reverse=True)
    assert import_sheets(files, options()).graphs == expected.graphs


def _lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_a_heading_that_comes_twice_is_told_and_the_first_is_read(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, WORLD)
    text = "need_id,org_id,need_en,Need,source_id\npeople,acme,first,second,s1\n"
    (folder / "needs.csv").write_text(text, encoding="utf-8")
    result = import_sheets([folder], options())
    (problem,) = warnings(result)
    assert (problem.row, problem.column) == (1, "Need")
    assert "comes twice" in problem.detail
    texts = " ".join(str(t) for triples in result.graphs.values() for t in triples)
    assert "first" in texts
    assert "second" not in texts


def test_a_misspelt_heading_is_told_with_the_likely_one(tmp_path: Path) -> None:
    tables = with_world(needs=[{**GOOD["needs"], "sinds": "", "as-off": "2018"}])
    details = {problem.column: problem.detail for problem in warnings(run(tmp_path, tables))}
    assert set(details) == {"sinds", "as-off"}
    assert "did you mean as_of?" in details["as-off"]


def test_a_fault_in_a_column_that_is_not_read_keeps_no_row_out(tmp_path: Path) -> None:
    result = run(tmp_path, with_world(needs=[{**GOOD["needs"], "total": "=SUM(A1:A9)"}]))
    assert errors(result) == []
    assert any("cell under 'total'" in problem.detail for problem in warnings(result))


def test_a_cell_that_is_too_long_names_the_setting(tmp_path: Path) -> None:
    result = run(tmp_path, with_world(needs=[{**GOOD["needs"], "need_en": "x" * 51}]), cell_characters=50)
    (problem,) = errors(result)
    assert problem.column == "need_en"
    assert "VERRE_CELL_CHARACTERS allows (50)" in problem.detail


def test_problems_read_as_sentences() -> None:
    problem = Problem("f.csv", "needs", 3, "as_of", "soon", "no date")
    assert str(problem) == "f.csv, sheet needs, row 3, column as_of: no date (given: 'soon')"
    assert str(Problem("b.xlsx", "Notes", 0, "", "", "no table")) == "b.xlsx, sheet Notes: no table"


def test_pipes_devices_and_dangling_links_are_no_sheets(tmp_path: Path) -> None:
    sheet = tmp_path / "sources.csv"
    makers: tuple[Callable[[], None], ...] = (
        lambda: os.mkfifo(sheet),
        lambda: sheet.symlink_to("/dev/zero"),
        lambda: sheet.symlink_to(sheet),
        lambda: sheet.symlink_to(tmp_path / "nowhere.csv"),
    )
    for make in makers:
        make()
        for path in (tmp_path, sheet):
            with pytest.raises(InputError, match=r"sources\.csv (is no ordinary file|does not exist)"):
                import_sheets([path], options())
        sheet.unlink()


def test_a_message_repeats_the_beginning_of_an_endless_value_only() -> None:
    told = Problem("f.csv", "f", 2, "name", "x" * 100_000, "is too long")
    assert str(told) == f"f.csv, sheet f, row 2, column name: is too long (given: '{'x' * 200}…')"
    assert Problem("f.csv", "f", 2, "name", "", "is missing").given == ""
