"""A stored question as a form: a labelled field for each parameter, with its example in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from api.pages.catalogue import LANGUAGES
from api.pages.face import Face
from api.pages.views.facts import RUNGS
from graph.errors import NotFound
from graph.index import Index
from graph.index.labels import beside, labels, values
from graph.index.shaping import Shaper
from graph.model.namespaces import PREFIXES
from graph.queries import Parameter, StoredQuery

Given = Mapping[str, Sequence[str]]

_TERM = re.compile(r'<([^>]*)>|"([^"]*)"\S*|(\S+)')
_LISTED = {"area": ("area",), "indicator": ("indicator",), "sector": ("sector",)}
"""Parameters that are IRIs of a code list in the index: their values are offered."""
_CODES = {"kind", "result"}


def fields(face: Face, shaper: Shaper, query: StoredQuery, given: Given) -> list[dict[str, Any]]:
    """The fields of the form, in the order of the parameters.

    A field holds what was given; before anything was, what the question needs holds its example.
    """
    return [_field(face, shaper, each, given) for each in query.parameters]


def _field(face: Face, shaper: Shaper, parameter: Parameter, given: Given) -> dict[str, Any]:
    example = examples(shaper, parameter)
    held = list(given.get(parameter.name, ()))
    if not held and not given and parameter.required:
        held = example
    room = held if not parameter.many and held else [*held, ""]
    return {
        "name": parameter.name,
        "label": face.t(f"parameter.{parameter.name}"),
        "kind": parameter.kind,
        "many": parameter.many,
        "required": parameter.required,
        "values": held,
        "inputs": room,
        "example": ", ".join(example),
        "offered": _offered(face, shaper, parameter),
    }


def examples(shaper: Shaper, parameter: Parameter) -> list[str]:
    """The example of a parameter as a person would write it."""
    return [_said(shaper, parameter, *match.groups()) for match in _TERM.finditer(parameter.example)]


def _said(shaper: Shaper, parameter: Parameter, iri: str | None, text: str | None, name: str | None) -> str:
    if text is not None:
        return text
    term = iri if iri is not None else expanded(name or "")
    if parameter.kind == "market":
        known = labels(shaper, [term]).get(term)
        return known.text if known else term
    if parameter.kind == "organization":
        return term.rpartition("/organization/")[2].removeprefix("x/") or term
    return term.rpartition("/")[2] if parameter.kind == "status" else term


def expanded(text: str) -> str:
    """An IRI written with a prefix of ours, in full; anything else as it is."""
    prefix, colon, rest = text.strip().partition(":")
    return f"{PREFIXES[prefix]}{rest}" if colon and prefix in PREFIXES and not rest.startswith("//") else text


def _offered(face: Face, shaper: Shaper, parameter: Parameter) -> list[tuple[str, str]]:
    """Values that a reader may choose from, each with its name."""
    if parameter.kind == "status":
        return [(code, face.word("status", code)) for code in RUNGS]
    if parameter.kind == "language":
        return [(lang, str(face.t(f"language.own.{lang}"))) for lang in LANGUAGES]
    if parameter.kind == "market":
        return [(each["label"], "") for each in values(shaper, ("country", "region"))]
    if parameter.kind != "iri":
        return []
    listed = values(shaper, _LISTED[parameter.name]) if parameter.name in _LISTED else []
    if parameter.name in _CODES and "/code/" in parameter.example:
        listed = beside(shaper, parameter.example.strip("<>"))
    return [(each["iri"], each["label"]) for each in listed]


def understood(query: StoredQuery, given: Given, index: Index) -> dict[str, list[str]]:
    """What was given as the question takes it: prefixes in full, names of organizations as references."""
    kinds = {parameter.name: parameter.kind for parameter in query.parameters}
    return {
        name: [_understood(kinds.get(name, ""), value, index) for value in values]
        for name, values in given.items()
    }


def _understood(kind: str, value: str, index: Index) -> str:
    if kind == "iri":
        return expanded(value)
    if kind != "organization":
        return value
    try:
        return index.resolve(value).iri
    except NotFound:
        found = index.find(value, kinds=frozenset({"company"}), limit=1)
        if found and found[0].exact:
            return found[0].iri
        raise
