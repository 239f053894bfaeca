"""Whether two sets of rows are the same but for the labels of their blank nodes: solutions, or triples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.conformance.terms import Row, Term, blanks

Colours = dict[Term, int]


def same(found: Iterable[Row], wanted: Iterable[Row], *, ordered: bool = False) -> bool:
    """Whether a one-to-one renaming of blank nodes makes them equal, as lists or as multisets.

    Colours are refined until they tell no more apart; what is left is tried out.
    """
    one, two = list(found), list(wanted)
    if len(one) != len(two):
        return False
    if ordered:
        return _in_order(one, two)
    first, second = _colours(one), _colours(two)
    if Counter(_painted(row, first) for row in one) != Counter(_painted(row, second) for row in two):
        return False
    rows = sorted(one, key=lambda row: (not any(blanks(row)), str(_painted(row, first))))
    return _match(rows, two, {}, (first, second))


def _in_order(one: Sequence[Row], two: Sequence[Row]) -> bool:
    names: dict[Term, Term] = {}
    return all(_renamed(a, b, names) is not None for a, b in zip(one, two, strict=True))


def _painted(row: Row, colours: Colours) -> tuple[object, ...]:
    return tuple(colours.get(term, term) if term is not None else None for term in row)


def _colours(rows: Sequence[Row]) -> Colours:
    nodes = {node for row in rows for node in blanks(row)}
    colours: Colours = dict.fromkeys(nodes, 0)
    for _ in range(len(nodes) + 1):
        told = {
            node: hash(
                tuple(
                    sorted(
                        str((_painted(row, colours), [term == node for term in row]))
                        for row in rows
                        if node in row
                    )
                )
            )
            for node in nodes
        }
        if len(set(told.values())) == len(set(colours.values())) and colours != dict.fromkeys(nodes, 0):
            return told
        colours = told
    return colours


def _match(
    rows: Sequence[Row], left: list[Row], names: dict[Term, Term], colours: tuple[Colours, Colours]
) -> bool:
    if not rows:
        return True
    row, *rest = rows
    for place, other in enumerate(left):
        if _painted(row, colours[0]) == _painted(other, colours[1]):
            tried = dict(names)
            if _renamed(row, other, tried) is not None and _match(
                rest, [*left[:place], *left[place + 1 :]], tried, colours
            ):
                return True
    return False


def _renamed(row: Row, other: Row, names: dict[Term, Term]) -> dict[Term, Term] | None:
    """Adds what must be renamed for the rows to be equal; None where nothing makes them so."""
    if len(row) != len(other):
        return None
    for one, two in zip(row, other, strict=True):
        if one is None or two is None or one.kind != "bnode" or two.kind != "bnode":
            if one != two:
                return None
        elif names.setdefault(one, two) != two or list(names.values()).count(two) > 1:
            return None
    return names
