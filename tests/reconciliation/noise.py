"""Rows as people write them, made from the real organizations by rules that are stated here, with a seed.

The rules know nothing of the index: they take names, countries and places from the sheets of `data/`.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from graph.resources import data

SEED = 20180219


@dataclass(frozen=True)
class Org:
    """An organization of the sheets: the name that its first row gives, its country and municipality."""

    key: str
    name: str
    country: str
    municipality: str


@dataclass(frozen=True)
class Row:
    """A row of somebody's table.

    Attributes:
        rule: which made it.
        means: key of the organization that it means; empty: one that is not in the graph.
    """

    rule: str
    text: str
    means: str
    values: dict[str, str] = field(default_factory=dict)


def organizations() -> list[Org]:
    """The organizations of the sheets, each once."""
    found: dict[str, Org] = {}
    places: dict[str, str] = {}
    with (data() / "organizations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            places.setdefault(row["org_id"], row["municipality"])
            found.setdefault(
                row["org_id"], Org(row["org_id"], row["name"], row["country"], row["municipality"])
            )
    return list(found.values())


def _letters(text: str) -> list[int]:
    return [place for place in range(1, len(text) - 2) if text[place].isalpha() and text[place + 1].isalpha()]


def _swap(text: str, chance: random.Random) -> str:
    place = chance.choice(_letters(text))
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _drop(text: str, chance: random.Random) -> str:
    place = chance.choice(_letters(text))
    return text[:place] + text[place + 1 :]


def _double(text: str, chance: random.Random) -> str:
    place = chance.choice(_letters(text))
    return text[: place + 1] + text[place:]


SPELLINGS: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": lambda text, _: text,
    "capitals": lambda text, _: text.upper(),
    "spaces and a dot": lambda text, _: f"  {text.replace(' ', '  ')}.",
    "direction marks": lambda text, _: f"\u200f{text}\u200e",
    "two letters swapped": _swap,
    "a letter dropped": _drop,
    "a letter doubled": _double,
}


def rows() -> Iterator[Row]:
    """Every row of the table."""
    chance = random.Random(SEED)
    every = [each for each in organizations() if len(_letters(each.name)) > 3]
    names = {each.name.casefold() for each in organizations()}
    by_country = defaultdict(list)
    for each in every:
        by_country[each.country].append(each)
    for org in every:
        for rule, make in SPELLINGS.items():
            text = make(org.name, chance)
            yield Row(rule, text, org.key)
            if org.municipality:
                yield Row(f"{rule}, with its place", text, org.key, {"municipality": org.municipality})
        if org.country == "BE":
            yield Row("with NV", f"{org.name} NV", org.key)
            yield Row("with GmbH", f"{org.name} GmbH", "")
        if org.country:
            other = chance.choice([code for code in ("US", "JP", "DE", "BE") if code != org.country])
            yield Row("of another country", org.name, "", {"country": other})
        yield from _strangers(org, chance.choice(every), names, chance)


def _strangers(org: Org, other: Org, names: set[str], chance: random.Random) -> Iterator[Row]:
    """Companies that are not in the graph, with names that are near those that are."""
    place = {"municipality": org.municipality} if org.municipality else {}
    made = {
        "another last word": " ".join([*org.name.split()[:-1], other.name.split()[-1]]),
        "a word more": f"{org.name} {chance.choice(['Logistics', 'Bakery', 'Textiles', 'Dental', 'Music'])}",
        "another first word": f"{other.name.split()[0]} {org.name.split()[-1]}",
    }
    for rule, text in made.items():
        if text.casefold() not in names and len(text.split()) > 1:
            yield Row(rule, text, "")
            if place:
                yield Row(f"{rule}, in its place", text, "", place)
