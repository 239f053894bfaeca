"""What a store can do, and the error for what it cannot."""

from __future__ import annotations

from dataclasses import dataclass, fields

from graph.errors import Unsupported


@dataclass(frozen=True)
class Capabilities:
    """One flag for each thing that not every store can do; ours can do all.

    Attributes:
        releases: reads of earlier states, `release=`, `asOf` of the graph itself.
        rollback: going back to an earlier release.
        erase: removing something with all its history.
        restricted: graphs that only some may read.
        backup: `verre backup`, `restore` and `verify`.
        compact: rewriting files for speed.
        bare: the profile of a plain SPARQL server.
        updates: writing at all.
        atomic: a write of any length is there whole or not at all.
        deadline: a query past its deadline ends in the engine too, and not only for who asked.
    """

    releases: bool = True
    rollback: bool = True
    erase: bool = True
    restricted: bool = True
    backup: bool = True
    compact: bool = True
    bare: bool = True
    updates: bool = True
    atomic: bool = True
    deadline: bool = True

    def need(self, name: str) -> None:
        """Goes on where the store can do it.

        Args:
            name: of a flag.

        Raises:
            Unsupported: it cannot; names the capability.
        """
        if not getattr(self, name):
            raise Unsupported(f"the store that answers here has no capability `{name}`: {WHY[name]}")

    def missing(self) -> list[str]:
        """The names of what the store cannot do."""
        return [each.name for each in fields(self) if not getattr(self, each.name)]


WHY = {
    "releases": "it keeps its present state only, so `release=` can name no other",
    "rollback": "it keeps no earlier release to go back to",
    "erase": "what it keeps of the past is its own affair, so nothing can be erased for good from here",
    "restricted": "whoever may read it reads all of it, so nothing restricted is put there",
    "backup": "back it up with its own tools",
    "compact": "its files are its own",
    "bare": "the bare profile serves the embedded store only",
    "updates": "it has no update address, see VERRE_STORE_UPDATE",
    "atomic": "a long write is done in pieces",
    "deadline": "a query that is given up may go on there",
}
"""Capability → why it is missing, for the person who asked."""

EMBEDDED = Capabilities()
