"""What a release has beside its sources, made of the whole or of its change."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from graph.model.terms import Triple
from graph.store.change import Change
from graph.store.view import GraphView

CHANGE_QUADS = 50_000

Triples = AbstractSet[Triple]


def _nothing(_: GraphView) -> set[Triple]:
    return set()


def _no_index(_: GraphView, path: Path, __: str) -> None:
    path.touch()


def _accept(_: GraphView, __: Change | None) -> None:
    return


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Derive:
    """What a release has beside its sources; all of it is made for each part of a release by itself.

    `infer_change` and `index_change` are asked first where they are given, where the release before was
    derived by the same version, and where at most `change_quads` statements are others; what they do not
    take is made whole by `infer` and `index`.

    Attributes:
        infer: gives the triples of the inferred graph. The view still has those of the release
            before; the answer must not depend on them.
        index: makes the list index: (view, path of the file, name of the release).
        check: raises if the release must not be published: (view, what changed). None instead of a change
            stands for all of it. Called for each part that is another than before.
        today: the day that `infer` works with; written into the manifest.
        version: changes when `infer` or `index` would make something else of the same facts.
        infer_change: gives what to add to the inferred graph and what to remove from it: (view, what
            changed of the facts); None: `infer` has to do it. `Change.before` is the day of the release before.
        index_change: makes the list index from that of the release before: (its path, view, what changed with
            the inferred graph, path of the file, name of the release). False, and then any file that it has
            made whose name begins with that of `path` is deleted: `index` has to do it.
        describe: gives the graph that counts what the others hold: (view, what changed with the inferred
            graph, name of the release). The view still has that of the release before, which is no part of
            the change. It is made last, and only where something else has changed.
        change_quads: most statements that a change may have to be derived from alone.
    """

    infer: Callable[[GraphView], set[Triple]] = _nothing
    index: Callable[[GraphView, Path, str], None] = _no_index
    check: Callable[[GraphView, Change | None], None] = _accept
    today: date = field(default_factory=_today)
    version: str = ""
    infer_change: Callable[[GraphView, Change], tuple[Triples, Triples] | None] | None = None
    index_change: Callable[[Path, GraphView, Change, Path, str], bool] | None = None
    describe: Callable[[GraphView, Change | None, str], Triples] | None = None
    change_quads: int = CHANGE_QUADS

    def make_index(
        self, base: Path | None, view: GraphView, change: Change | None, path: Path, release: str
    ) -> None:
        """The index by its change where that can be, else whole.

        Args:
            base: the index of the release before; None: make it whole.
            view: the state that it is made of.
            change: since the release before; None: make it whole.
            path: the file to make.
            release: its name.
        """
        if base is not None and change is not None and self.index_change is not None and base.exists():
            if self.index_change(base, view, change, path, release):
                return
            for left in path.parent.glob(f"{path.name}*"):
                with suppress(FileNotFoundError):
                    left.unlink()
        self.index(view, path, release)
