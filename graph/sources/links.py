"""What can be told only from all rows together: duplicates, dangling references, contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from graph.sources import records as r
from graph.sources.keys import DUPLICATE_KEYS, ID_COLUMNS, Reference, references
from graph.sources.rows import Row

_MOST_SUGGESTIONS = 200
"""Unknown keys for which a near one is looked for; each look costs a pass through all keys."""


def check_links(rows: Sequence[Row]) -> frozenset[str]:
    """Sets aside what does not fit together, and warns of what is odd.

    Public rows are held against public rows only: what becomes of them is the same with and without
    what a restricted source says. Restricted rows may lean on both.

    Args:
        rows: all of them, in the order of the files as they were given.

    Returns:
        The keys of the restricted sources.
    """
    hidden = _restricted(rows)
    shown = [row for row in rows if _source_of(row) not in hidden]
    others = [row for row in rows if _source_of(row) in hidden]
    others.sort(key=lambda row: not _says_restricted(row))  # where a key comes twice, the stricter row stays
    keys = _dangling(shown, _Keys(hidden=others))
    _dangling(others, keys.opened())
    _duplicates([*shown, *others])
    good = [row for row in rows if row.good]
    _branches(good)
    _numbers(good)
    return hidden


def _restricted(rows: Iterable[Row]) -> frozenset[str]:
    """The keys of the sources of which some row says that they are restricted.

    A row that says so and was itself set aside takes the others of its key along.
    """
    found: set[str] = set()
    lost: dict[str, Row] = {}
    sources = [row for row in rows if row.sheet.table and row.sheet.table.name == "sources"]
    for row in sources:
        if _says_restricted(row):
            found.add(_source_of(row))
        elif row.record is None and row.sheet.cell(row.raw, "access").strip().casefold() not in (
            "",
            "public",
        ):
            lost.setdefault(row.sheet.cell(row.raw, "source_id").strip().casefold(), row)
    for row in sources:
        other = lost.get(_source_of(row))
        if other is not None and not _says_restricted(row):
            row.report(
                "access", f"another row with this key was set aside ({other.place}): mend that one first"
            )
    return frozenset(found)


def _says_restricted(row: Row) -> bool:
    return isinstance(row.record, r.Source) and row.record.access == "restricted"


def _source_of(row: Row) -> str:
    return row.record.source_id if row.record else ""


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
    """The keys of the tables that others refer to: those that stay, and those set aside.

    Args:
        hidden: the rows of restricted sources, which explain no key to public rows.
    """

    def __init__(self, hidden: Sequence[Row] = ()) -> None:
        self.there: dict[str, set[str]] = {table: set() for table in ID_COLUMNS}
        self.lost: dict[tuple[str, str], Row] = {}
        self._hidden = {
            (row.sheet.table.name, key)
            for row in hidden
            if row.sheet.table and (key := getattr(row.record, ID_COLUMNS.get(row.sheet.table.name, ""), ""))
        }
        self.rows: dict[str, list[Row]] = {}
        self.others: list[Row] = []
        self._asked = 0

    def sort(self, rows: Iterable[Row]) -> None:
        """Takes the rows to be checked."""
        self.rows, self.others = {table: [] for table in ID_COLUMNS}, []
        for row in rows:
            name = row.sheet.table.name if row.sheet.table else ""
            self.rows.get(name, self.others).append(row)

    def opened(self) -> _Keys:
        """The same for the rows of restricted sources, which may lean on everything."""
        self._hidden = set()
        return self

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
            if (table, reference.key) in self._hidden:
                return f"only a restricted source has a row of {table} with this key: a public one has to have it too"
        names = " or ".join(reference.tables)
        return f"no row of {names} has this key{self._nearest(reference)}"

    def _nearest(self, reference: Reference) -> str:
        self._asked += 1
        if self._asked > _MOST_SUGGESTIONS:
            return ""
        known = [key for table in reference.tables for key in self.there[table]]
        found = process.extract(reference.key, known, scorer=fuzz.ratio, limit=3, score_cutoff=60)
        return f"; nearest: {', '.join(sorted(key for key, _, _ in found))}" if found else ""


def _dangling(rows: Sequence[Row], keys: _Keys) -> _Keys:
    """References are followed in the order in which tables depend on each other, so one pass is enough."""
    keys.sort(rows)
    for table in ("sources", "organizations", "missions"):
        for row in keys.rows[table]:
            keys.check(row)
        keys.settle(table)
    for row in keys.others:
        keys.check(row)
    return keys


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
