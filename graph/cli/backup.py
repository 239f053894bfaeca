"""`verre backup`, `restore` and `verify`: a release as one file, back from it, and every byte looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.build import current_release, derive, open_releases
from graph.cli.console import out, reports_errors, say
from graph.settings import Settings
from graph.store import backup as files
from graph.store.releases import Release, Releases


def _kept(settings: Settings) -> Releases:
    """The releases, where the store has files of ours."""
    kept = open_releases(settings)
    kept.capabilities.need("backup")
    return kept


def _chosen(settings: Settings, name: str | None) -> Release:
    return open_releases(settings).get(name) if name else current_release(settings)


@reports_errors
def backup(
    target: Annotated[Path, typer.Argument(help="A folder, or a new file ending in .tar.")],
    release: Annotated[str | None, typer.Option(help="Another release than the current one.")] = None,
) -> None:
    """Write a release into one file, once every byte of it has been looked at."""
    settings = Settings()
    out(str(files.backup(_kept(settings), _chosen(settings, release), target)))


@reports_errors
def restore(path: Annotated[Path, typer.Argument(help="A backup.")]) -> None:
    """Make a release of what a backup holds; what has been erased since stays away."""
    settings = Settings()
    restored = files.restore(_kept(settings), path, derive(settings))
    say(f"release {restored.name} is current: {restored.manifest.quads} quads")


@reports_errors
def verify(
    release: Annotated[
        str | None, typer.Argument(help="The release to look at; none: all that are kept.")
    ] = None,
) -> None:
    """Read every byte of the releases; 1 where one is not what was written."""
    settings = Settings()
    kept = _kept(settings)
    chosen = [_chosen(settings, release)] if release else kept.list()
    damaged = False
    for each in chosen:
        found = files.verify(each)
        damaged = damaged or bool(found.faults)
        say(f"release {found.name}: {found.files} files, {len(found.faults) or 'no'} faults")
        for fault in found.faults:
            out(fault)
    if damaged:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    for command in (backup, restore, verify):
        app.command()(command)
