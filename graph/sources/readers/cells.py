"""Cells that cannot be trusted as they stand: formulas, wrong encodings, control characters, novels."""

from __future__ import annotations

import re

from graph.sources.rows import CellFault

_BROKEN = re.compile("[\udc80-\udcff]")
_MOJIBAKE = re.compile(
    "[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|ï»¿",
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

FORMULA = "a formula is not read: put its result in the cell"


def repaired(cell: str) -> str:
    """A cell whose bytes are not UTF-8, with those bytes read as Windows-1252; any other as it is.

    Args:
        cell: decoded with `surrogateescape`.
    """

    def letter(match: re.Match[str]) -> str:
        byte = bytes([ord(match[0]) - 0xDC00])
        return byte.decode("cp1252", "ignore") or byte.decode("latin-1")

    return _BROKEN.sub(letter, cell)


def inspect(index: int, cell: str, longest: int) -> CellFault | None:
    """What is wrong with a cell before anybody asks what it means.

    Args:
        index: its place in the row.
        cell: its text, decoded with `surrogateescape`.
        longest: most characters, the setting `VERRE_CELL_CHARACTERS`.
    """
    if len(cell) > longest:
        detail = f"{len(cell)} characters, more than VERRE_CELL_CHARACTERS allows ({longest})"
        return CellFault(index, detail)
    if cell.lstrip().startswith("="):
        return CellFault(index, FORMULA)
    if _CONTROL.search(cell):
        return CellFault(index, "a control character that no text has: type the cell again")
    return None if cell.isascii() else _encoding(index, cell)


def _encoding(index: int, cell: str) -> CellFault | None:
    if _BROKEN.search(cell):
        detail = f"not UTF-8; in Windows-1252 it reads {repaired(cell)[:80]!r}: save the sheet as CSV UTF-8"
        return CellFault(index, detail)
    if "\ufffd" in cell:
        return CellFault(index, "wrong encoding: a letter was lost and stands as \ufffd; type it again")
    if match := _MOJIBAKE.search(cell):
        detail = f"wrong encoding: {match[0]!r} is UTF-8 read as Windows-1252; {_guess(cell)}"
        return CellFault(index, detail)
    return None


def _guess(cell: str) -> str:
    try:
        return f"it was probably {cell.encode('cp1252').decode()[:80]!r}"
    except UnicodeError:
        return "open the original again as UTF-8"
