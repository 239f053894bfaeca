"""What is around some things, as a networkx graph: bounded before anything is fetched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx

from graph.index.shaping import Shaper
from graph.network import describe, starts, ties
from graph.network.limits import Limits, Moment
from graph.network.timing import step
from graph.network.walk import Walk, walk

if TYPE_CHECKING:
    from graph.index import Index

Network: TypeAlias = "nx.MultiDiGraph[str]"
"""Nodes are IRIs; the key of an edge is one of its own in the whole network."""


def fetch(
    index: Index,
    refs: Iterable[str],
    limits: Limits = Limits(),  # noqa: B008  (immutable)
    as_of: date | None = None,
    lang: str = "nl",
    today: date | None = None,
) -> Network:
    """The neighbourhood of organizations, markets, persons, missions or awards.

    A node has `iri`, `ref`, `kind` (company, branch, …, person, market, mission, award), `label`, `depth` (steps
    from the start), and where known `country`, `countryLabel`, `limburg`. An edge has `kind` (see
    `RELATIONS`), `label`, `weight` (above 0, at most 1), `sources` (references to sources), `ended`,
    `dateUnknown`, and where known `iri`, `status`, `role`, `since`, `until`, `attested`, `share`, `territory`,
    `exclusivity`, `product`. What is not known is not there. The graph itself has `starts` (IRIs),
    `truncated`, `day` and `lang`.

    Args:
        index: the list index of a release, of the part that the caller may see.
        refs: see `starts.find`.
        limits: what bounds it.
        as_of: only what had begun by that day, and holds on it unless `limits.ended`.
        lang: of labels: nl, en or fr.
        today: the day that decides what has ended where `as_of` is not given.

    Raises:
        NotFound: a start is not known here.
    """
    day = today or date.today()  # noqa: DTZ011
    moment = Moment.of(as_of, day)
    shaper = index.shaper(lang, as_of or day)
    with step("find"):
        numbers = starts.find_all(shaper, refs)
    with step("walk"):
        found = walk(shaper.db, numbers, limits, moment)
    with step("describe"):
        return network(shaper, found, moment, numbers)


def network(shaper: Shaper, found: Walk, moment: Moment, numbers: Iterable[int]) -> Network:
    """A walk as a network."""
    described = describe.nodes(shaper, found.depths)
    kept = {tie: label for tie, label in found.ties.items() if tie[0] in described and tie[1] in described}
    made: Network = nx.MultiDiGraph()
    for number, depth in found.depths.items():
        if number in described:
            made.add_node(described[number]["iri"], **described[number], depth=depth)
    for (a, b, _, _), facts in ties.ties(shaper, kept, moment).items():
        source, target = described[a]["iri"], described[b]["iri"]
        made.add_edge(source, target, key=ties.edge_key(facts, source, target), **facts)
    made.graph.update(
        starts=[described[number]["iri"] for number in numbers if number in described],
        truncated=bool(found.cut),
        day=date.fromordinal(moment.day).isoformat(),
        lang=shaper.lang,
    )
    return made
