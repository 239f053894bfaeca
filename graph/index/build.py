"""Makes the index of a release: one SQLite file, filled by a fixed number of SPARQL queries.

Nothing in it depends on the day on which it is made.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from apsw import Connection

from graph.index import (
    fill_derived,
    fill_facts,
    fill_organizations,
    fill_reference,
    fill_relations,
    fill_standings,
)
from graph.index.database import log_of
from graph.index.facts import Whole
from graph.index.filling import Filling
from graph.index.numbers import key_of
from graph.index.schema import INDEXES, TABLES, VERSION
from graph.index.spellings import write_counts
from graph.store.view import GraphView

STEPS: tuple[Callable[[Filling], None], ...] = (
    fill_organizations.fill_statements,
    fill_organizations.fill_sites,
    fill_relations.fill_engagements,
    fill_relations.fill_partnerships,
    fill_relations.fill_ownerships,
    fill_relations.fill_presence,
    fill_relations.fill_people,
    fill_facts.fill_awards,
    fill_facts.fill_missions,
    fill_facts.fill_plans,
    fill_facts.fill_figures,
    fill_facts.fill_statistics,
    fill_derived.fill_evidence,
    fill_relations.write_concepts,
    fill_relations.outweigh,
    fill_derived.fill_edges,
)
"""What is filled once organizations are there, in this order."""


def build(view: GraphView, path: Path, release: str) -> None:
    """Writes the index of a view; the file is there whole or not at all.

    Args:
        view: the graphs of the release, with the inferred one.
        path: the file to make.
        release: the name of the release, kept inside.
    """
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    db = Connection(str(unfinished))
    try:
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "cache_size = -262144",
            "temp_store = MEMORY",
        ):
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        _fill(Filling(Whole(view), db), view, release)
        db.execute("COMMIT")
        db.execute("ANALYZE")
        # What says that a log may lie beside the file is in the file itself, which no release may touch later.
        db.execute("PRAGMA journal_mode = WAL")
    finally:
        db.close()
    _make_durable(unfinished)
    log_of(path).unlink(missing_ok=True)
    unfinished.replace(path)


def _fill(filling: Filling, view: GraphView, release: str) -> None:
    db = filling.db
    db.execute(TABLES)
    fill_reference.fill_concepts(filling)
    named = fill_organizations.number_organizations(filling)
    fill_reference.fill_sources(filling)
    fill_organizations.fill_organizations(filling, named)
    for step in STEPS:
        step(filling)
    fill_reference.fill_coverage(filling, view)
    items = sorted((key_of(iri), number) for iri, number in filling.items.given.items() if number)
    db.executemany("INSERT OR IGNORE INTO item VALUES (?, ?)", items)
    filling.flush()
    db.execute(
        "INSERT INTO standing_parts SELECT asked FROM coverage WHERE upward = 0 GROUP BY asked HAVING COUNT(*) > 1"
    )
    fill_standings.fill_standings(filling)
    write_counts(filling)
    db.execute(INDEXES)
    described = {"release": release, "version": VERSION, "next": str(filling.next), "newest": "0"}
    db.executemany("INSERT INTO meta VALUES (?, ?)", described.items())


def _make_durable(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
