"""Fills the names that search looks in: every spelling of a thing, with the pieces it is found by.

`spelling` holds the names, `gram` (FTS5 without content) which of them have a piece, and
`gram_count` how many do: a search begins with the rarest pieces of what is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.index.filling import Filling, fetched
from graph.names import fold, name_of
from graph.names.grams import LONGEST, grams

CONCEPTS = {"country": "market", "region": "market", "product": "product", "sector": "sector"}
"""Kinds of concept that are found by name, and as what."""

OF_ITEMS = ("person", "mission", "award")
"""Kinds of named things whose subjects are items."""

MEMBER = "!member"
"""The piece of every name of a member of Limburg."""

_GRAM = "gram (rowid, grams)"


def add_names(filling: Filling, kind: str, subject: int | None, texts: Iterable[str], *tags: str) -> None:
    """Adds the spellings of a thing.

    Args:
        kind: what is found, as `company`, `person`, `market`.
        subject: the number of the thing.
        texts: its names; those that differ in case and accents only are one.
        tags: pieces that all its names have beside those of their letters.
    """
    found: dict[str, str] = {}
    for text in sorted(texts):
        found.setdefault(fold(text), " ".join(text.split()))
    for folded, text in found.items():
        if not folded:
            continue
        name = name_of(text)
        number = filling.reserve(1)
        plain = None if text.isascii() else folded
        filling.add("spelling", number, kind, subject, text, plain, name.bare[:LONGEST], name.sound[:LONGEST])
        pieces = [*grams(name), f"#{kind}", *tags]
        filling.add(_GRAM, number, " ".join(pieces))
        filling.grams.update(pieces)


def country_tag(country: int | None) -> tuple[str, ...]:
    """The piece of every name of an organization of a country."""
    return () if country is None else (f"@{country}",)


def clear_names(filling: Filling, where: str, values: tuple[object, ...] = ()) -> None:
    """Deletes the spellings that a condition of ours holds for, with their pieces."""
    rows = fetched(filling.db, f"SELECT id, kind, subject, text FROM spelling WHERE {where}", values)
    for number, kind, subject, text in rows:
        pieces = [*grams(name_of(text)), f"#{kind}", *_tags(filling, kind, subject)]
        filling.db.execute(
            "INSERT INTO gram (gram, rowid, grams) VALUES ('delete', ?, ?)", (number, " ".join(pieces))
        )
        filling.grams.subtract(pieces)
    filling.db.execute(f"DELETE FROM spelling WHERE {where}", values)


def _tags(filling: Filling, kind: str, subject: int) -> tuple[str, ...]:
    """The tags that the names of a thing were given."""
    if kind != "company":
        return ()
    row = filling.db.execute("SELECT country, member FROM organization WHERE id = ?", (subject,)).fetchone()
    country, member = row if row is not None else (None, "")
    return (*country_tag(country), *((MEMBER,) if member == "yes" else ()))


def write_counts(filling: Filling) -> None:
    """Writes how many names have each piece; of a new index, packs the pieces together."""
    filling.flush()
    db = filling.db
    changed = sorted((gram, count) for gram, count in filling.grams.items() if count)
    filling.grams.clear()
    db.executemany(
        """INSERT INTO gram_count VALUES (?1, ?2)
           ON CONFLICT (gram) DO UPDATE SET names = names + excluded.names""",
        changed,
    )
    if filling.partial:
        db.executemany(
            "DELETE FROM gram_count WHERE gram = ? AND names = 0", ((gram,) for gram, _ in changed)
        )
    else:
        db.execute("INSERT INTO gram (gram) VALUES ('optimize')")
