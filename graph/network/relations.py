"""The relations of the index as SQL: where their dates are, and whether they hold on a day.

Each is one arm of a statement that serves any number of nodes. An arm reads at most `LIMIT` rows of
the range `(node, kind)` of the table `edge`, so that a market with hundreds of thousands of
exporters costs what a small one does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.network.limits import Moment

SCAN = 2_000
"""Relations of one kind that are looked at for those that hold, beside each node."""

_OUTWEIGHED = """(r.outweighed >= ?2 AND EXISTS (
  SELECT 1 FROM engagement w WHERE w.company = r.company AND w.market = r.market AND w.rank = 0
    AND w.attested_first > r.attested_last AND w.last >= ?2
    AND (NOT ?3 OR MAX(w.first, w.attested_first) <= ?2)))"""
"""A withdrawal from the same market that was attested later is in force: the rule of `standings.Rules`."""


@dataclass(frozen=True)
class Relation:
    """Where a relation's facts are.

    Attributes:
        join: from an edge `e` to where its dates are, `r`; in that order, so that edges keep theirs.
        begun: that it had begun by day ?2.
        over: that it is over on day ?2.
    """

    join: str
    begun: str = "r.first <= ?2"
    over: str = "r.last < ?2"

    def held(self, moment: Moment, *, ended: bool) -> str:
        """The condition for relations that count, or an empty text where all do."""
        conditions = [self.begun] if moment.past else []
        if not ended:
            conditions.append(f"NOT {self.over}")
        return " AND ".join(conditions)


SQL = {
    "branch": Relation("CROSS JOIN presence r ON r.item = e.item AND r.kind = 'branch'"),
    "ownership": Relation("CROSS JOIN ownership r ON r.id = e.item"),
    "partnership": Relation("CROSS JOIN partnership r ON r.id = e.item"),
    "engagement": Relation(
        "CROSS JOIN engagement r ON r.id = e.item", over=f"(r.last < ?2 OR r.rank = 0 OR {_OUTWEIGHED})"
    ),
    "membership": Relation("CROSS JOIN membership r ON r.id = e.item"),
    "mission": Relation(
        "LEFT JOIN participation p ON p.id = e.item CROSS JOIN mission r ON r.id = COALESCE(p.mission, e.item)",
        over="0",
    ),
    "award": Relation(
        "CROSS JOIN award_grant g ON g.id = e.item CROSS JOIN award r ON r.id = g.award",
        begun="COALESCE(CAST(SUBSTR(r.edition, 1, 4) AS INTEGER), 0) <= ?4",
        over="0",
    ),
}
"""A mission and an award are events: they begin, and once they were they stay."""


def found(kind: str, moment: Moment, *, ended: bool) -> str:
    """SELECT of `other, item, forward, label` around node `n.value`, first by other, at most SCAN looked at."""
    held = SQL[kind].held(moment, ended=ended)
    range_ = f"SELECT * FROM edge WHERE node = n.value AND kind = '{kind}' ORDER BY other, item"
    if not held:
        return f"SELECT other, item, forward, label FROM ({range_})"
    return f"""SELECT e.other, e.item, e.forward, e.label FROM ({range_} LIMIT {SCAN}) e
        {SQL[kind].join} WHERE {held}"""


def counted(kind: str, moment: Moment, *, ended: bool) -> str:
    """SELECT of a row for each relation around node `n.value`, in any order."""
    held = SQL[kind].held(moment, ended=ended)
    joined = f"{SQL[kind].join} WHERE {held} AND" if held else "WHERE"
    return f"SELECT 1 FROM edge e {joined} e.node = n.value AND e.kind = '{kind}'"


def union(arms: Iterable[str]) -> str:
    """Several arms as one statement."""
    return " UNION ALL ".join(arms)


def joined(kind: str, moment: Moment, *, ended: bool) -> str:
    """SELECT of `node, kind, item, forward, label` of the relations between the nodes of ?1 and the node ?5."""
    held = SQL[kind].held(moment, ended=ended)
    join = f"{SQL[kind].join} WHERE {held}" if held else ""
    return f"""SELECT e.node, e.kind, e.item, e.forward, e.label FROM json_each(?1) n
        CROSS JOIN edge e ON e.node = n.value AND e.kind = '{kind}' AND e.other = ?5 {join}"""


def parameters(nodes: str, moment: Moment) -> list[object]:
    """?1 to ?4: nodes as JSON, the day, whether it lies in the past, its year."""
    return [nodes, moment.day, moment.past, date.fromordinal(moment.day).year]


def used(sql: str) -> str:
    """A statement that uses ?2 to ?4 in any case: SQLite wants every parameter to be somewhere."""
    return f"WITH given AS (SELECT ?2, ?3, ?4) {sql}"
