"""From a request to everybody who must be screened for it."""

from __future__ import annotations

from graph.errors import Issue, UnknownValue
from graph.index.shaping import Shaper
from graph.screening.answer import Asked, Plan
from graph.screening.owners import Family, Limits, family
from graph.settings import Settings


def plan(shaper: Shaper, asked: Asked, settings: Settings) -> Plan:
    """The names of a request, its organizations and their owners.

    Raises:
        UnknownValue: organizations that are not in the graph, each with its query.
    """
    limits = Limits(settings.screening_owner_depth, settings.screening_owners)
    found = family(shaper, asked.organizations, limits) if asked.organizations else Family()
    issues = tuple(
        Issue(f"queries.{name}.organization", "the graph has no such organization", query.organization)
        for name, query in asked.queries.items()
        if query.organization is not None and query.organization not in found.parties
    )
    if issues:
        raise UnknownValue("There is no such organization.", issues=issues)
    return Plan.of(asked, found)
