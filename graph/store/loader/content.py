"""What the loader holds: read from disk once, by a child, and then changed with each release."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import IO, cast

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from graph.errors import StoreError
from graph.store import changes
from graph.store.forker import close_all_but
from graph.store.locks import Lease
from graph.store.parts import part_in
from graph.store.release import open_read_only


class _Twice:
    """Takes the triples of a named graph as N-Triples, and passes each on twice: in its graph and in the merge.

    That saves reading the merge from disk, where each term is a look-up.

    Args:
        sink: where N-Quads go.
        graph: the IRI of the graph.
    """

    def __init__(self, sink: IO[bytes], graph: str) -> None:
        self._sink = sink
        self._end = f" <{graph}> .\n".encode()
        self._rest = b""

    def write(self, content: bytes) -> int:
        """Takes some bytes; passes whole lines on."""
        whole, newline, rest = content.rpartition(b"\n")
        if newline:
            lines = self._rest + whole + newline
            self._sink.write(lines)
            self._sink.write(lines.replace(b" .\n", self._end))  # a line end inside of a literal is escaped
            self._rest = rest
        else:
            self._rest += rest
        return len(content)

    def flush(self) -> None:
        """The engine calls it at the end."""


def begin(release: Path) -> tuple[int, int]:
    """Starts a child that reads the public part of a release.

    Args:
        release: its folder.

    Returns:
        A descriptor from which the N-Quads come, and the number of the child.
    """
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        _read(release, sink)
    os.close(sink)
    return source, child


def _read(release: Path, sink: int) -> None:
    code = 1
    try:
        close_all_but(sink)
        with Lease(release / "lease"), open(sink, "wb", 2**20) as stream:
            dump(open_read_only(part_in(release, "public").store_path), stream, merges(release))
        code = 0
    finally:
        os._exit(code)


def merges(release: Path) -> bool:
    """Whether the default graph of a release is the merge of its named graphs, as it is but in a bare store."""
    return not json.loads((release / "manifest.json").read_bytes()).get("bare", False)


def dump(store: Store, stream: IO[bytes], merged: bool) -> None:
    """Writes all of a store as N-Quads; some statements may come twice.

    Args:
        store: what is read.
        stream: where it goes.
        merged: whether the default graph is the merge of the others.
    """
    if not merged:
        store.dump(stream, RdfFormat.N_QUADS)
        return
    for graph in store.named_graphs():
        store.dump(cast(IO[bytes], _Twice(stream, graph.value)), RdfFormat.N_TRIPLES, from_graph=graph)


def load(source: int, child: int) -> Store:
    """The release that a child reads, in memory.

    Raises:
        StoreError: the child failed.
    """
    store = Store()
    try:
        store.bulk_load(path=f"/dev/fd/{source}", format=RdfFormat.N_QUADS, lenient=True)
    except (OSError, SyntaxError) as error:
        raise StoreError(f"the release cannot be taken into memory: {error}") from error
    finally:
        os.close(source)
        _, status = os.waitpid(child, 0)
    if status != 0:
        raise StoreError(f"the release could not be read: the child ended with {status}")
    return store


def apply(store: Store, release: Path) -> None:
    """Takes a store from the release before to this one.

    Raises:
        StoreError: the change was not kept, or cannot be read; then the store is of no use.
    """
    try:
        change = changes.read(release)
    except (OSError, SyntaxError) as error:
        raise StoreError(f"the change of {release.name} cannot be read: {error}") from error
    if change is None:
        raise StoreError(f"the change of {release.name} was not kept")
    added, removed = change
    for quad in removed:
        store.remove(quad)
    store.extend(added)
    for graph in {quad.graph_name for quad in removed} - {DefaultGraph()}:
        if isinstance(graph, NamedNode) and not any(store.quads_for_pattern(None, None, None, graph)):
            store.remove_graph(graph)
