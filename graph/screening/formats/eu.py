"""The consolidated list of financial sanctions of the European Union, as CSV and as XML 1.1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from graph.screening.formats.source import Source, entity, entry
from graph.screening.formats.xml import XmlSource, children, local, text
from graph.screening.records import Entry

SCHEMAS = {"P": "Person", "person": "Person", "E": "Organization", "enterprise": "Organization"}
"""Code and classification of a subject; the two have changed places between CSV and XML."""
UNKNOWN = {"00", ""}
"""Codes of no country."""
LOW = "false"
"""`strong` of an alias that the list calls weak."""


class EuCsv(Source):
    """One row for each combination of name, address, birth date and paper of an entity; grouped by its number."""

    name = "eu-csv"

    def entries(self) -> Iterator[Entry]:
        """See `Source.entries`."""
        needed = ("fileGenerationDate", "Entity_LogicalId", "Entity_SubjectType", "NameAlias_WholeName")
        grouped: dict[str, dict[str, dict[str, None]]] = {}
        rows: dict[str, int] = {}
        with self.path.open("rb") as stream:
            for number, row in self.table(stream, needed, ";"):
                self._date(number, row["fileGenerationDate"])
                key = row["Entity_LogicalId"]
                if not key:
                    raise self.fault((number, "Entity_LogicalId"), "an entity has a number")
                rows.setdefault(key, number)
                values = grouped.setdefault(key, defaultdict(dict))
                for name, value in row.items():
                    if value and name in COLUMNS:
                        values[COLUMNS[name]][value] = None
        for key, found in grouped.items():
            made = self._entry(key, rows[key], found)
            if made is not None:
                yield made

    def _date(self, row: int, told: str) -> None:
        if self.stated is None and told:
            try:
                self.stated = f"{datetime.strptime(told, '%d/%m/%Y'):%Y-%m-%d}"  # noqa: DTZ007
            except ValueError:
                raise self.fault((row, "fileGenerationDate"), "write it as 31/12/2025", told) from None

    def _entry(self, key: str, row: int, found: Mapping[str, Iterable[str]]) -> Entry | None:
        subject = next(iter(found.get("type", ())), "")
        if subject not in SCHEMAS:
            raise self.fault((row, "Entity_SubjectType"), "P for a person or E for an enterprise", subject)
        proxy = entity(SCHEMAS[subject], key)
        for name in ("name", "country"):
            proxy.add(name, [each for each in found.get(name, ()) if each not in UNKNOWN])
        _born(proxy, found.get("birthDate", ()))
        return entry(
            proxy,
            programs=found.get("program", ()),
            source=next(iter(found.get("source", ())), None),
            since=next(iter(found.get("since", ())), None),
            numbers=found.get("number", ()),
        )


COLUMNS = {
    "Entity_SubjectType": "type",
    "Entity_SubjectType_ClassificationCode": "type",
    "NameAlias_WholeName": "name",
    "Address_CountryIso2Code": "country",
    "Citizenship_CountryIso2Code": "country",
    "BirthDate_BirthDate": "birthDate",
    "BirthDate_Year": "birthDate",
    "Identification_Number": "number",
    "Entity_Regulation_Programme": "program",
    "Entity_Regulation_PublicationUrl": "source",
    "Entity_DesignationDate": "since",
}
"""The columns that are read, and what for; there are more than a hundred."""


def _born(proxy: Any, dates: Iterable[str]) -> None:
    if "birthDate" in proxy.schema.properties:
        proxy.add("birthDate", [each for each in dates if each not in ("0", "")])


class EuXml(XmlSource):
    """`export` of version 1.1: an element for each entity, most of it in attributes."""

    name = "eu-xml"

    def entries(self) -> Iterator[Entry]:
        """See `Source.entries`."""
        for found in self.records(("sanctionEntity",)):
            made = self._entry(found)
            if made is not None:
                yield made

    def _entry(self, found: Any) -> Entry | None:
        key = found.get("logicalId") or found.get("euReferenceNumber")
        if not key:
            raise self.fault((self.row, "logicalId"), "an entity has a number")
        subject = next(iter(children(found, "subjectType")), None)
        code = subject.get("code", "") if subject is not None else ""
        if code not in SCHEMAS:
            raise self.fault((self.row, "subjectType"), "person or enterprise", code)
        proxy = entity(SCHEMAS[code], key)
        for alias in children(found, "nameAlias"):
            whole = alias.get("wholeName") or f"{alias.get('firstName', '')} {alias.get('lastName', '')}"
            proxy.add("weakAlias" if alias.get("strong") == LOW else "name", whole)
        for child in found:
            if local(child.tag) in ("address", "citizenship"):
                country = child.get("countryIso2Code", "")
                proxy.add("country", None if country in UNKNOWN else country)
        births = list(children(found, "birthdate"))
        _born(proxy, [each.get("birthdate") or each.get("year") or "" for each in births])
        regulations = list(children(found, "regulation"))
        return entry(
            proxy,
            programs=[each.get("programme") or "" for each in regulations],
            source=next((url for each in regulations if (url := text(each, "publicationUrl"))), None),
            since=min((day for each in regulations if (day := each.get("publicationDate"))), default=None),
            numbers=[each.get("number") or "" for each in children(found, "identification")],
        )

    def root(self, found: Any) -> None:
        """See `XmlSource.root`."""
        self.stated = (found.get("generationDate") or "")[:10] or None
