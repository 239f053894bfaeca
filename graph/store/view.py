"""How the rest of `graph` reads: one small interface over whatever holds the triples.

The default graph of every view is the merge of its public graphs, each triple once, so that counts
over it are right; `GRAPH ?g { … }` names the sources.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, Store

from graph.errors import QueryError, QueryFailed, QuerySyntaxError
from graph.model.terms import DefaultGraph, NamedNode, Quad, Term, Triple

Row = tuple[Term | None, ...]
"""One solution, in the order of the variables of the SELECT; `None` where a variable is unbound."""

Graphs = dict[NamedNode, set[Triple]]
"""Triples by graph IRI."""

Result = QuerySolutions | QueryBoolean | QueryTriples


class GraphView(Protocol):
    """Triples in named graphs and their merge, read in this process.

    For queries of ours; what a stranger sends goes to `graph.store.pool`, which can stop it.
    """

    def select(self, query: str) -> Iterator[Row]:
        """The solutions of a SELECT.

        Raises:
            QuerySyntaxError: the engine cannot read it.
            QueryError: it is not a SELECT.
        """
        ...

    def ask(self, query: str) -> bool:
        """The answer to an ASK; errors as in `select`."""
        ...

    def construct(self, query: str) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE; errors as in `select`. One may come twice."""
        ...

    def triples(self, graph: NamedNode | None = None) -> Iterator[Triple]:
        """All triples of a named graph, or of the merge."""
        ...

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, value: Term | None
    ) -> Iterator[Triple]:
        """The triples of the merge with these terms; `None` stands for any."""
        ...

    def graphs(self) -> list[NamedNode]:
        """The named graphs, sorted by IRI."""
        ...


class StoreView:
    """A `GraphView` on a store of the engine: in memory, or a release opened for reading."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def select(self, query: str) -> Iterator[Row]:
        """See `GraphView.select`."""
        result = self._run(query)
        if not isinstance(result, QuerySolutions):
            raise QueryError("a SELECT query was expected")
        return _rows(result)

    def ask(self, query: str) -> bool:
        """See `GraphView.ask`."""
        result = self._run(query)
        if not isinstance(result, QueryBoolean):
            raise QueryError("an ASK query was expected")
        return bool(result)

    def construct(self, query: str) -> Iterator[Triple]:
        """See `GraphView.construct`."""
        result = self._run(query)
        if not isinstance(result, QueryTriples):
            raise QueryError("a CONSTRUCT or DESCRIBE query was expected")
        return _triples(result)

    def triples(self, graph: NamedNode | None = None) -> Iterator[Triple]:
        """See `GraphView.triples`."""
        for quad in self._store.quads_for_pattern(None, None, None, graph or DefaultGraph()):
            yield quad.triple

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, value: Term | None
    ) -> Iterator[Triple]:
        """See `GraphView.match`."""
        for quad in self._store.quads_for_pattern(subject, predicate, value, DefaultGraph()):
            yield quad.triple

    def graphs(self) -> list[NamedNode]:
        """See `GraphView.graphs`."""
        names = [name for name in self._store.named_graphs() if isinstance(name, NamedNode)]
        return sorted(names, key=lambda name: name.value)

    def written(self, query: str) -> Iterator[list[str]]:
        """The solutions of a SELECT, their terms as SPARQL's TSV writes them; an unbound one is empty.

        The engine writes in a thread of its own while they are read: twice as fast as `select` for many.
        Errors as in `select`.
        """
        inlet, end = os.pipe()
        outlet = os.fdopen(end, "wb", buffering=0)
        failed: list[Exception] = []

        def write() -> None:
            found: Result | None = None
            try:
                found = self._run(query)
                if not isinstance(found, QuerySolutions):
                    raise QueryError("a SELECT query was expected")
                found.serialize(outlet, format=QueryResultsFormat.TSV)
            except Exception as error:  # whatever it is, the reader raises it
                failed.append(error)
            finally:
                del found  # it may not outlive its thread, as it would in the error
                outlet.close()

        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        try:
            with os.fdopen(inlet, encoding="utf-8", newline="\n", buffering=1 << 16) as stream:
                next(stream, None)
                for line in stream:
                    yield line[:-1].split("\t")
        finally:
            writer.join()
        for error in failed:
            if isinstance(error, OSError | RuntimeError):
                raise QueryFailed(str(error)) from error
            raise error

    def _run(self, query: str) -> Result:
        try:
            return self._store.query(query)
        except SyntaxError as error:
            raise QuerySyntaxError(str(error)) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryFailed(str(error)) from error


def memory_view(graphs: Mapping[NamedNode, AbstractSet[Triple]]) -> GraphView:
    """A view on a store in memory: the given graphs, and their merge as the default graph."""
    return StoreView(memory_store(graphs))


def memory_store(graphs: Mapping[NamedNode, AbstractSet[Triple]]) -> Store:
    """The store behind `memory_view`."""
    store = Store()
    for name, triples in graphs.items():
        store.add_graph(name)
        store.extend(Quad(t.subject, t.predicate, t.object, name) for t in triples)
    merge: set[Triple] = set().union(*graphs.values())
    store.extend(Quad(t.subject, t.predicate, t.object) for t in merge)
    return store


def _rows(solutions: QuerySolutions) -> Iterator[Row]:
    try:
        for solution in solutions:
            yield tuple(solution)
    except (OSError, RuntimeError) as error:
        raise QueryFailed(str(error)) from error


def _triples(triples: QueryTriples) -> Iterator[Triple]:
    try:
        yield from triples
    except (OSError, RuntimeError) as error:
        raise QueryFailed(str(error)) from error
