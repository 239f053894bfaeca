"""The few letters that a picture is written with, out of the fonts that documents are set in."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable

from fontTools import subset
from fontTools.ttLib import TTFont

from graph.documents import fonts


def parts(wanted: Iterable[int], language: str = "") -> list[str]:
    """Parts of fonts that have these letters between them, as WOFF2 in base64; each letter from the first that has it.

    Args:
        wanted: code points.
        language: `ja`, `ko` or `zh`: whose way of drawing shared letters comes first.

    Blocks: run it in a thread.

    Raises:
        Unsupported: the fonts are not here.
    """
    left, found = set(wanted), []
    for path in fonts.regular(language) if left else ():
        if not left:
            break
        font = TTFont(path, lazy=True, recalcTimestamp=False)
        here = left & font.getBestCmap().keys()
        if here:
            left -= here
            found.append(_packed(font, here))
        font.close()
    return found


def _packed(font: TTFont, letters: set[int]) -> str:
    options = subset.Options(
        flavor="woff2", layout_features=["*"], notdef_outline=True, recalc_timestamp=False
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    held = io.BytesIO()
    font.flavor = "woff2"
    font.save(held)
    return base64.b64encode(held.getvalue()).decode("ascii")
