"""Finds things by a name that is nearly right: typing errors, accents, word order, legal forms, scripts.

Three statements for any number of names: how rare the pieces of each are, which names have the rarest,
and those names themselves. Each piece gives a bounded number of names, so the work does not grow with
the graph. What was found is ranked by `graph.names`, on a scale that does not depend on what else there is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson
from rapidfuzz import fuzz, process

from graph.errors import InputError, Issue
from graph.index.database import IN, Database, Row, many
from graph.index.spellings import MEMBER
from graph.names import Name, fold, name_of
from graph.names.grams import grams, letters
from graph.names.similarity import nearness

KINDS = frozenset({"company", "person", "market", "product", "source", "mission"})
"""What is found unless asked otherwise; `sector` and `award` are there as well."""

ALL_KINDS = KINDS | {"sector", "award"}

LONGEST = 1_000
"""Most letters of a name that is looked for."""

LEAST = 0.6
"""What is less like the name than this is not found."""

_PIECES = 12
"""Pieces of a name that are looked up, the rarest first."""

_NAMES = 4_000
"""Names that the pieces of one name may give together; at least two pieces are looked up."""

_TOGETHER = 4
"""Pieces that are asked for at once where each alone is in too many names."""

_PER_PIECE = 2_000
"""Names that one piece may give."""

_RARE = 100
"""What a piece that one name has counts more than one that hundreds have: ten times."""

_SAME, _OURS, _LONGER = 1_000, 200, 100
"""What the same name counts, a member of Limburg among many alike, a name that begins so."""

_OF_SOUND = "~%"
"""What pieces of sound begin with."""

_CANDIDATES = 120
"""Names that are compared roughly."""

_COMPARED = 16
"""Names that are compared word by word."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that was found by name.

    Attributes:
        kind: `company`, `person`, `market`, `product`, `source`, `mission`, `sector`, `award`.
        id: its number in this index.
        ref: how it is addressed: the last part of its IRI, a code, a key.
        name: what it is called.
        score: 0 to 1; 1 is the same name, below 0.97 it is only near. See `graph.names.similarity`.
        matched: the spelling that is like what was asked for.
        exact: whether that is the same, but for case and accents.
    """

    kind: str
    id: int
    iri: str
    ref: str
    name: str
    score: float
    matched: str
    exact: bool


@dataclass(frozen=True)
class Wanted:
    """What is looked for, beside the name.

    Attributes:
        country: the number of a country; then only organizations of that country are found.
        prefix: the last word may be unfinished.
        near: only names at least this much alike.
    """

    kinds: frozenset[str] = KINDS
    country: int | None = None
    limit: int = 10
    prefix: bool = False
    near: float = LEAST

    @property
    def only(self) -> str:
        """What every name must have, as FTS5 asks for it."""
        country = "" if self.country is None else f' AND "@{self.country}"'
        if self.kinds >= KINDS or (self.kinds == {"company"} and self.country is None):
            return country
        return country + " AND (" + " OR ".join(f'"#{kind}"' for kind in sorted(self.kinds)) + ")"


@dataclass
class _Asked:
    name: Name
    pieces: list[str]
    entries: list[str] = field(default_factory=list)
    ids: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing with the best of its spellings, before it is described."""

    kind: str
    subject: int
    score: float
    text: str
    exact: bool


def hits(db: Database, texts: Sequence[str], wanted: Wanted) -> list[list[Hit]]:
    """For each name the things like it, in no order.

    Raises:
        InputError: a name is too long.
    """
    asked = [_ask(text, wanted) for text in texts]
    _count(db, asked, wanted)
    _look_up(db, asked, wanted)
    rows = _load(db, asked, wanted)
    return [_ranked(each, rows, wanted) for each in asked]


def _ask(text: str, wanted: Wanted) -> _Asked:
    if len(text) > LONGEST:
        detail = f"a name of {len(text):,} characters; at most {LONGEST:,} are looked for"
        raise InputError(detail, issues=(Issue("q", detail, f"{text[:40]}…"),))
    name = name_of(text)
    pieces = grams(name) if fold(text) else []
    if wanted.prefix and name.key:
        last = name.key.split()[-1]
        pieces = sorted({*pieces, *letters(last, ended=False)} - {letters(last)[-1]})
    return _Asked(name, pieces)


_COUNTS = f"SELECT gram, names FROM gram_count WHERE gram {IN}"

_POSTINGS = f"""SELECT CAST(key AS INTEGER), (
    SELECT json_group_array(rowid) FROM (SELECT rowid FROM gram WHERE gram MATCH value LIMIT {_PER_PIECE}))
  FROM json_each(?)"""

_SPELLINGS = """SELECT id, kind, subject, text, bare, sound FROM spelling WHERE id IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL
  OR kind = 'company' AND EXISTS (SELECT 1 FROM organization o WHERE o.id = subject AND o.country = ?2))"""

