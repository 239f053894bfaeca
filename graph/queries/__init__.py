"""The questions that the product asks, one `.rq` file each: for analysts, for documentation, for tests.

A file is valid SPARQL 1.1 as it stands, with example values. Comment lines at its head say what it is::

    # title@nl: …            # title@en: …            # title@fr: …
    # description@nl: …      # description@en: …      # description@fr: …
    # parameter: market market many required
    # parameter: asOf date example "2018-06-01"^^xsd:date

A parameter is a variable with a block `VALUES ?market { … }`. Binding puts terms into that block, as
the engine itself writes them; nothing else of the text changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import InputError, Issue, NotFound
from graph.model.terms import Term
from graph.queries.header import BLOCK, Parameter, StoredText, parse
from graph.queries.kinds import check

__all__ = ["Parameter", "StoredQuery", "folder", "load", "names"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class StoredQuery:
    """A question in SPARQL.

    Attributes:
        name: of the file, without its ending.
        title: by language.
        description: by language.
        text: the query as it stands in the file, without the head.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str

    def bind(self, values: Mapping[str, Sequence[Term]]) -> str:
        """The query with these terms in place of the examples; a parameter that is not given is free.

        Raises:
            InputError: a parameter that the question does not have, one that it needs and did not get,
                several terms where one is meant, or a term of another kind.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                hint = f"it has {', '.join(known)}" if known else "it has none"
                raise _refused(name, f"the question {self.name} has no such parameter: {hint}")
        blocks = {name: _block(parameter, values.get(name, ())) for name, parameter in known.items()}

        def put(match: re.Match[str]) -> str:
            name = match.group(1)
            return f"VALUES ?{name} {{ {blocks[name]} }}" if name in blocks else match.group(0)

        return BLOCK.sub(put, self.text)


def _block(parameter: Parameter, terms: Sequence[Term]) -> str:
    if not terms:
        if parameter.required:
            raise _refused(parameter.name, "this has to be given")
        return "UNDEF"
    if len(terms) > 1 and not parameter.many:
        raise _refused(parameter.name, f"one value is meant, {len(terms)} are given")
    for term in terms:
        fault = check(parameter.kind, term)
        if fault:
            raise InputError(f"{parameter.name}: {fault}", issues=(Issue(parameter.name, fault, str(term)),))
    return " ".join(str(term) for term in terms)


def _refused(name: str, detail: str) -> InputError:
    return InputError(f"{name}: {detail}", issues=(Issue(name, detail),))


def folder() -> Path:
    """Where the files are."""
    return _FOLDER


def names() -> list[str]:
    """The names of all stored queries, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.rq"))


@cache
def load(name: str) -> StoredQuery:
    """One stored query.

    Raises:
        NotFound: there is none of that name.
        QuerySyntaxError: its head cannot be read; says where and what would be right.
    """
    if name not in names():
        raise NotFound(f"there is no stored query {name!r}")
    path = _FOLDER / f"{name}.rq"
    return of_text(name, parse(path.name, path.read_text(encoding="utf-8")))


def of_text(name: str, stored: StoredText) -> StoredQuery:
    """A stored query from its parsed file."""
    return StoredQuery(name, stored.title, stored.description, stored.parameters, stored.text)
