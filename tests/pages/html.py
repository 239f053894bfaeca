"""Reading pages back: a strict HTML parser, and what hangs on elements."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]

__all__ = ["SVG", "Element", "ElementTree", "every", "links", "marks", "one", "parse", "words"]

SVG = "{http://www.w3.org/2000/svg}"


def parse(text: str) -> Element:
    """The tree of a page; any fault in the HTML is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found: Element = parser.parse(text)
    return found


def every(tree: Element, *names: str) -> Iterator[Element]:
    """The elements with one of these names, in order."""
    return (each for each in tree.iter() if isinstance(each.tag, str) and each.tag in names)


def one(tree: Element, name: str) -> Element:
    """The only element with this name."""
    (found,) = every(tree, name)
    return found


def words(element: Element) -> str:
    """The text of an element with single spaces."""
    return " ".join("".join(element.itertext()).split())


def links(tree: Element, beginning: str = "/") -> list[str]:
    """Where the links of a page lead on this host."""
    return [href for a in every(tree, "a") if (href := a.get("href", "")).startswith(beginning)]


def marks(element: Element) -> list[str]:
    """The classes of the shapes of the status marks in an element."""
    return [
        shape.get("class", "")
        for svg in element.iter(f"{SVG}svg")
        if svg.get("class") == "mark"
        for shape in svg.iter(f"{SVG}circle")
    ]
