"""Texts that a spreadsheet must not take for a formula, and back."""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def escape(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    One that begins with `=`, `+`, `-`, `@`, a tab or a return gets an apostrophe before it; so does one
    that begins with apostrophes and then one of these, so that `unescape` gives every cell back as it was.
    """
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def unescape(cell: str) -> str:
    """What `escape` made safe, as it was.

    >>> unescape(escape("=1+1")), unescape(escape("'-5")), unescape("'t Voske")
    ('=1+1', "'-5", "'t Voske")
    """
    return cell[1:] if _ESCAPED.match(cell) else cell
