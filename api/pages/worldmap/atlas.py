"""The shapes and points of all countries on two plates: the world, and Europe by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BUILT = Path(__file__).parents[1] / "static" / "built" / "worldmap.json"
"""What `web/src/map/make.ts` writes; the wheel carries it."""

STEP = 10
"""Paths are written in tenths of a unit."""
MARGIN = 16.0
"""What is nearer to the edge of a plate than this is on it by chance: Morocco on that of Europe."""


@dataclass(frozen=True)
class Plate:
    """One projection of the countries.

    Attributes:
        name: `world` or `europe`.
        width: of the plate, in units.
        shapes: SVG path by country code, in tenths of a unit; of countries that lie on the plate.
        points: where a mark of a country stands, by its code; may lie off the plate.
    """

    name: str
    width: float
    height: float
    shapes: Mapping[str, str]
    points: Mapping[str, tuple[float, float]]

    def holds(self, code: str) -> bool:
        """Whether a mark of this country stands well inside the plate."""
        x, y = self.points.get(code, (-1.0, -1.0))
        return MARGIN <= x <= self.width - MARGIN and MARGIN <= y <= self.height - MARGIN

    def point(self, code: str) -> tuple[float, float]:
        """Where its mark stands; what lies beyond the edge of the map stands at the edge."""
        x, y = self.points[code]
        return min(max(x, 0.0), self.width), min(max(y, 0.0), self.height)

    def land(self, codes: Iterable[str]) -> str:
        """The shapes of some countries as one path."""
        return "".join(self.shapes.get(code, "") for code in codes)


@dataclass(frozen=True)
class Atlas:
    """Both plates."""

    world: Plate
    europe: Plate


@cache
def atlas() -> Atlas | None:
    """The plates as they were built; None where `web/` was not built. Reads a file: call it in a thread."""
    if not BUILT.is_file():
        return None
    read = json.loads(BUILT.read_text("utf-8"))
    return Atlas(_plate("world", read["world"]), _plate("europe", read["europe"]))


def _plate(name: str, read: Mapping[str, object]) -> Plate:
    points = {str(code): (float(x), float(y)) for code, (x, y) in dict(read["points"]).items()}  # type: ignore[call-overload]
    return Plate(name, float(read["width"]), float(read["height"]), dict(read["shapes"]), points)  # type: ignore[arg-type, call-overload]
