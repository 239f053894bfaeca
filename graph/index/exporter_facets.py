"""How many exporters there are by each value of each filter, with all other filters applied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from graph.index.catalogue import Catalogue, Json
from graph.index.conditions import MEMBERSHIPS
from graph.index.database import Cache, Database
from graph.index.filters import ExporterFilter
from graph.index.selection import Question, arms, by_product, total, union
from graph.index.text import fold
from graph.model.statuses import RANK

if TYPE_CHECKING:
    from graph.index.exporters import Asked

T = TypeVar("T")

Understand = Callable[[Database, Catalogue, ExporterFilter], "Asked"]

Counts = list[tuple[int, int]]

JOINED = {
    "sector": ("sectors", "organization_sector x", "x.sector", ""),
    "municipality": ("municipalities", "organization_place x", "x.municipality", ""),
    "partnerCountry": ("partner_countries", "tie x", "x.market", "x.by_country AND x.last >= ?"),
    "hasPresenceIn": ("presence_in", "presence x", "x.country", "x.country IS NOT NULL AND x.last >= ?"),
}
"""Facet: its field of the filter, the table with its values by organization, their column, what must hold on a day."""


@dataclass(frozen=True)
class Facets:
    """Counts for one filter, each kept under the filter without its own field.

    So the markets of an unfiltered list are counted once, whichever market is asked for.

    Attributes:
        f: the filter, without a day that does not count.
    """

    db: Database
    catalogue: Catalogue
    cache: Cache
    understand: Understand
    f: ExporterFilter

    def all(self, lang: str) -> dict[str, list[Json]]:
        """Every facet by the name of its parameter, with labels."""
        db = self.db
        found = {
            "status": self._statuses(lang),
            "market": self._labelled(self._kept("market", lambda q: _markets(db, q), markets=()), lang),
            "product": self._labelled(self._kept("product", lambda q: by_product(db, q), products=()), lang),
        }
        for name in JOINED:
            found[name] = self._labelled(self._joined(name), lang)
        members = self._kept("areaMembership", lambda q: _members(db, q), area=None, area_membership=())
        ended = self._kept("includeEnded", lambda q: total(db, q, self.cache), include_ended=True)
        return {
            **found,
            "areaMembership": members,
            "includeEnded": [{"value": "true", "label": "true", "count": ended}] if ended else [],
        }

    def _kept(self, name: str, count: Callable[[Question], T], **changed: Any) -> T:
        """A count for the filter with some fields changed, made where it is not kept."""
        f = replace(self.f, **changed)
        return self.cache.get(
            ("facet", name, f), lambda: count(self.understand(self.db, self.catalogue, f).question)
        )

    def _joined(self, name: str) -> Counts:
        own = JOINED[name][0]
        return self._kept(name, lambda q: _joined(self.db, q, name), **{own: ()})

    def _statuses(self, lang: str) -> list[Json]:
        """How many the filter by each status would find: one company may stand differently in two markets."""
        found = []
        for word, rank in sorted(RANK.items(), key=lambda each: -each[1]):
            count = self._kept(word, lambda q: total(self.db, q, self.cache), statuses=(word,))
            if count:
                label = str(self.catalogue.status(rank, lang)["statusLabel"])
                found.append({"value": word, "label": label, "count": count})
        return found

    def _labelled(self, counts: Counts, lang: str) -> list[Json]:
        found = [(self.catalogue[number], count) for number, count in counts]
        return most_first([(c.code, c.label(lang), count) for c, count in found])


def most_first(values: list[tuple[str, str, int]]) -> list[Json]:
    """(value, label, count) as dicts, most first, then by label."""
    ordered = sorted(values, key=lambda each: (-each[2], fold(each[1]), each[0]))
    return [{"value": value, "label": label, "count": count} for value, label, count in ordered]


def _markets(db: Database, question: Question) -> Counts:
    """Own facts by market: of the market itself and of what lies in it."""
    if question.precomputed:
        marks = ", ".join("?" * len(question.scores))
        sql = f"""SELECT s.market, COUNT(DISTINCT s.company) FROM standing s
                  WHERE s.market > 0 AND s.exact = 0 AND s.score IN ({marks}) AND s.first <= ? AND s.last >= ?"""
        parameters: list[object] = [*sorted(question.scores), question.day, question.day]
        for condition, values in question.companies:
            sql += f" AND {condition.format(company='s.company')}"
            parameters.extend(values)
        return [(int(a), int(b)) for a, b in db.rows(f"{sql} GROUP BY s.market", parameters)]
    everywhere = [market for (market,) in db.rows("SELECT DISTINCT asked FROM coverage WHERE upward = 0")]
    found = []
    for market in everywhere:
        arm = union(arms(db, replace(question, markets=(market,))))
        sql = f"SELECT COUNT(DISTINCT company) FROM ({arm.sql}) WHERE level = 0"
        count = db.number(sql, arm.parameters)
        if count:
            found.append((market, count))
    return found


def _joined(db: Database, question: Question, name: str) -> Counts:
    _, table, column, held = JOINED[name]
    arm = union(arms(db, question))
    rows = db.rows(
        f"""SELECT {column}, COUNT(DISTINCT a.company)
            FROM (SELECT DISTINCT company FROM ({arm.sql})) a
            JOIN {table} ON x.organization = a.company {f"WHERE {held}" if held else ""} GROUP BY {column}""",
        [*arm.parameters, *([question.day] if held else [])],
    )
    return [(int(a), int(b)) for a, b in rows]


def _members(db: Database, question: Question) -> list[Json]:
    arm = union(arms(db, question))
    rows: dict[str, int] = dict(
        db.rows(
            f"""SELECT o.member, COUNT(*) FROM (SELECT DISTINCT company FROM ({arm.sql})) a
                JOIN organization o ON o.id = a.company GROUP BY o.member""",
            arm.parameters,
        )
    )
    return [{"value": word, "label": word, "count": rows[word]} for word in MEMBERSHIPS if word in rows]
