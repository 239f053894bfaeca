"""Which part of which plate a picture shows: the world, Europe beside it where it is crowded, or what is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.worldmap.atlas import Atlas, Plate

CROWD = 4
"""So many marks in Europe get a picture of their own."""

Place = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """A window on a plate, as a picture of a given size.

    Attributes:
        left: of the window, in units of the plate.
        top: the same.
        scale: units of the picture to one of the plate.
        width: of the picture.
    """

    plate: Plate
    left: float
    top: float
    scale: float
    width: float
    height: float

    def place(self, key: str) -> Place:
        """Where the mark of a country stands in the picture."""
        x, y = self.plate.point(key)
        return (x - self.left) * self.scale, (y - self.top) * self.scale


def whole(plate: Plate, width: float) -> Frame:
    """All of a plate."""
    scale = width / plate.width
    return Frame(plate, 0.0, 0.0, scale, width, round(plate.height * scale, 1))


def around(plate: Plate, keys: Sequence[str], width: float, shape: tuple[float, float]) -> Frame:
    """What these points need, with room for names around it.

    Args:
        plate: that they lie on.
        keys: of the points.
        width: of the picture.
        shape: the closest it may look, as a share of the plate's width; and height to width of the picture.
    """
    closest, tall = shape
    spots = [plate.point(key) for key in keys]
    (west, east), (north, south) = (
        (min(spot[axis] for spot in spots), max(spot[axis] for spot in spots)) for axis in (0, 1)
    )
    wide = max((east - west) * 1.12 + 50, (south - north) * 1.3 / tall, plate.width * closest)
    wide = min(wide, plate.width)
    high = min(max(wide * tall, (south - north) * 1.2 + 40), plate.height)
    left = min(max((west + east - wide) / 2, 0.0), plate.width - wide)
    top = min(max((north + south - high) / 2, 0.0), plate.height - high)
    scale = width / wide
    return Frame(plate, round(left, 1), round(top, 1), scale, width, round(high * scale, 1))


def split(atlas: Atlas, keys: Sequence[str]) -> tuple[bool, bool]:
    """Whether the world is shown, and whether Europe is: by itself, or beside the world where it is crowded."""
    near = [key for key in keys if atlas.europe.holds(key)]
    if len(near) == len(keys):
        return False, True
    return True, len(near) >= CROWD
