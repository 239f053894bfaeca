"""What is around an organization as the pages and `/v1/companies/{ref}/network` show it: a view on `graph.network`."""

from __future__ import annotations

from graph.index.catalogue import Json, best
from graph.index.shaping import Shaper
from graph.network.describe import Attributes
from graph.network.fetch import network
from graph.network.limits import MAX_DEPTH, RELATIONS, Limits, Moment
from graph.network.ties import LABELS
from graph.network.walk import walk

KINDS = RELATIONS
"""The kinds of relation, nearest first, and how many of each one node may give."""


def neighbourhood(shaper: Shaper, start: int, depth: int, limit: int) -> Json:
    """See `Index.neighbourhood`."""
    limits = Limits(depth=min(depth, MAX_DEPTH), nodes=limit, ended=True)
    moment = Moment(shaper.day)
    found = network(shaper, walk(shaper.db, [start], limits, moment), moment, [start])
    return {
        "nodes": [_node(facts) for _, facts in found.nodes(data=True)],
        "edges": [_edge(shaper, a, b, facts) for a, b, facts in found.edges(data=True)],
        "truncated": found.graph["truncated"],
    }


def _node(facts: Attributes) -> Json:
    return {"iri": facts["iri"], "id": facts["ref"], "label": facts["label"], "kind": facts["kind"]}


def _edge(shaper: Shaper, source: str, target: str, facts: Attributes) -> Json:
    role = facts["kind"] == "membership"  # what somebody does there is told elsewhere
    return {
        "source": source,
        "target": target,
        "kind": facts["kind"],
        "label": best(LABELS["membership"], shaper.lang) if role else facts["label"],
        "status": facts.get("status"),
        "ended": facts["ended"],
        "sources": facts["sources"],
    }
