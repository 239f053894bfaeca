"""Who connects Limburg with a market, in sentences, each with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages.face import Face
from api.pages.views.company import page_kind
from api.pages.views.search import path
from graph.network import Network

SOURCES = 4
"""Sources that are named of one broker; the picture of the network has them all."""


def rows(face: Face, found: Network) -> list[dict[str, Any]]:
    """One a broker: who it is, its page, how it connects, and who says so.

    Args:
        face: the reader.
        found: the answer of `graph.network.brokers`.
    """
    return [
        {
            "label": each["label"],
            "path": path(face, page_kind(str(each["kind"])), str(each["ref"])),
            "reach": each["reach"],
            "ways": [way["text"] for way in each["ways"]],
            "sources": _sources(found, str(each["iri"])),
        }
        for each in found.graph["brokers"]
    ]


def _sources(found: Network, iri: str) -> list[Mapping[str, Any]]:
    """Who says what ties it to others, each source once."""
    held: dict[str, Mapping[str, Any]] = {}
    for edges in (found.in_edges(iri, data=True), found.out_edges(iri, data=True)):
        for *_, facts in edges:
            held |= {str(source["id"]): source for source in facts.get("sources") or ()}
    return [held[key] for key in sorted(held)][:SOURCES]
