"""A network as SVG 1.1: one file that needs no font, script or style sheet from elsewhere.

Every text has `textLength`, so that a program that lacks the font sets it as wide as it was measured,
and no word comes to lie on another.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from graph.documents import fonts
from graph.network.drawing import shapes
from graph.network.drawing.captions import Caption, caption
from graph.network.drawing.looks import GROUND, INK, LINE, MARKS, MUTED, STROKES, stroke_of
from graph.network.drawing.picture import Line, Link, Picture, Thing, picture
from graph.network.fetch import Network
from graph.network.xmltext import xml_text

FONT = "'Liberation Sans', Arial, Helvetica, 'Noto Sans', sans-serif"
MARGIN = 24.0


def svg(network: Network) -> bytes:
    """The drawing with its title, legend and sources."""
    drawn = picture(network)
    told = caption(network, drawn, max(drawn.width, 560.0))
    width = max(drawn.width, told.width) + 2 * MARGIN
    height = told.head + drawn.height + told.foot + 2 * MARGIN
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width:g} {height:g}",
            "width": f"{width:g}",
            "height": f"{height:g}",
            "role": "img",
            "aria-labelledby": "title desc",
            "font-family": FONT,
            "xml:lang": told.language,
        },
    )
    SubElement(root, "title", {"id": "title"}).text = xml_text(told.title)
    SubElement(root, "desc", {"id": "desc"}).text = xml_text(told.description)
    SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": GROUND})
    _caption(root, told, height)
    body = SubElement(
        root,
        "g",
        {
            "transform": f"translate({MARGIN + (width - 2 * MARGIN - drawn.width) / 2:g} {MARGIN + told.head:g})"
        },
    )
    _body(body, drawn)
    made: bytes = tostring(root, "utf-8", xml_declaration=True)
    return made


def _body(parent: Element, drawn: Picture) -> None:
    for link in drawn.links:
        _link(SubElement(parent, "g", {"class": "link"}), link)
    for thing in drawn.things:
        _thing(SubElement(parent, "g", {"class": "thing", "data-kind": thing.kind}), thing)
    for link in drawn.links:
        if link.word is not None:
            _texts(SubElement(parent, "g", {"class": "label"}), [link.word])


def _link(parent: Element, link: Link) -> None:
    SubElement(parent, "title").text = xml_text(link.title)
    stroke = STROKES[stroke_of(link.kind)]
    ends = {
        "x1": f"{link.start[0]:g}",
        "y1": f"{link.start[1]:g}",
        "x2": f"{link.end[0]:g}",
        "y2": f"{link.end[1]:g}",
    }
    shapes.line(parent, ends, stroke, over=link.over)
    if link.mark:
        shapes.mark(parent, MARKS[link.mark], *link.at)


def _thing(parent: Element, thing: Thing) -> None:
    SubElement(parent, "title").text = xml_text(thing.title)
    shapes.shape(parent, thing.look, (thing.x, thing.y), thing.half)
    _texts(SubElement(parent, "g", {"class": "label"}), thing.lines)


def _texts(parent: Element, lines: Iterable[Line]) -> None:
    for line in lines:
        _text(parent, line, "middle", halo=True)


def _text(parent: Element, line: Line, anchor: str, *, halo: bool) -> None:
    named = {
        "x": f"{line.x:.1f}",
        "y": f"{line.y:.1f}",
        "font-size": f"{line.size:g}",
        "text-anchor": anchor,
        "fill": MUTED if line.light else INK,
        "textLength": f"{line.length:.1f}",
        "lengthAdjust": "spacingAndGlyphs",
    }
    language = fonts.tongue(line.whole or line.text)
    if language:
        named |= {"xml:lang": language, "font-family": f"'{fonts.FAMILIES[language]}', {FONT}"}
    if line.bold:
        named["font-weight"] = "bold"
    if line.over:
        named["text-decoration"] = "line-through"
    if halo:
        named |= {"stroke": GROUND, "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"}
    SubElement(parent, "text", named).text = line.text


def _caption(root: Element, told: Caption, height: float) -> None:
    top = SubElement(root, "g", {"class": "head", "transform": f"translate({MARGIN:g} {MARGIN:g})"})
    for line in told.heading:
        _text(top, line, "start", halo=False)
    start = height - MARGIN - told.foot
    foot = SubElement(root, "g", {"class": "foot", "transform": f"translate({MARGIN:g} {start:g})"})
    rule = {"x1": "0", "y1": "8", "x2": f"{told.width:g}", "y2": "8", "stroke": LINE, "stroke-width": "0.5"}
    SubElement(foot, "line", rule)
    for key in told.keys:
        shapes.sample(foot, key.what, key.name, (key.x, key.y))
        _text(foot, key.line, "start", halo=False)
    for line in told.sources:
        _text(foot, line, "start", halo=False)
