"""The command and its subcommands."""

from __future__ import annotations

import importlib
from typing import Annotated

import typer

from graph import __version__
from graph.build import current_release
from graph.cli import ask, backup, data, edit, history, index, keys, match, network, screen
from graph.cli.console import reports_errors, say
from graph.settings import Settings

app = typer.Typer(
    name="verre",
    help="A knowledge graph of a region's exporters and their partners, every fact with its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"verre {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say it.")
    ] = False,
) -> None:
    """A knowledge graph of a region's exporters and their partners, every fact with its source."""


@app.command()
@reports_errors
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; default VERRE_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on, 0 for a free one; default VERRE_PORT.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Web processes; default VERRE_WORKERS.")
    ] = None,
) -> None:
    """Serve the graph: pages, /v1 and /sparql."""
    chosen = {"host": host, "port": port, "workers": workers}
    settings = Settings().model_copy(
        update={key: value for key, value in chosen.items() if value is not None}
    )
    if settings.profile == "full":
        current_release(settings)
    # By name: `graph` knows nothing of the web, it only knows where the door is.
    importlib.import_module("api.server").serve(settings)


for module in (data, index, ask, edit, history, backup, keys, screen, match, network):
    module.register(app)
