"""Two stores: one never heard of a restricted source, the other has one that speaks of everything there is.

Every text that only the restricted source has holds the word `qwyx`, so that it can be looked for.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from graph.build import build_release, derive, open_releases
from graph.keys import Keys, Role
from graph.model.namespaces import ORG, RDF, RDFS, VERRE
from graph.model.terms import Literal, NamedNode, Quad
from graph.settings import Settings

BASE = "https://w3id.org/verre/"
WORD = "qwyx"
TODAY = date(2026, 6, 1)
HIDDEN = f"{BASE}graph/restricted/"
ROLES = (Role.READER, Role.ANALYST, Role.STEWARD, Role.ADMIN)

Rows = Sequence[Mapping[str, str]]
SAYS = {"source_id": "s1"}
PUBLIC: Mapping[str, Rows] = {
    "sources": [
        {"source_id": "s1", "publisher": "The Paper", "title": "Exporters", "date": "2018-02-19", "language": "en"},
        {"source_id": "s2", "publisher": "The Times", "title": "Missions", "date": "2020", "url": "https://example.org/2"},
    ],
    "organizations": [
        {"org_id": "acme", "name": "Acme", "kind": "company", "enterprise_number": "0403170701", "country": "BE", "municipality": "Genk", "postcode": "3600", "sector": "lamps", **SAYS},
        {"org_id": "lumen", "name": "Lumen", "kind": "company", "country": "BE", "municipality": "Hasselt", "postcode": "3500", **SAYS},
        {"org_id": "bolt", "name": "Bolt", "kind": "foreign-partner", "country": "JP", "source_id": "s2"},
    ],
    "names": [{"org_id": "acme", "name": "ACM", "name_type": "abbreviation", **SAYS}],
    "sites": [{"org_id": "acme", "function": "production", "country": "BE", "municipality": "Genk", **SAYS}],
    "figures": [{"subject": "acme", "measure": "employees", "value": "250", "unit": "number", "period": "2016", **SAYS}],
    "markets": [
        {"org_id": "acme", "market": "VN", "status": "targets", "product": "lamps", **SAYS},
        {"org_id": "acme", "market": "CN", "status": "active", "since": "2012", "source_id": "s2"},
        {"org_id": "lumen", "market": "ASIA", "status": "active", **SAYS},
    ],
    "relations": [
        {"from_org": "bolt", "relation": "distributor_of", "to_org": "acme", "country": "JP", "source_id": "s2"},
        {"from_org": "acme", "relation": "parent_of", "to_org": "lumen", **SAYS},
    ],
    "people": [{"name": "Jan Peeters", "org_id": "acme", "role_en": "chairman", **SAYS}],
    "awards": [{"org_id": "acme", "award": "Lamp Prize", "year": "2019", "result": "winner", **SAYS}],
    "missions": [{"mission_id": "fair", "name_en": "A fair", "mission_type": "fair", "markets": "JP", "start_date": "2019-10-07", "organizer": "lumen", "source_id": "s2"}],
    "mission_participants": [{"mission_id": "fair", "org_id": "acme", "source_id": "s2"}],
    "statistics": [{"area": "limburg", "indicator": "certificates of origin", "period": "2017", "market": "WORLD", "value": "22816", "unit": "number", **SAYS}],
    "programmes": [{"programme_id": "plan", "name": "Plan", "org_id": "lumen", "year": "2018", "aim_en": "Sell lamps", **SAYS}],
    "needs": [{"need_id": "light", "org_id": "lumen", "need_en": "Light", "as_of": "2018-02", **SAYS}],
}  # fmt: skip

SECRET = {"source_id": "s9"}
RESTRICTED: Mapping[str, Rows] = {
    "sources": [{"source_id": "s9", "publisher": "Qwyx Press", "title": "Qwyx members", "date": "2031-05", "language": "fr", "url": "https://qwyx.example.org/", "access": "restricted"}],
    "organizations": [
        {"org_id": "qwyxcorp", "name": "Qwyxcorp", "kind": "company", "enterprise_number": "0429593895", "country": "BE", "municipality": "Genk", "postcode": "3600", "sector": "qwyxery", "activity_en": "Qwyxing", **SECRET},
        {"org_id": "acmee", "name": "Qwyx Acmee", "kind": "company", "country": "MX", **SECRET},
        {"org_id": "lumen", "name": "Lumen", "kind": "company", "country": "BE", "founded": "1951", "sector": "lamps", "activity_en": "Qwyx lamps", "note": "qwyx says so", **SECRET},
    ],
    "names": [{"org_id": "acme", "name": "Qwyxacme", "name_type": "former", **SECRET}],
    "sites": [{"org_id": "acme", "function": "office", "name": "Qwyx office", "country": "MX", **SECRET}],
    "figures": [{"subject": "acme", "measure": "employees", "value": "777777", "unit": "number", "period": "2031", "note": "qwyx", **SECRET}],
    "markets": [
        {"org_id": "acme", "market": "MX", "status": "leading", "product": "qwyxgoods", "note": "qwyx", **SECRET},
        {"org_id": "acme", "market": "VN", "status": "active", "product": "lamps", "since": "2003", "note": "qwyx", **SECRET},
        {"org_id": "acme", "market": "CN", "status": "withdrawn", "as_of": "2025", "note": "qwyx", **SECRET},
        {"org_id": "qwyxcorp", "market": "KR", "status": "active", **SECRET},
        {"org_id": "lumen", "market": "TH", "status": "targets", **SECRET},
    ],
    "relations": [
        {"from_org": "qwyxcorp", "relation": "supplier_of", "to_org": "acme", "country": "MX", **SECRET},
        {"from_org": "qwyxcorp", "relation": "parent_of", "to_org": "acme", "share_percent": "77", **SECRET},
    ],
    "people": [{"name": "Quentin Qwyx", "org_id": "acme", "role_en": "qwyx contact", **SECRET}, {"name": "Jan Peeters", "org_id": "acme", "role_en": "qwyx adviser", **SECRET}],
    "awards": [{"org_id": "acme", "award": "Qwyx Prize", "awarder": "qwyxcorp", "year": "2030", "result": "winner", **SECRET}],
    "missions": [{"mission_id": "m-qwyx", "name_en": "Qwyx mission", "mission_type": "outbound", "markets": "MX", "start_date": "2031-10-07", "organizer": "qwyxcorp", **SECRET}],
    "mission_participants": [{"mission_id": "m-qwyx", "org_id": "acme", **SECRET}, {"mission_id": "fair", "org_id": "qwyxcorp", **SECRET}],
    "statistics": [{"area": "limburg", "indicator": "qwyx exports", "period": "2031", "market": "MX", "value": "777777", "unit": "EUR", "note": "qwyx", **SECRET}],
    "programmes": [{"programme_id": "qwyx-plan", "name": "Qwyx plan", "org_id": "acme", "year": "2031", "aim_en": "Qwyx", **SECRET}],
    "needs": [{"need_id": "qwyx-need", "org_id": "acme", "need_en": "Qwyx", "as_of": "2031-02", **SECRET}],
}  # fmt: skip


def write_sheets(folder: Path, tables: Mapping[str, Rows]) -> Path:
    """A folder of CSV files."""
    folder.mkdir()
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _edit(settings: Settings, graph: str, ref: str, name: str) -> None:
    """One more organization, and a remark on one that is there."""
    place, org = NamedNode(f"{BASE}graph/{graph}"), NamedNode(f"{BASE}id/organization/x/{ref}")
    lumen = NamedNode(f"{BASE}id/organization/x/lumen")
    told = [
        Quad(org, RDF.type, ORG.Organization, place),
        Quad(org, RDFS.label, Literal(name), place),
        Quad(org, VERRE.key, Literal(ref), place),
        Quad(lumen, RDFS.comment, Literal(f"{name} says so"), place),
    ]
    with open_releases(settings).write() as writer:
        writer.add(told)
        writer.commit("edit", derive(settings, TODAY))


def make(folder: Path, *, restricted: bool) -> tuple[Settings, dict[Role, str]]:
    """A store with two or three releases, and a key of each role."""
    settings = Settings(home=folder / "home", readers=2, spare_readers=0, page_size_max=100)
    tables = [write_sheets(folder / "public", PUBLIC)]
    if restricted:
        tables.append(write_sheets(folder / "members", RESTRICTED))
    built = build_release(settings, tables)
    assert not built.result.problems, built.result.problems
    _edit(settings, "edit/desk", "edited", "Edited")
    if restricted:
        _edit(settings, "restricted/edit/desk", "qwyxedit", "Qwyxedit")
    keys = Keys(settings.home)
    return settings, {role: keys.create(role)[1] for role in ROLES}
