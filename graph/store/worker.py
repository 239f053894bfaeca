"""What a reader process does: opens a release, gives up what it does not need, answers one query after the other."""

from __future__ import annotations

import ctypes
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

import orjson
from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
)

from graph.errors import (
    InputError,
    Issue,
    NotFound,
    QueryFailed,
    QuerySyntaxError,
    QueryTooLarge,
    StoreError,
    VerreError,
)
from graph.store import confine, gate, nesting, protocol
from graph.store.locks import Lease
from graph.store.parts import Part, part_in

NOWHERE = NamedNode("urn:verre:nowhere")
TOO_MUCH_MEMORY = "the query needs more memory than a reader may take"


class Replies:
    """The stream that the engine writes an answer to; raises once it is too long.

    Args:
        connection: to the parent.
        most: bytes that the answer may have.
        head: the HEAD frame, which travels with the first bytes.
    """

    def __init__(self, connection: socket.socket, most: int, head: bytes) -> None:
        self._connection = connection
        self._left = most
        self._head = head
        self._held = bytearray()

    def write(self, content: bytes) -> int:
        """Takes bytes; sends them when there are enough."""
        self._left -= len(content)
        if self._left < 0:
            raise QueryTooLarge("the answer has more bytes than allowed", setting="VERRE_QUERY_BYTES")
        self._held += content
        if len(self._held) >= protocol.PIECE:
            self._send()
        return len(content)

    def flush(self) -> None:
        """The engine calls it at the end; what is left goes with END."""

    def finish(self, end: bytes) -> None:
        """Sends what is left and the END frame, all at once."""
        self._send(end)

    def _send(self, end: bytes = b"") -> None:
        data = protocol.frame(protocol.DATA, bytes(self._held)) if self._held else b""
        self._connection.sendall(self._head + data + end)
        self._head = b""
        self._held.clear()


def answer(store: Store, job: dict[str, Any], connection: socket.socket, end: Callable[[], bytes]) -> None:
    """Runs one query and sends its answer.

    Args:
        store: the release.
        job: what a JOB frame carries.
        connection: to the parent.
        end: makes the END frame, once all is done.

    Raises:
        VerreError: a query that cannot be read, may not run, is too large, or fails.
    """
    solutions = _format(QueryResultsFormat, "solutions_type", job["solutions_type"])
    triples = _format(RdfFormat, "graph_type", job["graph_type"])
    try:
        nesting.check(job["text"], job["nesting"])
        gate.check(job["text"])
        result = store.query(job["text"], base_iri=job.get("base_iri"), **_dataset(job))
        kind, form = ("graph", triples)
        if isinstance(result, QuerySolutions | QueryBoolean):
            kind, form = ("solutions" if isinstance(result, QuerySolutions) else "boolean", solutions)
        head = protocol.message(protocol.HEAD, kind=kind, media_type=form.media_type)
        replies = Replies(connection, job["bytes"], head)
        result.serialize(cast(IO[bytes], replies), form)
        replies.finish(end())
    except SyntaxError as error:
        raise QuerySyntaxError(str(error)) from error
    except MemoryError as error:
        raise QueryTooLarge(TOO_MUCH_MEMORY, setting="VERRE_QUERY_MEMORY") from error
    except RuntimeError as error:
        if "custom function" in str(error):  # the asker's doing: there is no such function
            raise QuerySyntaxError(str(error)) from error
        raise QueryFailed(str(error)) from error
    except OSError as error:
        if "does not support" in str(error):  # a triple about a triple, asked for in a form that has none
            raise InputError(str(error), issues=(Issue("format", "a form that can hold it"),)) from error
        # Where its words name a file of this machine, they are for the log, not for who asked.
        print(f"reading failed: {error}", file=sys.stderr, flush=True)  # noqa: T201
        told = "" if "/" in str(error) else f": {error}"
        raise QueryFailed(f"the engine could not read what it needs{told}") from error
    except ValueError as error:
        raise QueryFailed(str(error)) from error


def _format(kind: Any, name: str, media_type: str) -> Any:
    found = kind.from_media_type(media_type)
    if found is None:
        issue = Issue(name, "a media type that the engine writes", media_type)
        raise InputError(f"answers do not come as {media_type[:100]}", issues=(issue,))
    return found


def _dataset(job: dict[str, Any]) -> dict[str, Any]:
    """The protocol's dataset, which replaces that of the query.

    Where only named graphs are given, the default graph is empty, and the other way round.
    """
    default, named = job["default_graphs"], job["named_graphs"]
    if default is None and named is None:
        return {}
    try:
        return {
            "default_graph": [NamedNode(iri) for iri in dict.fromkeys(default or ())] or [NOWHERE],
            "named_graphs": [NamedNode(iri) for iri in dict.fromkeys(named or ())],
        }
    except ValueError as error:
        raise InputError(f"a graph is named by an IRI: {error}") from error


def serve(store: Store, connection: socket.socket, spent: Callable[[], bool] = lambda: False) -> None:
    """Answers jobs until the other end goes away.

    Args:
        store: the release.
        connection: to the parent.
        spent: whether this process has grown so much that another should take its place.
    """

    def end() -> bytes:
        return protocol.message(protocol.END, spent=spent())

    while (job := protocol.receive(connection)) is not None:
        try:
            answer(store, orjson.loads(job[1]), connection, end)
        except VerreError as error:
            connection.sendall(protocol.failure(error))


def warm(store: Store) -> None:
    """Reads at one place of every index, so that the engine has opened most of its files."""
    anywhere = NamedNode("urn:verre:anywhere")
    for graph in (None, DefaultGraph(), anywhere):
        for subject, predicate, value in (
            (anywhere, None, None),
            (None, anywhere, None),
            (None, None, anywhere),
        ):
            list(store.quads_for_pattern(subject, predicate, value, graph))
    store.query("SELECT * { ?s ?p ?o } LIMIT 10").serialize(format=QueryResultsFormat.JSON)  # type: ignore[arg-type]


def _open(release: Path, part: Part, memory: int) -> tuple[Store, Callable[[], bool]]:
    folder = part_in(release, part).store_path
    try:
        store = Store.read_only(str(folder))
    except OSError as error:
        if not folder.exists():
            raise NotFound(f"release {release.name} is no longer kept") from error
        raise StoreError(f"{folder} cannot be opened: {error}") from error
    warm(store)
    return store, confined(folder, memory)


def confined(folder: Path | None, memory: int) -> Callable[[], bool]:
    """Gives up what a reader does not need; what tells whether it has grown so much that it should be replaced.

    Args:
        folder: of the engine; `None` where the store is in memory.
        memory: bytes that a query may take.
    """
    size = confine.confine(folder, memory)
    held = size()
    trim = ctypes.CDLL(None).malloc_trim

    def spent() -> bool:
        if size() - held > memory // 4:
            trim(0)
        return size() - held > memory // 2

    return spent


def read(connection: socket.socket, release: Path, part: Part, memory: int) -> None:
    """The life of a reader: opens a release, gives up what it does not need, answers until nobody is there.

    Args:
        connection: to the parent.
        release: folder of the release.
        part: which part of it.
        memory: bytes that a query may take.
    """
    confine.end_with(connection)
    try:
        lease = Lease(release / "lease")
        store, spent = _open(release, part, memory)
    except VerreError as error:
        connection.sendall(protocol.failure(error))
        return
    with lease:
        connection.sendall(protocol.frame(protocol.READY))
        serve(store, connection, spent)
