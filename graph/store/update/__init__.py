"""SPARQL 1.1 Update without a scan of the store and without trust in its text.

::

    request = read("PREFIX … INSERT { GRAPH <…> { … } } WHERE { … }")
    for operation in request.operations:
        change = delta(operation, store, request.base_iri, guard)

`read` refuses LOAD and SERVICE, cuts the request into operations by tokens and has the engine read
each; `delta` finds by queries what one operation takes away and adds. Applying that is for who holds
the store: `graph.store.writing`.
"""

from __future__ import annotations

from graph.store import gate
from graph.store.update.evaluate import Delta, Guard, Request, delta
from graph.store.update.operations import Operation, Using
from graph.store.update.split import split

__all__ = ["Delta", "Guard", "Operation", "Request", "Using", "delta", "read", "split"]


def read(text: str, base_iri: str | None = None) -> Request:
    """Reads an update request.

    Args:
        text: as it came.
        base_iri: what relative IRIs are resolved against.

    Raises:
        QueryRefused: LOAD or SERVICE.
        QuerySyntaxError: it is no update; with line and column.
    """
    gate.check_update(text)
    request = Request(text, tuple(split(text)), base_iri)
    request.check_syntax()
    return request
