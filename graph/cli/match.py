"""`verre match`: a spreadsheet in, the same with what the graph knows of its rows out."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from graph.build import current_release
from graph.cli.console import progress, reports_errors, say
from graph.errors import InputError, Issue
from graph.index import Index
from graph.settings import Settings
from graph.sheets.columns import letter
from graph.sheets.enriching import Enriched, recognized
from graph.sheets.reading import ZIP
from graph.sheets.run import Job, Options, columns
from graph.sheets.words import word
from graph.sheets.writing import write_csv, write_xlsx

FORMATS = {"csv": write_csv, "xlsx": write_xlsx}
LANGUAGES = ("nl", "en", "fr")
PROBLEMS = 20
"""Problems that are told one by one; the sheet has all of them."""


def _form(output: str, given: Path) -> str:
    """What is written: by the ending of its name, else as what came in.

    Raises:
        InputError: an ending that says neither.
    """
    ending = Path(output).suffix.lower().lstrip(".") if output != "-" else ""
    if ending in FORMATS:
        return ending
    if output != "-":
        known = ", ".join(f".{form}" for form in FORMATS)
        raise InputError("unknown format", issues=(Issue("--output", f"ends in one of {known}", output),))
    with given.open("rb") as stream:
        return "xlsx" if stream.read(4) == ZIP else "csv"


def _output(output: str | None, source: str) -> str:
    """Where the answer goes: beside the sheet unless somewhere else is named; nothing is overwritten."""
    path = Path(source)
    ending = path.suffix if path.suffix.lower() in {".csv", ".xlsx"} else ".csv"
    target = output or ("-" if source == "-" else str(path.with_name(f"{path.stem}-verre{ending}")))
    if target != "-" and Path(target).exists():
        issue = Issue("--output", "is there already: name another", target)
        raise InputError("Nothing is overwritten.", issues=(issue,))
    return target


def _told(enriched: Enriched) -> None:
    """What was recognized and found, for the person at the terminal."""
    for each in enriched.layout.columns:
        say(f"column {letter(each.index)}: {recognized(each.heading, each.field, each.by, 'en')}")
    if enriched.grid.others:
        say(f"sheets not read: {', '.join(enriched.grid.others)}")
    if enriched.grid.remark:
        say(enriched.grid.remark)
    for problem in enriched.problems[:PROBLEMS]:
        say(str(problem))
    if len(enriched.problems) > PROBLEMS:
        say(f"… and {len(enriched.problems) - PROBLEMS} more")
    for group in {group.rows: group for group in enriched.related.groups.values()}.values():
        say(f"{len(group.rows)} rows belong to {group.parent.name}: {', '.join(map(str, group.rows))}")
    counts = Counter(each.status for each in enriched.rows)
    say(
        ", ".join(
            f"{counts[each]} {word(f'status.{each}', 'en')}" for each in ("match", "check", "none", "empty")
        )
    )


def _run(path: Path, name: str, settings: Settings, options: Options) -> Enriched:
    release = current_release(settings)
    today = datetime.now(UTC).date()
    with release.lease(), progress() as tell:
        index = Index(release.index_path)
        try:
            job = Job(path, name, settings, options)
            job.begin(index)
            for step in job.steps:
                step(index, today)
                tell("matching", len(job.found), len(job.asked))
            return job.end(index, today)
        finally:
            index.close()


@reports_errors
def match(
    sheet: Annotated[str, typer.Argument(help="A workbook (.xlsx) or a CSV; - for standard input.")],
    output: Annotated[
        str | None,
        typer.Option(help="Where to; - for standard output; default beside it, as sheet-verre.xlsx."),
    ] = None,
    tab: Annotated[
        str | None, typer.Option("--sheet", help="Which sheet of a workbook; default the first.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help="field=heading or field=letter, where it is guessed wrong; field= for none."),
    ] = None,
    market: Annotated[
        list[str] | None, typer.Option(help="A market whose status each row is to show; may be repeated.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Of the added columns: nl, en or fr.")] = "nl",
) -> None:
    """Match the rows of a spreadsheet with the graph, and write it back with what the graph knows of them."""
    if lang not in LANGUAGES:
        raise InputError("unknown language", issues=(Issue("--lang", "nl, en or fr", lang),))
    settings = Settings()
    target = _output(output, sheet)
    options = Options(lang, tab, columns(tuple(column or ())), tuple(market or ()))
    with tempfile.TemporaryDirectory(prefix="verre-match-") as folder:
        path, name = Path(sheet), Path(sheet).name
        if sheet == "-":
            path, name = Path(folder) / "sheet", "standard input"
            path.write_bytes(sys.stdin.buffer.read(settings.spreadsheet_bytes + 1))
        elif not path.is_file():
            raise InputError(f"there is no file {sheet!r}")
        form = _form(target, path)
        enriched = _run(path, name, settings, options)
        written = FORMATS[form](enriched)
    if target == "-":
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
    else:
        Path(target).write_bytes(written)
    _told(enriched)


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(match)
