"""What can be asked of the lists: filters, a page, and the answer.

Several values of one field mean "or"; different fields mean "and"; an empty field asks for nothing.
Codes are those of the sheets (`CN`, `ASIA`, `active`); names in any of the three languages do as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class PageRequest:
    """Which part of a list, and in what order.

    Attributes:
        page: from 1.
        size: items on a page.
        sort: keys, the first counts most; `-` before a key turns it round.
        facets: whether to count the items by each value of each filter as well.
    """

    page: int = 1
    size: int = 50
    sort: tuple[str, ...] = ()
    facets: bool = False

    @property
    def offset(self) -> int:
        """Items before this page."""
        return (self.page - 1) * self.size


@dataclass(frozen=True)
class ListAnswer:
    """A page of a list.

    Attributes:
        items: JSON-ready, in order.
        total: items on all pages.
        facets: by name of the filter, its values as `{"value", "label", "count"}`, most first;
            each counted with all other filters applied. Empty unless asked for.
    """

    items: list[dict[str, Any]]
    total: int
    facets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class ExporterFilter:
    """Companies by the markets that they sell to, or want to.

    Attributes:
        statuses: tests the strongest status in a market; `withdrawn` has to be named to be found.
        products: only engagements with one of these products decide the status.
        area_membership: `yes`, `no`, `unknown`; with `area` alone, `yes`.
        partner_countries: a partner from there.
        presence_in: a branch, subsidiary or site there.
        include_ended: also what has ended and what was withdrawn, marked.
        as_of: facts that held then; those without a start are included and marked.
        today: what decides whether a fact has ended, unless `as_of` is given.
    """

    today: date
    markets: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    area: str | None = None
    area_membership: tuple[str, ...] = ()
    partner_countries: tuple[str, ...] = ()
    presence_in: tuple[str, ...] = ()
    q: str = ""
    include_ended: bool = False
    as_of: date | None = None


@dataclass(frozen=True)
class CompanyFilter:
    """Organizations of any kind; `kinds` are codes as `company` or `foreign-partner`."""

    today: date
    q: str = ""
    kinds: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    area: str | None = None
    area_membership: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartnerFilter:
    """Partnerships: by territory or country of a party, role, party, or a name in `q`."""

    today: date
    q: str = ""
    markets: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    include_ended: bool = False


@dataclass(frozen=True)
class PersonFilter:
    """Persons in a business role; `q` is a part of the name."""

    today: date
    q: str = ""
    organizations: tuple[str, ...] = ()
    include_ended: bool = True


@dataclass(frozen=True)
class AwardFilter:
    """Awards given, and nominations; `q` is a part of the award's or the recipient's name."""

    q: str = ""
    organizations: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


@dataclass(frozen=True)
class MissionFilter:
    """Trade missions; `organizations` organized or took part."""

    q: str = ""
    markets: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceFilter:
    """Sources; `organizations` are mentioned, `q` is a part of the title or publisher."""

    q: str = ""
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


@dataclass(frozen=True)
class StatisticFilter:
    """Statistics; `periods` as written (`2017`, `2021-H1`)."""

    areas: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarketFilter:
    """Markets; `kinds` are `country` and `region`, `known` only those (or those not) with a fact."""

    today: date
    q: str = ""
    kinds: tuple[str, ...] = ()
    known: bool | None = None


@dataclass(frozen=True)
class Resolved:
    """What a reference to an organization means.

    Attributes:
        iri: the organization's.
        id: the last part of it.
        canonical: whether the reference was written as the IRI has it; if not, answer 308.
    """

    iri: str
    id: str
    canonical: bool
