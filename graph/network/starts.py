"""Where a network begins: anything that it has nodes for, by the names that people and machines use."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import Issue, NotFound, UnknownValue
from graph.index import references
from graph.index.catalogue import MARKETS
from graph.index.shaping import Shaper

_IRIS = " UNION ALL ".join(
    f"SELECT id FROM {table} WHERE iri = ?1" for table in ("organization", "person", "mission", "award")
)
_REFS = "SELECT id FROM person WHERE ref = ?1 UNION ALL SELECT id FROM mission WHERE ref = ?1"


def find(shaper: Shaper, ref: str, parameter: str = "of") -> int:
    """The number of a node: of an organization, a person, a mission, an award; the negative one of a market.

    An IRI means what it names. Another text is an organization in any spelling of its reference, else a
    market by code or name in any language (`market:` before it makes sure), else a person or a mission
    by the last part of its IRI.

    Args:
        ref: what somebody wrote.
        parameter: whose value it is, for the error.

    Raises:
        NotFound: there is nothing of that name; the issue tells the nearest market.
    """
    word, colon, rest = ref.strip().partition(":")
    if colon and word == "market":
        return -_market(shaper, rest.strip(), parameter)
    if "://" in ref:
        row = shaper.db.row(_IRIS, (ref.strip(),))
        if row is not None:
            return int(row[0])
    found = references.find(shaper.db, ref)
    if found is not None:
        return found[0]
    try:
        return -_market(shaper, ref.strip(), parameter)
    except NotFound:
        row = shaper.db.row(_REFS, (ref.strip(),))
        if row is None:
            raise
        return int(row[0])


def find_all(shaper: Shaper, refs: Iterable[str], parameter: str = "of") -> list[int]:
    """`find` for each of several, each once."""
    return list(dict.fromkeys(find(shaper, ref, parameter) for ref in refs))


def _market(shaper: Shaper, text: str, parameter: str) -> int:
    try:
        return shaper.catalogue.find(MARKETS, text, parameter)
    except UnknownValue as error:
        near = error.issues[0].detail.partition(": did you mean ")[2]
        hint = f"; is it the market {near}" if near else ""
        detail = f"no organization, market, person or mission has this name{hint}"
        issue = Issue(parameter, detail, text)
        raise NotFound(f"There is no {text[:100]!r} in the network.", issues=(issue,)) from None
