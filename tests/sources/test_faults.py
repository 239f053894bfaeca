"""Twelve different faults, in a folder of CSV and in a workbook: each is reported with its place,
the good rows are in, and what was set aside can be mended and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.errors import ImportRefused
from graph.model.terms import Triple
from graph.sources.importer import ImportResult, import_sheets, write_rejects
from tests.sources.sheets import (
    ACME,
    BOLT,
    SOURCE,
    as_csv,
    counts_add_up,
    errors,
    grid,
    options,
    run,
    source_graph,
    warnings,
    write_book,
)

ORGANIZATIONS = [
    ACME,
    BOLT,
    {**ACME, "org_id": "cog", "name": "Cog", "country": "Belgum"},
    {**ACME, "org_id": "dynamo", "name": "Dynamo", "enterprise_number": "0403.170.702"},
    {**ACME, "org_id": "engine", "name": ""},
    {**ACME, "org_id": "flywheel", "name": "CafÃ© Flywheel"},
    {**ACME, "org_id": "gear", "name": "=CONCATENATE(A1;B1)"},
]
MARKET = {"org_id": "acme", "market": "CN", "status": "active", "source_id": "s1", "colour": "blue"}
MARKETS = [
    MARKET,
    {**MARKET, "market": "VN", "since": "2018", "until": "2017"},
    {**MARKET, "market": "TH", "share_percent": "120"},
    {**MARKET, "market": "KR", "org_id": "nobody"},
    {**MARKET, "market": "JP", "status": "sells"},
    {**MARKET, "market": "SG", "since": "31/12/2018"},
    MARKET,
    {**MARKET, "org_id": "bolt", "market": "Zuid-Korea", "status": "leading"},
]


@dataclass(frozen=True)
class Fault:
    """What must be reported."""

    sheet: str
    row: int
    column: str
    value: str
    hint: str
    mend: dict[str, str]


FAULTS = {
    "unknown country": Fault("organizations", 4, "country", "Belgum", "Belgium", {"country": "BE"}),
    "check digits": Fault(
        "organizations",
        5,
        "enterprise_number",
        "0403.170.702",
        "check digits",
        {"enterprise_number": "0403.170.701"},
    ),
    "missing name": Fault("organizations", 6, "name", "", "empty", {"name": "Engine"}),
    "wrong encoding": Fault(
        "organizations", 7, "name", "CafÃ© Flywheel", "encoding", {"name": "Café Flywheel"}
    ),
    "formula": Fault("organizations", 8, "name", "=CONCATENATE(A1;B1)", "formula", {"name": "Gear"}),
    "end before start": Fault("markets", 3, "until", "2017", "before it begins", {"until": "2019"}),
    "share over 100": Fault("markets", 4, "share_percent", "120", "100", {"share_percent": "12"}),
    "dangling company": Fault(
        "markets", 5, "org_id", "nobody", "no row of organizations", {"org_id": "acme"}
    ),
    "unknown status": Fault("markets", 6, "status", "sells", "leading", {"status": "active"}),
    "wrong date": Fault("markets", 7, "since", "31/12/2018", "2018-12-31", {"since": "2018-12-31"}),
    "duplicate key": Fault("markets", 8, "org_id", "acme", "duplicate key", {"product": "pumps"}),
}
EXTRA = Fault("markets", 1, "colour", "", "no column of markets", {})

Write = Callable[[Path], Path]


def write_folder(folder: Path) -> Path:
    folder.mkdir()
    for name, rows in (("sources", [SOURCE]), ("organizations", ORGANIZATIONS), ("markets", MARKETS)):
        (folder / f"{name}.csv").write_text(as_csv(rows), encoding="utf-8")
    return folder


def write_workbook(folder: Path) -> Path:
    tables = {"sources": [SOURCE], "organizations": ORGANIZATIONS, "markets": MARKETS}
    folder.mkdir()
    return write_book(folder / "chamber.xlsx", {name: grid(rows) for name, rows in tables.items()})


BOTH = pytest.mark.parametrize("write", [write_folder, write_workbook])


@BOTH
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_each_fault_is_reported_with_its_place(tmp_path: Path, write: Write, fault: Fault) -> None:
    result = import_sheets([write(tmp_path / "in")], options())
    (problem,) = [p for p in errors(result) if (p.sheet, p.row) == (fault.sheet, fault.row)]
    file = "chamber.xlsx" if write is write_workbook else f"{fault.sheet}.csv"
    assert (problem.file, problem.column, problem.value) == (file, fault.column, fault.value)
    assert fault.hint in problem.detail
    assert problem.place == f"{file}, sheet {fault.sheet}, row {fault.row}, column {fault.column}"


@BOTH
def test_the_extra_column_is_a_warning_and_nothing_else_is_a_problem(tmp_path: Path, write: Write) -> None:
    result = import_sheets([write(tmp_path / "in")], options())
    (problem,) = warnings(result)
    assert (problem.sheet, problem.row, problem.column) == (EXTRA.sheet, EXTRA.row, EXTRA.column)
    assert EXTRA.hint in problem.detail
    assert len(errors(result)) == len(FAULTS)


@BOTH
def test_the_good_rows_are_in(tmp_path: Path, write: Write) -> None:
    result = import_sheets([write(tmp_path / "in")], options())
    good = {"sources": [SOURCE], "organizations": ORGANIZATIONS[:2], "markets": [MARKETS[0], MARKETS[7]]}
    assert result.graphs == run(tmp_path / "good", good).graphs
    assert (result.rows_in, result.rows_imported, result.rows_set_aside) == (16, 5, 11)
    assert counts_add_up(result)


@BOTH
def test_strict_imports_nothing_and_lists_the_faults(tmp_path: Path, write: Write) -> None:
    with pytest.raises(ImportRefused, match="11 faults") as caught:
        import_sheets([write(tmp_path / "in")], options(strict=True))
    assert len(caught.value.issues) == len(FAULTS)
    named = {(issue.name.partition(",")[2].strip(), issue.value) for issue in caught.value.issues}
    expected = {
        (f"sheet {f.sheet}, row {f.row}, column {f.column}", f.value or None) for f in FAULTS.values()
    }
    assert named == expected


def read_back(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def mend(path: Path, sheet: str) -> None:
    """Does to each row what its fault asks for."""
    rows = read_back(path)
    faults = [fault for fault in sorted(FAULTS.values(), key=lambda f: f.row) if fault.sheet == sheet]
    assert len(rows) == len(faults)
    for row, fault in zip(rows, faults, strict=True):
        assert f"row {fault.row} of " in row["problem"]
        row.update(fault.mend)
    path.write_text(as_csv(rows), encoding="utf-8")


def everything(result: ImportResult) -> set[Triple]:
    return set().union(*result.graphs.values())


@BOTH
def test_what_was_set_aside_can_be_mended_and_imported_again(tmp_path: Path, write: Write) -> None:
    given = write(tmp_path / "in")
    first = import_sheets([given], options())
    rejects = tmp_path / "rejects"
    for path in write_rejects(first, rejects):
        mend(path, path.stem.partition("--")[0])
    again = import_sheets([given, rejects], options())
    assert [p for p in again.problems if "rejects" in p.file and p.severity == "error"] == []
    mended = [
        {name: value for name, value in {**row, **fault.mend}.items() if value}
        for table, rows in (("organizations", ORGANIZATIONS), ("markets", MARKETS))
        for fault in FAULTS.values()
        if fault.sheet == table
        for row in [rows[fault.row - 2]]
    ]
    whole = {
        "sources": [SOURCE],
        "organizations": [*ORGANIZATIONS[:2], *mended[:5]],
        "markets": [MARKETS[0], MARKETS[7], *mended[5:]],
    }
    expected = run(tmp_path / "whole", whole)
    assert errors(expected) == []
    assert everything(again) == everything(expected)
    assert again.rows_imported == 16
    assert counts_add_up(again)


@BOTH
def test_what_is_not_mended_is_set_aside_again(tmp_path: Path, write: Write) -> None:
    given = write(tmp_path / "in")
    first = import_sheets([given], options())
    rejects = tmp_path / "rejects"
    write_rejects(first, rejects)
    again = import_sheets([given, rejects], options())
    assert again.graphs == first.graphs
    assert again.rows_set_aside == 2 * first.rows_set_aside - 1
    (warning,) = [problem for problem in warnings(again) if "is in already" in problem.detail]
    assert warning.sheet == "markets"
    formula = [problem for problem in errors(again) if problem.value == "=CONCATENATE(A1;B1)"]
    assert len(formula) == 2


def test_bytes_of_another_encoding_in_csv(tmp_path: Path) -> None:
    """A file saved by an old Excel: its bytes are no UTF-8 at all."""
    folder = write_folder(tmp_path / "in")
    rows = [ACME, {**ACME, "org_id": "cafe", "name": "Café"}]
    (folder / "organizations.csv").write_bytes(as_csv(rows).encode("cp1252"))
    (folder / "markets.csv").write_text(as_csv([MARKET]), encoding="utf-8")
    result = import_sheets([folder], options())
    (problem,) = errors(result)
    assert (problem.file, problem.row, problem.column) == ("organizations.csv", 3, "name")
    assert "not UTF-8" in problem.detail
    (path,) = write_rejects(result, tmp_path / "rejects")
    assert read_back(path)[0]["name"] == "Café"
    again = import_sheets([folder, path], options())
    names = {t.object.value for t in source_graph(again.graphs) if t.predicate.value.endswith("prefLabel")}  # type: ignore[union-attr]
    assert "Café" in names
