"""Sanctions lists as they are published, each read as entries; which one a file is, its beginning tells."""

from __future__ import annotations

import re
from pathlib import Path

from graph.errors import InputError, Issue
from graph.screening.formats.eu import EuCsv, EuXml
from graph.screening.formats.ofac import OfacCsv, OfacXml
from graph.screening.formats.opensanctions import Entities, Simple
from graph.screening.formats.source import Source
from graph.screening.formats.un import UnXml
from graph.settings import Settings

__all__ = ["FORMATS", "Source", "opened"]

FORMATS: dict[str, type[Source]] = {
    each.name: each for each in (Entities, Simple, EuCsv, EuXml, UnXml, OfacXml, OfacCsv)
}
"""By the name that `--format` takes."""
BEGINNING = 8192

_SIGNS: tuple[tuple[re.Pattern[str], type[Source]], ...] = (
    (re.compile(r"\s*\{"), Entities),
    (re.compile(r'"?id"?,"?schema"?,"?name"?,'), Simple),
    (re.compile(r"[^\n]{0,8000}\bEntity_LogicalId\b"), EuCsv),
    (re.compile(r"\s*<[^\0]{0,2000}<export\b|\s*<export\b"), EuXml),
    (re.compile(r"\s*<[^\0]{0,2000}<CONSOLIDATED_LIST\b|\s*<CONSOLIDATED_LIST\b"), UnXml),
    (re.compile(r"\s*<[^\0]{0,2000}<sdnList\b|\s*<sdnList\b"), OfacXml),
    (re.compile(r'\d{1,9},"'), OfacCsv),
)
"""How each begins."""


def opened(path: Path, form: str | None, settings: Settings) -> Source:
    """A file, to be read as the format that it is.

    Args:
        form: which one that is, by name; recognised where it is not given.

    Raises:
        InputError: there is no such format, or the file is recognised as none.
    """
    known = ", ".join(FORMATS)
    if form is not None:
        if form not in FORMATS:
            issue = Issue("format", f"one of {known}", form)
            raise InputError("there is no such format of lists", issues=(issue,))
        return FORMATS[form](path, settings)
    with path.open("rb") as stream:
        beginning = stream.read(BEGINNING).decode("utf-8-sig", "replace")
    for sign, source in _SIGNS:
        if sign.match(beginning):
            return source(path, settings)
    issue = Issue(f"{path.name}, row 1", f"none of {known}; say which with --format")
    raise InputError(f"{path.name} is not recognised as a sanctions list", issues=(issue,))
