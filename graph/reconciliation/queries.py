"""Batches of queries as clients send them, read strictly: what is not understood is refused, by name.

The shapes are those of the W3C Entity Reconciliation Community Group's API 0.2, sections 4 (queries)
and 6 (data extension). What they leave open is open here too: an unknown type or property is no error,
it only finds nothing.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from graph.errors import InputError, Issue
from graph.reconciliation.types import Type, wanted
from graph.settings import Settings

Json = dict[str, Any]

STRICT = ("any", "should", "all")
_KEYS = ("query", "type", "limit", "properties", "type_strict")
_DEFAULT = 5
"""Candidates of a query that names no limit."""
_SHOWN = 100
"""Characters of a wrong value that an error repeats."""
_LABEL = 60
"""Characters of the key of a query that an error repeats."""


@dataclass(frozen=True)
class Value:
    """A value that a candidate's is compared with.

    Attributes:
        text: as given; the name of a thing where one is given.
        id: of a thing that was reconciled before.
    """

    text: str
    id: str | None = None


@dataclass(frozen=True)
class Query:
    """What is known of one thing that is looked for.

    Attributes:
        text: its name; empty where only properties are known.
        types: those that it may have; empty for any.
        typed: whether types were asked for, perhaps none that is known.
        strict: `should`: things of other types are found too, and count for less.
        limit: most candidates.
        values: property id -> values; any of them may fit.
    """

    text: str
    types: tuple[Type, ...] = ()
    typed: bool = False
    strict: str = "any"
    limit: int = _DEFAULT
    values: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Extension:
    """What data extension is asked: properties, each with its settings, of things."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, Mapping[str, str]], ...]


