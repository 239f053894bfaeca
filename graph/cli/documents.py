"""The pages of `docs/` that are made from code: `make docs` writes them, a test compares them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import typer

from graph import resources
from graph.cli.console import EXIT
from graph.cli.main import app
from graph.matching import documents as matches
from graph.quality.docs import page as ontology
from graph.queries import catalogue
from graph.settings import Settings
from graph.sources import sheet_docs


def settings_page() -> str:
    """`docs/settings.md`: every setting with its default and what it is for."""
    lines = [
        "# Settings",
        "",
        "Read from the environment when a process starts. A limit that was reached is named in the error.",
        "",
        "| Setting | Default | What it is for |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = "unset" if field.default is None else f"`{field.default}`"
        lines.append(f"| `VERRE_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


def _parameter(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        name = f"`{parameter.human_readable_name}`"
    else:
        name = ", ".join(f"`{option}`" for option in (*parameter.opts, *parameter.secondary_opts))
    return f"* {name}: {getattr(parameter, 'help', '') or ''}"


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every subcommand with its whole name, those of groups too."""
    for name, command in getattr(group, "commands", {}).items():
        yield f"{before}{name}", command
        yield from _commands(command, f"{before}{name} ")


def command_page() -> str:
    """`docs/cli.md`: every subcommand with its options."""
    group = typer.main.get_command(app)
    lines = [
        "# The command `verre`",
        "",
        "Results go to standard output, everything else to standard error; progress shows on a terminal only.",
        "",
    ]
    for name, command in _commands(group):
        lines += [f"## verre {name}", "", command.help or "", ""]
        lines += [_parameter(p) for p in command.params if p.name != "help"]
        lines.append("")
    lines += ["## Exit codes", "", "| Code | Meaning |", "|---|---|", "| 0 | done |"]
    lines += ["| 1 | done, with findings, or not confirmed |", "| 2 | wrong command line |"]
    lines += [f"| {code} | {(kind.__doc__ or '').strip()} |" for kind, code in EXIT]
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {"settings.md": settings_page, "cli.md": command_page}
"""File name in `docs/` → the function that makes its text."""


def write(folder: Path) -> None:
    """Writes every page into `folder`, and what the other areas make of their own."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), "utf-8")
    sheets = folder / "sheets.md"
    sheets.write_text(sheet_docs.updated(sheets.read_text("utf-8")), "utf-8")
    matching = folder / "matching.md"
    matching.write_text(matches.updated(matching.read_text("utf-8")), "utf-8")
    catalogue.write(folder / "queries.md")
    ontology.write(resources.ontologies(), folder / "ontology")


if __name__ == "__main__":
    write(Path(__file__).parents[2] / "docs")
