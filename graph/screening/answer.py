"""What a screening says: never that somebody is clear, always against which lists, of which day, at what score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from graph.screening.jobs import Found, Rules
from graph.screening.lists import Version
from graph.screening.owners import Family, Party
from graph.screening.records import Json, Subject
from graph.screening.weights import WEIGHTS
from graph.settings import Settings

NOTICE = (
    "A match says that a name, a number or an owner is like an entry of a list, not that it is the one listed; "
    "no match says nothing beyond these lists, their dates and this threshold. This is no legal advice."
)


@dataclass(frozen=True)
class Query:
    """One thing that was asked to be screened.

    Attributes:
        subject: as given, or as the graph has it.
        organization: the reference of an organization of the graph, where that was asked.
    """

    subject: Subject = field(default_factory=Subject)
    organization: str | None = None


@dataclass(frozen=True)
class Asked:
    """A request to screen: its queries by their names, and what it goes by."""

    queries: Mapping[str, Query]
    rules: Rules

    @property
    def organizations(self) -> tuple[str, ...]:
        """The references that are asked for."""
        found = (q.organization for q in self.queries.values() if q.organization)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Plan:
    """Everybody who must be screened for a request, each once, and where in it they are."""

    asked: Asked
    family: Family
    subjects: tuple[Subject, ...]
    places: Mapping[str | int, int]
    """Name of a query, or number of an organization -> place among `subjects`."""

    @classmethod
    def of(cls, asked: Asked, family: Family) -> Plan:
        """The plan for a request."""
        subjects: list[Subject] = []
        places: dict[str | int, int] = {}
        for name, query in asked.queries.items():
            if query.organization is None:
                places[name] = len(subjects)
                subjects.append(query.subject)
        for number, subject in family.subjects.items():
            places[number] = len(subjects)
            subjects.append(subject)
        return cls(asked, family, tuple(subjects), places)


def answer(
    plan: Plan, versions: Sequence[Version], found: Sequence[Found], settings: Settings, now: datetime
) -> Json:
    """The whole answer to a request.

    Args:
        plan: who was screened.
        versions: the lists that they were screened against.
        found: what came of each of the plan's subjects.
        settings: which age is old.
        now: when.
    """
    told = [list_of(version, settings, now.date()) for version in versions]
    return {
        "screenedAt": now.replace(microsecond=0).isoformat(),
        "threshold": plan.asked.rules.threshold,
        "weights": WEIGHTS,
        "lists": told,
        "warnings": [warning for each in told for warning in each["warnings"]],
        "notice": NOTICE,
        "responses": {
            name: _response(plan, name, query, versions, found) for name, query in plan.asked.queries.items()
        },
    }


def list_of(version: Version, settings: Settings, today: date) -> Json:
    """A list as answers have it, with a warning where it is older than the setting allows."""
    age = (today - version.day).days
    old = age > settings.screening_list_age
    warning = (
        f"list {version.name} is of {version.dated}, {age} days old; more than "
        f"{settings.screening_list_age} (VERRE_SCREENING_LIST_AGE) is old: load a newer one"
    )
    return {
        "name": version.name,
        "title": version.title,
        "date": version.dated,
        "dateBasis": version.basis,
        "version": version.sha256[:12],
        "format": version.format,
        "file": version.file,
        "loaded": version.loaded,
        "entries": version.entries,
        "old": old,
        "warnings": [warning] if old else [],
    }


def _response(
    plan: Plan, name: str, query: Query, versions: Sequence[Version], found: Sequence[Found]
) -> Json:
    if query.organization is None:
        own, party = found[plan.places[name]], None
        subject = query.subject
    else:
        party = plan.family.parties[query.organization]
        own, subject = found[plan.places[party.number]], plan.subjects[plan.places[party.number]]
    owners = [] if party is None else _owners(plan, party, found)
    status, why = _status(own, owners, versions, subject)
    return {
        "status": status,
        "statement": _statement(status, why, own, owners, versions, plan.asked.rules),
        "query": _subject(subject),
        "organization": None if party is None else party.ref,
        "results": list(own.results),
        "owners": owners,
        "ownersScreened": 0 if party is None or not versions else len(party.owners),
        "ownersTruncated": bool(party and party.truncated),
    }


def _subject(subject: Subject) -> Json:
    return {
        "names": list(subject.names),
        "kind": subject.kind,
        "countries": list(subject.countries),
        "dates": list(subject.dates),
        "identifiers": list(subject.identifiers),
    }


def _owners(plan: Plan, party: Party, found: Sequence[Found]) -> list[Json]:
    """The owners with something near them, each with its path and the sources of every step of it."""
    told = []
    for owner in party.owners:
        own = found[plan.places[owner.number]]
        if own.results:
            told.append(
                {
                    "organization": owner.ref,
                    "steps": len(owner.path),
                    "path": list(owner.path),
                    "match": own.matches,
                    "results": list(own.results),
                }
            )
    return told


def _status(
    own: Found, owners: Iterable[Json], versions: Sequence[Version], subject: Subject
) -> tuple[str, str]:
    """In a word, and why nothing was screened."""
    if not versions:
        return "notScreened", "no sanctions list is loaded"
    if own.matches:
        return "match", ""
    if any(each["match"] for each in owners):
        return "ownerMatch", ""
    if own.general and not subject.identifiers:
        return "notScreened", (
            "the name has only words that thousands of others have; give more of it, or an identifier"
        )
    return "noMatch", ""


def _statement(
    status: str, why: str, own: Found, owners: list[Json], versions: Sequence[Version], rules: Rules
) -> str:
    """In a sentence that can be copied without becoming wrong."""
    if status == "notScreened":
        return f"not screened: {why}"
    against = "; ".join(f"list {version.name} of {version.dated}" for version in versions)
    at = f"at threshold {rules.threshold:g}"
    if status == "match":
        count = sum(each["match"] for each in own.results)
        return f"{count} {'match' if count == 1 else 'matches'} in {against} {at}"
    if status == "ownerMatch":
        first = next(each for each in owners if each["match"])
        steps = "1 step" if first["steps"] == 1 else f"{first['steps']} steps"
        return f"no match of its own in {against} {at}; its owner {first['organization']['name']} ({steps} up) matches"
    return f"no match in {against} {at}"
