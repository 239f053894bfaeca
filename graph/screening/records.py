"""What is screened, what it is screened against, and what came of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["person", "organization"]
Json = dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """Somebody to screen.

    Attributes:
        names: each way in which they are written; one of them is enough to match.
        kind: a person or an organization; `None`: not said.
        countries: ISO 3166-1 alpha-2, lower case.
        dates: of birth or incorporation, as `2018`, `2018-02` or `2018-02-19`.
        identifiers: numbers of registers and passports, as written.
    """

    names: tuple[str, ...] = ()
    kind: Kind | None = None
    countries: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()

    @classmethod
    def of(cls, told: Json) -> Subject:
        """The subject that `asdict` made."""
        lists = {k: tuple(v) for k, v in told.items() if k != "kind"}
        return cls(kind=told.get("kind"), **lists)


@dataclass(frozen=True)
class Entry:
    """An entry of a sanctions list.

    Attributes:
        id: what the list calls it.
        schema: of FollowTheMoney: Person, Company, Organization, LegalEntity, Vessel …
        caption: the name that the list puts first.
        names: every name, transliterations and former ones too.
        weak: aliases that the list itself calls weak.
        countries: ISO 3166-1 alpha-2, lower case.
        dates: of birth or incorporation, as precise as known.
        identifiers: numbers, as the list writes them.
        programs: under which it is listed.
        source: address of what says so, if the list gives one.
        since: the day of the listing, if the list gives one.
    """

    id: str
    schema: str
    caption: str
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    source: str | None = None
    since: str | None = None

    @property
    def kind(self) -> Kind | None:
        """Person or organization, where the schema says so."""
        if self.schema == "Person":
            return "person"
        return "organization" if self.schema in ORGANIZATIONS else None

    def as_json(self) -> Json:
        """For the file of a list."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def of(cls, told: Json) -> Entry:
        """The entry that `as_json` made."""
        values: Json = {k: tuple(v) if isinstance(v, list) else v for k, v in told.items()}
        return cls(**values)


ORGANIZATIONS = frozenset({"Organization", "Company", "PublicBody"})
"""Schemas that are organizations and nothing else; `LegalEntity` may be either."""


@dataclass(frozen=True)
class Feature:
    """One thing that was compared.

    Attributes:
        feature: `name`, `weakAlias`, `identifier`, `country`, `date`, `kind`.
        value: 0 to 1; `None`: one side does not say it, so that it counts neither way.
        weight: what a value of 1 adds; below 0 for what speaks against a match.
        query, candidate: what was compared.
        detail: how, in a sentence.
    """

    feature: str
    value: float | None
    weight: float
    query: str | None = None
    candidate: str | None = None
    detail: str = ""

    def as_json(self) -> Json:
        """As answers have it."""
        value = None if self.value is None else round(self.value, 4)
        counted = 0.0 if self.value is None else round(self.value * self.weight, 4)
        return {**asdict(self), "value": value, "contribution": counted}


@dataclass(frozen=True)
class Hit:
    """An entry that a subject was compared with, and how near it is."""

    entry: Entry
    score: float
    features: tuple[Feature, ...]
