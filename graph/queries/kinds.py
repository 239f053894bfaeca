"""The kinds of parameter, and which terms are of which kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from graph.model.namespaces import CODE, COUNTRY, REGION, XSD
from graph.model.statuses import RANK
from graph.model.terms import Literal, NamedNode, Term

_STRING = XSD.string


def _iri(term: Term) -> bool:
    return isinstance(term, NamedNode)


def _market(term: Term) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith((COUNTRY, REGION))


def _status(term: Term) -> bool:
    prefix = f"{CODE}engagement-status/"
    return isinstance(term, NamedNode) and term.value in {prefix + word for word in RANK}


def _literal(term: Term, datatype: NamedNode) -> str | None:
    return term.value if isinstance(term, Literal) and term.datatype == datatype else None


def _date(term: Term) -> bool:
    text = _literal(term, XSD.date)
    try:
        return text is not None and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


KINDS: dict[str, tuple[str, Callable[[Term], bool]]] = {
    "iri": ("an IRI", _iri),
    "organization": ("the IRI of an organization", _iri),
    "market": ("the IRI of a country of the EU authority table, or of a region of ours", _market),
    "status": ("the IRI of an engagement status", _status),
    "date": ('a day as "2018-02-19"^^xsd:date', _date),
    "text": ('a plain text, as "pear"', lambda term: _literal(term, _STRING) is not None),
    "language": ('"nl", "en" or "fr"', lambda term: _literal(term, _STRING) in {"nl", "en", "fr"}),
    "boolean": ("true or false", lambda term: _literal(term, XSD.boolean) in {"true", "false"}),
}
"""By name: what is meant, in words, and the test of a term."""


def check(kind: str, term: Term) -> str | None:
    """What is wrong with a term of that kind, or None."""
    words, fits = KINDS[kind]
    return None if fits(term) else f"{words} is meant, not {term}"
