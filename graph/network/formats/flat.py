"""A network whose attributes are single values, as GraphML, GEXF, Cytoscape and a table want them."""

from __future__ import annotations

from typing import Any

import networkx as nx

from graph.network.fetch import Network
from graph.network.xmltext import xml_text

Scalar = str | int | float | bool

NUMBERS = frozenset({"weight", "share", "shareMin", "shareMax", "degree", "betweenness", "pagerank"})
"""Attributes that are numbers with a fraction, also where one happens to be whole."""

BETWEEN = " | "
"""What stands between the titles and addresses of several sources."""


def flat(network: Network) -> Network:
    """The same nodes and edges with attributes of one value each.

    `sources` becomes the keys of the sources, `sourceTitles` and `sourceUrls`; `more` becomes one number a
    relation (`morePartnership`). Empty texts are left out: no reader of these formats keeps them.
    """
    made: Network = nx.MultiDiGraph()
    made.graph.update(_single(network.graph))
    made.add_nodes_from((iri, _single(facts)) for iri, facts in network.nodes(data=True))
    for a, b, key, facts in network.edges(keys=True, data=True):
        made.add_edge(a, b, key, **_single(facts))
    return made


def _single(facts: dict[str, Any]) -> dict[str, Scalar]:
    made: dict[str, Scalar] = {}
    for name, value in facts.items():
        if name == "sources":
            made |= _sources(value)
        elif name == "more":
            made |= {f"more{kind.title()}": count for kind, count in value.items()}
        elif name in NUMBERS:
            made[name] = float(value)
        elif isinstance(value, (bool, int, float, str)):
            made[name] = value
    return {name: value for name, value in made.items() if value != ""}


def _sources(sources: list[dict[str, Any]]) -> dict[str, Scalar]:
    """Sources as texts; two of them keep their order in each."""
    return {
        "sources": " ".join(str(source["id"]) for source in sources),
        "sourceTitles": BETWEEN.join(str(source["title"]) for source in sources),
        "sourceUrls": BETWEEN.join(str(source["url"]) for source in sources if source["url"]),
    }


def for_xml(network: Network) -> Network:
    """A flat network with no text that XML cannot hold."""
    made: Network = nx.MultiDiGraph()
    made.graph.update(_clean(network.graph))
    made.add_nodes_from((xml_text(iri), _clean(facts)) for iri, facts in network.nodes(data=True))
    for a, b, key, facts in network.edges(keys=True, data=True):
        made.add_edge(xml_text(a), xml_text(b), xml_text(key), **_clean(facts))
    return made


def _clean(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in facts.items()}
