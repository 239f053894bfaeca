"""The sheets: which tables there are, their columns, and how a header row is matched to them.

The same tables are the CSV files of `data/` and the sheets of a workbook; `docs/sheets.md` and the
template are made from here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from graph.sources import records as r
from graph.sources.headings import HEADINGS, LANGUAGES

PROBLEM = "problem"
"""The column that a reject file has beside those of its sheet; it is not read again."""


def plain(text: str) -> str:
    """A heading or a sheet name as it is compared: no case, accents, spaces, hyphens, underscores, stars."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return re.sub(r"[\s_*’'-]+", "", "".join(c for c in letters if not unicodedata.combining(c)))


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: its canonical name, also the field of the record.
        kind: how its cells are read; a key of `graph.sources.values.KINDS`.
        required: whether every row must have it.
        many: whether a cell is a list with `;` between its parts.
        codes: the code list, where the kind is `code`.
        also: words that are read as its heading in this table only.
    """

    name: str
    kind: str = "text"
    required: bool = False
    many: bool = False
    codes: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        name: its canonical name, the stem of its CSV file.
        record: the class of its rows.
        columns: in the order of the template.
        labels: language -> the name of its sheet.
        one_of: columns of which every row needs at least one; no group: empty.
        also: other words that are read as its name.
    """

    name: str
    record: type[r.Record]
    columns: tuple[Column, ...]
    labels: dict[str, str]
    one_of: tuple[str, ...] = ()
    also: tuple[str, ...] = field(default=())

    @cached_property
    def headings(self) -> dict[str, Column]:
        """Plain heading -> column. Names and labels come before aliases; an alias of two columns is none."""
        found = {plain(column.name): column for column in self.columns}
        for column in self.columns:
            for label in HEADINGS[column.name].labels.values():
                found.setdefault(plain(label), column)
        claims: dict[str, list[Column]] = {}
        for column in self.columns:
            words = set(map(plain, column.also))
            words.update(plain(w) for many in HEADINGS[column.name].aliases.values() for w in many)
            for word in words:
                claims.setdefault(word, []).append(column)
        for word, columns in claims.items():
            if len(columns) == 1:
                found.setdefault(word, columns[0])
        return found

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Canonical name -> column."""
        return {column.name: column for column in self.columns}


def _key(name: str, *, required: bool = True, many: bool = False) -> Column:
    return Column(name, "key", required, many)


def _code(name: str, codes: str, *, required: bool = True) -> Column:
    return Column(name, "code", required, codes=codes)


def _many(kind: str, names: Iterable[str]) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name in names)


_ORG = _key("org_id")
_SOURCE = _key("source_id")
_NOTE = Column("note")
_TIMES = _many("date", ("since", "until", "as_of"))
_PLACE = (Column("country", "country"), Column("municipality"), Column("postcode", "postcode"))

TABLES: tuple[Table, ...] = (
    Table(
        "organizations",
        r.Organization,
        (
            _ORG,
            Column("name", required=True),
            _code("kind", "organization-kind"),
            *_many("text", ("legal_name", "legal_form")),
            Column("enterprise_number", "enterprise_number"),
            Column("lei", "lei"),
            *_PLACE,
            Column("website", "url"),
            Column("founded", "date"),
            *_many("text", ("activity_nl", "activity_en", "activity_fr")),
            Column("sector", many=True),
            Column("nace", "nace", many=True),
            _NOTE,
            _SOURCE,
        ),
        {"nl": "Organisaties", "en": "Organisations", "fr": "Organisations"},
        also=("bedrijven", "companies", "entreprises", "leden", "members", "membres"),
    ),
    Table(
        "names",
        r.Name,
        (
            _ORG,
            Column("name", required=True),
            _code("name_type", "name-type"),
            Column("language", "language"),
            _SOURCE,
        ),
        {"nl": "Namen", "en": "Names", "fr": "Noms"},
    ),
    Table(
        "sites",
        r.Site,
        (
            _ORG,
            _code("function", "site-function"),
            Column("name"),
            *_PLACE,
            _code("outside_area", "area", required=False),
            *_many("date", ("since", "until")),
            _NOTE,
            _SOURCE,
        ),
        {"nl": "Vestigingen", "en": "Sites", "fr": "Sites"},
        also=("plaatsen", "implantations"),
    ),
    Table(
        "figures",
        r.Figure,
        (
            _key("subject"),
            Column("measure", "slug", required=True),
            *_many("decimal", ("value", "min", "max")),
            Column("unit", "unit", required=True),
            Column("period", "date"),
            _code("precision", "precision", required=False),
            _NOTE,
            _SOURCE,
        ),
        {"nl": "Cijfers", "en": "Figures", "fr": "Chiffres"},
        one_of=("value", "min", "max"),
    ),
    Table(
        "markets",
        r.Market,
        (
            _ORG,
            Column("market", "market", required=True, also=("country", "land", "pays")),
            _code("status", "engagement-status"),
            Column("product"),
            *_TIMES,
            Column("share_percent", "percent"),
            _code("share_of", "share-of", required=False),
            Column("value", "decimal"),
            Column("currency", "currency"),
            _NOTE,
            _SOURCE,
        ),
        {"nl": "Markten", "en": "Markets", "fr": "Marchés"},
        also=("export", "exportmarkten", "engagements"),
    ),
    Table(
        "relations",
        r.Relation,
        (
            _key("from_org"),
            _code("relation", "relation"),
            _key("to_org"),
            Column("country", "market"),
            *_TIMES,
            *_many("percent", ("share_percent", "share_min", "share_max")),
            _code("basis", "relation-basis", required=False),
            _code("exclusivity", "exclusivity", required=False),
            _NOTE,
            _SOURCE,
        ),
        {"nl": "Relaties", "en": "Relations", "fr": "Relations"},
        also=("partners", "partenaires"),
    ),
    Table(
        "people",
        r.Person,
        (
            Column("name", required=True),
            _key("person_id", required=False),
            _ORG,
            *_many("text", ("role_nl", "role_en", "role_fr")),
            *_TIMES,
            _SOURCE,
        ),
        {"nl": "Personen", "en": "People", "fr": "Personnes"},
        one_of=("role_nl", "role_en", "role_fr"),
        also=("mensen", "persons", "contactpersonen", "contacts"),
    ),
    Table(
        "awards",
        r.Award,
        (
            _ORG,
            Column("award", required=True),
            _key("awarder", required=False),
            Column("year", "year"),
            Column("category"),
            _code("result", "award-result"),
            _NOTE,
            _SOURCE,
        ),
        {"nl": "Prijzen", "en": "Awards", "fr": "Prix"},
    ),
    Table(
        "missions",
        r.Mission,
        (
            _key("mission_id"),
            *_many("text", ("name_nl", "name_en", "name_fr")),
            _code("mission_type", "mission-type"),
            _key("organizer", required=False, many=True),
            *_many("date", ("start_date", "end_date")),
            Column("markets", "market", required=True, many=True),
            Column("sector", many=True),
            _NOTE,
            _SOURCE,
        ),
        {"nl": "Zendingen", "en": "Missions", "fr": "Missions"},
        one_of=("name_nl", "name_en", "name_fr"),
        also=("handelsmissies", "handelszendingen"),
    ),
    Table(
        "mission_participants",
        r.Participant,
        (
            _key("mission_id"),
            _ORG,
            _code("state", "participation-state", required=False),
            _NOTE,
            _SOURCE,
        ),
        {"nl": "Deelnemers", "en": "Participants", "fr": "Participants"},
        also=("deelnemers zendingen", "participants missions"),
    ),
    Table(
        "statistics",
        r.Statistic,
        (
            _code("area", "area"),
            Column("indicator", required=True),
            Column("period", "period"),
            Column("market", "market", also=("country", "land", "pays")),
            Column("value", "decimal"),
            Column("unit", "unit"),
            Column("change_percent", "decimal"),
            _code("precision", "precision", required=False),
            _NOTE,
            _SOURCE,
        ),
        {"nl": "Statistieken", "en": "Statistics", "fr": "Statistiques"},
        one_of=("value", "change_percent"),
    ),
    Table(
        "programmes",
        r.Programme,
        (
            _key("programme_id"),
            Column("name", required=True),
            _ORG,
            Column("year", "year"),
            *_many("text", ("aim_nl", "aim_en", "aim_fr")),
            _SOURCE,
        ),
        {"nl": "Programma's", "en": "Programmes", "fr": "Programmes"},
        also=("plannen", "programs", "plans"),
    ),
    Table(
        "needs",
        r.Need,
        (
            _key("need_id"),
            _ORG,
            *_many("text", ("need_nl", "need_en", "need_fr")),
            Column("as_of", "date"),
            _SOURCE,
        ),
        {"nl": "Behoeften", "en": "Needs", "fr": "Besoins"},
        one_of=("need_nl", "need_en", "need_fr"),
        also=("noden",),
    ),
    Table(
        "sources",
        r.Source,
        (
            _SOURCE,
            Column("url", "url"),
            Column("publisher", required=True),
            Column("date", "date"),
            Column("language", "language"),
            Column("title", required=True),
            _code("access", "access", required=False),
        ),
        {"nl": "Bronnen", "en": "Sources", "fr": "Sources"},
    ),
)

BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
"""Canonical name -> table."""

_BY_HEADING = {
    plain(word): table
    for table in TABLES
    for word in (table.name, *(table.labels[lang] for lang in LANGUAGES), *table.also)
}


def find_table(name: str) -> Table | None:
    """The table of a sheet or a CSV file with this name, in any of the three languages.

    What follows `--` does not count: `markets--members.csv` is a sheet of markets.
    """
    return _BY_HEADING.get(plain(name.partition("--")[0]))
