"""What is around an organization: a bounded walk over its relations.

Nothing is fetched that is not shown: each node gives only so many relations of each kind, the walk
stops at its depth and at its number of nodes, and goes on through companies and persons, not
through markets, missions and awards, which tie everyone to everyone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import orjson

from graph.index.catalogue import Json, best
from graph.index.database import IN, Row, many
from graph.index.days import FOREVER
from graph.index.shaping import Shaper

KINDS = {
    "branch": 40,
    "ownership": 40,
    "partnership": 40,
    "engagement": 40,
    "membership": 15,
    "mission": 10,
    "award": 10,
}
"""The kinds of relation, nearest first, and how many of each one node may give."""

MAX_DEPTH = 4

_LABELS = {
    "branch": ("vestiging", "branch", "succursale"),
    "ownership": ("eigendom", "ownership", "propriété"),
    "partnership": ("partner", "partner", "partenaire"),
    "engagement": ("markt", "market", "marché"),
    "membership": ("functie", "role", "fonction"),
    "mission": ("missie", "mission", "mission"),
    "award": ("prijs", "award", "prix"),
}

_STEP = f"""
SELECT node, kind, other, item, forward, label FROM (
  SELECT e.*, ROW_NUMBER() OVER (PARTITION BY node, kind ORDER BY other, item) AS place
  FROM edge e WHERE node {IN}) JOIN json_each(?) k ON k.key = kind AND place <= k.value
ORDER BY node, place
"""


@dataclass
class _Walk:
    nodes: list[int]
    edges: dict[tuple[int, int, str, int], int | None] = field(default_factory=dict)
    truncated: bool = False


def neighbourhood(shaper: Shaper, start: int, depth: int, limit: int) -> Json:
    """See `Index.neighbourhood`."""
    walk = _walk(shaper, start, min(depth, MAX_DEPTH), limit)
    described = _describe(shaper, walk.nodes)
    edges = [edge for edge in walk.edges if edge[0] in described and edge[1] in described]
    sources = shaper.sources(item for _, _, _, item in edges)
    over = _over(shaper, {item for _, _, _, item in edges})
    return {
        "nodes": [described[number] for number in walk.nodes if number in described],
        "edges": [
            {
                "source": described[a]["iri"],
                "target": described[b]["iri"],
                "kind": kind,
                "label": _edge_label(shaper, kind, walk.edges[a, b, kind, item]),
                "status": _status(shaper, kind, walk.edges[a, b, kind, item]),
                "ended": item in over,
                "sources": sources.get(item, []),
            }
            for a, b, kind, item in edges
        ],
        "truncated": walk.truncated,
    }


_LASTS = " UNION ALL ".join(
    [f"SELECT id, last, CASE WHEN rank = 0 THEN {FOREVER} ELSE outweighed END FROM engagement WHERE id {IN}"]
    + [
        f"SELECT id, last, -1 FROM {table} WHERE id {IN}"
        for table in ("partnership", "ownership", "membership")
    ]
    + [f"SELECT item, last, -1 FROM presence WHERE kind = 'branch' AND item {IN}"]
)


def _over(shaper: Shaper, items: set[int]) -> set[int]:
    """The relations that no longer hold: ended, withdrawn, or outweighed by a later withdrawal."""
    asked = many(items)
    rows = shaper.db.rows(_LASTS, (asked,) * 5)
    return {item for item, last, outweighed in rows if shaper.ended(last) or outweighed >= shaper.day}


def _walk(shaper: Shaper, start: int, depth: int, limit: int) -> _Walk:
    walk, frontier, seen = _Walk([start]), [start], {start}
    caps = dict(KINDS)
    asked: list[int] = []
    for _ in range(depth):
        following: list[int] = []
        asked += frontier
        for node, kind, other, item, forward, label in _steps(shaper, frontier, caps):
            if other not in seen:
                if len(walk.nodes) >= limit:
                    walk.truncated = True
                    continue
                seen.add(other)
                walk.nodes.append(other)
                following.append(other)
            a, b = (node, other) if forward else (other, node)
            walk.edges[a, b, kind, item] = label
        frontier = _through(shaper, following)
        if not frontier:
            break
    walk.truncated = walk.truncated or _more(shaper, asked)
    return walk


def _steps(shaper: Shaper, frontier: list[int], caps: dict[str, int]) -> list[Row]:
    order = list(KINDS)
    rows = shaper.db.rows(_STEP, (many(frontier), _object(caps)))
    return sorted(rows, key=lambda row: order.index(row[1]))


def _object(caps: dict[str, int]) -> str:
    return orjson.dumps(caps).decode()


def _more(shaper: Shaper, nodes: list[int]) -> bool:
    """Whether a node has more relations of a kind than it gives."""
    rows = shaper.db.rows(
        f"SELECT kind, COUNT(*) FROM edge WHERE node {IN} GROUP BY node, kind",
        (many(nodes),),
    )
    return any(count > KINDS[kind] for kind, count in rows)


def _through(shaper: Shaper, nodes: list[int]) -> list[int]:
    """The nodes that the walk goes on through: organizations and persons."""
    rows = shaper.db.rows(
        f"SELECT id FROM organization WHERE id {IN} UNION ALL SELECT id FROM person WHERE id {IN}",
        (many(nodes), many(nodes)),
    )
    return [number for (number,) in rows]


def _describe(shaper: Shaper, nodes: list[int]) -> dict[int, Json]:
    """Nodes as `{"iri", "id", "label", "kind"}`."""
    found: dict[int, Json] = {}
    for number in nodes:
        if number < 0:
            concept = shaper.catalogue[-number]
            found[number] = _node(concept.iri, concept.code, concept.label(shaper.lang), "market")
    asked = (many(n for n in nodes if n > 0),)
    for number, iri, ref, name, kind in shaper.db.rows(
        f"SELECT id, iri, ref, name, kind FROM organization WHERE id {IN}",
        asked,
    ):
        found[number] = _node(iri, ref, name, shaper.catalogue.code(kind) or "organization")
    for number, iri, ref, name in shaper.db.rows(
        f"SELECT id, iri, ref, name FROM person WHERE id {IN}", asked
    ):
        found[number] = _node(iri, ref, name, "person")
    for number, iri, *labels in shaper.db.rows(f"SELECT id, iri, nl, en, fr FROM award WHERE id {IN}", asked):
        ref = iri.rpartition("/")[2]
        found[number] = _node(iri, ref, best(tuple(labels), shaper.lang) or ref, "award")
    for number, iri, ref, *labels in shaper.db.rows(
        f"SELECT id, iri, ref, nl, en, fr FROM mission WHERE id {IN}",
        asked,
    ):
        found[number] = _node(iri, ref, best(tuple(labels), shaper.lang) or ref, "mission")
    return found


def _node(iri: str, ref: str, label: str, kind: str) -> Json:
    return {"iri": iri, "id": ref, "label": label, "kind": kind}


def _edge_label(shaper: Shaper, kind: str, label: int | None) -> str:
    return shaper.label(label) or best(_LABELS[kind], shaper.lang) or kind


def _status(shaper: Shaper, kind: str, label: int | None) -> str | None:
    """The status of an engagement, which decides how its edge ends."""
    return shaper.catalogue.code(label) if kind == "engagement" else None
