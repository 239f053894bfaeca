"""`verre index`: the list index of an endpoint that stands in for the embedded store."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.build import derive, open_releases
from graph.cli.console import progress, reports_errors, say
from graph.errors import InputError
from graph.settings import Settings
from graph.store.remote.indexing import reindex
from graph.store.remote.releases import RemoteReleases


@reports_errors
def index(
    merge: Annotated[
        bool,
        typer.Option(
            "--merge",
            help="First derive the inferred graph and make the merge again; for an endpoint that others fill.",
        ),
    ] = False,
) -> None:
    """Make the list index from the endpoint of VERRE_STORE."""
    settings = Settings()
    releases = open_releases(settings)
    if not isinstance(releases, RemoteReleases):
        raise InputError(
            "VERRE_STORE names no endpoint; a release of the embedded store always has its index",
            setting="VERRE_STORE",
        )
    with progress() as tell:
        tell("reading the endpoint", 0, 0)
        release = reindex(releases, derive(settings), merge=merge)
    size = release.manifest
    say(f"release {release.name} is current: {size.quads} quads, {size.triples} triples")


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(index)
