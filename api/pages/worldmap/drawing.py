"""Marks to pictures: panels for wide screens, and the same for narrow ones."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.pages.worldmap.atlas import Atlas, Plate, atlas
from api.pages.worldmap.frames import around, split, whole
from api.pages.worldmap.labels import Type
from api.pages.worldmap.marks import Mark, Seat
from api.pages.worldmap.panel import MANY, Cut, Panel, Scene, panel

WIDE = Cut("wide", 1000.0, 640.0, 440.0, 760.0, Type(14.5, 12.0), 1.0, 22.0, True, (0.36, 0.5))
NARROW = Cut("narrow", 360.0, 360.0, 360.0, 360.0, Type(12.0, 10.5), 0.86, 13.0, False, (0.36, 0.72))
CROWD = 24
"""From so many marks on they grow smaller."""
ONE = 6.5
"""The largest radius of a mark of one company: few are not drawn like many."""


@dataclass(frozen=True)
class Land:
    """What lies under a panel, as paths.

    Attributes:
        bare: countries without a mark.
        known: those with one.
        focus: those that the map is about.
    """

    bare: str
    known: str
    focus: str


@dataclass(frozen=True)
class Drawing:
    """Everything that the template draws.

    Attributes:
        land: by plate, for those that are shown.
        wide: panels for wide screens.
        narrow: panels for narrow ones.
    """

    land: dict[str, Land]
    wide: list[Panel]
    narrow: list[Panel]


def draw(
    marks: Iterable[Mark], seat: Seat | None = None, *, near: bool = False, focus: Iterable[str] = ()
) -> Drawing | None:
    """The map of some marks; None where there is nothing to draw or the shapes were not built.

    Reads a file the first time: call it in a thread.

    Args:
        marks: the most important first: their names find a place first. One a country; a country that
            the map does not know is left out.
        seat: where the company sits whose marks they are.
        near: whether to look closely at the part of the world where the marks are.
        focus: codes of the countries that the map is about.
    """
    held = atlas()
    if held is None:
        return None
    known = list({mark.code: mark for mark in marks if mark.code in held.world.points}.values())
    if not known:
        return None
    sheet = _Sheet(held, known, seat if seat and seat.point in held.world.points else None, near)
    wide = sheet.panels(WIDE)
    shown = {each.plate for each in wide}
    plates = [plate for plate in (held.world, held.europe) if plate.name in shown]
    marked = {mark.code for mark in known}
    return Drawing(
        {plate.name: _land(plate, marked, set(focus)) for plate in plates}, wide, sheet.panels(NARROW)
    )


def _land(plate: Plate, marked: set[str], focus: set[str]) -> Land:
    bare = [code for code in plate.shapes if code not in marked | focus]
    return Land(plate.land(bare), plate.land(sorted(marked - focus)), plate.land(sorted(focus)))


@dataclass(frozen=True)
class _Sheet:
    """What is to be drawn, in either size."""

    atlas: Atlas
    marks: Sequence[Mark]
    seat: Seat | None
    near: bool

    def _one(self, cut: Cut) -> float:
        """The radius that one company has: many marks together cover no more land than a few."""
        most = max(mark.total for mark in self.marks)
        largest = cut.most * min(1.0, math.sqrt(CROWD / len(self.marks)))
        return min(largest / math.sqrt(max(most, 1)), ONE * cut.size)

    def panels(self, cut: Cut) -> list[Panel]:
        """The world, Europe, or both: then Europe has only dots on the world."""
        europe = self.atlas.europe
        one = self._one(cut)
        every = Scene(self.marks, self.seat, frozenset(), one)
        wide, crowded = split(self.atlas, every.keys)
        there = [mark for mark in self.marks if europe.holds(mark.code)]
        if not wide:
            return [panel(cut, whole(europe, cut.alone), every)]
        dotted = frozenset(mark.code for mark in there) if crowded else frozenset()
        if crowded and self.seat and europe.holds(self.seat.point):
            dotted |= {self.seat.code}
        frame = whole(self.atlas.world, cut.world)
        if self.near or (cut is NARROW and len(self.marks) < MANY):
            width = cut.near if self.near and not crowded else cut.world
            frame = around(self.atlas.world, every.keys, width, cut.closest)
        made = [panel(cut, frame, Scene(self.marks, self.seat, dotted, one))]
        if crowded:
            seat = self.seat if self.seat and europe.holds(self.seat.point) else None
            made.append(panel(cut, whole(europe, cut.beside), Scene(there, seat, frozenset(), one)))
        return made
