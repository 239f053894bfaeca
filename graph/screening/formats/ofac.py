"""The list of Specially Designated Nationals of the United States' OFAC: SDN.XML and SDN.CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from graph.screening.formats.source import Source, entity, entry
from graph.screening.formats.xml import XmlSource, children, text, texts
from graph.screening.records import Entry

SCHEMAS = {
    "individual": "Person",
    "entity": "Organization",
    "vessel": "Vessel",
    "aircraft": "Airplane",
    "": "Organization",
}
"""Type of an entry; in the CSV an organization has none."""
PAGE = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id={}"
"""Where OFAC shows an entry: its files give the number and no address."""
NOTHING = "-0-"
"""An empty cell of the CSV."""
END = "\x1a"
"""The last line of the CSV."""
COLUMNS = 12
_ALSO = re.compile(r"(?:a\.k\.a\.|f\.k\.a\.|n\.k\.a\.) '([^']{1,400})'")
_WEAK = re.compile(r"alt\. '([^']{1,400})'")
_BORN = re.compile(r"DOB ([^;]{4,40})")
_LEFT = re.compile(r"nationality ([A-Za-z ,]{3,60}?)(?=[;.]|$)|[cC]itizen ([A-Za-z ,]{3,60}?)(?=[;.]|$)")
_NUMBER = re.compile(
    r"(?:Passport|Tax ID No\.|Registration (?:ID|Number)|IMO|National ID No\.) ([A-Z0-9/.-]{4,40})"
)


class OfacXml(XmlSource):
    """`sdnList`."""

    name = "ofac-xml"

    def entries(self) -> Iterator[Entry]:
        """See `Source.entries`."""
        for found in self.records(("sdnEntry", "publshInformation")):
            if found.tag.endswith("publshInformation"):
                self.row -= 1
                self.stated = self._published(text(found, "Publish_Date"))
                continue
            made = self._entry(found)
            if made is not None:
                yield made

    def _published(self, told: str) -> str:
        try:
            return f"{datetime.strptime(told, '%m/%d/%Y'):%Y-%m-%d}"  # noqa: DTZ007
        except ValueError:
            raise self.fault((1, "Publish_Date"), "write it as 12/31/2025", told) from None

    def _entry(self, found: Any) -> Entry | None:
        key, kind = text(found, "uid"), text(found, "sdnType").casefold()
        if not key:
            raise self.fault((self.row, "uid"), "an entry has a number")
        if kind not in SCHEMAS:
            raise self.fault((self.row, "sdnType"), f"one of {', '.join(filter(None, SCHEMAS))}", kind)
        proxy = entity(SCHEMAS[kind], key)
        proxy.add("name", _name(found))
        for alias in children(found, "akaList", "aka"):
            proxy.add("weakAlias" if text(alias, "category") == "weak" else "alias", _name(alias))
        proxy.add("country", texts(found, "addressList", "address", "country"))
        if kind == "individual":
            for part in ("nationality", "citizenship"):
                proxy.add(part, texts(found, f"{part}List", part, "country"))
            proxy.add("birthDate", _days(texts(found, "dateOfBirthList", "dateOfBirthItem", "dateOfBirth")))
        return entry(
            proxy,
            programs=texts(found, "programList", "program"),
            source=PAGE.format(key),
            numbers=texts(found, "idList", "id", "idNumber"),
        )


class OfacCsv(Source):
    """`SDN.CSV`: no headings, twelve columns; aliases stand in files beside it and, in part, in the remarks.

    The file does not say of which day it is.
    """

    name = "ofac-csv"

    def entries(self) -> Iterator[Entry]:
        """See `Source.entries`."""
        with self.path.open("rb") as stream:
            for number, row in self.rows(stream):
                if not row or row == [END]:
                    continue
                if len(row) != COLUMNS:
                    detail = f"{len(row)} cells where there are {COLUMNS}"
                    raise self.fault((number, min(len(row), COLUMNS)), detail)
                made = self._entry(number, ["" if cell.strip() == NOTHING else cell.strip() for cell in row])
                if made is not None:
                    yield made

    def _entry(self, number: int, row: list[str]) -> Entry | None:
        key, name, kind, program, remarks = row[0], row[1], row[2].casefold(), row[3], row[11]
        if not key.isdecimal():
            raise self.fault((number, 1), "the number of an entry", key)
        if kind not in SCHEMAS:
            raise self.fault((number, 3), f"one of {', '.join(filter(None, SCHEMAS))}", kind)
        proxy = entity(SCHEMAS[kind], key)
        proxy.add("name", _turned(name) if kind == "individual" else name)
        proxy.add("alias", [_turned(each) for each in _ALSO.findall(remarks)])
        proxy.add("weakAlias", _WEAK.findall(remarks))
        if kind == "individual":
            proxy.add("birthDate", _days(_BORN.findall(remarks)))
            proxy.add("nationality", [each or other for each, other in _LEFT.findall(remarks)])
        return entry(
            proxy,
            programs=[each.strip("[] ") for each in program.split("] [")],
            source=PAGE.format(key),
            numbers=_NUMBER.findall(remarks),
        )


def _name(found: Any) -> str:
    return f"{text(found, 'firstName')} {text(found, 'lastName')}".strip()


def _turned(name: str) -> str:
    """`FICTIVE, Ivan` as people say it."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


def _days(told: list[str]) -> list[str]:
    """Days as OFAC writes them (`12 Mar 1960`, `Mar 1960`, `circa 1960`), as ISO 8601 does."""
    found = []
    for each in told:
        plain = each.strip().removeprefix("circa ").strip(" .")
        for form, width in (("%d %b %Y", 10), ("%b %Y", 7), ("%Y", 4)):
            try:
                found.append(f"{datetime.strptime(plain, form):%Y-%m-%d}"[:width])  # noqa: DTZ007
                break
            except ValueError:
                continue
    return found
