"""A line through the years as geometry for SVG. A year that no source gives is a gap and stays one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from api.pages.catalogue import translate
from api.pages.formats import decimal, number


@dataclass(frozen=True)
class Dot:
    """One year's value, where it is drawn, and the words at it (none where there is no room).

    `below`: the words stand under the dot, as the line rises to both sides of it.
    """

    year: int
    value: Decimal
    x: float
    y: float
    text: str
    last: bool
    below: bool
    fact: Mapping[str, Any]


@dataclass(frozen=True)
class Gap:
    """Years without a value between two that have one."""

    x: float
    width: float
    first: int
    last: int
    text: str


@dataclass(frozen=True)
class LineChart:
    """Everything that the template draws; sizes in SVG units.

    Attributes:
        segments: one `points` attribute per run of years without a gap.
        levels: (y, words) of the horizontal lines, from zero.
        years: (x, words, anchor) along the foot.
    """

    width: int
    height: int
    left: int
    right: float
    top: int
    base: float
    segments: list[str]
    dots: list[Dot]
    gaps: list[Gap]
    levels: list[tuple[float, str]]
    years: list[tuple[float, str]]

    @property
    def last(self) -> Dot:
        """The newest value."""
        return self.dots[-1]


def yearly(facts: Iterable[Mapping[str, Any]]) -> dict[int, tuple[Decimal, Mapping[str, Any]]]:
    """The values of whole years, in order; half years and figures without a value are none.

    Where several sources give a value for a year, the first stands for it; the table beside
    the picture has them all.
    """
    found: dict[int, tuple[Decimal, Mapping[str, Any]]] = {}
    for fact in facts:
        period, value = str(fact.get("period") or ""), decimal(fact.get("value"))
        if len(period) == 4 and period.isdigit() and value is not None:
            found.setdefault(int(period), (value, fact))
    return dict(sorted(found.items()))


def ceiling(value: Decimal) -> tuple[int, int]:
    """A round top for an axis and the step between its lines: (25000, 5000) for 24456."""
    top = max(1, int(value))
    step = 10 ** (len(str(top)) - 1)
    for part in (step // 5, step // 2, step, step * 2):
        if part and -(-top // part) <= 6:
            return -(-top // part) * part, part
    return -(-top // step) * step, step


def line_chart(facts: Iterable[Mapping[str, Any]], lang: str, width: int = 860) -> LineChart | None:
    """The chart of yearly values; None for fewer than two.

    Args:
        facts: statistics of one indicator.
        lang: how numbers are written.
        width: of the drawing; a narrow one (under 500) writes only the values that matter.
    """
    values = yearly(facts)
    if len(values) < 2:
        return None
    narrow = width < 500
    height, left, top, foot = (280, 8, 36, 32) if narrow else (340, 8, 40, 36)
    right, base = width - (64 if narrow else 76), height - foot
    first, final = min(values), max(values)
    highest, step = ceiling(max(value for value, _ in values.values()))
    inner = left + (44 if narrow else 56)

    def x(year: int) -> float:
        return round(inner + (right - inner) * (year - first) / (final - first), 1)

    def y(value: Decimal | int) -> float:
        return round(base - (base - top) * float(value) / highest, 1)

    runs = _runs(list(values))
    written = {year for run in runs for year in ((run[0], run[-1]) if narrow else run)}
    written -= {year for year in written if year != final and x(final) - x(year) < 40}
    dots = [
        Dot(
            year,
            value,
            x(year),
            y(value),
            number(value, lang) if year in written else "",
            year == final,
            _valley(year, values),
            fact,
        )
        for year, (value, fact) in values.items()
    ]
    return LineChart(
        width=width,
        height=height,
        left=left,
        right=right,
        top=top,
        base=base,
        segments=[
            " ".join(f"{x(year)},{y(values[year][0])}" for year in run) for run in runs if len(run) > 1
        ],
        dots=dots,
        gaps=[_gap(before[-1], after[0], x, lang) for before, after in pairwise(runs)],
        levels=[(y(level), number(level, lang)) for level in range(0, highest + 1, step)],
        years=_years(runs, x, narrow),
    )


def _valley(year: int, values: dict[int, tuple[Decimal, Mapping[str, Any]]]) -> bool:
    """Whether both neighbours lie higher, so that the words belong under the dot."""
    here = values[year][0]
    return all(near in values and values[near][0] > here for near in (year - 1, year + 1))


def _runs(years: list[int]) -> list[list[int]]:
    runs: list[list[int]] = [[years[0]]]
    for year in years[1:]:
        if year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def _gap(before: int, after: int, x: Any, lang: str) -> Gap:
    first, last = before + 1, after - 1
    start, end = x(before), x(after)
    return Gap(start, round(end - start, 1), first, last, str(translate(lang, "chart.gap")))


def _years(runs: list[list[int]], x: Any, narrow: bool) -> list[tuple[float, str]]:
    if not narrow:
        return [(x(year), str(year)) for run in runs for year in run]
    chosen: list[tuple[float, str]] = []
    for year in sorted({year for run in runs for year in (run[0], run[-1])}, reverse=True):
        if not chosen or chosen[-1][0] - x(year) >= 36:
            chosen.append((x(year), str(year)))
    return chosen[::-1]
