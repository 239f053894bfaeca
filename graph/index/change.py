"""The index of a release that differs little from the one before.

The file is that of the release before, by a hard link, and nobody ever writes to it. What differs
stands in a log beside it (SQLite's write-ahead log), a copy of the one before with more at its end.
Once the log has grown too large, a new file is made of both.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import apsw

from graph.index.database import log_of
from graph.index.refill import Refused, refill
from graph.index.schema import VERSION
from graph.index.touched import TooMany
from graph.store.change import Change
from graph.store.view import GraphView

LARGEST_LOG = 32 * 2**20
"""Bytes of a log before it goes into a file of its own; each release copies the log of the one before."""


def build_change(
    base: Path, view: GraphView, change: Change, path: Path, release: str, *, largest_log: int = LARGEST_LOG
) -> bool:
    """Makes the index of a release from that of the release before.

    Args:
        base: the index before; it stays as it is.
        view: the graphs after the change, with what is inferred now.
        change: all that differs, in the inferred graph as well.
        path: the index to make, on the same file system.
        release: the name of the release, kept inside.
        largest_log: bytes of the log of `base` from which a new file is made.

    Returns:
        False where it has to be made whole: too much is concerned, a market or a place is described
        otherwise, no number is left between two names, or `base` is none of this version. Then there
        is nothing at `path`.
    """
    try:
        _start(base, path, largest_log)
        with closing(connect(path)) as db:
            if _version(db) != VERSION:
                raise Refused("made by another version")
            db.execute("BEGIN")
            refill(db, view, change, release)
            db.execute("COMMIT")
    except (Refused, TooMany, FileNotFoundError, apsw.NotADBError):
        _remove(path)
        return False
    except BaseException:
        _remove(path)
        raise
    for file in (log_of(path), path):
        _make_durable(file)
    return True


def compact(path: Path) -> None:
    """Brings the log of an index into its file, which no other release may share."""
    with closing(connect(path, keep_log=False)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    log_of(path).unlink(missing_ok=True)
    _make_durable(path)


def connect(path: Path, *, keep_log: bool = True) -> apsw.Connection:
    """A connection that writes to the log alone.

    Without locks and shared memory: the file is linked into other releases, whose readers must not
    notice, and the folder is the writer's own.
    """
    flags = apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_READWRITE
    db = apsw.Connection(f"file:{quote(str(path.absolute()))}?vfs=unix-none", flags=flags)
    try:
        if keep_log:
            db.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        for pragma in (
            "locking_mode = EXCLUSIVE",
            "wal_autocheckpoint = 0",
            "synchronous = OFF",
            "cache_size = -65536",
            "temp_store = MEMORY",
            "mmap_size = 1073741824",
        ):
            db.execute(f"PRAGMA {pragma}")
    except BaseException:
        db.close()
        raise
    return db


def _start(base: Path, path: Path, largest_log: int) -> None:
    """The file of the release before and a copy of its log; or one new file of both."""
    log = log_of(base)
    size = log.stat().st_size if log.exists() else 0
    if size > largest_log:
        shutil.copyfile(base, path)
        shutil.copyfile(log, log_of(path))
        compact(path)
        return
    os.link(base, path)
    if size:
        shutil.copyfile(log, log_of(path))


def _version(db: apsw.Connection) -> str | None:
    try:
        row = db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    except apsw.SQLError:  # an empty file has no tables
        return None
    return None if row is None else str(row[0])


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        path.unlink()
    with suppress(FileNotFoundError):
        log_of(path).unlink()


def _make_durable(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
