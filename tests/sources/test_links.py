"""What all rows together show: duplicates, dangling references, contradictions."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from graph.sources.importer import import_sheets
from tests.sources.sheets import (
    ACME,
    GOOD,
    SOURCE,
    counts_add_up,
    errors,
    options,
    run,
    source_graph,
    warnings,
    with_world,
    write_folder,
)


@pytest.mark.parametrize("table", GOOD)
def test_the_second_row_with_a_key_is_set_aside(tmp_path: Path, table: str) -> None:
    row = GOOD[table]
    tables = with_world(**{table: [row, {**row, "note": "again"} if table != "sources" else row]})
    result = run(tmp_path, tables)
    (problem,) = errors(result)
    last = len(tables[table]) + 1
    assert (problem.sheet, problem.row) == (table, last)
    assert "duplicate key" in problem.detail
    assert f"row {last - 1}" in problem.detail
    assert counts_add_up(result)


@pytest.mark.parametrize(
    ("table", "difference"),
    [
        ("organizations", {"source_id": "s2"}),
        ("markets", {"status": "active"}),
        ("markets", {"product": "pumps"}),
        ("markets", {"as_of": "2019"}),
        ("markets", {"share_percent": "5", "share_of": "sales"}),
        ("relations", {"country": "JP"}),
        ("relations", {"since": "2011"}),
        ("people", {"role_en": "chair"}),
        ("awards", {"category": "small"}),
        ("figures", {"period": "2017"}),
        ("statistics", {"market": "CN"}),
        ("sites", {"municipality": "Hasselt"}),
        ("names", {"name_type": "trade"}),
        ("missions", {"source_id": "s2"}),
    ],
)
def test_rows_that_differ_in_their_key_are_both_in(
    tmp_path: Path, table: str, difference: dict[str, str]
) -> None:
    rows = [GOOD[table], {**GOOD[table], **difference}]
    result = run(tmp_path, with_world(**{"sources": [{**SOURCE, "source_id": "s2"}], table: rows}))
    assert errors(result) == []


def test_a_row_with_a_fault_is_not_the_first_of_two(tmp_path: Path) -> None:
    rows = [{**GOOD["markets"], "value": "5"}, GOOD["markets"]]
    (problem,) = errors(run(tmp_path, with_world(markets=rows)))
    assert (problem.row, problem.column) == (2, "currency")


def test_the_first_is_that_of_the_first_file(tmp_path: Path) -> None:
    row = GOOD["markets"]
    one = write_folder(tmp_path / "one", with_world(markets=[{**row, "note": "one"}]))
    two = write_folder(tmp_path / "two", {"markets": [{**row, "note": "two"}]})
    for paths, kept in (([one, two], "one"), ([two, one], "two")):
        result = import_sheets(paths, options())
        (problem,) = errors(result)
        assert problem.file != f"{kept}/markets.csv"
        notes = {t.object.value for t in source_graph(result.graphs) if t.predicate.value.endswith("note")}  # type: ignore[union-attr]
        assert notes == {kept}


DANGLING = [
    ("organizations", "source_id", "sources"),
    ("names", "org_id", "organizations"),
    ("sites", "org_id", "organizations"),
    ("figures", "subject", "organizations or missions"),
    ("markets", "org_id", "organizations"),
    ("markets", "source_id", "sources"),
    ("relations", "from_org", "organizations"),
    ("relations", "to_org", "organizations"),
    ("people", "org_id", "organizations"),
    ("awards", "awarder", "organizations"),
    ("missions", "organizer", "organizations"),
    ("mission_participants", "mission_id", "missions"),
    ("mission_participants", "org_id", "organizations"),
    ("statistics", "source_id", "sources"),
    ("programmes", "org_id", "organizations"),
    ("needs", "org_id", "organizations"),
]


@pytest.mark.parametrize(("table", "column", "where"), DANGLING)
def test_a_key_that_no_row_explains(tmp_path: Path, table: str, column: str, where: str) -> None:
    result = run(tmp_path, with_world(**{table: [{**GOOD[table], column: "nobody-at-all"}]}))
    (problem,) = errors(result)
    assert (problem.sheet, problem.column, problem.value) == (table, column, "nobody-at-all")
    assert f"no row of {where} has this key" in problem.detail


def test_the_nearest_key_is_offered(tmp_path: Path) -> None:
    (problem,) = errors(run(tmp_path, with_world(markets=[{**GOOD["markets"], "org_id": "acmee"}])))
    assert "nearest: acme" in problem.detail


def test_capitals_of_a_key_make_no_difference(tmp_path: Path) -> None:
    assert errors(run(tmp_path, with_world(markets=[{**GOOD["markets"], "org_id": "ACME"}]))) == []


def test_rows_that_refer_only_to_a_row_set_aside_go_with_it(tmp_path: Path) -> None:
    """A source without a title takes its organization along, that one its mission, that one its participant."""
    tables = with_world(
        sources=[{**SOURCE, "source_id": "s2", "title": ""}],
        organizations=[{**ACME, "org_id": "cog", "source_id": "s2"}],
        missions=[{**GOOD["missions"], "organizer": "cog"}],
        mission_participants=[{**GOOD["mission_participants"], "mission_id": "visit"}],
        figures=[{**GOOD["figures"], "subject": "visit"}],
    )
    result = run(tmp_path, tables)
    found = {problem.sheet: problem for problem in errors(result)}
    assert set(found) == set(tables)
    assert found["sources"].column == "title"
    for table, column, cause in (
        ("organizations", "source_id", "sources.csv, sheet sources, row 3"),
        ("missions", "organizer", "organizations.csv, sheet organizations, row 4"),
        ("mission_participants", "mission_id", "missions.csv, sheet missions, row 3"),
        ("figures", "subject", "missions.csv, sheet missions, row 3"),
    ):
        assert found[table].column == column
        assert "set aside" in found[table].detail
        assert cause in found[table].detail
    assert result.rows_set_aside == 5
    assert counts_add_up(result)


def test_a_row_that_another_good_row_explains_stays(tmp_path: Path) -> None:
    tables = with_world(
        organizations=[{**ACME, "source_id": "s2", "country": "Nowhere-land"}],
        sources=[{**SOURCE, "source_id": "s2"}],
        markets=[GOOD["markets"]],
    )
    (problem,) = errors(run(tmp_path, tables))
    assert problem.sheet == "organizations"


def test_a_key_that_is_an_organization_and_a_mission_is_no_subject(tmp_path: Path) -> None:
    tables = with_world(
        organizations=[{**ACME, "org_id": "fair"}], figures=[{**GOOD["figures"], "subject": "fair"}]
    )
    (problem,) = errors(run(tmp_path, tables))
    assert (problem.sheet, problem.column) == ("figures", "subject")
    assert "give one of them another" in problem.detail


def test_a_branch_that_belongs_to_somebody_is_not_odd(tmp_path: Path) -> None:
    branch = {**ACME, "org_id": "cog", "kind": "branch"}
    tie = {"from_org": "cog", "relation": "branch_of", "to_org": "acme", "source_id": "s1"}
    assert warnings(run(tmp_path, with_world(organizations=[branch], relations=[tie]))) == []


def test_sources_that_disagree_on_a_number_are_told(tmp_path: Path) -> None:
    rows = [
        {**ACME, "source_id": "s2", "enterprise_number": "0403170701"},
        {**ACME, "source_id": "s3", "enterprise_number": "0429593895"},
    ]
    sources = [{**SOURCE, "source_id": key} for key in ("s2", "s3")]
    (problem,) = warnings(run(tmp_path, with_world(sources=sources, organizations=rows)))
    assert problem.column == "enterprise_number"
    assert "0403170701" in problem.detail


def test_two_keys_with_one_number_are_told(tmp_path: Path) -> None:
    rows = [{**ACME, "org_id": key, "lei": "5493001KJTIIGC8Y1R12"} for key in ("cog", "dynamo")]
    (problem,) = warnings(run(tmp_path, with_world(organizations=rows)))
    assert problem.column == "lei"
    assert "cog has the same number" in problem.detail


def test_many_unknown_keys_take_no_quadratic_time(tmp_path: Path) -> None:
    """Twenty thousand of each would take minutes if every one were compared with every other."""
    rows = [{**ACME, "org_id": f"org-{number}", "country": ""} for number in range(20_000)]
    facts = [{**GOOD["markets"], "org_id": f"gro-{number}"} for number in range(20_000)]
    began = time.monotonic()
    result = run(tmp_path, with_world(organizations=rows, markets=facts))
    assert result.rows_set_aside == 20_000
    assert time.monotonic() - began < 60
