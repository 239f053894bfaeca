"""Each table: one good row, and rows that are wrong in exactly one way."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.sources.importer import import_sheets
from graph.sources.tables import BY_NAME, TABLES
from tests.sources.sheets import GOOD, counts_add_up, errors, options, run, warnings, with_world, write_folder


@pytest.mark.parametrize("table", GOOD)
def test_a_good_row_is_in(tmp_path: Path, table: str) -> None:
    result = run(tmp_path, with_world(**{table: [GOOD[table]]}))
    assert result.problems == []
    assert result.rows_set_aside == 0
    assert counts_add_up(result)


def test_every_table_has_a_good_row() -> None:
    assert set(GOOD) == set(BY_NAME)


REQUIRED = [(table.name, column.name) for table in TABLES for column in table.columns if column.required]


@pytest.mark.parametrize(("table", "column"), REQUIRED)
def test_a_required_cell_that_is_empty(tmp_path: Path, table: str, column: str) -> None:
    row = {**GOOD[table], column: "  "}
    result = run(tmp_path, with_world(**{table: [row, {**GOOD[table], "note": "x"}]}))
    (problem,) = [found for found in errors(result) if found.sheet == table]
    assert (problem.column, problem.value.strip()) == (column, "")
    assert "empty" in problem.detail
    assert result.rows_set_aside == 1
    assert counts_add_up(result)


@pytest.mark.parametrize(("table", "column"), REQUIRED)
def test_a_required_column_that_is_missing_keeps_every_row_out(
    tmp_path: Path, table: str, column: str
) -> None:
    row = {name: value for name, value in GOOD[table].items() if name != column}
    tables = {**with_world(), table: [row, row]}
    result = run(tmp_path, tables)
    problem = next(found for found in errors(result) if found.sheet == table)
    assert (problem.row, problem.column) == (1, column)
    assert "missing" in problem.detail
    (count,) = [sheet for sheet in result.sheets if sheet.sheet == table]
    assert (count.rows_in, count.rows_imported, count.rows_set_aside) == (2, 0, 2)
    assert counts_add_up(result)


BROKEN = [
    ("organizations", {"country": "Belgum"}, "country", "Belgium"),
    ("organizations", {"country": "ASEAN"}, "country", "a country is needed"),
    ("organizations", {"enterprise_number": "0403.170.702"}, "enterprise_number", "check digits"),
    ("organizations", {"lei": "5493001KJTIIGC8Y1R13"}, "lei", "LEI"),
    ("organizations", {"kind": "firm"}, "kind", "company"),
    ("organizations", {"website": "javascript:alert(1)"}, "website", "https://"),
    ("organizations", {"founded": "long ago"}, "founded", "2018-02-19"),
    ("organizations", {"nace": "00"}, "nace", "NACE"),
    ("organizations", {"org_id": "co/g"}, "org_id", "co-g"),
    ("organizations", {"postcode": "?"}, "postcode", "3600"),
    ("names", {"name_type": "nickname"}, "name_type", "abbreviation"),
    ("names", {"language": "Dutch"}, "language", "nl"),
    ("sites", {"function": "shed"}, "function", "warehouse"),
    ("sites", {"since": "2018", "until": "2017"}, "until", "before it begins"),
    ("sites", {"outside_area": "hasselt"}, "outside_area", "limburg"),
    ("figures", {"value": ""}, "value", "value, min, max"),
    ("figures", {"value": "many"}, "value", "22816"),
    ("figures", {"min": "5", "max": "4"}, "max", "less than min"),
    ("figures", {"unit": "people"}, "unit", "number"),
    ("figures", {"precision": "roughly"}, "precision", "about"),
    ("figures", {"period": "2021-H1"}, "period", "2018-02"),
    ("markets", {"market": "Vietnm"}, "market", "Vietnam"),
    ("markets", {"status": "actief"}, "status", "active"),
    ("markets", {"since": "2018-03", "until": "2018-02"}, "until", "before it begins"),
    ("markets", {"share_percent": "101"}, "share_percent", "100"),
    ("markets", {"share_percent": "5", "share_of": "pie"}, "share_of", "turnover"),
    ("markets", {"value": "5"}, "currency", "EUR"),
    ("markets", {"value": "5", "currency": "EURO"}, "currency", "EUR"),
    ("markets", {"as_of": "19/02/2018"}, "as_of", "2018-02-19"),
    ("relations", {"relation": "friend_of"}, "relation", "partner_of"),
    ("relations", {"to_org": "bolt"}, "to_org", "both sides"),
    ("relations", {"since": "2020", "until": "2019-12-31"}, "until", "before it begins"),
    ("relations", {"relation": "subsidiary_of", "share_percent": "150"}, "share_percent", "100"),
    (
        "relations",
        {"relation": "subsidiary_of", "share_min": "60", "share_max": "50"},
        "share_max",
        "less than",
    ),
    ("relations", {"relation": "subsidiary_of", "basis": "love"}, "basis", "shares"),
    ("relations", {"exclusivity": "yes"}, "exclusivity", "sole"),
    ("relations", {"country": "Nowhere-land"}, "country", "no country or region"),
    ("people", {"role_en": ""}, "role_nl", "role_nl, role_en, role_fr"),
    ("people", {"since": "2020", "until": "2019"}, "until", "before it begins"),
    ("awards", {"year": "2019-05"}, "year", "2019"),
    ("awards", {"result": "second"}, "result", "nominee"),
    ("missions", {"name_en": ""}, "name_nl", "name_nl, name_en, name_fr"),
    ("missions", {"mission_type": "trip"}, "mission_type", "outbound"),
    ("missions", {"markets": "CN;Vietnm"}, "markets", "Vietnam"),
    ("missions", {"markets": ";"}, "markets", "empty"),
    ("missions", {"start_date": "2019-05-02", "end_date": "2019-05-01"}, "end_date", "before it begins"),
    ("mission_participants", {"state": "maybe"}, "state", "confirmed"),
    ("statistics", {"area": "genk"}, "area", "limburg"),
    ("statistics", {"period": "last year"}, "period", "2021-H1"),
    ("statistics", {"value": ""}, "value", "change_percent"),
    ("statistics", {"unit": ""}, "unit", "unit"),
    ("programmes", {"year": "soon"}, "year", "2018"),
    ("needs", {"need_en": ""}, "need_nl", "need_nl, need_en, need_fr"),
    ("sources", {"date": "yesterday"}, "date", "2018"),
    ("sources", {"url": "the web"}, "url", "https://"),
    ("sources", {"access": "secret"}, "access", "public"),
]


@pytest.mark.parametrize(("table", "fault", "column", "hint"), BROKEN)
def test_a_row_with_one_fault(
    tmp_path: Path, table: str, fault: dict[str, str], column: str, hint: str
) -> None:
    row = {**GOOD[table], **fault}
    result = run(tmp_path, with_world(**{table: [row]}))
    (problem,) = errors(result)
    number = len(with_world(**{table: [row]})[table]) + 1
    assert (problem.file, problem.sheet, problem.row, problem.column) == (
        f"{table}.csv",
        table,
        number,
        column,
    )
    assert problem.value == row.get(column, "")
    assert hint in problem.detail
    assert result.rows_set_aside == 1
    assert counts_add_up(result)


ODD = [
    ("organizations", {"municipality": "Nergenshuizen"}, "municipality", "in no area"),
    ("organizations", {"municipality": "Genk", "postcode": "3500"}, "municipality", "Hasselt"),
    ("sites", {"municipality": "Gennk"}, "municipality", "Genk"),
    ("markets", {"currency": "EUR"}, "currency", "no value"),
    ("markets", {"share_of": "turnover"}, "share_of", "no share_percent"),
    ("relations", {"share_percent": "50"}, "share_percent", "no ownership"),
    ("relations", {"share_min": "50"}, "share_min", "no ownership"),
    ("relations", {"basis": "shares"}, "basis", "no ownership"),
    ("relations", {"relation": "subsidiary_of", "exclusivity": "sole"}, "exclusivity", "no partnership"),
    ("organizations", {"kind": "branch"}, "kind", "branch_of"),
]


@pytest.mark.parametrize(("table", "oddity", "column", "hint"), ODD)
def test_a_row_that_is_odd_is_in_with_a_warning(
    tmp_path: Path, table: str, oddity: dict[str, str], column: str, hint: str
) -> None:
    result = run(tmp_path, with_world(**{table: [{**GOOD[table], **oddity}]}))
    (problem,) = warnings(result)
    assert (problem.sheet, problem.column) == (table, column)
    assert hint in problem.detail
    assert result.rows_set_aside == 0


def test_all_faults_of_a_row_are_told_at_once(tmp_path: Path) -> None:
    row = {
        **GOOD["markets"],
        "market": "Atlantis",
        "status": "maybe",
        "share_percent": "120",
        "since": "soon",
    }
    result = run(tmp_path, with_world(markets=[row]))
    assert {problem.column for problem in errors(result)} == {"market", "status", "share_percent", "since"}
    assert result.rows_set_aside == 1


def test_an_end_that_may_be_after_the_start_is_no_fault(tmp_path: Path) -> None:
    """Both in 2018: nothing says that the end came first."""
    rows = [
        {**GOOD["markets"], "since": "2018-05", "until": "2018"},
        {**GOOD["markets"], "since": "2018", "until": "2018-01-01"},
    ]
    assert errors(run(tmp_path, with_world(markets=rows))) == []


def written(folder: Path, text: str) -> Path:
    """WORLD with a sheet of needs as it stands."""
    write_folder(folder, with_world())
    (folder / "needs.csv").write_text(text, encoding="utf-8")
    return folder


HEADER = "need_id,org_id,need_en,source_id\n"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("people,acme,Finding people, and keeping them,s1", "more cells than headings (4)"),
        ('people,acme,"Finding" people,s1', "cannot be taken apart"),
    ],
)
def test_a_row_that_is_no_row_is_one_problem(tmp_path: Path, line: str, hint: str) -> None:
    """Nothing is said of its cells: they may be those of other columns."""
    result = import_sheets([written(tmp_path, f"{HEADER}{line}\nother,acme,Good,s1\n")], options())
    (problem,) = errors(result)
    assert (problem.file, problem.row, problem.column) == ("needs.csv", 2, "")
    assert hint in problem.detail
    assert result.rows_set_aside == 1
    assert counts_add_up(result)


def test_a_faulty_cell_is_reported_once(tmp_path: Path) -> None:
    result = import_sheets([written(tmp_path, f"{HEADER}people,acme,=A1,s1\n")], options())
    assert [problem.column for problem in errors(result)] == ["need_en"]
