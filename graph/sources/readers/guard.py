"""What is refused before it is parsed: files without end, macros, references to elsewhere, entities."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable
from functools import partial
from itertools import chain
from pathlib import Path

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from graph.errors import Issue, SheetRefused
from graph.settings import Settings

_CHUNK = 1 << 16
_MACROS = re.compile(r"vbaproject|vbadata|/macrosheets/|activex", re.IGNORECASE)
_ELSEWHERE = re.compile(r"/externallinks/|/connections\.xml|/querytables/|/embeddings/", re.IGNORECASE)
_RELATIONS = "xl/_rels/workbook.xml.rels"
_XML = (".xml", ".rels", ".vml")
_LOOKS_LIKE_XML = re.compile(rb"\s*<|\xef\xbb\xbf|\xff\xfe|\xfe\xff")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_LONGEST_TAG = 256
_TALLEST_TITLE = 8


class _Nothing:
    """A parser's target that keeps nothing: the parse is only a check."""

    def close(self) -> None:
        """Nothing to hand over."""


def refuse(name: str, detail: str, setting: str | None = None) -> SheetRefused:
    """The error for a file that is not read at all."""
    return SheetRefused(f"{name} is not read: {detail}", issues=(Issue(name, detail),), setting=setting)


def refuse_large(path: Path, name: str, settings: Settings) -> None:
    """Refuses a file of more bytes than the setting allows.

    Raises:
        SheetRefused: it has more.
    """
    size = path.stat().st_size
    if size > settings.sheet_bytes:
        detail = f"it has {size} bytes, more than VERRE_SHEET_BYTES allows ({settings.sheet_bytes})"
        raise refuse(name, detail, "VERRE_SHEET_BYTES")


def inspect_workbook(path: Path, name: str, settings: Settings) -> dict[str, frozenset[int]]:
    """Reads a workbook once through, as bytes, before anything parses it in earnest.

    What it really unpacks to is counted, whatever its directory says.

    Returns:
        Part of the workbook (`xl/worksheets/sheet1.xml`) -> rows that lie in a merge over several columns.

    Raises:
        SheetRefused: no workbook, macros, external references, a document type, or more than a setting allows.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_parts(archive, name)
            merged = _Pass(name, path.stat().st_size, settings).read(archive)
            _refuse_missing(archive, name)
            return merged
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise refuse(name, f"it is no Excel workbook, or a protected or damaged one ({error})") from error


def _refuse_missing(archive: zipfile.ZipFile, name: str) -> None:
    """Refuses a workbook that lists a sheet which it does not hold: its rows would be lost in silence."""
    parts = set(archive.namelist())
    if _RELATIONS not in parts:
        return
    for relation in ElementTree.fromstring(archive.read(_RELATIONS)):
        if relation.get("Type", "").endswith("/worksheet"):
            part = posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
            if part not in parts:
                raise refuse(name, f"it is a damaged workbook: its sheet {part} is missing")


def _refuse_parts(archive: zipfile.ZipFile, name: str) -> None:
    for part in archive.namelist():
        where = "/" + part.replace("\\", "/")
        if _MACROS.search(where):
            raise refuse(name, f"it holds macros ({part}): save it as .xlsx without them")
        if _ELSEWHERE.search(where):
            raise refuse(name, f"it refers to data elsewhere ({part}): copy the values into it")


class _Pass:
    """One reading of all parts, with what has been unpacked so far."""

    def __init__(self, name: str, packed: int, settings: Settings) -> None:
        self.name = name
        self.packed = max(packed, 1)
        self.settings = settings
        self.unpacked = 0

    def read(self, archive: zipfile.ZipFile) -> dict[str, frozenset[int]]:
        merged: dict[str, frozenset[int]] = {}
        for info in archive.infolist():
            with archive.open(info) as stream:
                chunks = iter(partial(stream.read, _CHUNK), b"")
                first = next(chunks, b"")
                if info.filename.lower().endswith(_XML) or _LOOKS_LIKE_XML.match(first):
                    merged[info.filename] = self._xml(info.filename, chain((first,), chunks))
                else:
                    for chunk in chain((first,), chunks):
                        self._count(chunk)
        return merged

    def _count(self, chunk: bytes) -> None:
        self.unpacked += len(chunk)
        most = self.settings.sheet_unpacked_bytes
        if self.unpacked > most:
            detail = f"it unpacks to more bytes than VERRE_SHEET_UNPACKED_BYTES allows ({most})"
            raise refuse(self.name, detail, "VERRE_SHEET_UNPACKED_BYTES")
        if self.unpacked > self.packed * self.settings.sheet_ratio:
            ratio = self.settings.sheet_ratio
            detail = f"it grows by more than VERRE_SHEET_RATIO allows ({ratio} times) when unpacked"
            raise refuse(self.name, detail, "VERRE_SHEET_RATIO")

    def _xml(self, part: str, chunks: Iterable[bytes]) -> frozenset[int]:
        parser = DefusedXMLParser(target=_Nothing(), forbid_dtd=True)
        rows: set[int] = set()
        tail = b""
        try:
            for chunk in chunks:
                self._count(chunk)
                parser.feed(chunk)
                for left, first, right, last in _MERGED.findall(tail + chunk):
                    if left != right and int(last) - int(first) < _TALLEST_TITLE:
                        rows.update(range(int(first), int(last) + 1))
                tail = chunk[-_LONGEST_TAG:]
            parser.close()
        except DefusedXmlException as error:
            detail = f"its part {part} declares a document type or entities, which no workbook needs"
            raise refuse(self.name, detail) from error
        except (ParseError, ValueError, LookupError) as error:
            raise refuse(self.name, f"its part {part} is damaged ({error})") from error
        return frozenset(rows)
