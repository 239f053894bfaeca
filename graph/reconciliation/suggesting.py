"""What a person may mean while they type: things, types, properties; and a few words on one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any, Literal

from graph.index import Index
from graph.index.shaping import Shaper
from graph.index.text import fold
from graph.reconciliation import describing, entities, facts, names
from graph.reconciliation.entities import Entity
from graph.reconciliation.properties import PROPERTIES, Property, of_kinds
from graph.reconciliation.types import KINDS, TYPES, Type, named, wanted

Json = dict[str, Any]

Flyout = Literal["entity", "type", "property"]
"""What a flyout may be about."""

PAGE = 10
"""Suggestions of one answer."""
MOST = 100
"""Suggestions that may be passed over with `cursor`."""


def suggest_entities(index: Index, prefix: str, types: Sequence[str], cursor: int, lang: str) -> list[Json]:
    """Things whose name begins like a text, or is like it; an id or an IRI finds the thing itself.

    Args:
        types: ids of types; empty for all, and nothing is found where none is known.
        cursor: how many are passed over, at most `MOST`.
    """
    asked = wanted(types)
    if (types and not asked) or not prefix.strip():
        return []
    kinds = tuple(dict.fromkeys(each.kind for each in asked)) or KINDS
    shaper = index.shaper(lang)
    [hits] = names.find(
        index, [prefix], kinds, MOST + PAGE, prefix=True
    )  # always as many: pages fit each other
    pairs = [(hit.kind, hit.number) for hit in hits]
    meant = entities.identify(shaper, [prefix] if "/" in prefix else [])
    pairs = [*((each.kind, each.number) for each in meant.values()), *pairs]
    known = entities.load(shaper, pairs)
    found = [known[pair] for pair in dict.fromkeys(pairs) if pair in known]
    partners = _partners(shaper, found) if any(each.partner for each in asked) else set()
    rows = [(thing, named(thing.kind, thing.code, partner=thing.number in partners)) for thing in found]
    fitting = [row for row in rows if not asked or set(asked) & set(row[1])][cursor : cursor + PAGE]
    words = describing.describe(shaper, [thing for thing, _ in fitting])
    return [
        {
            "id": thing.id,
            "name": thing.name,
            "description": words.get((thing.kind, thing.number), ""),
            "notable": [{"id": each.id, "name": each.told(lang)["name"]} for each in own],
        }
        for thing, own in fitting
    ]


def _partners(shaper: Shaper, things: Iterable[Entity]) -> set[int]:
    """Those of the organizations that are somebody's partner."""
    known = facts.load(shaper, [(each.kind, each.number) for each in things if each.kind == "organization"])
    return {number for (_, number), own in known.items() if own.get("isPartner")}


def suggest_types(prefix: str, cursor: int, lang: str) -> list[Json]:
    """Types with a text in their name, in any language; all of them for none."""
    found = [each for each in TYPES.values() if _like(prefix, (each.id, *each.labels))]
    return [each.told(lang, description=True) for each in found[cursor : cursor + PAGE]]


def suggest_properties(prefix: str, types: Sequence[str], cursor: int, lang: str) -> list[Json]:
    """Properties with a text in their name, in any language; all of them for none.

    Args:
        types: ids of types whose things have them; empty or unknown for all.
    """
    kinds = frozenset(each.kind for each in wanted(types)) or frozenset(KINDS)
    found = [each for each in of_kinds(kinds) if _like(prefix, (each.id, *each.labels))]
    return [each.told(lang) for each in found[cursor : cursor + PAGE]]


def _like(prefix: str, labels: Iterable[str]) -> bool:
    text = fold(prefix)
    return any(text in fold(label) for label in labels)


def flyout(kind: str, name: str, index: Index, lang: str, today: date | None = None) -> Json | None:
    """A few words as HTML on a thing, type or property; None where there is no such one.

    Args:
        kind: `entity`, `type` or `property`.
    """
    if kind == "entity":
        shaper = index.shaper(lang, today)
        thing = entities.identify(shaper, [name]).get(name)
        if thing is None:
            return None
        line = describing.describe(shaper, [thing]).get((thing.kind, thing.number), "")
        return _html(thing.id, thing.name, line)
    found: Type | Property | None = TYPES.get(name) if kind == "type" else PROPERTIES.get(name)
    if found is None:
        return None
    told = found.told(lang, description=True)
    return _html(found.id, told["name"], told["description"])


def _html(name: str, title: str, line: str) -> Json:
    text = f"<p><strong>{escape(title)}</strong></p>" + (f"<p>{escape(line)}</p>" if line else "")
    return {"id": name, "html": text}
