"""Reads a scene from the list index: a fixed number of statements however many organizations it has.

Nothing is read without a limit: of each organization so many relations of each kind, in the order of the
index; a hub with a hundred thousand ties costs what a small company costs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.index import engagements
from graph.index.catalogue import Catalogue
from graph.index.database import IN, Database, Row, many
from graph.index.shaping import Shaper
from graph.index.standings import Rules
from graph.index.text import fold
from graph.matching.scene import Geography, Mission, Org, Scene, Stake, Tie

_BOUNDED = """
SELECT e.node, e.kind, e.other, e.item, e.forward, e.label FROM (
  SELECT n.value AS node, k.value AS kind, (
    SELECT x.other FROM edge x WHERE x.node = n.value AND x.kind = k.value ORDER BY x.other LIMIT 1 OFFSET ?
  ) AS most FROM json_each(?) n, json_each(?) k) b
CROSS JOIN edge e ON e.node = b.node AND e.kind = b.kind AND e.other < COALESCE(b.most, 9223372036854775807)
"""
"""Of each node and kind the relations with so many others, without a look at those beyond."""


CLUBS = ("G7", "BRICS")
"""Regions by agreement, not by place: to sell in one of their countries is not to be near the others."""

KINDS = ("partnership", "ownership", "branch")
"""What ties organizations to each other."""


@dataclass(frozen=True)
class Reader:
    """An index, and the rules of one question.

    Attributes:
        relations: relations of one kind that are read of one organization.
    """

    shaper: Shaper
    rules: Rules
    relations: int

    @property
    def db(self) -> Database:
        """The file."""
        return self.shaper.db

    @property
    def catalogue(self) -> Catalogue:
        """Its concepts."""
        return self.shaper.catalogue

    def begun(self, first: int) -> bool:
        """Whether what starts on a day counts; without `asOf` everything does."""
        return not self.rules.as_of or first <= self.rules.day


def geography(db: Database) -> Geography:
    """Which markets lie in which."""
    parts: defaultdict[int, set[int]] = defaultdict(set)
    around: defaultdict[int, set[int]] = defaultdict(set)
    for asked, upward, stated in db.rows("SELECT asked, upward, stated FROM coverage"):
        (around if upward else parts)[asked].add(stated)
    kinds = db.rows("SELECT id, kind, code FROM concept WHERE kind IN ('country', 'region')")
    return Geography(
        {market: frozenset(found) for market, found in parts.items()},
        {market: frozenset(found) for market, found in around.items()},
        frozenset(number for number, kind, _ in kinds if kind == "country"),
        frozenset(number for number, _, code in kinds if code in CLUBS),
    )


def edges(db: Database, nodes: Iterable[int], kinds: Iterable[str], most: int) -> list[Row]:
    """Relations of nodes as (node, kind, other, item, forward, label); of each kind those to `most` others."""
    listed = list(dict.fromkeys(nodes))
    return db.rows(_BOUNDED, (most, many(listed), many(kinds))) if listed else []


def scene(reader: Reader, orgs: Iterable[int], around: Geography) -> Scene:
    """Organizations with their engagements, partnerships and stakes."""
    numbers = list(dict.fromkeys(orgs))
    found: defaultdict[str, set[int]] = defaultdict(set)
    for _, kind, _, item, _, _ in edges(reader.db, numbers, KINDS, reader.relations):
        found[kind].add(item)
    made = Scene(reader.rules, around)
    ties, stakes = _ties(reader, found["partnership"]), _stakes(reader, found["ownership"], found["branch"])
    return with_orgs(reader, replace(made, ties=_by_party(ties), stakes=_by_owner(stakes)), numbers)


def with_orgs(reader: Reader, made: Scene, numbers: Iterable[int]) -> Scene:
    """A scene that also knows these organizations themselves: what they are, sell and where."""
    new = [number for number in dict.fromkeys(numbers) if number not in made.orgs]
    if not new:
        return made
    engaged = engagements.load(reader.db, new)
    products = {
        org: frozenset(e.product for e in own if e.product is not None and reader.rules.counts(e))
        for org, own in engaged.items()
    }
    return replace(
        made,
        orgs={**made.orgs, **_orgs(reader, new)},
        engagements={**made.engagements, **engaged},
        products={**made.products, **{org: found for org, found in products.items() if found}},
    )


def _orgs(reader: Reader, numbers: list[int]) -> dict[int, Org]:
    asked = (many(numbers),)
    sectors: defaultdict[int, set[int]] = defaultdict(set)
    for org, sector in reader.db.rows(
        f"SELECT organization, sector FROM organization_sector WHERE organization {IN}", asked
    ):
        sectors[org].add(sector)
    rows = reader.db.rows(
        f"""SELECT id, kind, country, member, activity_nl, activity_en, activity_fr FROM organization
            WHERE id {IN}""",
        asked,
    )
    return {
        number: Org(
            number,
            reader.catalogue.code(kind),
            country,
            member,
            frozenset(sectors[number]),
            fold(" ".join(text for text in texts if text)),
        )
        for number, kind, country, member, *texts in rows
    }


def _ties(reader: Reader, numbers: set[int]) -> list[Tie]:
    rows = reader.db.rows(
        f"""SELECT id, principal, partner, role, territory, exclusivity, since, until, first, last
            FROM partnership WHERE id {IN} ORDER BY last DESC, iri""",
        (many(sorted(numbers)),),
    )
    code = reader.catalogue.code
    return [
        Tie(number, principal, partner, code(role), territory, code(exclusivity), since, until, first, last)
        for number, principal, partner, role, territory, exclusivity, since, until, first, last in rows
        if reader.begun(first)
    ]


def _stakes(reader: Reader, owned: set[int], branches: set[int]) -> list[Stake]:
    rows = reader.db.rows(
        f"""SELECT id, owner, owned, kind, since, until, first, last FROM ownership WHERE id {IN}
            UNION ALL
            SELECT item, organization, member, NULL, since, until, first, last FROM presence
            WHERE kind = 'branch' AND member IS NOT NULL AND item {IN} ORDER BY 1""",
        (many(sorted(owned)), many(sorted(branches))),
    )
    return [
        Stake(number, owner, part, _kind(reader, number, kind, branches), since, until, first, last)
        for number, owner, part, kind, since, until, first, last in rows
        if reader.begun(first)
    ]


def _kind(reader: Reader, number: int, kind: int | None, branches: set[int]) -> str:
    return "branch" if number in branches else reader.catalogue.code(kind) or "subsidiary"


def _by_party(ties: Iterable[Tie]) -> dict[int, list[Tie]]:
    found: defaultdict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        for party in {tie.principal, tie.partner}:
            found[party].append(tie)
    return dict(found)


def _by_owner(stakes: Iterable[Stake]) -> dict[int, list[Stake]]:
    found: defaultdict[int, list[Stake]] = defaultdict(list)
    for stake in stakes:
        for party in {stake.owner, stake.owned}:
            found[party].append(stake)
    return dict(found)


def missions(reader: Reader, markets: Iterable[int], most: int) -> list[Mission]:
    """The latest missions to markets, with who organizes them and who took part."""
    rows = reader.db.rows(
        f"""SELECT m.id, m.since, m.first, m.type FROM mission m
            WHERE m.id IN (SELECT mission FROM mission_market WHERE market {IN})
            ORDER BY m.first DESC, m.iri LIMIT ?""",
        (many(markets), most),
    )
    kept = [row for row in rows if reader.begun(row[2])]
    asked = (many(row[0] for row in kept),)
    there: defaultdict[int, set[int]] = defaultdict(set)
    for mission, market in reader.db.rows(
        f"SELECT mission, market FROM mission_market WHERE mission {IN}", asked
    ):
        there[mission].add(market)
    hosts: defaultdict[int, list[int]] = defaultdict(list)
    for mission, org in reader.db.rows(
        f"SELECT mission, organization FROM mission_organizer WHERE mission {IN} ORDER BY 1, 2", asked
    ):
        hosts[mission].append(org)
    guests: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for mission, org, number in reader.db.rows(
        f"SELECT mission, organization, id FROM participation WHERE mission {IN} ORDER BY 1, 2 LIMIT ?",
        (*asked, 20 * most),
    ):
        guests[mission].append((org, number))
    code = reader.catalogue.code
    return [
        Mission(
            number,
            frozenset(there[number]),
            tuple(hosts[number]),
            tuple(guests[number]),
            since,
            first,
            code(kind),
        )
        for number, since, first, kind in kept
    ]
