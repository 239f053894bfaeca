"""What stands around a drawing: its title, what its signs mean, and where its facts come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.network.drawing import lettering
from graph.network.drawing.looks import LOOKS, MARKS, STROKES, Words, stroke_of
from graph.network.drawing.picture import SMALL, Line, Picture
from graph.network.drawing.shapes import Sample
from graph.network.fetch import Network

LANGUAGES = ("nl", "en", "fr")
TITLE = 20.0
ROW = 18.0
SHOWN = 6
"""Sources that are written under a drawing; the file of the same network names all."""

_NETWORK: Words = ("Netwerk van {0}", "Network of {0}", "Réseau de {0}")
_SIZE: Words = (
    "{nodes} knopen, {edges} relaties op {day}.",
    "{nodes} nodes, {edges} relations on {day}.",
    "{nodes} nœuds, {edges} relations au {day}.",
)
_MORE: Words = (
    "Er is meer dan hier getoond wordt.",
    "There is more than is shown here.",
    "Il y a plus que ce qui est montré ici.",
)
_SOURCES: Words = ("Bronnen: ", "Sources: ", "Sources : ")
_OTHERS: Words = ("en nog {0}", "and {0} more", "et {0} autres")
_AND: Words = ("en", "and", "et")


@dataclass(frozen=True)
class Key:
    """A line of the legend: a sign, and what it means."""

    what: Sample
    name: str
    x: float
    y: float
    line: Line


@dataclass(frozen=True)
class Caption:
    """What stands above and below; lines begin at their `x`.

    Attributes:
        head, foot: heights.
        heading: from the top of the head.
        keys, sources: from the top of the foot.
    """

    language: str
    title: str
    description: str
    width: float
    head: float
    foot: float
    heading: list[Line]
    keys: list[Key]
    sources: list[Line]


def caption(network: Network, drawn: Picture, width: float) -> Caption:
    """The words around a drawing, in the language of the network."""
    language = str(network.graph.get("lang", "en"))
    at = LANGUAGES.index(language)
    title = _title(network, at)
    told = _description(network, at)
    heading = [
        Line(text, 0.0, TITLE + row * 26, TITLE, bold=True)
        for row, text in enumerate(lettering.lines(title, TITLE, width, most=2, bold=True))
    ]
    below = heading[-1].y
    heading += [
        Line(text, 0.0, below + 22 + row * ROW, 13.0, light=True)
        for row, text in enumerate(lettering.lines(told, 13.0, width, most=3))
    ]
    keys, used = _keys(network, drawn, at, width)
    sources = [
        Line(text, 0.0, used + 20 + row * ROW, SMALL, light=True)
        for row, text in enumerate(lettering.lines(_sources(network, at), SMALL, width, most=4))
    ]
    return Caption(
        language,
        title,
        f"{told} {_sources(network, at)}",
        width,
        heading[-1].y + 20,
        (sources[-1].y if sources else used) + 6,
        heading,
        keys,
        sources,
    )


def _title(network: Network, at: int) -> str:
    given = network.graph.get("title")
    if given:
        return str(given)
    starts = [iri for iri in network.graph.get("starts", []) if iri in network]
    names = [str(network.nodes[iri].get("label", iri)) for iri in starts[:4]]
    return _NETWORK[at].format(_listed(names, at))


def _listed(names: list[str], at: int) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {_AND[at]} {names[-1]}"


def _description(network: Network, at: int) -> str:
    told = _SIZE[at].format(
        nodes=len(network), edges=network.number_of_edges(), day=network.graph.get("day", "")
    )
    return f"{told} {_MORE[at]}" if network.graph.get("truncated") else told


def _sources(network: Network, at: int) -> str:
    found: dict[str, Mapping[str, Any]] = {}
    for *_, facts in network.edges(data=True):
        found |= {str(source["id"]): source for source in facts.get("sources", [])}
    if not found:
        return ""
    told = [_source(found[key]) for key in sorted(found)]
    rest = [_OTHERS[at].format(len(told) - SHOWN)] if len(told) > SHOWN else []
    return _SOURCES[at] + "; ".join([*told[:SHOWN], *rest]) + "."


def _source(source: Mapping[str, Any]) -> str:
    date = f" ({source['date']})" if source.get("date") else ""
    return f"{source.get('publisher') or source.get('title')}{date}"


def _keys(network: Network, drawn: Picture, at: int, width: float) -> tuple[list[Key], float]:
    """The legend in rows of signs that fit, and the height that it takes."""
    kinds = {thing.kind for thing in drawn.things}
    strokes = {stroke_of(str(facts["kind"])) for *_, facts in network.edges(data=True)}
    wanted: list[tuple[Sample, str, Words]] = [
        ("node", kind, LOOKS[kind].name) for kind in LOOKS if kind in kinds
    ]
    wanted += [("line", name, STROKES[name].name) for name in STROKES if name in strokes]
    wanted += [("mark", name, MARKS[name].name) for name in MARKS if name in drawn.marks]
    made: list[Key] = []
    x, y = 0.0, 30.0
    for what, name, words in wanted:
        line = Line(words[at], 0.0, 0.0, SMALL)
        wide = 30 + line.length + 22
        if x and x + wide > width:
            x, y = 0.0, y + 22
        made.append(Key(what, name, x + 12, y, Line(words[at], x + 30, y + 4, SMALL)))
        x += wide
    return made, y + 6 if made else 12.0
