"""What is asked of those who write, and what they answer: the same for our store and for a remote one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

WriteKind = Literal["update", "put", "post", "delete"]
"""A SPARQL Update, or one of the writing methods of the Graph Store Protocol."""


@dataclass(frozen=True)
class Write:
    """One write as it came.

    Attributes:
        kind: an update, or what is to be done to one graph: replaced, added to, deleted.
        text: of an update.
        using: the protocol's `using-graph-uri`; `None` where the request has none.
        using_named: the protocol's `using-named-graph-uri`.
        graph: the graph of a graph store write; `None` is the default graph, which only a bare
            store lets anybody write.
        body: file with the triples of `put` and `post`; whoever writes reads it and leaves it there.
        media_type: of `body`.
        base_iri: what relative IRIs of the text or body are resolved against.
        actor: who asked: the id of a key.
        lenient: let violations of severity Warning pass, and report them.
        timeout: seconds; `None`: the setting.
    """

    kind: WriteKind
    text: str = ""
    using: tuple[str, ...] | None = None
    using_named: tuple[str, ...] | None = None
    graph: str | None = None
    body: Path | None = None
    media_type: str = "text/turtle"
    base_iri: str | None = None
    actor: str = ""
    lenient: bool = False
    timeout: float | None = None


@dataclass(frozen=True)
class Written:
    """What came of a write.

    Attributes:
        release: the release that holds it; the one before where nothing changed.
        changed: whether it made a difference.
        created: whether a graph store write made its graph.
        added: statements that named graphs say now and did not.
        removed: statements that they say no longer.
        report: findings of severity Warning or lower, as `graph.quality` gives them.
    """

    release: str
    changed: bool = True
    created: bool = False
    added: int = 0
    removed: int = 0
    report: tuple[dict[str, Any], ...] = field(default=())


class Writes(Protocol):
    """Those who write."""

    async def start(self) -> None:
        """Makes ready; nothing is locked."""
        ...

    async def close(self) -> None:
        """Ends; a write under way is done or leaves no trace."""
        ...

    async def write(self, write: Write) -> Written:
        """Does one write, durably, once it returns; writes that wait share a release.

        Raises:
            QuerySyntaxError: not an update.
            InputError: blank nodes, no graph named, one that is not for writing, a body that cannot be read.
            QueryRefused: LOAD, SERVICE.
            NotFound: a graph to be deleted that is not there.
            WriteRefused: the shapes do not allow it.
            WriteTimeout: it took too long.
            Unsupported: this store cannot do it.
            Busy: too many wait already.
            StoreError: Locked, NoRoom, or another failure; the graph is as it was.
        """
        ...
