"""`verre query` and `check`: questions to the graph, and to its quality."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from graph import queries, resources
from graph.build import current_release
from graph.cli.console import out, reports_errors, say
from graph.errors import InputError, Issue
from graph.index import Index
from graph.quality import check as check_quality
from graph.queries.values import terms
from graph.settings import Settings
from graph.store.pool import QueryJob
from graph.store.release import Release
from graph.stores import open_pool, open_releases

FORMATS = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", "text/turtle"),
    "tsv": ("text/tab-separated-values", "text/turtle"),
    "ttl": ("text/csv", "text/turtle"),
    "nt": ("text/csv", "application/n-triples"),
}
"""Format → media types for solutions and for triples."""


def _text(query: str, parameters: Mapping[str, Sequence[str]], release: Release) -> str:
    if query == "-":
        return sys.stdin.read()
    if query in queries.names():
        stored = queries.load(query)
        return stored.bind(terms(stored, parameters, Index(release.index_path)))
    path = Path(query)
    if not path.is_file():
        known = ", ".join(queries.names())
        raise InputError(f"{query!r} is neither a file nor a stored query; stored are: {known}")
    return path.read_text("utf-8")


def _parameters(pairs: Sequence[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator:
            raise InputError(
                "a parameter is written name=value", issues=(Issue("--param", "name=value", pair),)
            )
        values.setdefault(name, []).append(value)
    return values


async def _run(settings: Settings, job: QueryJob) -> None:
    pool = open_pool(open_releases(settings), settings)
    await pool.start()
    try:
        answer = await pool.query(job)
        if answer.body is not None:
            sys.stdout.buffer.write(answer.body)
        if answer.chunks is not None:
            async for chunk in answer.chunks:
                sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
    finally:
        await pool.close()


@reports_errors
def query(
    question: Annotated[
        str, typer.Argument(help="A file, - for standard input, or the name of a stored query.")
    ],
    param: Annotated[
        list[str] | None, typer.Option(help="name=value for a stored query; may be repeated.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "csv",
    timeout: Annotated[float | None, typer.Option(help="Seconds; default VERRE_QUERY_TIMEOUT.")] = None,
) -> None:
    """Put a SPARQL query to the current release."""
    if form not in FORMATS:
        raise InputError("unknown format", issues=(Issue("--format", f"one of {', '.join(FORMATS)}", form),))
    solutions, triples = FORMATS[form]
    settings = Settings()
    text = _text(question, _parameters(param or []), current_release(settings))
    job = QueryJob(text=text, solutions_type=solutions, graph_type=triples, timeout=timeout)
    asyncio.run(_run(settings, job))


@reports_errors
def check(
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    language: Annotated[str, typer.Option(help="Of the messages: nl, en or fr.")] = "en",
) -> None:
    """Check the current release, restricted graphs too, against shapes and hygiene queries; 1 if something is wrong."""
    release = current_release(Settings())
    with release.lease():
        report = check_quality(release.open("whole"), resources.ontologies())
    out(report.as_json() if form == "json" else report.as_text(language))
    say(f"{len(report.findings)} findings in release {release.name}")
    if report.worst == "violation":
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    for command in (query, check):
        app.command()(command)
