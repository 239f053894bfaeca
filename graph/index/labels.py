"""What IRIs are called, whatever kind of thing they are, and the values of code lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from graph.index.catalogue import Json
from graph.index.database import IN, many
from graph.index.shaping import Shaper, by_label

_THINGS = (("company", "organization", "name"), ("source", "source", "title"), ("person", "person", "name"))
_MOST = 1_000


class Label(NamedTuple):
    """What something is called: its kind (company, source, person, mission, market or code), key and name."""

    kind: str
    ref: str
    text: str


def labels(shaper: Shaper, iris: Iterable[str]) -> dict[str, Label]:
    """The labels of those IRIs that the index knows, in five questions whatever their number."""
    asked = (many(iris),)
    found: dict[str, Label] = {}
    for kind, table, column in _THINGS:
        rows = shaper.db.rows(f"SELECT iri, ref, {column} FROM {table} WHERE iri {IN}", asked)
        found |= {iri: Label(kind, ref, text or ref) for iri, ref, text in rows}
    rows = shaper.db.rows(f"SELECT iri, ref, nl, en, fr FROM mission WHERE iri {IN}", asked)
    found |= {iri: Label("mission", ref, shaper.best(*texts) or ref) for iri, ref, *texts in rows}
    rows = shaper.db.rows(f"SELECT iri, kind, code, nl, en, fr FROM concept WHERE iri {IN}", asked)
    for iri, kind, code, *texts in rows:
        of = "market" if kind in ("country", "region") else "code"
        found[iri] = Label(of, code, shaper.best(*texts) or code)
    return found


def values(shaper: Shaper, kinds: Iterable[str]) -> list[Json]:
    """The concepts of some kinds as `{"iri", "code", "label"}`, by label."""
    rows = shaper.db.rows(
        f"SELECT iri, code, nl, en, fr FROM concept WHERE kind {IN} LIMIT ?", (many(kinds), _MOST)
    )
    found = [{"iri": iri, "code": code, "label": shaper.best(*texts) or code} for iri, code, *texts in rows]
    return sorted(found, key=by_label)


def beside(shaper: Shaper, iri: str) -> list[Json]:
    """The concepts of the code list that a concept stands in: those whose IRIs begin alike."""
    stem = iri.rpartition("/")[0] + "/"
    rows = shaper.db.rows(
        "SELECT iri, code, nl, en, fr FROM concept WHERE substr(iri, 1, ?) = ? ORDER BY iri LIMIT ?",
        (len(stem), stem, _MOST),
    )
    return [{"iri": iri, "code": code, "label": shaper.best(*texts) or code} for iri, code, *texts in rows]
