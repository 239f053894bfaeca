"""What an endpoint sends, read by our own engine's parsers: whole, or an error.

Solutions always travel as SPARQL JSON and triples as N-Triples: a list that is cut anywhere cannot be
read to its end, as no CSV or Turtle that simply stops can tell. What the client wants is written from
there, in the same bytes as by the embedded store.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Protocol, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
    serialize,
)

from graph.errors import InputError, Issue
from graph.model.terms import Term, Triple
from graph.store.remote.dialects import Dialect
from graph.store.remote.text import Kind

ACCEPT: dict[Kind, str] = {
    "solutions": "application/sparql-results+json",
    "boolean": "application/sparql-results+json",
    "graph": "application/n-triples, text/plain;q=0.5",
}
"""Kind of query → what the endpoint is asked for."""
TRUE = frozenset({"1", "true"})


class Source(Protocol):
    """A stream of the endpoint's bytes; keeps its last words."""

    tail: bytes

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


class Sink(Protocol):
    """Where an answer is written."""

    def write(self, content: bytes, /) -> int:
        """Takes bytes; how many it took."""
        ...

    def flush(self) -> None:
        """Called at the end."""
        ...


def form_of(kind: Kind, solutions_type: str, graph_type: str) -> QueryResultsFormat | RdfFormat:
    """The form in which an answer is wanted.

    Raises:
        InputError: both are looked at, and one is none that the engine writes.
    """
    forms: dict[str, QueryResultsFormat | RdfFormat | None] = {
        "solutions_type": QueryResultsFormat.from_media_type(solutions_type),
        "graph_type": RdfFormat.from_media_type(graph_type),
    }
    for name, given in (("solutions_type", solutions_type), ("graph_type", graph_type)):
        if forms[name] is None:
            issue = Issue(name, "a media type that the engine writes", given)
            raise InputError(f"answers do not come as {given[:100]}", issues=(issue,))
    found = forms["graph_type" if kind == "graph" else "solutions_type"]
    assert found is not None  # noqa: S101 - looked at above
    return found


def rewrite(
    kind: Kind, source: Source, sink: Sink, form: QueryResultsFormat | RdfFormat, dialect: Dialect
) -> None:
    """Reads an answer to its end and writes it as it is wanted.

    Raises:
        QueryError: it is cut, or not what it should be.
        VerreError: whatever `source` and `sink` raise.
    """
    out = cast(IO[bytes], sink)
    with _reading(source, dialect):
        if kind == "graph":
            assert isinstance(form, RdfFormat)  # noqa: S101 - see form_of
            serialize(_triples(source), output=out, format=form)
            return
        assert isinstance(form, QueryResultsFormat)  # noqa: S101 - see form_of
        result = _results(source)
        if kind == "boolean":
            result = _boolean(result)
        result.serialize(out, form)


def rows(source: Source, dialect: Dialect) -> Iterator[tuple[Term | None, ...]]:
    """The solutions of an answer; errors as in `rewrite`."""
    with _reading(source, dialect):
        for solution in cast(QuerySolutions, _results(source)):
            yield tuple(solution)


def booleans(source: Source, dialect: Dialect) -> Iterator[bool]:
    """The answer to an ASK; errors as in `rewrite`."""
    for result in results(source, dialect):
        yield bool(_boolean(result))


def results(source: Source, dialect: Dialect) -> Iterator[QuerySolutions | QueryBoolean]:
    """The answer to a SELECT or ASK, read to its end; errors as in `rewrite`."""
    whole = io.BytesIO()
    while piece := source.read(2**16):
        whole.write(piece)
    whole.seek(0)
    with _reading(source, dialect):
        yield _results(cast(Source, whole))


def triples(source: Source, dialect: Dialect) -> Iterator[Triple]:
    """The triples of an answer; errors as in `rewrite`."""
    with _reading(source, dialect):
        yield from _triples(source)


@contextmanager
def _reading(source: Source, dialect: Dialect) -> Iterator[None]:
    try:
        yield
    except (SyntaxError, ValueError) as error:
        raise dialect.broken(f"{error} … {source.tail.decode('utf-8', 'replace')}") from error


def _results(source: Source) -> QuerySolutions | QueryBoolean:
    return parse_query_results(cast(IO[bytes], source), format=QueryResultsFormat.JSON)


def _triples(source: Source) -> Iterator[Triple]:
    for quad in parse(cast(IO[bytes], source), format=RdfFormat.N_TRIPLES):
        yield quad.triple


def _boolean(result: QuerySolutions | QueryBoolean) -> QueryBoolean:
    """Virtuoso answers an ASK with a table of one number."""
    if isinstance(result, QueryBoolean):
        return result
    said = [getattr(term, "value", "") for row in result for term in row]
    answer = b'{"head":{},"boolean":%s}' % (b"true" if said and said[0] in TRUE else b"false")
    return cast(QueryBoolean, parse_query_results(answer, format=QueryResultsFormat.JSON))
