"""The bounded part of the graph that a figure about the whole is computed on.

Either what is around some things, or a market: the organizations that are in it or for it (they sell or want
to sell there, have a branch or a partner there), and what ties those to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.errors import InputError, Issue
from graph.index.shaping import Shaper
from graph.network import starts
from graph.network.fetch import Network, fetch, network
from graph.network.limits import Limits, Moment
from graph.network.walk import walk

if TYPE_CHECKING:
    from graph.index import Index

TIES = ("branch", "ownership", "partnership", "membership", "mission")
"""Relations that tie organizations to each other; markets and awards tie everyone to everyone."""

DEFAULT = Limits(relations=TIES, per_relation=40, depth=2, nodes=600)


@dataclass(frozen=True)
class Scope:
    """What is looked at: things to begin at, or a market; exactly one of them."""

    of: tuple[str, ...] = ()
    market: str | None = None


def project(
    index: Index,
    scope: Scope,
    limits: Limits = DEFAULT,
    as_of: date | None = None,
    lang: str = "nl",
    today: date | None = None,
) -> Network:
    """The network of a scope; `truncated` where the limits left something out.

    Raises:
        InputError: neither things nor a market, or both.
        NotFound: one of them is not known here.
    """
    if bool(scope.of) == (scope.market is not None):
        issue = Issue("of", "give either `of` or `market`")
        raise InputError("Say what part of the graph: around some things, or a market.", issues=(issue,))
    if scope.market is None:
        return fetch(index, scope.of, limits, as_of, lang, today)
    day = today or date.today()  # noqa: DTZ011
    moment = Moment.of(as_of, day)
    shaper = index.shaper(lang, as_of or day)
    market = starts.find(shaper, f"market:{scope.market}", "market")
    members, cut = organizations(shaper, -market, moment, max(1, limits.nodes // 2))
    found = walk(shaper.db, members, limits, moment)
    made = network(shaper, found, moment, ())
    made.graph["truncated"] = cut or bool(found.cut)
    made.graph["market"] = shaper.catalogue[-market].iri
    return made


_IN = """(SELECT stated FROM coverage WHERE upward = 0 AND asked = ?1)"""
_MEMBERS = (
    f"SELECT company FROM engagement WHERE market IN {_IN} AND last >= ?2 AND (NOT ?3 OR first <= ?2) LIMIT ?4",
    f"SELECT organization FROM tie WHERE market IN {_IN} AND last >= ?2 AND ?3 IN (0, 1) LIMIT ?4",
    f"""SELECT value FROM (SELECT organization, member FROM presence WHERE country IN {_IN} AND last >= ?2
        AND (NOT ?3 OR first <= ?2) LIMIT ?4) p, json_each(json_array(p.organization, p.member)) WHERE value > 0""",
    f"SELECT id FROM organization WHERE country IN {_IN} AND ?2 AND ?3 IN (0, 1) LIMIT ?4",
)
"""Who is in a market or for it: sells or wants to, has a partner or territory there, a branch, sits there."""


def organizations(shaper: Shaper, market: int, moment: Moment, most: int) -> tuple[list[int], bool]:
    """Organizations in or for a market and its parts, in turn by what makes them so; whether some were left out."""
    bound = (market, moment.day, moment.past, most + 1)
    kinds: Sequence[list[int]] = [
        list(dict.fromkeys(number for (number,) in shaper.db.rows(sql, bound))) for sql in _MEMBERS
    ]
    found: dict[int, None] = {}
    for place in range(max(map(len, kinds))):
        found |= {numbers[place]: None for numbers in kinds if place < len(numbers)}
    cut = len(found) > most or any(len(numbers) > most for numbers in kinds)
    return list(found)[:most], cut
