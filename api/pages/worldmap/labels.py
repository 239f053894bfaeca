"""Names beside marks: the first place that is free, nearest first, with a thin line where it is not near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.pages import lettering

Floats = NDArray[np.float64]

_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -0.8), (1, 0.8), (-1, -0.8), (-1, 0.8))
"""Right, left, above, below, and between them: where a name stands, in the order in which it is tried."""
_NEAR = (0.0, 7.0, 16.0, 26.0)
_FAR = (*_NEAR, 40.0, 58.0, 80.0, 105.0, 135.0)
_LED = 12.0
"""From this far on a line leads from the name to its mark."""
EDGE = 2.0


@dataclass(frozen=True)
class Text:
    """What is to be written.

    Attributes:
        at: index of its mark.
        name: first line.
        more: second line, smaller, or "".
        number: after the name, or "".
    """

    at: int
    name: str
    more: str = ""
    number: str = ""


@dataclass(frozen=True)
class Label:
    """Words where they stand.

    Attributes:
        x: of the beginning, the middle or the end, by `anchor`.
        y: the base line of the first line.
        box: left, top, right, bottom of all lines.
        leader: the ends of the line to its mark, or None.
    """

    text: Text
    x: float
    y: float
    anchor: str
    box: tuple[float, float, float, float]
    leader: tuple[float, float, float, float] | None


@dataclass(frozen=True)
class Type:
    """How letters are set.

    Attributes:
        size: of a name.
        small: of the words under it.
    """

    size: float
    small: float

    def extent(self, text: Text) -> tuple[float, float]:
        """Width and height of the lines of a label."""
        first = f"{text.name} {text.number}".strip()
        wide = max(lettering.width(first, self.size), lettering.width(text.more, self.small))
        return wide, self.size * 1.16 + (self.small * 1.2 if text.more else 0.0)


def place(
    texts: Sequence[Text],
    circles: Floats,
    room: tuple[float, float],
    type_: Type,
    *,
    far: bool = False,
    lines: Floats | None = None,
) -> list[Label]:
    """The labels that find a place, in the order in which they were given.

    Args:
        texts: the most important first.
        circles: (n, 3) middle and reach of every mark.
        room: width and height of the picture.
        type_: sizes of letters.
        far: whether to look for a place farther away, so that hardly a name is left out.
        lines: (n, 2) points of lines that names keep clear of where they can.
    """
    drawn = np.empty((0, 4)) if lines is None else np.hstack([lines - 2, lines + 2])
    marks = np.stack(
        [
            circles[:, 0] - circles[:, 2],
            circles[:, 1] - circles[:, 2],
            circles[:, 0] + circles[:, 2],
            circles[:, 1] + circles[:, 2],
        ],
        axis=1,
    )
    taken = marks
    found: list[Label] = []
    for text in texts:
        boxes, gaps = _candidates(circles[text.at], type_.extent(text), _FAR if far else _NEAR)
        free = _free(boxes, taken, room)
        if not free.any():  # most, where two hundred countries have a mark
            continue
        free[free] &= _nearest(boxes[free], circles, text.at) | (gaps[free] >= _LED)
        clear = _free(boxes, drawn, room)
        for choice in (*np.flatnonzero(free & clear), *np.flatnonzero(free & ~clear)):
            label = _label(text, circles[text.at], boxes[choice], float(gaps[choice]), type_)
            if label.leader is None or not _crosses(label.leader, np.delete(taken, text.at, axis=0)):
                found.append(label)
                taken = np.vstack([taken, boxes[choice]])
                break
    return found


def _candidates(circle: Floats, extent: tuple[float, float], gaps: Sequence[float]) -> tuple[Floats, Floats]:
    """Boxes around a mark, the nearest first, each with its distance."""
    (x, y, reach), (wide, high) = circle, extent
    boxes, away = [], []
    for gap in gaps:
        for dx, dy in _SIDES:
            off = reach + 3 + gap
            left = x + off if dx > 0 else x - off - wide if dx < 0 else x - wide / 2
            slant = off if not dx else off * 0.75
            top = y + dy * slant - high / 2 + (np.sign(dy) * high / 2 if dy else 0.0)
            boxes.append((left, top, left + wide, top + high))
            away.append(gap)
    return np.array(boxes), np.array(away)


def _free(boxes: Floats, taken: Floats, room: tuple[float, float]) -> NDArray[np.bool_]:
    """Which boxes lie in the picture and on nothing."""
    inside = (
        (boxes[:, 0] >= EDGE)
        & (boxes[:, 1] >= EDGE)
        & (boxes[:, 2] <= room[0] - EDGE)
        & (boxes[:, 3] <= room[1] - EDGE)
    )
    hit = (
        (boxes[:, None, 0] < taken[None, :, 2] + 1)
        & (boxes[:, None, 2] > taken[None, :, 0] - 1)
        & (boxes[:, None, 1] < taken[None, :, 3])
        & (boxes[:, None, 3] > taken[None, :, 1])
    )
    free: NDArray[np.bool_] = inside & ~hit.any(axis=1)
    return free


def _nearest(boxes: Floats, circles: Floats, own: int) -> NDArray[np.bool_]:
    """Which boxes lie nearer to their own mark than to any other, so that nobody takes them for another's."""
    x, y, reach = circles[:, 0], circles[:, 1], circles[:, 2]
    across = np.maximum(np.maximum(boxes[:, None, 0] - x, x - boxes[:, None, 2]), 0.0)
    down = np.maximum(np.maximum(boxes[:, None, 1] - y, y - boxes[:, None, 3]), 0.0)
    away = np.hypot(across, down) - reach
    mine = away[:, own].copy()
    away[:, own] = np.inf
    nearest: NDArray[np.bool_] = mine < away.min(axis=1)
    return nearest


def _label(text: Text, circle: Floats, box: Floats, gap: float, type_: Type) -> Label:
    left, top, right, bottom = (round(float(edge), 1) for edge in box)
    x, y, reach = (float(part) for part in circle)
    anchor = "start" if left >= x else "end" if right <= x else "middle"
    at = {"start": left, "end": right, "middle": round((left + right) / 2, 1)}[anchor]
    leader = None
    if gap >= _LED:
        end = (min(max(x, left), right), min(max(y, top), bottom))
        length = float(np.hypot(end[0] - x, end[1] - y)) or 1.0
        start = (x + (end[0] - x) * reach / length, y + (end[1] - y) * reach / length)
        leader = (round(start[0], 1), round(start[1], 1), round(end[0], 1), round(end[1], 1))
    return Label(
        text,
        at,
        round(top + type_.size * 0.9, 1),
        anchor,
        (left, top, right, bottom),
        leader,
    )


def _crosses(leader: tuple[float, float, float, float], boxes: Floats) -> bool:
    """Whether a line runs over something: looked at in ten places."""
    steps = np.linspace(0.05, 0.95, 10)
    xs = leader[0] + (leader[2] - leader[0]) * steps
    ys = leader[1] + (leader[3] - leader[1]) * steps
    over = (
        (xs[:, None] > boxes[None, :, 0])
        & (xs[:, None] < boxes[None, :, 2])
        & (ys[:, None] > boxes[None, :, 1])
        & (ys[:, None] < boxes[None, :, 3])
    )
    return bool(over.any())
