"""The questions by which things are dereferenced, as SPARQL files; terms are bound, never pasted.

Each file is valid as it stands: its `VALUES` blocks hold an example, which binding replaces. Every branch of
a UNION has a block of its own: what is outside a branch is joined to it only after it was answered alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from graph.model.terms import NamedNode

_HERE = Path(__file__).parent


@cache
def text(name: str) -> str:
    """The text of a question."""
    return (_HERE / f"{name}.rq").read_text(encoding="utf-8")


def bind(name: str, variable: str, things: Iterable[NamedNode]) -> str:
    """A question about these things.

    Args:
        things: terms; an IRI that could break out of its brackets cannot be made into one.
    """
    values = " ".join(str(thing) for thing in things)
    bound, count = re.subn(
        rf"(VALUES \?{re.escape(variable)} )\{{[^}}]*\}}",
        lambda found: f"{found.group(1)}{{ {values} }}",
        text(name),
    )
    if not count:
        raise ValueError(f"{name}.rq has no block VALUES ?{variable}")
    return bound
