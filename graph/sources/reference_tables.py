"""The tables of `data/reference` as they are read: rows become markets, places and concepts."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from graph.errors import InputError, Issue
from graph.model.namespaces import COUNTRY, REFNIS, region
from graph.model.terms import NamedNode

LANGUAGES = ("nl", "en", "fr")

TABLES: dict[str, tuple[str, ...]] = {
    "countries": ("iso2", "iso3", "m49", "nl", "en", "fr", "eu_code"),
    "regions": ("code", "m49", "nl", "en", "fr", "origin", "note"),
    "region_members": ("region", "member"),
    "market_names": ("name", "market"),
    "areas": ("nis", "level", "nl", "en", "fr", "parent", "key"),
    "municipalities": ("nis", "nl", "fr", "en", "de", "province_nis"),
    "municipality_names": ("name", "nis"),
    "postcodes": ("postcode", "nis", "name"),
    "nace": ("code", "level", "parent", "nl", "en", "fr"),
    "hs": ("code", "level", "parent", "nl", "en", "fr"),
    "terms": ("scheme", "key", "nl", "en", "fr"),
}
"""Every table that is read, with the columns it must have."""

Labels = Mapping[str, str]
Row = dict[str, str]
_V = TypeVar("_V")


@dataclass(frozen=True, eq=False)
class Market:
    """A country or a region of the world.

    Attributes:
        code: ISO 3166-1 alpha-2, or the region's code as sheets write it (`MIDDLE_EAST`).
        broader: codes of the regions that have it as a direct member.
        others: names besides the labels, in any language.
        iso3: empty for a region.
        m49: empty where M49 does not know it.
    """

    code: str
    iri: NamedNode
    labels: Labels
    broader: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    iso3: str = ""
    m49: str = ""

    @property
    def is_country(self) -> bool:
        """Whether it is a country, not a region."""
        return bool(self.iso3)


@dataclass(frozen=True, eq=False)
class Area:
    """A Belgian province, region or the country itself."""

    nis: str
    key: str
    level: str
    labels: Labels
    parent: str

    @property
    def iri(self) -> NamedNode:
        """In Statbel's REFNIS code list."""
        return REFNIS[self.nis]


@dataclass(frozen=True, eq=False)
class Municipality:
    """A Belgian municipality as of 2025.

    Attributes:
        nis: five digits.
        labels: by language; `de` besides the three of the product.
        province: NIS code of its province; of the region for Brussels, which has none.
        postcodes: known for Limburg only.
        others: names of its parts and of municipalities that have merged into it.
    """

    nis: str
    labels: Labels
    province: str
    postcodes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def iri(self) -> NamedNode:
        """In Statbel's REFNIS code list."""
        return REFNIS[self.nis]


@dataclass(frozen=True, eq=False)
class Concept:
    """A section, division or chapter of a classification, or a term of our own tables."""

    key: str
    parent: str
    labels: Labels


@dataclass(frozen=True, eq=False)
class Tables:
    """All of them.

    Attributes:
        markets: countries and regions, by code.
        areas: by key, as in `limburg`.
        municipalities: by NIS code.
        nace: by code.
        hs: by code.
        terms: by scheme and key.
    """

    markets: Mapping[str, Market]
    areas: Mapping[str, Area]
    municipalities: Mapping[str, Municipality]
    nace: Mapping[str, Concept]
    hs: Mapping[str, Concept]
    terms: Mapping[tuple[str, str], Concept]


def load_tables(folder: Path) -> Tables:
    """Reads the folder `data/reference`.

    Raises:
        InputError: a table or a column of it is missing.
    """
    return from_rows({table: _read(folder / f"{table}.csv", columns) for table, columns in TABLES.items()})


def from_rows(rows: Mapping[str, list[Row]]) -> Tables:
    """The tables made of rows by table."""
    return Tables(
        markets=_markets(rows),
        areas={
            row["key"]: Area(row["nis"], row["key"], row["level"], _labels(row), row["parent"])
            for row in rows["areas"]
        },
        municipalities=_municipalities(rows),
        nace={row["code"]: Concept(row["code"], row["parent"], _labels(row)) for row in rows["nace"]},
        hs={row["code"]: Concept(row["code"], row["parent"], _labels(row)) for row in rows["hs"]},
        terms={
            (row["scheme"], row["key"]): Concept(row["key"], row["scheme"], _labels(row))
            for row in rows["terms"]
        },
    )


def grouped(pairs: Iterable[tuple[str, _V]]) -> dict[str, tuple[_V, ...]]:
    """The values of each key, each once, in order."""
    groups: defaultdict[str, dict[_V, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return {key: tuple(values) for key, values in groups.items()}


def _labels(row: Row) -> dict[str, str]:
    return {language: row[language] for language in LANGUAGES if row[language]}


def _markets(tables: Mapping[str, list[Row]]) -> dict[str, Market]:
    broader = grouped((row["member"], row["region"]) for row in tables["region_members"])
    others = grouped((row["market"], row["name"]) for row in tables["market_names"])
    found: dict[str, Market] = {}
    for row in tables["countries"]:
        code, iri = row["iso2"], COUNTRY[row["eu_code"]]
        found[code] = Market(
            code, iri, _labels(row), broader.get(code, ()), others.get(code, ()), row["iso3"], row["m49"]
        )
    for row in tables["regions"]:
        code = row["code"]
        found[code] = Market(
            code, region(code), _labels(row), broader.get(code, ()), others.get(code, ()), m49=row["m49"]
        )
    return found


def _municipalities(tables: Mapping[str, list[Row]]) -> dict[str, Municipality]:
    postcodes = grouped((row["nis"], row["postcode"]) for row in tables["postcodes"])
    others = grouped((row["nis"], row["name"]) for row in tables["municipality_names"])
    return {
        row["nis"]: Municipality(
            row["nis"],
            {**_labels(row), "de": row["de"]},
            row["province_nis"],
            postcodes.get(row["nis"], ()),
            others.get(row["nis"], ()),
        )
        for row in tables["municipalities"]
    }


def _read(path: Path, columns: tuple[str, ...]) -> list[Row]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            columns_there = reader.fieldnames or ()
            rows = list(reader)
    except OSError as error:
        raise InputError(
            "the reference tables are not complete", issues=(Issue(path.name, str(error)),)
        ) from error
    absent = [column for column in columns if column not in columns_there]
    if absent:
        detail = f"lacks the column {absent[0]}"
        raise InputError("a reference table cannot be used", issues=(Issue(path.name, detail),))
    return rows
