"""The rows set aside, as CSV files that can be mended and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.model.iris import slug
from graph.sources.rows import Problem
from graph.sources.tables import PROBLEM, plain
from graph.sources.text import escape


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was set aside, as it stood in its file.

    Attributes:
        file: name of the file.
        sheet: the sheet or the table.
        table: canonical name of the table; empty where the sheet is none.
        row: as a person counts it.
        header: the headings.
        cells: the texts; bytes that were not UTF-8 are read as Windows-1252.
        problems: why.
    """

    file: str
    sheet: str
    table: str
    row: int
    header: tuple[str, ...]
    cells: tuple[str, ...]
    problems: tuple[Problem, ...]


def write_reject_files(rejected: Iterable[RejectedRow], folder: Path) -> list[Path]:
    """One file a sheet, with its own headings and a column `problem`, in UTF-8 with a byte order mark.

    No file that is there is overwritten: somebody may be mending it. Where one with the same rows is
    there already, it is the one; else a number is added to the name.

    Args:
        rejected: the rows set aside.
        folder: made where it does not exist.

    Returns:
        The files, in the order of the sheets.
    """
    sheets: dict[tuple[str, str, tuple[str, ...]], list[RejectedRow]] = {}
    for row in rejected:
        sheets.setdefault((row.file, row.sheet, row.header), []).append(row)
    written: list[Path] = []
    for rows in sheets.values():
        folder.mkdir(parents=True, exist_ok=True)
        written.append(_write(folder, _stem(rows[0]), _as_csv(rows)))
    return written


def _stem(row: RejectedRow) -> str:
    """The table comes first, so that the file is read as what it is; then where it came from."""
    table = row.table or slug(row.sheet)
    origin = slug(Path(row.file).stem.partition("--")[2] or Path(row.file).stem)
    return table if origin in (slug(table), table) else f"{table}--{origin}"


def _write(folder: Path, stem: str, data: bytes) -> Path:
    number = 1
    while True:
        path = folder / (f"{stem}.csv" if number == 1 else f"{stem}--{number}.csv")
        try:
            with path.open("xb") as stream:
                stream.write(data)
            return path
        except FileExistsError:
            if path.read_bytes() == data:
                return path
            number += 1


def _as_csv(rows: Sequence[RejectedRow]) -> bytes:
    header = rows[0].header
    kept = [index for index, heading in enumerate(header) if plain(heading) != PROBLEM]
    more = max(len(row.cells) for row in rows) - len(header)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([*(escape(header[index]) for index in kept), PROBLEM, *[_aside(rows[0])] * max(more, 0)])
    for row in rows:
        cells = [*(row.cells[index] for index in kept), _why(row), *row.cells[len(header) :]]
        writer.writerow([escape(cell) for cell in cells])
    return stream.getvalue().encode("utf-8-sig", "replace")


def _aside(row: RejectedRow) -> str:
    """The heading of cells that had none: too many cells of a line of CSV stay a fault, a remark beside a
    sheet of a workbook does not become one."""
    return "" if Path(row.file).suffix.lower() == ".csv" else "no heading"


def _why(row: RejectedRow) -> str:
    reasons = [
        f"{problem.column}: {problem.detail}" if problem.column else problem.detail
        for problem in row.problems
        if problem.severity == "error"
    ]
    return f"row {row.row} of {row.file}: " + " | ".join(reasons)
