"""What every format of a sanctions list is read with: bounded lines, errors that say where, entries."""

from __future__ import annotations

import csv
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from followthemoney import model
from followthemoney.types import registry

from graph.errors import Issue, SheetRefused
from graph.screening.records import Entry
from graph.settings import Settings

DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
NAMES = 400
"""Names of one entry that are kept; the fullest ones of the known lists have some 250."""
VALUES = 100
"""Countries, dates, identifiers and programmes of one entry that are kept."""

Place = tuple[int, int | str | None]
"""Row or line, and column by number or name."""


class Source(ABC):
    """A file of a list.

    Args:
        path: the file.
        settings: the limits.
    """

    name: ClassVar[str]
    """As `--format` has it."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self.most = settings.screening_line_bytes
        self.stated: str | None = None
        self.latest: str | None = None

    @abstractmethod
    def entries(self) -> Iterator[Entry]:
        """The entries, as they stand in the file.

        Raises:
            SheetRefused: the file is broken; it says where.
        """

    def date(self) -> tuple[str, str] | None:
        """The day as of which the list is, and where that is from; known once all entries were read."""
        if self.stated:
            return self.stated, "file"
        return (self.latest, "latestChange") if self.latest else None

    def seen(self, moment: str | None) -> None:
        """Notes when an entry changed, for a list that does not say its own day."""
        if moment and DAY.fullmatch(moment[:10]) and moment[:10] > (self.latest or ""):
            self.latest = moment[:10]

    def fault(self, place: Place, detail: str, value: str | None = None) -> SheetRefused:
        """The error for something that cannot be read."""
        row, column = place
        where = f"{self.path.name}, row {row}" + ("" if column is None else f", column {column}")
        told = f"{self.path.name} is not read: {detail}; the list that was loaded before stays"
        return SheetRefused(told, issues=(Issue(where, detail, value),))

    def too_long(self, row: int) -> SheetRefused:
        """The error for a line or record that is longer than the setting allows."""
        detail = f"longer than VERRE_SCREENING_LINE_BYTES allows ({self.most} bytes)"
        found = self.fault((row, None), detail)
        found.setting = "screening_line_bytes"
        return found

    def lines(self, stream: BinaryIO) -> Iterator[str]:
        """The lines of a text in UTF-8, each no longer than the setting allows."""
        row = 0
        while raw := stream.readline(self.most + 1):
            row += 1
            if len(raw) > self.most:
                raise self.too_long(row)
            if b"\0" in raw:
                raise self.fault((row, raw.index(b"\0") + 1), "it holds a zero byte: this is no text")
            try:
                yield raw.decode("utf-8-sig" if row == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise self.fault((row, error.start + 1), "it is no UTF-8") from None

    def rows(self, stream: BinaryIO, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
        """The rows of a CSV with the line on which each ends."""
        reader = csv.reader(self.lines(stream), delimiter=separator, strict=True)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                detail = f"it cannot be taken apart ({error}): check its quotation marks"
                raise self.fault((reader.line_num, None), detail) from None
            yield reader.line_num, row

    def table(
        self, stream: BinaryIO, needed: Iterable[str], separator: str = ","
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows of a CSV with headings, by heading; columns may come in any order, and others beside them."""
        rows = self.rows(stream, separator)
        _, head = next(rows, (1, []))
        missing = [name for name in needed if name not in head]
        if missing:
            raise self.fault((1, missing[0]), f"the column {missing[0]} is missing")
        for number, row in rows:
            if not row:
                continue
            if len(row) != len(head):
                detail = f"{len(row)} cells where the headings are {len(head)}"
                raise self.fault((number, min(len(row), len(head)) + 1), detail)
            yield number, dict(zip(head, (cell.strip() for cell in row), strict=True))


def entity(schema: str, key: str) -> Any:
    """An empty entity of FollowTheMoney, whose values are cleaned as they are added."""
    made = model.make_entity(schema)
    made.id = key
    return made


def entry(
    proxy: Any,
    *,
    programs: Iterable[str] = (),
    source: str | None = None,
    since: str | None = None,
    numbers: Iterable[str] = (),
    caption: str | None = None,
) -> Entry | None:
    """An entity as an entry; `None` where nobody could be found by it, for it has no name."""
    names = _values(proxy, registry.name, NAMES)
    weak = [name for name in proxy.get("weakAlias", quiet=True) if name not in names]
    if not names and proxy.schema.name == "Person":
        names = _composed(proxy)
    if not names and not weak:
        return None
    dates = [*proxy.get("birthDate", quiet=True), *proxy.get("incorporationDate", quiet=True)]
    identifiers = dict.fromkeys((*_values(proxy, registry.identifier, VALUES), *numbers))
    return Entry(
        id=str(proxy.id),
        schema=str(proxy.schema.name),
        caption=caption or (names or weak)[0],
        names=tuple(names),
        weak=tuple(weak[:NAMES]),
        countries=tuple(sorted(_values(proxy, registry.country, VALUES))),
        dates=tuple(sorted(date[:10] for date in dates[:VALUES])),
        identifiers=tuple(identifiers)[:VALUES],
        programs=tuple(dict.fromkeys(each for each in programs if each))[:VALUES],
        source=source,
        since=since,
    )


def _values(proxy: Any, kind: Any, most: int) -> list[str]:
    """The values of a type, those of the main property first."""
    found: dict[str, None] = {}
    for prop in sorted(proxy.iterprops(), key=lambda prop: (prop.name != "name", prop.name)):
        if prop.type == kind and (prop.matchable or prop.name == "abbreviation"):
            found |= dict.fromkeys(proxy.get(prop))
    return list(found)[:most]


def _composed(proxy: Any) -> list[str]:
    """The name of a person of whom only the parts are given."""
    parts = ("firstName", "secondName", "middleName", "fatherName", "lastName")
    told = " ".join(value for part in parts for value in proxy.get(part, quiet=True)[:1])
    return [told] if told else []
