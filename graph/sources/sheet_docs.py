"""The part of `docs/sheets.md` that follows from the tables: every sheet and its columns."""

from __future__ import annotations

from graph.sources.codes import CODES
from graph.sources.headings import HEADINGS, LANGUAGES
from graph.sources.tables import TABLES, Column, Table

BEGIN = "<!-- begin of what graph/sources/sheet_docs.py writes -->"
END = "<!-- end of what graph/sources/sheet_docs.py writes -->"


def tables_section() -> str:
    """All tables in Markdown, between the two marks."""
    return "\n\n".join([BEGIN, *(_table(table) for table in TABLES), _codes(), END])


def updated(page: str) -> str:
    """A page with its part between the marks written anew."""
    before, _, rest = page.partition(BEGIN)
    return before + tables_section() + rest.partition(END)[2]


def _table(table: Table) -> str:
    names = " / ".join(table.labels[language] for language in LANGUAGES)
    lines = [f"### `{table.name}` ({names})", ""]
    if table.one_of:
        lines += [f"At least one of {', '.join(f'`{name}`' for name in table.one_of)} is needed.", ""]
    lines += ["| Column | nl / en / fr | What goes into it |", "|---|---|---|"]
    lines += [_row(column) for column in table.columns]
    return "\n".join(lines)


def _row(column: Column) -> str:
    heading = HEADINGS[column.name]
    labels = " / ".join(heading.labels[language] for language in LANGUAGES)
    star = " *" if column.required else ""
    text = heading.help["en"]
    if column.codes:
        text += f" ([`{column.codes}`](#words))"
    if column.many and ";" not in text:
        text += "; several with `;` between them"
    return f"| `{column.name}`{star} | {labels} | {text} |"


def _codes() -> str:
    lines = ["### Words", "", "| List | Words |", "|---|---|"]
    lines += [f"| `{name}` | {', '.join(f'`{word}`' for word in words)} |" for name, words in CODES.items()]
    return "\n".join(lines)
