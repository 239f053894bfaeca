"""What can be told only from all rows together: duplicates, dangling references, contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from graph.sources import records as r
from graph.sources.keys import DUPLICATE_KEYS, ID_COLUMNS, Reference, references
from graph.sources.rows import Row

_MOST_SUGGESTIONS = 200
"""Unknown keys for which a near one is looked for; each look costs a pass through all keys."""


def check_links(rows: Sequence[Row]) -> None:
    """Sets aside what does not fit together, and warns of what is odd.

    Args:
        rows: all of them, in the order of the files as they were given.
    """
    _dangling(rows)
    _duplicates(rows)
    good = [row for row in rows if row.good]
    _branches(good)
    _numbers(good)


def _duplicates(rows: Iterable[Row]) -> None:
    """The first of two rows with one key stays, the second is set aside.

    A row of a reject file that says just what is in already is no fault: it was set aside because of
    another row, which has been mended since.
    """
    seen: dict[tuple[type, tuple[object, ...]], Row] = {}
    for row in rows:
        if row.record is None:
            continue
        kind = type(row.record)
        first = seen.setdefault((kind, DUPLICATE_KEYS[kind](row.record)), row)
        if first is row:
            continue
        if row.sheet.mended and row.record == first.record:
            row.report("", f"says the same as {first.place}: it is in already", "warning")
        else:
            row.report(_key_column(row), f"duplicate key: {first.place} has the same; only that one is in")


def _key_column(row: Row) -> str:
    table = row.sheet.table
    return table.columns[0].name if table else ""


class _Keys:
    """The keys of the tables that others refer to: those that stay, and those set aside."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.there: dict[str, set[str]] = {table: set() for table in ID_COLUMNS}
        self.lost: dict[tuple[str, str], Row] = {}
        self.rows: dict[str, list[Row]] = {table: [] for table in ID_COLUMNS}
        self.others: list[Row] = []
        self._asked = 0
        for row in rows:
            name = row.sheet.table.name if row.sheet.table else ""
            self.rows.get(name, self.others).append(row)

    def settle(self, table: str) -> None:
        """Notes which keys of a table stay, once its rows have been checked."""
        column = ID_COLUMNS[table]
        for row in self.rows[table]:
            if row.record is not None:
                self.there[table].add(getattr(row.record, column))
        for row in self.rows[table]:
            if row.record is None:
                self.lost.setdefault((table, row.sheet.cell(row.raw, column).strip().casefold()), row)

    def check(self, row: Row) -> None:
        """Sets a row aside that refers to a key which is not there."""
        if row.record is None:
            return
        for reference in references(row.record):
            found = sum(reference.key in self.there[table] for table in reference.tables)
            if not found:
                row.report(reference.column, self._reason(reference))
            elif found > 1:
                both = " and one of ".join(reference.tables)
                row.report(reference.column, f"a row of {both} has this key: give one of them another")

    def _reason(self, reference: Reference) -> str:
        for table in reference.tables:
            lost = self.lost.get((table, reference.key))
            if lost is not None:
                return f"the row of {table} with this key was itself set aside ({lost.place}): mend that one first"
        names = " or ".join(reference.tables)
        return f"no row of {names} has this key{self._nearest(reference)}"

    def _nearest(self, reference: Reference) -> str:
        self._asked += 1
        if self._asked > _MOST_SUGGESTIONS:
            return ""
        known = [key for table in reference.tables for key in self.there[table]]
        found = process.extract(reference.key, known, scorer=fuzz.ratio, limit=3, score_cutoff=60)
        return f"; nearest: {', '.join(sorted(key for key, _, _ in found))}" if found else ""


def _dangling(rows: Sequence[Row]) -> None:
    """References are followed in the order in which tables depend on each other, so one pass is enough."""
    keys = _Keys(rows)
    for table in ("sources", "organizations", "missions"):
        for row in keys.rows[table]:
            keys.check(row)
        keys.settle(table)
    for row in keys.others:
        keys.check(row)


def _branches(rows: Iterable[Row]) -> None:
    branches: dict[str, Row] = {}
    attached: set[str] = set()
    for row in rows:
        record = row.record
        if isinstance(record, r.Organization) and record.kind == "branch":
            branches.setdefault(record.org_id, row)
        elif isinstance(record, r.Relation) and record.relation == "branch_of":
            attached.add(record.from_org)
    for org_id, row in branches.items():
        if org_id not in attached:
            row.report("kind", "no row of relations says whose branch it is (branch_of)", "warning")


def _numbers(rows: Iterable[Row]) -> None:
    """Sources that disagree on a number, and two keys with one number: both stay, and are told."""
    by_org: dict[tuple[str, str], str] = {}
    by_number: dict[tuple[str, str], str] = {}
    for row in rows:
        record = row.record
        if not isinstance(record, r.Organization):
            continue
        for column in ("enterprise_number", "lei"):
            number = getattr(record, column)
            if not number:
                continue
            other = by_org.setdefault((column, record.org_id), number)
            if other != number:
                detail = f"another row gives {record.org_id} the number {other}: both stay"
                row.report(column, detail, "warning")
            owner = by_number.setdefault((column, number), record.org_id)
            if owner != record.org_id:
                detail = f"{owner} has the same number: both keys are taken as one organization"
                row.report(column, detail, "warning")
