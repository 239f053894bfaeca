"""How the JSON of a list or a thing becomes rows: one row a fact, its source beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.exports.cells import Row, Value

Item = Mapping[str, Any]
SOURCE_COLUMNS = {
    "sourceTitle": "title",
    "sourcePublisher": "publisher",
    "sourceDate": "date",
    "sourceUrl": "url",
    "sourceIri": "iri",
    "sourceAccess": "access",
}
BETWEEN = " ; "


@dataclass(frozen=True)
class Table:
    """The columns of a list.

    Attributes:
        columns: stable name -> path into a row's parts, as `item.name`.
        expand: the rows of an item, each as its parts by name.
        sources: the path of the sources; None where an item is a source itself.
    """

    columns: Mapping[str, str]
    expand: Callable[[Item], Iterable[Item]]
    sources: str | None

    @property
    def keys(self) -> tuple[str, ...]:
        """The stable names of the columns, those of the source last."""
        return (*self.columns, *(SOURCE_COLUMNS if self.sources else ()))

    def rows(self, item: Item) -> Iterator[Row]:
        """The rows of one item."""
        for parts in self.expand(item):
            row = [cell(at(parts, path)) for path in self.columns.values()]
            if self.sources:
                found = at(parts, self.sources) or []
                row += [joined(source.get(key) for source in found) for key in SOURCE_COLUMNS.values()]
            yield row


def at(parts: Any, path: str) -> Any:
    """What lies at a path; None where a step is missing."""
    for step in path.split("."):
        parts = parts.get(step) if isinstance(parts, Mapping) else None
    return parts


def joined(values: Iterable[Any]) -> str | None:
    """Several values in one cell."""
    return BETWEEN.join(str(value) for value in values if value is not None) or None


def cell(value: Any) -> Value:
    """Anything of JSON in one cell: a thing by its name, several beside each other."""
    if isinstance(value, Mapping):
        return joined([value.get("name") or value.get("label") or value.get("title") or value.get("code")])
    if isinstance(value, list | tuple):
        return joined(cell(each) for each in value)
    if value is None or isinstance(value, str | int | float):
        return value
    return str(value)


def _itself(item: Item) -> Iterable[Item]:
    return ({"item": item},)


def _engagements(item: Item) -> Iterable[Item]:
    for market in item["markets"]:
        for fact in market["engagements"]:
            yield {"item": item, "market": market, "fact": fact}


def _each(name: str) -> Callable[[Item], Iterable[Item]]:
    """A row for each of a list inside the item; one row where that list is empty."""

    def expand(item: Item) -> Iterable[Item]:
        inner = item.get(name) or [{}]
        return (
            {"item": item, "part": part, "sources": part.get("sources") or item.get("sources")}
            for part in inner
        )

    return expand


_COMPANY = {
    "company": "item.name",
    "country": "item.country",
    "municipality": "item.municipality",
    "area": "item.area.id",
    "areaMember": "item.area.member",
    "seatInArea": "item.area.seat",
    "siteInArea": "item.area.site",
    "sectors": "item.sectors",
}

EXPORTERS = Table(
    {
        **_COMPANY,
        "market": "market.market.label",
        "marketCode": "market.market.code",
        "marketStatus": "market.statusLabel",
        "status": "fact.statusLabel",
        "statusCode": "fact.status",
        "statedMarket": "fact.market.label",
        "product": "fact.product",
        "since": "fact.since",
        "until": "fact.until",
        "attested": "fact.attested",
        "ended": "fact.ended",
        "regionLevel": "fact.regionLevel",
        "dateUnknown": "fact.dateUnknown",
        "note": "fact.note",
        "companyIri": "item.iri",
        "factIri": "fact.iri",
    },
    _engagements,
    "fact.sources",
)
COMPANIES = Table(
    {**_COMPANY, "kind": "item.kindLabel", "activity": "item.activity", "companyIri": "item.iri"},
    _itself,
    "item.sources",
)
MARKETS = Table(
    {"market": "item.label", "marketCode": "item.code", "kind": "item.kind", "marketIri": "item.iri"},
    _itself,
    None,
)
PARTNERS = Table(
    {
        "principal": "item.principal",
        "partner": "item.partner",
        "role": "item.roleLabel",
        "territory": "item.territory",
        "exclusivity": "item.exclusivity",
        "since": "item.since",
        "until": "item.until",
        "attested": "item.attested",
        "ended": "item.ended",
        "note": "item.note",
        "factIri": "item.iri",
    },
    _itself,
    "item.sources",
)
PEOPLE = Table(
    {
        "person": "item.name",
        "organization": "part.organization",
        "role": "part.role",
        "since": "part.since",
        "until": "part.until",
        "attested": "part.attested",
        "iri": "item.iri",
    },
    _each("roles"),
    "sources",
)
AWARDS = Table(
    {
        "company": "item.recipient",
        "award": "item.award.label",
        "edition": "item.award.edition",
        "category": "item.award.category",
        "result": "item.resultLabel",
        "note": "item.note",
        "factIri": "item.iri",
    },
    _itself,
    "item.sources",
)
MISSIONS = Table(
    {
        "mission": "item.label",
        "missionType": "item.missionTypeLabel",
        "destinations": "item.destinations",
        "organizers": "item.organizers",
        "since": "item.start",
        "until": "item.end",
        "participant": "part.organization",
        "state": "part.state",
        "note": "item.note",
        "iri": "item.iri",
    },
    _each("participants"),
    "sources",
)
SOURCES = Table(
    {key: f"item.{key}" for key in ("title", "publisher", "date", "url", "language", "iri", "access")},
    _itself,
    None,
)
STATISTICS = Table(
    {
        "area": "item.area",
        "indicator": "item.indicator",
        "period": "item.period",
        "market": "item.market",
        "value": "item.value",
        "unit": "item.unitLabel",
        "changePercent": "item.changePercent",
        "precision": "item.precisionLabel",
        "note": "item.note",
        "factIri": "item.iri",
    },
    _itself,
    "item.sources",
)
