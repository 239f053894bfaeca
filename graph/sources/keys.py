"""What tells two rows of a table apart, and which keys a row refers to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from graph.model.iris import slug
from graph.sources import records as r


@dataclass(frozen=True, slots=True)
class Reference:
    """A key in a row that another row must explain.

    Attributes:
        column: where it stands.
        tables: the tables that may explain it.
        key: the key.
    """

    column: str
    tables: tuple[str, ...]
    key: str


def _fields(*names: str) -> Callable[[Any], tuple[object, ...]]:
    def key(record: object) -> tuple[object, ...]:
        return tuple(getattr(record, name) for name in names)

    return key


def _site(row: r.Site) -> tuple[object, ...]:
    return (row.org_id, row.function, row.name, row.country, slug(row.municipality), row.postcode,
            row.outside_area, row.source_id)  # fmt: skip


def _market(row: r.Market) -> tuple[object, ...]:
    product = slug(row.product) if row.product else ""
    times = (row.since, row.until, row.as_of)
    return (row.org_id, row.market, product, row.status, *times, row.share_of, row.source_id)


def _person(row: r.Person) -> tuple[object, ...]:
    who = row.person_id or row.name.casefold()
    roles = (row.role_nl, row.role_en, row.role_fr)
    return (bool(row.person_id), who, row.org_id, *roles, row.since, row.until, row.as_of, row.source_id)


DUPLICATE_KEYS: dict[type[r.Record], Callable[[Any], tuple[object, ...]]] = {
    r.Organization: _fields("org_id", "source_id"),
    r.Name: _fields("org_id", "name", "name_type", "language", "source_id"),
    r.Site: _site,
    r.Figure: _fields("subject", "measure", "unit", "period", "source_id"),
    r.Market: _market,
    r.Relation: _fields("from_org", "relation", "to_org", "country", "since", "until", "as_of", "source_id"),
    r.Person: _person,
    r.Award: _fields("org_id", "award", "year", "category", "source_id"),
    r.Mission: _fields("mission_id", "source_id"),
    r.Participant: _fields("mission_id", "org_id", "source_id"),
    r.Statistic: _fields("area", "indicator", "period", "market", "source_id"),
    r.Programme: _fields("programme_id", "source_id"),
    r.Need: _fields("need_id", "source_id"),
    r.Source: _fields("source_id"),
}
"""Class of record -> its key. Two rows with one key would share a node; the second is set aside."""

ID_COLUMNS = {"organizations": "org_id", "missions": "mission_id", "sources": "source_id"}
"""The tables that others refer to, in the order in which they depend on each other -> their key."""

_ORG_COLUMNS = ("org_id", "from_org", "to_org", "awarder")


def references(record: r.Record) -> Iterator[Reference]:
    """The keys in a record that other rows must explain."""
    if not isinstance(record, r.Source):
        yield Reference("source_id", ("sources",), record.source_id)
    if isinstance(record, r.Figure):
        yield Reference("subject", ("organizations", "missions"), record.subject)
    if not isinstance(record, r.Organization):
        for column in _ORG_COLUMNS:
            key = getattr(record, column, "")
            if key:
                yield Reference(column, ("organizations",), key)
    if isinstance(record, r.Mission):
        for key in record.organizer:
            yield Reference("organizer", ("organizations",), key)
    if isinstance(record, r.Participant):
        yield Reference("mission_id", ("missions",), record.mission_id)
