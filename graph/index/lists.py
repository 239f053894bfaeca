"""What the plain lists share: one query for a page, one for the total, one for each facet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from graph.index.catalogue import Catalogue, Json
from graph.index.database import IN, Database, Parameters, Row, many
from graph.index.exporter_facets import most_first
from graph.index.filters import PageRequest


@dataclass
class Listing:
    """A list in the making.

    Attributes:
        table: what follows FROM, with the item's number as `{item}.id`.
        item: the alias of the item in it.
        where: conditions by the name of their filter; several of one name all hold.
    """

    table: str
    item: str
    where: list[tuple[str, str, Parameters]] = field(default_factory=list)

    def require(self, name: str, sql: str, *parameters: object) -> None:
        """Adds a condition under the name of its filter."""
        self.where.append((name, sql, parameters))

    def one_of(self, name: str, column: str, values: list[int] | list[str]) -> None:
        """A column has one of these values; none given asks for nothing."""
        if values:
            self.require(name, f"{column} {IN}", many(values))

    def _where(self, without: str = "") -> tuple[str, list[object]]:
        kept = [(sql, values) for name, sql, values in self.where if name != without]
        sql = " AND ".join(f"({sql})" for sql, _ in kept) or "1"
        return sql, [value for _, values in kept for value in values]

    def total(self, db: Database) -> int:
        """How many items there are."""
        where, values = self._where()
        return db.number(f"SELECT COUNT(*) FROM {self.table} WHERE {where}", values)

    def rows(self, db: Database, columns: str, order: list[str], page: PageRequest) -> list[Row]:
        """The rows of a page."""
        where, values = self._where()
        return db.rows(
            f"SELECT {columns} FROM {self.table} WHERE {where} ORDER BY {', '.join(order)} LIMIT ? OFFSET ?",
            [*values, page.size, page.offset],
        )

    def facet(
        self, db: Database, name: str, column: str, label: Callable[[object], tuple[str, str]]
    ) -> list[Json]:
        """Counts of the items by a column, without the filter of that name; `label` gives code and label."""
        where, values = self._where(without=name)
        rows = db.rows(
            f"""SELECT {column}, COUNT(DISTINCT {self.item}.id) FROM {self.table}
                WHERE {where} GROUP BY {column}""",
            values,
        )
        return most_first([(*label(value), count) for value, count in rows if value is not None])


def concept_label(catalogue: Catalogue, lang: str) -> Callable[[object], tuple[str, str]]:
    """For `Listing.facet`: the code and label of a concept by its number."""

    def label(number: object) -> tuple[str, str]:
        found = catalogue[int(str(number))]
        return found.code, found.label(lang)

    return label


def itself(value: object) -> tuple[str, str]:
    """For `Listing.facet`: a value that is its own label."""
    return str(value), str(value)
