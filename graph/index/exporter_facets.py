"""How many exporters there are by each value of each filter, with all other filters applied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.index.catalogue import Catalogue, Json
from graph.index.conditions import MEMBERSHIPS
from graph.index.database import Database
from graph.index.filters import ExporterFilter
from graph.index.selection import Question, arms, union
from graph.index.text import fold
from graph.model.statuses import RANK

if TYPE_CHECKING:
    from graph.index.exporters import Asked

Understand = Callable[[Database, Catalogue, ExporterFilter], "Asked"]

Counts = list[tuple[int, int]]


def facets(
    db: Database, catalogue: Catalogue, f: ExporterFilter, lang: str, understand: Understand
) -> dict[str, list[Json]]:
    """The facets `status`, `market`, `sector`, `municipality` and `areaMembership`."""

    def without(**cleared: object) -> Question:
        return understand(db, catalogue, replace(f, **cleared)).question  # type: ignore[arg-type]

    def labelled(counts: Counts) -> list[Json]:
        found = [(catalogue[number], count) for number, count in counts]
        return most_first([(c.code, c.label(lang), count) for c, count in found])

    return {
        "status": _statuses(db, catalogue, lambda word: without(statuses=(word,)), lang),
        "market": labelled(_markets(db, without(markets=()))),
        "sector": labelled(_joined(db, without(sectors=()), "organization_sector", "sector")),
        "municipality": labelled(
            _joined(db, without(municipalities=()), "organization_place", "municipality")
        ),
        "areaMembership": _members(db, without(area=None, area_membership=())),
    }


def most_first(values: list[tuple[str, str, int]]) -> list[Json]:
    """(value, label, count) as dicts, most first, then by label."""
    ordered = sorted(values, key=lambda each: (-each[2], fold(each[1]), each[0]))
    return [{"value": value, "label": label, "count": count} for value, label, count in ordered]


def _statuses(db: Database, catalogue: Catalogue, asked: Callable[[str], Question], lang: str) -> list[Json]:
    """How many the filter by each status would find: one company may stand differently in two markets."""
    found = []
    for word, rank in sorted(RANK.items(), key=lambda each: -each[1]):
        arm = union(arms(db, asked(word)))
        count = db.number(f"SELECT COUNT(DISTINCT company) FROM ({arm.sql})", arm.parameters)
        if count:
            label = str(catalogue.status(rank, lang)["statusLabel"])
            found.append({"value": word, "label": label, "count": count})
    return found


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


def _joined(db: Database, question: Question, table: str, column: str) -> Counts:
    arm = union(arms(db, question))
    rows = db.rows(
        f"""SELECT x.{column}, COUNT(*) FROM (SELECT DISTINCT company FROM ({arm.sql})) a
            JOIN {table} x ON x.organization = a.company GROUP BY x.{column}""",
        arm.parameters,
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
