"""Fills what follows from the other tables: evidence, standings, and the edges of the network."""

from __future__ import annotations

from graph.index.days import FOREVER
from graph.index.filling import Filling
from graph.model.namespaces import ADMS, FOAF, ORG, VERRE, code
from graph.model.statuses import RANK

_DESCRIBED = f"""
SELECT ?node ?source WHERE {{
  VALUES ?class {{ {ORG.Organization} {ORG.Site} {ADMS.Identifier} {VERRE.Figure} {VERRE.Programme} {VERRE.Need}
                   {VERRE.Award} {FOAF.Person} }}
  ?source {VERRE.graph} ?g .
  GRAPH ?g {{ ?node a ?class }} }}
"""


def fill_evidence(filling: Filling) -> None:
    """Which sources describe what has no source of its own, and which mention an organization."""
    said = (
        (getattr(n, "value", ""), filling.sources.get(getattr(s, "value", "")))
        for n, s in filling.view.select(_DESCRIBED)
    )
    mentions: set[tuple[int, int]] = set()
    evidence: set[tuple[int, int]] = set()
    for iri, source in said:
        if source is None:
            continue
        if iri in filling.organizations:
            mentions.add((filling.organizations[iri], source))
        if iri in filling.items:
            evidence.add((filling.items[iri], source))
    filling.insert("mention", sorted(mentions))
    filling.insert("evidence", sorted(evidence))


SCORE = """CASE WHEN {e}.last < {day} THEN 14 - {e}.rank WHEN {e}.outweighed >= {day} THEN 4 ELSE 4 - {e}.rank END"""
"""How an engagement stands on a day: 0 leading … 3 targets, 4 withdrawn or outweighed by a withdrawal,
10 and more the same but ended. The lowest of a company in a market is its standing there."""

_WITH_PARTS = """
INSERT INTO standing_parts SELECT asked FROM coverage WHERE upward = 0 GROUP BY asked HAVING COUNT(*) > 1
"""

_MEMBERS = """
CREATE TEMP TABLE member (
  market INTEGER, exact INTEGER, company INTEGER, id INTEGER, rank INTEGER, last INTEGER, outweighed INTEGER,
  PRIMARY KEY (market, exact, company, id)) WITHOUT ROWID;
INSERT INTO member
SELECT p.market, p.exact, e.company, e.id, e.rank, e.last, e.outweighed
FROM engagement e JOIN (
  SELECT asked AS market, 0 AS exact, stated FROM coverage WHERE upward = 0
  UNION ALL SELECT market, 1, market FROM standing_parts
  UNION ALL SELECT 0, 1, asked FROM coverage WHERE upward = 0 GROUP BY asked
) p ON p.stated = e.market
ORDER BY 1, 2, 3, 4
"""

_STEADY = """
INSERT INTO standing
SELECT market, exact, MIN(4 - rank), company, 0, :forever FROM member
GROUP BY market, exact, company HAVING MIN(last) = :forever AND MAX(outweighed) < 0
"""

_CHANGING = """
INSERT INTO standing
WITH cut (market, exact, company, day) AS (
  SELECT market, exact, company, 0 FROM member
  GROUP BY market, exact, company HAVING MIN(last) < :forever OR MAX(outweighed) >= 0
  UNION SELECT market, exact, company, last + 1 FROM member WHERE last < :forever
  UNION SELECT market, exact, company, outweighed + 1 FROM member
  WHERE outweighed >= 0 AND outweighed < :forever
), slice AS (
  SELECT market, exact, company, day AS first,
         LEAD(day, 1, :forever + 1) OVER (PARTITION BY market, exact, company ORDER BY day) - 1 AS last
  FROM cut
)
SELECT s.market, s.exact, MIN({score}), s.company, s.first, s.last
FROM slice s CROSS JOIN member m ON m.market = s.market AND m.exact = s.exact AND m.company = s.company
GROUP BY s.market, s.exact, s.company, s.first
"""

_ANYWHERE = """
INSERT INTO standing
SELECT 0, 0, s.score, s.company, s.first, MAX(s.last)
FROM standing s LEFT JOIN standing_parts p ON p.market = s.market
WHERE s.market > 0 AND s.exact = (p.market IS NOT NULL)
GROUP BY s.score, s.company, s.first
"""


def fill_standings(filling: Filling) -> None:
    """For each market and company, how it stands there and from which day to which.

    A standing changes only when something ends, so a handful of rows hold it for every day to come:
    nothing in the file depends on the day on which it was made. `exact` 0 counts what is stated of
    the market and of its parts; `exact` 1, for markets with parts, only what is stated of itself.
    Market 0 is any: with `exact` 0 each of the standings of a company in the markets that are stated
    of it, with `exact` 1 the best of them alone.
    """
    db, forever = filling.db, {"forever": FOREVER}
    db.execute(_WITH_PARTS)
    for statement in _MEMBERS.split(";"):
        db.execute(statement)
    db.execute(_STEADY, forever)
    db.execute(_CHANGING.format(score=SCORE.format(e="m", day="s.first")), forever)
    db.execute("DROP TABLE temp.member")
    db.execute(_ANYWHERE)


_EDGES = (
    "SELECT company, 'engagement', -market, id, 1, (SELECT id FROM status WHERE rank = engagement.rank) FROM engagement",
    "SELECT principal, 'partnership', partner, id, 1, role FROM partnership",
    "SELECT owner, 'ownership', owned, id, 1, kind FROM ownership",
    "SELECT organization, 'branch', member, item, 1, NULL FROM presence WHERE kind = 'branch'",
    "SELECT COALESCE(person, member), 'membership', organization, id, 1, NULL FROM membership"
    " WHERE COALESCE(person, member) IS NOT NULL",
    "SELECT recipient, 'award', award, id, 1, result FROM award_grant",
    "SELECT organization, 'mission', mission, id, 1, state FROM participation",
    "SELECT organization, 'mission', mission, mission, 1, NULL FROM mission_organizer",
    "SELECT mission, 'mission', -market, mission, 1, NULL FROM mission_market",
)


def fill_edges(filling: Filling) -> None:
    """The network: each relation in both directions; a market is the negative of its number."""
    db = filling.db
    db.execute("CREATE TEMP TABLE status (rank INTEGER PRIMARY KEY, id INTEGER)")
    filling.insert("temp.status", _statuses(filling))
    for query in _EDGES:
        db.execute(f"INSERT OR IGNORE INTO edge {query}")
    db.execute(
        "INSERT OR IGNORE INTO edge SELECT other, kind, node, item, 0, label FROM edge WHERE forward = 1"
    )
    db.execute("DROP TABLE temp.status")


def _statuses(filling: Filling) -> list[tuple[int, int | None]]:
    return [
        (rank, filling.concepts.get(code("engagement-status", word).value)) for word, rank in RANK.items()
    ]
