"""Makes the reference tables of `data/reference` anew from where they come from.

::

    python -m graph.sources.refresh                     # countries, from Babel and pycountry
    python -m graph.sources.refresh folder-of-files     # also NACE, HS and the municipalities

The other tables there are kept by hand; `origins.csv` says which, and where each comes from.
The official files are looked for by name anywhere below the folder; none of them is copied:
what is read is codes and titles, written in our own columns.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from babel import Locale

from graph import resources
from graph.errors import InputError, Issue

Row = tuple[str, ...]

LANGUAGES = ("nl", "en", "fr")
COLUMNS: dict[str, Row] = {
    "countries": ("iso2", "iso3", "m49", "nl", "en", "fr", "eu_code"),
    "nace": ("code", "level", "parent", "nl", "en", "fr"),
    "hs": ("code", "level", "parent", "nl", "en", "fr"),
    "municipalities": ("nis", "nl", "fr", "en", "de", "province_nis"),
    "postcodes": ("postcode", "nis", "name"),
}
KOSOVO = ("XK", "XKX", "", "1A0")
"""Not in ISO 3166-1 nor in M49: user-assigned codes, and the EU authority table's own."""

ENGLISH = {
    "Antwerpen": "Antwerp",
    "Brugge": "Bruges",
    "Brussel": "Brussels",
    "Gent": "Ghent",
    "Ieper": "Ypres",
    "Oostende": "Ostend",
}
"""Municipalities that have a name of their own in English."""

LAST_CHAPTER = "97"
"""98 and 99 are left to countries and statistics: no chapters of the Harmonized System."""

LIMBURG = "70000"
DUTCH_SPEAKING = frozenset({"10000", "20001", "30000", "40000", LIMBURG})


def countries() -> Iterator[Row]:
    """ISO 3166-1 from pycountry, names from Babel (Unicode CLDR), and Kosovo."""
    import pycountry

    territories = [Locale(language).territories for language in LANGUAGES]
    codes = [(c.alpha_2, c.alpha_3, c.numeric, c.alpha_3) for c in pycountry.countries]
    for iso2, iso3, m49, eu_code in sorted([*codes, KOSOVO]):
        yield iso2, iso3, m49, *(names[iso2] for names in territories), eu_code


def nace(file: Path) -> Iterator[Row]:
    """Sections and divisions of NACE Rev. 2.1 from Eurostat's table of headings."""
    section = ""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            code = row["NACE_CODE"].strip()
            titles = tuple(_sentence(row[f"{language.upper()}_DESC"]) for language in LANGUAGES)
            if len(code) == 1:
                section = code
                yield code, "section", "", *titles
            elif len(code) == 2:
                yield code, "division", section, *titles


def hs(folder: Path) -> Iterator[Row]:
    """Sections and chapters of the Harmonized System 2022; their titles are English only."""
    with _find(folder, "sections.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            title = row["name"].strip()
            yield row["section"], "section", "", "", title[:1].upper() + title[1:], ""
    with _find(folder, "harmonized-system.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if re.fullmatch(r"\d\d", row["hscode"]) and row["hscode"] <= LAST_CHAPTER:
                yield row["hscode"], "chapter", row["section"], "", row["description"].strip(), ""


def municipalities(file: Path, titles: Path) -> Iterator[Row]:
    """The municipalities of Belgium as of 2025.

    Args:
        file: Statbel's list as JSON: which there are, and in which province.
        titles: the REFNIS code list of vocab.belgif.be (N-Triples): the official names. It has two
            codes that are none and lacks where one municipality lies, hence both files.
    """
    names = _refnis(titles)
    for entry in json.loads(file.read_text(encoding="utf-8")):
        nis, area = entry["id"], entry["province"] or entry["region"]
        labels = {**entry["name"], "de": entry["name"]["nl"], **names.get(nis, {})}
        own = labels["nl"] if area in DUTCH_SPEAKING else labels["fr"]
        yield nis, labels["nl"], labels["fr"], ENGLISH.get(labels["nl"], own), labels["de"], area


def postcodes(file: Path, known: Iterable[Row], table: Iterable[Row]) -> Iterator[Row]:
    """Limburg's postcodes from Statbel's conversion table; place names are kept by hand.

    Args:
        file: the conversion table as JSON.
        known: the rows that stand in our table now, for the names in them.
        table: the rows of the municipalities.
    """
    names = {row[0]: row[2] for row in known}
    limburg = {row[0]: row[1] for row in table if row[5] == LIMBURG}
    for entry in json.loads(file.read_text(encoding="utf-8")):
        code, nis = entry["postalCode"], entry["municipality"]
        if nis in limburg:
            yield code, nis, names.get(code, limburg[nis])


def read(path: Path) -> list[Row]:
    """The rows of a table without its header; none where there is no table yet."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [tuple(row) for row in csv.reader(stream)][1:]


def write(folder: Path, table: str, rows: Iterable[Row]) -> int:
    """Writes `table`.csv with its header, sorted by key; the number of rows.

    HS stays in its own order: sections have Roman numbers.
    """
    ordered = list(rows) if table == "hs" else sorted(rows)
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS[table])
        writer.writerows(ordered)
    return len(ordered)


def refresh(reference: Path, official: Path | None = None) -> dict[str, int]:
    """Writes the tables that have an origin outside; the number of rows by table.

    Raises:
        InputError: a file is not in the folder `official`.
    """
    makers: dict[str, Callable[[], Iterable[Row]]] = {"countries": countries}
    if official is not None:
        towns = list(municipalities(_find(official, "be-municipalities.json"), _find(official, "refnis*.nt")))
        known = read(reference / "postcodes.csv")
        makers |= {
            "nace": lambda: nace(_find(official, "NACE_Rev2.1*.tsv")),
            "hs": lambda: hs(official),
            "municipalities": lambda: towns,
            "postcodes": lambda: postcodes(_find(official, "be-postal-codes.json"), known, towns),
        }
    made = {table: list(make()) for table, make in makers.items()}
    return {table: write(reference, table, rows) for table, rows in made.items()}


def _find(folder: Path, pattern: str) -> Path:
    found = sorted(folder.rglob(pattern))
    if not found:
        detail = f"no file {pattern} in it or below it"
        raise InputError(
            "the folder of official files is not complete", issues=(Issue(str(folder), detail, pattern),)
        )
    return found[-1]


_LABEL = re.compile(
    r"<\S+/refnis\d+/(?P<nis>\d+)> <\S+#prefLabel> "
    r'"(?P<text>[^"]*)"@(?P<language>\w\w) \.'
)


def _refnis(file: Path) -> dict[str, dict[str, str]]:
    """Names by code, as five digits, and language."""
    names: dict[str, dict[str, str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        match = _LABEL.fullmatch(line.strip())
        if match is not None:
            names.setdefault(match["nis"].zfill(5), {})[match["language"]] = _unescaped(match["text"])
    return names


def _unescaped(text: str) -> str:
    """N-Triples may write a letter as `\\uXXXX`."""
    return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m[1], 16)), text)


def _sentence(title: str) -> str:
    """Headings of sections are in capitals; ours are not."""
    title = " ".join(title.split())
    return title.capitalize() if title.isupper() and len(title) > 1 else title


def main(arguments: Sequence[str]) -> None:
    """The command of the module's docstring."""
    official = Path(arguments[0]) if arguments else None
    for table, rows in refresh(resources.data() / "reference", official).items():
        sys.stdout.write(f"{table}: {rows} rows\n")


if __name__ == "__main__":
    main(sys.argv[1:])
