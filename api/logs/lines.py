"""Lines that are appended to a file by a thread, also by several processes at the same time.

Each batch of whole lines is one `write` to a descriptor opened with O_APPEND: the kernel puts it
behind what others wrote. A file that has grown is renamed by whoever sees it first; the others
notice that the name means another file and open that one. A line written to the renamed file in
between is not lost. A disk that takes no write costs lines, never an answer.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

log = logging.getLogger("verre.api")

HELD = 100_000
"""Most lines that wait for the thread; beyond it the oldest are lost, and counted."""
MODE = 0o640
STDERR = 2
Record = dict[str, Any]


class Lines:
    """A log of JSON lines.

    Args:
        path: the file; None: standard error.
        most: bytes from which on the file is put aside.
        keep: files put aside that stay.
        gather: seconds that lines may wait for others, so that one write does for many.
        finish: what is left to do to a record in the thread: hashing, for one.

    Attributes:
        lost: records that were never written.
    """

    def __init__(
        self,
        path: Path | None,
        most: int,
        keep: int,
        *,
        gather: float = 0.0,
        finish: Callable[[Record], Record] | None = None,
    ) -> None:
        self.lost = 0
        self._path = path
        self._most = most
        self._keep = keep
        self._gather = gather
        self._finish = finish
        self._held: deque[Record] = deque()
        self._awake = threading.Event()
        self._hurry = threading.Event()
        self._over = False
        self._descriptor = -1
        self._torn = False
        self._failing = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begins to write."""
        self._thread = threading.Thread(target=self._write_on, name="verre-log", daemon=True)
        self._thread.start()

    def put(self, record: Record, *, urgent: bool = False) -> None:
        """Adds a line; costs the caller no system call to a disk. Nothing happens before `start`.

        Args:
            urgent: it does not wait for others.
        """
        if self._thread is None:
            return
        if len(self._held) >= HELD:
            self.lost += 1
            return
        self._held.append(record)
        if urgent:
            self._hurry.set()
        if not self._awake.is_set():
            self._awake.set()

    def close(self) -> None:
        """Writes what waits, and ends; blocks until that is done."""
        if self._thread is None:
            return
        self._over = True
        self._hurry.set()
        self._awake.set()
        self._thread.join()
        self._thread = None
        self._shut()

    def _write_on(self) -> None:
        while not self._over:
            self._awake.wait()
            if self._gather:
                self._hurry.wait(self._gather)
            self._hurry.clear()
            self._awake.clear()
            self._write_held()
        self._write_held()

    def _write_held(self) -> None:
        records = [self._held.popleft() for _ in range(len(self._held))]
        if not records:
            return
        try:
            self._append(b"".join(self._line(record) for record in records))
            self._failing = False
        except OSError as error:
            self.lost += len(records)
            self._shut()
            if not self._failing:  # once, not for every line: the disk is full, and so may that log be
                log.warning("%s cannot be written: %s", self._path or "standard error", error)
            self._failing = True

    def _line(self, record: Record) -> bytes:
        if self._finish is not None:
            record = self._finish(record)
        return orjson.dumps(record, default=str, option=orjson.OPT_NON_STR_KEYS) + b"\n"

    def _append(self, data: bytes) -> None:
        descriptor = self._ready()
        if self._torn:  # a line before this one was cut short: what follows begins on a line of its own
            data = b"\n" + data
        self._torn = True
        while data:
            data = data[os.write(descriptor, data) :]
        self._torn = False

    def _ready(self) -> int:
        """The descriptor of the file that has the name now, with room in it."""
        if self._path is None:
            return STDERR
        for _ in range(3):
            if not self._is_open():
                self._shut()
                self._path.parent.mkdir(parents=True, exist_ok=True)
                flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
                self._descriptor = os.open(self._path, flags, MODE)
            if os.fstat(self._descriptor).st_size < self._most:
                break
            self._put_aside(self._path)
        return self._descriptor

    def _is_open(self) -> bool:
        if self._descriptor < 0 or self._path is None:
            return False
        try:
            there, here = self._path.stat(), os.fstat(self._descriptor)
        except FileNotFoundError:
            return False
        return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)

    def _put_aside(self, path: Path) -> None:
        """Renames the file, unless another process just did."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        try:
            if self._is_open():
                stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
                path.rename(path.with_name(f"{path.stem}-{stamp}{path.suffix}"))
                self._drop_old(path)
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _drop_old(self, path: Path) -> None:
        old = sorted(path.parent.glob(f"{path.stem}-????????T*Z{path.suffix}"))
        for each in old[: max(len(old) - self._keep, 0)]:
            with suppress(FileNotFoundError):
                each.unlink()

    def _shut(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1
