"""Loading a list: a file of somebody else's to a file of ours, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from graph.errors import InputError, Issue, NoRoom, SheetRefused
from graph.screening import lists, require, words
from graph.screening.lists import Version
from graph.screening.records import Entry
from graph.settings import Settings
from graph.store.layout import sync_folder

if TYPE_CHECKING:  # of the extra, which may be missing
    from graph.screening.formats import Source

TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (id INTEGER PRIMARY KEY, told BLOB NOT NULL);
CREATE TABLE identifier (value TEXT, entry INTEGER, PRIMARY KEY (value, entry)) WITHOUT ROWID;
CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL, count INTEGER NOT NULL);
CREATE TABLE near (key TEXT, word INTEGER, PRIMARY KEY (key, word)) WITHOUT ROWID;
CREATE TABLE posting (word INTEGER, entry INTEGER, PRIMARY KEY (word, entry)) WITHOUT ROWID;
CREATE TEMP TABLE found (word INTEGER, entry INTEGER);
CREATE TEMP TABLE close (key TEXT, word INTEGER);
"""
SETTLE = """
INSERT INTO posting SELECT DISTINCT word, entry FROM found ORDER BY word, entry;
UPDATE word SET count = (SELECT COUNT(*) FROM posting p WHERE p.word = word.id);
INSERT INTO near SELECT DISTINCT key, word FROM close ORDER BY key, word;
CREATE UNIQUE INDEX word_text ON word (text);
"""
TOLD = 1000
"""Entries between two words about progress."""

Tell = Callable[[str, int, int], None]


def _silent(_what: str, _done: int, _total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Order:
    """What to load.

    Attributes:
        file: of the list.
        name: what the installation calls it.
        title: what it is; its name unless given.
        day: as of which it is, where the file does not say.
        form: as which the file is read, where it is not recognised.
        tell: told of the progress: what, how much is done, how much there is.
    """

    file: Path
    name: str
    title: str | None = None
    day: date | None = None
    form: str | None = None
    tell: Tell = field(default=_silent)


def load(settings: Settings, order: Order) -> Version:
    """Loads a list, in place of the one that had its name.

    Raises:
        MissingExtra: the extra `screening` is not installed.
        InputError: the file is not there, of no known format, broken (with file, row and column), without
            entries or without a date. What was loaded before stays.
        StoreError: the disk does not take it.
    """
    require()
    from graph.screening import formats  # imports the extra

    target = lists.path_of(settings.home, order.name)
    file = _checked(order.file, settings)
    draft = target.with_name(f".{target.stem}-{uuid.uuid4().hex}{lists.SUFFIX}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        version = _write(draft, formats.opened(file, order.form, settings), order)
        _settle(draft, target)
    except (sqlite3.Error, OSError) as error:
        raise NoRoom(f"{target.parent} does not take the list: {error}") from error
    finally:
        draft.unlink(missing_ok=True)
    return version


def _checked(file: Path, settings: Settings) -> Path:
    if not file.is_file():
        raise InputError("there is no such file", issues=(Issue("file", "not found", str(file)),))
    size = file.stat().st_size
    if size > settings.screening_list_bytes:
        detail = f"it has {size} bytes, more than VERRE_SCREENING_LIST_BYTES allows"
        raise SheetRefused(
            f"{file.name} is not read: {detail}",
            issues=(Issue(file.name, detail),),
            setting="screening_list_bytes",
        )
    return file


def _write(draft: Path, source: Source, order: Order) -> Version:
    database = sqlite3.connect(draft, isolation_level=None)
    try:
        database.executescript(TABLES)
        writer = _Writer(database)
        for entry in source.entries():
            writer.add(entry)
            if writer.entries % TOLD == 0:
                order.tell(f"entries of {order.name}", writer.entries, 0)
        version = _version(source, order, writer)
        writer.finish(version)
    finally:
        database.close()
    return version


def _version(source: Source, order: Order, writer: _Writer) -> Version:
    file = order.file.name
    if writer.entries == 0:
        raise InputError(
            f"{file} has no entry of a person, an organization or a ship",
            issues=(Issue(file, "nothing to load; the list that was loaded before stays"),),
        )
    stated = source.date()
    if order.day is None and stated is None:
        raise InputError(
            f"{file} does not say of which day it is",
            issues=(Issue("date", "give it: --date 2026-05-01"),),
        )
    day, basis = (order.day.isoformat(), "given") if order.day else stated or ("", "")
    return Version(
        name=order.name,
        title=order.title or order.name,
        dated=day,
        basis=basis,
        format=source.name,
        file=file,
        sha256=_hash(order.file),
        entries=writer.entries,
        names=writer.names,
        loaded=datetime.now(UTC).replace(microsecond=0).isoformat(),
    )


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Writer:
    """Fills the tables of a list."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.entries = 0
        self.names = 0
        self._database = database
        self._words: dict[str, int] = {}
        database.execute("BEGIN")

    def add(self, entry: Entry) -> None:
        """Adds an entry with its words."""
        self.entries += 1
        number = self.entries
        names = (*entry.names, *entry.weak)
        self.names += len(names)
        add = self._database.execute
        add("INSERT INTO entry VALUES (?, ?)", (number, orjson.dumps(entry.as_json())))
        many = self._database.executemany
        keys = {words.identifier(each) for each in entry.identifiers} - {""}
        many("INSERT INTO identifier VALUES (?, ?)", [(key, number) for key in sorted(keys)])
        many("INSERT INTO found VALUES (?, ?)", [(self._word(key), number) for key in words.of_names(names)])

    def _word(self, text: str) -> int:
        number = self._words.get(text)
        if number is None:
            number = self._words[text] = len(self._words) + 1
            self._database.execute("INSERT INTO word VALUES (?, ?, 0)", (number, text))
            self._database.executemany(
                "INSERT INTO close VALUES (?, ?)", [(key, number) for key in words.near(text)]
            )
        return number

    def finish(self, version: Version) -> None:
        """Makes the index, and says what the list is."""
        for statement in SETTLE.split(";"):
            self._database.execute(statement)
        self._database.executemany("INSERT INTO meta VALUES (?, ?)", lists.as_meta(version).items())
        self._database.execute("COMMIT")


def _settle(draft: Path, target: Path) -> None:
    """Puts the finished file in its place, durably."""
    with draft.open("rb+") as stream:
        os.fsync(stream.fileno())
    draft.replace(target)
    sync_folder(target.parent)
