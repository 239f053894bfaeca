"""How many relations of which kind things have: what a client asks before it asks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.network import describe, starts
from graph.network.fetch import Network
from graph.network.limits import Limits, Moment
from graph.network.ties import LABELS
from graph.network.timing import step
from graph.network.walk import counts

if TYPE_CHECKING:
    from graph.index import Index

Bounds = tuple[Limits, int]
"""Which relations count, and up to how many of one kind of one node they are counted."""


def count(
    index: Index,
    refs: Iterable[str],
    bounds: Bounds,
    as_of: date | None = None,
    lang: str = "nl",
    today: date | None = None,
) -> list[dict[str, Any]]:
    """Of each thing and each relation that it has: `iri`, `ref`, `label`, `kind`, `relation`, `count`, `atLeast`.

    `atLeast` says that counting stopped there.

    Raises:
        NotFound: a thing is not known here.
    """
    day = today or date.today()  # noqa: DTZ011
    shaper = index.shaper(lang, as_of or day)
    numbers = starts.find_all(shaper, refs)
    limits, most = bounds
    found = counts(shaper.db, numbers, limits, Moment.of(as_of, day), most + 1)
    described = describe.nodes(shaper, numbers)
    return [
        {
            **{name: described[number][name] for name in ("iri", "ref", "label", "kind")},
            "relation": relation,
            "relationLabel": shaper.best(*LABELS[relation]),
            "count": min(found[number, relation], most),
            "atLeast": found[number, relation] > most,
        }
        for number in numbers
        for relation in limits.caps
        if (number, relation) in found
    ]


def remaining(
    index: Index, network: Network, bounds: Bounds, as_of: date | None = None, today: date | None = None
) -> None:
    """Puts `more` on each node that has relations beyond those shown: how many of which kind.

    The graph gets `countedTo`: what has as many or more of a kind has at least what `more` says.
    A relation of a thing with itself is counted once for each of its ends.
    """
    day = today or date.today()  # noqa: DTZ011
    shaper = index.shaper("nl", as_of or day)
    limits, most = bounds
    with step("count"):
        numbers = describe.numbers(shaper, network)
        found = counts(shaper.db, numbers.values(), limits, Moment.of(as_of, day), most)
    shown = _shown(network)
    network.graph["countedTo"] = most
    for iri, number in numbers.items():
        more = {
            relation: found[number, relation] - shown[iri, relation]
            for relation in limits.caps
            if found.get((number, relation), 0) > shown[iri, relation]
        }
        if more:
            network.nodes[iri]["more"] = more


def _shown(network: Network) -> Mapping[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for a, b, facts in network.edges(data=True):
        found[a, str(facts["kind"])] += 1
        found[b, str(facts["kind"])] += 1
    return found