_ALIKE = f"""SELECT CAST(key AS INTEGER), (
    SELECT json_group_array(id) FROM (SELECT id FROM spelling WHERE bare = value LIMIT {_CANDIDATES})), (
    SELECT json_group_array(id) FROM (
      SELECT id FROM spelling WHERE bare > value AND bare < value || char(1114111) ORDER BY bare LIMIT ?))
  FROM json_each(?)"""


def _count(db: Database, asked: list[_Asked], wanted: Wanted) -> None:
    """Chooses the rarest pieces of each name."""
    names: dict[str, int] = dict(db.rows(_COUNTS, (many({p for each in asked for p in each.pieces}),)))
    for each in asked:
        known = sorted((names[piece], piece) for piece in each.pieces if piece in names)
        each.entries = [f'"{piece}"{wanted.only}' for piece in _rarest(known, foreign=each.name.foreign)]
        if known and known[0][0] > _PER_PIECE:  # what is everywhere: several pieces at once, members first
            written = [piece for _, piece in known if piece[0] not in _OF_SOUND]
            every = " AND ".join(f'"{piece}"' for piece in written[:_TOGETHER])
            if every:
                each.entries += [f"{every}{wanted.only}", f'{every} AND "{MEMBER}"{wanted.only}']


def _rarest(known: list[tuple[int, str]], *, foreign: bool) -> list[str]:
    """Some pieces, the rarest first; of a name in another script those of its sound have the first word."""
    if foreign:
        heard = [each for each in known if each[1][0] in _OF_SOUND]
        read = [each for each in known if each[1][0] not in _OF_SOUND]
        known = heard[:_PIECES] + read[: _PIECES // 3]
    else:
        known = known[:_PIECES]
    chosen: list[str] = []
    total = 0
    for count, piece in known:
        if total > _NAMES and len(chosen) >= 2:
            break
        chosen.append(piece)
        total += min(count, _PER_PIECE)
    return chosen


def _look_up(db: Database, asked: list[_Asked], wanted: Wanted) -> None:
    """Which names have those pieces, are the same, or begin so."""
    entries = [(each, expression) for each in asked for expression in each.entries]
    for place, ids in db.rows(_POSTINGS, (many(expression for _, expression in entries),)):
        found: list[int] = orjson.loads(ids)
        ours = entries[place][1].find(MEMBER) > 0
        weight = _OURS if ours else 1 + _RARE // (10 + len(found))
        entries[place][0].ids.update(found if weight == 1 else dict.fromkeys(found, weight))
    beginnings = _COMPARED if wanted.prefix else 4
    for place, same, longer in db.rows(_ALIKE, (beginnings, many(each.name.bare for each in asked))):
        if asked[place].name.bare:
            asked[place].ids.update(dict.fromkeys(orjson.loads(same), _SAME))
            asked[place].ids.update(dict.fromkeys(orjson.loads(longer), _LONGER))


def _load(db: Database, asked: list[_Asked], wanted: Wanted) -> dict[int, Row]:
    """The names that have the most in common with those asked for."""
    for each in asked:
        each.ids = Counter(dict(each.ids.most_common(_CANDIDATES)))
    ids = many({number for each in asked for number in each.ids})
    rows = db.rows(_SPELLINGS, (ids, wanted.country))
    return {row[0]: row for row in rows if row[1] in wanted.kinds}


def _ranked(asked: _Asked, rows: dict[int, Row], wanted: Wanted) -> list[Hit]:
    shared = ((-count, *rows[number][1:4], number) for number, count in asked.ids.items() if number in rows)
    there = [rows[number] for *_, number in sorted(shared, key=lambda each: (each[0], each[3], each[1]))]
    best: dict[tuple[str, int], Hit] = {}
    for row in _nearest(asked.name, there, max(_COMPARED, wanted.limit)):
        _, kind, subject, text, _, _ = row
        name = name_of(text[:LONGEST])
        score = nearness(asked.name, name, prefix=wanted.prefix)
        known = best.get((kind, subject))
        if score >= wanted.near and (known is None or score > known.score):
            best[kind, subject] = Hit(kind, subject, score, text, name.folded == asked.name.folded)
    return list(best.values())


def _nearest(name: Name, rows: list[Row], count: int) -> list[Row]:
    """The names that are worth a closer look: by pieces in common, letters, a part of them, sound."""
    if len(rows) <= count:
        return rows
    bare, sounds = [row[4] for row in rows], [row[5] for row in rows]
    found = dict.fromkeys(range(count // 2))
    for asked, among, scorer in (
        (name.bare, bare, fuzz.token_sort_ratio),
        (name.bare, bare, fuzz.partial_ratio),
        (name.sound, sounds, fuzz.ratio),
    ):
        near = process.extract(asked, among, scorer=scorer, limit=count // 2) if asked else []
        found.update(dict.fromkeys(place for _, _, place in near))
    return [rows[place] for place in found]
