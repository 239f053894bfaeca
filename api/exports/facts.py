"""A company or a market as rows: one row a fact, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.exports.tables import Item, Table, at, joined

_KINDS: Mapping[str, Mapping[str, str]] = {
    "names": {"what": "type", "with": "name"},
    "identifiers": {"what": "scheme", "with": "value"},
    "statements": {"what": "property", "with": "label"},
    "sites": {"what": "functionLabel", "with": "place", "market": "country"},
    "figures": {"what": "measureLabel", "value": "value", "unit": "unitLabel", "since": "period"},
    "engagements": {"what": "statusLabel", "with": "product", "market": "market"},
    "partnerships": {"what": "roleLabel", "with": "other", "market": "territory"},
    "ownerships": {"what": "kindLabel", "with": "other", "value": "share"},
    "branches": {"what": "place", "with": "organization", "market": "country"},
    "branchOf": {"with": "organization"},
    "changeEvents": {"what": "typeLabel", "with": "other", "since": "date"},
    "people": {"what": "role", "with": "name"},
    "memberOf": {"with": "organization"},
    "awards": {"what": "resultLabel", "with": "award", "since": "award.edition"},
    "missions": {"what": "missionTypeLabel", "with": "label", "market": "destinations", "since": "start", "until": "end"},
    "programmes": {"what": "label", "with": "aim", "since": "year"},
    "needs": {"what": "label"},
    "presenceThere": {"what": "kind", "with": "company", "market": "country"},
    "missionsThere": {"what": "missionTypeLabel", "with": "label", "market": "destinations", "since": "start", "until": "end"},
    "statistics": {
        "what": "indicator", "with": "area", "market": "market", "value": "value", "unit": "unitLabel", "since": "period",
    },
}  # fmt: skip
"""List in the JSON -> column -> path in its entries. Dates, note, IRI and sources are where all have them."""

_SIDES = (("principal", "partner"), ("owner", "owned"), ("original", "acquirer"))


def _other(entry: Item, own: str) -> Any:
    """The other party of a relation with two: all of them where neither is the thing itself."""
    for one, two in _SIDES:
        if one in entry and two in entry:
            parties = [party for party in (entry[one], entry[two]) if party and party["iri"] != own]
            return joined(party["name"] for party in parties)
    return None


def _entries(item: Item, name: str) -> Iterable[Item]:
    entries = item.get(name)
    for entry in entries if isinstance(entries, list) else []:  # a market's `missions` is a number
        if name == "people":
            yield from ({**role, "name": entry["name"], "iri": entry["iri"]} for role in entry["roles"])
        else:
            yield {**entry, "other": _other(entry, item["iri"])}


def _facts(item: Item) -> Iterable[Item]:
    own = {"name": item.get("name") or item.get("label"), "iri": item["iri"]}
    for name, columns in _KINDS.items():
        for entry in _entries(item, name):
            found = {column: at(entry, path) for column, path in columns.items()}
            plain = {"what": None, "with": None, "market": None, "value": None, "unit": None}
            yield {"item": own, "fact": name, "entry": {**entry, **plain, **found}}


FACTS = Table(
    {
        "organization": "item.name",
        "fact": "fact",
        "what": "entry.what",
        "with": "entry.with",
        "market": "entry.market",
        "value": "entry.value",
        "unit": "entry.unit",
        "since": "entry.since",
        "until": "entry.until",
        "attested": "entry.attested",
        "ended": "entry.ended",
        "note": "entry.note",
        "organizationIri": "item.iri",
        "factIri": "entry.iri",
    },
    _facts,
    "entry.sources",
)
"""`organization` is the market's name where a market is told."""
