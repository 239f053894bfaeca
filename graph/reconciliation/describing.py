"""A line that tells one thing from another of the same name: kind, place, role, date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from graph.index.database import IN, many
from graph.index.shaping import Shaper
from graph.reconciliation.entities import Entity
from graph.reconciliation.types import TYPES

_BETWEEN = " · "
_ROLES = 2
"""Roles of a person that are told."""


def describe(shaper: Shaper, things: Sequence[Entity]) -> dict[tuple[str, int], str]:
    """A line for each thing, by kind and number: one statement a kind."""
    own: defaultdict[str, list[Entity]] = defaultdict(list)
    for each in things:
        own[each.kind].append(each)
    found: dict[tuple[str, int], str] = {}
    for kind, few in own.items():
        told = _TOLD.get(kind, _type)(shaper, few)
        found |= {(kind, number): line for number, line in told.items()}
    return found


def _joined(parts: Iterable[str | None]) -> str:
    return _BETWEEN.join(dict.fromkeys(part for part in parts if part))


def _organizations(shaper: Shaper, things: Sequence[Entity]) -> dict[int, str]:
    rows = shaper.db.rows(
        f"SELECT id, kind, municipality, country FROM organization WHERE id {IN}",
        (many(each.number for each in things),),
    )
    return {number: _joined(shaper.label(part) for part in parts) for number, *parts in rows}


def _people(shaper: Shaper, things: Sequence[Entity]) -> dict[int, str]:
    rows = shaper.db.rows(
        f"""SELECT m.person, m.role_nl, m.role_en, m.role_fr, o.name
            FROM membership m JOIN organization o ON o.id = m.organization
            WHERE m.person {IN} ORDER BY m.person, m.last DESC, m.attested_last DESC, o.id""",
        (many(each.number for each in things),),
    )
    roles: defaultdict[int, list[str]] = defaultdict(list)
    for number, nl, en, fr, name in rows:
        role = shaper.best(nl, en, fr)
        roles[number].append(f"{role}, {name}" if role else name)
    return {number: _joined(own[:_ROLES]) for number, own in roles.items()}


def _missions(shaper: Shaper, things: Sequence[Entity]) -> dict[int, str]:
    rows = shaper.db.rows(
        f"SELECT id, type, since FROM mission WHERE id {IN}", (many(each.number for each in things),)
    )
    return {number: _joined((shaper.label(kind), since)) for number, kind, since in rows}


def _type(shaper: Shaper, things: Sequence[Entity]) -> dict[int, str]:
    names = {"country": "Country", "region": "Region"}
    kinds = {"product": "Product"}
    return {
        each.number: str(TYPES[wanted].told(shaper.lang)["name"])
        for each in things
        if (wanted := names.get(each.code or "") or kinds.get(each.kind))
    }


_TOLD: dict[str, Callable[[Shaper, Sequence[Entity]], dict[int, str]]] = {
    "organization": _organizations,
    "person": _people,
    "mission": _missions,
}
