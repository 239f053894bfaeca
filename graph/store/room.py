"""Disks that take no more: one error for all the ways in which they say so."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from graph.errors import NoRoom

HELP = {
    errno.ENOSPC: "the disk is full: make room, or keep fewer releases (VERRE_KEEP_RELEASES)",
    errno.EDQUOT: "the disk quota of this user is used up: make room, or have it raised",
    errno.EFBIG: "a file may not grow as large as it has to: raise the limit of the process (ulimit -f)",
    errno.EROFS: "the disk is mounted read-only: mount it for writing, or find out why it no longer is",
    errno.EACCES: "this user may not write to the folder: give it to the user that Verre runs as",
    errno.EPERM: "this user may not write to the folder: give it to the user that Verre runs as",
}
"""Error number → what it means and what helps."""

_SAID = {
    "no space left": errno.ENOSPC,
    "disk quota": errno.EDQUOT,
    "file too large": errno.EFBIG,
    "read-only file system": errno.EROFS,
    "permission denied": errno.EACCES,
    "operation not permitted": errno.EPERM,
}
"""Words of the store's engine, which gives no number → the number."""

_SQLITE = {8: errno.EROFS, 10: errno.ENOSPC, 13: errno.ENOSPC, 14: errno.EACCES}
"""SQLite's READONLY, IOERR, FULL and CANTOPEN → the number that comes nearest."""


@contextmanager
def needs_room(home: Path) -> Iterator[None]:
    """Turns what the disk below `home` refuses into `NoRoom`; other errors pass.

    Raises:
        NoRoom: with what would help.
    """
    try:
        yield
    except (OSError, sqlite3.OperationalError, apsw.Error) as error:
        raise no_room(error, home) or error from error


def no_room(error: BaseException, home: Path) -> NoRoom | None:
    """The error to raise where this one says that the disk below `home` takes no more, else None.

    It names no path: strangers may read it. The cause of it does, for the log.
    """
    number = refusal(error, home)
    if number is None:
        return None
    detail = f"nothing was written, and the graph is as it was: {HELP[number]}"
    return NoRoom(detail, setting="VERRE_HOME")


def refusal(error: BaseException, home: Path) -> int | None:
    """The number of the error if it says that the disk below `home` takes no more, else None."""
    code = getattr(error, "sqlite_errorcode", None) or getattr(error, "result", None)
    if isinstance(code, int):
        return _SQLITE.get(code & 0xFF)
    if not isinstance(error, OSError):
        return None
    if error.filename is not None and not _below(error.filename, home):
        return None
    if error.errno in HELP:
        return error.errno
    text = str(error).lower()
    return next((number for words, number in _SAID.items() if words in text), None)


def _below(name: object, home: Path) -> bool:
    return isinstance(name, str | bytes | Path) and Path(str(name)).absolute().is_relative_to(home.absolute())
