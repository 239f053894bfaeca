"""Cells that cannot be trusted, and their harmless neighbours."""

from __future__ import annotations

import pytest

from graph.sources.readers.cells import inspect, repaired


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("=1+1", "formula"),
        (' =HYPERLINK("http://x")', "formula"),
        ("CafÃ©", "'Café'"),
        ("Ã‰cole", "'École'"),
        ("itâ€™s", "wrong encoding"),
        ("ï»¿org_id", "wrong encoding"),
        ("Â°C", "'°C'"),
        ("Ã© and 日本", "as UTF-8"),
        ("Caf\ufffd", "a letter was lost"),
        ("Caf\udce9", "Windows-1252"),
        ("a\x00b", "control character"),
        ("a\x1bb", "control character"),
        ("x" * 101, "VERRE_CELL_CHARACTERS allows (100)"),
    ],
)
def test_faults(cell: str, hint: str) -> None:
    fault = inspect(3, cell, 100)
    assert fault is not None
    assert fault.index == 3
    assert hint in fault.detail


@pytest.mark.parametrize(
    "cell",
    [
        "plain",
        "a = b",
        "-5.2",
        "+32 89 12 34 56",
        "@home",
        "Café, Curaçao, Malmö, Łódź, Århus",
        "SÃO PAULO",
        "„Spaß“ and “straße”",
        "É’s “CITÉ” — Ü½",
        "日本 한국",
        "two\nlines\tand a tab",
        "x" * 100,
        "",
    ],
)
def test_no_faults(cell: str) -> None:
    assert inspect(0, cell, 100) is None


def test_repaired_touches_only_what_is_broken() -> None:
    assert repaired("é \udce9 日 \udc80 \udc81") == "é é 日 € \x81"
