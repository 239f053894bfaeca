"""What a synthetic graph draws from: markets, places, words and dates, all from one seeded source of chance.

Real are only the reference tables (countries, municipalities); every name says that it is synthetic.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat
from typing import TypeVar

from graph import resources
from graph.model.namespaces import COUNTRY, REFNIS, XSD, code, region

T = TypeVar("T")

COUNTRIES = 195
"""How many countries are markets."""

SECTORS = 120
PRODUCTS = 1_500

HEAD = ("DEU", "NLD", "FRA", "GBR", "USA", "CHN", "POL", "ESP", "ITA", "JPN", "THA", "VNM", "KOR", "IND")
"""The markets at the head of the skew; the others follow in a seeded order."""

STATUSES = {"active": 55, "targets": 18, "entering": 12, "leading": 8, "withdrawn": 7}
"""Percent of the engagements."""

REGIONS = ("ASIA", "EU", "EUROPE", "MIDDLE_EAST", "SOUTHEAST_ASIA", "AFRICA", "NORDIC_COUNTRIES", "BENELUX")
REGION_SHARE = 0.07

TRADES = (
    "Foods", "Metal", "Glass", "Machinery", "Plastics", "Textiles", "Optics", "Software", "Fruit", "Timber",
    "Chemicals", "Packaging", "Lighting", "Furniture", "Pumps", "Ceramics", "Robotics", "Logistics",
)  # fmt: skip
SYLLABLES = ("ka", "ve", "lo", "mir", "ta", "zon", "pel", "dru", "fi", "gar", "hul", "wex")

LAST_YEAR = 2025


@dataclass(frozen=True)
class Place:
    """A municipality: its IRI as N-Quads writes it, a postcode and its name."""

    iri: str
    postcode: str
    name: str


@dataclass(frozen=True)
class Chance:
    """Endless seeded draws; each attribute is a function without arguments."""

    rng: random.Random
    market: Callable[[], str]
    country: Callable[[], str]
    status: Callable[[], str]
    sector: Callable[[], int]
    product: Callable[[], int]
    place: Callable[[], Place]
    year: Callable[[], int]


def quoted(iri: object) -> str:
    """An IRI as N-Quads writes it."""
    return f"<{getattr(iri, 'value', iri)}>"


def draws(rng: random.Random, items: Sequence[T], weights: Sequence[float]) -> Callable[[], T]:
    """Draws from `items` with these weights, for ever."""
    cumulative = list(accumulate(weights))
    batches = (rng.choices(items, cum_weights=cumulative, k=4096) for _ in repeat(None))
    return chain.from_iterable(batches).__next__


def zipf(rng: random.Random, items: Sequence[T]) -> Callable[[], T]:
    """Draws in which the n-th item comes 1/n as often as the first."""
    return draws(rng, items, [1 / rank for rank in range(1, len(items) + 1)])


def chance(seed: int) -> Chance:
    """All draws of a graph."""
    rng = random.Random(seed)
    lands = _countries(rng)
    regions = zipf(rng, [quoted(region(name)) for name in REGIONS])
    country = zipf(rng, lands)
    return Chance(
        rng=rng,
        market=lambda: regions() if rng.random() < REGION_SHARE else country(),
        country=country,
        status=draws(rng, list(STATUSES), list(STATUSES.values())),
        sector=zipf(rng, range(SECTORS)),
        product=zipf(rng, range(PRODUCTS)),
        place=zipf(rng, _places()),
        year=draws(rng, range(1985, LAST_YEAR), [1 + n for n in range(LAST_YEAR - 1985)]),
    )


def literal(text: object, datatype: str) -> str:
    """A typed literal; the text needs no escapes."""
    return f'"{text}"^^{quoted(XSD[datatype])}'


def coded(scheme: str, word: str) -> str:
    """A concept of a code list, as N-Quads writes it."""
    return quoted(code(scheme, word))


def moment(rng: random.Random, year: int) -> str:
    """A date in that year: mostly the year alone, at times its month or day."""
    precision = rng.random()
    if precision < 0.6:
        return literal(year, "gYear")
    if precision < 0.8:
        return literal(f"{year}-{rng.randint(1, 12):02d}", "gYearMonth")
    return literal(f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}", "date")


def company_name(rng: random.Random, number: int) -> str:
    """A name that nobody bears: it says that it is synthetic, and has its number."""
    made = "".join(rng.choices(SYLLABLES, k=3)).capitalize()
    return f"Synthetic {made} {rng.choice(TRADES)} {number:06d}"


def enterprise_number(number: int) -> str:
    """Ten digits that pass the check and that the register never gave: it begins at 0200.

    Args:
        number: at most 1,999,999.
    """
    first = f"{number:08d}"
    return f"{first}{97 - int(first) % 97:02d}"


def lei(number: int) -> str:
    """A well-formed LEI of an issuer that does not exist."""
    start = f"SYNT00{number:012d}"
    digits = "".join(str(int(c, 36)) for c in f"{start}00")
    return f"{start}{98 - int(digits) % 97:02d}"


def _rows(table: str) -> Iterator[dict[str, str]]:
    with (resources.data() / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _countries(rng: random.Random) -> list[str]:
    rest = sorted({row["eu_code"] for row in _rows("countries")} - {*HEAD, "BEL", ""})
    rng.shuffle(rest)
    return [quoted(COUNTRY[key]) for key in [*HEAD, *rest][:COUNTRIES]]


def _places() -> list[Place]:
    names = {row["nis"]: row["nl"] for row in _rows("municipalities")}
    postcodes = {row["nis"]: row["postcode"] for row in _rows("postcodes") if row["nis"] in names}
    limburg = [Place(quoted(REFNIS[nis]), postcodes[nis], names[nis]) for nis in sorted(postcodes)]
    outside = [nis for nis in sorted(names) if nis not in postcodes and '"' not in names[nis]]
    return limburg + [Place(quoted(REFNIS[nis]), "", names[nis]) for nis in outside[:60]]
