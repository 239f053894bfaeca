"""Fills the relations that carry facts: engagements, partnerships, ownerships, branches, memberships."""

from __future__ import annotations

from collections.abc import Iterator

from graph.index.filling import Filling, attested_of, folded, joined, last_part, period_of
from graph.index.nodes import Node, nodes
from graph.index.text import fold
from graph.model.namespaces import DCTERMS, FOAF, ORG, RDFS, SCHEMA, VERRE
from graph.model.statuses import RANK
from graph.model.terms import NamedNode


def note(node: Node) -> str | None:
    """The notes on a node."""
    return joined(node.texts(VERRE.note))


def fill_engagements(filling: Filling) -> None:
    """Who is in which market, and until when a withdrawal that was attested later outweighs it."""
    filling.insert("engagement", _engagements(filling))
    filling.db.execute("CREATE INDEX engagement_left ON engagement (company, market) WHERE rank = 0")
    filling.db.execute(
        """UPDATE engagement SET outweighed = COALESCE((
             SELECT MAX(w.last) FROM engagement w
             WHERE w.company = engagement.company AND w.market = engagement.market AND w.rank = 0
               AND w.attested_first > engagement.attested_last), -1)
           WHERE rank > 0"""
    )


def _engagements(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, VERRE.ExportEngagement):
        company = filling.organization(node, VERRE.exporter)
        market = filling.concept(node, VERRE.market)
        rank = RANK.get(last_part(node.iri_of(VERRE.engagementStatus) or ""))
        if company is None or market is None or rank is None:
            continue
        period, attested = period_of(node), attested_of(node)
        yield (
            filling.item(node),
            node.iri,
            company,
            market,
            filling.concept(node, VERRE.product),
            rank,
            period.since,
            period.until,
            attested.text,
            period.first,
            period.last,
            attested.first,
            attested.last,
            -1,
            note(node),
        )


def fill_partnerships(filling: Filling) -> None:
    """Partnerships, and for each party where the tie is: the territory, or the other party's country."""
    filling.insert("partnership", _partnerships(filling))
    for own, other in (("principal", "partner"), ("partner", "principal")):
        filling.db.execute(
            f"""INSERT OR IGNORE INTO tie
                SELECT p.{own}, o.country, p.id, 1, p.last
                FROM partnership p JOIN organization o ON o.id = p.{other} WHERE o.country IS NOT NULL
                UNION ALL
                SELECT p.{own}, p.territory, p.id, o.country IS NULL, p.last
                FROM partnership p JOIN organization o ON o.id = p.{other} WHERE p.territory IS NOT NULL"""
        )


def _partnerships(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, VERRE.Partnership):
        principal = filling.organization(node, VERRE.principal)
        partner = filling.organization(node, VERRE.partner)
        if principal is None or partner is None:
            continue
        period = period_of(node)
        yield (
            filling.item(node),
            node.iri,
            principal,
            partner,
            filling.concept(node, VERRE.partnerRole),
            filling.concept(node, VERRE.territory),
            filling.concept(node, VERRE.exclusivity),
            period.since,
            period.until,
            attested_of(node).text,
            period.first,
            period.last,
            note(node),
        )


def fill_ownerships(filling: Filling) -> None:
    """Ownerships, ultimate parents and changes."""
    filling.insert("ownership", _ownerships(filling))
    tops = filling.view.select(f"SELECT ?org ?top WHERE {{ ?org {VERRE.ultimateParent} ?top }}")
    ids = filling.organizations
    pairs = ((ids.get(getattr(a, "value", "")), ids.get(getattr(b, "value", ""))) for a, b in tops)
    filling.insert("ultimate", (pair for pair in pairs if None not in pair))
    filling.insert("change", _changes(filling))


def _ownerships(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, VERRE.Ownership):
        owner, owned = filling.organization(node, VERRE.owner), filling.organization(node, VERRE.owned)
        if owner is None or owned is None:
            continue
        period = period_of(node)
        yield (
            filling.item(node),
            node.iri,
            owner,
            owned,
            filling.concept(node, VERRE.ownershipKind),
            filling.concept(node, VERRE.basis),
            *(node.number(VERRE[name]) for name in ("shareExact", "shareMin", "shareMax")),
            period.since,
            period.until,
            attested_of(node).text,
            period.first,
            period.last,
            note(node),
        )


def _changes(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, ORG.ChangeEvent):
        yield (
            filling.item(node),
            node.iri,
            filling.concept(node, VERRE.changeType),
            filling.organization(node, ORG.originalOrganization),
            filling.organization(node, VERRE.acquirer),
            node.text(DCTERMS.date),
            node.iri_of(VERRE.resultingOwnership),
            note(node),
        )


