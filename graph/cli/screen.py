"""`verre screen` and `verre sanctions`: names against sanctions lists, and the lists themselves."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer

from graph.build import current_release
from graph.cli.console import out, progress, reports_errors, say
from graph.errors import InputError, Issue
from graph.index import Index
from graph.screening import answer as answers
from graph.screening import last, lists, loading, request, require, sheets
from graph.screening.answer import Asked, Plan, Query
from graph.screening.owners import Family, Limits, family
from graph.screening.records import Json
from graph.screening.sheets import Names
from graph.settings import Settings

FORMATS = ("csv", "json")
TOGETHER = 500
"""Rows that are screened at a time, so that progress shows."""

sanctions = typer.Typer(
    name="sanctions",
    help="Load, list and remove the sanctions lists that `verre screen` and /v1/screenings go by.",
    no_args_is_help=True,
)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        issue = Issue("date", "write a day as 2026-05-01", text)
        raise InputError("the date cannot be used", issues=(issue,)) from None


@sanctions.command()
@reports_errors
def load(
    file: Annotated[Path, typer.Argument(help="The file of the list, as its publisher gives it out.")],
    name: Annotated[
        str, typer.Option("--list", help="What to call it: eu, un, ofac …; one of that name goes.")
    ],
    title: Annotated[str | None, typer.Option(help="What it is, for people.")] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="The day as of which it is, where the file does not say.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", help="Its format, where it is not recognised; see docs/screening.md."),
    ] = None,
) -> None:
    """Load a sanctions list; a broken file changes nothing."""
    with progress() as tell:
        order = loading.Order(file, name, title, _day(day), form, tell)
        version = loading.load(Settings(), order)
    say(
        f"list {version.name} of {version.dated}: {version.entries} entries with {version.names} names"
        f" ({version.format}, {version.sha256[:12]})"
    )


@sanctions.command("list")
@reports_errors
def list_lists(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """List the loaded lists with their dates; an old one is marked."""
    settings, today = Settings(), datetime.now(UTC).date()
    told = [answers.list_of(version, settings, today) for version in lists.loaded(settings.home)]
    if as_json:
        out(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
        return
    for each in told:
        old = "  old" if each["old"] else ""
        out(
            f"{each['name']}  {each['date']}  {each['entries']} entries  {each['format']}  {each['version']}{old}"
        )
    if not told:
        say("no sanctions list is loaded: nothing can be screened")


@sanctions.command()
@reports_errors
def remove(name: Annotated[str, typer.Argument(help="The list to remove.")]) -> None:
    """Remove a list."""
    lists.remove(Settings().home, name)
    say(f"list {name} is removed")


@reports_errors
def screen(
    sheet: Annotated[
        Path | None,
        typer.Argument(help="A .csv or .xlsx with a column of names, or of organizations of the graph."),
    ] = None,
    output: Annotated[str, typer.Argument(help="File to write, or - for standard output.")] = "-",
    organization: Annotated[
        list[str] | None, typer.Option(help="An organization of the graph, with its owners; may be repeated.")
    ] = None,
    name: Annotated[list[str] | None, typer.Option("--list", help="Only this list; may be repeated.")] = None,
    threshold: Annotated[
        float | None, typer.Option(help="Score that is a match; default VERRE_SCREENING_THRESHOLD.")
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", help="csv or json; else by the ending of the output; csv.")
    ] = None,
) -> None:
    """Screen names and organizations against the loaded sanctions lists; 1 if something matches."""
    require()
    settings = Settings()
    kind = _format(form, output)
    told = {"threshold": threshold, "lists": name or []}
    rules = request.rules({key: value for key, value in told.items() if value is not None}, settings)
    names = _asked(sheet, organization or [], settings)
    answer = _screened(names, Asked(names.queries, rules), settings)
    _write(names, answer, kind, output)
    found = [each["status"] for each in answer["responses"].values()]
    say(
        f"{len(names.rows)} screened: {found.count('match')} match, {found.count('ownerMatch')} by an owner,"
        f" {found.count('noMatch')} without match, {len(names.rows) - len(found) + found.count('notScreened')} not screened"
    )
    for warning in answer["warnings"]:
        say(f"warning: {warning}")
    if not answer["lists"]:
        say("no sanctions list is loaded: nothing was screened (`verre sanctions load`)")
    if {"match", "ownerMatch"} & set(found):
        raise typer.Exit(1)


def _format(form: str | None, output: str) -> str:
    kind = form or (output.rpartition(".")[2].lower() if "." in output else "csv")
    if kind not in FORMATS:
        issue = Issue("--format", f"one of {', '.join(FORMATS)}", kind)
        raise InputError("there is no such format", issues=(issue,))
    return kind


def _asked(sheet: Path | None, organizations: list[str], settings: Settings) -> Names:
    if sheet is not None and not organizations:
        return sheets.read(sheet, settings)
    if sheet is not None or not organizations:
        issue = Issue("sheet", "give a sheet, or --organization")
        raise InputError("nobody to screen", issues=(issue,))
    names = Names(("organization",))
    for number, ref in enumerate(dict.fromkeys(organizations), start=1):
        names.rows[str(number)] = (ref,)
        names.queries[str(number)] = Query(organization=ref)
    return names


def _screened(names: Names, asked: Asked, settings: Settings) -> Json:
    """The answer, and what it says of organizations kept as their last screening."""
    from graph.screening.screener import Screener  # imports the extra

    found = _families(names, asked, settings)
    plan = Plan.of(Asked(names.queries, asked.rules), found)
    screener = Screener(settings.home, settings)
    results = []
    with progress() as tell:
        for start in range(0, len(plan.subjects), TOGETHER):
            results += screener.screen(plan.subjects[start : start + TOGETHER], asked.rules)
            tell("names", len(results), len(plan.subjects))
    versions = screener.versions(asked.rules.lists)
    screener.close()
    answer = answers.answer(plan, versions, results, settings, datetime.now(UTC))
    last.keep(settings.home, answer, "public")
    return answer


def _families(names: Names, asked: Asked, settings: Settings) -> Family:
    """The organizations that are asked for; a reference that nobody has becomes a fault of its row."""
    if not asked.organizations:
        return Family()
    index = Index(current_release(settings).index_path)
    try:
        limits = Limits(settings.screening_owner_depth, settings.screening_owners)
        found = family(index.shaper("en", datetime.now(UTC).date()), asked.organizations, limits)
    finally:
        index.close()
    for number, query in list(names.queries.items()):
        if query.organization is not None and query.organization not in found.parties:
            del names.queries[number]
            names.faults[number] = f"the graph has no organization {query.organization[:100]!r}"
    return found


def _write(names: Names, answer: Json, kind: str, output: str) -> None:
    target = sys.stdout.buffer if output == "-" else Path(output).open("wb")  # noqa: SIM115
    try:
        if kind == "json":
            target.write(orjson.dumps({**answer, "faults": names.faults}, option=orjson.OPT_INDENT_2) + b"\n")
        else:
            rows = sheets.table(names, answer["responses"], answer["lists"])
            sheets.as_csv(names.header, rows, target.write)
        with suppress(BrokenPipeError):
            target.flush()
    finally:
        if output != "-":
            target.close()


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.command()(screen)
    app.add_typer(sanctions)
