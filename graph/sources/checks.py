"""Raw row to typed record, or to problems: what can be told from the row alone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from graph.errors import UnknownValue
from graph.model.dates import PartialDate
from graph.sources import records as r
from graph.sources.lookup import Lookup
from graph.sources.mapping.context import BELGIUM
from graph.sources.mapping.relations import PARTNER_ROLES
from graph.sources.rows import CellFault, RawRow, Row, Sheet
from graph.sources.tables import Column, Table
from graph.sources.values import read_value

_MEMO = 200_000
"""Cells whose value is kept, so that a country or a date that comes a million times is read once."""

_TEXTS = frozenset({"text"})
_OWNERSHIPS = frozenset({"subsidiary_of", "parent_of", "acquired_by", "financed_by"})


class Checker:
    """Reads rows; one for an import, because it remembers the cells that it has read."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self._memo: dict[tuple[str, str, bool, str], object] = {}

    def read(self, sheet: Sheet, raw: RawRow) -> Row:
        """The row with its record, or with every problem that it has."""
        row = Row(sheet, raw)
        table = sheet.table
        if table is None or any(problem.severity == "error" for problem in sheet.problems):
            return row
        for fault in raw.faults:
            self._fault(row, fault)
        if any(fault.index < 0 for fault in raw.faults):
            return row
        values = self._values(row, table, {fault.index for fault in raw.faults})
        if any(problem.severity == "error" for problem in row.problems):
            return row
        row.record = table.record(**values)
        check = _CHECKS.get(table.name)
        if check is not None:
            check(row.record, row, self.lookup)
        return row

    @staticmethod
    def _fault(row: Row, fault: CellFault) -> None:
        """A fault in a column that is not read does no harm, but is told.

        Where the whole row is at fault, nothing more is said of its cells: they may be those of others.
        """
        sheet = row.sheet
        column = sheet.columns[fault.index] if 0 <= fault.index < len(sheet.columns) else None
        if column is not None:
            row.report(column.name, fault.detail)
        elif fault.index < 0 or fault.harmless:
            row.report("", fault.detail, "warning" if fault.harmless else "error")
        else:
            row.report("", f"cell under {sheet.header[fault.index]!r}: {fault.detail}", "warning")

    def _values(self, row: Row, table: Table, faulty: set[int]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        cells = row.raw.cells
        missing = {column.name for column in table.columns if column.required}
        for index, column in enumerate(row.sheet.columns):
            if column is None:
                continue
            text = cells[index].strip()
            if text:
                missing.discard(column.name)
                if index not in faulty:
                    self._value(row, column, text, values)
        for column in table.columns:
            if column.name in missing:
                row.report(column.name, f"{column.name} is empty: a row needs it")
        if table.one_of and not any(row.sheet.cell(row.raw, name).strip() for name in table.one_of):
            row.report(table.one_of[0], f"one of these has to be filled in: {', '.join(table.one_of)}")
        return values

    def _value(self, row: Row, column: Column, text: str, values: dict[str, Any]) -> None:
        try:
            value = self._read(column, text)
        except ValueError as error:
            row.report(column.name, str(error))
            return
        if column.required and value in ("", ()):
            row.report(column.name, f"{column.name} is empty: a row needs it")
        values[column.name] = value

    def _read(self, column: Column, text: str) -> object:
        if column.kind in _TEXTS:
            return read_value(text, column, self.lookup)
        memo = (column.kind, column.codes, column.many, text)
        value = self._memo.get(memo)
        if value is None:
            value = read_value(text, column, self.lookup)
            if len(self._memo) < _MEMO:
                self._memo[memo] = value
        return value


def _order(row: Row, first: PartialDate | None, last: PartialDate | None, columns: tuple[str, str]) -> None:
    if first is not None and last is not None and last.last < first.first:
        row.report(columns[1], f"it ends ({last}) before it begins ({first}): {columns[0]} comes first")


def _range(row: Row, least: Decimal | None, most: Decimal | None, columns: tuple[str, str]) -> None:
    if least is not None and most is not None and most < least:
        row.report(columns[1], f"{columns[1]} is less than {columns[0]} ({least})")


def _place(record: r.Organization | r.Site, row: Row, lookup: Lookup) -> None:
    """A Belgian place that no table knows stays as text: no area can be told from it."""
    if record.country != BELGIUM or not record.municipality:
        return
    try:
        lookup.find_municipality(record.municipality, record.postcode)
    except UnknownValue as error:
        reason = error.issues[0].detail if error.issues else error.detail
        row.report("municipality", f"kept as a name only, so in no area: {reason}", "warning")


def _organization(record: r.Organization, row: Row, lookup: Lookup) -> None:
    _place(record, row, lookup)


def _site(record: r.Site, row: Row, lookup: Lookup) -> None:
    _order(row, record.since, record.until, ("since", "until"))
    _place(record, row, lookup)


def _figure(record: r.Figure, row: Row, lookup: Lookup) -> None:
    _range(row, record.min, record.max, ("min", "max"))


def _market(record: r.Market, row: Row, lookup: Lookup) -> None:
    _order(row, record.since, record.until, ("since", "until"))
    if record.value is not None and not record.currency:
        row.report("currency", "a value needs its currency, like EUR")
    if record.currency and record.value is None:
        row.report("currency", "not used: there is no value", "warning")
    if record.share_of and record.share_percent is None:
        row.report("share_of", "not used: there is no share_percent", "warning")


def _relation(record: r.Relation, row: Row, lookup: Lookup) -> None:
    _order(row, record.since, record.until, ("since", "until"))
    _range(row, record.share_min, record.share_max, ("share_min", "share_max"))
    if record.from_org == record.to_org:
        row.report("to_org", "the same organization on both sides")
    if record.relation not in _OWNERSHIPS:
        for name in ("share_percent", "share_min", "share_max", "basis"):
            if getattr(record, name):
                row.report(name, f"not used: {record.relation} is no ownership", "warning")
    if record.relation not in PARTNER_ROLES and record.exclusivity:
        row.report("exclusivity", f"not used: {record.relation} is no partnership", "warning")


def _person(record: r.Person, row: Row, lookup: Lookup) -> None:
    _order(row, record.since, record.until, ("since", "until"))


def _mission(record: r.Mission, row: Row, lookup: Lookup) -> None:
    _order(row, record.start_date, record.end_date, ("start_date", "end_date"))


def _statistic(record: r.Statistic, row: Row, lookup: Lookup) -> None:
    if record.value is not None and not record.unit:
        row.report("unit", "a value needs its unit")


_CHECKS: dict[str, Callable[[Any, Row, Lookup], None]] = {
    "organizations": _organization,
    "sites": _site,
    "figures": _figure,
    "markets": _market,
    "relations": _relation,
    "people": _person,
    "missions": _mission,
    "statistics": _statistic,
}
"""Table -> what is checked across the cells of a row."""
