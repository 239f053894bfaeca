"""One picture of a map: marks moved apart, a line to each branch, names where they find a place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from api.pages import lettering
from api.pages.worldmap.atlas import STEP
from api.pages.worldmap.frames import Frame, Place
from api.pages.worldmap.labels import Label, Text, Type, place
from api.pages.worldmap.marks import Discs, Mark, Seat, discs
from api.pages.worldmap.spread import apart

SEAT, UNIT, DOT = 5.0, 4.6, 2.4
"""Radii of a seat, of a branch, and of what is drawn again, larger, beside the world."""
MANY = 30
"""From so many marks on not every name is looked a far place for: the table beside the map has them all."""


@dataclass(frozen=True)
class Cut:
    """One of the two drawings of a map: for wide screens, or for narrow ones.

    Attributes:
        name: class of its panels.
        world: width of the world.
        alone: width of Europe where it stands alone.
        beside: width of Europe beside the world.
        near: width of a part of the world.
        type_: sizes of letters.
        size: of marks.
        most: radius of the largest mark where companies are counted.
        told: whether words stand under names; where there is no room the list below has them.
        closest: how near the world is looked at, as a share of its width; and height to width of the picture.
    """

    name: str
    world: float
    alone: float
    beside: float
    near: float
    type_: Type
    size: float
    most: float
    told: bool
    closest: tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """A mark where it is drawn.

    Attributes:
        x: of its middle.
        discs: class and radius of its circles, the outermost first.
        home: where it belongs, if it had to move: a thin line leads there.
        unit: middle and radius of the small circle of a branch, or None.
        label: its words, or None.
    """

    mark: Mark
    x: float
    y: float
    discs: Discs
    home: Place | None = None
    unit: tuple[float, float, float] | None = None
    label: Label | None = None


@dataclass(frozen=True)
class Point:
    """A seat where it is drawn."""

    x: float
    y: float
    radius: float
    label: Label | None


@dataclass(frozen=True)
class Panel:
    """One picture.

    Attributes:
        plate: `world` or `europe`: which land lies under it.
        transform: of that land.
        lines: paths from the seat to branches.
    """

    plate: str
    width: float
    height: float
    transform: str
    type_: Type
    spots: list[Spot]
    lines: list[str] = field(default_factory=list)
    seat: Point | None = None


@dataclass(frozen=True)
class Scene:
    """What one picture shows.

    Attributes:
        marks: the most important first.
        dotted: codes of those that are only dots here.
        one: radius of one company's share where companies are counted: all panels have one scale.
    """

    marks: Sequence[Mark]
    seat: Seat | None
    dotted: frozenset[str]
    one: float

    @property
    def keys(self) -> list[str]:
        """The keys of all points, the seat's last."""
        return [mark.code for mark in self.marks] + ([self.seat.point] if self.seat else [])

    def unit(self, mark: Mark, cut: Cut) -> float:
        """Radius of the circle of its branch; 0 where it has none, or is only a dot."""
        return UNIT * cut.size if mark.branch and mark.code not in self.dotted else 0.0


def panel(cut: Cut, frame: Frame, scene: Scene) -> Panel:
    """The picture of a scene in a frame."""
    drawn = [_discs(mark, scene, cut.size) for mark in scene.marks]
    reaches = [
        _reach(circles, scene.unit(mark, cut)) for mark, circles in zip(scene.marks, drawn, strict=True)
    ]
    if scene.seat:
        reaches.append(_seat_radius(scene, cut) + 1)
    homes = np.array([frame.place(key) for key in scene.keys], dtype=float).reshape(-1, 2)
    moved = apart(homes, np.array(reaches), frame.width, frame.height)
    texts = _texts(scene, cut)
    circles = np.column_stack([moved, reaches])
    room = (frame.width, frame.height)
    ends = [moved[n].tolist() for n, mark in enumerate(scene.marks) if scene.unit(mark, cut)]
    bows = np.array([at for end in ends if scene.seat for at in bow(moved[-1].tolist(), end)]).reshape(-1, 2)
    labels = {
        label.text.at: label
        for label in place(texts, circles, room, cut.type_, far=len(scene.marks) < MANY, lines=bows)
    }
    spots = [
        _spot(mark, drawn[n], (homes[n].tolist(), moved[n].tolist()), labels.get(n), scene.unit(mark, cut))
        for n, mark in enumerate(scene.marks)
    ]
    seat = _seat(scene, cut, moved[-1].tolist(), labels) if scene.seat else None
    lines = [line(seat, spot.unit[:2]) for spot in spots if seat and spot.unit]
    return Panel(frame.plate.name, *room, _transform(frame), cut.type_, spots, lines, seat)


