"""Documents are set apart from the server: texts stay texts, every script has its letters, limits hold."""

from __future__ import annotations

import asyncio
import io
import json
import struct
from pathlib import Path
from typing import Any

import pypdf
import pytest

from graph.documents import Job, Press, fonts, press
from graph.errors import Busy, InputError, QueryFailed, QueryTimeout, QueryTooLarge, Unsupported, VerreError
from graph.settings import Settings
from tests.documents.reading import glyphs, joined, pages

pytestmark = pytest.mark.anyio

NAMES = {
    "Chinese": "上海电力股份有限公司",
    "Japanese": "株式会社ルミネックス東京",
    "Korean": "한국전력공사 주식회사",
    "Thai": "บริษัท ปูนซิเมนต์ไทย จำกัด (มหาชน)",
    "Vietnamese": "Công ty Cổ phần Sữa Việt Nam",
    "French": "Société générale d’Équipements à l’œuvre",
    "Hebrew": "שלום בעמ",
    "Arabic": "شركة النور",
    "Greek": "Ελληνική Εταιρεία",
    "Cyrillic": "Российская компания",
}
MARKUP = "#pagebreak() $x^2$ *bold* _it_ = head <script>alert(1)</script> @ref `raw` \\ \" ' [x] // note"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


def data(*lines: str, **more: Any) -> dict[str, Any]:
    """What an export plan without any facts holds, with these lines."""
    part = {"title": "Part", "lead": "", "lines": [{"text": line, "sources": []} for line in lines]}
    words = dict.fromkeys(("sources", "steps", "steps-lead", "step", "by", "who"), "Word")
    return {
        "lang": "nl",
        "title": "Plan",
        "keywords": [],
        "foot": "",
        "kicker": "",
        "status": None,
        "over": False,
        "sentence": "",
        "sentence-sources": [],
        "pairs": [],
        "parts": [{**part, "people": [], "unknown": []}],
        "words": words,
        "sources": [],
        **more,
    }


async def made(*lines: str, settings: Settings | None = None, **more: Any) -> bytes:
    return await Press(settings or Settings()).make(Job("exportplan", data(*lines, **more)))


async def test_every_script_is_printed_in_letters() -> None:
    pdf = await made(*NAMES.values())
    drawn = list(glyphs(pdf))
    assert len(drawn) > 150
    assert [font for font, number in drawn if number == 0] == []
    whole = joined(pdf)
    for script in ("Chinese", "Japanese", "Korean", "Vietnamese", "French", "Greek", "Cyrillic"):
        assert "".join(NAMES[script].split()) in whole, script
    used = " ".join({font for font, _ in drawn})
    for name in (
        "NotoSansHans",
        "NotoSansJP",
        "NotoSansKR",
        "NotoSansThai",
        "NotoNaskhArabic",
        "NotoSansHebrew",
    ):
        assert name in used, name


async def test_a_letter_that_no_font_has_is_seen_to_be_missing() -> None:
    """The test above can fail; and such a name does not keep the document from being made."""
    assert 0 in {number for _, number in glyphs(await made("\U00013000"))}


async def test_programs_can_read_it_aloud() -> None:
    reader = pypdf.PdfReader(io.BytesIO(await made("Luminex")))
    root: Any = reader.root_object
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "nl"
    assert reader.metadata is not None
    assert reader.metadata.title == "Plan"
    assert b"pdfuaid" in root["/Metadata"].get_data()


async def test_markup_is_text() -> None:
    pdf = await made(MARKUP, title=MARKUP)
    assert len(pages(pdf)) == 1
    assert joined(pdf).count("".join(MARKUP.split())) == 2


async def test_a_name_of_three_hundred_letters_stays_on_the_paper() -> None:
    pdf = await made("x" * 300, "\u202eevil\u202c after")
    assert "x" * 300 in joined(pdf)
    assert "after" in pages(pdf)[0]


async def test_the_same_data_make_the_same_bytes() -> None:
    assert await made("Luminex") == await made("Luminex")


async def test_a_picture_has_the_resolution_of_print() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><text x="5" y="30">한국</text></svg>'
    told = {**data(), "width": 144.0, "height": 72.0}
    png = await Press(Settings()).make(Job("picture", told, {"network": svg}, "png"))
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (600, 300)


@pytest.mark.parametrize(
    ("setting", "value", "error"),
    [
        ("document_timeout", 0.01, QueryTimeout),
        ("document_pages", 1, InputError),
        ("document_memory", 100 * 2**20, QueryTooLarge),
        ("document_queue", 0, Busy),
    ],
)
async def test_each_limit_is_named_in_its_error(setting: str, value: float, error: type[VerreError]) -> None:
    setter = Press(Settings.model_validate({setting: value}))
    lines = [f"Line {number}" for number in range(200)]
    jobs = [setter.make(Job("exportplan", data(*lines))) for _ in range(2 if error is Busy else 1)]
    found = [
        each for each in await asyncio.gather(*jobs, return_exceptions=True) if isinstance(each, Exception)
    ]
    assert [type(each) for each in found] == [error]
    assert getattr(found[0], "setting", None) == setting
    assert not setter._children


async def test_a_request_that_is_given_up_leaves_no_process() -> None:
    setter = Press(Settings())
    task = asyncio.ensure_future(setter.make(Job("exportplan", data("Line"))))
    while not setter._children:  # noqa: ASYNC110 (the press tells nobody)
        await asyncio.sleep(0.005)
    (child,) = setter._children
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert child.returncode == -9


async def test_a_fault_of_a_template_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "_template", lambda name: '#panic("broken")')
    with pytest.raises(QueryFailed, match="broken"):
        await made()


async def test_without_letters_nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(Unsupported, match="are not here"):
        await made()


def test_what_a_template_reads_is_json() -> None:
    told = json.loads(Press(Settings())._told(Job("exportplan", data(MARKUP))))
    assert json.loads(told["files"]["data.json"])["parts"][0]["lines"][0]["text"] == MARKUP
    assert MARKUP not in told["files"]["main.typ"]
