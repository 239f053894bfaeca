"""What the graph knows of candidates, in the form in which it is compared: property id -> values.

A bounded number of statements for a whole batch, however many candidates it has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from urllib.parse import urlsplit

from graph.index.database import IN, many
from graph.index.shaping import Shaper
from graph.index.text import fold

Facts = dict[str, set[Hashable]]
"""Property id -> the values of one thing; a property that nothing is known of is not there.

Beside the properties, `isPartner` and `countryCode` (ISO, two letters).
"""

SCHEMES = {"be-bce_kbo": "enterpriseNumber", "xi-lei": "lei"}
"""Schemes of identifiers and the property that each is."""

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_POSTCODE = re.compile(r"[^0-9A-Z]")


def host(text: str) -> str | None:
    """The host of a web address without `www.`: what two spellings of a website have in common."""
    address = text.strip().casefold()
    try:
        name = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return None
    name = name.removeprefix("www.").rstrip(".")
    return name if "." in name else None


def year(text: str) -> str | None:
    """The first year that a text names."""
    found = _YEAR.search(text)
    return found[1] if found else None


def postcode(text: str) -> str:
    """A postcode without what countries write around it: `B-3600` is `3600`."""
    plain = _POSTCODE.sub("", text.upper())
    return (
        plain.removeprefix("BE").removeprefix("B")
        if plain.startswith("B") and plain[-1:].isdigit()
        else plain
    )


def load(shaper: Shaper, candidates: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Facts]:
    """The facts of things by kind and number; for those of other kinds there are none to compare."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for kind, number in candidates:
        wanted[kind].add(number)
    found: dict[tuple[str, int], Facts] = {
        (kind, number): defaultdict(set) for kind, numbers in wanted.items() for number in numbers
    }
    for kind, numbers in wanted.items():
        for question in _QUESTIONS.get(kind, ()):
            for number, name, value in question(shaper, many(numbers)):
                found[kind, number][name].add(value)
    return found


Triples = Iterable[tuple[int, str, Hashable]]


def _heads(shaper: Shaper, numbers: str) -> Triples:
    rows = shaper.db.rows(f"SELECT id, country, municipality FROM organization WHERE id {IN}", (numbers,))
    for number, country, municipality in rows:
        if country is not None:
            yield number, "country", country
            yield number, "countryCode", shaper.catalogue.code(country)
        if municipality is not None:
            yield number, "municipality", municipality


def _identifiers(shaper: Shaper, numbers: str) -> Triples:
    rows = shaper.db.rows(
        f"SELECT organization, scheme, value FROM identifier WHERE organization {IN}", (numbers,)
    )
    return ((number, SCHEMES[scheme], value) for number, scheme, value in rows if scheme in SCHEMES)


def _sites(shaper: Shaper, numbers: str) -> Triples:
    rows = shaper.db.rows(
        f"SELECT organization, municipality, postcode FROM site WHERE organization {IN}", (numbers,)
    )
    for number, municipality, code in rows:
        if municipality is not None:
            yield number, "municipality", municipality
        if code:
            yield number, "postcode", postcode(code)


def _sectors(shaper: Shaper, numbers: str) -> Triples:
    rows = shaper.db.rows(
        f"SELECT organization, sector FROM organization_sector WHERE organization {IN}", (numbers,)
    )
    return ((number, "sector", sector) for number, sector in rows)


def _statements(shaper: Shaper, numbers: str) -> Triples:
    rows = shaper.db.rows(
        f"""SELECT organization, property, value FROM statement
            WHERE organization {IN} AND property IN ('website', 'founded')""",
        (numbers,),
    )
    for number, name, value in rows:
        read = year(value) if name == "founded" else host(value)
        if read:
            yield number, name, read
            if name == "website":
                yield number, "emailDomain", read


def _partners(shaper: Shaper, numbers: str) -> Triples:
    rows = shaper.db.rows(f"SELECT DISTINCT partner FROM partnership WHERE partner {IN}", (numbers,))
    return ((number, "isPartner", True) for (number,) in rows)


def _roles(shaper: Shaper, numbers: str) -> Triples:
    rows = shaper.db.rows(
        f"""SELECT m.person, o.id, o.name FROM membership m JOIN organization o ON o.id = m.organization
            WHERE m.person {IN}""",
        (numbers,),
    )
    for person, number, name in rows:
        yield person, "organization", number
        yield person, "organization", fold(name)


def _missions(shaper: Shaper, numbers: str) -> Triples:
    for number, since in shaper.db.rows(f"SELECT id, since FROM mission WHERE id {IN}", (numbers,)):
        if since and (read := year(since)):
            yield number, "year", read
    for number, market in shaper.db.rows(
        f"SELECT mission, market FROM mission_market WHERE mission {IN}", (numbers,)
    ):
        yield number, "destination", market
    for number, organizer, name in shaper.db.rows(
        f"""SELECT m.mission, o.id, o.name FROM mission_organizer m JOIN organization o ON o.id = m.organization
            WHERE m.mission {IN}""",
        (numbers,),
    ):
        yield number, "organization", organizer
        yield number, "organization", fold(name)


_QUESTIONS = {
    "organization": (_heads, _identifiers, _sites, _sectors, _statements, _partners),
    "person": (_roles,),
    "mission": (_missions,),
}
"""What is asked for each kind of thing: one statement each, three for missions."""
