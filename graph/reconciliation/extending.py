"""Data extension: columns filled with what the graph says of things, in a bounded number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from graph.index import Index
from graph.index.shaping import Shaper
from graph.reconciliation import entities, values
from graph.reconciliation.entities import Entity
from graph.reconciliation.properties import PROPERTIES, Property
from graph.reconciliation.queries import Extension
from graph.reconciliation.types import KINDS, wanted
from graph.reconciliation.values import Cell

Json = dict[str, Any]
Column = Mapping[tuple[str, int], list[Cell]]


def extend(index: Index, asked: Extension, lang: str, today: date | None = None) -> Json:
    """The answer to `extend=`, as the specification writes it.

    A thing that is not known has empty cells; so has a property that nobody knows, or that a thing cannot have.
    """
    shaper = index.shaper(lang, today)
    things = entities.identify(shaper, asked.ids)
    known = list({(each.kind, each.number): each for each in things.values()}.values())
    columns = {name: column(shaper, name, known) for name, _ in asked.properties}
    rows = {
        given: {
            name: _written(columns[name], things.get(given), settings) for name, settings in asked.properties
        }
        for given in asked.ids
    }
    meta = [
        PROPERTIES[name].meta(lang) if name in PROPERTIES else {"id": name, "name": name}
        for name, _ in asked.properties
    ]
    return {"meta": meta, "rows": rows}


def column(shaper: Shaper, name: str, things: Sequence[Entity]) -> Column:
    """The values of one property of things, by kind and number, each once."""
    kinds: defaultdict[str, list[Entity]] = defaultdict(list)
    for each in things:
        kinds[each.kind].append(each)
    found: defaultdict[tuple[str, int], dict[Cell, None]] = defaultdict(dict)
    for kind, own in kinds.items():
        loader = values.LOADERS.get(kind, values.EVERY).get(name)
        for number, cell in loader(shaper, own) if loader else ():
            found[kind, number][cell] = None
    return {pair: list(cells) for pair, cells in found.items()}


def _written(told: Column, thing: Entity | None, settings: Mapping[str, str]) -> list[Json]:
    cells = told.get((thing.kind, thing.number), []) if thing else []
    content = settings.get("content", "entity")
    return [_cell(each, content) for each in cells[: _limit(settings.get("limit", "0")) or None]]


def _limit(text: str) -> int:
    """A number as clients write it, `5` or `5.0`; 0 where it is none."""
    try:
        return max(0, int(float(text)))
    except (ValueError, OverflowError):
        return 0


def _cell(value: Cell, content: str) -> Json:
    if isinstance(value, str):
        return {"str": value}
    if content == "iri":
        return {"str": value.iri}
    return {"str": value.name} if content == "label" else {"id": value.id, "name": value.name}


def of_type(name: str) -> list[Property]:
    """The properties that data extension has for things of a type; of all types where there is no such type."""
    kinds = {each.kind for each in wanted((name,))} or set(KINDS)
    able = {each for kind in kinds for each in values.LOADERS.get(kind, values.EVERY)}
    return [each for each in PROPERTIES.values() if each.id in able]
