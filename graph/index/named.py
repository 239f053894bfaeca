"""Who says that a thing is called as it was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.index.catalogue import Json
from graph.index.database import IN, many
from graph.index.find import Found
from graph.index.properties import NAMES
from graph.index.shaping import Shaper
from graph.names import fold

_STATEMENTS = f"""SELECT organization, id, value FROM statement
  WHERE organization {IN} AND property IN ({", ".join(f"'{name}'" for name in sorted(NAMES))})"""
_ROLES = f"SELECT person, id FROM membership WHERE person {IN}"
_GRANTS = f"SELECT award, id FROM award_grant WHERE award {IN}"

Key = tuple[str, int]
"""Kind and number of a thing."""


def naming(shaper: Shaper, found: Iterable[Found]) -> dict[Key, list[Json]]:
    """The sources of names by thing: of an organization those of the spelling that matched, of a person
    those of its roles, of a prize those of its grants, of a mission its own, of a source itself.

    Reference data as markets and products has none.
    """
    items = _items(shaper, list(found))
    said = shaper.sources({item for each in items.values() for item in each if item > 0})
    made: dict[Key, list[Json]] = {}
    for key, numbers in items.items():
        sources = {source["iri"]: source for number in numbers for source in said.get(number, [])}
        made[key] = list(sources.values())
    return made | _themselves(shaper, [key for key in items if key[0] == "source"])


def _items(shaper: Shaper, found: list[Found]) -> dict[Key, list[int]]:
    """The items whose evidence counts, by thing."""
    items: defaultdict[Key, list[int]] = defaultdict(list)
    for each in found:
        items[each.kind, each.id] += [each.id] if each.kind == "mission" else []
    matched = {each.id: fold(each.matched) for each in found if each.kind == "company"}
    for organization, number, value in shaper.db.rows(_STATEMENTS, (many(matched),)):
        if fold(value) == matched[organization]:
            items["company", organization].append(number)
    for kind, query in (("person", _ROLES), ("award", _GRANTS)):
        numbers = [each.id for each in found if each.kind == kind]
        for thing, number in shaper.db.rows(query, (many(numbers),)) if numbers else ():
            items[kind, thing].append(number)
    return items


def _themselves(shaper: Shaper, keys: list[Key]) -> dict[Key, list[Json]]:
    """Sources, each as a source of its own name."""
    if not keys:
        return {}
    names = ("iri", "id", "title", "publisher", "date", "url", "language", "access")
    rows = shaper.db.rows(
        f"SELECT id, iri, ref, title, publisher, date, url, language, access FROM source WHERE id {IN}",
        (many(number for _, number in keys),),
    )
    return {("source", row[0]): [dict(zip(names, row[1:], strict=True))] for row in rows}
