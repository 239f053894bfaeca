"""The consolidated list of the Security Council of the United Nations, as XML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.screening.formats.source import entity, entry
from graph.screening.formats.xml import XmlSource, children, local, text, texts
from graph.screening.records import Entry

PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
"""The parts of a name, in its order."""
RANGE = 20
"""Years of a birth that is known as a range, at most."""
LOW = "low"
"""Quality of an alias that the list calls weak."""


class UnXml(XmlSource):
    """`CONSOLIDATED_LIST`: individuals and entities. It gives no address of an entry."""

    name = "un-xml"

    def entries(self) -> Iterator[Entry]:
        """See `Source.entries`."""
        for found in self.records(("INDIVIDUAL", "ENTITY")):
            made = self._entry(found)
            if made is not None:
                yield made

    def _entry(self, found: Any) -> Entry | None:
        person = local(found.tag) == "INDIVIDUAL"
        prefix = local(found.tag)
        key = text(found, "REFERENCE_NUMBER") or text(found, "DATAID")
        if not key:
            raise self.fault((self.row, "REFERENCE_NUMBER"), "an entry has a number")
        proxy = entity("Person" if person else "Organization", key)
        proxy.add("name", " ".join(part for name in PARTS if (part := text(found, name))))
        proxy.add("alias", texts(found, "NAME_ORIGINAL_SCRIPT"))
        for alias in children(found, f"{prefix}_ALIAS"):
            weak = text(alias, "QUALITY").casefold() == LOW
            proxy.add("weakAlias" if weak else "alias", text(alias, "ALIAS_NAME"))
        proxy.add("country", texts(found, f"{prefix}_ADDRESS", "COUNTRY"))
        if person:
            proxy.add("nationality", texts(found, "NATIONALITY", "VALUE"))
            for birth in children(found, "INDIVIDUAL_DATE_OF_BIRTH"):
                proxy.add("birthDate", _born(birth))
        return entry(
            proxy,
            programs=texts(found, "UN_LIST_TYPE"),
            since=text(found, "LISTED_ON")[:10] or None,
            numbers=texts(found, "INDIVIDUAL_DOCUMENT", "NUMBER"),
        )

    def root(self, found: Any) -> None:
        """See `XmlSource.root`."""
        self.stated = (found.get("dateGenerated") or "")[:10] or None


def _born(birth: Any) -> list[str]:
    """A day, a year, or every year of a range."""
    first, last = text(birth, "FROM_YEAR"), text(birth, "TO_YEAR")
    years = range(int(first), int(last) + 1) if first.isdecimal() and last.isdecimal() else range(0)
    return [each[:10] for name in ("DATE", "YEAR") for each in texts(birth, name)] + [
        str(year) for year in years[:RANGE]
    ]
