"""Networks as JSON: networkx's node-link form, and the elements of Cytoscape."""

from __future__ import annotations

from typing import Any

import networkx as nx
import orjson

from graph.network.fetch import Network
from graph.network.formats.flat import flat

CYTOSCAPE = "1.0"
"""Version of the form that Cytoscape reads as `.cyjs`."""


def node_link(network: Network) -> bytes:
    """What `networkx.node_link_graph(…, edges="edges")` reads: nodes with `id`, edges with `source`, `target`, `key`."""
    told: dict[str, Any] = nx.node_link_data(network, edges="edges")
    return orjson.dumps(told)


def cytoscape(network: Network) -> bytes:
    """What Cytoscape, Cytoscape.js (`elements`) and `networkx.cytoscape_graph` read; attributes of one value each."""
    single = flat(network)
    nodes = [
        {"data": {**facts, "id": iri, "value": iri, "name": facts.get("label", iri)}}
        for iri, facts in single.nodes(data=True)
    ]
    edges = [
        {"data": {**facts, "id": key, "key": key, "source": a, "target": b, "interaction": facts["kind"]}}
        for a, b, key, facts in single.edges(keys=True, data=True)
    ]
    told = {
        "format_version": CYTOSCAPE,
        "generated_by": "Verre",
        "directed": True,
        "multigraph": True,
        "data": single.graph,
        "elements": {"nodes": nodes, "edges": edges},
    }
    return orjson.dumps(told)
