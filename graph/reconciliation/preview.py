"""What the small page about one thing shows: enough to tell whether it is the one that is meant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from graph.index import Index
from graph.reconciliation import describing, entities
from graph.reconciliation.entities import Entity
from graph.reconciliation.extending import column
from graph.reconciliation.properties import PROPERTIES

Json = dict[str, Any]

SHOWN: Mapping[str, tuple[str, ...]] = {
    "organization": (
        *("enterpriseNumber", "lei", "otherName", "activity", "exportsTo", "entersMarket", "targets"),
        *("withdrawnFrom", "parent", "website", "source"),
    ),
    "person": ("organization",),
    "mission": ("destination", "year", "organization"),
}
"""The properties of each kind of thing that a preview shows, in order; those that are empty are left out."""

VALUES = 5
"""Values of one property; how many more there are is told."""
SOURCES = 2


def preview(index: Index, name: str, lang: str, today: date | None = None) -> Json | None:
    """What is shown of the thing with an id; None where there is none.

    Returns:
        `thing` (an `Entity`), `line` that describes it, and `rows` of `label`, `values` and how many `more`.
    """
    shaper = index.shaper(lang, today)
    thing = entities.identify(shaper, [name]).get(name)
    if thing is None:
        return None
    pair = (thing.kind, thing.number)
    rows = []
    for each in SHOWN.get(thing.kind, ()):
        values = column(shaper, each, [thing]).get(pair, [])
        most = SOURCES if each == "source" else VALUES
        if values:
            texts = [value.name if isinstance(value, Entity) else value for value in values[:most]]
            label = PROPERTIES[each].label(lang)
            rows.append({"name": each, "label": label, "values": texts, "more": max(0, len(values) - most)})
    return {"thing": thing, "line": describing.describe(shaper, [thing]).get(pair, ""), "rows": rows}
