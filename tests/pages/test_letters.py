"""The few letters of a picture: all that it needs, no more, each drawn as its language draws it."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from api.pages import letters
from graph.documents import fonts


def opened(parts: list[str]) -> list[tuple[str, str]]:
    """The name of each font, and the letters that it has."""
    found = []
    for part in parts:
        raw = base64.b64decode(part)
        assert raw.startswith(b"wOF2")
        font = TTFont(io.BytesIO(raw))
        found.append((str(font["name"].getDebugName(1)), "".join(sorted(map(chr, font.getBestCmap())))))
    return found


def points(text: str) -> list[int]:
    return list(map(ord, text))


def test_each_letter_comes_once_from_the_first_that_has_it() -> None:
    found = opened(letters.parts(points("Aไ한")))
    assert found == [("Noto Sans", "A"), ("Noto Sans Thai", "ไ"), ("Noto Sans Korean Regular", "한")]


@pytest.mark.parametrize(("language", "family"), [*fonts.FAMILIES.items(), ("", fonts.FAMILIES["zh"])])
def test_shared_letters_come_from_the_language_that_is_asked(language: str, family: str) -> None:
    ((name, found),) = opened(letters.parts(points("直骨"), language))
    assert (name.removesuffix(" Regular"), found) == (family, "直骨")


def test_what_no_font_has_is_left_out() -> None:
    assert letters.parts([0x13000]) == []


def test_for_nothing_no_font_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.pages.letters.TTFont", lambda *_, **__: pytest.fail("a font was opened"))
    assert letters.parts([]) == []


def test_no_font_is_opened_when_every_letter_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def opening(path: Path, **more: bool) -> TTFont:
        seen.append(path.name)
        return TTFont(path, **more)

    monkeypatch.setattr("api.pages.letters.TTFont", opening)
    letters.parts(points("Limburg"))
    assert seen == ["NotoSans-Regular.ttf"]


def test_the_same_letters_make_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fontTools.ttLib.tables._h_e_a_d.timestampNow", iter(range(10)).__next__)
    assert letters.parts(points("Limburg")) == letters.parts(points("grubmiL"))
