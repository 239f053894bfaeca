"""The change that a release made, kept beside it: how who holds the release before it comes to this one."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize

from graph.model.terms import DefaultGraph, Quad
from graph.store.change import Change

ADDED, REMOVED = "added.nq", "removed.nq"
MOST = 100_000
"""Statements up to which a change is kept; to take in more than that is not much faster than to begin anew."""


def write(folder: Path, change: Change | None) -> None:
    """Keeps the change of the public part, the merge included; nothing where it is not known or too large.

    Args:
        folder: of the release.
        change: against the release before.
    """
    if change is None or len(change) + len(change.appeared) + len(change.vanished) > MOST:
        return
    for name, quads, triples in (
        (ADDED, change.added, change.appeared),
        (REMOVED, change.removed, change.vanished),
    ):
        merged = (Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples)
        serialize((*quads, *merged), str(folder / name), RdfFormat.N_QUADS)


def read(folder: Path) -> tuple[list[Quad], list[Quad]] | None:
    """What was added and what was removed, the merge included; `None` where it was not kept.

    Raises:
        OSError: it cannot be read.
        SyntaxError: it is damaged.
    """
    if not there(folder):
        return None
    added, removed = (
        list(parse(path=str(folder / name), format=RdfFormat.N_QUADS)) for name in (ADDED, REMOVED)
    )
    return added, removed


def there(folder: Path) -> bool:
    """Whether the change of this release was kept."""
    return all((folder / name).is_file() for name in (ADDED, REMOVED))
