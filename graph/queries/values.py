"""What a person writes as a parameter, as the term that its kind means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from graph.errors import InputError, Issue
from graph.index import Index
from graph.model.namespaces import XSD, code
from graph.model.terms import Literal, NamedNode, Term
from graph.queries import Parameter, StoredQuery


def terms(query: StoredQuery, given: Mapping[str, Sequence[str]], index: Index) -> dict[str, list[Term]]:
    """The values of a question's parameters as terms, to be bound.

    Raises:
        InputError: no such parameter, or a value that can be no term of its kind; UnknownValue and
            NotFound where it names nothing.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            hint = f"it has {', '.join(known)}" if known else "it has none"
            raise InputError(
                f"the question {query.name} has no parameter {name!r}: {hint}", issues=(Issue(name, hint),)
            )
    return {name: [term(known[name], value, index) for value in values] for name, values in given.items()}


def term(parameter: Parameter, value: str, index: Index) -> Term:
    """One value as the term that its parameter means; errors as in `terms`."""
    try:
        return _MAKERS[parameter.kind](value, index)
    except ValueError:
        issue = Issue(parameter.name, f"is no {parameter.kind}", value)
        raise InputError(f"{parameter.name}: {value!r} is no {parameter.kind}", issues=(issue,)) from None


def _market(value: str, index: Index) -> Term:
    return NamedNode(str(index.market(index.find_market(value), "en")["iri"]))


def _organization(value: str, index: Index) -> Term:
    return NamedNode(index.resolve(value).iri)


def _status(value: str, _: Index) -> Term:
    return NamedNode(value) if ":" in value else code("engagement-status", value)


def _iri(value: str, _: Index) -> Term:
    return NamedNode(value)


def _plain(value: str, _: Index) -> Term:
    return Literal(value)


def _typed(kind: str) -> Callable[[str, Index], Term]:
    return lambda value, _: Literal(value, datatype=XSD[kind])


_MAKERS: dict[str, Callable[[str, Index], Term]] = {
    "market": _market,
    "organization": _organization,
    "status": _status,
    "iri": _iri,
    "date": _typed("date"),
    "boolean": _typed("boolean"),
    "text": _plain,
    "language": _plain,
}
