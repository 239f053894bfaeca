"""Takes out of an index what a change concerns, before it is filled in again."""

from __future__ import annotations

from collections.abc import Iterable

from graph.index.fill_derived import edges, with_statuses
from graph.index.filling import Filling, fetched
from graph.index.spellings import OF_ITEMS, clear_names

KINDS = ("item", "organization", "company")

_ITEMS = (
    "site",
    "engagement",
    "partnership",
    "ownership",
    "change",
    "person",
    "membership",
    "award",
    "award_grant",
    "mission",
    "participation",
    "programme",
    "need",
    "figure",
    "statistic",
)
"""Tables whose rows are items with a number of their own."""

_OF_ITEMS = (
    ("evidence", "item"),
    ("presence", "item"),
    ("mission_market", "mission"),
    ("mission_organizer", "mission"),
)
_OF_ORGANIZATIONS = (
    ("organization", "id"),
    ("alias", "organization"),
    ("organization_sector", "organization"),
    ("organization_place", "organization"),
    ("statement", "organization"),
    ("identifier", "organization"),
    ("mention", "organization"),
    ("ultimate", "organization"),
)


def touch(filling: Filling, kind: str, numbers: Iterable[int]) -> None:
    """Writes down numbers of what is touched."""
    filling.db.executemany(
        f"INSERT OR IGNORE INTO temp.touched_{kind} VALUES (?)", ((number,) for number in numbers)
    )


def touch_companies(filling: Filling) -> None:
    """Companies whose standings may change: those of the engagements that are touched."""
    filling.db.execute(
        f"INSERT OR IGNORE INTO temp.touched_company SELECT company FROM engagement WHERE {filling.only('id', 'item')}"
    )


def clear(filling: Filling, items: dict[str, int], organizations: dict[str, int]) -> None:
    """Deletes the rows of items and organizations, with what hangs on them.

    Args:
        items: numbers of items that are touched by IRI; those of branches are added.
        organizations: numbers of organizations that are touched by IRI.
    """
    db = filling.db
    for kind in KINDS:
        db.execute(f"CREATE TEMP TABLE touched_{kind} (id INTEGER PRIMARY KEY)")
    touch(filling, "organization", organizations.values())
    branches = fetched(
        db,
        f"SELECT iri, item FROM presence WHERE kind = 'branch' AND {filling.only('member', 'organization')}",
    )
    items.update((str(iri), int(item)) for iri, item in branches)
    touch(filling, "item", items.values())
    touch_companies(filling)
    touch(filling, "company", organizations.values())
    _clear_edges(filling)
    _clear_rows(filling)
    db.execute("DELETE FROM temp.touched_organization")


def _clear_edges(filling: Filling) -> None:
    with_statuses(filling)
    gone = fetched(filling.db, edges(filling))
    filling.db.executemany(
        "DELETE FROM edge WHERE node = ? AND kind = ? AND other = ? AND item = ? AND forward = ?",
        (row[:5] for row in gone),
    )


def _clear_rows(filling: Filling) -> None:
    db, items = filling.db, filling.only("id", "item")
    parties = (
        f"SELECT principal FROM partnership WHERE {items} UNION SELECT partner FROM partnership WHERE {items}"
    )
    db.execute(f"DELETE FROM tie WHERE organization IN ({parties}) AND {filling.only('partnership', 'item')}")
    statements = f"SELECT id FROM statement WHERE {filling.only('organization', 'organization')}"
    db.execute(f"DELETE FROM evidence WHERE item IN ({statements})")
    named = ", ".join(f"'{kind}'" for kind in OF_ITEMS)
    clear_names(filling, f"{filling.only('subject', 'item')} AND kind IN ({named})")
    clear_names(filling, f"{filling.only('subject', 'organization')} AND kind = 'company'")
    for table, column in _OF_ITEMS:
        db.execute(f"DELETE FROM {table} WHERE {filling.only(column, 'item')}")
    for table in _ITEMS:
        db.execute(f"DELETE FROM {table} WHERE {items}")
    for table, column in _OF_ORGANIZATIONS:
        db.execute(f"DELETE FROM {table} WHERE {filling.only(column, 'organization')}")
