"""What `q` of a list asks for: things with all its words in a name, or, where there are none, in one like it.

So a list is complete for what is spelled right, and still answers a typing error, another legal form
or another script. Both come from the table of names that search uses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.index.database import IN, Database, Parameters, many
from graph.index.find import LONGEST, Wanted, hits
from graph.names import fold

NEAR = 0.7
"""What is less like the text than this is not in a list: a list is no place to guess."""

MOST = 200
"""Most things that are only like the text."""

_LETTERS = 3
"""A text with fewer letters and digits is like too much."""

_RUN = re.compile(r"[a-z0-9]{3,}")


def called(db: Database, text: str, *kinds: str) -> tuple[str, Parameters]:
    """A subquery of ours for the numbers of the things, and what it binds.

    Args:
        text: not empty.
        kinds: of things, as `graph.index.find` names them; their numbers must not overlap.
    """
    sql, values = containing(text, kinds)
    if db.row(f"{sql} LIMIT 1", values) is not None:
        return sql, values
    return "SELECT value FROM json_each(?)", [many(_near(db, text, kinds))]


def containing(text: str, kinds: Sequence[str]) -> tuple[str, Parameters]:
    """Things with each word of a text somewhere in one of their names."""
    tokens = fold(text).split()
    conditions, values = [f"kind {IN}"], [many(kinds)]
    pieces = {
        run[at : at + 3] for token in tokens for run in _RUN.findall(token) for at in range(len(run) - 2)
    }
    if pieces:
        conditions.append("id IN (SELECT rowid FROM gram WHERE gram MATCH ?)")
        values.append(" AND ".join(f'"{piece}"' for piece in sorted(pieces)))
    for token in tokens:
        conditions.append(r"COALESCE(folded, text) LIKE ? ESCAPE '\'")
        values.append(pattern(token))
    return f"SELECT subject FROM spelling WHERE {' AND '.join(conditions)}", values


def pattern(text: str) -> str:
    """A LIKE pattern for a part of a text; what LIKE takes for a joker means itself.

    SQLite reads a pattern no further than a NUL; no name has one in it, so such a text finds nothing.
    """
    plain = fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "\ufffd")
    return f"%{plain}%"


def _near(db: Database, text: str, kinds: Sequence[str]) -> list[int]:
    if len(text) > LONGEST or sum(map(str.isalnum, text)) < _LETTERS:
        return []
    wanted = Wanted(kinds=frozenset(kinds), limit=MOST, prefix=True, near=NEAR)
    return [hit.subject for hit in hits(db, [text], wanted)[0]]
