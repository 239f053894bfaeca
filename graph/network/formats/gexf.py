"""Networks as GEXF 1.3 and 1.2 (https://gexf.net/schema.html): what Gephi opens with colours, sizes and weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from graph.network.drawing.looks import look
from graph.network.fetch import Network
from graph.network.formats.flat import Scalar, flat, for_xml

NAMESPACES = {
    "1.3": ("http://gexf.net/1.3", "http://gexf.net/1.3/viz"),
    "1.2": ("http://www.gexf.net/1.2draft", "http://www.gexf.net/1.2draft/viz"),
}
TYPES = ((bool, "boolean"), (int, "long"), (float, "double"), (str, "string"))
"""Python's types and those of GEXF; a truth value is a number in Python, so it is looked for first."""

NATIVE = frozenset({"label"})
NATIVE_EDGE = frozenset({"label", "weight"})
"""What GEXF has attributes of its own for."""


def gexf(network: Network, version: str = "1.3") -> bytes:
    """A static, directed graph; nodes and edges carry `label`, edges `weight`, all else is a declared attribute."""
    single = for_xml(flat(network))
    space, viz = NAMESPACES[version]
    root = Element("gexf", {"xmlns": space, "xmlns:viz": viz, "version": version})
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = "Verre"
    SubElement(meta, "description").text = _description(single.graph)
    graph = SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "static"})
    nodes = _declared(graph, "node", (facts for _, facts in single.nodes(data=True)), NATIVE)
    edges = _declared(graph, "edge", (facts for *_, facts in single.edges(data=True)), NATIVE_EDGE)
    _nodes(graph, single, nodes)
    _edges(graph, single, edges, version)
    body: bytes = tostring(root, "utf-8", xml_declaration=True)
    return body


def _description(about: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in sorted(about.items())) or "A network"


def _kind(value: Scalar) -> str:
    return next(name for cls, name in TYPES if isinstance(value, cls))


def _declared(
    graph: Element, of: str, found: Iterable[Mapping[str, Scalar]], native: frozenset[str]
) -> dict[str, str]:
    """Declares every attribute that some node or edge has; attribute -> its id."""
    types: dict[str, str] = {}
    for facts in found:
        types |= {
            name: _kind(value) for name, value in facts.items() if name not in native and name not in types
        }
    declared = SubElement(graph, "attributes", {"class": of, "mode": "static"})
    for name in sorted(types):
        SubElement(declared, "attribute", {"id": name, "title": name, "type": types[name]})
    return {name: name for name in types}


def _values(element: Element, facts: Mapping[str, Scalar], declared: Mapping[str, str]) -> None:
    values = SubElement(element, "attvalues")
    for name, value in facts.items():
        if name in declared:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            SubElement(values, "attvalue", {"for": declared[name], "value": text})


def _nodes(graph: Element, single: Network, declared: Mapping[str, str]) -> None:
    held = SubElement(graph, "nodes")
    for iri, facts in single.nodes(data=True):
        node = SubElement(held, "node", {"id": iri, "label": str(facts.get("label", iri))})
        _values(node, facts, declared)
        drawn = look(str(facts.get("kind", "")))
        red, green, blue = (str(int(drawn.colour[at : at + 2], 16)) for at in (1, 3, 5))
        SubElement(node, "viz:color", {"r": red, "g": green, "b": blue})
        SubElement(node, "viz:size", {"value": "20.0" if facts.get("depth") == 0 else "10.0"})
        SubElement(node, "viz:shape", {"value": drawn.gexf})


def _edges(graph: Element, single: Network, declared: Mapping[str, str], version: str) -> None:
    held = SubElement(graph, "edges")
    for a, b, key, facts in single.edges(keys=True, data=True):
        named = {"id": key, "source": a, "target": b, "type": "directed", "label": str(facts["label"])}
        if version == "1.3":
            named["kind"] = str(facts["kind"])  # Gephi keeps parallel edges of different kinds apart by it
        edge = SubElement(held, "edge", named | {"weight": str(facts["weight"])})
        _values(edge, facts, declared)
