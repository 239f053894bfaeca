"""The group that an organization belongs to, as a tree: who owns it, what they own beside it, what it owns itself.

Only what goes on and is no mere investment. The chain of owners leads up to where it ends; where an
organization has several owners the tree follows the one with the largest share and names the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.index.catalogue import Json
from graph.index.companies import tied
from graph.index.database import IN, Row, many
from graph.index.shaping import Shaper, plain


@dataclass(frozen=True)
class Size:
    """How much of a group is shown.

    Attributes:
        up: owners above the organization.
        down: levels below it.
        beside: of what one owner has, how many are shown beside the one that leads to the organization.
        below: how many are shown below one node.
        nodes: how many in all.
    """

    up: int = 6
    down: int = 3
    beside: int = 8
    below: int = 25
    nodes: int = 120


@dataclass(frozen=True)
class _Tie:
    """An owner and what it owns, or a head office and its branch; `items` are what states it."""

    above: int
    below: int
    kind: str
    share: Json
    since: str | None
    attested: str | None
    items: tuple[int, ...]


def group(shaper: Shaper, number: int, size: Size | None = None) -> Json | None:
    """The tree from its top; None where nothing goes on above or below the organization.

    A node is an organization with `kind` (its tie to the node above: subsidiary, acquisition, branch
    …), `share`, `since`, `attested`, `sources`, `owners` (others that own it), `children`, `more` (how many are not
    shown) and `self` (whether it is the organization itself).
    """
    size = size or Size()
    chain, owners = _chain(shaper, number, size)
    ties = _below(shaper, chain, number, size)
    if len(chain) == 1 and not ties:
        return None
    return _Tree(shaper, number, chain, owners, ties, size).made()


def _chain(shaper: Shaper, number: int, size: Size) -> tuple[list[int], dict[int, list[_Tie]]]:
    """The organization and its owners up to the top, and all owners of each."""
    chain, owners = [number], {}
    while True:
        here = chain[-1]
        found = _ownerships(shaper, "owned", [here], size.below)
        if not found and here == number:
            found = _branches(shaper, "r.member", [here], size.below)
        owners[here] = found
        above = next((tie.above for tie in found if tie.above not in chain), None)
        if above is None or len(chain) > size.up:
            return chain, owners
        chain.append(above)


def _below(shaper: Shaper, chain: list[int], number: int, size: Size) -> list[_Tie]:
    """What hangs below the chain and below the organization, level by level."""
    level, found, seen = [*chain], list[_Tie](), set(chain)
    for _ in range(size.down):
        room = size.nodes * 4
        ties = _ownerships(shaper, "owner", level, room) + _branches(shaper, "r.organization", level, room)
        fresh = [tie for tie in ties if tie.below not in seen]
        found += fresh
        seen |= {tie.below for tie in fresh}
        # The others of a chain are shown one level deep, the organization's own to the end
        level = [tie.below for tie in fresh if tie.above not in chain or tie.above == number][: size.nodes]
        if not level:
            break
    return found


def _ownerships(shaper: Shaper, side: str, numbers: Iterable[int], most: int) -> list[_Tie]:
    """Ownerships that go on by one side, the largest share first; each pair once, with all that states it."""
    rows = shaper.db.rows(
        f"""SELECT owner, owned, id, kind, share, low, high, since, attested FROM ownership
            WHERE {side} {IN} AND last >= ?
            ORDER BY COALESCE(share, low, high, 0) DESC, owner, owned, iri LIMIT ?""",
        (many(numbers), shaper.day, most),
    )
    held: defaultdict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        if shaper.catalogue.code(row[3]) != "investment":
            held[row[0], row[1]].append(row)
    return [_tie(shaper, owner, owned, each) for (owner, owned), each in held.items()]


def _tie(shaper: Shaper, owner: int, owned: int, rows: list[Row]) -> _Tie:
    first = rows[0]
    share = {"share": plain(first[4]), "shareMin": plain(first[5]), "shareMax": plain(first[6])}
    since = next((row[7] for row in rows if row[7]), None)
    attested = max((row[8] for row in rows if row[8]), default=None)
    kind = shaper.catalogue.code(first[3]) or "subsidiary"
    return _Tie(owner, owned, kind, share, since, attested, tuple(row[2] for row in rows))


def _branches(shaper: Shaper, side: str, numbers: Iterable[int], most: int) -> list[_Tie]:
    rows = shaper.db.rows(
        f"""SELECT r.organization, r.member, r.item, r.since FROM presence r
            WHERE {side} {IN} AND r.kind = 'branch' AND r.member IS NOT NULL AND r.last >= ?
            ORDER BY r.organization, r.member, r.iri LIMIT ?""",
        (many(numbers), shaper.day, most),
    )
    held: dict[tuple[int, int], _Tie] = {}
    for head, member, item, since in rows:
        known = held.get((head, member))
        items = (*(known.items if known else ()), item)
        first = since or (known.since if known else None)
        held[head, member] = _Tie(head, member, "branch", {}, first, None, items)
    return list(held.values())


class _Tree:
    """The nodes put together."""

    def __init__(
        self,
        shaper: Shaper,
        number: int,
        chain: list[int],
        owners: dict[int, list[_Tie]],
        ties: list[_Tie],
        size: Size,
    ) -> None:
        self._number, self._chain, self._owners, self._size = number, chain, owners, size
        self._children: defaultdict[int, list[_Tie]] = defaultdict(list)
        for tie in ties:
            self._children[tie.above].append(tie)
        shown = {number, *chain}
        every = [*ties, *(tie for each in owners.values() for tie in each)]
        shown |= {n for tie in every for n in (tie.above, tie.below)}
        self._parties = tied(shaper, shown)
        self._sources = shaper.sources(item for tie in every for item in tie.items)
        self._left = size.nodes

    def made(self) -> Json:
        """The tree from its top."""
        made = self._node(self._chain[-1], None)
        for above, below in zip(self._chain[::-1], self._chain[-2::-1], strict=False):
            tie = next((tie for tie in self._owners[below] if tie.above == above), None)
            inner = self._node(below, tie)
            holder = self._holder(made, above)
            holder["children"] = [inner, *holder["children"]]
        return made

    def _holder(self, node: Json, number: int) -> Json:
        """The node of the chain with this number, which is always the first child of the one above."""
        while node["iri"] != self._parties[number]["iri"]:
            node = node["children"][0]
        return node

    def _node(self, number: int, tie: _Tie | None) -> Json:
        self._left -= 1
        ties = self._children[number]
        most = self._size.below if number not in self._chain or number == self._number else self._size.beside
        shown = ties[: max(0, min(most, self._left))]
        return {
            **self._parties[number],
            **self._stated(tie),
            "self": number == self._number,
            "owners": [
                {**self._parties[other.above], **self._stated(other)}
                for other in self._owners.get(number, ())
                if other is not tie and other.above not in self._chain
            ],
            "children": [self._node(each.below, each) for each in shown],
            "more": len(ties) - len(shown),
        }

    def _stated(self, tie: _Tie | None) -> Json:
        if tie is None:
            return {"kind": None, "since": None, "attested": None, "sources": []}
        sources = {s["id"]: s for item in tie.items for s in self._sources.get(item, [])}
        return {
            "kind": tie.kind,
            **tie.share,
            "since": tie.since,
            "attested": tie.attested,
            "sources": [sources[key] for key in sorted(sources)],
        }
