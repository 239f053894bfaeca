"""Who owns an organization, and who owns that: the graph's ownerships upwards, bounded, circles and all.

An ownership that has ended is not followed, one without a date is. A branch is part of its head office,
so that is followed too. Nobody is visited twice; an organization that owns itself by way of others is
where the walk ends, not where it starts again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.index import references
from graph.index.catalogue import Json
from graph.index.company import NAME_TYPES
from graph.index.database import many
from graph.index.shaping import Shaper, plain
from graph.screening.records import Subject

_OWNERS = """
SELECT id, owned, owner, kind, basis, share, low, high, since, until, attested, 'ownership' FROM ownership
WHERE owned IN (SELECT value FROM json_each(?1)) AND last >= ?2 AND first <= ?2 AND owner <> owned
UNION ALL
SELECT item, member, organization, NULL, NULL, NULL, NULL, NULL, since, until, NULL, 'branch' FROM presence
WHERE member IN (SELECT value FROM json_each(?1)) AND kind = 'branch' AND last >= ?2 AND first <= ?2
ORDER BY 2, 3, 1 LIMIT ?3
"""
EDGES = 20_000
"""Ownerships that are read for one request, whatever it asks."""


@dataclass(frozen=True)
class Limits:
    """How far owners are followed.

    Attributes:
        depth: steps upwards; 0: not at all.
        owners: of one organization.
    """

    depth: int
    owners: int


@dataclass(frozen=True)
class Owner:
    """An owner, and how it comes to own.

    Attributes:
        ref: `{"iri", "id", "name"}`.
        path: the steps from the organization up to it: owned, owner, the ownership and its sources.
    """

    number: int
    ref: Json
    path: tuple[Json, ...]


@dataclass(frozen=True)
class Party:
    """An organization of the graph, to screen.

    Attributes:
        number: of the index.
        ref: `{"iri", "id", "name"}`.
        owners: above it, the nearest first.
        truncated: whether there are more than the limits allow.
    """

    number: int
    ref: Json
    owners: tuple[Owner, ...] = ()
    truncated: bool = False


@dataclass
class Family:
    """Organizations with their owners, and every one of both as a subject.

    Attributes:
        parties: the organizations, by their references.
        subjects: by number of the index.
    """

    parties: dict[str, Party] = field(default_factory=dict)
    subjects: dict[int, Subject] = field(default_factory=dict)


def family(shaper: Shaper, refs: Sequence[str], limits: Limits) -> Family:
    """Organizations and their owners, ready to screen; a few SQL statements for all of them.

    Args:
        refs: in any spelling; one that the graph does not have gets no party.
    """
    numbers = references.find_all(shaper.db, refs)
    edges, cut = _edges(shaper, set(numbers.values()), limits)
    everyone = set(numbers.values()) | {edge["to"] for found in edges.values() for edge in found}
    named = shaper.organizations(everyone)
    steps = _steps(shaper, edges, named)
    parties = {ref: _party(number, edges, steps, named, limits, cut=cut) for ref, number in numbers.items()}
    wanted = {
        number for party in parties.values() for number in (party.number, *(o.number for o in party.owners))
    }
    return Family(parties, subjects(shaper, wanted))


def _edges(shaper: Shaper, start: set[int], limits: Limits) -> tuple[dict[int, list[Json]], bool]:
    """All that leads upwards from some organizations, level by level."""
    found: dict[int, list[Json]] = {}
    frontier, seen, read = start, set(start), 0
    for _ in range(limits.depth):
        rows = shaper.db.rows(_OWNERS, (many(sorted(frontier)), shaper.day, EDGES - read + 1))
        read += len(rows)
        for item, owned, owner, *told in rows:
            found.setdefault(owned, []).append({"item": item, "from": owned, "to": owner, "told": told})
        frontier = {row[2] for row in rows} - seen
        seen |= frontier
        if read > EDGES or not frontier:
            break
    return found, read > EDGES


def _steps(shaper: Shaper, edges: dict[int, list[Json]], named: dict[int, Json]) -> dict[int, Json]:
    """Each ownership as a path shows it, by number."""
    every = [edge for found in edges.values() for edge in found]
    sources = shaper.sources(edge["item"] for edge in every)
    iris: dict[int, str] = dict(
        shaper.db.rows(
            "SELECT id, iri FROM ownership WHERE id IN (SELECT value FROM json_each(?))",
            (many(e["item"] for e in every),),
        )
    )
    made = {}
    for edge in every:
        kind, basis, share, low, high, since, until, attested, relation = edge["told"]
        made[edge["item"]] = {
            "relation": relation,
            "iri": iris.get(edge["item"]),
            "owned": named[edge["from"]],
            "owner": named[edge["to"]],
            "kind": shaper.catalogue.code(kind),
            "basis": shaper.catalogue.code(basis),
            "share": plain(share),
            "shareMin": plain(low),
            "shareMax": plain(high),
            "since": since,
            "until": until,
            "attested": attested,
            "sources": sources.get(edge["item"], []),
        }
    return made


def _party(
    number: int,
    edges: dict[int, list[Json]],
    steps: dict[int, Json],
    named: dict[int, Json],
    limits: Limits,
    *,
    cut: bool,
) -> Party:
    """The owners of one organization, breadth first, each by its shortest path."""
    paths: dict[int, tuple[Json, ...]] = {number: ()}
    frontier, truncated = [number], cut
    for depth in range(limits.depth + 1):
        following: list[int] = []
        for edge in (edge for owned in frontier for edge in edges.get(owned, ())):
            if edge["to"] in paths:
                continue
            if depth >= limits.depth or len(paths) > limits.owners:
                truncated = True
                continue
            paths[edge["to"]] = (*paths[edge["from"]], steps[edge["item"]])
            following.append(edge["to"])
        frontier = following
    owners = tuple(Owner(n, named[n], path) for n, path in paths.items() if n != number)
    return Party(number, named[number], owners, truncated)


def subjects(shaper: Shaper, numbers: Iterable[int]) -> dict[int, Subject]:
    """Organizations of the graph as subjects: every name, country, identifier and year of birth they have."""
    asked = (many(sorted(numbers)),)
    rows = shaper.db.rows(
        "SELECT id, name, country FROM organization WHERE id IN (SELECT value FROM json_each(?))", asked
    )
    names: dict[int, dict[str, None]] = {number: {name: None} for number, name, _ in rows}
    country = {number: shaper.catalogue.code(concept) for number, _, concept in rows}
    dates: dict[int, list[str]] = {}
    for number, name, value in shaper.db.rows(
        """SELECT organization, property, value FROM statement
           WHERE organization IN (SELECT value FROM json_each(?)) ORDER BY property, value""",
        asked,
    ):
        if name in NAME_TYPES:
            names[number][value] = None
        elif name == "founded":
            dates.setdefault(number, []).append(value)
    numbers_of: dict[int, list[str]] = {}
    for number, value in shaper.db.rows(
        """SELECT organization, value FROM identifier
           WHERE organization IN (SELECT value FROM json_each(?)) AND value IS NOT NULL ORDER BY value""",
        asked,
    ):
        numbers_of.setdefault(number, []).append(value)
    return {
        number: Subject(
            names=tuple(found),
            kind="organization",
            countries=tuple(code.lower() for code in (country[number],) if code),
            dates=tuple(dates.get(number, ())),
            identifiers=tuple(numbers_of.get(number, ())),
        )
        for number, found in names.items()
    }
