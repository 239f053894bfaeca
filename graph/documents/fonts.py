"""The letters that documents are set in: Noto, for every script that names here are written in.

They come from npm packages and are put into `fonts/` by `web/build.py`; the wheel carries them. The fonts
of the machine are never looked at, so that a document looks the same wherever it is made.
"""

from __future__ import annotations

from pathlib import Path

from graph.errors import Unsupported

FOLDER = Path(__file__).parent / "fonts"


def files() -> list[Path]:
    """The files of letters, by name."""
    return sorted(path for path in FOLDER.glob("*") if path.suffix in (".ttf", ".otf"))


def folder() -> Path:
    """Where they are.

    Raises:
        Unsupported: they were not put there.
    """
    if not files():
        raise Unsupported(
            "The letters for documents are not here: `python web/build.py` puts them in their place."
        )
    return FOLDER


REGULAR = (
    "NotoSans-Regular.ttf",
    "NotoSansThai_400Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSansHans-Regular.otf",
    "NotoSansJP-Regular.otf",
    "NotoSansKR-Regular.otf",
)
"""The upright files of normal weight, in the order in which a letter is looked for."""


def regular() -> list[Path]:
    """Where those are.

    Raises:
        Unsupported: they were not put there.
    """
    place = folder()
    return [place / name for name in REGULAR]
