"""Who connects Limburg with a market: shared partners, branches, missions, memberships and persons.

A broker is a thing with a relation to an organization of Limburg on one side, and to the market on the
other; each connection rests on relations that are edges of the answer, with their sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.index.database import Row
from graph.index.shaping import Shaper
from graph.network import describe, starts
from graph.network.broker_words import explain
from graph.network.fetch import Network, network
from graph.network.limits import Moment
from graph.network.walk import Tie, Walk

if TYPE_CHECKING:
    from graph.index import Index

SCAN = 20_000
"""Relations with a market that are looked at, of each sort."""

_PARTS = "(SELECT stated FROM coverage WHERE upward = 0 AND asked = ?1)"
_NEAR = "JOIN organization o ON o.member = 'yes' AND o.id ="
_HELD = "(NOT ?3 OR {0}.first <= ?2) AND (?4 OR {0}.last >= ?2)"
_BEGUN = "(NOT ?3 OR m.first <= ?2) AND ?4 IN (0, 1)"
_THERE = f"(SELECT id FROM organization WHERE country IN {_PARTS} LIMIT {SCAN})"
_TO = f"(SELECT mission, market FROM mission_market WHERE market IN {_PARTS}) d JOIN mission m ON m.id = d.mission"


@dataclass(frozen=True)
class Connection:
    """One way in which a broker ties one organization of Limburg to the market.

    Attributes:
        ties: the relations that it rests on, with their labels.
    """

    way: str
    broker: int
    near: int
    ties: tuple[tuple[Tie, int | None], ...]


_SQL = {
    "partner": f"""SELECT p.id, p.principal, p.partner, p.role, t.organization
        FROM (SELECT * FROM tie WHERE market IN {_PARTS} LIMIT {SCAN}) t {_NEAR} t.organization
        JOIN partnership p ON p.id = t.partnership WHERE {_HELD.format("p")}""",
    "presence": f"""SELECT r.item, r.organization, r.member, r.kind
        FROM (SELECT * FROM presence WHERE country IN {_PARTS} LIMIT {SCAN}) r {_NEAR} r.organization
        WHERE r.member IS NOT NULL AND r.kind IN ('branch', 'subsidiary') AND {_HELD.format("r")}""",
    "participant": f"""SELECT d.mission, d.market, p.id, p.organization, p.state FROM {_TO}
        JOIN participation p ON p.mission = d.mission {_NEAR} p.organization WHERE {_BEGUN}""",
    "organizer": f"""SELECT d.mission, d.market, h.organization FROM {_TO}
        JOIN mission_organizer h ON h.mission = d.mission {_NEAR} h.organization WHERE {_BEGUN}""",
    "chamber": f"""SELECT d.mission, d.market, h.organization, s.id, s.member FROM {_TO}
        JOIN mission_organizer h ON h.mission = d.mission
        JOIN membership s ON s.organization = h.organization {_NEAR} s.member
        WHERE s.member <> s.organization AND {_BEGUN} AND {_HELD.format("s")}""",
    "host": f"""SELECT s.id, s.member, s.organization FROM {_THERE} h
        JOIN membership s ON s.organization = h.id {_NEAR} s.member
        WHERE s.member <> s.organization AND {_HELD.format("s")}""",
    "person": f"""SELECT f.person, f.id, f.organization, s.id, s.organization FROM {_THERE} h
        JOIN membership f ON f.organization = h.id JOIN membership s ON s.person = f.person
        {_NEAR} s.organization WHERE s.organization <> f.organization AND {_HELD.format("f")} AND {_HELD.format("s")}""",
}
"""Each binds the market, the day, whether it lies in the past, whether what is over counts, and the most rows."""


def _partner(row: Row) -> Connection:
    item, principal, partner, role, near = row
    return Connection(
        "partner",
        partner if near == principal else principal,
        near,
        (((principal, partner, "partnership", item), role),),
    )


def _presence(row: Row) -> Connection:
    item, organization, member, kind = row
    relation = "branch" if kind == "branch" else "ownership"
    return Connection(kind, member, organization, (((organization, member, relation, item), None),))


def _participant(row: Row) -> Connection:
    mission, market, item, organization, state = row
    ties = ((organization, mission, "mission", item), state), _destination(mission, market)
    return Connection("mission", mission, organization, ties)


def _organizer(row: Row) -> Connection:
    mission, market, organization = row
    ties = ((organization, mission, "mission", mission), None), _destination(mission, market)
    return Connection("mission", mission, organization, ties)


def _chamber(row: Row) -> Connection:
    mission, market, host, item, member = row
    ties = (
        ((member, host, "membership", item), None),
        ((host, mission, "mission", mission), None),
        _destination(mission, market),
    )
    return Connection("chamber", host, member, ties)


def _host(row: Row) -> Connection:
    item, member, host = row
    return Connection("host", host, member, (((member, host, "membership", item), None),))


def _person(row: Row) -> Connection:
    person, there, far, here, near = row
    ties = ((person, far, "membership", there), None), ((person, near, "membership", here), None)
    return Connection("person", person, near, ties)


def _destination(mission: int, market: int) -> tuple[Tie, int | None]:
    return (mission, -market, "mission", mission), None


_MAKERS = {
    "partner": _partner,
    "presence": _presence,
    "participant": _participant,
    "organizer": _organizer,
    "chamber": _chamber,
    "host": _host,
    "person": _person,
}


@dataclass(frozen=True)
class BrokerLimits:
    """What bounds the answer.

    Attributes:
        top: most brokers.
        nodes: most connections of each sort that are looked at, and most nodes.
        ended: whether relations that are over count.
    """

    top: int = 20
    nodes: int = 600
    ended: bool = False


def brokers(
    index: Index,
    market: str,
    limits: BrokerLimits = BrokerLimits(),
    as_of: date | None = None,
    lang: str = "nl",
    today: date | None = None,
) -> Network:
    """The brokers between Limburg and a market, as a network of what they rest on.

    The graph has `brokers`, those first that reach most organizations of Limburg: each with `iri`, `ref`,
    `label`, `kind`, `reach`, and `ways` (`way`, `text`, `organizations`). `truncated` says that
    there are more.

    Args:
        market: code, name or IRI; a region stands for its parts too.

    Raises:
        NotFound: there is no such market.
    """
    day = today or date.today()  # noqa: DTZ011
    moment = Moment.of(as_of, day)
    shaper = index.shaper(lang, as_of or day)
    number = -starts.find(shaper, f"market:{market}", "market")
    bound = (number, moment.day, moment.past, limits.ended, limits.nodes + 1)
    rows = {way: shaper.db.rows(f"{sql} LIMIT ?5", bound) for way, sql in _SQL.items()}
    found = _grouped(_MAKERS[way](row) for way, some in rows.items() for row in some[: limits.nodes])
    chosen = sorted(found, key=lambda broker: (-len({each.near for each in found[broker]}), broker))
    kept = {broker: found[broker] for broker in chosen[: limits.top]}
    made = _network(shaper, number, kept, moment, limits.nodes)
    made.graph.update(
        market=shaper.catalogue[number].iri,
        truncated=len(chosen) > limits.top
        or any(len(some) > limits.nodes for some in rows.values())
        or made.graph["truncated"],
        brokers=_told(shaper, made, kept, number),
    )
    return made


def _grouped(connections: Iterator[Connection]) -> dict[int, list[Connection]]:
    """Connections by their broker; nobody brokers for itself."""
    found: defaultdict[int, dict[Connection, None]] = defaultdict(dict)
    for each in connections:
        if each.broker != each.near:
            found[each.broker][each] = None
    return {broker: list(some) for broker, some in found.items()}


def _network(
    shaper: Shaper, market: int, kept: dict[int, list[Connection]], moment: Moment, most: int
) -> Network:
    """Brokers, whom they reach, and the market; as many as fit, the first brokers' first."""
    depths = {-market: 0}
    ties: dict[Tie, int | None] = {}
    cut: set[int] = set()
    for broker, some in kept.items():
        for each in some:
            met = {node for tie, _ in each.ties for node in tie[:2]}
            if len(depths.keys() | met) > most:
                cut.add(broker)
                continue
            depths |= {node: 2 if node == each.near else 1 for node in sorted(met) if node not in depths}
            ties |= dict(each.ties)
    return network(shaper, Walk(depths, ties, cut=cut), moment, [-market])


def _told(
    shaper: Shaper, made: Network, kept: dict[int, list[Connection]], market: int
) -> list[dict[str, Any]]:
    iris = {
        number: facts["iri"]
        for number, facts in describe.nodes(
            shaper, {number for some in kept.values() for each in some for number in (each.broker, each.near)}
        ).items()
        if facts["iri"] in made
    }
    label = shaper.catalogue[market].label(shaper.lang)
    told = []
    for broker, some in kept.items():
        if broker not in iris:
            continue
        facts = made.nodes[iris[broker]]
        ways = []
        for way in dict.fromkeys(each.way for each in some):
            near = dict.fromkeys(each.near for each in some if each.way == way)
            known = [iris[number] for number in near if number in iris]
            names = [str(made.nodes[iri]["label"]) for iri in known]
            text = explain(way, shaper.lang, (str(facts["label"]), label), names, len(near))
            ways.append({"way": way, "text": text, "organizations": known})
        reach = len({each.near for each in some})
        named = {name: facts[name] for name in ("iri", "ref", "label", "kind")}
        told.append({**named, "reach": reach, "ways": ways})
    return told
