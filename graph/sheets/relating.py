"""What rows have to do with each other: the same thing twice, several of one group; and what the graph says of them.

A bounded number of statements for a whole sheet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from graph.index import Index, engagements
from graph.index.catalogue import MARKETS
from graph.index.database import IN, many
from graph.index.shaping import Shaper
from graph.index.standings import OVER, Rules, rank_of_score, standings
from graph.names import fold, without_legal_form
from graph.reconciliation import entities
from graph.reconciliation.entities import Entity
from graph.reconciliation.extending import column
from graph.reconciliation.values import Cell
from graph.sheets.rows import Matched

SOURCES = 3
"""Sources of a row that are told."""

EXPORTS, ENTERS, WANTS = "exportsTo", "entersMarket", "targets"


@dataclass(frozen=True)
class Group:
    """Rows that belong to one parent.

    Attributes:
        parent: the organization at the top.
        rows: numbers of the rows, at least two different organizations among them.
    """

    parent: Entity
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Related:
    """What was found, by number of the row.

    Attributes:
        twins: row -> other rows that mean the same.
        groups: row -> the group that it belongs to.
        standing: row -> market asked for -> label of the status there; a market of which nothing is known is missing.
        told: row -> property -> values, for the properties that a sheet shows.
    """

    twins: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    groups: Mapping[int, Group] = field(default_factory=dict)
    standing: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    told: Mapping[int, Mapping[str, Sequence[Cell]]] = field(default_factory=dict)


def markets(index: Index, names: Iterable[str]) -> list[int]:
    """The numbers of markets by code, IRI or name.

    Raises:
        UnknownValue: one of them is not known.
    """
    return index.shaper("en").catalogue.find_all(MARKETS, tuple(names), "market")


def relate(
    index: Index, rows: Sequence[Matched], asked: Sequence[int], lang: str, today: date | None = None
) -> Related:
    """Everything that is told of the rows of a sheet beyond their candidates; only sure matches count."""
    shaper = index.shaper(lang, today)
    sure = {each.asked.row.number: each.sure.entity for each in rows if each.sure}
    things = list({each.number: each for each in sure.values()}.values())
    told = {name: column(shaper, name, things) for name in (EXPORTS, ENTERS, WANTS, "source")}
    standing = _standing(shaper, things, asked) if asked else {}
    return Related(
        _twins(rows),
        _groups(shaper, sure),
        {row: standing.get(thing.number, {}) for row, thing in sure.items()},
        {
            row: {name: own.get((thing.kind, thing.number), []) for name, own in told.items()}
            for row, thing in sure.items()
        },
    )


def _twins(rows: Sequence[Matched]) -> dict[int, tuple[int, ...]]:
    """Rows with the same enterprise number, the same sure match, or the same name in the same country."""
    same: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for each in rows:
        number, query = each.asked.row.number, each.asked.query
        keys = {("number", each.asked.number)} if each.asked.number else set()
        if each.sure:
            keys.add(("thing", each.sure.entity.id))
        if query is not None and query.text:
            country = "|".join(value.text for value in query.values.get("country", ()))
            keys.add(("name", f"{without_legal_form(query.text)}\n{fold(country)}"))
        for key in keys:
            same[key].append(number)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for numbers in same.values():
        for number in numbers:
            found[number].update(numbers)
    return {number: tuple(sorted(own - {number})) for number, own in found.items() if len(own) > 1}


def _groups(shaper: Shaper, sure: Mapping[int, Entity]) -> dict[int, Group]:
    """Rows whose organizations have the same one at the top, or are it: two statements and one for names."""
    numbers = many({thing.number for thing in sure.values()})
    heads: dict[int, int] = dict(
        shaper.db.rows(
            f"SELECT member, organization FROM presence WHERE member {IN} AND kind = 'branch' ORDER BY iri DESC",
            (numbers,),
        )
    )
    own = {thing.number: heads.get(thing.number, thing.number) for thing in sure.values()}
    tops: defaultdict[int, list[int]] = defaultdict(list)
    for number, top in shaper.db.rows(
        f"SELECT organization, top FROM ultimate WHERE organization {IN} ORDER BY organization, top",
        (many(set(own.values())),),
    ):
        tops[number].append(top)
    members: defaultdict[int, dict[int, int]] = defaultdict(dict)  # top -> row -> organization
    for row, thing in sure.items():
        for top in tops.get(own[thing.number]) or [own[thing.number]]:
            members[top][row] = thing.number
    shared = {top: rows for top, rows in members.items() if len(set(rows.values())) > 1}
    names = entities.load(shaper, {("organization", top) for top in shared})
    return {
        row: Group(names["organization", top], tuple(sorted(rows)))
        for top, rows in shared.items()
        for row in rows
    }


def _standing(shaper: Shaper, things: Sequence[Entity], asked: Sequence[int]) -> dict[int, dict[int, str]]:
    """The status of organizations in the markets asked for: two statements.

    What is known only of a region around a market says so, unless something is known of the market itself.
    """
    parts: defaultdict[int, set[int]] = defaultdict(set)
    around: defaultdict[int, set[int]] = defaultdict(set)
    rows = shaper.db.rows(f"SELECT asked, upward, stated FROM coverage WHERE asked {IN}", (many(asked),))
    for market, upward, stated in rows:
        (around if upward else parts)[market].add(stated)
    wanted = {market: (frozenset(parts[market]), frozenset(around[market])) for market in asked}
    loaded = engagements.load(shaper.db, [each.number for each in things])
    found: dict[int, dict[int, str]] = {}
    for number, own in loaded.items():
        told = {}
        for each in standings(own, wanted, Rules(shaper.day)):
            status = shaper.catalogue.status(rank_of_score(each.score), shaper.lang)["statusLabel"]
            marks = [_ENDED[shaper.lang]] if each.score >= OVER else []
            marks += [_REGION[shaper.lang]] if each.region_level else []
            told[each.market] = f"{status} ({', '.join(marks)})" if marks else str(status)
        found[number] = told
    return found


_ENDED = {"nl": "beëindigd", "en": "ended", "fr": "terminé"}
_REGION = {"nl": "op niveau van de regio", "en": "known for the region only", "fr": "au niveau de la région"}
