"""Brokers in sentences, each with who says so."""

from __future__ import annotations

import networkx as nx

from api.pages.face import Face
from api.pages.views import brokers
from tests.pages.samples import source


def test_a_broker_has_its_page_its_sentences_and_its_sources() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("urn:maker", "urn:agent", sources=[source("s002"), source("s001")])
    graph.add_edge("urn:agent", "urn:market", sources=[source("s001")])
    graph.add_edge("urn:maker", "urn:market", sources=[source("s009")])
    way = {"way": "partner", "text": "Agent verdeelt Maker.", "organizations": []}
    found = {
        "iri": "urn:agent",
        "ref": "agent",
        "label": "Agent",
        "kind": "partner",
        "reach": 1,
        "ways": [way],
    }
    graph.graph["brokers"] = [found, {**found, "iri": "urn:lonely", "ref": "m-1", "kind": "mission"}]
    graph.add_node("urn:lonely")
    first, second = brokers.rows(Face("nl"), graph)
    assert first["path"] == "/companies/agent"
    assert first["ways"] == ["Agent verdeelt Maker."]
    assert [each["id"] for each in first["sources"]] == ["s001", "s002"]
    assert (second["path"], second["sources"]) == ("/missions/m-1", [])
