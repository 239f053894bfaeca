"""Sheets to graphs: read, check each row, check all together, map.

Nothing is lost on the way: the rows that come in are those taken in plus those set aside, per sheet too.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import ImportRefused, InputError, Issue
from graph.model.iris import Minter
from graph.settings import Settings
from graph.sources.checks import Checker
from graph.sources.links import check_links
from graph.sources.lookup import Lookup, Remembered
from graph.sources.mapping import Context, build_context, map_records
from graph.sources.readers import SUFFIXES, read_file
from graph.sources.records import Organization, Record
from graph.sources.rejects import RejectedRow, write_reject_files
from graph.sources.rows import Problem, Row, Sheet
from graph.store.view import Graphs

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done and how much there is (0: not known)."""

_STEP = 10_000
"""Rows between two words of progress."""


@dataclass(frozen=True)
class ImportOptions:
    """How to import.

    Attributes:
        minter: makes the IRIs.
        reference: countries, municipalities, names of words; `graph.sources.reference.Reference`.
        settings: the limits on files, rows and cells.
        strict: refuse everything where a row has a fault.
        progress: told how far the work has come.
    """

    minter: Minter
    reference: Lookup
    settings: Settings = field(default_factory=Settings)
    strict: bool = False
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class SheetCount:
    """What became of the rows of one sheet."""

    file: str
    sheet: str
    rows_in: int
    rows_imported: int
    rows_set_aside: int


@dataclass
class ImportResult:
    """What an import gave.

    Attributes:
        graphs: triples by graph; the sources' own and the one that describes them.
        rows_in: rows that were read; blank ones and titles are none.
        rows_imported: those in the graphs.
        rows_restricted: those of them that restricted sources say.
        rows_set_aside: the others; `rows_in` is the sum of the two.
        problems: all of them, warnings too, in the order of files and rows.
        rejected: the rows set aside.
        inputs: name of each file -> SHA-256 of its bytes.
        sheets: the same counts, sheet by sheet.
    """

    graphs: Graphs = field(default_factory=dict)
    rows_in: int = 0
    rows_imported: int = 0
    rows_restricted: int = 0
    rows_set_aside: int = 0
    problems: list[Problem] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)
    sheets: list[SheetCount] = field(default_factory=list)


def import_sheets(paths: Sequence[Path], options: ImportOptions) -> ImportResult:
    """Reads sheets and maps their rows.

    Args:
        paths: folders (the `.csv` and `.xlsx` files right in them, by name), or such files; where two rows
            have one key, the first in this order stays.
        options: see `ImportOptions`.

    Returns:
        The graphs, and what was set aside and why.

    Raises:
        InputError: a path is not there, or a folder holds no sheet.
        SheetRefused: a file that is not read at all.
        ImportRefused: `strict`, and a row has a fault; nothing is imported.
    """
    tell = options.progress or _silent
    files = _named(_files(paths))
    lookup = Remembered(options.reference)
    checker = Checker(lookup)
    result = ImportResult()
    sheets: list[Sheet] = []
    rows: list[Row] = []
    for number, (name, path) in enumerate(files.items()):
        tell("reading sheets", number, len(files))
        result.inputs[name] = _digest(path)
        for sheet in read_file(path, name, options.settings):
            sheets.append(sheet)
            rows.extend(checker.read(sheet, raw) for raw in sheet.rows)
    tell("checking rows", 0, len(rows))
    restricted = check_links(rows)
    _account(result, sheets, rows)
    if options.strict:
        _refuse_faults(result.problems)
    shown, hidden = _parted([row.record for row in rows if row.record is not None], restricted)
    result.rows_restricted = len(hidden)
    context = build_context(shown, options.minter, lookup)
    _map(result.graphs, shown, context, tell)
    if hidden:
        known = (record.org_id for record in shown if isinstance(record, Organization))
        whole = build_context([*shown, *hidden], options.minter, lookup).over(context, known)
        _map(result.graphs, hidden, whole, tell)
    return result


