"""Hygiene queries: `ontologies/hygiene/*.rq`, one bad habit a file.

A file opens with a banner: what it looks for, then `severity:` and the message by language.

::

    # A word of ours that is used but nowhere defined.
    #
    # severity: warning
    # nl: …
    # en: …
    # fr: …
    SELECT ?focus ?path ?value ?graph WHERE { … }

Its columns are those four in that order; the last ones may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from graph.errors import InputError, Issue, QueryError
from graph.model.terms import BlankNode, Literal, NamedNode, Term
from graph.quality.report import Finding, Severity

if TYPE_CHECKING:
    from graph.store.view import GraphView

COLUMNS = ("focus", "path", "value", "graph")
_HEAD = re.compile(r"# (severity|nl|en|fr): (.+)")
_SELECT = re.compile(r"^SELECT (?:DISTINCT )?((?:\?\w+ )+)(?:WHERE )?\{", re.MULTILINE)


@dataclass(frozen=True)
class HygieneQuery:
    """One file.

    Attributes:
        name: the file's name without its ending; the `check` of its findings.
        about: the first line of the banner.
        severity: of everything that it finds.
        message: what is wrong, by language.
        text: the whole file, which is a query.
    """

    name: str
    about: str
    severity: Severity
    message: dict[str, str]
    text: str


def load_query(file: Path) -> HygieneQuery:
    """Reads one file.

    Raises:
        InputError: a banner or columns that are not as they should be.
    """
    text = file.read_text(encoding="utf-8")
    head = {key: value for line in text.splitlines() for key, value in _HEAD.findall(line)}
    severity = head.pop("severity", "")
    if severity not in get_args(Severity) or set(head) != {"nl", "en", "fr"}:
        raise _refused(file, "its banner needs `severity:` (violation, warning or info), `nl:`, `en:`, `fr:`")
    select = _SELECT.search(text)
    columns = tuple(select.group(1).replace("?", "").split()) if select else ()
    if not columns or columns != COLUMNS[: len(columns)]:
        raise _refused(file, "it has to select ?focus ?path ?value ?graph, in this order")
    about = text.partition("\n")[0].removeprefix("# ")
    return HygieneQuery(file.stem, about, severity, head, text)


def run_queries(view: GraphView, folder: Path) -> Iterator[Finding]:
    """What the queries of a folder find.

    Raises:
        InputError: a file that is no such query.
    """
    for file in sorted(folder.glob("*.rq")):
        query = load_query(file)
        try:
            rows = list(view.select(query.text))
        except QueryError as error:
            raise _refused(file, str(error)) from error
        for row in rows:
            yield _finding(query, row)


def _finding(query: HygieneQuery, row: tuple[Term | None, ...]) -> Finding:
    cells = dict(zip(COLUMNS, map(_text, row), strict=False))
    graph = cells.get("graph")
    return Finding(
        severity=query.severity,
        check=query.name,
        focus=cells["focus"] or "",
        message=query.message,
        path=cells.get("path"),
        value=cells.get("value"),
        graphs=(graph,) if graph else (),
    )


def _text(term: Term | None) -> str | None:
    if isinstance(term, NamedNode | Literal):
        return term.value
    return str(term) if isinstance(term, BlankNode) else None


def _refused(file: Path, detail: str) -> InputError:
    return InputError(f"the hygiene query {file.name} cannot be used", issues=(Issue(file.name, detail),))