def clean(text: str) -> str:
    """A text without marks that only steer how it is shown (directions, joiners), on one line."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join("".join(c for c in kept if unicodedata.category(c) != "Cf").split())


def decode(name: str, text: str) -> Json:
    """The JSON object that a parameter holds.

    Raises:
        InputError: it is none.
    """
    try:
        told = orjson.loads(text)
    except ValueError as error:
        issue = Issue(name, f"is no JSON: {error}", text[:_SHOWN])
        raise InputError(f"{name} cannot be read.", issues=(issue,)) from None
    if not isinstance(told, dict):
        issue = Issue(name, "has to be a JSON object", text[:_SHOWN])
        raise InputError(f"{name} cannot be read.", issues=(issue,))
    return told


def read_batch(told: Json, settings: Settings) -> dict[str, Query]:
    """The queries of a batch by their keys.

    Raises:
        InputError: naming each query at fault, up to fifty, and what would be right.
    """
    found: dict[str, Query] = {}
    issues: list[Issue] = []
    limit: str | None = None
    for key, each in told.items():
        reader = _Reader(f"queries.{key[:_LABEL]}", settings)
        try:
            found[key] = reader.query(each)
        except InputError as error:
            issues += error.issues
            limit = limit or error.setting
        if len(issues) >= 50:
            break
    if issues:
        raise InputError("The queries cannot be used.", issues=tuple(issues), setting=limit)
    return found


def read_extension(told: Json, settings: Settings) -> Extension:
    """What `extend=` asks.

    Raises:
        InputError: naming the part at fault.
    """
    reader = _Reader("extend", settings)
    ids, properties = told.get("ids"), told.get("properties")
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise reader.wrong("ids", "a list of texts", ids)
    if not isinstance(properties, list):
        raise reader.wrong("properties", "a list of objects with an id", properties)
    reader.at_most("ids", len(ids), "reconcile_ids")
    reader.at_most("properties", len(properties), "reconcile_properties")
    asked = tuple(reader.asked(place, each) for place, each in enumerate(properties))
    return Extension(tuple(dict.fromkeys(ids)), asked)


class _Reader:
    """Reads the parts of one query."""

    def __init__(self, place: str, settings: Settings) -> None:
        self.place = place
        self.settings = settings

    def wrong(self, name: str, right: str, value: object) -> InputError:
        """The error for a part that is none."""
        place = f"{self.place}.{name}" if name else self.place
        given = orjson.dumps(value, default=str).decode()[:_SHOWN]
        return InputError("The query cannot be used.", issues=(Issue(place, f"has to be {right}", given),))

    def at_most(self, name: str, count: int, setting: str) -> None:
        """Refuses more than a setting allows."""
        most = getattr(self.settings, setting)
        if count > most:
            detail = f"{count}, more than VERRE_{setting.upper()} allows ({most})"
            issue = Issue(f"{self.place}.{name}", detail)
            raise InputError("The query is too large.", issues=(issue,), setting=setting)

    def query(self, told: object) -> Query:
        """A query."""
        if not isinstance(told, dict):
            raise self.wrong("", "an object with query or properties", told)
        strange = next((key for key in told if key not in _KEYS), None)
        if strange is not None:
            raise self.wrong(strange[:_LABEL], f"left out; known are {', '.join(_KEYS)}", told[strange])
        if "query" not in told and not told.get("properties"):
            raise self.wrong("query", "given, or one property at least", told)
        types = self.types(told.get("type", ()))
        return Query(
            text=self.text("query", told.get("query", "")),
            types=wanted(types),
            typed=bool(types),
            strict=self.strict(told.get("type_strict", "any")),
            limit=self.limit(told.get("limit", _DEFAULT)),
            values=self.values(told.get("properties", [])),
        )

    def text(self, name: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.wrong(name, "a text", value)
        self.at_most(f"{name} (characters)", len(value), "reconcile_name")
        return clean(value)

    def types(self, value: object) -> tuple[str, ...]:
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list | tuple) or not all(isinstance(each, str) for each in given):
            raise self.wrong("type", "a type or a list of types", value)
        self.at_most("type", len(given), "reconcile_properties")
        return tuple(each for each in given if each.strip())

    def strict(self, value: object) -> str:
        if not isinstance(value, str) or value not in STRICT:
            raise self.wrong("type_strict", f"one of {', '.join(STRICT)}", value)
        return value

    def limit(self, value: object) -> int:
        number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
        if not number >= 1 or number != int(min(number, 1e9)):
            raise self.wrong("limit", "a positive whole number", value)
        return min(int(number), self.settings.reconcile_candidates)

    def values(self, told: object) -> dict[str, tuple[Value, ...]]:
        if not isinstance(told, list):
            raise self.wrong("properties", "a list of objects with pid and v", told)
        self.at_most("properties", len(told), "reconcile_properties")
        found: dict[str, tuple[Value, ...]] = {}
        for place, each in enumerate(told):
            name = f"properties[{place}]"
            if not isinstance(each, dict) or not isinstance(each.get("pid"), str) or "v" not in each:
                raise self.wrong(name, "an object with pid and v", each)
            given = each["v"] if isinstance(each["v"], list) else [each["v"]]
            self.at_most(f"{name}.v", len(given), "reconcile_properties")
            read = tuple(value for one in given for value in self.value(f"{name}.v", one))
            found[each["pid"]] = (*found.get(each["pid"], ()), *read)
        return found

    def value(self, name: str, told: object) -> Iterator[Value]:
        """A value; an empty text is none."""
        if isinstance(told, dict):
            if not isinstance(told.get("id"), str):
                raise self.wrong(name, "a text, number, boolean or an object with an id", told)
            yield Value(self.text(name, told.get("name", told["id"])), self.text(name, told["id"]))
        elif isinstance(told, bool):
            yield Value(str(told).lower())
        elif isinstance(told, str | int | float):
            text = self.text(name, told if isinstance(told, str) else repr(told))
            if text:
                yield Value(text)
        else:
            raise self.wrong(name, "a text, number, boolean or an object with an id", told)

    def asked(self, place: int, told: object) -> tuple[str, Mapping[str, str]]:
        """A property of data extension, with its settings as texts: OpenRefine sends numbers as texts too."""
        name = f"properties[{place}]"
        if not isinstance(told, dict) or not isinstance(told.get("id"), str):
            raise self.wrong(name, "an object with an id", told)
        settings = told.get("settings") or {}
        if not isinstance(settings, dict):
            raise self.wrong(f"{name}.settings", "an object", settings)
        return told["id"], {key: str(value) for key, value in settings.items() if value is not None}
