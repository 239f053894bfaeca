"""Where things stand in a drawing: laid out, then moved apart until no box lies on another."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SEED = 19
RING = 14
"""Most things on one ring around the middle."""
LEAST = (190.0, 130.0)
"""Half the width and height of a drawing of few things: a line between two has room for a word."""


def laid_out(
    graph: nx.Graph[Hashable], rings: Sequence[Sequence[Hashable]], boxes: Floats, wide: float
) -> Floats:
    """First places of the nodes of `rings`, in that order; the same input gives the same places.

    Args:
        graph: who is linked with whom.
        rings: nodes by their distance from the middle, each in the order in which it goes round.
        boxes: (n, 2) widths and heights, in the order of the nodes.
        wide: how much wider than high the drawing is to be.

    Returns:
        (n, 2) centres.
    """
    names = [name for ring in rings for name in ring]
    area = float((boxes[:, 0] * boxes[:, 1]).sum()) * 3.0
    half = np.maximum(np.array([math.sqrt(area * wide), math.sqrt(area / wide)]) / 2, LEAST)
    first = _rings(rings)
    if len(rings) < 2 or (len(rings) == 2 and len(rings[0]) == 1):
        found: Mapping[Hashable, Sequence[float] | Floats] = first
    else:
        found = nx.spring_layout(graph, pos=first, seed=SEED, iterations=80, k=1.9 / math.sqrt(len(names)))
    made: Floats = np.array([found[name] for name in names], dtype=np.float64).reshape(-1, 2)
    reach = float(np.abs(made).max(initial=0.0)) or 1.0
    return made / reach * half


def _rings(rings: Sequence[Sequence[Hashable]]) -> dict[Hashable, tuple[float, float]]:
    """Each ring at its distance; one that is crowded in turns nearer and farther."""
    found: dict[Hashable, tuple[float, float]] = {}
    for depth, ring in enumerate(rings):
        tracks = max(1, math.ceil(len(ring) / RING))
        for place, name in enumerate(ring):
            away = 0.0 if depth == 0 and len(ring) == 1 else depth + 0.35 + (place % tracks) * 0.6
            turn = 2 * math.pi * (place + 0.5) / len(ring) - math.pi / 2
            found[name] = away * math.cos(turn), away * math.sin(turn)
    return found


def separate(places: Floats, boxes: Floats, rounds: int = 300) -> Floats:
    """Moves boxes apart until none lies on another, however they lay before.

    Two that overlap are pushed along the axis on which they overlap less, each by half. What rounds of
    that leave is spread, once, by the factor that frees the tightest pair.

    Args:
        places: (n, 2) centres.
        boxes: (n, 2) widths and heights.
    """
    places = np.array(places, dtype=np.float64)
    first, second = np.triu_indices(len(places), 1)
    room = (boxes[first] + boxes[second]) / 2
    for _ in range(rounds):
        delta = places[first] - places[second]
        over = room - np.abs(delta)
        clash = np.flatnonzero((over > 1e-6).all(axis=1))
        if not clash.size:
            return places
        axis = (over[clash, 0] > over[clash, 1]).astype(int)
        depth = over[clash, axis]
        side = np.where(delta[clash, axis] < 0, -1.0, 1.0)
        push = side * (depth / 2 + 0.5)
        moved, times = np.zeros_like(places), np.zeros(len(places))
        for ends, way in ((first, 1.0), (second, -1.0)):
            np.add.at(moved, (ends[clash], axis), way * push)
            np.add.at(times, ends[clash], 1.0)
        places += moved / np.maximum(times, 1.0)[:, None]
    return spread(places, boxes)


def spread(places: Floats, boxes: Floats) -> Floats:
    """Places farther from each other by one factor, so that no box lies on another."""
    apart = places + np.arange(len(places))[:, None] * np.array([1e-3, 1e-3])  # no two on one spot
    first, second = np.triu_indices(len(apart), 1)
    room = (boxes[first] + boxes[second]) / 2
    with np.errstate(divide="ignore"):
        needed = (room / np.abs(apart[first] - apart[second])).min(axis=1)
    factor = float(needed.max(initial=1.0)) * (1 + 1e-9)
    made: Floats = apart * max(factor, 1.0)
    return made


def overlaps(boxes: Sequence[tuple[float, float, float, float]]) -> list[tuple[int, int]]:
    """Which boxes (left, top, right, bottom) lie on each other."""
    return [
        (one, other)
        for one in range(len(boxes))
        for other in range(one + 1, len(boxes))
        if boxes[one][0] < boxes[other][2]
        and boxes[other][0] < boxes[one][2]
        and boxes[one][1] < boxes[other][3]
        and boxes[other][1] < boxes[one][3]
    ]
