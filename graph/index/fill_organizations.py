"""Fills organizations: names, places, identifiers, and what each source states of them."""

from __future__ import annotations

from graph.index.facts import Facts
from graph.index.filling import Filling, branch_key, joined, last_part, path_of, period_of
from graph.index.nodes import Node, iri_of, text_of
from graph.index.numbers import FIRST_ORGANIZATION, LAST_ORGANIZATION, WIDEST_GAP, spread
from graph.index.properties import BY_IRI, NAMES, STATED
from graph.index.schema import SITE_OF
from graph.index.spellings import MEMBER, add_names, country_tag
from graph.index.text import fold
from graph.model.namespaces import ADMS, CV, LOCN, ORG, RDFS, REFNIS, SKOS, VERRE
from graph.model.terms import NamedNode

_AREA = REFNIS["70000"].value


def names(facts: Facts) -> dict[str, str]:
    """The name of each organization by its IRI: the one that most sources give."""
    best: dict[str, tuple[int, str]] = {}
    for org, label, count in facts.labels():
        seen = (-count, label)
        best[org] = min(best.get(org, seen), seen)
    return {org: best[org][1] if org in best else last_part(org) for org in facts.organizations()}


def order(iri: str, name: str) -> tuple[str, str, str]:
    """Where an organization stands in lists."""
    return fold(name), name, iri


def number_organizations(filling: Filling) -> dict[str, str]:
    """Numbers all organizations in the order of their names, and returns those by IRI."""
    found = names(filling.facts)
    ordered = sorted(found, key=lambda iri: order(iri, found[iri]))
    numbers = spread(len(ordered), FIRST_ORGANIZATION, LAST_ORGANIZATION, WIDEST_GAP)
    for iri, number in zip(ordered, numbers, strict=True):
        filling.organizations.put(iri, number)
    return found


def fill_organizations(filling: Filling, named: dict[str, str]) -> None:
    """The organizations themselves, their sectors, names, identifiers, and the ways to address them."""
    db = filling.db
    db.execute("CREATE TEMP TABLE stated (organization, property, value, language, concept, source)")
    described = {node.iri: node for node in filling.facts.nodes(ADMS.Identifier)}
    for node in filling.facts.nodes(ORG.Organization):
        number = filling.organizations.get(node.iri)
        if number is None:
            continue
        _organization(filling, node, number, named[node.iri])
        _spellings(filling, node, number)
        for iri in node.iris(ADMS.identifier):
            if iri in described:
                _identifier(filling, number, described[iri])
        for iri in node.iris(VERRE.ultimateParent):
            top = filling.organizations.get(iri)
            if top is not None:
                filling.add("ultimate", number, top)
        _branches(filling, node, number)
        _state(filling, node, number)


def _organization(filling: Filling, node: Node, number: int, name: str) -> None:
    country = filling.concept(node, VERRE.country)
    member = _answer(node, VERRE.memberOfArea, VERRE.notMemberOfArea)
    tags = (*country_tag(country), *((MEMBER,) if member == "yes" else ()))
    add_names(
        filling, "company", number, {name, *(t for kind in NAMES for t in node.texts(STATED[kind]))}, *tags
    )
    for iri in node.iris(VERRE.sector):
        filling.add("organization_sector", number, filling.concepts.get(iri))
    filling.add(
        "organization",
        number,
        node.iri,
        last_part(node.iri),
        name,
        node.text(VERRE.key),
        filling.concept(node, VERRE.organizationKind),
        country,
        None,
        *node.three(VERRE.activity),
        member,
        _answer(node, VERRE.seatInArea, VERRE.seatOutsideArea),
        _answer(node, VERRE.siteInArea, VERRE.notMemberOfArea),
    )


def _answer(node: Node, yes: NamedNode, no: NamedNode) -> str:
    said = (word for word, predicate in (("yes", yes), ("no", no)) if _AREA in node.iris(predicate))
    return next(said, "unknown")


def _spellings(filling: Filling, node: Node, number: int) -> None:
    """The ways to address an organization.

    What an IRI says comes before what a sheet's key says, and that before a register number: one
    organization may have as its key what is another's address.
    """
    for text in {node.iri, path_of(node.iri), last_part(node.iri)}:
        filling.add("alias", text.casefold(), 0, number)
    for key in node.texts(VERRE.key):
        for text in (key, f"x/{key}"):
            filling.add("alias", text.casefold(), 1, number)


def _identifier(filling: Filling, organization: int, node: Node) -> None:
    """A register number, which is one more way to address its organization."""
    scheme, value = last_part(node.iri_of(VERRE.scheme) or ""), node.text(SKOS.notation) or ""
    filling.add("identifier", organization, filling.item(node), node.iri, scheme, value)
    prefix = {"be-bce_kbo": "be/", "xi-lei": "lei/"}.get(scheme)
    if prefix:
        for text in (value, f"{prefix}{value}"):
            filling.add("alias", text.casefold(), 2, organization)


