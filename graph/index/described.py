"""What was found by name, with what it is called and how it is addressed; the best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.index.catalogue import Catalogue, best
from graph.index.database import IN, Database, Row, many
from graph.index.find import Found, Hit

ORDER = ("company", "person", "market", "product", "sector", "mission", "award", "source")
"""Of things equally good those of the first kind come first."""

_TABLES = {
    "company": "SELECT id, iri, ref, name, name, name, member <> 'yes', id FROM organization",
    "person": "SELECT id, iri, ref, name, name, name, 1, folded FROM person",
    "source": "SELECT id, iri, ref, title, title, title, 1, -first FROM source",
    "mission": "SELECT id, iri, ref, nl, en, fr, 1, -first FROM mission",
    "award": "SELECT id, iri, '', nl, en, fr, 1, folded FROM award",
}
"""Number, IRI, reference, names in nl, en, fr, and what comes first among those equally good."""

_OURS = 0.015
"""What a member of Limburg goes ahead of others by; its score stays what it is."""


def described(
    db: Database, catalogue: Catalogue, hits: list[list[Hit]], limit: int, lang: str
) -> list[list[Found]]:
    """The best things of each list, described.

    Members of Limburg come before other organizations that are as good, or nearly.
    """
    rows = _rows(db, catalogue, (hit for each in hits for hit in each))
    return [_sorted(each, rows, lang)[:limit] for each in hits]


def _rows(db: Database, catalogue: Catalogue, hits: Iterable[Hit]) -> dict[tuple[str, int], Row]:
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for hit in hits:
        wanted[hit.kind].add(hit.subject)
    found: dict[tuple[str, int], Row] = {}
    for kind, numbers in wanted.items():
        if kind in _TABLES:
            for row in db.rows(f"{_TABLES[kind]} WHERE id {IN}", (many(numbers),)):
                found[kind, row[0]] = row
        else:
            for number in numbers:
                concept = catalogue[number]
                found[kind, number] = (number, concept.iri, concept.code, *concept.labels, 1, concept.iri)
    return found


def _sorted(hits: list[Hit], rows: dict[tuple[str, int], Row], lang: str) -> list[Found]:
    there = [(hit, rows[hit.kind, hit.subject]) for hit in hits if (hit.kind, hit.subject) in rows]
    there.sort(key=lambda each: _place(*each))
    return [_found(hit, row, lang) for hit, row in there]


def _place(hit: Hit, row: Row) -> tuple[object, ...]:
    """Where a thing stands among others: by score, kind, what its kind is ordered by, IRI."""
    ahead = 0.0 if row[6] else _OURS
    return -round(hit.score + ahead, 3), ORDER.index(hit.kind), row[7], row[1]


def _found(hit: Hit, row: Row, lang: str) -> Found:
    number, iri, ref, nl, en, fr, *_ = row
    ref = ref or iri.rpartition("/")[2]
    name = best((nl, en, fr), lang) or ref
    return Found(hit.kind, number, iri, ref, name, round(hit.score, 4), hit.text, hit.exact)
