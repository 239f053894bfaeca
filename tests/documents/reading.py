"""Reads a PDF the way a doubter does: its text, its pages, and the number of every letter that it draws."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pypdf
import pypdfium2
from pypdf.generic import ContentStream

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2068\u2069\xad"))
"""What documents add so that long words break and what turns writing round stays apart."""


def pages(pdf: bytes) -> list[str]:
    """The text of every page, in the order in which it is drawn."""
    found = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [page.extract_text().translate(INVISIBLE) for page in found]


def joined(pdf: bytes) -> str:
    """All text without white space, as lines break where there is room."""
    return "".join("".join(pages(pdf)).split())


def glyphs(pdf: bytes) -> Iterator[tuple[str, int]]:
    """Every letter that is drawn: the name of its font, and its number there; 0 is the box of a missing letter."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    for page in reader.pages:
        yield from _of(page, page.get_contents(), reader)


def _of(holder: Any, contents: Any, reader: pypdf.PdfReader) -> Iterator[tuple[str, int]]:
    resources = holder.get("/Resources", {})
    fonts = resources.get("/Font", {})
    forms = resources.get("/XObject", {})
    font = ""
    for operands, operator in ContentStream(contents, reader).operations:
        if operator == b"Tf":
            font = str(fonts[operands[0]]["/BaseFont"])
            assert fonts[operands[0]]["/Encoding"] == "/Identity-H"
        elif operator in (b"Tj", b"TJ"):
            strings = operands[0] if operator == b"TJ" else [operands[0]]
            for string in strings:
                if hasattr(string, "original_bytes"):
                    raw = string.original_bytes
                    yield from ((font, int.from_bytes(raw[i : i + 2], "big")) for i in range(0, len(raw), 2))
        elif operator == b"Do" and forms[operands[0]].get("/Subtype") == "/Form":
            yield from _of(forms[operands[0]], forms[operands[0]], reader)


def pictures(pdf: bytes, scale: float = 1.2) -> list[bytes]:
    """Every page as a PNG, as a reader sees it."""
    return [
        _png(page.render(scale=scale, rev_byteorder=True).to_numpy()) for page in pypdfium2.PdfDocument(pdf)
    ]


def _png(pixels: Any) -> bytes:
    high, wide, _ = pixels.shape
    rows = b"".join(b"\0" + row[:, :3].tobytes() for row in pixels)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    told = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)
