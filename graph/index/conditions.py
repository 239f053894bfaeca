"""Conditions on organizations, as SQL with bound parameters; shared by the lists that filter them."""

from __future__ import annotations

from collections.abc import Mapping

from graph.errors import InputError, Issue
from graph.index import references
from graph.index.called import called
from graph.index.catalogue import AREA, MARKETS, Catalogue, unknown
from graph.index.database import IN, Database, Parameters, many
from graph.index.text import fold

Condition = tuple[str, Parameters]
"""SQL on `{company}` and the values that it binds."""

MEMBERSHIPS = ("yes", "no", "unknown")


def sectors(catalogue: Catalogue, texts: tuple[str, ...]) -> list[Condition]:
    """In one of these sectors."""
    if not texts:
        return []
    found = catalogue.find_all(("sector",), texts, "sector")
    return [
        (f"{{company}} IN (SELECT organization FROM organization_sector WHERE sector {IN})", [many(found)])
    ]


def municipalities(catalogue: Catalogue, texts: tuple[str, ...]) -> list[Condition]:
    """With a site in one of these municipalities."""
    if not texts:
        return []
    found = catalogue.find_all(("municipality",), texts, "municipality")
    sql = f"{{company}} IN (SELECT organization FROM organization_place WHERE municipality {IN})"
    return [(sql, [many(found)])]


def area(catalogue: Catalogue, name: str | None, membership: tuple[str, ...]) -> list[Condition]:
    """A member of Limburg, or not, or unknown; with the area alone, a member."""
    if name is not None:
        found = catalogue.find(("area",), name, "area")
        if catalogue[found].iri != AREA:
            raise unknown("area", name, [catalogue[found].label("en"), "limburg"][1:])
    if name is None and not membership:
        return []
    wanted = membership or ("yes",)
    for word in wanted:
        if word not in MEMBERSHIPS:
            raise unknown("areaMembership", word, list(MEMBERSHIPS))
    sql = f"EXISTS (SELECT 1 FROM organization known WHERE known.id = {{company}} AND known.member {IN})"
    return [(sql, [many(wanted)])]


def partners(catalogue: Catalogue, texts: tuple[str, ...], day: int) -> list[Condition]:
    """With a partner from one of these countries, or from a country of one of these regions."""
    if not texts:
        return []
    found = catalogue.find_all(MARKETS, texts, "partnerCountry")
    sql = f"""{{company}} IN (SELECT t.organization FROM tie t WHERE t.by_country AND t.last >= ? AND t.market IN (
        SELECT stated FROM coverage WHERE upward = 0 AND asked {IN}))"""
    return [(sql, [day, many(found)])]


def presence(catalogue: Catalogue, texts: tuple[str, ...], day: int) -> list[Condition]:
    """With a branch, subsidiary or site in one of these markets."""
    if not texts:
        return []
    found = catalogue.find_all(MARKETS, texts, "hasPresenceIn")
    sql = f"""{{company}} IN (SELECT r.organization FROM presence r WHERE r.last >= ? AND r.country IN (
        SELECT stated FROM coverage WHERE upward = 0 AND asked {IN}))"""
    return [(sql, [day, many(found)])]


def named(db: Database, text: str) -> list[Condition]:
    """Called by this text, or nearly so; see `graph.index.called`."""
    if not fold(text):
        return []
    sql, values = called(db, text, "company")
    return [(f"{{company}} IN ({sql})", values)]


def listed(company: str, column: str, condition: Condition) -> Condition:
    """A condition on companies as one on another column."""
    sql, parameters = condition
    return sql.replace(f"{{{company}}}", column), parameters


def order(sort: tuple[str, ...], keys: Mapping[str, str], default: tuple[str, ...]) -> list[str]:
    """SQL to sort by, from keys that a user gave; `-` turns one round.

    Raises:
        InputError: there is no such key; the issue names those that there are.
    """
    found = []
    for text in sort:
        key = text.removeprefix("-")
        if key not in keys:
            detail = f"{key!r} is no order of this list: write {', '.join(keys)}, with - before it to turn it round"
            raise InputError(detail, issues=(Issue("sort", detail, text),))
        found.append(f"{keys[key]} {'DESC' if text.startswith('-') else 'ASC'}")
    return [*found, *default]


def organizations(db: Database, texts: tuple[str, ...], parameter: str) -> list[int]:
    """The numbers of organizations by any spelling of their reference.

    Raises:
        UnknownValue: one of them is not here.
    """
    found = []
    for text in texts:
        known = references.find(db, text)
        if known is None:
            raise unknown(parameter, text, [])
        found.append(known[0])
    return found
