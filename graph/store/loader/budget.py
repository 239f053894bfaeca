"""How much memory a release takes, and how many readers fit beside it."""

from __future__ import annotations

import resource
from pathlib import Path

STATEMENT = 260
"""Bytes that a statement takes in memory, of a named graph or of the merge (measured: 250 at 0.3 million)."""
OWN = 0.55
"""Share of the loader's memory that a reader makes its own while it answers (measured: 0.51 at 1 million
quads, 0.52 at 10 million: the engine counts references inside of what it reads)."""
SPARE = 48 * 2**20
"""Bytes that a process takes without any statement."""


def estimate(statements: int) -> int:
    """Bytes that the loader will take."""
    return SPARE + statements * STATEMENT


def readers(budget: int, held: int) -> int:
    """How many readers may be there at the same time.

    Args:
        budget: bytes for the loader and all its readers (setting `VERRE_MEMORY`).
        held: bytes that the loader takes.
    """
    return max(int((budget - held) // (held * OWN + SPARE)), 0)


def resident(process: str = "self") -> int:
    """Bytes of memory that a process holds now, what it shares included."""
    fields = Path(f"/proc/{process}/statm").read_text("ascii").split()
    return int(fields[1]) * resource.getpagesize()
