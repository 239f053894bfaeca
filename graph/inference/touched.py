"""What a change can make derive otherwise, rule by rule: a little too much, never too little."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from graph.inference.bound import Facts, about
from graph.inference.dates import DATES, day
from graph.model.namespaces import CV, ORG, RDF, VERRE
from graph.model.terms import NamedNode, Term, Triple
from graph.store.change import Change
from graph.store.view import GraphView

MOST_DAYS = 4_000
"""Days between two derivations that are looked at one by one."""

Pair = tuple[NamedNode, NamedNode]

_ENGAGEMENT = {VERRE.exporter, VERRE.market, VERRE.engagementStatus}
_PARTNERSHIP = {VERRE.principal, VERRE.partner}
_OWNERSHIP = {VERRE.owner, VERRE.owned, VERRE.ownershipKind}
_RELATION = {RDF.type, *DATES} | _ENGAGEMENT | _PARTNERSHIP | _OWNERSHIP
_SITE = {VERRE.siteFunction, ORG.siteAddress, VERRE.country, VERRE.outsideArea}
_PLACE = {RDF.type, ORG.hasSite, CV.adminUnit} | _SITE


@dataclass(frozen=True)
class Touched:
    """The things whose derived triples may be others than before.

    Attributes:
        facts: what is said now of relation nodes that changed or have come to their end, and of
            whatever else has a date that changed.
        companies: exporters with an engagement among them.
        partners: principal and partner of partnerships among them, and of any other two that they tie.
        owned: who is owned by an ownership among them.
        located: organizations whose places may have changed.
    """

    facts: Facts
    companies: set[NamedNode]
    partners: set[Pair]
    owned: set[NamedNode]
    located: set[NamedNode]


def touched(view: GraphView, change: Change, passed: Iterable[date]) -> Touched:
    """See `Touched`.

    Args:
        view: the state after the change.
        passed: the last days of what was going on when the inferred graph was made and is over now,
            or the other way round.
    """
    triples = list(change.triples())
    nodes = {t.subject for t in triples if t.predicate in _RELATION and isinstance(t.subject, NamedNode)}
    for last in passed:
        nodes |= _subjects(view, VERRE.notAfter, day(last))
    facts = about(view, nodes)
    said = _Said(facts, triples)
    return Touched(
        facts=facts,
        companies=said.of(VERRE.exporter),
        partners=said.pairs(VERRE.principal, VERRE.partner),
        owned=said.of(VERRE.owned),
        located=_located(view, triples),
    )


def days_between(before: date, today: date) -> list[date] | None:
    """The last days that are over on one of two days and not on the other; None where there are too many."""
    first, end = sorted((before, today))
    if (end - first).days > MOST_DAYS:
        return None
    return [first + timedelta(days=number) for number in range((end - first).days)]


class _Said:
    """What is said of nodes, now and before."""

    def __init__(self, facts: Facts, triples: Iterable[Triple]) -> None:
        self._values: dict[NamedNode, dict[NamedNode, set[Term]]] = {
            node: {predicate: set(values) for predicate, values in said.items()}
            for node, said in facts.items()
        }
        for triple in triples:
            if isinstance(triple.subject, NamedNode) and triple.subject in self._values:
                own = self._values[triple.subject]
                own.setdefault(triple.predicate, set()).add(triple.object)

    def of(self, predicate: NamedNode) -> set[NamedNode]:
        """What the nodes point at."""
        return {
            value
            for said in self._values.values()
            for value in said.get(predicate, ())
            if isinstance(value, NamedNode)
        }

    def pairs(self, first: NamedNode, second: NamedNode) -> set[Pair]:
        """What each node points at by two predicates, in all ways to put them together."""
        return {
            (one, other)
            for said in self._values.values()
            for one in said.get(first, ())
            for other in said.get(second, ())
            if isinstance(one, NamedNode) and isinstance(other, NamedNode)
        }


def _located(view: GraphView, triples: Collection[Triple]) -> set[NamedNode]:
    """Organizations that changed, or one of whose sites did, or the address of one."""
    subjects = {t.subject for t in triples if t.predicate in _PLACE and isinstance(t.subject, NamedNode)}
    addresses = {
        t.subject for t in triples if t.predicate == CV.adminUnit and isinstance(t.subject, NamedNode)
    }
    sites = {t.subject for t in triples if t.predicate in _SITE and isinstance(t.subject, NamedNode)}
    for address in addresses:
        sites |= _subjects(view, ORG.siteAddress, address)
    found = subjects - addresses
    for site in sites:
        found |= _subjects(view, ORG.hasSite, site)
    return found


def _subjects(view: GraphView, predicate: NamedNode, value: Term) -> set[NamedNode]:
    return {
        triple.subject
        for triple in view.match(None, predicate, value)
        if isinstance(triple.subject, NamedNode)
    }
