"""A network as a picture: what stands where, before it is written in any form."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import networkx as nx
import numpy as np

from graph.model.statuses import RANK
from graph.network.drawing import lettering, places
from graph.network.drawing.looks import LOOKS, Look, kind_of
from graph.network.fetch import Network

SIZE, SMALL, LEADING = 14.0, 12.0, 17.0
"""Type sizes of a name and of the word under it, and the height of a line, in SVG units."""
GAP = 20.0
"""Least distance between what belongs to two things."""
BROAD, MIDDLE = 150.0, 200.0
"""Most units of a line of a name, and of one in the middle."""
MARK = 6.5
"""Half the width of the mark of a status."""
WIDE = 1.45
"""How much wider than high a picture is, about."""

HALVES: Mapping[str, tuple[float, float]] = {
    "circle": (9.0, 9.0),
    "small": (6.0, 6.0),
    "square": (8.5, 8.5),
    "diamond": (10.0, 10.0),
    "triangle": (10.0, 9.0),
    "star": (10.5, 10.5),
    "pentagon": (9.5, 9.5),
}

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Line:
    """A line of text: centred at `x`, its baseline at `y`; `whole` is the name that it is a part of."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    over: bool = False
    light: bool = False
    whole: str = ""

    @property
    def length(self) -> float:
        """How wide it is set."""
        return lettering.width(self.text, self.size, bold=self.bold)

    @property
    def box(self) -> Box:
        """What it covers."""
        half = self.length / 2
        return (
            self.x - half,
            self.y - lettering.ASCENT * self.size,
            self.x + half,
            self.y + lettering.DESCENT * self.size,
        )


@dataclass(frozen=True)
class Thing:
    """A node: its shape around (x, y), and its words: inside, below, or `above` it, away from the middle.

    Attributes:
        names: its name, broken into lines.
        words: what ties it to the start, broken into lines; struck through where that is `over`.
        half: half the width and height of its shape.
    """

    iri: str
    title: str
    kind: str
    look: Look
    names: list[str]
    words: list[str]
    over: bool
    middle: bool
    half: tuple[float, float]
    x: float = 0.0
    y: float = 0.0
    above: bool = False

    @property
    def inside(self) -> bool:
        """Whether its words stand in its shape."""
        return self.look.shape == "hexagon"

    @property
    def lines(self) -> list[Line]:
        """Its words, where they are drawn."""
        texts = [(text, False) for text in self.names] + [(text, True) for text in self.words]
        if self.inside:
            top = self.y - len(texts) * LEADING / 2
        elif self.above:
            top = self.y - self.half[1] - 4 - len(texts) * LEADING
        else:
            top = self.y + self.half[1] + 4
        return [
            Line(
                text,
                self.x,
                top + LEADING * (row + 0.76),
                SMALL if light else SIZE,
                bold=self.middle and not light,
                over=self.over and light,
                light=light,
                whole="" if light else self.title,
            )
            for row, (text, light) in enumerate(texts)
        ]

    @property
    def box(self) -> tuple[float, float]:
        """Width and height of its shape with its words."""
        if self.inside:
            return 2 * self.half[0], 2 * self.half[1]
        widths = [2 * self.half[0], *(line.length for line in self.lines)]
        return max(widths), 2 * self.half[1] + 4 + len(self.names + self.words) * LEADING


