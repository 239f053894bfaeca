"""The walk from some nodes along their relations, one statement a step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import orjson

from graph.index.database import IN, Database, many
from graph.network import relations
from graph.network.limits import Limits, Moment

Tie = tuple[int, int, str, int]
"""From, to, kind and item of a relation."""

Found = tuple[int, str, int, int, int, int | None]
"""Node, kind, other, item, whether the relation goes from the node to the other, label."""


@dataclass
class Walk:
    """What a walk found.

    Attributes:
        depths: steps from the start, by node, in the order in which they were met; a market is the
            negative of its number.
        ties: the label of each relation between two of them.
        asked: the nodes whose relations were looked at.
        cut: the nodes of which some relation is left out.
    """

    depths: dict[int, int]
    ties: dict[Tie, int | None] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)
    cut: set[int] = field(default_factory=set)


def walk(db: Database, starts: Iterable[int], limits: Limits, moment: Moment) -> Walk:
    """Goes from nodes as far as the limits let it, nearest kinds of relation first."""
    made = Walk(dict.fromkeys(list(dict.fromkeys(starts))[: limits.nodes], 0))
    frontier = list(made.depths)
    for depth in range(1, limits.depth + 1):
        met = _step(made, steps(db, frontier, limits, moment), limits, depth)
        made.asked += frontier
        frontier = going_through(db, met, limits)
        if not frontier:
            break
    return made


def _step(made: Walk, found: Iterable[Found], limits: Limits, depth: int) -> list[int]:
    """Takes what fits; the nodes that are new."""
    caps, given, met = limits.caps, dict[tuple[int, str], int](), list[int]()
    for node, kind, other, item, forward, label in found:
        given[node, kind] = given.get((node, kind), 0) + 1
        if given[node, kind] > caps[kind]:
            made.cut.add(node)
            continue
        if other not in made.depths:
            if len(made.depths) >= limits.nodes:
                made.cut.add(node)
                continue
            made.depths[other] = depth
            met.append(other)
        a, b = (node, other) if forward else (other, node)
        made.ties[a, b, kind, item] = label
    return met


def steps(db: Database, nodes: Iterable[int], limits: Limits, moment: Moment) -> list[Found]:
    """The relations of nodes, nearest kind first; one more of each kind than is given, where there is one."""
    caps, around = limits.caps, many(nodes)
    if not caps:
        return []
    bound = relations.parameters(around, moment)
    arms = [
        f"""SELECT n.value, '{kind}', (
              SELECT json_group_array(json_array(other, item, forward, label)) FROM (
                {relations.found(kind, moment, ended=limits.ended)} LIMIT ?{place}))
            FROM json_each(?1) n"""
        for place, kind in enumerate(caps, len(bound) + 1)
    ]
    rows = db.rows(relations.used(relations.union(arms)), [*bound, *(most + 1 for most in caps.values())])
    return [(node, kind, *each) for node, kind, told in rows for each in orjson.loads(told)]


def going_through(db: Database, nodes: Iterable[int], limits: Limits) -> list[int]:
    """Those of some nodes that a walk goes on through."""
    nodes = list(nodes)
    through = limits.through
    going = [number for number in nodes if number < 0 and "market" in through]
    asked = [number for number in nodes if number > 0]
    tables = [name for name in ("organization", "person", "mission", "award") if name in through]
    if asked and tables:
        sql = " UNION ALL ".join(f"SELECT id FROM {table} WHERE id {IN}" for table in tables)
        going += [number for (number,) in db.rows(sql, [many(asked)] * len(tables))]
    return going


def counts(
    db: Database, nodes: Iterable[int], limits: Limits, moment: Moment, most: int
) -> dict[tuple[int, str], int]:
    """How many relations of each kind nodes have, counted up to `most` of each; none is left out."""
    caps, around = limits.caps, many(nodes)
    if not caps:
        return {}
    bound = relations.parameters(around, moment)
    arms = [
        f"""SELECT n.value, '{kind}', (SELECT COUNT(*) FROM (
              {relations.counted(kind, moment, ended=limits.ended)} LIMIT ?{len(bound) + 1}))
            FROM json_each(?1) n"""
        for kind in caps
    ]
    rows = db.rows(relations.used(relations.union(arms)), [*bound, most])
    return {(node, kind): count for node, kind, count in rows if count}
