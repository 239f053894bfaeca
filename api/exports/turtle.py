"""Turtle for people to read: prefixes, one subject a paragraph, always in the same order.

The engine writes whole IRIs in the order in which it meets them; a page of a list or one thing is
small enough to be written again. SPARQL answers stay as the engine writes them.
"""

from __future__ import annotations

import re
from typing import Any

from api.exports.jsonld import nodes, short
from graph.model.namespaces import PREFIXES

_TYPE = str(PREFIXES["rdf"]) + "type"
_XSD_STRING = str(PREFIXES["xsd"]) + "string"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_NEED_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f]')


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _iri(iri: str) -> str:
    if iri.startswith("_:"):
        return iri
    name = short(iri)
    return name if name != iri else f"<{iri}>"


def _object(value: dict[str, Any]) -> str:
    if "@id" in value:
        return _iri(value["@id"])
    text = f'"{_NEED_ESCAPE.sub(_escape, str(value["@value"]))}"'
    if "@language" in value:
        return f"{text}@{value['@language']}"
    kind = value.get("@type", _XSD_STRING)
    return text if kind == _XSD_STRING else f"{text}^^{_iri(kind)}"


def _paragraph(node: dict[str, Any]) -> str:
    properties = {key: values for key, values in node.items() if key != "@id"}
    ordered = sorted(properties, key=lambda key: (key != _TYPE, key))
    lines = [
        f"{'a' if key == _TYPE else _iri(key)} " + " ,\n        ".join(_object(v) for v in properties[key])
        for key in ordered
    ]
    return _iri(node["@id"]) + " " + " ;\n    ".join(lines) + " .\n"


def write(expanded: bytes) -> bytes:
    """Turtle of expanded JSON-LD as the engine writes it; only the prefixes in use are declared."""
    body = "\n".join(_paragraph(node) for node in nodes(expanded))
    used = [
        f"@prefix {prefix}: <{iri}> .\n"
        for prefix, iri in PREFIXES.items()
        if re.search(rf"(?<![\w:/<]){prefix}:\w", body)
    ]
    return ("".join(used) + "\n" + body).encode()
