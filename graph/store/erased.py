"""IRIs that were erased for good.

Only their SHA-256 is kept: enough to answer 410 and to keep the next build from bringing the record
back, not enough to read who it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from graph.model.terms import NamedNode, Term, Triple
from graph.store.layout import write_durably


def fingerprint(iri: str) -> str:
    """The SHA-256 of an IRI, in hexadecimal."""
    return hashlib.sha256(iri.encode()).hexdigest()


class Erased:
    """The fingerprints of erased IRIs.

    Args:
        path: the file of them, one a line; none is the same as an empty one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._prints: frozenset[str] = frozenset()
        self._hides = lru_cache(maxsize=2**16)(self._look)
        with suppress(FileNotFoundError):
            self._prints = frozenset(path.read_text("ascii").split())

    def __contains__(self, iri: str) -> bool:
        return bool(self._prints) and self._hides(iri)

    def __len__(self) -> int:
        return len(self._prints)

    def hides(self, triple: Triple) -> bool:
        """Whether the triple speaks of an erased thing: as subject, object, or in a quoted triple."""
        return bool(self._prints) and (self._in(triple.subject) or self._in(triple.object))

    def add(self, iris: Iterable[str]) -> None:
        """Remembers these, durably."""
        self._prints |= {fingerprint(iri) for iri in iris}
        self._hides.cache_clear()
        write_durably(self._path, "".join(f"{one}\n" for one in sorted(self._prints)).encode())

    def _in(self, term: Term) -> bool:
        if isinstance(term, NamedNode):
            return term.value in self
        return isinstance(term, Triple) and self.hides(term)

    def _look(self, iri: str) -> bool:
        return fingerprint(iri) in self._prints
