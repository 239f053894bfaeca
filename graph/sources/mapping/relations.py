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


_ACQUIRER = VERRE.acquirer
_BASIS = VERRE.basis
_CHANGE_EVENT = ORG.ChangeEvent
_CHANGE_TYPE = VERRE.changeType
_DATE = DCTERMS.date
_EXCLUSIVITY = VERRE.exclusivity
_HOST_COUNTRY = VERRE.hostCountry
_MEMBER = ORG.member
_MEMBERSHIP = ORG.Membership
_ORGANIZATION = ORG.organization
_ORIGINAL_ORGANIZATION = ORG.originalOrganization
_OWNED = VERRE.owned
_OWNER = VERRE.owner
_OWNERSHIP = VERRE.Ownership
_OWNERSHIP_KIND = VERRE.ownershipKind
_PARTNER = VERRE.partner
_PARTNERSHIP = VERRE.Partnership
_PARTNER_ROLE = VERRE.partnerRole
_PRINCIPAL = VERRE.principal
_RESULTING_OWNERSHIP = VERRE.resultingOwnership
_SHARE_EXACT = VERRE.shareExact
_SHARE_MAX = VERRE.shareMax
_SHARE_MIN = VERRE.shareMin
_TERRITORY = VERRE.territory
_UNIT_OF = ORG.unitOf


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
        (_UNIT_OF, c.org(row.to_org)),
        (_HOST_COUNTRY, row.country or c.stated.get((row.from_org, row.source_id))),
        *times(row.since, row.until),
        attested,
        note(row.note),
    )


def _partnership(row: r.Relation, c: Context) -> list[Triple]:
    role = PARTNER_ROLES[row.relation]
    node = _node("partnership", row, c, role=role, territory=row.country)
    return describe(
        node,
        (TYPE, _PARTNERSHIP),
        (_PRINCIPAL, c.org(row.to_org)),
        (_PARTNER, c.org(row.from_org)),
        (_PARTNER_ROLE, coded("partner-role", role)),
        (_TERRITORY, row.country),
        (_EXCLUSIVITY, coded("exclusivity", row.exclusivity)),
        *times(row.since, row.until),
        *c.provenance(row, row.as_of),
        note(row.note),
    )


def _ownership(row: r.Relation, c: Context, kind: str, *, owner_first: bool = False) -> list[Triple]:
    owner, owned = (row.from_org, row.to_org) if owner_first else (row.to_org, row.from_org)
    return describe(
        _ownership_node(row, c, kind, owner_first=owner_first),
        (TYPE, _OWNERSHIP),
        (_OWNER, c.org(owner)),
        (_OWNED, c.org(owned)),
        (_BASIS, coded("relation-basis", row.basis or "unknown")),
        (_OWNERSHIP_KIND, coded("ownership-kind", kind)),
        (_SHARE_EXACT, number(row.share_percent)),
        (_SHARE_MIN, number(row.share_min)),
        (_SHARE_MAX, number(row.share_max)),
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
            (TYPE, _CHANGE_EVENT),
            (_CHANGE_TYPE, coded("change-type", "takeover")),
            (_ORIGINAL_ORGANIZATION, c.org(row.from_org)),
            (_ACQUIRER, c.org(row.to_org)),
            (_DATE, date(row.since)),
            (_RESULTING_OWNERSHIP, _ownership_node(row, c, "acquisition", owner_first=False)),
            *c.provenance(row, row.as_of),
            note(row.note),
        ),
    ]


def _member(row: r.Relation, c: Context) -> list[Triple]:
    return describe(
        _node("membership", row, c, tie=row.country),
        (TYPE, _MEMBERSHIP),
        (_MEMBER, c.org(row.from_org)),
        (_ORGANIZATION, c.org(row.to_org)),
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
