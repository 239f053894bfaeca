"""What may stand in a cell of a CSV or XLSX, and what a row is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.formulas import MOST, safe_text

__all__ = ["MOST", "Cut", "Row", "Sheet", "Value", "safe", "safe_rows"]

Value = str | int | float | bool | None
Row = Sequence[Value]


def safe(value: Value) -> Value:
    """The value as a cell may hold it: no text starts a formula or is longer than a cell."""
    return safe_text(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Cut:
    """That an export holds less than there is.

    Attributes:
        rows: how many rows it holds.
        of: how many things (companies, partnerships …) match in all.
        setting: the setting that cut it.
    """

    rows: int
    of: int
    setting: str = "VERRE_EXPORT_ROWS"

    def sentence(self, language: str) -> str:
        """Says so to a person."""
        return {
            "nl": f"Afgekapt na {self.rows} rijen ({self.setting}); in totaal zijn er {self.of} resultaten.",
            "en": f"Cut off after {self.rows} rows ({self.setting}); there are {self.of} results in all.",
            "fr": f"Coupé après {self.rows} lignes ({self.setting}) ; il y a {self.of} résultats en tout.",
        }[language]


@dataclass(frozen=True)
class Sheet:
    """A table ready to be written.

    Attributes:
        keys: the columns by their stable names.
        titles: the same for people, in their language.
        about: (label, value) pairs that say what this is: release, day, address.
        cut: that it holds less than there is; None where it holds all.
    """

    keys: Sequence[str]
    titles: Sequence[str]
    rows: Sequence[Row]
    language: str
    about: Sequence[tuple[str, str]] = ()
    cut: Cut | None = None


def safe_rows(rows: Iterable[Row]) -> Iterator[list[Value]]:
    """Every cell of every row made safe."""
    for row in rows:
        yield [safe(value) for value in row]
