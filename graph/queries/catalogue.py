"""Writes `docs/queries.md` from the heads of the stored queries: `python -m graph.queries.catalogue`."""

from __future__ import annotations

from pathlib import Path

from graph.queries import StoredQuery, load, names
from graph.queries.kinds import KINDS

_START = """# Stored queries

The questions that the product asks, as SPARQL 1.1 in `graph/queries/*.rq`. Each runs as it stands on any SPARQL 1.1
engine; the tests run them on two and compare. In a browser each is a form at `/queries/{name}` that asks it, shows its
answer as a table and opens it in the editor; a field of the form is labelled by `parameter.{name}` of the pages' texts. This page is made from their heads by
`python -m graph.queries.catalogue docs/queries.md`, and a test keeps it current.

"""

_HOW = """
## How to add one

1. Write `graph/queries/{name}.rq`. Its first lines say what it is:

   ```
   # title@nl: …
   # title@en: …
   # title@fr: …
   # description@nl: …
   # description@en: …
   # description@fr: …
   # parameter: market market many required
   # parameter: asOf date example "2018-06-01"^^xsd:date
   ```

   A parameter line is: name, kind, then `many` (several values mean "or"), `required`, and `example` with terms where
   the query itself has none.
2. Give each parameter a block of its own in the query, with example values or free: `VALUES ?market { country:CHN }`,
   `VALUES ?asOf { UNDEF }`. Binding puts terms into that block, or `UNDEF` when the parameter is not given; the query
   has to make sense with both. No value of a user ever gets into the text in another way. A new name of a parameter needs
   a label, `parameter.{name}` in `api/pages/locales/`.
3. Use only prefixes of `graph/model/namespaces.py`, no function of one vendor, and sort the answer by enough columns
   that it always comes in the same order.
4. Compare dates by the inferred `verre:notBefore`, `verre:notAfter`, `verre:attestedFrom` and `verre:attestedTo`: the
   stated ones may be a year or a month.
5. Run `python -m graph.queries.catalogue docs/queries.md` and `pytest tests/queries`: the new query is run on two
   engines over the real data without another line of test. Add one that says what the answer has to be.
"""


def render() -> str:
    """The whole page."""
    kinds = "".join(f"| `{name}` | {words} |\n" for name, (words, _) in KINDS.items())
    return (
        _START
        + "".join(_section(load(name)) for name in names())
        + f"## Kinds of parameter\n\n| Kind | What is meant |\n|---|---|\n{kinds}"
        + _HOW
    )


def _section(query: StoredQuery) -> str:
    lines = [f"## `{query.name}`", "", f"**{query.title['en']}** {query.description['en']}", ""]
    lines += [f"* {lang}: {query.title[lang]}" for lang in ("nl", "fr")]
    if query.parameters:
        lines += ["", "| Parameter | Kind | | Example |", "|---|---|---|---|"]
    for parameter in query.parameters:
        words = ", ".join(
            word for word, said in (("required", parameter.required), ("many", parameter.many)) if said
        )
        lines.append(f"| `{parameter.name}` | {parameter.kind} | {words} | `{parameter.example}` |")
    return "\n".join([*lines, "", ""])


def write(path: Path) -> None:
    """Writes the page."""
    path.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    import sys

    write(Path(sys.argv[1]))
