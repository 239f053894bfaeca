"""The letters that documents are set in: Noto, for every script that names here are written in.

They come from npm packages and are put into `fonts/` by `web/build.py`; the wheel carries them. The fonts
of the machine are never looked at, so that a document looks the same wherever it is made.
"""

from __future__ import annotations

import re
from pathlib import Path

from graph.errors import Unsupported

FOLDER = Path(__file__).parent / "fonts"


def files() -> list[Path]:
    """The files of letters, by name."""
    return sorted(path for path in FOLDER.glob("*") if path.suffix in (".ttf", ".otf"))


def folder() -> Path:
    """Where they are.

    Raises:
        Unsupported: they were not all put there: a document would have boxes for letters.
    """
    lacking = [name for name in REGULAR if not (FOLDER / name).is_file()]
    if lacking:
        raise Unsupported(
            "The letters for documents are not here: `python web/build.py` puts them in their place "
            f"({', '.join(lacking)})."
        )
    return FOLDER


# Chinese, Japanese and Korean share code points that each draws in its own way: which of them a name is
# written in is told by what only one of them has.
JAPANESE = (
    "[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f\u3231\u3232\u337f]|株式会社|有限会社|合同会社|"
    "[気広売駅図県円沢辺鉄発対価経済関栄産戸塚畑峠込働歩黒歳込姫恵桜栃榊]"
)
KOREAN = "[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"
HAN = "[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
FAMILIES = {"ja": "Noto Sans Japanese", "ko": "Noto Sans Korean", "zh": "Noto Sans S Chinese"}
"""The letters of each of the three languages, by the name of their family."""
_TONGUES = {
    language: re.compile(wanted) for language, wanted in (("ja", JAPANESE), ("ko", KOREAN), ("zh", HAN))
}


def tongue(text: str) -> str:
    """`ja`, `ko` or `zh` where a text is written in the letters that these share; else nothing."""
    return next((language for language, wanted in _TONGUES.items() if wanted.search(text)), "")


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


FILES = {"ja": "NotoSansJP-Regular.otf", "ko": "NotoSansKR-Regular.otf", "zh": "NotoSansHans-Regular.otf"}


def regular(language: str = "") -> list[Path]:
    """Where those are, in the order in which a letter is looked for in a text of a language.

    Raises:
        Unsupported: they were not put there.
    """
    place, own = folder(), FILES.get(language)
    ordered = sorted(REGULAR, key=lambda name: (name in FILES.values(), name != own)) if own else REGULAR
    return [place / name for name in ordered]
