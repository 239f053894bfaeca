"""The endpoint as a `GraphView`: for questions of ours, in threads, as long as they take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import TypeVar
from urllib.parse import urlencode

import httpx
from pyoxigraph import QueryBoolean, QuerySolutions

from graph.errors import QueryError, QueryTimeout, QueryTooLarge
from graph.model.terms import Literal, NamedNode, Term, Triple
from graph.store.remote import answers
from graph.store.remote.dataset import Asked, over_merge, over_text
from graph.store.remote.dialects import WORDS, Dialect
from graph.store.remote.endpoint import FORM, Endpoint, unreachable
from graph.store.remote.text import Kind, Shape, rows_of, shape
from graph.store.view import Row

T = TypeVar("T")
Reading = Callable[[answers.Source, Dialect], Iterator[T]]


class RemoteView:
    """Reads the endpoint as it is at each question; there is no state that stays.

    In a `with` it keeps its connection from one question to the next.

    Args:
        endpoint: which.
        seconds: what one wait may take; `None`: `VERRE_STORE_TIMEOUT`.
    """

    def __init__(self, endpoint: Endpoint, seconds: float | None = None) -> None:
        self.endpoint = endpoint
        self._seconds = seconds or endpoint.settings.store_timeout
        self._kept: httpx.Client | None = None

    def __enter__(self) -> RemoteView:
        self._kept = self.endpoint.client(self._seconds)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    def select(self, query: str) -> Iterator[Row]:
        """See `GraphView.select`.

        Raises:
            StoreError: the endpoint does not answer.
        """
        return self._read(query, "solutions", answers.rows)

    def ask(self, query: str) -> bool:
        """See `GraphView.ask`."""
        return next(self._read(query, "boolean", answers.booleans))

    def construct(self, query: str) -> Iterator[Triple]:
        """See `GraphView.construct`."""
        found = shape(query)
        if found.form == "CONSTRUCT" and self.endpoint.dialect.cuts_graphs:
            for _ in self.select(rows_of(query)):  # raises where it is cut
                break
        return self._read(query, "graph", answers.triples)

    def triples(self, graph: NamedNode | None = None) -> Iterator[Triple]:
        """See `GraphView.triples`."""
        place = graph.value if graph else self.endpoint.merge
        address = self.endpoint.graphs
        inner = "?s ?p ?o"
        pattern = f"GRAPH {NamedNode(place)} {{ {inner} }}" if place else inner
        if address is not None:
            parameters = {"graph": place} if place else {"default": ""}
            found = self._streamed(("GET", address, parameters, None), "graph", answers.triples)
        else:
            asked = Asked(f"CONSTRUCT {{ {inner} }} WHERE {{ {pattern} }}", [])
            found = self._sent(asked, "graph", answers.triples)
        return self._counted(found, pattern) if self.endpoint.dialect.cuts_graphs else found

    def _counted(self, found: Iterator[Triple], pattern: str) -> Iterator[Triple]:
        """The same, and an error at the end where the endpoint has left some out without a word."""
        asked = Asked(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", [])
        ((count,),) = self._sent(asked, "solutions", answers.rows)
        number = 0
        for triple in found:
            number += 1
            yield triple
        if isinstance(count, Literal) and number < int(count.value):
            raise QueryTooLarge(
                f"the endpoint gave {number} triples of {count.value}: raise ResultSetMaxRows in its virtuoso.ini"
            )

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, value: Term | None
    ) -> Iterator[Triple]:
        """See `GraphView.match`."""
        asked = zip(("?s", "?p", "?o"), (subject, predicate, value), strict=True)
        pattern = " ".join(name if term is None else str(term) for name, term in asked)
        return self.construct(f"CONSTRUCT {{ {pattern} }} WHERE {{ {pattern} }}")

    def graphs(self) -> list[NamedNode]:
        """See `GraphView.graphs`; without the merge and what the endpoint keeps for itself."""
        dialect = self.endpoint.dialect
        rows = self._sent(Asked(dialect.list_graphs, []), "solutions", answers.rows)
        names = {row[0].value for row in rows if isinstance(row[0], NamedNode)} - {self.endpoint.merge}
        return [NamedNode(name) for name in sorted(names) if not dialect.keeps(name)]

    def asked(self, found: Shape) -> Asked:
        """A query as it is sent: on everything, or on the graphs that it names itself."""
        merge = self.endpoint.merge
        if found.clauses:
            asked = over_text(found)
        else:
            named = [name.value for name in self.graphs()] if merge and found.graphs else []
            asked = over_merge(found, merge, named)
        return Asked(self.endpoint.dialect.prepared(asked.text, found.form), asked.parameters)

    def result(self, asked: Asked, kind: Kind) -> QuerySolutions | QueryBoolean:
        """The answer to a SELECT or ASK, read to its end."""
        return next(self._sent(asked, kind, answers.results))

    def _read(self, query: str, kind: Kind, reading: Reading[T]) -> Iterator[T]:
        found = shape(query)
        if found.kind != kind:
            raise QueryError(f"a query of another form was expected: {kind}")
        # what is wrong with a query is said when it is asked, not when its answer is read
        return _begun(self._sent(self.asked(found), kind, reading))

    def _sent(self, asked: Asked, kind: Kind, reading: Reading[T]) -> Iterator[T]:
        content = urlencode([("query", asked.text), *asked.parameters]).encode()
        return self._streamed(("POST", self.endpoint.query, {}, content), kind, reading)

    def _streamed(
        self, request: tuple[str, str, dict[str, str], bytes | None], kind: Kind, reading: Reading[T]
    ) -> Iterator[T]:
        method, address, parameters, content = request
        headers = {"Accept": answers.ACCEPT[kind], **({"Content-Type": FORM} if content is not None else {})}
        with ExitStack() as stack:
            client = self._kept or stack.enter_context(self.endpoint.client(self._seconds))
            made = client.build_request(
                method, address, params=parameters or None, content=content, headers=headers
            )
            source = stack.enter_context(self._answer(client, made))
            yield from reading(source, self.endpoint.dialect)

    @contextmanager
    def _answer(self, client: httpx.Client, request: httpx.Request) -> Iterator[Streamed]:
        dialect = self.endpoint.dialect
        try:
            response = client.send(request, stream=True)
            try:
                if response.status_code == 404 and request.method == "GET":  # a graph that nobody holds
                    yield Streamed(iter(()))
                    return
                if response.status_code != 200:
                    raise dialect.refused(response.status_code, _words(response))
                cut = dialect.cut(response.headers)
                if cut is not None:
                    raise cut
                yield Streamed(response.iter_bytes())
            finally:
                response.close()
        except httpx.ReadTimeout as error:
            raise QueryTimeout(
                f"the endpoint took more than {self._seconds:g} s", setting="VERRE_STORE_TIMEOUT"
            ) from error
        except httpx.HTTPError as error:
            raise unreachable(error) from error


class Streamed:
    """Bytes as a file; keeps its last words."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = memoryview(b"")
        self.tail = b""

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes; none at the end."""
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._held = memoryview(piece)
            self.tail = (self.tail + piece[-WORDS:])[-WORDS:]
        size = len(self._held) if size < 0 else size
        piece, self._held = bytes(self._held[:size]), self._held[size:]
        return piece


def _words(response: httpx.Response) -> str:
    words = bytearray()
    for piece in response.iter_bytes():
        words += piece
        if len(words) > WORDS * 4:
            break
    return bytes(words[: WORDS * 4]).decode("utf-8", "replace")


def _begun(rows: Iterator[T]) -> Iterator[T]:
    """The same, with its first item fetched already."""
    first = list(_first(rows))

    def all_of_it() -> Iterator[T]:
        yield from first
        yield from rows

    return all_of_it()


def _first(rows: Iterator[T]) -> Iterator[T]:
    for row in rows:
        yield row
        return