_BRANCHES = f"""
SELECT ?branch ?head ?host ?start ?end WHERE {{
  ?branch {ORG.unitOf} ?head .
  OPTIONAL {{ ?branch {VERRE.hostCountry} ?host }}
  OPTIONAL {{ ?branch {SCHEMA.startDate} ?start }}
  OPTIONAL {{ ?branch {SCHEMA.endDate} ?end }} }}
"""
_BRANCH_SOURCES = f"""
SELECT ?branch ?head ?source WHERE {{
  ?source {VERRE.graph} ?g . GRAPH ?g {{ ?branch {ORG.unitOf} ?head }} }}
"""


def fill_presence(filling: Filling) -> None:
    """Where a company has a branch, a subsidiary or a site of its own."""
    _fill_branches(filling)
    investment = filling.concepts.ids.get("https://w3id.org/verre/code/ownership-kind/investment", 0)
    start = next(filling.numbers)
    place = """(SELECT COALESCE(m.nl, m.code, s.place) FROM site s LEFT JOIN concept m ON m.id = s.municipality
               WHERE s.organization = {0} AND COALESCE(m.id, s.place) IS NOT NULL
               ORDER BY s.role <> 'main', s.iri LIMIT 1)"""
    filling.db.execute(f"UPDATE presence SET place = {place.format('presence.member')}")
    filling.db.execute(
        f"""INSERT INTO presence
            SELECT ? + ROW_NUMBER() OVER (ORDER BY w.iri), w.owner, w.owned, 'subsidiary', o.country,
                   {place.format("w.owned")}, w.since, w.until, w.first, w.last, w.id
            FROM ownership w JOIN organization o ON o.id = w.owned WHERE w.kind IS NOT ?""",
        (start, investment),
    )
    _skip(filling, "ownership")
    start = next(filling.numbers)
    filling.db.execute(
        """INSERT INTO presence
           SELECT ? + ROW_NUMBER() OVER (ORDER BY s.iri), s.organization, NULL, 'site', s.country,
                  COALESCE(m.nl, m.code, s.place), s.since, s.until, s.first, s.last, s.id
           FROM site s LEFT JOIN concept m ON m.id = s.municipality""",
        (start,),
    )
    _skip(filling, "site")


def _skip(filling: Filling, table: str) -> None:
    """Leaves out the numbers that SQL has given, at most one for each row of a table."""
    (rows,) = filling.db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
    for _ in range(rows):
        next(filling.numbers)


def _fill_branches(filling: Filling) -> None:
    found: dict[tuple[str, str], Node] = {}
    names = (VERRE.hostCountry, SCHEMA.startDate, SCHEMA.endDate)
    for branch, head, *values in filling.view.select(_BRANCHES):
        if isinstance(branch, NamedNode) and isinstance(head, NamedNode):
            node = found.setdefault((branch.value, head.value), Node(f"{branch.value} {head.value}"))
            for name, value in zip(names, values, strict=True):
                if value is not None:
                    node.add(name.value, value)
    for (branch_iri, head_iri), node in sorted(found.items()):
        branch_id, head_id = filling.organizations.get(branch_iri), filling.organizations.get(head_iri)
        if branch_id is None or head_id is None:
            continue
        country = filling.concept(node, VERRE.hostCountry)
        if country is None:
            query = "SELECT country FROM organization WHERE id = ?"
            (country,) = filling.db.execute(query, (branch_id,)).fetchone()
        period, number = period_of(node), filling.item(node)
        days = (period.since, period.until, period.first, period.last)
        filling.insert("presence", [(number, head_id, branch_id, "branch", country, None, *days, number)])
    said = filling.view.select(_BRANCH_SOURCES)
    pairs = ((filling.items.get(f"{_iri(b)} {_iri(h)}"), filling.sources.get(_iri(s))) for b, h, s in said)
    filling.insert("evidence", (pair for pair in pairs if None not in pair))


def _iri(term: object) -> str:
    return getattr(term, "value", "")


def fill_people(filling: Filling) -> None:
    """Persons, and who is in which role where; organizations are members too."""
    filling.insert("person", _people(filling))
    filling.insert("membership", _memberships(filling))


def _people(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, FOAF.Person):
        name = node.text(FOAF.name) or node.text(RDFS.label) or last_part(node.iri)
        names = folded(name, *node.texts(FOAF.name), *node.texts(RDFS.label))
        yield filling.item(node), node.iri, last_part(node.iri), name, f"{fold(name)}\n{names}"


def _memberships(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, ORG.Membership):
        organization = filling.organization(node, ORG.organization)
        if organization is None:
            continue
        period, attested = period_of(node), attested_of(node)
        yield (
            filling.item(node),
            node.iri,
            filling.items.get(node.iri_of(ORG.member) or ""),
            filling.organization(node, ORG.member),
            organization,
            *node.three(VERRE.roleName),
            period.since,
            period.until,
            attested.text,
            period.first,
            period.last,
            attested.last,
            note(node),
        )
