"""`verre releases`, `rollback` and `erase`: what was, and what must never have been."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.build import derive, open_releases
from graph.cli.console import out, reports_errors, say
from graph.screening import last
from graph.settings import Settings
from graph.store.erase import erase as erase_thing


@reports_errors
def releases() -> None:
    """List the releases that are kept, the current one marked."""
    kept = open_releases(Settings())
    current = kept.current()
    for release in kept.list():
        mark = "*" if current is not None and release.name == current.name else " "
        manifest = release.manifest
        more = release.size("whole").quads - manifest.quads
        restricted = f", {more} more restricted" if release.has_whole else ""
        out(
            f"{mark} {release.name}  {manifest.created}  {manifest.kind:<8}  {manifest.quads} quads{restricted}"
        )


@reports_errors
def rollback(
    name: Annotated[
        str | None, typer.Argument(help="The release to go back to; none: the one before.")
    ] = None,
) -> None:
    """Make an earlier release the current one again."""
    say(f"release {open_releases(Settings()).rollback(name).name} is current")


@reports_errors
def erase(
    iri: Annotated[str, typer.Argument(help="IRI of a person or record to remove for good.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove a person or record for good, and every older release with it."""
    settings = Settings()
    kept = open_releases(settings)
    kept.capabilities.need("erase")
    if not yes:
        typer.confirm(
            f"Erase {iri} and every release that holds it? This cannot be undone", abort=True, err=True
        )
    report = erase_thing(kept, iri, derive(settings))
    for line in report.lines():
        say(line)
    screenings = last.forget(settings.home, report.erased)
    if screenings:
        say(f"screenings that named it, gone: {screenings}")


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    for command in (releases, rollback, erase):
        app.command()(command)
