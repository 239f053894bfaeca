"""Workbooks that are refused before anything parses them."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from graph.errors import SheetRefused
from graph.settings import Settings
from graph.sources.importer import import_sheets
from graph.sources.readers.guard import inspect_workbook
from tests.sources.sheets import WORLD, grid, options, write_book

SETTINGS = Settings()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "book.xlsx", {"sources": grid(WORLD["sources"])})


def with_part(path: Path, name: str, data: bytes) -> Path:
    """The workbook with one part more, or another one in its place."""
    target = path.with_name("more.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for part in source.namelist():
            if part != name:
                changed.writestr(part, source.read(part))
        changed.writestr(name, data)
    return target


def refused(path: Path, settings: Settings = SETTINGS) -> SheetRefused:
    with pytest.raises(SheetRefused) as caught:
        inspect_workbook(path, path.name, settings)
    assert path.name in caught.value.detail
    return caught.value


def test_a_plain_workbook_passes(book: Path) -> None:
    assert "xl/worksheets/sheet1.xml" in inspect_workbook(book, book.name, SETTINGS)


@pytest.mark.parametrize(
    "part",
    [
        "xl/vbaProject.bin",
        "xl/VBAPROJECT.BIN",
        "xl\\vbaProject.bin",
        "xl/macrosheets/sheet1.xml",
        "xl/activeX/a.bin",
    ],
)
def test_macros(book: Path, part: str) -> None:
    assert "macros" in refused(with_part(book, part, b"\0")).detail


@pytest.mark.parametrize(
    "part",
    [
        "xl/externalLinks/externalLink1.xml",
        "xl/ExternalLinks/externalLink1.xml",
        "xl/connections.xml",
        "xl/queryTables/queryTable1.xml",
        "xl/embeddings/oleObject1.bin",
    ],
)
def test_references_to_elsewhere(book: Path, part: str) -> None:
    assert "elsewhere" in refused(with_part(book, part, b"<a/>")).detail


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'.encode("utf-16"),
    ],
)
@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "docProps/other.dat"])
def test_document_types_in_any_part_and_encoding(book: Path, part: str, data: bytes) -> None:
    assert "document type" in refused(with_part(book, part, data)).detail


@pytest.mark.parametrize("data", [b"<a><b></a>", b"<a>", b"\xff\xfe<", b"<a>&nothing;</a>"])
def test_parts_that_are_no_xml(book: Path, data: bytes) -> None:
    detail = refused(with_part(book, "xl/styles.xml", data)).detail
    assert "damaged" in detail or "document type" in detail


def test_more_bytes_than_allowed(book: Path) -> None:
    path = with_part(book, "xl/media/image.bin", b"\0" * 200_000)
    settings = Settings(sheet_unpacked_bytes=100_000)
    error = refused(path, settings)
    assert error.setting == "VERRE_SHEET_UNPACKED_BYTES"
    assert "VERRE_SHEET_UNPACKED_BYTES allows (100000)" in error.detail


def test_more_growth_than_allowed(book: Path) -> None:
    error = refused(with_part(book, "xl/media/image.bin", b"\0" * 20_000_000))
    assert error.setting == "VERRE_SHEET_RATIO"
    assert "(200 times)" in error.detail


def test_growth_is_counted_in_xml_too(book: Path) -> None:
    error = refused(with_part(book, "xl/worksheets/sheet9.xml", b"<a>" + b" " * 20_000_000 + b"</a>"))
    assert error.setting == "VERRE_SHEET_RATIO"


def test_what_the_directory_says_of_sizes_is_not_believed(book: Path) -> None:
    """The central directory claims ten bytes; the part unpacks to twenty million."""
    data = bytearray(with_part(book, "xl/media/image.bin", b"\0" * 20_000_000).read_bytes())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    path = book.with_name("liar.xlsx")
    path.write_bytes(data)
    detail = refused(path).detail
    assert "VERRE_SHEET_RATIO" in detail or "damaged" in detail


@pytest.mark.parametrize("data", [b"", b"PK", b"hello", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_no_workbook_at_all(tmp_path: Path, data: bytes) -> None:
    """The last one is how a workbook with a password begins."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    assert "no Excel workbook" in refused(path).detail


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(SheetRefused, match="no Excel workbook"):
        import_sheets([path], options())


def test_damaged_bytes(book: Path) -> None:
    data = bytearray(book.read_bytes())
    middle = data.index(b"xl/worksheets/sheet1.xml") + 30
    data[middle : middle + 40] = bytes(40)
    path = book.with_name("damaged.xlsx")
    path.write_bytes(data)
    assert "damaged" in refused(path).detail


def test_merges_are_found_across_the_borders_of_reads(tmp_path: Path) -> None:
    refs = "".join(
        f'<mergeCell ref="A{n}:C{n}"/><mergeCell ref="A{n}:A{n + 1}"/>' for n in range(1, 20_001, 2)
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet><mergeCells>{refs}</mergeCells></worksheet>"
        )
    path = tmp_path / "x.xlsx"
    path.write_bytes(stream.getvalue())
    assert inspect_workbook(path, "x", SETTINGS) == {
        "xl/worksheets/sheet1.xml": frozenset(range(1, 20_001, 2))
    }


def test_a_refused_file_stops_the_import_before_anything_is_mapped(book: Path) -> None:
    with pytest.raises(SheetRefused, match="macros"):
        import_sheets([book, with_part(book, "xl/vbaProject.bin", b"\0")], options())
