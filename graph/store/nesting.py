"""How deeply a query may be nested: the engine follows brackets by calling itself, until its stack ends."""

from __future__ import annotations

import re

from graph.errors import QueryRefused

_BRACKET = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>
    | "{3}[^"\\]*(?:(?:\\.|"{1,2}(?!"))[^"\\]*)*"{3} | '{3}[^'\\]*(?:(?:\\.|'{1,2}(?!'))[^'\\]*)*'{3}
    | "[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*" | '[^'\\\n\r]*(?:\\.[^'\\\n\r]*)*'
    | \#[^\n\r]*
    | \\.
    | (?P<opens> [{(\[] ) | (?P<closes> [})\]] ) | (?P<unclosed> ["'] )
    """,
    re.VERBOSE | re.DOTALL,
)


def check(text: str, most: int) -> None:
    """Refuses a query whose brackets are nested too deeply.

    Reads it only where it has enough of them. One that gets past, with long chains of operators in
    place of brackets, costs a reader and is told the same.

    Raises:
        QueryRefused: they are.
    """
    if text.count("{") + text.count("(") + text.count("[") <= most:
        return
    depth = 0
    for found in _BRACKET.finditer(text):
        if found["opens"]:
            depth += 1
            if depth > most:
                raise QueryRefused(
                    f"the query is nested too deeply: at character {found.start() + 1} more than {most} "
                    "brackets are open",
                    setting="VERRE_QUERY_NESTING",
                )
        elif found["closes"]:
            depth -= 1
        elif found["unclosed"]:  # the engine will say so
            return
