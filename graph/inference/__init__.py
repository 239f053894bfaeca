"""What follows from what the sources say: the graph `{base}graph/inferred`.

Every rule reads stated facts only, never what another rule (or an earlier run) derived, so that the
answer is the same whether or not the view already holds an inferred graph.
`docs/model.md`, section "Inferred", is the list of the rules.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from graph.inference import closure, dates, engagements, ownership, places
from graph.inference.change import infer_change
from graph.model.iris import Minter
from graph.model.terms import Triple
from graph.store.view import GraphView

__all__ = ["RULES", "infer", "infer_change"]

Rule = Callable[[GraphView, date], set[Triple]]

RULES: dict[str, Rule] = {
    "dates": dates.bounds,
    "closure": closure.broader,
    "engagements": engagements.shortcuts,
    "partnerships": ownership.partners,
    "ownership": ownership.parents,
    "places": places.membership,
}
"""The rules by name, in the order of `docs/model.md`; each is a function of the stated facts and the day."""


def infer(view: GraphView, minter: Minter, today: date) -> set[Triple]:
    """Everything that can be derived on this day.

    Args:
        view: the stated facts; an inferred graph in it changes nothing.
        minter: makes the IRIs of this installation; no rule needs a new one, and none is made.
        today: the day that decides what has ended.

    Returns:
        The triples of the inferred graph; the same for the same facts and day.
    """
    del minter
    return set().union(*(rule(view, today) for rule in RULES.values()))
