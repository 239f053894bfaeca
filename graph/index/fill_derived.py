"""Fills what follows from the other tables: evidence, and the edges of the network."""

from __future__ import annotations

from collections.abc import Iterable

from graph.index.filling import Filling
from graph.model.namespaces import code
from graph.model.statuses import RANK


def fill_evidence(filling: Filling) -> None:
    """Which sources describe what has no source of its own, and which mention an organization."""
    for iri, source in filling.facts.described():
        who = filling.sources.get(source)
        if who is None:
            continue
        organization, item = filling.organizations.get(iri), filling.items.get(iri)
        if organization is not None:
            filling.add("mention", organization, who)
        if item is not None:
            filling.add("evidence", item, who)


_EDGES = (
    """SELECT company, 'engagement', -market, id, 1, (SELECT s.id FROM temp.status s WHERE s.rank = engagement.rank)
       FROM engagement WHERE {id}""",
    "SELECT principal, 'partnership', partner, id, 1, role FROM partnership WHERE {id}",
    "SELECT owner, 'ownership', owned, id, 1, kind FROM ownership WHERE {id}",
    "SELECT organization, 'branch', member, item, 1, NULL FROM presence WHERE kind = 'branch' AND {item}",
    """SELECT COALESCE(person, member), 'membership', organization, id, 1, NULL FROM membership
       WHERE COALESCE(person, member) IS NOT NULL AND {id}""",
    "SELECT recipient, 'award', award, id, 1, result FROM award_grant WHERE {id}",
    "SELECT organization, 'mission', mission, id, 1, state FROM participation WHERE {id}",
    "SELECT organization, 'mission', mission, mission, 1, NULL FROM mission_organizer WHERE {mission}",
    "SELECT mission, 'mission', -market, mission, 1, NULL FROM mission_market WHERE {mission}",
)


def fill_edges(filling: Filling) -> None:
    """The network: each relation in both directions; a market is the negative of its number."""
    filling.flush()
    with_statuses(filling)
    filling.db.execute(f"INSERT OR IGNORE INTO edge {edges(filling)} ORDER BY 1, 2, 3, 4, 5")


def edges(filling: Filling) -> str:
    """SELECT of the edges that the relations give, or those that are touched."""
    names = {name: filling.only(name, "item") for name in ("id", "item", "mission")}
    forward = " UNION ALL ".join(query.format(**names) for query in _EDGES)
    return f"""WITH found (node, kind, other, item, forward, label) AS MATERIALIZED ({forward})
        SELECT node, kind, other, item, forward, label FROM found
        UNION ALL SELECT other, kind, node, item, 0, label FROM found"""


def with_statuses(filling: Filling) -> None:
    """The numbers of the statuses, for `edges`."""
    db = filling.db
    db.execute("CREATE TEMP TABLE IF NOT EXISTS status (rank INTEGER PRIMARY KEY, id INTEGER)")
    db.executemany("INSERT OR REPLACE INTO temp.status VALUES (?, ?)", _statuses(filling))


def _statuses(filling: Filling) -> Iterable[tuple[int, int | None]]:
    return [
        (rank, filling.concepts.get(code("engagement-status", word).value)) for word, rank in RANK.items()
    ]