@dataclass(frozen=True)
class Link:
    """The relations between two things, drawn as one line from border to border.

    Attributes:
        kind: of the strongest of them.
        mark: the status in which it ends at its market, or an empty text.
        at: where that mark stands.
        said: what it is, in a word or two.
        word: that word where it is written on it, if there is room.
    """

    source: str
    target: str
    kind: str
    title: str
    said: str
    over: bool
    mark: str = ""
    start: tuple[float, float] = (0.0, 0.0)
    end: tuple[float, float] = (0.0, 0.0)
    at: tuple[float, float] = (0.0, 0.0)
    word: Line | None = None


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn, within `width` by `height`, from (0, 0)."""

    width: float
    height: float
    things: list[Thing]
    links: list[Link]
    marks: list[str] = field(default_factory=list)


def picture(network: Network) -> Picture:
    """Places a network; the same nodes and edges give the same picture, in whatever order they come."""
    starts = [iri for iri in network.graph.get("starts", []) if iri in network]
    links = _links(network)
    ordered = _rings(network, starts)
    ties = _ties(network, links, frozenset(starts))
    things = [_thing(network, iri, starts, ties.get(iri)) for ring in ordered for iri in ring]
    boxes = np.array([thing.box for thing in things], dtype=np.float64).reshape(-1, 2) + GAP
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_nodes_from(thing.iri for thing in things)
    graph.add_edges_from(sorted((link.source, link.target) for link in links))
    spots = places.separate(places.laid_out(graph, ordered, boxes, WIDE), boxes)
    low = (spots - boxes / 2).min(axis=0, initial=0.0)
    high = (spots + boxes / 2).max(axis=0, initial=0.0)
    middle = float(spots[: len(starts) or None, 1].mean()) if things else 0.0
    placed = {
        thing.iri: _moved(thing, spot - low, above=not thing.middle and float(spot[1]) < middle - 1)
        for thing, spot in zip(things, spots, strict=True)
    }
    drawn = _worded(_apart([_drawn(link, placed) for link in links], placed), placed, ties)
    size = high - low
    return Picture(
        float(math.ceil(size[0])),
        float(math.ceil(size[1])),
        list(placed.values()),
        drawn,
        [mark for mark in RANK if any(link.mark == mark for link in drawn)],
    )


def _moved(thing: Thing, spot: places.Floats, *, above: bool) -> Thing:
    """The thing with the middle of its box at a spot."""
    x, y = (round(float(value), 1) for value in spot)
    if not thing.inside:
        reach = thing.box[1] / 2 - thing.half[1]
        y = round(y + reach if above else y - reach, 1)
    return replace(thing, x=x, y=y, above=above)


def _rings(network: Network, starts: list[str]) -> list[list[str]]:
    """Nodes by their steps from the start; on a ring those of one kind stand together."""
    kinds = list(LOOKS)
    rings: defaultdict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for iri, facts in network.nodes(data=True):
        depth = 0 if iri in starts else max(1, int(facts.get("depth", 1)))
        place = kinds.index(kind_of(str(facts.get("kind", ""))))
        rings[depth].append((place, str(facts.get("label", "")), iri))
    return [[iri for _, _, iri in sorted(rings[depth])] for depth in sorted(rings)]


def _links(network: Network) -> list[Link]:
    """One line for all that ties two things: the strongest decides how it looks, its title tells all."""
    pairs: defaultdict[tuple[str, str], list[tuple[str, str, dict[str, Any]]]] = defaultdict(list)
    for a, b, _, facts in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        if a != b:
            pairs[min(a, b), max(a, b)].append((a, b, facts))
    return [_link(network, pairs[pair]) for pair in sorted(pairs)]


def _link(network: Network, found: list[tuple[str, str, dict[str, Any]]]) -> Link:
    ranked = sorted(found, key=lambda each: _strength(each[2]), reverse=True)
    a, b, strongest = ranked[0]
    told = [f"{_name(network, x)} – {_word(facts)} – {_name(network, y)}" for x, y, facts in ranked]
    over = bool(strongest.get("ended"))
    status = next((str(facts["status"]) for *_, facts in ranked if facts.get("status")), "")
    mark = "withdrawn" if status and over else status
    said = lettering.drawable(str(strongest.get("label", "")))
    return Link(a, b, str(strongest["kind"]), "; ".join(dict.fromkeys(told)), said, over, mark)


def _name(network: Network, iri: str) -> str:
    return str(network.nodes[iri].get("label") or iri)


def _word(facts: Mapping[str, Any]) -> str:
    since = f" ({facts['since']})" if facts.get("since") else ""
    return f"{facts.get('label', '')}{since}"


def _strength(facts: Mapping[str, Any]) -> tuple[bool, float, str]:
    return not facts.get("ended"), float(facts.get("weight", 0)), str(facts.get("label"))


def _ties(network: Network, links: Iterable[Link], starts: frozenset[str]) -> dict[str, Link]:
    """The line from the start to each thing that hangs on it: its word is written under that thing."""
    if len(starts) != 1:
        return {}
    ties: dict[str, Link] = {}
    for link in links:
        ends = {link.source, link.target}
        if ends & starts:
            ties |= dict.fromkeys(ends - starts, link)
    return ties


def _thing(network: Network, iri: str, starts: list[str], tie: Link | None) -> Thing:
    facts = network.nodes[iri]
    kind, middle = kind_of(str(facts.get("kind", ""))), iri in starts
    shape, title = LOOKS[kind], str(facts.get("label") or iri)
    names = lettering.lines(title, SIZE, MIDDLE if middle else BROAD, bold=middle)
    words = lettering.lines(tie.said, SMALL, BROAD, most=2) if tie else []
    half = HALVES.get(shape.shape, (0.0, 0.0))
    if shape.shape == "hexagon":
        widest = max(
            20.0,
            *(lettering.width(name, SIZE, bold=middle) for name in names),
            *(lettering.width(word, SMALL) for word in words),
        )
        rows = len(names) + len(words)
        half = widest / 2 + 12.0 + rows * LEADING / 4, rows * LEADING / 2 + 6.0
    elif middle:
        half = half[0] + 5.0, half[1] + 5.0
    return Thing(iri, title, kind, shape, names, words, bool(tie and tie.over), middle, half)


def _drawn(link: Link, placed: Mapping[str, Thing]) -> Link:
    a, b = placed[link.source], placed[link.target]
    return replace(
        link,
        start=_border(a, b, 3.0),
        end=_border(b, a, 17.0 if link.mark else 3.0),
        at=_border(b, a, 10.0),
    )


def _apart(links: list[Link], placed: Mapping[str, Thing]) -> list[Link]:
    """Where two marks at one market would lie on each other, and a ring be taken for a disc, one moves back on its line.

    Halfway rather than a little: there no other line ends, to which it would seem to belong. Where very many stand
    at one market, some still touch.
    """
    covered = {iri: _grown(_covered(thing), MARK) for iri, thing in placed.items()}
    taken: list[tuple[float, float]] = []
    made = []
    for link in links:
        if not link.mark:
            made.append(link)
            continue
        a, b = placed[link.source], placed[link.target]
        back = range(int(math.dist((a.x, a.y), (b.x, b.y)) / 12), 0, -1)
        spots = [_border(b, a, 10.0 + 6 * step) for step in (0, *back)]
        words = [box for iri, box in covered.items() if iri != link.target]
        room = [_room_of(at, taken, words) for at in spots]
        free = next((place for place, each in enumerate(room) if each >= 2 * MARK), room.index(max(room)))
        taken.append(spots[free])
        end = _border(b, a, 3.0) if free else link.end  # the line goes on behind its mark
        made.append(replace(link, at=spots[free], end=end))
    return made


def _room_of(at: tuple[float, float], marks: list[tuple[float, float]], words: list[Box]) -> float:
    """How far the next mark is; none in what shapes and words cover."""
    x, y = at
    if any(left < x < right and top < y < bottom for left, top, right, bottom in words):
        return 0.0
    return min((math.dist(at, each) for each in marks), default=math.inf)


def _border(thing: Thing, towards: Thing, away: float) -> tuple[float, float]:
    """Where a line from `towards` meets the shape of a thing, `away` units before it."""
    dx, dy = towards.x - thing.x, towards.y - thing.y
    distance = math.hypot(dx, dy) or 1.0
    if thing.inside:
        reach = min(thing.half[0] / abs(dx) if dx else math.inf, thing.half[1] / abs(dy) if dy else math.inf)
        reach *= distance
    else:
        reach = max(thing.half)
    part = min((reach + away) / distance, 0.5)
    return round(thing.x + dx * part, 1), round(thing.y + dy * part, 1)


def _worded(links: list[Link], placed: Mapping[str, Thing], ties: Mapping[str, Link]) -> list[Link]:
    """Writes on each line what it is, where no other word or shape is in the way; its title tells it in any case.

    A line to a market has its mark, and one from the start its word under what it leads to.
    """
    taken = [_covered(thing) for thing in placed.values()]
    taken += [_grown((*link.at, *link.at), MARK) for link in links if link.mark]
    said = {(link.source, link.target) for link in ties.values()}
    made = []
    for link in links:
        word = None if link.mark or (link.source, link.target) in said else _room(link, taken)
        if word is not None:
            taken.append(_grown(word.box, 2.0))
        made.append(replace(link, word=word))
    return made


def _room(link: Link, taken: list[Box]) -> Line | None:
    """The word of a line, at the first place on it where nothing else is."""
    text = "".join(lettering.lines(link.said, SMALL, BROAD, most=1))
    for part in (0.5, 0.4, 0.6, 0.3, 0.7):
        x = link.start[0] + (link.end[0] - link.start[0]) * part
        y = link.start[1] + (link.end[1] - link.start[1]) * part
        word = Line(text, round(x, 1), round(y + SMALL * 0.35, 1), SMALL, over=link.over, light=True)
        if text and not any(places.overlaps([_grown(word.box, 2.0), box]) for box in taken):
            return word
    return None


def _covered(thing: Thing) -> Box:
    wide, high = thing.box
    top = thing.y + thing.half[1] - high if thing.above and not thing.inside else thing.y - thing.half[1]
    return thing.x - wide / 2, top, thing.x + wide / 2, top + high


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by
