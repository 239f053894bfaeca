"""A neighbourhood as a drawing: networkx lays it out, labels are moved until none lies on another.

The same nodes and edges give the same picture everywhere: they are sorted first and the layout's
seed is fixed. Run it in a thread: a full picture costs some tenths of a second.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from api.pages import lettering
from graph.model.statuses import RANK

Floats = NDArray[np.float64]

SIZE, SMALL, LEADING = 14.0, 12.0, 17.0
"""Type sizes of a label and of the word under it, and the height of a line, in SVG units."""
MARGIN, GAP = 12.0, 10.0
SEED = 19
RING = 26
"""Most nodes that stand on one ring around the middle; more are laid out by springs."""


@dataclass(frozen=True)
class Node:
    """A node where it is drawn.

    Attributes:
        over: whether what ties it to the middle is over; its word is struck through.
        above: whether its words stand over its shape, away from the middle.
        shape: circle, small, square, diamond, hexagon, triangle.
        tone: the CSS class of its kind.
        lines: its label, broken; for a hexagon it stands inside.
        word: what ties it to the middle, in a word.
        half: half the width and height of its shape.
    """

    iri: str
    id: str
    kind: str
    shape: str
    tone: str
    lines: list[str]
    title: str
    word: str
    x: float
    y: float
    half: tuple[float, float]
    centre: bool
    above: bool = False
    over: bool = False


@dataclass(frozen=True)
class Edge:
    """A line between two nodes, cut where their shapes begin.

    Attributes:
        style: double, solid or dotted.
        mark: the status of an engagement, drawn at its market's end, or "".
        at: where the mark stands.
    """

    x1: float
    y1: float
    x2: float
    y2: float
    style: str
    mark: str
    ended: bool
    at: tuple[float, float]
    title: str


@dataclass(frozen=True)
class Drawing:
    """Everything that the template draws."""

    width: int
    height: int
    nodes: list[Node]
    edges: list[Edge]
    kinds: list[tuple[str, str, str]] = field(default_factory=list)


_SHAPES = {
    "company": ("circle", "company"),
    "branch": ("small", "company"),
    "subsidiary": ("small", "company"),
    "partner": ("square", "partner"),
    "person": ("diamond", "person"),
    "market": ("hexagon", "market"),
    "mission": ("triangle", "mission"),
}
_HALVES = {
    "circle": (9.0, 9.0),
    "small": (6.0, 6.0),
    "square": (9.0, 9.0),
    "diamond": (10.0, 10.0),
    "triangle": (10.0, 9.0),
}
_DOUBLE = frozenset({"ownership", "branch"})
_DOTTED = frozenset({"mission", "award"})


def draw(
    found: Mapping[str, Any], centre: str, wide: float = 1.6, words: Mapping[str, str] | None = None
) -> Drawing:
    """The drawing of `{"nodes", "edges"}` as the index gives them.

    Args:
        found: nodes (iri, id, label, kind) and edges (source, target, kind, label).
        centre: IRI of the node in the middle.
        wide: how much wider than high the picture may be.
        words: status code -> word, written under a market.
    """
    nodes = sorted(found["nodes"], key=lambda node: (node["iri"] != centre, node["iri"]))
    known = {node["iri"] for node in nodes}
    edges = _single(edge for edge in found["edges"] if edge["source"] in known and edge["target"] in known)
    near = {frozenset((edge["source"], edge["target"])): str(edge["kind"]) for edge in edges}
    ties = _ties(edges, centre, words or {})
    bare = [
        _bare(
            node, centre, ties.get(node["iri"], ("", False)), near.get(frozenset((node["iri"], centre)), "")
        )
        for node in nodes
    ]
    boxes = np.array([_box(node) for node in bare], dtype=float).reshape(-1, 2)
    places = separate(_layout(nodes, edges, wide, boxes), boxes)
    low = (places - boxes / 2).min(axis=0) - MARGIN
    high = (places + boxes / 2).max(axis=0) + MARGIN
    middle = float(places[0, 1])
    placed = [
        _move(node, place - low, box, above=float(place[1]) < middle - 1 and not node.centre)
        for node, place, box in zip(bare, places, boxes, strict=True)
    ]
    spots = {node.iri: node for node in placed}
    return Drawing(
        width=math.ceil(high[0] - low[0]),
        height=math.ceil(high[1] - low[1]),
        nodes=placed,
        edges=[_edge(edge, spots) for edge in edges if edge["source"] != edge["target"]],
        kinds=list(dict.fromkeys((node.kind, node.shape, node.tone) for node in placed)),
    )


def _ties(
    edges: Sequence[Mapping[str, Any]], centre: str, words: Mapping[str, str]
) -> dict[str, tuple[str, bool]]:
    """What ties each neighbour to the middle, in a word (its role, its status), and whether that is over."""
    ties: dict[str, tuple[str, bool]] = {}
    for edge in edges:
        ends = (edge["source"], edge["target"])
        if centre in ends:
            other = ends[1] if ends[0] == centre else ends[0]
            status = status_of(edge)
            word = words.get(status, "") or str(edge.get("label") or "")
            if other not in ties or ties[other][1]:
                ties[other] = word, bool(edge.get("ended"))
    return ties


def status_of(edge: Mapping[str, Any]) -> str:
    """The engagement status that an edge stands for, or ""."""
    for name in ("status", "kind"):
        code = str(edge.get(name) or "").rsplit("/", 1)[-1]
        if code in RANK:
            return code
    return ""


def _single(edges: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """One line for what several sources state of the same two: an engagement with its strongest status."""
    strongest: dict[tuple[str, str, bool, str], Mapping[str, Any]] = {}
    for edge in edges:
        status = status_of(edge)
        first, second = sorted((str(edge["source"]), str(edge["target"])))
        key = (first, second, bool(status), "" if status else str(edge["kind"]))
        held = strongest.get(key)
        if held is None or _strength(edge) > _strength(held):
            strongest[key] = edge
    return [strongest[key] for key in sorted(strongest)]


def _strength(edge: Mapping[str, Any]) -> tuple[bool, int, str]:
    return not edge.get("ended"), RANK.get(status_of(edge), 0), str(edge.get("label"))


def _kind(node: Mapping[str, Any], tie: str) -> str:
    """What a node is in the picture: an organization also by what ties it to the middle."""
    kind = str(node["kind"])
    if kind in {"person", "market", "mission", "award", "branch"}:
        return kind
    if kind == "foreign-partner" or tie == "partnership":
        return "partner"
    if kind == "subsidiary":
        return kind
    return "company" if kind in {"company", "parent"} else "organization"


def _bare(node: Mapping[str, Any], centre: str, tied: tuple[str, bool], tie: str) -> Node:
    word, over = tied
    middle = node["iri"] == centre
    kind = _kind(node, "" if middle else tie)
    shape, tone = _SHAPES.get(kind, ("circle", "other"))
    label = lettering.printable(node.get("label") or node["id"])
    broken = lettering.lines(label, SIZE, 190.0 if middle else 148.0)
    half = _HALVES.get(shape, (13.0, 13.0))
    short = "".join(lettering.lines(word, SMALL, 190.0, most=1))
    if shape == "hexagon":
        widest = max([lettering.width(short, SMALL), *(lettering.width(line, SIZE) for line in broken)])
        half = (widest / 2 + 18.0, (len(broken) + bool(short)) * LEADING / 2 + 6.0)
    elif middle:
        half = (half[0] + 6.0, half[1] + 6.0)
    return Node(
        node["iri"],
        str(node["id"]),
        kind,
        shape,
        tone,
        broken,
        label,
        short,
        0.0,
        0.0,
        half,
        middle,
        over=over,
    )


def _box(node: Node) -> tuple[float, float]:
    """The room that a node and its words take."""
    if node.shape == "hexagon":
        return 2 * node.half[0] + 2 * GAP, 2 * node.half[1] + 2 * GAP
    texts = [lettering.width(line, SIZE) for line in node.lines] + [lettering.width(node.word, SMALL)]
    below = (len(node.lines) + bool(node.word)) * LEADING
    return max(2 * node.half[0], *texts) + GAP, 2 * node.half[1] + below + GAP


def _layout(
    nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]], wide: float, boxes: Floats
) -> Floats:
    """Places before labels are moved apart: a ring where everything hangs on the middle, else springs."""
    names = [str(node["iri"]) for node in nodes]
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from((edge["source"], edge["target"]) for edge in edges)
    if 1 < len(names) <= RING and all(graph.has_edge(names[0], name) for name in names[1:]):
        around = sorted(range(1, len(nodes)), key=lambda n: (str(nodes[n]["kind"]), str(nodes[n]["label"])))
        found = nx.shell_layout(graph, [[names[0]], [names[n] for n in around]], rotate=0.2)
        high = 2 * (float(np.maximum(boxes[:, 0] * 0.55, boxes[:, 1]).sum()) / (2 * math.pi) * 0.8 + 60)
    else:
        found = nx.spring_layout(graph, seed=SEED, iterations=120, k=2.2 / math.sqrt(len(names)))
        high = math.sqrt(float((boxes[:, 0] * boxes[:, 1]).sum()) * 2.6 / wide) / 2
    spread: Floats = np.array([found[name] for name in names], dtype=float).reshape(-1, 2)
    spread[:, 0] *= high * wide
    spread[:, 1] *= high
    return spread


def separate(places: Floats, boxes: Floats, rounds: int = 3000) -> Floats:
    """Moves boxes apart, each by half of what two overlap, until none lies on another.

    Args:
        places: (n, 2) centres.
        boxes: (n, 2) widths and heights.
        rounds: after which it gives up; every fiftieth spreads everything a little.
    """
    places = np.array(places, dtype=np.float64)
    count = len(places)
    order = np.sign(np.arange(count)[:, None] - np.arange(count)[None, :])
    room = (boxes[:, None, :] + boxes[None, :, :]) / 2
    for turn in range(1, rounds + 1):
        delta = places[:, None, :] - places[None, :, :]
        over = room - np.abs(delta)
        clash = (over > 1e-6).all(axis=2) & (order != 0)
        if not clash.any():
            break
        side = np.where(delta == 0, order[:, :, None], np.sign(delta))
        across = over[:, :, 0] <= over[:, :, 1]
        push = np.zeros_like(delta)
        push[:, :, 0] = np.where(clash & across, side[:, :, 0] * (over[:, :, 0] / 2 + 0.01), 0.0)
        push[:, :, 1] = np.where(clash & ~across, side[:, :, 1] * (over[:, :, 1] / 2 + 0.01), 0.0)
        most = np.maximum(clash.sum(axis=1), 1)[:, None]
        places += push.sum(axis=1) / most
        if turn % 50 == 0:
            places *= 1.04
    return places


def _move(node: Node, place: Floats, box: Floats, *, above: bool) -> Node:
    """The node at its place: its words stand on the side of its shape that looks away from the middle."""
    reach = (float(box[1]) - GAP) / 2
    y = float(place[1])
    if node.shape != "hexagon":
        y = y + reach - node.half[1] if above else y - reach + node.half[1]
    return replace(node, x=round(float(place[0]), 1), y=round(y, 1), above=above)


def _edge(edge: Mapping[str, Any], spots: Mapping[str, Node]) -> Edge:
    start, end = spots[edge["source"]], spots[edge["target"]]
    kind, status = str(edge["kind"]), status_of(edge)
    x1, y1 = _border(start, end, 2.0)
    x2, y2 = _border(end, start, 16.0 if status else 2.0)
    style = "double" if kind in _DOUBLE else "dotted" if kind in _DOTTED else "solid"
    title = f"{start.title} – {edge.get('label') or kind} – {end.title}"
    return Edge(
        x1,
        y1,
        x2,
        y2,
        style,
        status,
        bool(edge.get("ended")),
        _border(end, start, 9.0),
        lettering.printable(title),
    )


def _border(node: Node, towards: Node, away: float) -> tuple[float, float]:
    """Where a line from `towards` meets the shape of `node`, `away` units before it."""
    dx, dy = towards.x - node.x, towards.y - node.y
    distance = math.hypot(dx, dy) or 1.0
    half_x, half_y = node.half
    if node.shape == "hexagon":
        reach = min(half_x / abs(dx) if dx else math.inf, half_y / abs(dy) if dy else math.inf) * distance
    else:
        reach = max(half_x, half_y)
    part = min((reach + away) / distance, 0.5)
    return round(node.x + dx * part, 1), round(node.y + dy * part, 1)
