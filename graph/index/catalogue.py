"""The concepts of an index, held in memory: labels by number, and numbers by any name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from graph.errors import Issue, UnknownValue
from graph.index.database import IN, Database, many
from graph.index.nodes import LANGUAGES
from graph.index.text import fold
from graph.model.namespaces import REFNIS, code
from graph.model.statuses import RANK

MARKETS = ("country", "region")
"""The kinds of concept that are markets."""

AREA = REFNIS["70000"].value
"""The one area whose members are known: Limburg."""

AREA_ID = "limburg"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Concept:
    """A market, sector, place, code … with its labels.

    Attributes:
        code: its notation; a country's is its ISO code of two letters.
        labels: in nl, en, fr; None where unknown.
        starts: for a period, its first day.
    """

    id: int
    iri: str
    kind: str
    code: str
    labels: tuple[str | None, str | None, str | None]
    starts: str | None

    def label(self, lang: str) -> str:
        """In that language, else in the first other that is known, else the code."""
        return best(self.labels, lang) or self.code


def best(texts: tuple[str | None, ...], lang: str) -> str | None:
    """Of texts in nl, en, fr the one in a language, else the first that is there."""
    return texts[LANGUAGES.index(lang)] or next((text for text in texts if text), None)


def language_of(texts: tuple[str | None, ...], lang: str) -> str | None:
    """The language of what `best` gives."""
    if texts[LANGUAGES.index(lang)]:
        return lang
    return next((tag for tag, text in zip(LANGUAGES, texts, strict=True) if text), None)


class Catalogue:
    """All concepts of an index."""

    def __init__(self, db: Database) -> None:
        self._db = db
        rows = db.rows("SELECT id, iri, kind, code, nl, en, fr, starts FROM concept")
        self._by_id = {r[0]: Concept(r[0], r[1], r[2], r[3], (r[4], r[5], r[6]), r[7]) for r in rows}
        self._by_iri = {concept.iri: concept for concept in self._by_id.values()}
        self.statuses = {
            rank: self._by_iri.get(code("engagement-status", word).value) for word, rank in RANK.items()
        }

    def __getitem__(self, number: int) -> Concept:
        return self._by_id[number]

    def label(self, number: int | None, lang: str) -> str | None:
        """The label of a concept; None for None."""
        return None if number is None else self._by_id[number].label(lang)

    def code(self, number: int | None) -> str | None:
        """The code of a concept; None for None."""
        return None if number is None else self._by_id[number].code

    def ref(self, number: int | None, lang: str) -> Json | None:
        """A concept as `{"iri", "label"}`."""
        if number is None:
            return None
        concept = self._by_id[number]
        return {"iri": concept.iri, "label": concept.label(lang)}

    def market(self, number: int | None, lang: str) -> Json | None:
        """A market as `{"iri", "code", "label", "kind"}`."""
        if number is None:
            return None
        concept = self._by_id[number]
        kind = concept.kind if concept.kind in MARKETS else "country"
        return {"iri": concept.iri, "code": concept.code, "label": concept.label(lang), "kind": kind}

    def names(self, kind: str, lang: str) -> list[str]:
        """The labels of all concepts of a kind, in no order."""
        return [concept.label(lang) for concept in self._by_id.values() if concept.kind == kind]

    def status(self, rank: int, lang: str) -> Json:
        """A status as `status` and `statusLabel`."""
        concept = self.statuses[rank]
        word = next(word for word, value in RANK.items() if value == rank)
        return {"status": word, "statusLabel": concept.label(lang) if concept else word}

    def find(self, kinds: tuple[str, ...], text: str, parameter: str) -> int:
        """The number of the concept with a code, IRI or name in any language, whatever its case and accents.

        Raises:
            UnknownValue: there is none; the issue suggests the nearest names.
        """
        found = self._db.row(
            f"""SELECT c.id FROM concept_name n JOIN concept c ON c.id = n.concept
                WHERE n.kind {IN} AND n.folded = ? ORDER BY c.kind, c.iri LIMIT 1""",
            (many(kinds), fold(text)),
        )
        if found is not None:
            return int(found[0])
        known = self._by_iri.get(text)
        if known is not None and known.kind in kinds:
            return known.id
        raise unknown(parameter, text, self.suggestions(kinds, text))

    def suggestions(self, kinds: tuple[str, ...], text: str) -> list[str]:
        """The three labels nearest to a text."""
        rows = self._db.rows(
            f"""SELECT n.folded, MIN(c.iri) FROM concept_name n JOIN concept c ON c.id = n.concept
                WHERE n.kind {IN} GROUP BY n.folded""",
            (many(kinds),),
        )
        asked = fold(text)
        shortest = 4 if len(asked) > 3 else 1  # a code is like nothing but another code
        names = {folded: iri for folded, iri in rows if "/" not in folded and len(folded) >= shortest}
        near = process.extract(asked, list(names), scorer=fuzz.ratio, limit=8, score_cutoff=55)
        found: list[str] = []
        for name, _, _ in near:
            concept = self._by_iri[names[name]]
            label = next(
                (each for each in concept.labels if each and fold(each) == name), concept.label("en")
            )
            found.append(label)
        return list(dict.fromkeys(found))[:3]

    def find_all(self, kinds: tuple[str, ...], texts: tuple[str, ...], parameter: str) -> list[int]:
        """`find` for each of several, each once."""
        return list(dict.fromkeys(self.find(kinds, text, parameter) for text in texts))


def unknown(parameter: str, text: str, suggestions: list[str]) -> UnknownValue:
    """The error for a name that is not known."""
    hint = f": did you mean {', '.join(suggestions)}?" if suggestions else ""
    detail = f"{text!r} is not known here{hint}"
    return UnknownValue(f"{parameter}: {detail}", issues=(Issue(parameter, detail, text),))
