"""What is around a company as a networkx graph, who is near, and the shortest chain of introductions.

Nearness is personalised PageRank (Page et al. 1999; Haveliwala 2002) over the bounded neighbourhood; networkx's own
needs SciPy, which is a large package for twenty lines. A chain goes over branches, owners, partnerships, roles, memberships and
missions together, never over a market, an award or a destination: those tie everyone to everyone.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import networkx as nx
import numpy as np

from graph.index.database import IN, many
from graph.index.days import FOREVER, NEVER
from graph.matching.load import Reader, edges
from graph.matching.scene import Scene
from graph.matching.scoring import Link

STEPS = {"branch": 1.0, "ownership": 1.0, "partnership": 1.0, "membership": 1.5, "mission": 1.0}
"""How long each kind of link is; a mission together is two of them, by way of the mission."""

DEPTH = 3
DAMPING = 0.85
_ROUNDS = 30
"""Rounds of the power method: 0.85 ** 30 is less than a hundredth."""

_LASTS = " UNION ALL ".join(
    [
        f"SELECT id, first, last FROM {table} WHERE id {IN}"
        for table in ("partnership", "ownership", "membership")
    ]
    + [f"SELECT item, first, last FROM presence WHERE kind = 'branch' AND item {IN}"]
)


def web(reader: Reader, start: int, nodes: int) -> nx.MultiGraph[int]:
    """The neighbourhood of a company, `DEPTH` steps wide and so many nodes large; what is over is left out.

    Nodes are numbers of organizations, persons and missions. Edges have `kind`, `item` (for the
    sources), `label` (a concept) and `cost`.
    """
    made: nx.MultiGraph[int] = nx.MultiGraph()
    made.add_node(start)
    frontier = [start]
    for depth in range(DEPTH):
        most = reader.relations if depth == 0 else max(5, reader.relations // 3)
        rows = [row for row in edges(reader.db, frontier, STEPS, most) if row[2] > 0]
        spans = _spans(reader, {row[3] for row in rows})
        frontier = []
        for node, kind, other, item, _, label in rows:
            first, last = spans.get(item, (NEVER, FOREVER))
            if last < reader.rules.day or not reader.begun(first):
                continue
            if other not in made:
                if len(made) >= nodes:
                    continue
                frontier.append(other)
            made.add_edge(node, other, key=(kind, item), kind=kind, item=item, label=label, cost=STEPS[kind])
        if not frontier:
            break
    return made


def _spans(reader: Reader, items: set[int]) -> dict[int, tuple[int, int]]:
    asked = many(sorted(items))
    return {item: (first, last) for item, first, last in reader.db.rows(_LASTS, (asked,) * 4)}


def crowd(scene: Scene) -> nx.Graph[int]:
    """All organizations of a scene with their sectors, products, countries and markets, and what ties them.

    Concepts are negative numbers, as markets are in the index. What has ended is left out, and so is a withdrawal.
    """
    made: nx.Graph[int] = nx.Graph()
    for number, org in scene.orgs.items():
        concepts = org.sectors | scene.products.get(number, frozenset())
        made.add_edges_from((number, -each) for each in concepts)
        if org.country is not None:
            made.add_edge(number, -org.country)
        made.add_edges_from(
            (number, -each.market)
            for each in scene.engagements.get(number, ())
            if each.rank > 0 and each.last >= scene.rules.day and scene.rules.counts(each)
        )
    for ties in scene.ties.values():
        made.add_edges_from((tie.principal, tie.partner) for tie in ties if scene.goes_on(tie))
    for stakes in scene.stakes.values():
        made.add_edges_from((stake.owner, stake.owned) for stake in stakes if scene.goes_on(stake))
    return made


def nearness(around: nx.Graph[int], start: int) -> dict[int, float]:
    """Personalised PageRank of each node from one, by the power method; parallel edges count once.

    Returns:
        Values in [0, 1] that add up to 1 with that of the start, which is left out.
    """
    if start not in around or len(around) < 2:
        return {}
    order = {node: place for place, node in enumerate(around)}
    ends = np.array(sorted({(order[one], order[other]) for one, other in around.edges()}))
    one, other = np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])
    degree = np.bincount(one, minlength=len(order)).clip(1).astype(float)
    begin = np.zeros(len(order))
    begin[order[start]] = 1.0
    rank = begin
    for _ in range(_ROUNDS):
        flow = np.bincount(other, weights=(rank / degree)[one], minlength=len(order))
        rank = DAMPING * flow + (1 - DAMPING) * begin
    return {node: float(rank[place]) for node, place in order.items() if node != start}


def chain(around: nx.MultiGraph[int], start: int, stop: int) -> tuple[float, tuple[Link, ...]] | None:
    """The shortest chain of introductions and its length; None where there is none."""
    if start not in around or stop not in around or start == stop:
        return None
    try:
        way = nx.dijkstra_path(around, start, stop, weight="cost")
    except nx.NetworkXNoPath:
        return None
    links = tuple(_links(around, way))
    return sum(STEPS[link.kind] for link in links), links


def _links(around: nx.MultiGraph[int], way: list[int]) -> Iterable[Link]:
    for one, other in pairwise(way):
        data = min(around[one][other].values(), key=lambda each: (each["cost"], each["item"]))
        yield Link(one, other, data["kind"], data["item"], data["label"])
