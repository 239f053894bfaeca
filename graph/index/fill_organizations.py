"""Fills organizations: names, places, identifiers, and what each source states of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from graph.index.filling import Filling, joined, last_part, path_of, period_of
from graph.index.nodes import Node, nodes
from graph.index.text import fold
from graph.model.namespaces import (
    ADMS,
    CV,
    LOCN,
    ORG,
    RDFS,
    REFNIS,
    ROV,
    SCHEMA,
    SKOS,
    VERRE,
)
from graph.model.terms import Literal, NamedNode

PROPERTIES: dict[str, NamedNode] = {
    "name": RDFS.label,
    "legalName": ROV.legalName,
    "alternativeName": SKOS.altLabel,
    "abbreviation": VERRE.abbreviation,
    "tradeName": VERRE.tradeName,
    "formerName": VERRE.formerName,
    "legalForm": VERRE.legalForm,
    "kind": VERRE.organizationKind,
    "country": VERRE.country,
    "founded": SCHEMA.foundingDate,
    "website": SCHEMA.url,
    "activity": VERRE.activity,
    "sector": VERRE.sector,
    "nace": ROV.orgActivity,
    "note": VERRE.note,
}
"""What a source can state of an organization, by the name that the statement has in JSON."""

NAMES = ("name", "legalName", "alternativeName", "abbreviation", "tradeName", "formerName")

_LABELS = f"""
SELECT ?org ?label (COUNT(DISTINCT ?g) AS ?n) WHERE {{
  GRAPH ?g {{ ?org a {ORG.Organization} ; {RDFS.label} ?label }} }} GROUP BY ?org ?label
"""
_ALL = f"SELECT ?org WHERE {{ ?org a {ORG.Organization} }}"
_AREA = f"""
SELECT ?org ?said WHERE {{
  VALUES ?said {{ {VERRE.memberOfArea} {VERRE.notMemberOfArea} {VERRE.seatInArea} {VERRE.seatOutsideArea} {VERRE.siteInArea} }}
  ?org ?said {REFNIS["70000"]} }}
"""
_STATED = f"""
SELECT ?source ?org ?property ?value WHERE {{
  VALUES ?property {{ {" ".join(str(p) for p in PROPERTIES.values())} }}
  ?source {VERRE.graph} ?g .
  GRAPH ?g {{ ?org a {ORG.Organization} ; ?property ?value }} }}
