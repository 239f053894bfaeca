"""Which column holds what: by its heading in Dutch, English or French, by what stands in it, or as one is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.errors import InputError, Issue
from graph.index.shaping import Shaper
from graph.model.identifiers import enterprise_number, lei
from graph.names import fold, words
from graph.reconciliation import entities
from graph.reconciliation.facts import host
from graph.sheets.grid import Grid, Row

By = Literal["heading", "content", "option"]

HEADINGS: Mapping[str, str] = {
    "name": """naam, bedrijf, bedrijfsnaam, naam bedrijf, firma, firmanaam, organisatie, onderneming, klant, klantnaam,
        partner, leverancier, lid, maatschappelijke naam, naam van de onderneming, deelnemer, exposant,
        name, company, company name, organisation, organization, organisation name, organization name, business, firm,
        client, customer, customer name, supplier, member, legal name, business name, exhibitor, participant,
        nom, societe, nom de la societe, entreprise, nom de l entreprise, raison sociale, denomination,
        denomination sociale, fournisseur, membre""",
    "enterpriseNumber": """ondernemingsnummer, kbo, kbo nummer, kbonummer, kbo nr, btw, btw nummer, btwnummer, btw nr, ondernemingsnr,
        enterprise number, company number, kbo number, cbe, cbe number, vat, vat number, vat no, vat id, crossroads bank number,
        numero d entreprise, numero entreprise, n entreprise, bce, numero bce, tva, numero de tva, numero tva, n tva""",
    "lei": "lei, lei code, leicode, legal entity identifier, code lei",
    "country": "land, landcode, country, country code, pays, code pays, nation",
    "municipality": """gemeente, plaats, stad, woonplaats, vestigingsplaats, zetel, city, town, municipality, place, location,
        commune, ville, localite, lieu""",
    "postcode": "postcode, postnummer, zip, zip code, zipcode, postal code, post code, code postal, cp",
    "website": """website, webadres, site, url, web, homepage, internet, webpagina, web address, web site,
        site web, site internet, adresse web""",
    "emailDomain": """e mail, email, mail, mailadres, e mailadres, emailadres, e mail adres, email address, e mail address, contact e mail,
        courriel, adresse e mail, adresse mail, adresse email, email domain, e mail domain, maildomein""",
}
"""Property of reconciliation (and `name`) -> headings, folded and without marks, as `_plain` makes them."""

_BY_HEADING = {heading.strip(): field for field, text in HEADINGS.items() for heading in text.split(",")}
FIELDS = tuple(HEADINGS)

LOOK = 10
"""Rows in which the headings are looked for: a title may stand above them."""
SAMPLE = 60
"""Filled cells of a column that are looked at to tell what it holds."""
MOST_OF = 0.6
"""The part of them that must be of one kind."""


@dataclass(frozen=True)
class Recognized:
    """A column whose use is known.

    Attributes:
        index: from 0.
        heading: as it stands in the file.
        field: one of `FIELDS`.
        by: what told so.
    """

    index: int
    heading: str
    field: str
    by: By


@dataclass(frozen=True)
class Layout:
    """Where the headings are, and what the columns hold.

    Attributes:
        header: place of the row with the headings among the rows of the grid; None where there is none.
    """

    header: int | None
    columns: tuple[Recognized, ...]

    def rows(self, grid: Grid) -> tuple[Row, ...]:
        """The rows below the headings."""
        return grid.rows if self.header is None else grid.rows[self.header + 1 :]

    def named(self, field: str) -> Recognized | None:
        """The column that holds something."""
        return next((each for each in self.columns if each.field == field), None)


def _plain(text: str) -> str:
    return " ".join(words(fold(text).replace("'", " ").replace("’", " ")))


def letter(index: int) -> str:
    """The letter over a column, as spreadsheets have it: 0 is A, 26 is AA."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(65 + rest) + found
    return found


def recognize(grid: Grid, shaper: Shaper, told: Mapping[str, str] | None = None) -> Layout:
    """What the columns of a sheet hold.

    Args:
        grid: the sheet.
        shaper: of the index, for the names of countries and municipalities.
        told: field -> heading or letter of its column; an empty one means that there is none.

    Raises:
        InputError: no such field or column; or neither a name, a number, a LEI nor a website is there.
    """
    header = _header(grid)
    headings = [cell.text.strip() for cell in grid.rows[header].cells] if header is not None else []
    found: dict[str, Recognized] = {}
    settled = set(told or ())
    for field, column in (told or {}).items():
        index = _told(grid, field, column, headings)
        if index is not None:
            found[field] = Recognized(index, _heading(headings, index), field, "option")
    for index, heading in enumerate(headings):
        field = _BY_HEADING.get(_plain(heading), "")
        if field and field not in settled | set(found) and not _taken(found, index):
            found[field] = Recognized(index, heading, field, "heading")
    body = grid.rows if header is None else grid.rows[header + 1 :]
    for field, index in _by_content(body, grid.width, shaper, (settled, found)):
        found[field] = Recognized(index, _heading(headings, index), field, "content")
    layout = Layout(header, tuple(sorted(found.values(), key=lambda each: each.index)))
    if not set(found) & {"name", "enterpriseNumber", "lei", "website", "emailDomain"}:
        detail = (
            "no column of names, enterprise numbers, LEIs or websites is recognised: say which, as name=A"
        )
        raise InputError(f"{grid.file}, sheet {grid.sheet}: {detail}", issues=(Issue("column", detail),))
    return layout


