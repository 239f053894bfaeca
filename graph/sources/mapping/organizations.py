"""Organizations with their names, places and people."""

from __future__ import annotations

from graph.model.iris import slug
from graph.model.terms import Literal, NamedNode, Triple
from graph.sources import records as r
from graph.sources.mapping.context import Context
from graph.sources.mapping.terms import (
    ADMS,
    ALT_LABEL,
    COUNTRY_OF,
    CV,
    FOAF,
    FORMAL,
    KEY,
    LABEL,
    LOCN,
    NOTATION,
    ORG,
    PREF_LABEL,
    ROV,
    SCHEMA,
    SECTOR,
    TYPE,
    UNIT_OF_ORG,
    URL,
    VERRE,
    Pair,
    area,
    coded,
    date,
    describe,
    labels,
    note,
    tagged,
    text,
    times,
)

_COMPANY = (VERRE.Company, FORMAL)
_SUPPORT = (VERRE.SupportOrganization, FORMAL)
_SUPPORT_KINDS = frozenset({"chamber", "agency", "university", "government"})
_FOREIGN_BRANCH = (VERRE.ForeignBranch, ORG.Site, UNIT_OF_ORG)
_HOME_BRANCH = (UNIT_OF_ORG,)

_NAME_TYPES = {
    "abbreviation": VERRE.abbreviation,
    "trade": VERRE.tradeName,
    "former": VERRE.formerName,
}

_ACTIVITY = VERRE.activity
_ROLE = VERRE.roleName
_SITE_FUNCTION = VERRE.siteFunction


def organization(row: r.Organization, c: Context) -> list[Triple]:
    """One source's row on one organization, with its identifiers and its main site."""
    org = c.org(row.org_id)
    name = text(row.name)
    sectors = [c.word("sector", key) for key in row.sector]
    triples = [
        *c.named(row.org_id),
        *describe(
            org,
            *((TYPE, kind) for kind in _types(row, c)),
            (VERRE.organizationKind, coded("organization-kind", row.kind)),
            (LABEL, name),
            (PREF_LABEL, name),
            (KEY, text(row.org_id)),
            (ROV.legalName, text(row.legal_name)),
            (VERRE.legalForm, text(row.legal_form)),
            (COUNTRY_OF, row.country),
            (SCHEMA.foundingDate, date(row.founded)),
            (URL, NamedNode(row.website) if row.website else None),
            *tagged(_ACTIVITY, row.activity_nl, row.activity_en, row.activity_fr),
            *((SECTOR, sector) for sector, _ in sectors),
            *((ROV.orgActivity, code) for code in row.nace),
            note(row.note),
        ),
    ]
    for _, words in sectors:
        triples += words
    if row.enterprise_number:
        triples += _identifier(org, "be-bce_kbo", row.enterprise_number, c)
    if row.lei:
        triples += _identifier(org, "xi-lei", row.lei, c)
    if row.municipality or row.postcode:
        triples += site(_main_site(row), c)
    return triples


def name(row: r.Name, c: Context) -> list[Triple]:
    """Another name; names carry a language only where the row gives one."""
    label = text(row.name, row.language or None)
    more = _NAME_TYPES.get(row.name_type)
    pairs: list[Pair] = [(ALT_LABEL, label)]
    if more is not None:
        pairs.append((more, text(row.name)))
    return [*c.named(row.org_id), *describe(c.org(row.org_id), *pairs)]


def site(row: r.Site, c: Context) -> list[Triple]:
    """A place of an organization.

    Its node is that of (organization, function, country, municipality, postcode outside a known
    municipality, name): two sources that name the same place name the same node.
    """
    org = c.org(row.org_id)
    unit = c.municipality(row.country, row.municipality, row.postcode)
    node = c.hashed(
        "site",
        org=org,
        function=row.function,
        country=row.country,
        place=unit or _place(row),
        outside=row.outside_area,
        name=row.name,
    )
    triples = [
        *c.named(row.org_id),
        *describe(
            org,
            (ORG.hasSite, node),
            (ORG.hasPrimarySite, node if row.function in ("main", "seat") else None),
            (ORG.hasRegisteredSite, node if row.function == "seat" else None),
        ),
        *describe(
            node,
            (TYPE, ORG.Site),
            (ORG.siteOf, org),
            (_SITE_FUNCTION, coded("site-function", row.function)),
            (COUNTRY_OF, row.country),
            (LABEL, text(row.name)),
            *times(row.since, row.until),
            (VERRE.outsideArea, area(row.outside_area)),
            note(row.note),
        ),
    ]
    if row.municipality or row.postcode:
        triples += _address(node, row, unit)
    return triples


def person(row: r.Person, c: Context) -> list[Triple]:
    """A person in a business role; nothing private.

    The person's node is that of the person_id, else of the name at this organization. A role in a
    language that the row lacks comes from the table of terms.
    """
    org = c.org(row.org_id)
    if row.person_id:
        who = c.hashed("person", id=row.person_id)
    else:
        who = c.hashed("person", name=row.name.casefold(), org=org)
    node = c.hashed(
        "membership",
        member=who,
        organization=org,
        nl=row.role_nl,
        en=row.role_en,
        fr=row.role_fr,
        start=row.since,
        end=row.until,
        attested=row.as_of,
        source=row.source_id,
    )
    label = text(row.name)
    known = dict(c.reference.term("role", row.role_en)) if row.role_en else {}
    given = {"nl": row.role_nl, "en": row.role_en, "fr": row.role_fr}
    roles = known | {language: role for language, role in given.items() if role}
    return [
        *c.named(row.org_id),
        *describe(who, (TYPE, FOAF.Person), (FOAF.name, label), (LABEL, label)),
        *describe(
            node,
            (TYPE, ORG.Membership),
            (ORG.member, who),
            (ORG.organization, org),
            *labels(_ROLE, roles),
            *times(row.since, row.until),
            *c.provenance(row, row.as_of),
        ),
    ]


def _types(row: r.Organization, c: Context) -> tuple[NamedNode, ...]:
    if row.kind == "branch":
        return _FOREIGN_BRANCH if c.is_foreign_branch(row.org_id) else _HOME_BRANCH
    return _SUPPORT if row.kind in _SUPPORT_KINDS else _COMPANY


def _identifier(org: NamedNode, scheme: str, value: str, c: Context) -> list[Triple]:
    node = NamedNode(f"{org.value}/identifier/{scheme}/{value}")
    return [
        *describe(
            org,
            (ADMS.identifier, node),
            (ROV.registration, node if scheme == "be-bce_kbo" else None),
        ),
        *describe(
            node,
            (TYPE, ADMS.Identifier),
            (NOTATION, Literal(value)),
            (VERRE.scheme, c.minter.thing("scheme", scheme)),
        ),
    ]


def _main_site(row: r.Organization) -> r.Site:
    return r.Site(
        org_id=row.org_id,
        function="main",
        country=row.country,
        municipality=row.municipality,
        postcode=row.postcode,
        source_id=row.source_id,
    )


def _place(row: r.Site) -> str:
    place = slug(row.municipality) if row.municipality else ""
    return f"{place} {row.postcode}".strip()


def _address(node: NamedNode, row: r.Site, unit: NamedNode | None) -> list[Triple]:
    address = NamedNode(f"{node.value}/address")
    return [
        Triple(node, ORG.siteAddress, address),
        *describe(
            address,
            (TYPE, LOCN.Address),
            (LOCN.postCode, text(row.postcode)),
            (LOCN.postName, text(row.municipality)),
            (CV.adminUnit, unit),
        ),
    ]
