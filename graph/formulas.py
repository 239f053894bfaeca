"""What may stand in a cell of a table that a spreadsheet opens.

A spreadsheet takes a text that begins with `=`, `+`, `-`, `@`, a tab or a line end for a formula
(OWASP, CSV Injection). Such a text gets an apostrophe in front; numbers stay numbers, negative ones too.
"""

from __future__ import annotations

import re

MOST = 32_000
"""Characters of a cell; a workbook holds 32,767."""

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_INSIDE = re.compile(r"([;\t\r\n][ \u00a0]*)(?=[=+\-@＝＋－＠])")
"""Where a formula would begin if a program cut here: Excel in Belgium takes `;` for the separator."""


def safe_text(value: str) -> str:
    """The text as a cell may hold it: it starts no formula and is no longer than a cell."""
    text = value if len(value) <= MOST else value[: MOST - 1] + "…"
    start = text.lstrip(" \u00a0\ufeff")
    return f"'{text}" if start and start[0] in _FORMULA else text


def split_safe(value: str) -> str:
    """The text with no formula behind what a program may take for a separator."""
    return _INSIDE.sub(r"\1'", value)


def safe_field(value: str) -> str:
    """The text as a field of a CSV may hold it, whatever the program that opens it takes for a separator."""
    return split_safe(safe_text(value))
