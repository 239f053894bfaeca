"""Changes on their way to the endpoint, in pieces of a bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar, cast

import httpx

from graph.errors import StoreError
from graph.model.terms import Literal, NamedNode, Quad, Subject, Triple
from graph.store.rdf import written
from graph.store.remote.dialects import said
from graph.store.remote.endpoint import Endpoint, unreachable
from graph.store.remote.view import RemoteView

T = TypeVar("T")
BY_GRAPH_STORE = 500
"""Statements for one graph from which its graph store address is faster than an update."""
PAIRS = 200
"""Subjects with their predicates that are asked for at a time."""

Statement = tuple[Triple, NamedNode | None]
"""A triple and its graph; `None` is the default graph."""


class Sender:
    """Writes to the endpoint.

    Args:
        endpoint: which; it has an update address.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._size = min(endpoint.settings.store_piece, endpoint.dialect.piece)

    def apply(self, removed: Sequence[Statement], added: Sequence[Statement]) -> None:
        """Takes statements away and adds others: in one update where they fit into one, else piece by piece.

        Raises:
            StoreError: the endpoint does not take it; part of it may be there.
        """
        if not removed and not added:
            return
        with self.endpoint.client(self.endpoint.settings.store_timeout) as client:
            if len(removed) + len(added) <= self._size:
                texts = self._removal(removed) + ([_data("INSERT", added)] if added else [])
                self._update(client, " ;\n".join(texts))
                return
            for piece in pieces(removed, self._size):
                self._update(client, " ;\n".join(self._removal(piece)))
            self._add(client, added)

    def _removal(self, statements: Sequence[Statement]) -> list[str]:
        return removal(statements, by_value=self.endpoint.dialect.by_value)

    def _add(self, client: httpx.Client, added: Iterable[Statement]) -> None:
        by_graph: dict[NamedNode | None, list[Triple]] = {}
        for triple, graph in added:
            by_graph.setdefault(graph, []).append(triple)
        address = self.endpoint.graphs
        for graph, triples in by_graph.items():
            if address is not None and len(triples) >= BY_GRAPH_STORE:
                for piece in pieces(triples, self.endpoint.settings.store_piece):
                    self._post(client, address, graph, piece)
            else:
                for piece in pieces(triples, self._size):
                    self._update(client, _data("INSERT", [(triple, graph) for triple in piece]))

    def _post(
        self, client: httpx.Client, address: str, graph: NamedNode | None, triples: Sequence[Triple]
    ) -> None:
        body = written(triples, "application/n-triples")
        parameters = {"graph": graph.value} if graph else {"default": ""}
        self._send(
            client.build_request(
                "POST",
                address,
                params=parameters,
                content=body,
                headers={"Content-Type": "application/n-triples"},
            ),
            client,
        )

    def _update(self, client: httpx.Client, text: str) -> None:
        address = self.endpoint.update
        assert address is not None  # noqa: S101 - capability `updates`
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        self._send(client.build_request("POST", address, content=text.encode(), headers=headers), client)

    def _send(self, request: httpx.Request, client: httpx.Client) -> None:
        try:
            response = client.send(request)
        except httpx.HTTPError as error:
            raise unreachable(error) from error
        if response.is_success:
            return
        if response.status_code in {401, 403}:
            raise StoreError(
                "the endpoint does not let us write: its user, password or token is not enough",
                setting="VERRE_STORE_USER",
            )
        raise StoreError(f"the endpoint refuses a write ({response.status_code}): {said(response.text)}")


def found(view: RemoteView, triples: Iterable[Triple]) -> set[Quad]:
    """Everything that named graphs say, the merge aside, with the subject and predicate of one of these triples.

    Objects are compared by who asks: Virtuoso does not find a text with a language in a VALUES.
    """
    pairs = sorted({(t.subject, t.predicate) for t in triples}, key=str)
    quads: set[Quad] = set()
    for piece in pieces(pairs, PAIRS):
        values = " ".join(f"({subject} {predicate})" for subject, predicate in piece)
        text = f"SELECT ?g ?s ?p ?o {{ VALUES (?s ?p) {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        for graph, subject, predicate, value in view.select(text):
            assert isinstance(graph, NamedNode)  # noqa: S101 - what GRAPH gives
            assert isinstance(predicate, NamedNode)  # noqa: S101 - as in every triple
            assert isinstance(subject, Subject)  # noqa: S101 - as in every triple
            assert value is not None  # noqa: S101 - as in every triple
            quads.add(Quad(subject, predicate, value, graph))
    return quads


def pieces(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size` items."""
    rest = iter(items)
    while piece := list(islice(rest, size)):
        yield piece


def removal(statements: Sequence[Statement], *, by_value: bool) -> list[str]:
    """The operations that take statements away.

    Virtuoso lets some texts with a language stay when they are named in a DELETE DATA; it finds them by what they say.
    """
    sought = [each for each in statements if by_value and getattr(each[0].object, "language", None)]
    named = [each for each in statements if each not in sought] if sought else statements
    texts = [_data("DELETE", named)] if named else []
    for triple, graph in sought:
        value = cast(Literal, triple.object)
        pattern = _in_graph(f"{triple.subject} {triple.predicate} ?o", graph)
        says = f'LANG(?o) = "{value.language}" && STR(?o) = {Literal(value.value)}'
        texts.append(f"DELETE {{ {pattern} }} WHERE {{ {pattern} FILTER({says}) }}")
    return texts


def _in_graph(pattern: str, graph: NamedNode | None) -> str:
    return f"GRAPH {graph} {{ {pattern} }}" if graph else pattern


def _data(verb: str, statements: Iterable[Statement]) -> str:
    by_graph: dict[NamedNode | None, list[str]] = {}
    for triple, graph in statements:
        by_graph.setdefault(graph, []).append(f"{triple.subject} {triple.predicate} {triple.object} .")
    blocks = [
        f"GRAPH {graph} {{\n{chr(10).join(lines)}\n}}" if graph else "\n".join(lines)
        for graph, lines in by_graph.items()
    ]
    return f"{verb} DATA {{\n{chr(10).join(blocks)}\n}}"
