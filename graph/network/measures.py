"""Who stands in the middle of a network, and who belongs together; figures of a bounded projection."""

from __future__ import annotations

from typing import Any, Literal, get_args

import networkx as nx
import numpy as np

from graph.network.fetch import Network

Measure = Literal["degree", "betweenness", "pagerank"]
MEASURES: tuple[Measure, ...] = get_args(Measure)

EXACT, PIVOTS = 150, 100
"""Nodes up to which betweenness is exact, and from how many it is estimated beyond (Brandes and Pich 2007)."""
SEED = 19
DAMPING = 0.85
ROUNDS = 100


def simple(network: Network) -> nx.Graph[str]:
    """One undirected edge for all that ties two, in an order of its own; `weight` is that of the closest."""
    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from(sorted(network))
    for a, b, facts in sorted(
        ((min(a, b), max(a, b), f) for a, b, f in network.edges(data=True)), key=lambda e: e[:2]
    ):
        held = made.get_edge_data(a, b, {"weight": 0.0})["weight"]
        if a != b:
            made.add_edge(a, b, weight=max(held, float(facts["weight"])))
    return made


def centrality(network: Network, measure: Measure, top: int) -> None:
    """Puts `degree`, `betweenness` and `pagerank` on every node, and `ranking` and `approximate` on the graph.

    Degree and betweenness are shares of what is possible (Freeman 1978), PageRank sums to 1 and follows
    relations both ways, the closer the likelier.
    """
    graph = simple(network)
    exact = len(graph) <= EXACT
    between = nx.betweenness_centrality(graph, k=None if exact else PIVOTS, seed=SEED)
    degree, rank = nx.degree_centrality(graph), pagerank(graph)
    for iri in graph:
        network.nodes[iri].update(
            degree=round(degree[iri], 6), betweenness=round(between[iri], 6), pagerank=round(rank[iri], 6)
        )
    first = sorted(graph, key=lambda iri: (-network.nodes[iri][measure], iri))[:top]
    network.graph.update(
        measure=measure,
        approximate=not exact,
        ranking=[_ranked(network, iri, measure) for iri in first],
    )


def _ranked(network: Network, iri: str, measure: str) -> dict[str, Any]:
    facts = network.nodes[iri]
    return {**{name: facts[name] for name in ("iri", "ref", "label", "kind")}, "value": facts[measure]}


def pagerank(graph: nx.Graph[str]) -> dict[str, float]:
    """PageRank by power iteration (Page et al. 1999); networkx's own needs SciPy."""
    names = list(graph)
    if not names:
        return {}
    matrix = nx.to_numpy_array(graph, weight="weight")
    out = matrix.sum(axis=1, keepdims=True)
    count = len(names)
    moves = np.where(out > 0, matrix / np.where(out > 0, out, 1.0), 1.0 / count)
    rank = np.full(count, 1.0 / count)
    for _ in range(ROUNDS):
        following = DAMPING * (rank @ moves) + (1 - DAMPING) / count
        done = float(np.abs(following - rank).sum()) < 1e-10
        rank = following
        if done:
            break
    return dict(zip(names, map(float, rank), strict=True))


def communities(network: Network) -> None:
    """Puts `community` (from 1, the largest first) on every node, and `communities` and `modularity` on the graph.

    Louvain (Blondel et al. 2008) with weights and a fixed seed: the same network has the same communities.
    """
    graph = simple(network)
    found = [set(group) for group in nx.community.louvain_communities(graph, seed=SEED)] if len(graph) else []
    ordered = sorted(found, key=lambda group: (-len(group), min(group)))
    told = []
    for number, group in enumerate(ordered, 1):
        for iri in group:
            network.nodes[iri]["community"] = number
        first = sorted(group, key=lambda iri: (-graph.degree(iri), iri))[:3]
        told.append(
            {
                "community": number,
                "size": len(group),
                "around": [_named(network, iri) for iri in first],
            }
        )
    quality = nx.community.modularity(graph, ordered) if graph.number_of_edges() else 0.0
    network.graph.update(communities=told, modularity=round(float(quality), 4))


def _named(network: Network, iri: str) -> dict[str, Any]:
    facts = network.nodes[iri]
    return {name: facts[name] for name in ("iri", "ref", "label", "kind")}
