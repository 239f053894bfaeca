"""The facts that are hidden one at a time, the question that should bring each back, and who is in the pool."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph.index import Index
from graph.matching import Bounds, Matcher, Question
from graph.matching.scene import SUPPORT
from tests.evaluate.baselines import BASELINES, graph_of
from tests.evaluate.hiding import Hidable
from tests.evaluate.measure import Place, place

OURS = "Verre"
METHODS = (OURS, *BASELINES)
TODAY = date(2026, 1, 1)
BOUNDS = Bounds(candidates=2_000, relations=200, nodes=600)


@dataclass(frozen=True)
class Hidden:
    """A fact to hide: relation nodes that tie an asker to what should come back.

    Attributes:
        nodes: IRIs of all relations of that sort between the two.
        asker, answer: numbers in the index; a market is the negative of its number.
        ends: their IRIs.
    """

    kind: str
    nodes: tuple[str, ...]
    asker: int
    answer: int
    ends: tuple[str, str]


def partnerships(index: Index) -> list[Hidden]:
    """Each pair of partners, asked from the side that exports, where the other is no company of Limburg.

    Who supports trade and does none is left out.
    """
    db, code = index.shaper("en").db, index.shaper("en").catalogue.code
    orgs = {
        number: (iri, code(kind), member)
        for number, iri, kind, member in db.rows("SELECT id, iri, kind, member FROM organization")
    }
    exporting = {org for (org,) in db.rows("SELECT DISTINCT company FROM engagement")}
    pairs: dict[tuple[int, int], list[str]] = {}
    for iri, principal, partner in db.rows("SELECT iri, principal, partner FROM partnership ORDER BY iri"):
        if orgs[principal][1] in SUPPORT or orgs[partner][1] in SUPPORT:
            continue
        first, second = _sides(principal, partner, exporting, {o for o in orgs if orgs[o][2] == "yes"})
        pairs.setdefault((first, second), []).append(iri)
    return [
        Hidden("partners", tuple(nodes), asker, answer, (orgs[asker][0], orgs[answer][0]))
        for (asker, answer), nodes in pairs.items()
        if orgs[answer][2] != "yes"
    ]


def _sides(principal: int, partner: int, exporting: set[int], members: set[int]) -> tuple[int, int]:
    """The one that asks first: of Limburg before others, then who exports, then the principal."""
    ours = [(each in members, each in exporting) for each in (principal, partner)]
    return (partner, principal) if ours[1] > ours[0] else (principal, partner)


def engagements(index: Index) -> list[Hidden]:
    """Each company in a country, whatever its status there but withdrawn; of companies with two countries or more."""
    shaper = index.shaper("en")
    pairs: dict[tuple[int, int], list[str]] = {}
    ends: dict[tuple[int, int], tuple[str, str]] = {}
    for iri, company, market, org, land in shaper.db.rows(
        """SELECT e.iri, e.company, e.market, o.iri, c.iri FROM engagement e JOIN organization o ON o.id = e.company
           JOIN concept c ON c.id = e.market WHERE c.kind = 'country' AND e.rank > 0 ORDER BY e.iri"""
    ):
        pairs.setdefault((company, market), []).append(iri)
        ends[company, market] = (org, land)
    count: dict[int, int] = {}
    for company, _ in pairs:
        count[company] = count.get(company, 0) + 1
    return [
        Hidden("markets", tuple(nodes), company, -market, ends[company, market])
        for (company, market), nodes in pairs.items()
        if count[company] > 1
    ]


def run(graph: Hidable, hidden: list[Hidden]) -> Iterator[dict[str, Place]]:
    """For each hidden fact where every method put what was hidden."""
    for each in hidden:
        with graph.without(each.nodes, frozenset(each.ends)) as index:
            yield places(index, each)


def places(index: Index, hidden: Hidden) -> dict[str, Place]:
    """Where every method puts what was hidden, over one pool."""
    db = index.shaper("en").db
    asker = int(db.number("SELECT id FROM organization WHERE iri = ?", (hidden.ends[0],)))
    table, sign = ("concept", -1) if hidden.kind == "markets" else ("organization", 1)
    answer = sign * db.number(f"SELECT id FROM {table} WHERE iri = ?", (hidden.ends[1],))
    pool = _markets(index, asker) if hidden.kind == "markets" else _partners(index, asker)
    pool.add(answer)
    question = Question(hidden.kind, hidden.ends[0], limit=1)
    ranked, _, _ = Matcher(index, question, "en", TODAY, BOUNDS).ranked()
    ours = {sign * match.number: match.score for match in ranked}
    web = graph_of(db)
    found = {OURS: place(ours, pool, answer)}
    for name, baseline in BASELINES.items():
        found[name] = place(baseline(web, asker, pool), pool, answer)
    return found


def _markets(index: Index, asker: int) -> set[int]:
    """Countries that the company has no fact of and is not in."""
    rows = index.shaper("en").db.rows(
        """SELECT id FROM concept WHERE kind = 'country' AND id NOT IN (
             SELECT market FROM engagement WHERE company = ?1) AND id <> COALESCE((
             SELECT country FROM organization WHERE id = ?1), 0)""",
        (asker,),
    )
    return {-number for (number,) in rows}


def _partners(index: Index, asker: int) -> set[int]:
    """Organizations outside Limburg that do business and are no partner, owner or part of the company."""
    shaper = index.shaper("en")
    rows = shaper.db.rows(
        """SELECT id, kind FROM organization WHERE id <> ?1 AND member <> 'yes' AND id NOT IN (
             SELECT other FROM edge WHERE node = ?1 AND kind IN ('partnership', 'ownership', 'branch'))""",
        (asker,),
    )
    return {number for number, kind in rows if shaper.catalogue.code(kind) not in SUPPORT}
