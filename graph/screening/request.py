"""A request to screen, as JSON has it, checked against the limits: every fault names its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graph.errors import InputError, Issue
from graph.model.dates import PartialDate
from graph.screening.answer import Asked, Query
from graph.screening.jobs import Rules
from graph.screening.records import Json, Kind, Subject
from graph.settings import Settings

MEMBERS = ("queries", "threshold", "cutoff", "limit", "lists", "purpose")
QUERY = ("name", "names", "kind", "country", "countries", "date", "dates", "identifiers", "organization")
KINDS: Mapping[str, Kind] = {"person": "person", "organization": "organization"}
KEY = 200
"""Most characters of the name of a query."""
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
"""Marks that nobody sees, such as those that turn the direction of writing: two equal names may differ in them."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_COUNTRY = re.compile(r"[A-Za-z]{2}", re.ASCII)


def read(told: Any, settings: Settings) -> Asked:
    """A request.

    Raises:
        InputError: with an issue for what is wrong, and the setting of a limit that was reached.
    """
    if not isinstance(told, dict):
        raise _fault("body", "send a JSON object with `queries`")
    _only(told, MEMBERS, "")
    queries = told.get("queries")
    if not isinstance(queries, dict) or not queries:
        raise _fault("queries", "an object of queries by your own names for them, at least one")
    if len(queries) > settings.screening_names:
        raise _fault(
            "queries", f"at most {settings.screening_names} in one request", setting="screening_names"
        )
    return Asked(
        {_key(name): _query(name, each, settings) for name, each in queries.items()}, rules(told, settings)
    )


def rules(told: Mapping[str, Any], settings: Settings) -> Rules:
    """Threshold, limit and lists of a request.

    Raises:
        InputError: one cannot be used.
    """
    threshold = _score(told, "threshold", settings.screening_threshold)
    cutoff = _score(told, "cutoff", threshold)
    limit = told.get("limit", settings.screening_results)
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise _fault("limit", "a whole number from 1", limit)
    if limit > settings.screening_results:
        raise _fault("limit", f"at most {settings.screening_results}", limit, setting="screening_results")
    names = told.get("lists", [])
    if not isinstance(names, list) or not all(isinstance(name, str) and len(name) <= 64 for name in names):
        raise _fault("lists", "names of loaded lists")
    return Rules(threshold, min(cutoff, threshold), limit, tuple(dict.fromkeys(names)))


def _score(told: Mapping[str, Any], name: str, usual: float) -> float:
    value = told.get(name)
    if value is None:
        return usual
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= 1:
        raise _fault(name, "a number above 0, at most 1", value)
    return float(value)


def _query(name: str, told: Any, settings: Settings) -> Query:
    place = f"queries.{name[:KEY]}"
    if not isinstance(told, dict):
        raise _fault(place, "an object with a `name`, or an `organization`")
    _only(told, QUERY, f"{place}.")
    ref = told.get("organization")
    subject = subject_of(told, place, settings)
    if ref is None:
        if not subject.names and not subject.identifiers:
            raise _fault(place, "give a `name`, `identifiers` or an `organization` of the graph")
        return Query(subject)
    if subject != Subject():
        raise _fault(f"{place}.organization", "the graph knows its names: give nothing beside it")
    if not isinstance(ref, str) or not 0 < len(ref.strip()) <= KEY or _CONTROL.search(ref):
        raise _fault(f"{place}.organization", "a reference: slug, enterprise number, LEI or IRI", ref)
    return Query(organization=ref)


def subject_of(told: Json, place: str, settings: Settings) -> Subject:
    """Whom a query means.

    Raises:
        InputError: a value cannot be used.
    """
    kind = told.get("kind")
    if kind is not None and (not isinstance(kind, str) or kind not in KINDS):
        raise _fault(f"{place}.kind", f"one of {', '.join(KINDS)}", kind)
    names = _texts(told, ("name", "names"), place, settings)
    return Subject(
        names=tuple(_name(text, f"{place}.{'name' if 'name' in told else 'names'}") for text in names),
        kind=KINDS[kind] if kind else None,
        countries=tuple(
            _country(text, place) for text in _texts(told, ("country", "countries"), place, settings)
        ),
        dates=tuple(_date(text, place) for text in _texts(told, ("date", "dates"), place, settings)),
        identifiers=tuple(_texts(told, ("identifiers",), place, settings)),
    )


def _texts(told: Json, members: tuple[str, ...], place: str, settings: Settings) -> list[str]:
    """The values of a member and of its plural."""
    found: list[str] = []
    for member in members:
        value = told.get(member)
        if value is None:
            continue
        values = value if isinstance(value, list) else [value]
        here = f"{place}.{member}"
        if len(values) > settings.screening_values:
            raise _fault(here, f"at most {settings.screening_values}", setting="screening_values")
        for each in values:
            if not isinstance(each, str):
                raise _fault(here, "a text, or a list of texts")
            if len(each) > settings.screening_name_length:
                detail = f"at most {settings.screening_name_length} characters"
                raise _fault(here, detail, each, setting="screening_name_length")
            if _CONTROL.search(each):
                raise _fault(here, "holds a control character", each)
            if not each.strip():
                raise _fault(here, "is empty: give a value or leave it out", each)
        found += [each.strip() for each in values]
    return list(dict.fromkeys(found))


def _name(text: str, place: str) -> str:
    """A name without marks that nobody sees."""
    seen = " ".join(_HIDDEN.sub("", text).split())
    if not any(letter.isalnum() for letter in seen):
        raise _fault(place, "has no letter and no digit", text)
    return seen


def _country(text: str, place: str) -> str:
    if not _COUNTRY.fullmatch(text):
        raise _fault(f"{place}.country", "two letters of ISO 3166-1, as BE", text)
    return text.lower()


def _date(text: str, place: str) -> str:
    try:
        return str(PartialDate.parse(text))
    except ValueError:
        raise _fault(f"{place}.date", "a year, month or day, as 1960, 1960-03 or 1960-03-12", text) from None


def _key(name: str) -> str:
    if len(name) > KEY or _CONTROL.search(name):
        raise _fault("queries", f"a query is named by at most {KEY} visible characters", name)
    return name


def _only(told: Json, known: tuple[str, ...], before: str) -> None:
    for name in told:
        if name not in known:
            raise _fault(
                f"{before}{name}"[:KEY], f"there is no such member here; known are {', '.join(known)}"
            )


def _fault(name: str, detail: str, value: object = None, setting: str | None = None) -> InputError:
    given = None if value is None else str(value)[:KEY]
    return InputError(
        "The request to screen cannot be used.", issues=(Issue(name, detail, given),), setting=setting
    )
