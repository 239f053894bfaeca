"""The network of a delegation as a picture: every name in letters, in the SVG and in what is printed of it."""

from __future__ import annotations

import base64
import io
import re
from xml.etree import ElementTree

import networkx as nx
import pytest
from fontTools.ttLib import TTFont

from api.pages.plans import delegation
from graph.documents import Job, Press
from graph.network import Network
from graph.network.drawing import svg
from graph.settings import Settings
from tests.documents.reading import glyphs
from tests.documents.test_press import NAMES, data
from tests.pages.samples import HOSTILE, RTL

pytestmark = pytest.mark.anyio

SPACE = "{http://www.w3.org/2000/svg}"


def network(*names: str) -> Network:
    """A company, and others that it works with."""
    made: Network = nx.MultiDiGraph()
    for number, name in enumerate(("Luminex", *names)):
        made.add_node(
            f"urn:{number}",
            iri=f"urn:{number}",
            ref=str(number),
            kind="company",
            label=name,
            depth=min(number, 1),
        )
        if number:
            made.add_edge(
                "urn:0", f"urn:{number}", kind="partnership", label="partner", weight=0.8, sources=[]
            )
    made.graph.update(starts=["urn:0"], lang="nl", day="2026-06-01", truncated=False, title=names[0])
    return made


def drawn(root: ElementTree.Element) -> set[str]:
    return {c for e in root.iter(f"{SPACE}text") for c in "".join(e.itertext())}


def carried(root: ElementTree.Element) -> set[str]:
    """The letters of the fonts inside a drawing."""
    style = "".join(next(root.iter(f"{SPACE}style")).itertext())
    found: set[int] = set()
    for part in style.split("base64,")[1:]:
        found |= TTFont(io.BytesIO(base64.b64decode(part.partition(")")[0]))).getBestCmap().keys()
    return {chr(number) for number in found}


def fonts_of(root: ElementTree.Element) -> dict[str, str]:
    """The fonts inside a drawing: the name that it gives each, and the one that its makers gave it."""
    style = "".join(next(root.iter(f"{SPACE}style")).itertext())
    found = re.findall(r'font-family:"([^"]+)";src:url\(data:font/woff2;base64,([^)]+)\)', style)
    return {
        name: str(TTFont(io.BytesIO(base64.b64decode(told)))["name"].getDebugName(1)) for name, told in found
    }


def test_a_drawing_carries_the_letters_of_every_script() -> None:
    made = delegation.lettered(svg(network(*NAMES.values())))
    root = ElementTree.fromstring(made)  # noqa: S314 (made by ourselves)
    wanted = drawn(root)
    assert {"株", "한", "上", "ไ", "ữ", "ש"} <= wanted
    assert wanted <= carried(root)
    assert root.get("font-family", "").endswith("'Verre 3', sans-serif")


KANJI = "直骨海株式会社"
"""A Japanese name without kana; its first three letters are drawn otherwise in China."""


def test_a_japanese_name_is_drawn_as_in_japan_and_a_chinese_one_as_in_china() -> None:
    root = ElementTree.fromstring(delegation.lettered(svg(network(KANJI, "直骨海电力", "직骨海 직"))))  # noqa: S314
    shown = fonts_of(root)
    drawn_in = {
        "".join(e.itertext()): shown[e.get("font-family", "").split(", ")[0].strip("'")]
        for e in root.iter(f"{SPACE}text")
        if "海" in "".join(e.itertext())
    }
    assert {text: name.removeprefix("Noto Sans ").split()[0] for text, name in drawn_in.items()} == {
        KANJI: "Japanese",
        "直骨海电力": "S",  # Simplified
        "직骨海 직": "Noto",  # the space is Latin's; the rest comes from the next
    }


async def test_so_it_is_on_paper_and_in_the_picture_for_print() -> None:
    for text, font in ((KANJI, "NotoSansJP"), ("上海电力", "NotoSansHans"), ("한국전력 電力", "NotoSansKR")):
        made = svg(network(text))
        wide, high = delegation.size(made)
        job = Job("picture", {**data(), "width": wide, "height": high}, {"network": made.decode()})
        for pdf in (
            await Press(Settings()).make(job),
            await Press(Settings()).make(Job("exportplan", data(text))),
        ):
            used = {name for name, _ in glyphs(pdf)}
            assert [name for name in used if any(each in name for each in ("Hans", "JP", "KR"))], text
            assert all(font in name for name in used if any(each in name for each in ("Hans", "JP", "KR"))), (
                text
            )


def test_it_carries_no_more_than_it_needs() -> None:
    made = delegation.lettered(svg(network("Orchid")))
    root = ElementTree.fromstring(made)  # noqa: S314
    assert made.count(b"@font-face") == 1
    assert carried(root) == drawn(root) | {" "}
    assert len(made) < 40_000


async def test_the_picture_for_print_has_letters_for_every_name() -> None:
    """The PNG and this PDF are the same job; in a PDF letters can be counted."""
    made = svg(network(*NAMES.values()))
    wide, high = delegation.size(made)
    told = {**data(), "width": wide, "height": high}
    pdf = await Press(Settings()).make(Job("picture", told, {"network": made.decode()}))
    numbers = [number for _, number in glyphs(pdf)]
    assert len(numbers) > 100
    assert 0 not in numbers


def test_in_a_page_it_is_a_part_like_others() -> None:
    text = delegation.inline(svg(network(HOSTILE, RTL)))
    root = ElementTree.fromstring(text)  # noqa: S314
    assert root.get("aria-labelledby") == "drawn-title drawn-desc"
    assert {e.get("id") for e in root.iter() if e.get("id")} == {"drawn-title", "drawn-desc"}
    assert "<script" not in text
    assert not text.startswith("<?xml")
    assert not [e for e in root.iter() if e.get("style")]


def test_the_size_of_a_drawing() -> None:
    assert delegation.size(b'<svg viewBox="0 0 640 480.5"/>') == (640, 480.5)
