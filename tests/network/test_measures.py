"""Figures of a network are those of the literature, and of networkx where it has them."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest

from graph.network import Network
from graph.network.measures import centrality, communities, pagerank, simple


def network(graph: nx.Graph[int]) -> Network:
    made: Network = nx.MultiDiGraph()
    for node in graph:
        made.add_node(str(node), iri=str(node), ref=str(node), label=f"Node {node}", kind="company")
    for number, (a, b) in enumerate(graph.edges):
        made.add_edge(str(a), str(b), key=str(number), kind="partnership", label="partner", weight=0.8)
    return made


def star() -> Network:
    return network(nx.star_graph(6))


def test_the_middle_of_a_star_is_its_centre() -> None:
    found = star()
    centrality(found, "betweenness", 2)
    assert found.nodes["0"]["degree"] == found.nodes["0"]["betweenness"] == 1
    assert found.nodes["1"]["betweenness"] == 0
    assert found.graph["ranking"][0] == {
        "iri": "0",
        "ref": "0",
        "label": "Node 0",
        "kind": "company",
        "value": 1.0,
    }
    assert [each["iri"] for each in found.graph["ranking"]] == ["0", "1"]
    assert found.graph["approximate"] is False


def test_pagerank_is_the_fixed_point_of_its_own_definition() -> None:
    graph = nx.gnm_random_graph(30, 60, seed=3)
    rank = pagerank(simple(network(graph)))
    assert sum(rank.values()) == pytest.approx(1)
    lone = sum(rank[str(node)] for node in graph if not graph.degree[node])
    for node in graph:
        came = sum(rank[str(other)] / graph.degree[other] for other in graph[node])
        assert rank[str(node)] == pytest.approx(0.15 / 30 + 0.85 * (came + lone / 30), abs=1e-6)
    assert pagerank(nx.Graph()) == {}


def test_closer_relations_lead_more_often() -> None:
    found: Network = nx.MultiDiGraph()
    for name in "abc":
        found.add_node(name, iri=name, ref=name, label=name, kind="company")
    found.add_edge("a", "b", key="1", kind="ownership", label="", weight=1.0)
    found.add_edge("a", "c", key="2", kind="award", label="", weight=0.2)
    rank = pagerank(simple(found))
    assert rank["a"] > rank["b"] > rank["c"]


def test_several_relations_of_two_are_one_tie_as_close_as_the_closest() -> None:
    found: Network = nx.MultiDiGraph()
    found.add_edge("a", "b", key="1", kind="award", weight=0.2)
    found.add_edge("b", "a", key="2", kind="ownership", weight=1.0)
    found.add_edge("a", "a", key="3", kind="ownership", weight=1.0)
    assert list(simple(found).edges(data="weight")) == [("a", "b", 1.0)]


def test_betweenness_of_a_large_network_is_estimated_and_says_so() -> None:
    found = network(nx.path_graph(260))
    centrality(found, "betweenness", 5)
    assert found.graph["approximate"] is True
    exact = nx.betweenness_centrality(nx.path_graph(260))
    assert found.nodes["130"]["betweenness"] == pytest.approx(exact[130], rel=0.15)


def two_cliques() -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from([*combinations(range(5), 2), *combinations(range(5, 9), 2), (4, 5)])
    graph.add_node(9)
    return graph


def test_communities_are_those_that_were_planted() -> None:
    found = network(two_cliques())
    communities(found)
    groups = {
        number: {iri for iri, facts in found.nodes(data=True) if facts["community"] == number}
        for number in (1, 2, 3)
    }
    assert groups == {1: set("01234"), 2: set("5678"), 3: {"9"}}
    told = found.graph["communities"]
    assert [(each["community"], each["size"]) for each in told] == [(1, 5), (2, 4), (3, 1)]
    assert told[0]["around"][0]["ref"] == "4"  # it has the tie to the others too
    assert found.graph["modularity"] == pytest.approx(
        nx.community.modularity(two_cliques(), [set(range(5)), set(range(5, 9)), {9}]), abs=1e-4
    )


def test_the_same_network_has_the_same_figures_in_whatever_order_it_comes() -> None:
    graph = nx.gnm_random_graph(60, 120, seed=5)
    one, other = network(graph), network(graph)
    turned: Network = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(other.nodes(data=True))))
    for a, b, key, facts in reversed(list(other.edges(keys=True, data=True))):
        turned.add_edge(a, b, key, **facts)
    for found in (one, turned):
        centrality(found, "pagerank", 10)
        communities(found)
    assert one.graph == turned.graph
    assert dict(one.nodes) == dict(turned.nodes)


def test_an_empty_network_has_nobody_in_the_middle() -> None:
    found: Network = nx.MultiDiGraph()
    centrality(found, "degree", 5)
    communities(found)
    assert found.graph["ranking"] == found.graph["communities"] == []
