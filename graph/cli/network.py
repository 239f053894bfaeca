"""`verre network`: neighbourhoods, paths, centrality, communities and brokers of the current release, as files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import orjson
import typer

from graph.build import current_release
from graph.cli.console import out, reports_errors, say
from graph.errors import InputError, Issue
from graph.index import Index
from graph.network import RELATIONS, Limits, Network, fetch
from graph.network.brokers import BrokerLimits
from graph.network.brokers import brokers as find_brokers
from graph.network.counting import count
from graph.network.formats import WRITERS
from graph.network.measures import MEASURES
from graph.network.measures import centrality as rank
from graph.network.measures import communities as group
from graph.network.paths import PathLimits
from graph.network.paths import paths as find_paths
from graph.network.projection import TIES, Scope, project
from graph.settings import Settings

network = typer.Typer(
    help="Who is around whom, how two are linked, who matters, who connects.", no_args_is_help=True
)

LANGUAGES = ("nl", "en", "fr")

T = TypeVar("T")
Word = TypeVar("Word", bound=str)


@dataclass(frozen=True)
class Asked:
    """What every command of the group takes."""

    form: str
    output: Path | None
    lang: str
    as_of: date | None
    ended: bool

    def write(self, question: Callable[[Index, Asked], Network]) -> None:
        """Asks the current release, and writes the network as a file or on standard output."""
        made = self.ask(question)
        if self.form == "svg" and len(made) > Settings().network_drawn:
            issue = Issue("--nodes", f"at most {Settings().network_drawn} in a drawing", str(len(made)))
            raise InputError(
                "A network cannot be that large.", issues=(issue,), setting="VERRE_NETWORK_DRAWN"
            )
        self.save(WRITERS[self.form](made))
        cut = "; there is more than the limits let through" if made.graph["truncated"] else ""
        say(f"{len(made)} nodes, {made.number_of_edges()} relations{cut}")

    def ask(self, question: Callable[[Index, Asked], T]) -> T:
        """The answer of the public part of the current release."""
        release = current_release(Settings())
        with release.lease():
            index = Index(release.index_path)
            try:
                return question(index, self)
            finally:
                index.close()

    def save(self, body: bytes) -> None:
        """Writes the result."""
        if self.output is not None:
            self.output.write_bytes(body)
        else:
            sys.stdout.buffer.write(body)
            sys.stdout.buffer.flush()


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        issue = Issue("--as-of", "write a day as 2018-02-19", text)
        raise InputError("That is no day.", issues=(issue,)) from None


def _one_of(name: str, value: str, known: tuple[Word, ...]) -> Word:
    for each in known:
        if each == value:
            return each
    raise InputError(f"unknown {name}", issues=(Issue(f"--{name}", f"one of {', '.join(known)}", value),))


@network.callback()
@reports_errors
def options(
    context: typer.Context,
    form: Annotated[
        str | None, typer.Option("--format", help=f"One of {', '.join(WRITERS)}; else by the file's ending.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="A file; else standard output.")] = None,
    lang: Annotated[str, typer.Option(help="Of labels: nl, en or fr.")] = "en",
    as_of: Annotated[str | None, typer.Option(help="A day: only what held then.")] = None,
    ended: Annotated[bool, typer.Option("--ended", help="Relations that are over too.")] = False,
) -> None:
    """Who is around whom, how two are linked, who matters, who connects."""
    ending = output.suffix.removeprefix(".") if output is not None else "json"
    chosen = _one_of("format", form or ending, tuple(WRITERS))
    _one_of("lang", lang, LANGUAGES)
    context.obj = Asked(chosen, output, lang, _day(as_of), ended)


References = Annotated[
    list[str],
    typer.Argument(help="Organizations in any spelling, markets by code or name, IRIs of persons, missions."),
]
Relation = Annotated[
    list[str] | None, typer.Option(help=f"Only these relations: {', '.join(RELATIONS)}; may be repeated.")
]
Optional = Annotated[list[str] | None, typer.Argument(help="Things to begin at; or give --market.")]
Nodes = Annotated[int, typer.Option(min=1, help="Most nodes.")]
Depth = Annotated[int, typer.Option(min=0, max=4, help="Steps from the start.")]
Market = Annotated[str | None, typer.Option(help="A market instead: code, name or IRI.")]


@network.command()
@reports_errors
def neighbourhood(
    context: typer.Context,
    refs: References,
    depth: Depth = 1,
    nodes: Nodes = 150,
    per_relation: Annotated[int | None, typer.Option(min=1, help="Of each kind, from one node.")] = None,
    relation: Relation = None,
) -> None:
    """What is around some things."""

    def question(index: Index, asked: Asked) -> Network:
        limits = Limits(tuple(relation or RELATIONS), per_relation, depth, nodes, ended=asked.ended)
        return fetch(index, refs, limits, asked.as_of, asked.lang)

    context.obj.write(question)


@network.command()
@reports_errors
def relations(context: typer.Context, refs: References, relation: Relation = None) -> None:
    """How many relations of which kind some things have."""

    def question(index: Index, asked: Asked) -> list[dict[str, object]]:
        bounds = Limits(tuple(relation or RELATIONS), ended=asked.ended), Settings().network_counted
        return count(index, refs, bounds, asked.as_of, asked.lang)

    out(orjson.dumps(context.obj.ask(question), option=orjson.OPT_INDENT_2).decode())


@network.command()
@reports_errors
def paths(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="One end.")],
    target: Annotated[str, typer.Argument(help="The other end.")],
    most: Annotated[int, typer.Option("--paths", min=1, max=50, help="Most paths.")] = 3,
    length: Annotated[int, typer.Option(min=1, max=8, help="Most steps of one.")] = 6,
    through: Annotated[
        list[str] | None,
        typer.Option(
            help="organization, person, mission (these unless given), market, award; may be repeated."
        ),
    ] = None,
) -> None:
    """The shortest paths between two things."""

    def question(index: Index, asked: Asked) -> Network:
        limits = PathLimits(
            paths=most,
            length=length,
            nodes=Settings().network_analysed,
            through=frozenset(through or PathLimits.through),
            ended=asked.ended,
        )
        return find_paths(index, (source, target), limits, asked.as_of, asked.lang)

    context.obj.write(question)


def _projected(index: Index, asked: Asked, scope: Scope, depth: int, nodes: int) -> Network:
    limits = Limits(TIES, 40, depth, nodes, ended=asked.ended)
    return project(index, scope, limits, asked.as_of, asked.lang)


@network.command()
@reports_errors
def centrality(
    context: typer.Context,
    refs: Optional = None,
    market: Market = None,
    depth: Depth = 2,
    nodes: Nodes = 600,
    measure: Annotated[str, typer.Option(help="degree, betweenness or pagerank.")] = "pagerank",
) -> None:
    """Who stands in the middle, around some things or in a market."""
    chosen = _one_of("measure", measure, MEASURES)

    def question(index: Index, asked: Asked) -> Network:
        made = _projected(index, asked, Scope(tuple(refs or ()), market), depth, nodes)
        rank(made, chosen, 20)
        return made

    context.obj.write(question)


@network.command()
@reports_errors
def communities(
    context: typer.Context,
    refs: Optional = None,
    market: Market = None,
    depth: Depth = 2,
    nodes: Nodes = 600,
) -> None:
    """Who belongs together, around some things or in a market."""

    def question(index: Index, asked: Asked) -> Network:
        made = _projected(index, asked, Scope(tuple(refs or ()), market), depth, nodes)
        group(made)
        return made

    context.obj.write(question)


@network.command()
@reports_errors
def brokers(
    context: typer.Context,
    market: Annotated[str, typer.Argument(help="A market: code, name or IRI.")],
    top: Annotated[int, typer.Option(min=1, help="Most brokers.")] = 20,
    nodes: Nodes = 600,
) -> None:
    """Who connects Limburg with a market."""

    def question(index: Index, asked: Asked) -> Network:
        return find_brokers(index, market, BrokerLimits(top, nodes, asked.ended), asked.as_of, asked.lang)

    context.obj.write(question)


def register(app: typer.Typer) -> None:
    """Adds the group of this module."""
    app.add_typer(network, name="network")
