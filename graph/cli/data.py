"""`verre build`, `load`, `dump` and `template`: what goes in and comes out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Annotated

import typer

from graph.build import Built, build_release, current_release, load_quads, open_releases
from graph.cli.console import out, progress, reports_errors, say
from graph.errors import InputError
from graph.model.iris import Minter, slug
from graph.model.terms import NamedNode, Quad
from graph.settings import Settings
from graph.sources.template import write_template
from graph.store.dump import ENDINGS, READ, quads
from graph.store.dump import dump as dump_view

PROBLEMS_SHOWN = 50


def _report(built: Built) -> None:
    result = built.result
    for problem in result.problems[:PROBLEMS_SHOWN]:
        place = f"{problem.file}, {problem.sheet}, row {problem.row}, {problem.column}"
        say(f"{problem.severity}: {place}: {problem.detail}{problem.given}")
    if len(result.problems) > PROBLEMS_SHOWN:
        say(f"… and {len(result.problems) - PROBLEMS_SHOWN} more")
    say(f"{result.rows_in} rows read, {result.rows_imported} taken in, {result.rows_set_aside} set aside")
    if result.rows_restricted:
        say(f"{result.rows_restricted} of those taken in are of restricted sources")
    for path in built.rejects:
        say(f"set aside: {path} (mend it and build again with it)")
    made = "is current" if built.changed else "stays current: nothing changed"
    say(f"release {built.release.name} {made}: {built.release.manifest.quads} quads")


@reports_errors
def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders of CSV, CSV files, workbooks; none: Verre's own data."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse everything where one row has a fault.")
    ] = False,
) -> None:
    """Build a release from sheets and switch to it. Edits stay."""
    with progress() as tell:
        built = build_release(Settings(), paths or [], strict=strict, progress=tell)
    _report(built)


def _graph(word: str | None, settings: Settings) -> NamedNode | None:
    if word is None:
        return None
    return NamedNode(word) if ":" in word else Minter(settings.base_iri).graph(f"edit/{slug(word)}")


def _read(name: str, form: str | None, graph: NamedNode | None) -> Iterator[Quad]:
    kind = form or ENDINGS.get(name.rpartition(".")[2].lower(), "")
    place = "standard input" if name == "-" else name
    try:
        if name == "-":
            yield from quads(sys.stdin.buffer, kind, graph)
            return
        with Path(name).open("rb") as stream:
            yield from quads(stream, kind, graph)
    except OSError as error:
        raise InputError(f"{place} cannot be read: {error.strerror}") from None
    except InputError as error:
        hint = "; give --format" if not kind else "; give --graph" if graph is None else ""
        raise InputError(f"{place}: {error.detail}{hint}", issues=error.issues) from None


@reports_errors
def load(
    files: Annotated[list[str], typer.Argument(help="RDF files, or - for standard input.")],
    form: Annotated[
        str | None, typer.Option("--format", help=f"One of {', '.join(READ)}; else by the file's ending.")
    ] = None,
    graph: Annotated[
        str | None, typer.Option(help="Graph of triples that name none: a word for an edit, or an IRI.")
    ] = None,
) -> None:
    """Add RDF to its graphs, as one new release."""
    settings = Settings()
    place = _graph(graph, settings)
    with progress() as tell:
        release = load_quads(settings, chain.from_iterable(_read(name, form, place) for name in files), tell)
    say(f"release {release.name} is current: {release.manifest.quads} quads")


def _written(path: Path, *, private: bool) -> IO[bytes]:
    """The file of a dump; one with what not everyone may see is for its owner alone."""
    if private:
        path.touch(mode=0o600)
        path.chmod(0o600)
    return path.open("wb")


@reports_errors
def dump(
    output: Annotated[str, typer.Option("--output", "-o", help="File, or - for standard output.")] = "-",
    form: Annotated[
        str | None, typer.Option("--format", help="nquads or trig; else by the file's ending.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what is derived, the vocabulary and the reference tables.")
    ] = False,
    restricted: Annotated[
        bool,
        typer.Option("--restricted", help="Also what not everyone may see; it stays so where it is loaded."),
    ] = False,
    release: Annotated[str | None, typer.Option(help="Another release than the current one.")] = None,
) -> None:
    """Write the sources and edits in canonical order."""
    settings = Settings()
    chosen = open_releases(settings).get(release) if release else current_release(settings)
    kind = form or ("trig" if output.endswith(".trig") else "nquads")
    view = chosen.open("whole" if restricted else "public")
    if output == "-":
        dump_view(view, sys.stdout.buffer, settings.base_iri, form=kind, everything=everything)
        return
    with _written(Path(output), private=restricted) as stream:
        dump_view(view, stream, settings.base_iri, form=kind, everything=everything)


@reports_errors
def template(
    path: Annotated[Path, typer.Argument(help="The workbook to write, ending in .xlsx.")],
    language: Annotated[str, typer.Option(help="Of the headings: nl, en or fr.")] = "nl",
) -> None:
    """Write an empty workbook for a chamber to fill in."""
    write_template(path, language)
    out(str(path))


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    for command in (build, load, dump, template):
        app.command()(command)
