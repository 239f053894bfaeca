"""`verre update`: a SPARQL update from the shell. Whoever has the shell has the store, so it needs no key."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from graph.build import derive, open_releases
from graph.cli.console import out, reports_errors, say
from graph.errors import InputError
from graph.settings import Settings
from graph.store.writes import Write, Written
from graph.stores import open_writes

ACTOR = "shell"


def _text(given: str) -> str:
    """The update: of standard input, of a file, or what was given itself."""
    if given == "-":
        return sys.stdin.read()
    try:
        if Path(given).is_file():
            return Path(given).read_text("utf-8")
    except OSError as error:  # too long for a name, or not to be read
        if not given.split(maxsplit=1)[1:]:
            raise InputError(f"{given[:100]} cannot be read: {error.strerror}") from None
    if not given.split(maxsplit=1)[1:]:
        raise InputError(f"{given[:100]!r} is neither a file nor an update")
    return given


async def _write(settings: Settings, write: Write) -> Written:
    writes = open_writes(open_releases(settings), settings, lambda: derive(settings))
    await writes.start()
    try:
        return await writes.write(write)
    finally:
        await writes.close()


@reports_errors
def update(
    text: Annotated[str, typer.Argument(help="A file, - for standard input, or the update itself.")],
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Let warnings of the shapes pass, and report them.")
    ] = False,
    timeout: Annotated[float | None, typer.Option(help="Seconds; at most VERRE_UPDATE_TIMEOUT.")] = None,
) -> None:
    """Change the graph by a SPARQL update, as one new release; 1 where the shapes found something."""
    write = Write("update", text=_text(text), lenient=lenient, timeout=timeout, actor=ACTOR)
    written = asyncio.run(_write(Settings(), write))
    for finding in written.report:
        value = f" {finding['path'] or ''} {finding['value'] or ''}".rstrip()
        say(f"{finding['severity']} {finding['check']}: <{finding['focus']}>{value}")
    if written.changed:
        out(f"release {written.release}: {written.added} added, {written.removed} removed")
    else:
        out(f"release {written.release}: nothing changed")
    if any(finding["severity"] == "warning" for finding in written.report):
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.command()(update)
