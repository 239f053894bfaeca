"""A sheet of names in, a table of what came of them out.

Each row of the sheet gives one row for each entry that was near enough, or one that says there was none,
or why it could not be screened; the row's own cells come first, so that nobody has to look them up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import InputError, Issue, SheetRefused
from graph.formulas import safe_text
from graph.names import fold
from graph.screening import request
from graph.screening.answer import Query
from graph.screening.records import Json
from graph.settings import Settings
from graph.sources.readers import read_file
from graph.sources.rows import RawRow, Sheet

HEADINGS: dict[str, str] = {
    "name": "name, naam, nom, company, bedrijf, entreprise, organisation, caption, full name, volledige naam",
    "names": "names, namen, noms, aliases, alias, other names, andere namen, autres noms",
    "kind": "kind, soort, type, schema",
    "country": "country, land, pays, countries, landen, nationality, nationaliteit",
    "date": "date, datum, birth date, birthdate, geboortedatum, date de naissance, incorporation date, founded",
    "identifiers": "identifier, identifiers, number, nummer, numero, vat, btw, tva, lei, kbo, bce, passport",
    "organization": "organization, organisatie, reference, ref, id, iri",
}
"""Member of a query -> headings, folded, that mean it."""
PARTED = ("names", "country", "identifiers")
"""Members of which a cell may hold several, parted by semicolons."""
KINDS = {
    **dict.fromkeys(("person", "persoon", "personne", "individual", "p"), "person"),
    **dict.fromkeys(
        ("organization", "organisation", "organisatie", "company", "bedrijf", "e"), "organization"
    ),
}
"""How people write what somebody is."""

COLUMNS = (
    "status",
    "statement",
    "score",
    "list",
    "listDate",
    "listVersion",
    "entry",
    "entryName",
    "schema",
    "programs",
    "listedSince",
    "source",
    "via",
    "ownershipSources",
    "why",
)
"""What each row of the answer has beside the row that was asked about."""

_MEANT = {heading: member for member, line in HEADINGS.items() for heading in line.split(", ")}


@dataclass
class Names:
    """A sheet, read.

    Attributes:
        header: its headings.
        rows: number of a row, as people count it -> its cells.
        queries: number of a row -> what to screen.
        faults: number of a row -> why it cannot be screened.
    """

    header: tuple[str, ...]
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def read(path: Path, settings: Settings) -> Names:
    """The first sheet of a workbook, or a CSV.

    Raises:
        SheetRefused: it is not read at all.
        InputError: no column says whom to screen, or there are more rows than the setting allows.
    """
    if not path.is_file():
        raise InputError("there is no such file", issues=(Issue("sheet", "not found", str(path)),))
    sheet = next(iter(read_file(path, path.name, settings)), None)
    if sheet is None or not sheet.header:
        raise SheetRefused(f"{path.name} has no sheet with headings", issues=(Issue(path.name, "is empty"),))
    columns = _columns(path, sheet)
    found = Names(sheet.header)
    for row in sheet.rows:
        if len(found.rows) >= settings.screening_rows:
            detail = f"at most {settings.screening_rows} rows"
            issue = Issue(path.name, detail)
            raise InputError(f"{path.name} has too many rows", issues=(issue,), setting="screening_rows")
        _add(found, row, columns, settings)
    return found


def _columns(path: Path, sheet: Sheet) -> dict[int, str]:
    columns = {
        index: _MEANT[fold(heading)] for index, heading in enumerate(sheet.header) if fold(heading) in _MEANT
    }
    if not {"name", "names", "identifiers", "organization"} & set(columns.values()):
        known = HEADINGS["name"]
        issue = Issue(f"{path.name}, row 1", f"no column says whom to screen; headings of names are {known}")
        raise InputError(f"{path.name} cannot be screened", issues=(issue,))
    return columns


def _add(found: Names, row: RawRow, columns: Mapping[int, str], settings: Settings) -> None:
    number = str(row.number)
    found.rows[number] = row.cells
    told: Json = {}
    for index, member in columns.items():
        cell = row.cells[index].strip()
        if cell:
            told.setdefault(member, []).extend(cell.split(";") if member in PARTED else [cell])
    read = {-1, *columns}
    bad = next((fault.detail for fault in row.faults if not fault.harmless and fault.index in read), None)
    try:
        if bad is not None:
            raise InputError(bad)
        found.queries[number] = _query(told, f"row {number}", settings)
    except InputError as error:
        found.faults[number] = "; ".join(f"{i.name}: {i.detail}" for i in error.issues) or error.detail


def _query(told: Json, place: str, settings: Settings) -> Query:
    if "organization" in told:
        return Query(organization=told["organization"][0])
    kind = KINDS.get(fold(told.pop("kind", [""])[0]))
    told = {member: [each for each in values if each.strip()] for member, values in told.items()}
    told |= {"kind": kind} if kind else {}
    subject = request.subject_of(told, place, settings)
    if not subject.names and not subject.identifiers:
        raise InputError("nobody to screen", issues=(Issue(place, "neither a name nor an identifier"),))
    return Query(subject)


def table(names: Names, responses: Mapping[str, Json], lists: Sequence[Json]) -> Iterator[dict[str, str]]:
    """The rows of the answer: every row of the sheet, once for each entry that was near enough."""
    versions = {each["name"]: each["version"] for each in lists}
    for number, cells in names.rows.items():
        own = dict(zip(names.header, cells, strict=False))
        response = responses.get(number)
        if response is None:
            yield {
                **own,
                "status": "notScreened",
                "statement": f"not screened: {names.faults.get(number, '')}",
            }
            continue
        common = {**own, "status": response["status"], "statement": response["statement"]}
        found = [(result, "", "") for result in response["results"]]
        for owner in response["owners"]:
            via = " < ".join(step["owner"]["name"] for step in owner["path"])
            found += [(result, via, _sources(owner["path"])) for result in owner["results"]]
        for result, via, sources in found or [({}, "", "")]:
            yield {**common, **_cells(result, versions), "via": via, "ownershipSources": sources}


def _sources(path: Sequence[Json]) -> str:
    found = (source.get("url") or source["iri"] for step in path for source in step["sources"])
    return " ".join(dict.fromkeys(found))


def _cells(result: Json, versions: Mapping[str, str]) -> dict[str, str]:
    if not result:
        return {}
    why = [
        f"{each['feature']} {each['value']:g} × {each['weight']:g}: {each['detail']}"
        for each in result["features"]
        if each["value"]
    ]
    return {
        "score": f"{result['score']:g}",
        "list": result["list"],
        "listDate": result["listDate"],
        "listVersion": versions[result["list"]],
        "entry": result["id"],
        "entryName": result["name"],
        "schema": result["schema"],
        "programs": "; ".join(result["programs"]),
        "listedSince": result["since"] or "",
        "source": result["source"] or "",
        "why": " | ".join(why),
    }


def as_csv(header: Sequence[str], rows: Iterator[dict[str, str]], write: Callable[[bytes], object]) -> None:
    """Writes the rows as CSV in UTF-8, a formula in none of them."""
    columns = list(dict.fromkeys((*(h for h in header if h), *COLUMNS)))
    for row in (dict(zip(columns, columns, strict=True)), *rows):
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerow([safe_text(row.get(column, "")) for column in columns])
        write(buffer.getvalue().encode("utf-8", "replace"))
