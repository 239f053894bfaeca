"""Small sheets for tests, as files and as workbooks, and what comes of them."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from graph import resources
from graph.model.iris import Minter
from graph.model.namespaces import PREFIXES, RDF
from graph.model.terms import NamedNode, Triple, parse_turtle
from graph.settings import Settings
from graph.sources.importer import ImportOptions, ImportResult, import_sheets
from graph.sources.reference import Reference
from graph.sources.rows import Problem
from graph.sources.tables import BY_NAME
from graph.store.view import Graphs

MINTER = Minter("https://example.org/")
BASE = MINTER.base

Table = Sequence[Mapping[str, str]]
Tables = Mapping[str, Table]

SOURCE = {
    "source_id": "s1",
    "publisher": "The Paper",
    "title": "Exporters",
    "date": "2018-02-19",
    "language": "en",
}
ACME = {"org_id": "acme", "name": "Acme", "kind": "company", "country": "BE", "source_id": "s1"}
BOLT = {"org_id": "bolt", "name": "Bolt", "kind": "foreign-partner", "country": "JP", "source_id": "s1"}
FAIR = {
    "mission_id": "fair",
    "name_en": "A fair",
    "mission_type": "fair",
    "markets": "DE",
    "source_id": "s1",
}
WORLD: dict[str, Table] = {"sources": [SOURCE], "organizations": [ACME, BOLT], "missions": [FAIR]}
"""What most rows refer to."""

GOOD: dict[str, dict[str, str]] = {
    "organizations": {**ACME, "org_id": "cog", "name": "Cog"},
    "names": {"org_id": "acme", "name": "ACM", "name_type": "abbreviation", "source_id": "s1"},
    "sites": {
        "org_id": "acme",
        "function": "production",
        "country": "BE",
        "municipality": "Genk",
        "source_id": "s1",
    },
    "figures": {
        "subject": "acme",
        "measure": "employees",
        "value": "250",
        "unit": "number",
        "source_id": "s1",
    },
    "markets": {"org_id": "acme", "market": "CN", "status": "targets", "source_id": "s1"},
    "relations": {"from_org": "bolt", "relation": "distributor_of", "to_org": "acme", "source_id": "s1"},
    "people": {"name": "An Peeters", "org_id": "acme", "role_en": "CEO", "source_id": "s1"},
    "awards": {"org_id": "acme", "award": "Best Exporter", "result": "winner", "source_id": "s1"},
    "missions": {**FAIR, "mission_id": "visit"},
    "mission_participants": {"mission_id": "fair", "org_id": "acme", "source_id": "s1"},
    "statistics": {
        "area": "limburg",
        "indicator": "certificates of origin",
        "period": "2017",
        "value": "22816",
        "unit": "number",
        "source_id": "s1",
    },
    "programmes": {"programme_id": "plan", "name": "The plan", "org_id": "acme", "source_id": "s1"},
    "needs": {"need_id": "people", "org_id": "acme", "need_en": "Finding people", "source_id": "s1"},
    "sources": {**SOURCE, "source_id": "s2"},
}
"""A row of each table that has no fault, beside those of WORLD."""


@functools.cache
def reference() -> Reference:
    """The reference tables that come with Verre."""
    return Reference.load(resources.data() / "reference")


def options(**more: Any) -> ImportOptions:
    """Options on example.org, with the limits given as settings."""
    strict = more.pop("strict", False)
    progress = more.pop("progress", None)
    return ImportOptions(MINTER, reference(), Settings(**more), strict, progress)


def as_csv(rows: Table, separator: str = ",", header: Sequence[str] = ()) -> str:
    """Rows as CSV text under the headings that they use, in the order in which they first come."""
    header = header or list(dict.fromkeys(name for row in rows for name in row))
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, header, delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def write_folder(folder: Path, tables: Tables) -> Path:
    """A folder of CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(as_csv(rows), encoding="utf-8")
    return folder


def write_book(path: Path, tables: Mapping[str, Iterable[Sequence[Any]]]) -> Path:
    """A workbook from rows of cells, the headings being the first of them."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def grid(rows: Table) -> list[list[str]]:
    """Rows as cells, the headings first."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    return [header, *([row.get(name, "") for name in header] for row in rows)]


def with_world(**tables: Table) -> dict[str, Table]:
    """These rows beside those of WORLD."""
    return {name: [*WORLD.get(name, ()), *tables.get(name, ())] for name in {**WORLD, **tables}}


def run(folder: Path, tables: Tables, **more: Any) -> ImportResult:
    """Imports tables written as CSV."""
    return import_sheets([write_folder(folder, tables)], options(**more))


def errors(result: ImportResult) -> list[Problem]:
    """The problems for which rows were set aside."""
    return [problem for problem in result.problems if problem.severity == "error"]


def warnings(result: ImportResult) -> list[Problem]:
    """The problems that did not keep a row out."""
    return [problem for problem in result.problems if problem.severity == "warning"]


def counts_add_up(result: ImportResult) -> bool:
    """Rows in are rows taken in plus rows set aside: all together, and in every sheet."""
    whole = (
        result.rows_in
        == result.rows_imported + result.rows_set_aside
        == sum(s.rows_in for s in result.sheets)
    )
    each = all(s.rows_in == s.rows_imported + s.rows_set_aside for s in result.sheets)
    return whole and each and len(result.rejected) == result.rows_set_aside


def turtle(text: str) -> set[Triple]:
    """Turtle with the project's prefixes; `<#x>` is below the base, and `code/…` the code lists."""
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    fixed = text.replace("<#", f"<{BASE}").replace("<code/", "<https://w3id.org/verre/code/")
    return set(parse_turtle((prefixes + fixed).encode()))


def source_graph(graphs: Graphs, source_id: str = "s1") -> set[Triple]:
    """What a source says."""
    return graphs.get(MINTER.source_graph(source_id), set())


def the(triples: Iterable[Triple], kind: NamedNode) -> NamedNode:
    """The one subject of a class."""
    (found,) = {t.subject for t in triples if t.predicate == RDF.type and t.object == kind}
    assert isinstance(found, NamedNode)
    return found


def about(triples: Iterable[Triple], subject: NamedNode) -> set[Triple]:
    """What is said of one subject."""
    return {t for t in triples if t.subject == subject}


def columns(table: str) -> list[str]:
    """The canonical names of the columns of a table."""
    return [column.name for column in BY_NAME[table].columns]
