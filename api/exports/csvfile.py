"""CSV as RFC 4180 has it: UTF-8, commas, CRLF, a header row of stable names."""

from __future__ import annotations

import csv
import io

from api.exports.cells import Sheet, Value, safe_rows
from graph.formulas import split_safe


def _text(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return split_safe(value) if isinstance(value, str) else value


def write(sheet: Sheet) -> bytes:
    """The sheet as CSV; where it was cut, its last line says so."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.keys)
    for row in safe_rows(sheet.rows):
        writer.writerow([_text(value) for value in row])
    if sheet.cut is not None:
        writer.writerow([f"# {sheet.cut.sentence(sheet.language)}"])
    return out.getvalue().encode()
