"""What a good row becomes: one frozen record a table, with typed values.

A field has the name of its column (a test compares them with `graph.sources.tables`). Absent text is
the empty string, an absent list the empty tuple, any other absent value None: unknown is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from graph.model.dates import PartialDate
from graph.model.terms import NamedNode
from graph.sources.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every row has: its source."""

    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Record):
    """What one source says of one organization."""

    org_id: str
    name: str
    kind: str
    legal_name: str = ""
    legal_form: str = ""
    enterprise_number: str = ""
    lei: str = ""
    country: NamedNode | None = None
    municipality: str = ""
    postcode: str = ""
    website: str = ""
    founded: PartialDate | None = None
    activity_nl: str = ""
    activity_en: str = ""
    activity_fr: str = ""
    sector: tuple[str, ...] = ()
    nace: tuple[NamedNode, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Record):
    """Another name of an organization."""

    org_id: str
    name: str
    name_type: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Record):
    """A place where an organization is."""

    org_id: str
    function: str
    name: str = ""
    country: NamedNode | None = None
    municipality: str = ""
    postcode: str = ""
    outside_area: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A number, or a range, about an organization or a mission."""

    subject: str
    measure: str
    unit: str
    value: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    period: PartialDate | None = None
    precision: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Market(Record):
    """Where a company stands in a market."""

    org_id: str
    market: NamedNode
    status: str
    product: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    as_of: PartialDate | None = None
    share_percent: Decimal | None = None
    share_of: str = ""
    value: Decimal | None = None
    currency: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Record):
    """A tie between two organizations, read as `from_org relation to_org`."""

    from_org: str
    relation: str
    to_org: str
    country: NamedNode | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    as_of: PartialDate | None = None
    share_percent: Decimal | None = None
    share_min: Decimal | None = None
    share_max: Decimal | None = None
    basis: str = ""
    exclusivity: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A person in a business role."""

    name: str
    org_id: str
    person_id: str = ""
    role_nl: str = ""
    role_en: str = ""
    role_fr: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    as_of: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award(Record):
    """A prize won, or a nomination."""

    org_id: str
    award: str
    result: str
    awarder: str = ""
    year: PartialDate | None = None
    category: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission(Record):
    """A trade mission, a visit or a fair."""

    mission_id: str
    mission_type: str
    markets: tuple[NamedNode, ...]
    name_nl: str = ""
    name_en: str = ""
    name_fr: str = ""
    organizer: tuple[str, ...] = ()
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None
    sector: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Record):
    """An organization on a mission."""

    mission_id: str
    org_id: str
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic(Record):
    """A figure about an area."""

    area: str
    indicator: str
    period: Period | None = None
    market: NamedNode | None = None
    value: Decimal | None = None
    unit: str = ""
    change_percent: Decimal | None = None
    precision: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Record):
    """A plan of an organization."""

    programme_id: str
    name: str
    org_id: str
    year: PartialDate | None = None
    aim_nl: str = ""
    aim_en: str = ""
    aim_fr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Record):
    """What exporters find hard, as an organization states it."""

    need_id: str
    org_id: str
    need_nl: str = ""
    need_en: str = ""
    need_fr: str = ""
    as_of: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """A page, a paper, a sheet: where rows come from."""

    publisher: str
    title: str
    url: str = ""
    date: PartialDate | None = None
    language: str = ""
    access: str = "public"
