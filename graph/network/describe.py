"""What is told of the nodes of a network: what each is, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.index.database import IN, many
from graph.index.shaping import Shaper

Attributes = dict[str, Any]


def known(**attributes: Any) -> Attributes:
    """The attributes that have a value: what is not known is not there."""
    return {name: value for name, value in attributes.items() if value is not None}


def nodes(shaper: Shaper, numbers: Iterable[int]) -> dict[int, Attributes]:
    """Nodes by number, each with `iri`, `ref`, `kind` and `label`; a market is the negative of its number."""
    wanted = list(numbers)
    made = {number: _market(shaper, -number) for number in wanted if number < 0}
    asked = (many(number for number in wanted if number > 0),)
    for number, iri, ref, name, kind, country, member in shaper.db.rows(
        f"SELECT id, iri, ref, name, kind, country, member FROM organization WHERE id {IN}", asked
    ):
        made[number] = known(
            iri=iri,
            ref=ref,
            kind=shaper.catalogue.code(kind) or "organization",
            label=name,
            country=shaper.catalogue.code(country),
            countryLabel=shaper.label(country),
            limburg=member,
        )
    for number, iri, ref, name in shaper.db.rows(
        f"SELECT id, iri, ref, name FROM person WHERE id {IN}", asked
    ):
        made[number] = known(iri=iri, ref=ref, kind="person", label=name)
    for number, iri, *labels in shaper.db.rows(f"SELECT id, iri, nl, en, fr FROM award WHERE id {IN}", asked):
        ref = iri.rpartition("/")[2]
        made[number] = known(iri=iri, ref=ref, kind="award", label=shaper.best(*labels) or ref)
    for number, iri, ref, *labels in shaper.db.rows(
        f"SELECT id, iri, ref, nl, en, fr FROM mission WHERE id {IN}", asked
    ):
        made[number] = known(iri=iri, ref=ref, kind="mission", label=shaper.best(*labels) or ref)
    return made


def _market(shaper: Shaper, number: int) -> Attributes:
    concept = shaper.catalogue[number]
    country = concept.code if concept.kind == "country" else None
    return known(
        iri=concept.iri, ref=concept.code, kind="market", label=concept.label(shaper.lang), country=country
    )


def numbers(shaper: Shaper, iris: Iterable[str]) -> dict[str, int]:
    """The numbers of nodes by IRI; a market is the negative of its number."""
    wanted = many(iris)
    sql = " UNION ALL ".join(
        f"SELECT iri, {'-id' if table == 'concept' else 'id'} FROM {table} WHERE iri {IN}"
        for table in ("organization", "person", "mission", "award", "concept")
    )
    return dict(shaper.db.rows(sql, (wanted,) * 5))
