"""What matches are held against: popularity, Adamic-Adar and plain personalised PageRank.

All three see the graph without the hidden fact, whole and not bounded: companies, persons, missions, markets,
awards, sectors and products are nodes; engagements, partnerships, stakes, roles, missions, awards, sectors,
products and countries are edges. They rank the same pool as the match does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import log

import networkx as nx
import numpy as np

from graph.index.database import Database

Web = nx.Graph
Scores = Mapping[int, float]
DAMPING = 0.85
ROUNDS = 40


def graph_of(db: Database) -> nx.Graph[int]:
    """All of an index as one simple graph; concepts are negative numbers, as markets are in the index."""
    made: nx.Graph[int] = nx.Graph()
    made.add_edges_from(db.rows("SELECT node, other FROM edge WHERE forward = 1"))
    made.add_edges_from(db.rows("SELECT organization, -sector FROM organization_sector"))
    made.add_edges_from(db.rows("SELECT company, -product FROM engagement WHERE product IS NOT NULL"))
    made.add_edges_from(db.rows("SELECT id, -country FROM organization WHERE country IS NOT NULL"))
    return made


def popularity(web: nx.Graph[int], start: int, pool: Iterable[int]) -> Scores:
    """How many relations each has."""
    return {node: float(web.degree(node)) for node in pool if node in web}


def adamic_adar(web: nx.Graph[int], start: int, pool: Iterable[int]) -> Scores:
    """Common neighbours, those with few neighbours counting more (Adamic and Adar 2003)."""
    if start not in web:
        return {}
    own = set(web[start])
    return {
        node: sum(1 / log(web.degree(each)) for each in own & set(web[node]) if web.degree(each) > 1)
        for node in pool
        if node in web
    }


def pagerank(web: nx.Graph[int], start: int, pool: Iterable[int]) -> Scores:
    """Personalised PageRank from the company (Haveliwala 2002)."""
    if start not in web:
        return {}
    order = {node: place for place, node in enumerate(web)}
    ends = np.array([(order[a], order[b]) for a, b in web.edges()])
    one = np.concatenate([ends[:, 0], ends[:, 1]])
    other = np.concatenate([ends[:, 1], ends[:, 0]])
    degree = np.bincount(one, minlength=len(order)).astype(float)
    begin = np.zeros(len(order))
    begin[order[start]] = 1.0
    rank = begin.copy()
    for _ in range(ROUNDS):
        flow = np.bincount(other, weights=(rank / degree)[one], minlength=len(order))
        rank = DAMPING * flow + (1 - DAMPING) * begin
    return {node: float(rank[order[node]]) for node in pool if node in order}


BASELINES: dict[str, Callable[[nx.Graph[int], int, Iterable[int]], Scores]] = {
    "popularity": popularity,
    "Adamic-Adar": adamic_adar,
    "personalised PageRank": pagerank,
}
