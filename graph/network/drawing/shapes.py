"""The shapes of nodes, lines and marks as SVG elements."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal
from xml.etree.ElementTree import Element, SubElement

from graph.network.drawing.looks import GROUND, LINE, LOOKS, MARKS, MUTED, STROKES, Look, Mark, Stroke

Point = tuple[float, float]
Sample = Literal["node", "line", "mark"]

_CORNERS: Mapping[str, tuple[Point, ...]] = {
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "triangle": ((0, -1), (1, 1), (-1, 1)),
    "pentagon": tuple((math.sin(2 * math.pi * n / 5), -math.cos(2 * math.pi * n / 5)) for n in range(5)),
    "star": tuple(
        (
            (1.0 if n % 2 == 0 else 0.45) * math.sin(math.pi * n / 5),
            -(1.0 if n % 2 == 0 else 0.45) * math.cos(math.pi * n / 5),
        )
        for n in range(10)
    ),
}
"""Corners of shapes, for half a width and half a height of 1."""


def shape(parent: Element, look: Look, at: Point, half: Point) -> None:
    """Draws the shape of a kind of node around a point."""
    x, y = at
    wide, high = half
    if look.shape in {"circle", "small"}:
        SubElement(parent, "circle", {"cx": f"{x:g}", "cy": f"{y:g}", "r": f"{wide:g}", "fill": look.colour})
    elif look.shape == "square":
        box = {
            "x": f"{x - wide:g}",
            "y": f"{y - high:g}",
            "width": f"{2 * wide:g}",
            "height": f"{2 * high:g}",
        }
        SubElement(parent, "rect", box | {"rx": "3", "fill": look.colour})
    elif look.shape == "hexagon":
        side = min(high, wide * 0.5)
        corners = [(-wide, 0.0), (-wide + side, -high), (wide - side, -high)]
        corners += [(-a, -b) for a, b in corners]
        _polygon(
            parent,
            [(x + a, y + b) for a, b in corners],
            {"fill": GROUND, "stroke": look.colour, "stroke-width": "2"},
        )
    else:
        corners = [(x + a * wide, y + b * high) for a, b in _CORNERS[look.shape]]
        _polygon(parent, corners, {"fill": look.colour})


def _polygon(parent: Element, corners: list[Point], named: Mapping[str, str]) -> None:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    SubElement(parent, "polygon", {"points": points, **named})


def line(parent: Element, ends: Mapping[str, str], stroke: Stroke, *, over: bool) -> None:
    """Draws a relation; one that is over is broken."""
    named = {"stroke": LINE, "stroke-width": "4" if stroke.double else "1.4"}
    dashes = "6 4" if over else stroke.dashes
    if dashes:
        named |= {"stroke-dasharray": dashes, "stroke-linecap": "round" if not over else "butt"}
    if dashes and not over:
        named |= {"stroke": MUTED, "stroke-width": "1.8"}
    SubElement(parent, "line", {**ends, **named})
    if stroke.double:
        SubElement(parent, "line", {**ends, "stroke": GROUND, "stroke-width": "1.6"})


def mark(parent: Element, found: Mark, x: float, y: float) -> None:
    """Draws the status of an engagement: a ring for who wants to, a disc for who does."""
    named = {"cx": f"{x:g}", "cy": f"{y:g}", "fill": found.fill, "stroke": found.ring, "stroke-width": "1.8"}
    if found.dashes:
        named["stroke-dasharray"] = found.dashes
    if found.double:
        SubElement(parent, "circle", {**named, "r": "6.5", "fill": GROUND, "stroke-width": "1.2"})
    SubElement(parent, "circle", {**named, "r": "4" if found.double else "5"})


_SMALLER = 0.8
_MARKET = (11.0, 7.0)


def sample(parent: Element, what: Sample, name: str, at: Point) -> None:
    """Draws what a line of the legend explains."""
    x, y = at
    if what == "mark":
        mark(parent, MARKS[name], x, y)
    elif what == "line":
        ends = {"x1": f"{x - 12:g}", "y1": f"{y:g}", "x2": f"{x + 12:g}", "y2": f"{y:g}"}
        line(parent, ends, STROKES[name], over=False)
    else:
        look = LOOKS[name]
        half = {"hexagon": _MARKET, "small": (5.0, 5.0)}.get(look.shape, (9 * _SMALLER, 9 * _SMALLER))
        shape(parent, look, (x, y), half)
