"""Fills the relations that carry facts: engagements, partnerships, ownerships, branches, memberships."""

from __future__ import annotations

from graph.index.filling import Filling, attested_of, branch_key, folded, joined, last_part, period_of
from graph.index.nodes import Node
from graph.index.schema import ENGAGEMENT_OF
from graph.index.spellings import add_names
from graph.index.text import fold
from graph.model.namespaces import DCTERMS, FOAF, ORG, RDFS, VERRE, code
from graph.model.statuses import RANK


def note(node: Node) -> str | None:
    """The notes on a node."""
    return joined(node.texts(VERRE.note))


def fill_engagements(filling: Filling) -> None:
    """Who is in which market, and until when a withdrawal that was attested later outweighs it."""
    for node in filling.facts.nodes(VERRE.ExportEngagement):
        company = filling.organization(node, VERRE.exporter)
        market = filling.concept(node, VERRE.market)
        rank = RANK.get(last_part(node.iri_of(VERRE.engagementStatus) or ""))
        if company is None or market is None or rank is None:
            continue
        period, attested = period_of(node), attested_of(node)
        filling.add(
            "engagement",
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


def outweigh(filling: Filling) -> None:
    """Until when a withdrawal from the same market that was attested later outweighs an engagement.

    Few companies withdraw, so only those are looked at.
    """
    filling.flush()
    db = filling.db
    if filling.partial:
        touched = filling.only("id", "item")
        db.execute(
            f"INSERT OR IGNORE INTO temp.touched_company SELECT company FROM engagement WHERE {touched}"
        )
    db.execute(ENGAGEMENT_OF)
    db.execute("CREATE INDEX IF NOT EXISTS engagement_left ON engagement (company, market) WHERE rank = 0")
    if filling.partial:
        db.execute(
            f"UPDATE engagement SET outweighed = -1 WHERE outweighed <> -1 AND {filling.only('company', 'company')}"
        )
    db.execute(
        f"""UPDATE engagement SET outweighed = COALESCE((
              SELECT MAX(w.last) FROM engagement w
              WHERE w.company = engagement.company AND w.market = engagement.market AND w.rank = 0
                AND w.attested_first > engagement.attested_last), -1)
            WHERE rank > 0 AND {filling.only("company", "company")}
              AND (company, market) IN (SELECT company, market FROM engagement WHERE rank = 0)"""
    )


def fill_partnerships(filling: Filling) -> None:
    """Partnerships, and for each party where the tie is: the territory, or the other party's country."""
    _partnerships(filling)
    filling.flush()
    touched = filling.only("p.id", "item")
    for own, other in (("principal", "partner"), ("partner", "principal")):
        filling.db.execute(
            f"""INSERT OR IGNORE INTO tie
                SELECT p.{own}, o.country, p.id, 1, p.last
                FROM partnership p JOIN organization o ON o.id = p.{other} WHERE o.country IS NOT NULL AND {touched}
                UNION ALL
                SELECT p.{own}, p.territory, p.id, o.country IS NULL, p.last
                FROM partnership p JOIN organization o ON o.id = p.{other} WHERE p.territory IS NOT NULL AND {touched}"""
        )


def _partnerships(filling: Filling) -> None:
    for node in filling.facts.nodes(VERRE.Partnership):
        principal = filling.organization(node, VERRE.principal)
        partner = filling.organization(node, VERRE.partner)
        if principal is None or partner is None:
            continue
        period = period_of(node)
        filling.add(
            "partnership",
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
    """Ownerships and changes."""
    _ownerships(filling)
    _changes(filling)


def _ownerships(filling: Filling) -> None:
    for node in filling.facts.nodes(VERRE.Ownership):
        owner, owned = filling.organization(node, VERRE.owner), filling.organization(node, VERRE.owned)
        if owner is None or owned is None:
            continue
        period = period_of(node)
        filling.add(
            "ownership",
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


def _changes(filling: Filling) -> None:
    for node in filling.facts.nodes(ORG.ChangeEvent):
        filling.add(
            "change",
            filling.item(node),
            node.iri,
            filling.concept(node, VERRE.changeType),
            filling.organization(node, ORG.originalOrganization),
            filling.organization(node, VERRE.acquirer),
            node.text(DCTERMS.date),
            node.iri_of(VERRE.resultingOwnership),
            note(node),
        )


_PLACE = """(SELECT COALESCE(s.place, m.nl, m.code) FROM site s LEFT JOIN concept m ON m.id = s.municipality
  WHERE s.organization = {member} AND COALESCE(m.id, s.place) IS NOT NULL
  ORDER BY s.role <> 'main', s.iri LIMIT 1)"""
"""The town of an organization."""


def fill_presence(filling: Filling) -> None:
    """Where a company has a branch (they come with the organizations), a subsidiary or a site of its own."""
    filling.flush()
    db, touched = filling.db, filling.only("w.id", "item")
    write_concepts(filling)
    investment = filling.concepts.ids.get(code("ownership-kind", "investment").value, 0)
    db.execute(
        f"""UPDATE presence SET place = {_PLACE.format(member="presence.member")}
            WHERE kind = 'branch' AND {filling.only("item", "item")}"""
    )
    db.execute(
        f"""INSERT INTO presence
            SELECT w.iri, w.owner, w.owned, 'subsidiary', o.country, {_PLACE.format(member="w.owned")},
                   w.since, w.until, w.first, w.last, w.id
            FROM ownership w JOIN organization o ON o.id = w.owned WHERE w.kind IS NOT ? AND {touched}
            ORDER BY w.owner, w.id""",
        (investment,),
    )
    db.execute(
        f"""INSERT INTO presence
            SELECT w.iri, w.organization, NULL, 'site', w.country, COALESCE(w.place, m.nl, m.code),
                   w.since, w.until, w.first, w.last, w.id
            FROM site w LEFT JOIN concept m ON m.id = w.municipality WHERE {touched}
            ORDER BY w.organization, w.id"""
    )
    for branch, head, source in filling.facts.branches():
        item, who = filling.items.get(branch_key(branch, head)), filling.sources.get(source)
        if item is not None and who is not None:
            filling.add("evidence", item, who)


def write_concepts(filling: Filling) -> None:
    """Writes the concepts so far, which SQL reads the names of places from."""
    for row in filling.concepts.taken():
        filling.add("concept", *row)
    filling.flush()


def fill_people(filling: Filling) -> None:
    """Persons, and who is in which role where; organizations are members too."""
    for node in filling.facts.nodes(FOAF.Person):
        name = node.text(FOAF.name) or node.text(RDFS.label) or last_part(node.iri)
        names = folded(name, *node.texts(FOAF.name), *node.texts(RDFS.label))
        number = filling.item(node)
        filling.people.put(node.iri, number)
        add_names(filling, "person", number, {name, *node.texts(FOAF.name), *node.texts(RDFS.label)})
        filling.add("person", number, node.iri, last_part(node.iri), name, f"{fold(name)}\n{names}")
    for node in filling.facts.nodes(ORG.Membership):
        organization = filling.organization(node, ORG.organization)
        if organization is None:
            continue
        period, attested = period_of(node), attested_of(node)
        filling.add(
            "membership",
            filling.item(node),
            node.iri,
            filling.people.get(node.iri_of(ORG.member)),
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
