"""An index file, opened for reading: it never changes, so no reader waits for another.

Beside the file may lie a log with what releases since changed (`graph.index.change`); SQLite reads
both together. Neither is ever written to once a release has it, so nothing is locked: a lock would
be shared by all releases that hold the same file by a hard link.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import orjson

from graph.errors import StoreError
from graph.index.schema import VERSION
from graph.index.text import fold

T = TypeVar("T")

Parameters = Sequence[object]
Row = tuple[Any, ...]


@lru_cache(4096)
def _folded(text: str | None) -> str | None:
    """`fold` in SQL, to sort by labels; there are few of them and many rows, so answers are kept."""
    return None if text is None else fold(text)


def log_of(path: Path) -> Path:
    """Where the log of an index lies."""
    return path.with_name(f"{path.name}-wal")


def address(path: Path) -> str:
    """How SQLite opens an index without locks: exclusively, so that it needs no file beside the log."""
    how = "vfs=unix-none" if log_of(path).exists() else "immutable=1"
    return f"file:{quote(str(path.absolute()))}?mode=ro&{how}"


class _Held:
    """A connection that closes with its last user: SQLite ends the process if it is closed under a query."""

    def __init__(self, path: Path) -> None:
        connection = sqlite3.connect(address(path), uri=True, isolation_level=None, check_same_thread=False)
        self.connection = connection
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA mmap_size = 1073741824")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.create_function("fold", 1, _folded, deterministic=True)

    def __del__(self) -> None:
        connection: sqlite3.Connection | None = getattr(self, "connection", None)
        if connection is not None:  # there was a file
            connection.close()


class Database:
    """A connection a thread on one file.

    Raises:
        StoreError: there is no file, it is no index, or one that another version made; or it was closed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local: threading.local | None = threading.local()
        try:
            found: dict[str, str] = dict(self.rows("SELECT key, value FROM meta"))
        except sqlite3.Error as error:
            self.close()
            raise StoreError(f"{path} is no index: {error}") from error
        if found.get("version") != VERSION:
            self.close()
            raise StoreError(f"{path} was made by another version of Verre: build a new release")
        self.release: str = found["release"]

    def _held(self) -> _Held:
        """What this thread asks; whoever does keeps it until the answer is there."""
        local = self._local
        if local is None:
            raise StoreError(f"{self.path} was closed")
        held: _Held | None = getattr(local, "held", None)
        if held is None:
            held = local.held = _Held(self.path)
        return held

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows of a query."""
        held = self._held()
        return held.connection.execute(sql, parameters).fetchall()

    def iterate(self, sql: str, parameters: Parameters = ()) -> Iterator[Row]:
        """The rows of a query, made while they are read."""
        held = self._held()
        yield from held.connection.execute(sql, parameters)

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """The first row, if there is one."""
        held = self._held()
        found: Row | None = held.connection.execute(sql, parameters).fetchone()
        return found

    def number(self, sql: str, parameters: Parameters = ()) -> int:
        """The first value of the first row, a count."""
        found = self.row(sql, parameters)
        return int(found[0]) if found else 0

    def close(self) -> None:
        """Closes the connections of all threads, each as soon as no query of its thread runs."""
        self._local = None


def many(values: Iterable[object]) -> str:
    """Values as one bound parameter, for `IN (SELECT value FROM json_each(?))`."""
    return orjson.dumps(list(values)).decode()


IN = "IN (SELECT value FROM json_each(?))"
"""A test against the values of `many`."""


class Cache:
    """Answers that stay right for as long as the file does; the least used go first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under a key, made if it is not there."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                found: T = self._held[key]
                return found
        made = make()
        with self._lock:
            self._held[key] = made
            while len(self._held) > self._size:
                self._held.popitem(last=False)
        return made
