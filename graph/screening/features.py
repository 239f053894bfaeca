"""What is compared of a subject and an entry, what each of it weighs, and the score that follows.

The score is absolute: it depends on the two that are compared and on nothing else. It is the strongest
of what speaks for a match (name, weak alias, identifier; value × weight), less what speaks against it
(another country, another date, another kind), from 0 to 1. Weights as in nomenklatura's `logic-v2`,
where that has the feature.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rigour.ids import get_identifier_format
from rigour.territories import territories_intersect

from graph.screening.names import Likeness, Prepared, best
from graph.screening.records import Entry, Feature, Hit, Subject
from graph.screening.weights import COUNTRY, DATE, IDENTIFIER, KIND, NAME, NUMBER, WEAK_ALIAS
from graph.screening.words import identifier

CHECKED = ("lei", "inn", "ogrn", "bic", "imo", "uei")
"""Formats of identifiers with check digits, or given out once in the world."""
SHORT = 6
"""Letters and digits that an identifier must have to mean anything."""


@dataclass(frozen=True)
class Taken:
    """An entry with its names taken apart, kept for the next name that is compared with it."""

    entry: Entry
    names: Prepared
    weak: Prepared

    @classmethod
    def of(cls, entry: Entry) -> Taken:
        """Takes the names of an entry apart."""
        return cls(entry, Prepared(entry.names, entry.kind), Prepared(entry.weak, entry.kind))


def compare(subject: Subject, names: Prepared, taken: Taken) -> Hit:
    """Compares a subject with an entry.

    Args:
        names: those of the subject, taken apart.
    """
    entry = taken.entry
    main = (
        _name("name", NAME, best(names, taken.names), entry.names),
        _name("weakAlias", WEAK_ALIAS, best(names, taken.weak), entry.weak),
        _identifier(subject.identifiers, entry.identifiers),
    )
    against = (
        _country(subject.countries, entry.countries),
        _date(subject.dates, entry.dates),
        _kind(subject, entry),
    )
    score = max((f.value or 0.0) * f.weight for f in main)
    if score > 0:
        score += sum((f.value or 0.0) * f.weight for f in against)
    return Hit(entry, round(min(max(score, 0.0), 1.0), 4), (*main, *against))


def _name(feature: str, weight: float, found: Likeness, listed: tuple[str, ...]) -> Feature:
    if not listed:
        return Feature(feature, None, weight, detail="the list gives none")
    detail = found.detail or "nothing in common that tells names apart"
    return Feature(feature, found.score, weight, found.query or None, found.entry or None, detail)


def _identifier(given: tuple[str, ...], listed: tuple[str, ...]) -> Feature:
    if not given or not listed:
        missing = "not given" if not given else "the list gives none"
        return Feature("identifier", None, IDENTIFIER, detail=missing)
    theirs = {identifier(each): each for each in listed}
    for each in given:
        key = identifier(each)
        if len(key) >= SHORT and key in theirs:
            checked = next((name for name in CHECKED if _valid(name, key)), None)
            weight = IDENTIFIER if checked else NUMBER
            detail = f"the same number, a valid {checked.upper()}" if checked else "the same number"
            return Feature("identifier", 1.0, weight, each, theirs[key], detail)
    return Feature("identifier", 0.0, IDENTIFIER, ", ".join(given), ", ".join(listed[:5]), "none the same")


def _valid(name: str, key: str) -> bool:
    form = get_identifier_format(name)
    return form is not None and bool(form.is_valid(key))


def _country(given: tuple[str, ...], listed: tuple[str, ...]) -> Feature:
    if not given or not listed:
        missing = "not given" if not given else "the list gives none"
        return Feature("country", None, COUNTRY, detail=missing)
    same = territories_intersect(set(given), set(listed))
    detail = f"both: {', '.join(sorted(same))}" if same else "different countries"
    return Feature("country", 0.0 if same else 1.0, COUNTRY, ", ".join(given), ", ".join(listed), detail)


def _date(given: tuple[str, ...], listed: tuple[str, ...]) -> Feature:
    """Dates as precise as both sides know them; a day and a month that changed places are half an error."""
    if not given or not listed:
        missing = "not given" if not given else "the list gives none"
        return Feature("date", None, DATE, detail=missing)
    asked, known = ", ".join(given), ", ".join(listed)
    if not _years(given) & _years(listed):
        return Feature("date", 1.0, DATE, asked, known, "different years")
    days, theirs = _days(given), _days(listed)
    if not days or not theirs or days & theirs:
        return Feature("date", 0.0, DATE, asked, known, "the same, as precise as known")
    if {_turned(day) for day in days} & theirs:
        return Feature("date", 0.125 / -DATE, DATE, asked, known, "day and month may have changed places")
    return Feature("date", 0.25 / -DATE, DATE, asked, known, "the same year, another day")


def _years(dates: Iterable[str]) -> set[str]:
    return {each[:4] for each in dates}


def _days(dates: Iterable[str]) -> set[str]:
    return {each for each in dates if len(each) == len("2018-02-19")}


def _turned(day: str) -> str:
    return f"{day[:4]}-{day[8:]}-{day[5:7]}"


def _kind(subject: Subject, entry: Entry) -> Feature:
    if subject.kind is None or entry.kind is None:
        return Feature("kind", None, KIND, subject.kind, entry.schema, "one side does not say")
    same = subject.kind == entry.kind
    detail = "the same kind" if same else "a person here, an organization there; lists mistake that sometimes"
    return Feature("kind", 0.0 if same else 1.0, KIND, subject.kind, entry.schema, detail)
