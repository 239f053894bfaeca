"""Rows to JSON-ready dicts, with what hangs on them loaded for a whole page at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from graph.index.catalogue import AREA_ID, Catalogue, Json, best
from graph.index.database import IN, Database, Row, many
from graph.index.text import fold

Grouped = dict[int, list[Json]]


def plain(value: float | None) -> float | int | None:
    """A number as people write it: whole ones without a point."""
    return int(value) if value is not None and value == int(value) else value


class Shaper:
    """Makes the dicts of one answer.

    Attributes:
        lang: the language of every label.
        day: the number of the day that decides what has ended.
    """

    def __init__(self, db: Database, catalogue: Catalogue, lang: str, day: int) -> None:
        self.db = db
        self.catalogue = catalogue
        self.lang = lang
        self.day = day

    # Small things ---------------------------------------------------------------------------

    def label(self, number: int | None) -> str | None:
        """The label of a concept."""
        return self.catalogue.label(number, self.lang)

    def ref(self, number: int | None) -> Json | None:
        """A concept as `{"iri", "label"}`."""
        return self.catalogue.ref(number, self.lang)

    def market(self, number: int | None) -> Json | None:
        """A market as `{"iri", "code", "label", "kind"}`."""
        return self.catalogue.market(number, self.lang)

    def best(self, *texts: str | None) -> str | None:
        """Of a text in nl, en, fr the one in the language of the answer, else another."""
        return best(texts, self.lang)

    def ended(self, last: int) -> bool:
        """Whether what lasted until this day is over."""
        return last < self.day

    @staticmethod
    def area(member: str, seat: str, site: str) -> Json:
        """What is known of an organization and Limburg."""
        return {"id": AREA_ID, "member": member, "seat": seat, "site": site}

    # Loaded for many at once ----------------------------------------------------------------

    def organizations(self, numbers: Iterable[int | None]) -> dict[int, Json]:
        """Organizations as `{"iri", "id", "name"}`."""
        wanted = {number for number in numbers if number is not None}
        if not wanted:
            return {}
        rows = self.db.rows(
            f"SELECT id, iri, ref, name FROM organization WHERE id {IN}",
            (many(wanted),),
        )
        return {number: {"iri": iri, "id": ref, "name": name} for number, iri, ref, name in rows}

    def sources(self, items: Iterable[int]) -> Grouped:
        """The sources of items, in the order of their keys."""
        rows = self.db.rows(
            f"""SELECT e.item, s.id, s.iri, s.ref, s.title, s.publisher, s.date, s.url, s.language, s.access
                FROM evidence e JOIN source s ON s.id = e.source
                WHERE e.item {IN} ORDER BY e.item, e.source""",
            (many(items),),
        )
        made: dict[int, Json] = {}
        found: defaultdict[int, list[Json]] = defaultdict(list)
        for item, number, *values in rows:
            if number not in made:
                made[number] = source_ref(values)
            found[item].append(made[number])
        return found

    def figures(self, subjects: Iterable[int]) -> Grouped:
        """Figures by what they are about, with their sources."""
        rows = self.db.rows(
            f"""SELECT subject, id, measure, value, low, high, unit, period, precision FROM figure
                WHERE subject {IN} ORDER BY subject, period, iri""",
            (many(subjects),),
        )
        if not rows:
            return {}
        rows.sort(key=lambda row: (row[0], row[7] or "", self.catalogue.code(row[2]) or ""))
        sources = self.sources(row[1] for row in rows)
        found: defaultdict[int, list[Json]] = defaultdict(list)
        for subject, number, measure, value, low, high, unit, period, precision in rows:
            found[subject].append(
                {
                    "measure": self.catalogue.code(measure),
                    "measureLabel": self.label(measure),
                    "value": plain(value),
                    "min": plain(low),
                    "max": plain(high),
                    "unit": self.catalogue.code(unit),
                    "unitLabel": self.label(unit),
                    "period": period,
                    "precision": self.catalogue.code(precision),
                    "precisionLabel": self.label(precision),
                    "sources": sources.get(number, []),
                }
            )
        return found

    def partnerships(self, where: str, parameters: tuple[Any, ...], order: str = "p.iri") -> dict[int, Json]:
        """Partnerships by number, in order.

        Args:
            where: a condition on `p`, of ours; what a user gave is in `parameters`.
        """
        rows = self.db.rows(
            f"""SELECT p.id, p.iri, p.principal, p.partner, p.role, p.territory, p.exclusivity, p.since, p.until,
                       p.attested, p.last, p.note
                FROM partnership p WHERE {where} ORDER BY {order}""",
            parameters,
        )
        if not rows:
            return {}
        parties = self.organizations(number for row in rows for number in row[2:4])
        sources = self.sources(row[0] for row in rows)
        return {row[0]: self._partnership(row, parties, sources) for row in rows}

    def _partnership(self, row: Row, parties: dict[int, Json], sources: Grouped) -> Json:
        number, iri, principal, partner, role, territory, exclusivity, since, until, attested, last, note = (
            row
        )
        return {
            "iri": iri,
            "principal": parties[principal],
            "partner": parties[partner],
            "role": self.catalogue.code(role),
            "roleLabel": self.label(role),
            "territory": self.market(territory),
            "exclusivity": self.catalogue.code(exclusivity),
            "exclusivityLabel": self.label(exclusivity),
            "since": since,
            "until": until,
            "ended": self.ended(last),
            "attested": attested,
            "note": note,
            "sources": sources.get(number, []),
        }

    def presence(self, where: str, parameters: tuple[Any, ...]) -> list[tuple[int, int | None, Json]]:
        """Branches, subsidiaries and sites as (company, country, dict); `where` is on `r`."""
        rows = self.db.rows(
            f"""SELECT r.organization, r.country, r.item, r.member, r.kind, r.place, r.since, r.until, r.last
                FROM presence r WHERE {where} ORDER BY r.organization, r.kind, r.iri""",
            parameters,
        )
        if not rows:
            return []
        members = self.organizations(row[3] for row in rows)
        sources = self.sources(row[2] for row in rows)
        return [
            (
                company,
                country,
                {
                    "organization": members.get(member),
                    "kind": kind,
                    "country": self.market(country),
                    "place": place,
                    "since": since,
                    "until": until,
                    "ended": self.ended(last),
                    "sources": sources.get(item, []),
                },
            )
            for company, country, item, member, kind, place, since, until, last in rows
        ]

    def sectors(self, companies: Iterable[int]) -> Grouped:
        """The sectors of organizations, by label."""
        rows = self.db.rows(
            f"SELECT organization, sector FROM organization_sector WHERE organization {IN}",
            (many(companies),),
        )
        found: defaultdict[int, list[Json]] = defaultdict(list)
        for company, sector in rows:
            found[company].append(self.ref(sector) or {})
        return {company: sorted(refs, key=by_label) for company, refs in found.items()}


def by_label(ref: Json) -> tuple[str, str]:
    """To sort references to concepts: by label, whatever its case and accents."""
    return fold(str(ref["label"])), str(ref["iri"])


def source_ref(values: list[Any]) -> Json:
    """A source as a reference, from iri, key, title, publisher, date, address, language and access."""
    names = ("iri", "id", "title", "publisher", "date", "url", "language", "access")
    return dict(zip(names, values, strict=True))
