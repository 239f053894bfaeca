"""How these tests read the committed tables: rows as they stand, nothing interpreted."""

from __future__ import annotations

import csv
from pathlib import Path

from graph import resources

Row = dict[str, str]

FACTS = (
    "organizations",
    "names",
    "sites",
    "figures",
    "markets",
    "relations",
    "people",
    "awards",
    "missions",
    "mission_participants",
    "statistics",
    "programmes",
    "needs",
    "sources",
)
REFERENCE = (
    "countries",
    "regions",
    "region_members",
    "market_names",
    "areas",
    "municipalities",
    "municipality_names",
    "postcodes",
    "nace",
    "hs",
    "terms",
    "origins",
)


def read(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def table(name: str) -> list[Row]:
    """The rows of a table of facts or of reference data."""
    folder = resources.data() / "reference" if name in REFERENCE else resources.data()
    return read(folder / f"{name}.csv")


def path(name: str) -> Path:
    """Where a table is."""
    return resources.data() / ("reference" if name in REFERENCE else ".") / f"{name}.csv"


def split(cell: str) -> list[str]:
    """The values of a cell that holds a list."""
    return [value for value in cell.split(";") if value]
