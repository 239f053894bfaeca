"""The values of a query, in the form in which the graph's are compared with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from graph.index import references
from graph.index.shaping import Shaper
from graph.index.text import fold
from graph.model.identifiers import enterprise_number, lei
from graph.reconciliation import entities
from graph.reconciliation.facts import host, postcode, year
from graph.reconciliation.queries import Query, Value

Given = dict[str, frozenset[Hashable]]
"""Property id -> what a candidate may have; one that could not be read has no entry."""

CONCEPTS = {
    "country": ("country",),
    "municipality": ("municipality",),
    "sector": ("sector",),
    "destination": ("country", "region"),
}
"""Properties whose values are concepts, and of which kinds these are."""

FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "outlook.be",
        "hotmail.com",
        "hotmail.be",
        "live.com",
        "live.be",
        "msn.com",
        "yahoo.com",
        "yahoo.fr",
        "icloud.com",
        "me.com",
        "proton.me",
        "protonmail.com",
        "gmx.com",
        "gmx.de",
        "web.de",
        "aol.com",
        "mail.com",
        "telenet.be",
        "skynet.be",
        "proximus.be",
        "pandora.be",
        "scarlet.be",
        "voo.be",
        "orange.fr",
        "free.fr",
        "wanadoo.fr",
        "laposte.net",
        "ziggo.nl",
        "kpnmail.nl",
        "qq.com",
        "163.com",
        "126.com",
        "naver.com",
        "daum.net",
        "mail.ru",
        "yandex.ru",
    ]
)
"""Hosts of mailboxes that anybody may have: they say nothing of a company."""

_BELGIUM = "BE"
_TOWN = re.compile(r"^(?:[A-Z]{1,2}[- ]?)?\d{4}\s+(?=\D)")


def mail_domain(text: str) -> str | None:
    """The domain of an e-mail address, where it may be a company's own."""
    found = host(text.rpartition("@")[2])
    return None if found in FREE_MAIL else found


def town(text: str) -> str:
    """A place without the postcode before it: `3600 Genk` is `Genk`."""
    return _TOWN.sub("", text)


def _number(text: str) -> str | None:
    try:
        return enterprise_number(text)
    except ValueError:
        return None


def _lei(text: str) -> str | None:
    try:
        return lei(text)
    except ValueError:
        return None


PLAIN: Mapping[str, Callable[[str], str | None]] = {
    "enterpriseNumber": _number,
    "lei": _lei,
    "postcode": postcode,
    "website": host,
    "emailDomain": mail_domain,
    "founded": year,
    "year": year,
}
"""Properties whose values are texts, and how each is read; what cannot be read is not compared."""


def read(shaper: Shaper, queries: Sequence[Query]) -> list[Given]:
    """What each query gives, with the concepts of all of them looked up together.

    One statement a property that has concepts, and one for organizations.
    """
    known = {
        name: entities.concepts(shaper, kinds, _texts(queries, name))
        for name, kinds in CONCEPTS.items()
        if any(name in query.values for query in queries)
    }
    named = {text for text in _texts(queries, "organization") if text}
    organizations = references.find_all(shaper.db, named) if named else {}
    belgium = entities.concepts(shaper, ("country",), (_BELGIUM,)).get(_BELGIUM, [])
    return [_given(query, known, organizations, belgium) for query in queries]


def _texts(queries: Iterable[Query], name: str) -> set[str]:
    return {text for query in queries for value in query.values.get(name, ()) for text in _spellings(value)}


def _spellings(value: Value) -> tuple[str, ...]:
    """What a value may be found by: the end of its id, its text, and that without a postcode."""
    found = [value.text, town(value.text)]
    if value.id:
        found += [value.id.rpartition("/")[2], value.id.removeprefix("organization/"), value.id]
    return tuple(dict.fromkeys(found))


def _given(
    query: Query,
    known: Mapping[str, Mapping[str, list[int]]],
    organizations: Mapping[str, int],
    belgium: list[int],
) -> Given:
    found: defaultdict[str, set[Hashable]] = defaultdict(set)
    for name, values in query.values.items():
        for value in values:
            if name in known:
                found[name].update(n for text in _spellings(value) for n in known[name].get(text, ()))
            elif name == "organization":
                found[name].update(organizations[text] for text in _spellings(value) if text in organizations)
                found[name].add(fold(value.text))
            elif name in PLAIN:
                found[name].update(filter(None, (PLAIN[name](value.text),)))
    if found.get("enterpriseNumber") and not query.values.get("country"):
        found["country"].update(belgium)  # a number of the Belgian register is a company of Belgium
    return {name: frozenset(values) for name, values in found.items() if values}