def _branches(filling: Filling, node: Node, number: int) -> None:
    """Of whom an organization is a branch; where it is, by what is said of the branch, else by its country."""
    country = filling.concept(node, VERRE.hostCountry)
    if country is None:
        country = filling.concept(node, VERRE.country)
    period = period_of(node)
    for iri in node.iris(ORG.unitOf):
        head = filling.organizations.get(iri)
        if head is not None:
            pair = branch_key(node.iri, iri)
            days = (period.since, period.until, period.first, period.last)
            filling.add("presence", pair, head, number, "branch", country, None, *days, filling.number(pair))


def _state(filling: Filling, node: Node, number: int) -> None:
    """What is stated of an organization, by whomever; who says it comes with `fill_statements`."""
    for name, predicate in STATED.items():
        for iri in node.iris(predicate):
            filling.add("temp.stated", number, name, iri, "", _concept(filling, name, iri), None)
        for text in node.literals(predicate):
            filling.add("temp.stated", number, name, text.value, text.language or "", None, None)


def _concept(filling: Filling, name: str, iri: str) -> int | None:
    """The number of what a statement leads to; a website is an address and no concept."""
    return None if name == "website" else filling.concepts.get(iri)


def fill_statements(filling: Filling) -> None:
    """Each statement once, with every source that makes it."""
    _stated(filling)
    filling.flush()
    db = filling.db
    db.execute(
        """INSERT INTO statement (id, organization, property, value, concept, language)
           SELECT ? + ROW_NUMBER() OVER (ORDER BY organization, property, value, language),
                  organization, property, value, MAX(concept), language
           FROM stated GROUP BY organization, property, value, language""",
        (filling.next,),
    )
    filling.reserve(db.changes() + 1)
    db.execute("CREATE INDEX temp.stated_of ON stated (organization, property, value, language)")
    db.execute(
        f"""INSERT OR IGNORE INTO evidence
            SELECT s.id, t.source FROM statement s JOIN temp.stated t USING (organization, property, value, language)
            WHERE t.source IS NOT NULL AND {filling.only("s.organization", "organization")}"""
    )
    db.execute("DROP TABLE temp.stated")


def _stated(filling: Filling) -> None:
    for source, org, prop, value in filling.facts.stated():
        number, who = filling.organizations.get(org), filling.sources.get(source)
        if number is None or who is None:
            continue
        name = BY_IRI[prop]
        iri, text = iri_of(value), text_of(value)
        if iri is not None:
            filling.add("temp.stated", number, name, iri, "", _concept(filling, name, iri), who)
        elif text is not None:
            filling.add("temp.stated", number, name, text.value, text.language or "", None, who)


def fill_sites(filling: Filling) -> None:
    """Sites with their addresses; an organization's municipality is that of its main site, else its seat."""
    addresses = {node.iri: node for node in filling.facts.nodes(LOCN.Address)}
    for node in filling.facts.nodes(ORG.Site):
        organization = filling.organization(node, ORG.siteOf)
        if organization is not None:
            _site(filling, node, organization, addresses.get(node.iri_of(ORG.siteAddress) or "", _NOWHERE))
    filling.flush()
    db = filling.db
    db.execute(SITE_OF)
    db.execute(
        f"""INSERT OR IGNORE INTO organization_place
            SELECT organization, municipality FROM site
            WHERE municipality IS NOT NULL AND {filling.only("organization", "organization")}"""
    )
    db.execute(
        f"""UPDATE organization SET municipality = (
              SELECT s.municipality FROM site s
              WHERE s.organization = organization.id AND s.municipality IS NOT NULL
              ORDER BY CASE s.role WHEN 'main' THEN 0 WHEN 'seat' THEN 1 ELSE 2 END, s.iri LIMIT 1)
            WHERE id IN (SELECT organization FROM organization_place
                         WHERE {filling.only("organization", "organization")})"""
    )


_NOWHERE = Node("")


def _site(filling: Filling, node: Node, organization: int, address: Node) -> None:
    period = period_of(node)
    filling.add(
        "site",
        filling.item(node),
        node.iri,
        organization,
        filling.concept(node, VERRE.siteFunction),
        last_part(node.iri_of(VERRE.siteFunction) or ""),
        joined(node.texts(RDFS.label)),
        filling.concept(node, VERRE.country),
        filling.concept(address, CV.adminUnit),
        address.text(LOCN.postName),
        address.text(LOCN.postCode),
        filling.concept(node, VERRE.outsideArea),
        period.since,
        period.until,
        period.first,
        period.last,
    )
