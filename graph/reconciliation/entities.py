"""The ids of things: a kind and what names one of that kind, as `organization/x/luminex` or `market/CN`.

The id of an organization, person, mission, product or sector is the path of its IRI below `/id/`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.index import references
from graph.index.catalogue import best
from graph.index.database import IN, many
from graph.index.filling import path_of
from graph.index.shaping import Shaper
from graph.index.text import fold

CONCEPTS = {
    "market": ("country", "region"),
    "product": ("product",),
    "sector": ("sector",),
    "municipality": ("municipality",),
}
"""The kinds of things that are concepts of the index, and what they are called there."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing.

    Attributes:
        number: in its table of the index.
        code: kind of an organization; `country` or `region` of a market.
    """

    kind: str
    number: int
    id: str
    iri: str
    name: str
    code: str | None = None


def organization_id(iri: str) -> str:
    """The id of an organization."""
    return f"organization/{path_of(iri)}"


def concept(shaper: Shaper, number: int) -> Entity | None:
    """A concept as a thing; None where nobody may ask about such a one."""
    found = shaper.catalogue[number]
    kind = next((kind for kind, own in CONCEPTS.items() if found.kind in own), None)
    if kind is None:
        return None
    code = found.kind if kind == "market" else None
    return Entity(kind, number, f"{kind}/{found.code}", found.iri, found.label(shaper.lang), code)


def load(shaper: Shaper, numbers: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Entity]:
    """Things by kind and number: one statement a kind."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for kind, number in numbers:
        wanted[kind].append(number)
    found: list[Entity] = []
    for kind, own in wanted.items():
        if kind in CONCEPTS:
            found += [made for number in own if (made := concept(shaper, number))]
        else:
            found += _ROWS[kind](shaper, own)
    return {(each.kind, each.number): each for each in found}


def _organizations(shaper: Shaper, numbers: list[int]) -> list[Entity]:
    rows = shaper.db.rows(f"SELECT id, iri, name, kind FROM organization WHERE id {IN}", (many(numbers),))
    return [
        Entity("organization", number, organization_id(iri), iri, name, shaper.catalogue.code(kind))
        for number, iri, name, kind in rows
    ]


def _people(shaper: Shaper, numbers: list[int]) -> list[Entity]:
    rows = shaper.db.rows(f"SELECT id, iri, ref, name FROM person WHERE id {IN}", (many(numbers),))
    return [Entity("person", number, f"person/{ref}", iri, name) for number, iri, ref, name in rows]


def _missions(shaper: Shaper, numbers: list[int]) -> list[Entity]:
    rows = shaper.db.rows(f"SELECT id, iri, ref, nl, en, fr FROM mission WHERE id {IN}", (many(numbers),))
    return [
        Entity("mission", row[0], f"mission/{row[2]}", row[1], best(row[3:6], shaper.lang) or row[2])
        for row in rows
    ]


_ROWS = {"organization": _organizations, "person": _people, "mission": _missions}


def identify(shaper: Shaper, ids: Iterable[str]) -> dict[str, Entity]:
    """The things with these ids; an IRI, and any spelling of an organization's reference, will do too.

    A bounded number of statements, however many ids there are. Those that name nothing are left out.
    """
    given = list(dict.fromkeys(ids))
    wanted: defaultdict[str, dict[str, str]] = defaultdict(dict)  # kind -> id -> reference
    for text in given:
        kind, ref = _split(text)
        wanted[kind][text] = ref
    numbers: dict[str, tuple[str, int]] = {}
    for kind, refs in wanted.items():
        found = _numbers(shaper, kind, set(refs.values()))
        numbers |= {text: (kind, found[ref]) for text, ref in refs.items() if ref in found}
    things = load(shaper, set(numbers.values()))
    return {text: things[pair] for text, pair in numbers.items() if pair in things}


def _split(text: str) -> tuple[str, str]:
    """An id in its two parts; what names no kind is taken for an organization."""
    path = text.partition("/id/")[2] if text.startswith(("http://", "https://")) and "/id/" in text else text
    kind, _, ref = path.strip("/").partition("/")
    if kind in CONCEPTS or kind in _ROWS:
        return kind, ref
    return ("organization", text) if "://" not in text else ("market", text)


def concepts(shaper: Shaper, kinds: tuple[str, ...], texts: Iterable[str]) -> dict[str, list[int]]:
    """The concepts that have each of these names, codes or IRIs, whatever the case and accents, in one statement."""
    folded = {text: fold(text) for text in texts}
    rows = shaper.db.rows(
        f"""SELECT n.folded, n.concept FROM concept_name n JOIN concept c ON c.id = n.concept
            WHERE n.kind {IN} AND n.folded {IN} ORDER BY c.kind, c.iri""",
        (many(kinds), many(set(folded.values()))),
    )
    known: defaultdict[str, list[int]] = defaultdict(list)
    for name, number in rows:
        known[name].append(number)
    return {text: known[name] for text, name in folded.items() if name in known}


def _numbers(shaper: Shaper, kind: str, refs: set[str]) -> dict[str, int]:
    if kind == "organization":
        return references.find_all(shaper.db, refs)
    if kind in CONCEPTS:
        found = concepts(shaper, CONCEPTS[kind], refs)
        return {ref: found[ref][0] for ref in refs if ref in found}
    rows = shaper.db.rows(f"SELECT ref, id FROM {kind} WHERE ref {IN}", (many(refs),))
    return dict(rows)
