"""JSON-LD 1.1 with its context inside: nothing has to be fetched to read it.

The engine writes expanded JSON-LD; here the names become short. Values stay as they are written
out in full, so expanding gives back exactly the triples (a test compares them, canonicalised).
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from graph.model.namespaces import PREFIXES

_TYPE = str(PREFIXES["rdf"]) + "type"
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda each: -len(each[1]))


def context() -> dict[str, str]:
    """Prefix to IRI."""
    return {prefix: str(iri) for prefix, iri in PREFIXES.items()}


def short(iri: str) -> str:
    """`verre:exporter` for its IRI, where a prefix fits and what is left is a plain name."""
    for prefix, beginning in _LONGEST_FIRST:
        if iri.startswith(beginning):
            rest = iri[len(beginning) :]
            if _NAME.fullmatch(rest):
                return f"{prefix}:{rest}"
    return iri


def _value(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"@value"} and isinstance(value["@value"], str):
        return value["@value"]
    return value


def _node(node: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, values in node.items():
        if key == _TYPE and all(set(each) == {"@id"} for each in values):
            out["@type"] = sorted(short(each["@id"]) for each in values)
        elif key.startswith("@"):
            out[key] = values
        else:
            told = [_value(each) for each in values]
            out[short(key)] = told[0] if len(told) == 1 else told
    return out


def nodes(expanded: bytes) -> list[dict[str, Any]]:
    """The nodes of expanded JSON-LD as the engine writes it, each once, everything in a fixed order."""
    by_id: dict[str, dict[str, list[Any]]] = {}
    for found in orjson.loads(expanded):
        into = by_id.setdefault(found.pop("@id"), {})
        for key, values in found.items():
            into.setdefault(key, []).extend(values)
    return [{"@id": name, **_in_order(by_id[name])} for name in sorted(by_id)]


def _in_order(properties: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {key: _distinct(properties[key]) for key in sorted(properties)}


def _distinct(values: list[Any]) -> list[Any]:
    keyed = {orjson.dumps(value, option=orjson.OPT_SORT_KEYS): value for value in values}
    return [keyed[key] for key in sorted(keyed)]


def compact(expanded: bytes) -> bytes:
    """Expanded JSON-LD, as the engine writes it, with short names and its context beside it."""
    return orjson.dumps({"@context": context(), "@graph": [_node(node) for node in nodes(expanded)]})
