"""A spreadsheet from file to file, step by step, so that a server can do other things between the steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from graph.errors import InputError, Issue
from graph.index import Index
from graph.settings import Settings
from graph.sheets.columns import FIELDS, Layout, recognize
from graph.sheets.enriching import Enriched, Wanted, enrich
from graph.sheets.grid import Grid
from graph.sheets.reading import read
from graph.sheets.relating import markets
from graph.sheets.rows import CHUNK, Asked, Matched, match, prepare


@dataclass(frozen=True)
class Options:
    """How a spreadsheet is to be matched.

    Attributes:
        sheet: of a workbook; None for the first with something in it.
        columns: field -> heading or letter of its column, where it is not to be guessed.
        markets: whose status is asked; empty: all where something is known.
        lang: nl, en or fr.
    """

    lang: str
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    markets: tuple[str, ...] = ()


def columns(pairs: tuple[str, ...]) -> dict[str, str]:
    """`name=Firma`, `country=` as a table.

    Raises:
        InputError: one is not written so, or names no field.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals or name.strip() not in FIELDS:
            detail = f"write field=heading or field=letter; fields are {', '.join(FIELDS)}"
            raise InputError(
                "A column is not named as it should be.", issues=(Issue("column", detail, pair),)
            )
        found[name.strip()] = column
    return found


def markets_of(index: Index, enriched: Enriched) -> dict[int, str]:
    """The codes of the markets whose status was asked, by number."""
    catalogue = index.shaper(enriched.lang).catalogue
    numbers = {market for own in enriched.related.standing.values() for market in own}
    return {market: catalogue[market].code for market in numbers}


class Job:
    """One spreadsheet that is matched.

    Args:
        path, name: the file, and what errors call it.

    Raises:
        SheetRefused: the file is not read.
        InputError: an option that cannot be used.
    """

    def __init__(self, path: Path, name: str, settings: Settings, options: Options) -> None:
        self.settings = settings
        self.options = options
        self.grid: Grid = read(path, name, settings, options.sheet)
        self.layout = Layout(None, ())
        self.wanted = Wanted(options.lang, (), settings.spreadsheet_candidates)
        self.asked: list[Asked] = []
        self.found: list[Matched] = []

    def begin(self, index: Index) -> None:
        """Tells the columns apart, and looks the markets up."""
        shaper = index.shaper(self.options.lang)
        self.layout = recognize(self.grid, shaper, self.options.columns)
        wanted = tuple(markets(index, self.options.markets))
        self.wanted = replace(self.wanted, markets=wanted)
        self.asked = prepare(self.grid, self.layout, self.settings)
        if len(self.asked) > self.settings.spreadsheet_rows:
            raise too_many(self.grid, self.settings)

    @property
    def steps(self) -> Iterator[Callable[[Index, date | None], None]]:
        """What is left to be done, in pieces of less than half a second."""
        for start in range(0, len(self.asked), CHUNK):
            yield self._step(self.asked[start : start + CHUNK])

    def _step(self, part: list[Asked]) -> Callable[[Index, date | None], None]:
        def step(index: Index, today: date | None) -> None:
            self.found += match(index, part, self.options.lang, today)

        return step

    def end(self, index: Index, today: date | None = None) -> Enriched:
        """Puts everything together."""
        return enrich(index, (self.grid, self.layout), self.found, self.wanted, today)


def too_many(grid: Grid, settings: Settings) -> InputError:
    """The error for a sheet without headings that has one row more than it may."""
    detail = f"{len(grid.rows)} rows, more than VERRE_SPREADSHEET_ROWS allows ({settings.spreadsheet_rows})"
    return InputError(
        f"{grid.file} is too long.", issues=(Issue(grid.file, detail),), setting="spreadsheet_rows"
    )
