"""Ties between organizations: branches, ownerships, takeovers, partnerships, memberships."""

from __future__ import annotations

from collections.abc import Callable

from graph.model.terms import NamedNode, Triple
from graph.sources import records as r
from graph.sources.mapping.context import Context
from graph.sources.mapping.terms import (
    DCTERMS,
    ORG,
    TYPE,
    VERRE,
    coded,
    date,
    describe,
    note,
    number,
    times,
)

PARTNER_ROLES = {
    "distributor_of": "distributor",
    "customer_of": "customer",
    "supplier_of": "supplier",
    "partner_of": "partner",
    "joint_venture_with": "joint-venture",
}
"""Relation word -> role of the first organization for the second."""


def relation(row: r.Relation, c: Context) -> list[Triple]:
    """One tie, read as `from_org relation to_org`; both are named in the source's graph."""
    return [*c.named(row.from_org, row.to_org), *_MAPPERS.get(row.relation, _partnership)(row, c)]


def _branch(row: r.Relation, c: Context) -> list[Triple]:
    """A branch is a part of its head office: no node of its own, and it owns nothing.

    The country is the row's, else the one that the same source gives the branch.
    """
    _, attested = c.provenance(row, row.as_of)
    return describe(
        c.org(row.from_org),
        (ORG.unitOf, c.org(row.to_org)),
        (VERRE.hostCountry, row.country or c.stated.get((row.from_org, row.source_id))),
        *times(row.since, row.until),
        attested,
        note(row.note),
    )


def _partnership(row: r.Relation, c: Context) -> list[Triple]:
    role = PARTNER_ROLES[row.relation]
    node = _node("partnership", row, c, role=role, territory=row.country)
    return describe(
        node,
        (TYPE, VERRE.Partnership),
        (VERRE.principal, c.org(row.to_org)),
        (VERRE.partner, c.org(row.from_org)),
        (VERRE.partnerRole, coded("partner-role", role)),
        (VERRE.territory, row.country),
        (VERRE.exclusivity, coded("exclusivity", row.exclusivity)),
        *times(row.since, row.until),
        *c.provenance(row, row.as_of),
        note(row.note),
    )


def _ownership(row: r.Relation, c: Context, kind: str, *, owner_first: bool = False) -> list[Triple]:
    owner, owned = (row.from_org, row.to_org) if owner_first else (row.to_org, row.from_org)
    return describe(
        _ownership_node(row, c, kind, owner_first=owner_first),
        (TYPE, VERRE.Ownership),
        (VERRE.owner, c.org(owner)),
        (VERRE.owned, c.org(owned)),
        (VERRE.basis, coded("relation-basis", row.basis or "unknown")),
        (VERRE.ownershipKind, coded("ownership-kind", kind)),
        (VERRE.shareExact, number(row.share_percent)),
        (VERRE.shareMin, number(row.share_min)),
        (VERRE.shareMax, number(row.share_max)),
        *times(row.since, row.until),
        *c.provenance(row, row.as_of),
        note(row.note),
    )


def _ownership_node(row: r.Relation, c: Context, kind: str, *, owner_first: bool) -> NamedNode:
    return _node("ownership", row, c, form=kind, reversed="yes" if owner_first else "", tie=row.country)


def _subsidiary(row: r.Relation, c: Context) -> list[Triple]:
    return _ownership(row, c, "subsidiary")


def _parent(row: r.Relation, c: Context) -> list[Triple]:
    return _ownership(row, c, "subsidiary", owner_first=True)


def _investment(row: r.Relation, c: Context) -> list[Triple]:
    return _ownership(row, c, "investment")


def _takeover(row: r.Relation, c: Context) -> list[Triple]:
    """A change event, and the ownership that came of it."""
    node = _node("change", row, c, type="takeover", tie=row.country)
    return [
        *_ownership(row, c, "acquisition"),
        *describe(
            node,
            (TYPE, ORG.ChangeEvent),
            (VERRE.changeType, coded("change-type", "takeover")),
            (ORG.originalOrganization, c.org(row.from_org)),
            (VERRE.acquirer, c.org(row.to_org)),
            (DCTERMS.date, date(row.since)),
            (VERRE.resultingOwnership, _ownership_node(row, c, "acquisition", owner_first=False)),
            *c.provenance(row, row.as_of),
            note(row.note),
        ),
    ]


def _member(row: r.Relation, c: Context) -> list[Triple]:
    return describe(
        _node("membership", row, c, tie=row.country),
        (TYPE, ORG.Membership),
        (ORG.member, c.org(row.from_org)),
        (ORG.organization, c.org(row.to_org)),
        *times(row.since, row.until),
        *c.provenance(row, row.as_of),
        note(row.note),
    )


def _node(kind: str, row: r.Relation, c: Context, **more: object) -> NamedNode:
    """The node of a row: its parties as they stand in it, what else tells it apart, its times, its source."""
    return c.hashed(
        kind,
        first=c.org(row.from_org),
        second=c.org(row.to_org),
        **more,
        start=row.since,
        end=row.until,
        attested=row.as_of,
        source=row.source_id,
    )


_MAPPERS: dict[str, Callable[[r.Relation, Context], list[Triple]]] = {
    "branch_of": _branch,
    "subsidiary_of": _subsidiary,
    "parent_of": _parent,
    "acquired_by": _takeover,
    "financed_by": _investment,
    "member_of": _member,
}
"""Every other relation is a partnership."""
