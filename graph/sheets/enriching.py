"""The columns that are added to a sheet, row by row; the columns that were there stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.index import Index
from graph.reconciliation.entities import Entity
from graph.reconciliation.matching import Candidate
from graph.reconciliation.values import Cell
from graph.sheets.columns import Layout, letter
from graph.sheets.grid import Grid
from graph.sheets.relating import ENTERS, EXPORTS, SOURCES, WANTS, Related, relate
from graph.sheets.rows import Matched
from graph.sheets.words import word
from graph.sources.rows import Problem

Added = str | float


@dataclass(frozen=True)
class Enriched:
    """A sheet with what was added.

    Attributes:
        titles: of the added columns.
        cells: number of a row -> its added cells, as many as there are titles.
        rows: the rows that were matched.
        related: what they have to do with each other.
        about: (label, text) pairs that say what this is.
        problems: what could not be read, with file, sheet, row and column.
    """

    grid: Grid
    layout: Layout
    titles: tuple[str, ...]
    cells: dict[int, tuple[Added, ...]]
    rows: tuple[Matched, ...]
    related: Related
    about: tuple[tuple[str, str], ...]
    lang: str

    @property
    def problems(self) -> list[Problem]:
        """What could not be read."""
        return [problem for each in self.rows for problem in each.asked.problems]


@dataclass(frozen=True)
class Wanted:
    """What a sheet is enriched with.

    Attributes:
        markets: numbers of markets; empty for all where something is known.
        candidates: shown of each row, the first included.
    """

    lang: str
    markets: tuple[int, ...] = ()
    candidates: int = 3


def enrich(
    index: Index,
    sheet: tuple[Grid, Layout],
    rows: Sequence[Matched],
    wanted: Wanted,
    today: date | None = None,
) -> Enriched:
    """Puts together what was found."""
    grid, layout = sheet
    related = relate(index, rows, wanted.markets, wanted.lang, today)
    labels = [str(index.shaper(wanted.lang).label(market)) for market in wanted.markets]
    cells = {each.asked.row.number: _cells(each, related, wanted) for each in rows}
    about = _about(grid, layout, rows, (index.release, today or date.today(), wanted.lang))  # noqa: DTZ011
    return Enriched(
        grid, layout, _titles(wanted, labels), cells, tuple(rows), related, tuple(about), wanted.lang
    )


def _titles(wanted: Wanted, labels: Sequence[str]) -> tuple[str, ...]:
    lang = wanted.lang
    others = [word("other", lang, n=n) for n in range(2, wanted.candidates + 1)]
    standing = [word("market", lang, name=label) for label in labels]
    standing = standing or [word(name, lang) for name in (EXPORTS, ENTERS, WANTS)]
    first = [word(name, lang) for name in ("status", "name", "score", "iri", "number")]
    last = [word(name, lang) for name in ("group", "twins", "problems", "sources")]
    return (*first, *others, *standing, *last)


def _cells(each: Matched, related: Related, wanted: Wanted) -> tuple[Added, ...]:
    number, lang = each.asked.row.number, wanted.lang
    best = each.candidates[0] if each.candidates else None
    others = [_other(candidate) for candidate in each.candidates[1 : wanted.candidates]]
    others += [""] * (wanted.candidates - 1 - len(others))
    told = related.told.get(number, {})
    standing: list[Added]
    if wanted.markets:
        known = related.standing.get(number, {})
        standing = [
            (known.get(market) or word("unknown", lang)) if each.sure else "" for market in wanted.markets
        ]
    else:
        standing = [_joined(told.get(name, ())) for name in (EXPORTS, ENTERS, WANTS)]
    group = related.groups.get(number)
    return (
        word(f"status.{each.status}", lang),
        best.entity.name if best else "",
        best.scored.score if best else "",
        best.entity.iri if best else "",
        each.asked.number,
        *others,
        *standing,
        word("group.rows", lang, name=group.parent.name, rows=_numbers(group.rows)) if group else "",
        _numbers(related.twins.get(number, ())),
        "; ".join(f"{problem.column}: {problem.detail}" for problem in each.asked.problems),
        _joined(list(told.get("source", ()))[:SOURCES], " ; "),
    )


def _other(candidate: Candidate) -> str:
    return f"{candidate.entity.name} ({candidate.scored.score:g}) {candidate.entity.iri}"


def _joined(values: Sequence[Cell], mark: str = "; ") -> str:
    return mark.join(value.name if isinstance(value, Entity) else value for value in values)


def _numbers(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows))


def _about(
    grid: Grid, layout: Layout, rows: Sequence[Matched], facts: tuple[str, date, str]
) -> list[tuple[str, str]]:
    release, today, lang = facts
    counts = [
        (word(f"status.{status}", lang), str(sum(each.status == status for each in rows)))
        for status in ("match", "check", "none", "empty")
    ]
    columns = [
        (
            word("about.column", lang, letter=letter(each.index)),
            recognized(each.heading, each.field, each.by, lang),
        )
        for each in layout.columns
    ]
    told = [
        (word("about.file", lang), f"{grid.file}, {grid.sheet}"),
        (word("about.release", lang), release),
        (word("about.day", lang), today.isoformat()),
        (word("about.rows", lang), str(len(rows))),
        *counts,
        *columns,
    ]
    if grid.others:
        told.append((word("about.others", lang), ", ".join(grid.others)))
    if grid.remark:
        told.append((word("about.remark", lang), grid.remark))
    return [*told, (word("about.explain", lang), word("about.explain.text", lang))]


def recognized(heading: str, field: str, by: str, lang: str) -> str:
    """`Firma: name, by its heading`."""
    return f"{heading}: {word(f'field.{field}', lang)}, {word(f'by.{by}', lang)}"