def _discs(mark: Mark, scene: Scene, size: float) -> Discs:
    """Its circles; one small one of its strongest kind where it is only a dot."""
    drawn = discs(mark, scene.one, size)
    if mark.code not in scene.dotted or not drawn:
        return drawn
    return ((drawn[-1][0], DOT),)


def _reach(drawn: Discs, unit: float) -> float:
    """How far a mark reaches from its middle, with the outline of the ground around it."""
    outer = max((radius for _, radius in drawn), default=0.0)
    return outer + (unit * 1.5 if drawn else unit) + 1.4


def _seat_radius(scene: Scene, cut: Cut) -> float:
    dot = scene.seat is not None and scene.seat.code in scene.dotted
    return DOT if dot else SEAT * cut.size


def _texts(scene: Scene, cut: Cut) -> list[Text]:
    """What is written: the seat first, then the marks in their order; not what is only a dot."""

    def more(words: str) -> str:
        return lettering.printable(words) if cut.told else ""

    found = [
        Text(n, lettering.printable(_name(mark)), more(mark.more), mark.number)
        for n, mark in enumerate(scene.marks)
        if mark.code not in scene.dotted
    ]
    if scene.seat and scene.seat.code not in scene.dotted:
        found.insert(0, Text(len(scene.marks), lettering.printable(scene.seat.label), more(scene.seat.more)))
    return found


def _name(mark: Mark) -> str:
    """Its name as the map has room for it."""
    return lettering.lines(mark.label, 1.0, 18.0, most=1)[0] if mark.label.strip() else mark.code


def _spot(
    mark: Mark,
    drawn: Discs,
    places: tuple[Sequence[float], Sequence[float]],
    label: Label | None,
    unit: float,
) -> Spot:
    (from_x, from_y), (x, y) = places
    outer = max((radius for _, radius in drawn), default=0.0)
    home = None
    if math.hypot(x - from_x, y - from_y) > outer + 2:
        home = round(from_x, 1), round(from_y, 1)
    off = outer * 0.8  # a branch stands on the shoulder of the mark of its market, or by itself
    beside = (round(x + off, 1), round(y - off, 1), round(unit, 1)) if unit else None
    return Spot(mark, round(x, 1), round(y, 1), drawn, home, beside, label)


def _seat(scene: Scene, cut: Cut, at: Sequence[float], labels: dict[int, Label]) -> Point:
    x, y = at
    return Point(round(x, 1), round(y, 1), round(_seat_radius(scene, cut), 1), labels.get(len(scene.marks)))


def _bend(start: Sequence[float], end: Sequence[float]) -> Place:
    """What a line is drawn towards: north of its middle."""
    (x1, y1), (x2, y2) = start, end
    rise = math.hypot(x2 - x1, y2 - y1) * 0.18
    return round((x1 + x2) / 2, 1), round(max((y1 + y2) / 2 - rise, 4.0), 1)


def line(seat: Point, unit: Place) -> str:
    """A bow from the seat to a branch."""
    x, y = _bend((seat.x, seat.y), unit)
    return f"M{seat.x} {seat.y}Q{x} {y} {unit[0]} {unit[1]}"


def bow(start: Sequence[float], end: Sequence[float], steps: int = 40) -> list[Place]:
    """Points along the same bow."""
    (x, y), found = _bend(start, end), []
    for step in range(1, steps):
        t = step / steps
        parts = (1 - t) ** 2, 2 * t * (1 - t), t**2
        found.append(
            (
                parts[0] * start[0] + parts[1] * x + parts[2] * end[0],
                parts[0] * start[1] + parts[1] * y + parts[2] * end[1],
            )
        )
    return found


def _transform(frame: Frame) -> str:
    scale = round(frame.scale / STEP, 5)
    return f"scale({scale}) translate({round(-frame.left * STEP)} {round(-frame.top * STEP)})"