def _header(grid: Grid) -> int | None:
    """The first row with the most headings; else the first, unless it looks like data."""
    counts = [sum(_plain(cell.text) in _BY_HEADING for cell in row.cells) for row in grid.rows[:LOOK]]
    if any(counts):
        return counts.index(max(counts))
    first = grid.rows[0].cells
    data = any(_CONTENT[field](cell.text) for cell in first for field in _CONTENT if cell.text)
    return (
        None if data or len(grid.rows) < 2 or any(not isinstance(c.value, str | None) for c in first) else 0
    )


def _heading(headings: Sequence[str], index: int) -> str:
    heading = headings[index] if index < len(headings) else ""
    return heading or letter(index)


def _taken(found: Mapping[str, Recognized], index: int) -> bool:
    return any(each.index == index for each in found.values())


def _told(grid: Grid, field: str, column: str, headings: Sequence[str]) -> int | None:
    """The column that somebody named."""
    if field not in FIELDS:
        detail = f"is none of {', '.join(FIELDS)}"
        raise InputError(f"{field!r} {detail}", issues=(Issue("column", detail, field),))
    if not column.strip():
        return None
    wanted = _plain(column)
    index = next((n for n, heading in enumerate(headings) if heading and _plain(heading) == wanted), None)
    if index is None:
        index = next((n for n in range(grid.width) if letter(n) == column.strip().upper()), None)
    if index is None:
        detail = f"{grid.file}, sheet {grid.sheet} has no column {column!r}; it has {', '.join(filter(None, headings))}"
        raise InputError(detail, issues=(Issue("column", detail, column),))
    return index


def _valid(read: Callable[[str], str]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            return bool(read(text))
        except ValueError:
            return False

    return check


def _is_mail(text: str) -> bool:
    before, at, after = text.partition("@")
    return bool(before.strip() and at and host(after) and " " not in text.strip())


def _is_web(text: str) -> bool:
    low = text.strip().casefold()
    return low.startswith(("http://", "https://", "www.")) and host(low) is not None


_CONTENT: Mapping[str, Callable[[str], bool]] = {
    "lei": _valid(lei),
    "enterpriseNumber": _valid(enterprise_number),
    "emailDomain": _is_mail,
    "website": _is_web,
}
"""Fields that a cell shows by itself."""

_CONCEPTS = {"country": "country", "municipality": "municipality"}
"""Fields whose values the graph has a list of."""


def _by_content(
    rows: Sequence[Row], width: int, shaper: Shaper, known: tuple[set[str], Mapping[str, Recognized]]
) -> Iterator[tuple[str, int]]:
    settled, found = known
    free = [index for index in range(width) if not _taken(found, index)]
    samples = {index: _sample(rows, index) for index in free}
    for field in (*_CONTENT, *_CONCEPTS, "name"):
        if field in settled or field in found:
            continue
        index = next((n for n in free if samples[n] and _holds(field, samples[n], shaper)), None)
        if index is not None:
            free.remove(index)
            yield field, index


def _sample(rows: Sequence[Row], index: int) -> list[str]:
    texts = (row.cell(index) for row in rows)
    found = [cell.text.strip() for cell in texts if cell.text.strip() and not cell.fault]
    return found[:SAMPLE]


def _holds(field: str, sample: Iterable[str], shaper: Shaper) -> bool:
    texts = list(sample)
    if field == "name":
        return _names(texts)
    if field in _CONTENT:
        fits = sum(map(_CONTENT[field], texts))
    else:
        short = [text for text in texts if len(text) < 60]
        known = entities.concepts(shaper, (_CONCEPTS[field],), short)
        fits = sum(text in known and not text.isdigit() for text in texts)
    return fits >= MOST_OF * len(texts)


def _names(texts: Sequence[str]) -> bool:
    """Whether texts are names: mostly letters, mostly different."""
    lettered = sum(sum(map(str.isalpha, text)) >= max(2, len(text) / 2) for text in texts)
    return lettered >= MOST_OF * len(texts) and len(set(texts)) >= MOST_OF * len(texts)