"""
_BY_IRI = {predicate.value: name for name, predicate in PROPERTIES.items()}


def number_organizations(filling: Filling) -> dict[str, str]:
    """Numbers all organizations in the order of their names, and returns those by IRI.

    The name is the one that most sources give.
    """
    best: dict[str, tuple[int, str]] = {}
    for org, label, count in filling.view.select(_LABELS):
        if isinstance(org, NamedNode) and isinstance(label, Literal) and isinstance(count, Literal):
            seen = (-int(count.value), label.value)
            best[org.value] = min(best.get(org.value, seen), seen)
    names: dict[str, str] = {}
    for (org,) in filling.view.select(_ALL):
        if isinstance(org, NamedNode):
            names[org.value] = best[org.value][1] if org.value in best else last_part(org.value)
    for iri in sorted(names, key=lambda each: (fold(names[each]), names[each], each)):
        filling.organizations[iri] = next(filling.numbers)
    return names


def fill_organizations(filling: Filling, names: dict[str, str]) -> None:
    """The organizations themselves, their sectors, names and other spellings of their address."""
    said: defaultdict[str, set[str]] = defaultdict(set)
    for org, word in filling.view.select(_AREA):
        if isinstance(org, NamedNode) and isinstance(word, NamedNode):
            said[org.value].add(last_part(word.value))
    db = filling.db
    db.execute("CREATE TEMP TABLE stated (organization, property, value, language, concept, source)")
    filling.insert("organization", _organizations(filling, names, said))


def _organizations(
    filling: Filling, names: dict[str, str], said: defaultdict[str, set[str]]
) -> Iterator[tuple[object, ...]]:
    keys: list[tuple[object, ...]] = []
    for node in nodes(filling.view, ORG.Organization):
        number = filling.organizations[node.iri]
        keys += _spellings(filling, node, number)
        every = {text for name in NAMES for text in node.texts(PROPERTIES[name])} | {names[node.iri]}
        filling.insert("organization_name", ((number, fold(text)) for text in sorted(every)))
        sectors = node.iris(VERRE.sector)
        filling.insert("organization_sector", ((number, filling.concepts.get(iri)) for iri in sectors))
        _state(filling, node, number)
        words = said.get(node.iri, set())
        yield (
            number,
            node.iri,
            last_part(node.iri),
            names[node.iri],
            node.text(VERRE.key),
            filling.concept(node, VERRE.organizationKind),
            filling.concept(node, VERRE.country),
            None,
            *node.three(VERRE.activity),
            _answer(words, "memberOfArea", "notMemberOfArea"),
            _answer(words, "seatInArea", "seatOutsideArea"),
            _answer(words, "siteInArea", "notMemberOfArea"),
        )
    filling.insert("alias", keys)


def _answer(words: set[str], yes: str, no: str) -> str:
    return "yes" if yes in words else "no" if no in words else "unknown"


def _spellings(filling: Filling, node: Node, number: int) -> list[tuple[object, ...]]:
    """Writes the ways in which an organization's IRI names it, and returns the others.

    What an IRI says comes before what a sheet's key says: one organization may have as its key what
    is another's address.
    """
    canonical = {node.iri, path_of(node.iri), last_part(node.iri)}
    others = {f"{kind}{key}" for key in node.texts(VERRE.key) for kind in ("", "x/")}
    filling.insert("alias", ((text.casefold(), number) for text in sorted(canonical)))
    return [(text.casefold(), number) for text in sorted(others - canonical)]


def _state(filling: Filling, node: Node, number: int) -> None:
    """What is stated of an organization, by whomever; who says it comes with `fill_statements`."""
    rows: list[tuple[object, ...]] = []
    for name, predicate in PROPERTIES.items():
        rows += [(number, name, iri, "", _concept(filling, name, iri), None) for iri in node.iris(predicate)]
        rows += [
            (number, name, text.value, text.language or "", None, None) for text in node.literals(predicate)
        ]
    filling.insert("temp.stated", rows)


def _concept(filling: Filling, name: str, iri: str) -> int | None:
    """The number of what a statement leads to; a website is an address and no concept."""
    return None if name == "website" else filling.concepts.get(iri)


def fill_statements(filling: Filling) -> None:
    """Each statement once, with every source that makes it."""
    filling.insert("temp.stated", _stated(filling))
    db = filling.db
    start = next(filling.numbers)
    total = db.execute(
        """INSERT INTO statement (id, organization, property, value, concept, language)
           SELECT ? + ROW_NUMBER() OVER (ORDER BY organization, property, value, language),
                  organization, property, value, MAX(concept), language
           FROM stated GROUP BY organization, property, value, language""",
        (start,),
    ).rowcount
    db.execute("CREATE INDEX temp.stated_of ON stated (organization, property, value, language)")
    db.execute(
        """INSERT OR IGNORE INTO evidence
           SELECT s.id, t.source FROM statement s JOIN stated t USING (organization, property, value, language)
           WHERE t.source IS NOT NULL"""
    )
    db.execute("DROP TABLE temp.stated")
    for _ in range(max(total, 0)):
        next(filling.numbers)


def _stated(filling: Filling) -> Iterator[tuple[object, ...]]:
    for source, org, prop, value in filling.view.select(_STATED):
        number = filling.organizations.get(getattr(org, "value", ""))
        who = filling.sources.get(getattr(source, "value", ""))
        if number is None or who is None or not isinstance(prop, NamedNode):
            continue
        name = _BY_IRI[prop.value]
        if isinstance(value, NamedNode):
            yield number, name, value.value, "", _concept(filling, name, value.value), who
        elif isinstance(value, Literal):
            yield number, name, value.value, value.language or "", None, who


def fill_identifiers(filling: Filling) -> None:
    """Register numbers, each one more way to address its organization."""
    described = {node.iri: node for node in nodes(filling.view, ADMS.Identifier)}
    query = f"SELECT ?org ?identifier WHERE {{ ?org {ADMS.identifier} ?identifier }}"
    for org, identifier in sorted(filling.view.select(query), key=str):
        number = filling.organizations.get(getattr(org, "value", ""))
        node = described.get(getattr(identifier, "value", ""))
        if number is None or node is None:
            continue
        scheme, value = last_part(node.iri_of(VERRE.scheme) or ""), node.text(SKOS.notation) or ""
        filling.insert("identifier", [(filling.item(node), node.iri, number, scheme, value)])
        prefix = {"be-bce_kbo": "be/", "xi-lei": "lei/"}.get(scheme)
        if prefix:
            spellings = (value.casefold(), f"{prefix}{value.casefold()}")
            filling.insert("alias", ((text, number) for text in spellings))


def fill_sites(filling: Filling) -> None:
    """Sites with their addresses; an organization's municipality is that of its main site, else its seat."""
    addresses = {node.iri: node for node in nodes(filling.view, LOCN.Address)}
    filling.insert("site", _sites(filling, addresses))
    filling.db.execute(
        """INSERT OR IGNORE INTO organization_place
           SELECT organization, municipality FROM site WHERE municipality IS NOT NULL"""
    )
    filling.db.execute(
        """UPDATE organization SET municipality = (
             SELECT s.municipality FROM site s
             WHERE s.organization = organization.id AND s.municipality IS NOT NULL
             ORDER BY CASE s.role WHEN 'main' THEN 0 WHEN 'seat' THEN 1 ELSE 2 END, s.iri LIMIT 1)
           WHERE id IN (SELECT organization FROM organization_place)"""
    )


def _sites(filling: Filling, addresses: dict[str, Node]) -> Iterator[tuple[object, ...]]:
    nothing = Node("")
    for node in nodes(filling.view, ORG.Site):
        organization = filling.organization(node, ORG.siteOf)
        if organization is None:
            continue
        address = addresses.get(node.iri_of(ORG.siteAddress) or "", nothing)
        period = period_of(node)
        yield (
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
