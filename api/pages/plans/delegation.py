"""The network of a delegation: who takes part, what ties them to where they go, and to whom they would meet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup

from api.deps import Context
from api.pages import letters
from api.pages.face import Face
from api.pages.plans import words
from api.pages.plans.asked import Plan
from graph.index import Index
from graph.network import Limits, Network, fetch
from graph.network.drawing.widths import WIDTHS

RELATIONS = ("branch", "ownership", "partnership", "engagement")
DRAWN = 40
"""Nodes of the picture: what can be read on a page."""

_SVG = "{http://www.w3.org/2000/svg}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ElementTree.register_namespace("", _SVG[1:-1])


def network(ctx: Context, index: Index, face: Face, plan: Plan) -> Network:
    """The participants, their destinations or what is known of regions around them, and whom they would meet.

    Only relations that a source tells of; that two would meet is no relation.
    """
    settings = ctx.settings
    every = [str(each["organization"]["iri"]) for each in plan.drawn.participants]
    refs = every[: settings.network_starts]
    limits = Limits(RELATIONS, nodes=settings.network_analysed)
    found = fetch(index, refs, limits, plan.query.as_of, face.lang, ctx.today)
    places = {str(each["iri"]) for each in (*plan.drawn.markets, *plan.drawn.regions)}
    kept = {*refs, *places, *_meant(plan)}
    whole: Network = found.subgraph([node for node in found if node in kept][:DRAWN]).copy()
    whole.graph["release"] = ctx.release
    whole.graph["title"] = str(words.title(face, plan).striptags())
    cut = len(every) > len(refs) or len(kept & set(found)) > DRAWN
    whole.graph["truncated"] = cut or bool(found.graph["truncated"])
    return whole


def _meant(plan: Plan) -> set[str]:
    return {
        str(each["organization"]["iri"])
        for participant in plan.drawn.participants
        for meeting in participant["meet"]
        for kind in words.KINDS
        for each in meeting[kind]
        if each["organization"] is not None
    }


def ties(found: Network) -> list[dict[str, Any]]:
    """The table beside the picture: the same relations with their sources."""
    nodes: Mapping[str, Any] = found.nodes
    rows = [{"start": nodes[a], "stop": nodes[b], **facts} for a, b, facts in found.edges(data=True)]
    return sorted(
        rows, key=lambda row: (str(row["start"]["label"]), str(row["kind"]), str(row["stop"]["label"]))
    )


# Pictures -----------------------------------------------------------------------------------------


def size(svg: bytes) -> tuple[float, float]:
    """Width and height of a drawing."""
    found = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return (float(found[1]), float(found[2])) if found else (600.0, 400.0)


def inline(svg: bytes) -> Markup:
    """The drawing as a part of a page: its colours follow the page's, and it is as wide as there is room."""
    root = ElementTree.fromstring(svg)  # noqa: S314 (we made it)
    for name in ("title", "desc"):
        for each in root.iter(f"{_SVG}{name}"):
            if each.get("id") == name:
                each.set("id", f"drawn-{name}")
    root.set("aria-labelledby", "drawn-title drawn-desc")
    root.set("class", "drawn")
    return Markup(ElementTree.tostring(root, "unicode"))  # noqa: S704 (made of elements, every text escaped)


def lettered(svg: bytes) -> bytes:
    """The drawing with the letters that it needs inside, so that every name has its letters wherever it is opened.

    Blocks: run it in a thread.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 (we made it)
    written: dict[str, set[int]] = {}
    for each in root.iter(f"{_SVG}text"):
        written.setdefault(each.get(_LANG, ""), set()).update(map(ord, "".join(each.itertext())))
    carried = {language: letters.parts(wanted, language) for language, wanted in sorted(written.items())}
    style = ElementTree.Element(f"{_SVG}style")
    style.text = "".join(
        f'@font-face{{font-family:"{name}";src:url(data:font/woff2;base64,{data}) format("woff2")}}'
        for language, parts in carried.items()
        for name, data in zip(_names(language, parts), parts, strict=True)
    )
    root.insert(0, style)
    family = str(root.get("font-family", "sans-serif"))
    for each in root.iter(f"{_SVG}text"):
        if not WIDTHS.keys() >= set("".join(each.itertext())):
            language = each.get(_LANG, "")
            # before the machine's own: a browser that has drawn boxes with those does not look again
            own = ", ".join(f"'{name}'" for name in _names(language, carried[language]))
            each.set("font-family", f"{own}, {each.get('font-family', family)}" if own else family)
    names = (f"'{name}'" for name in _names("", carried.get("", [])))
    root.set("font-family", ", ".join([family.removesuffix(", sans-serif"), *names, "sans-serif"]))
    made: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return made


def _names(language: str, parts: list[str]) -> list[str]:
    return [f"Verre {language}{number}" for number in range(len(parts))]