def write_rejects(result: ImportResult, folder: Path) -> list[Path]:
    """Writes the rows set aside as CSV files to be mended; see `graph.sources.rejects`."""
    return write_reject_files(result.rejected, folder)


def _silent(what: str, done: int, total: int) -> None:
    """Nobody wants to know."""


def _files(paths: Iterable[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(
                file
                for file in path.iterdir()
                if file.suffix.lower() in SUFFIXES and not file.name.startswith((".", "~$"))
            )
            if not found:
                detail = "the folder holds no sheet: a .csv or .xlsx file"
                raise InputError(f"{path}: {detail}", issues=(Issue(str(path), detail),))
            files += map(_ordinary, found)
        elif path.exists():
            files.append(_ordinary(path))
        else:
            raise InputError(f"{path} does not exist", issues=(Issue(str(path), "no such file or folder"),))
    return files


def _ordinary(file: Path) -> Path:
    """The file; a pipe or a device would be read without end, a link to nowhere not at all."""
    if not (file.is_file() and os.access(file, os.R_OK)):
        detail = "is no ordinary file that can be read: put the sheet itself here"
        raise InputError(f"{file.name} {detail}", issues=(Issue(file.name, detail),))
    return file


def _named(files: Sequence[Path]) -> dict[str, Path]:
    """What to call each file: as little of its path as tells it from the others."""
    files = list(dict.fromkeys(path.resolve() for path in files))
    counts = Counter(path.name for path in files)
    longer = Counter("/".join(path.parts[-2:]) for path in files)
    named: dict[str, Path] = {}
    for path in files:
        with_folder = "/".join(path.parts[-2:])
        short = path.name if counts[path.name] == 1 else with_folder
        named[short if longer[with_folder] == 1 else str(path)] = path
    return named


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _account(result: ImportResult, sheets: Iterable[Sheet], rows: Iterable[Row]) -> None:
    by_sheet: dict[int, list[Row]] = {}
    for row in rows:
        by_sheet.setdefault(id(row.sheet), []).append(row)
    for sheet in sheets:
        own = by_sheet.get(id(sheet), [])
        aside = [row for row in own if not row.good]
        result.problems += sheet.problems
        for row in own:
            result.problems += row.problems
        result.rejected += [_rejected(row) for row in aside]
        count = SheetCount(sheet.file, sheet.name, len(own), len(own) - len(aside), len(aside))
        result.sheets.append(count)
        result.rows_in += count.rows_in
        result.rows_imported += count.rows_imported
        result.rows_set_aside += count.rows_set_aside


def _rejected(row: Row) -> RejectedRow:
    sheet, table = row.sheet, row.sheet.table
    problems = tuple(row.problems) or sheet.problems
    return RejectedRow(
        sheet.file,
        sheet.name,
        table.name if table else "",
        row.raw.number,
        sheet.header,
        row.raw.cells,
        problems,
    )


def _refuse_faults(problems: Iterable[Problem]) -> None:
    faults = [problem for problem in problems if problem.severity == "error"]
    if faults:
        raise ImportRefused(
            f"nothing was imported: {len(faults)} faults, the first in {faults[0]}",
            issues=tuple(Issue(fault.place, fault.detail, fault.value or None) for fault in faults),
        )


def _parted(records: Iterable[Record], restricted: AbstractSet[str]) -> tuple[list[Record], list[Record]]:
    """The records of public sources, and those of restricted ones."""
    parts: tuple[list[Record], list[Record]] = [], []
    for record in records:
        parts[record.source_id in restricted].append(record)
    return parts


def _map(graphs: Graphs, records: Sequence[Record], context: Context, tell: Progress) -> None:
    for done, (graph, triples) in enumerate(map_records(records, context)):
        if done % _STEP == 0:
            tell("mapping rows", done, len(records))
        known = graphs.get(graph)
        if known is None:
            graphs[graph] = set(triples)
        else:
            known.update(triples)
    tell("mapping rows", len(records), len(records))
