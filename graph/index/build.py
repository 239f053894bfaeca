"""Makes the index of a release: one SQLite file, filled by a fixed number of SPARQL queries.

Nothing in it depends on the day on which it is made.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from graph.index import (
    fill_derived,
    fill_facts,
    fill_organizations,
    fill_reference,
    fill_relations,
)
from graph.index.filling import Filling
from graph.index.schema import INDEXES, TABLES, VERSION
from graph.store.view import GraphView

STEPS: tuple[Callable[[Filling], None], ...] = (
    fill_organizations.fill_identifiers,
    fill_organizations.fill_sites,
    fill_organizations.fill_statements,
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
    fill_derived.fill_edges,
)
"""What is filled once organizations have their numbers, in this order."""


def build(view: GraphView, path: Path, release: str) -> None:
    """Writes the index of a view; the file is there whole or not at all.

    Args:
        view: the graphs of the release, with the inferred one.
        path: the file to make.
        release: the name of the release, kept inside.
    """
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    db = sqlite3.connect(unfinished, isolation_level=None)
    try:
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "cache_size = -65536",
            "temp_store = MEMORY",
        ):
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        _fill(Filling(view, db), release)
        db.execute("COMMIT")
        db.execute("ANALYZE")
    finally:
        db.close()
    _make_durable(unfinished)
    unfinished.replace(path)


def _fill(filling: Filling, release: str) -> None:
    db = filling.db
    for statement in TABLES.split(";"):
        db.execute(statement)
    fill_reference.fill_concepts(filling)
    names = fill_organizations.number_organizations(filling)
    fill_reference.fill_sources(filling)
    fill_organizations.fill_organizations(filling, names)
    for step in STEPS:
        step(filling)
    fill_reference.fill_coverage(filling)
    filling.insert("concept", filling.concepts.rows)
    for statement in INDEXES.split(";"):
        db.execute(statement)
    fill_derived.fill_standings(filling)
    db.executemany("INSERT INTO meta VALUES (?, ?)", [("release", release), ("version", VERSION)])


def _make_durable(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
