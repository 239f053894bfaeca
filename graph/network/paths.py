"""How two things are linked: the shortest chains of relations between them, with who says so.

Two walks grow towards each other until they meet; only what lies between them is fetched, and the
shortest simple paths are looked for in that (Yen 1971, as networkx has it).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise, takewhile
from math import prod
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.errors import InputError, Issue
from graph.index.database import many
from graph.index.shaping import Shaper
from graph.network import describe, relations, starts
from graph.network.fetch import Network, network
from graph.network.limits import RELATIONS, Limits, Moment
from graph.network.walk import Tie, Walk, going_through, walk

if TYPE_CHECKING:
    from graph.index import Index

THROUGH = frozenset({"organization", "person", "mission"})
"""Kinds of node that a path leads through: not markets and awards, by which everyone is two steps from everyone."""

SPARE = 3
"""Paths that are compared for each that is given: of those equally long the closest ties come first."""


@dataclass(frozen=True)
class PathLimits:
    """What bounds a search for paths.

    Attributes:
        paths: how many are given.
        length: most steps.
        nodes: most nodes that are looked at, all together.
        per_relation: relations of one kind that one node gives.
    """

    paths: int = 3
    length: int = 6
    nodes: int = 600
    per_relation: int = 100
    relations: tuple[str, ...] = tuple(RELATIONS)
    through: frozenset[str] = THROUGH
    ended: bool = False

    def around(self, depth: int) -> Limits:
        """What bounds the walk from one end."""
        return Limits(
            self.relations, self.per_relation, depth, max(1, self.nodes // 2), self.through, self.ended
        )


def paths(
    index: Index,
    ends: tuple[str, str],
    limits: PathLimits = PathLimits(),
    as_of: date | None = None,
    lang: str = "nl",
    today: date | None = None,
) -> Network:
    """The shortest paths between two things, as a network of what is on them.

    The graph has `paths`: for each `nodes` (IRIs from one end to the other), `length` and `closeness` (the
    product of the weights of its closest relations); a node has `depth`, its steps from the first end.
    `truncated` says that some node gave less than it has: there may be a shorter path.

    Args:
        ends: see `starts.find`.

    Raises:
        NotFound: an end is not known here; the issue names `from` or `to`.
        InputError: both ends are the same.
    """
    day = today or date.today()  # noqa: DTZ011
    moment = Moment.of(as_of, day)
    shaper = index.shaper(lang, as_of or day)
    source = starts.find(shaper, ends[0], "from")
    target = starts.find(shaper, ends[1], "to")
    if source == target:
        issue = Issue("to", "name another thing than in `from`", ends[1])
        raise InputError("A path leads from one thing to another.", issues=(issue,))
    found, ties, cut = _between(shaper, (source, target), limits, moment)
    depths = {node: place for way in reversed(found) for place, node in enumerate(way)}
    depths = {source: 0, target: max(depths.values(), default=1)} | depths
    steps = {frozenset(pair) for way in found for pair in pairwise(way)}
    kept = {tie: label for tie, label in ties.items() if frozenset(tie[:2]) in steps}
    made = network(shaper, Walk(depths, kept), moment, (source, target))
    iris = {number: facts["iri"] for number, facts in describe.nodes(shaper, depths).items()}
    told = _told(made, [way for way in found if iris.keys() >= set(way)], iris)
    made.graph.update(truncated=cut, paths=told)
    return made


def _between(
    shaper: Shaper, ends: tuple[int, int], limits: PathLimits, moment: Moment
) -> tuple[list[list[int]], dict[Tie, int | None], bool]:
    """The paths, the relations near either end, and whether some were left out.

    Both walks grow a step in turn: after n steps in all they hold every path of n steps, so whoever has
    enough of those need not look farther.
    """
    for steps in range(1, limits.length + 1):
        sides = [
            walk(shaper.db, [end], limits.around(depth), moment)
            for end, depth in zip(ends, ((steps + 1) // 2, steps // 2), strict=True)
        ]
        ties = sides[0].ties | sides[1].ties
        ties |= _joining(shaper, sides, ends, limits, moment)
        ties = _led(shaper, ties, ends, limits)
        found = _shortest(ties, ends, steps, limits.paths)
        if len(found) >= limits.paths:
            break
    return found, ties, any(side.cut for side in sides)


def _led(
    shaper: Shaper, ties: dict[Tie, int | None], ends: tuple[int, int], limits: PathLimits
) -> dict[Tie, int | None]:
    """Only the relations that a path may take: two walks also meet in what neither goes through."""
    met = {node for tie in ties for node in tie[:2]}
    allowed = {*ends, *going_through(shaper.db, met, limits.around(1))}
    return {tie: label for tie, label in ties.items() if allowed >= set(tie[:2])}


def _joining(
    shaper: Shaper, sides: list[Walk], ends: tuple[int, int], limits: PathLimits, moment: Moment
) -> dict[Tie, int | None]:
    """Relations from whom one walk met to the end of the other: a hub does not give all, but is asked for these."""
    found: dict[Tie, int | None] = {}
    for near, end in zip(sides, reversed(ends), strict=True):
        sql = relations.union(
            relations.joined(kind, moment, ended=limits.ended) for kind in limits.around(1).caps
        )
        bound = relations.parameters(many(near.depths), moment)
        for node, kind, item, forward, label in (
            shaper.db.rows(relations.used(sql), [*bound, end]) if sql else ()
        ):
            a, b = (node, end) if forward else (end, node)
            found[a, b, kind, item] = label
    return found


def _graph(ties: Iterable[Tie]) -> nx.Graph[int]:
    made: nx.Graph[int] = nx.Graph()
    made.add_edges_from(sorted((min(a, b), max(a, b)) for a, b, _, _ in ties if a != b))
    return made


def _shortest(ties: dict[Tie, int | None], ends: tuple[int, int], length: int, most: int) -> list[list[int]]:
    graph = _graph(ties)
    if not all(end in graph for end in ends) or not nx.has_path(graph, *ends):
        return []
    ways = takewhile(lambda way: len(way) - 1 <= length, nx.shortest_simple_paths(graph, *ends))
    some = list(islice(ways, most * SPARE))
    return sorted(some, key=lambda way: (len(way), _nearness(ties, way), way))[:most]


def _nearness(ties: Iterable[Tie], way: list[int]) -> int:
    """To put ways of one length in order before anything of them is fetched: the nearest kinds of relation first."""
    order = list(RELATIONS)
    pairs = {frozenset(pair): len(order) for pair in pairwise(way)}
    for a, b, kind, _ in ties:
        pair = frozenset((a, b))
        if pair in pairs:
            pairs[pair] = min(pairs[pair], order.index(kind))
    return sum(pairs.values())


def _told(made: Network, found: list[list[int]], iris: dict[int, str]) -> list[dict[str, Any]]:
    told = []
    for way in found:
        nodes = [iris[number] for number in way]
        closeness = prod(_weight(made, a, b) for a, b in pairwise(nodes))
        told.append({"nodes": nodes, "length": len(nodes) - 1, "closeness": round(closeness, 4)})
    return told


def _weight(made: Network, a: str, b: str) -> float:
    """The weight of the closest relation of two, whichever way it goes."""
    both = [*made.get_edge_data(a, b, default={}).values(), *made.get_edge_data(b, a, default={}).values()]
    return max(float(facts["weight"]) for facts in both)
