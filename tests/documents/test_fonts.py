"""The letters of documents: whose way of drawing comes first, and that none of the files can be done without."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from fontTools.ttLib import TTFont

from graph.documents import Job, Press, fonts, worker
from graph.errors import Unsupported
from graph.settings import Settings
from tests.documents.reading import glyphs
from tests.documents.test_press import NAMES, data


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("トヨタ自動車", "ja"),
        ("東京電力株式会社", "ja"),
        ("中部発電", "ja"),
        ("上海电力股份有限公司", "zh"),
        ("臺灣電力", "zh"),
        ("한국전력 韓國電力", "ko"),
        ("Sữa Việt Nam", ""),
        ("บริษัท", ""),
        ("", ""),
    ],
)
def test_what_a_name_is_written_in(text: str, language: str) -> None:
    assert fonts.tongue(text) == language


@pytest.mark.parametrize("language", ["ja", "ko", "zh"])
def test_the_letters_of_a_language_come_before_those_that_share_its_code_points(language: str) -> None:
    names = [path.name for path in fonts.regular(language)]
    assert sorted(names) == sorted(fonts.REGULAR)
    assert names[0] == "NotoSans-Regular.ttf"
    assert next(name for name in names if name in fonts.FILES.values()) == fonts.FILES[language]
    with TTFont(fonts.FOLDER / fonts.FILES[language], lazy=True) as font:
        made = str(font["name"].getDebugName(1))
    assert made.removesuffix(" Regular") == fonts.FAMILIES[language]


def test_one_file_that_lacks_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without(tmp_path, "NotoSansThai_400Regular.ttf")
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(Unsupported, match=r"\(NotoSansThai_400Regular\.ttf\)"):
        fonts.regular()


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("NotoSansThai", "Thai"),
        ("NotoSansKR", "Korean"),
        ("NotoSansHebrew", "Hebrew"),
    ],
)
def test_without_a_family_its_letters_are_boxes(tmp_path: Path, name: str, script: str) -> None:
    """So the tests that count boxes fail when a font is taken away."""
    told = orjson.loads(Press(Settings())._told(Job("exportplan", data(NAMES[script]))))
    told["fonts"] = str(without(tmp_path, name))
    (pdf,) = worker.tried(told)
    assert 0 in {number for _, number in glyphs(pdf)}


def without(folder: Path, begin: str) -> Path:
    """The letters but those of files whose names begin so."""
    for path in fonts.files():
        if not path.name.startswith(begin):
            (folder / path.name).symlink_to(path)
    return folder
