"""The lists of an installation: one SQLite file each, made in one go and never changed.

A list lies at `screening/lists/NAME.sqlite` in `VERRE_HOME`. Loading it again writes another file beside it
and renames that, so a reader has the old list or the new, and a file that cannot be read changes nothing.
An entry is found by its words (`graph.screening.words`) and its identifiers, by index; a list is never
gone through.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

import orjson
from rapidfuzz.distance import OSA

from graph.errors import InputError, Issue, NotFound, StoreError
from graph.screening import words
from graph.screening.records import Entry, Subject

FORMAT = "1"
"""Changes with the tables, and with the words by which entries are found."""
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)
SUFFIX = ".sqlite"
NEAR = 0.7
"""What a word counts that is only near the one asked for."""
ALIKE = 0.5
"""Words that sound alike and are less alike than this in letters are passed over."""
KEYS = 400
"""Words and near words that are looked up for one subject, the rarest first."""


@dataclass(frozen=True)
class Version:
    """Which list an answer speaks of.

    Attributes:
        name: what the installation calls it.
        title: what it is.
        dated: the day as of which it is, as precise as known.
        basis: where that day is from: `file`, `given`, or `latestChange` of an entry.
        format: as which the file was read.
        file: its name, without folders.
        sha256: of the file.
        entries: how many were taken.
        names: how many names these have.
        loaded: when, in universal time.
    """

    name: str
    title: str
    dated: str
    basis: str
    format: str
    file: str
    sha256: str
    entries: int
    names: int
    loaded: str

    @property
    def day(self) -> date:
        """The day as of which the list is; of a month or year its first."""
        return date.fromisoformat((self.dated + "-01-01")[:10])

    @property
    def at(self) -> datetime:
        """When it was loaded."""
        return datetime.fromisoformat(self.loaded)


def folder(home: Path) -> Path:
    """Where the lists of an installation lie."""
    return home / "screening" / "lists"


def check_name(name: str) -> str:
    """The name of a list, which is that of its file.

    Raises:
        InputError: it can be none.
    """
    if not NAME.fullmatch(name):
        issue = Issue("list", "small letters, digits, dots, dashes; 64 at most", name[:100])
        raise InputError("a list cannot be called that", issues=(issue,))
    return name


def path_of(home: Path, name: str) -> Path:
    """The file of a list."""
    return folder(home) / f"{check_name(name)}{SUFFIX}"


def names(home: Path) -> dict[str, Path]:
    """The names of the lists that are loaded, in order, and their files."""
    return {
        path.stem: path
        for path in sorted(folder(home).glob(f"*{SUFFIX}"), key=lambda path: path.stem)
        if not path.name.startswith(".")
    }


def loaded(home: Path) -> tuple[Version, ...]:
    """The lists that are loaded, by name.

    Raises:
        StoreError: one cannot be read.
    """
    found = []
    for path in names(home).values():
        opened = SanctionsList(path)
        found.append(opened.version)
        opened.close()
    return tuple(found)


def remove(home: Path, name: str) -> None:
    """Removes a list.

    Raises:
        NotFound: there is none.
    """
    try:
        path_of(home, name).unlink()
    except FileNotFoundError:
        raise NotFound(f"there is no list {name}", issues=(Issue("list", "not loaded", name),)) from None


class SanctionsList:
    """One list, opened for reading, by one thread at a time.

    Args:
        path: its file.

    Raises:
        StoreError: it is none, or one of another version of Verre.
    """

    def __init__(self, path: Path) -> None:
        address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        try:
            self._db = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
            meta: dict[str, str] = dict(self._db.execute("SELECT key, value FROM meta").fetchall())
        except sqlite3.Error as error:
            raise StoreError(f"{path} is no sanctions list: {error}") from error
        if meta.get("format") != FORMAT:
            self._db.close()
            raise StoreError(f"{path} was made by another version of Verre: load the list again")
        self.version = Version(**orjson.loads(meta["version"]))

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def entry(self, number: int) -> Entry:
        """The entry with a number of `candidates`."""
        (told,) = self._db.execute("SELECT told FROM entry WHERE id = ?", (number,)).fetchone()
        return Entry.of(orjson.loads(told))

    def candidates(self, subject: Subject, most: int, postings: int) -> list[int]:
        """The numbers of the entries that a subject might be, the likeliest first.

        Args:
            most: entries.
            postings: rows of the word index that may be read.
        """
        found = dict.fromkeys(self._by_identifier(subject.identifiers))
        keys = self._keys(words.of_names(subject.names), postings)
        if keys:
            rows = self._db.execute(
                """WITH k (word, weight) AS (
                     SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))
                   SELECT p.entry FROM k CROSS JOIN posting p ON p.word = k.word
                   GROUP BY p.entry ORDER BY SUM(k.weight) DESC, p.entry LIMIT ?""",
                (orjson.dumps(keys).decode(), most),
            )
            found |= dict.fromkeys(number for (number,) in rows)
        return list(found)

    def _by_identifier(self, given: Iterable[str]) -> list[int]:
        keys = orjson.dumps([words.identifier(each) for each in given]).decode()
        rows = self._db.execute(
            "SELECT DISTINCT entry FROM identifier WHERE value IN (SELECT value FROM json_each(?)) LIMIT 100",
            (keys,),
        )
        return [number for (number,) in rows]

    def _keys(self, asked: list[str], postings: int) -> list[tuple[int, float]]:
        """The words to look up, each with what it tells: the rarer the more; as many as may be read."""
        counts: dict[int, tuple[int, float]] = {}
        for number, _, count, weight in self._words(asked):
            tells = weight * math.log(1 + self.version.entries / count)
            if tells > counts.get(number, (0, 0.0))[1]:
                counts[number] = (count, tells)
        chosen, read = list[tuple[int, float]](), 0
        for number, (count, tells) in sorted(counts.items(), key=lambda item: (-item[1][1], item[0]))[:KEYS]:
            read += count
            if read > postings and chosen:
                break
            chosen.append((number, tells))
        return chosen

    def _words(self, asked: list[str]) -> Iterable[tuple[int, str, int, float]]:
        exact = self._db.execute(
            "SELECT id, text, count FROM word WHERE text IN (SELECT value FROM json_each(?))",
            (orjson.dumps(asked).decode(),),
        ).fetchall()
        yield from ((*row, 1.0) for row in exact)
        near = {key: word for word in asked for key in words.near(word)}
        rows = self._db.execute(
            """SELECT w.id, w.text, w.count, n.key FROM json_each(?) k CROSS JOIN near n ON n.key = k.value
               JOIN word w ON w.id = n.word LIMIT ?""",
            (orjson.dumps(list(near)).decode(), KEYS * 10),
        ).fetchall()
        for number, text, count, key in rows:
            word = near[key]
            if OSA.distance(word, text) <= 1 or (
                key[0] == "~" and OSA.normalized_similarity(word, text) >= ALIKE
            ):
                yield number, text, count, NEAR


def as_meta(version: Version) -> dict[str, str]:
    """What the file of a list says about itself."""
    return {"format": FORMAT, "version": orjson.dumps(asdict(version)).decode()}
