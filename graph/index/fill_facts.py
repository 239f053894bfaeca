"""Fills figures, awards, missions, programmes, needs and statistics."""

from __future__ import annotations

from graph.index.fill_relations import note
from graph.index.filling import Filling, attested_of, folded, last_part, period_of
from graph.index.spellings import add_names
from graph.model.namespaces import QB, RDFS, SCHEMA, VERRE


def fill_awards(filling: Filling) -> None:
    """Awards, and who got or was nominated for which."""
    _awards(filling)
    _grants(filling)


def _awards(filling: Filling) -> None:
    for node in filling.facts.nodes(VERRE.Award):
        number = filling.item(node)
        filling.awards.put(node.iri, number)
        add_names(filling, "award", number, {*node.texts(RDFS.label)} or {last_part(node.iri)})
        filling.add(
            "award",
            number,
            node.iri,
            *node.three(RDFS.label),
            folded(*node.texts(RDFS.label)) or folded(last_part(node.iri)),
            node.text(VERRE.edition),
            *node.three(VERRE.category),
            filling.organization(node, VERRE.awarder),
        )


def _grants(filling: Filling) -> None:
    for node in filling.facts.nodes(VERRE.AwardGrant):
        recipient = filling.organization(node, VERRE.recipient)
        award = filling.awards.get(node.iri_of(VERRE.award))
        if recipient is None or award is None:
            continue
        result = filling.concept(node, VERRE.awardResult)
        number, attested = filling.item(node), attested_of(node).text
        filling.add("award_grant", number, node.iri, recipient, award, result, attested, note(node))


def fill_missions(filling: Filling) -> None:
    """Missions, where they go, who organizes them and who took part."""
    _missions(filling)
    _participations(filling)


def _missions(filling: Filling) -> None:
    for node in filling.facts.nodes(VERRE.TradeMission):
        number, period = filling.item(node), period_of(node)
        filling.missions.put(node.iri, number)
        add_names(filling, "mission", number, {*node.texts(RDFS.label)})
        for iri in node.iris(VERRE.destination):
            filling.add("mission_market", number, filling.concepts.get(iri))
        for iri in node.iris(SCHEMA.organizer):
            host = filling.organizations.get(iri)
            if host is not None:
                filling.add("mission_organizer", number, host)
        filling.add(
            "mission",
            number,
            node.iri,
            node.text(VERRE.key) or last_part(node.iri),
            *node.three(RDFS.label),
            folded(*node.texts(RDFS.label)),
            filling.concept(node, VERRE.missionType),
            period.since,
            period.until,
            period.first,
            note(node),
        )


def _participations(filling: Filling) -> None:
    for node in filling.facts.nodes(VERRE.MissionParticipation):
        mission = filling.missions.get(node.iri_of(VERRE.mission))
        who = filling.organization(node, VERRE.participant)
        if mission is None or who is None:
            continue
        state = filling.concept(node, VERRE.participationState)
        filling.add("participation", filling.item(node), node.iri, mission, who, state, note(node))


def fill_plans(filling: Filling) -> None:
    """Programmes, and what exporters find hard."""
    _programmes(filling)
    _needs(filling)


def _programmes(filling: Filling) -> None:
    for node in filling.facts.nodes(VERRE.Programme):
        who = filling.organization(node, VERRE.statedBy)
        if who is not None:
            labels, aims = node.three(RDFS.label), node.three(VERRE.aim)
            number, since = filling.item(node), period_of(node).since
            filling.add("programme", number, node.iri, who, *labels, *aims, since)


def _needs(filling: Filling) -> None:
    for node in filling.facts.nodes(VERRE.Need):
        who = filling.organization(node, VERRE.statedBy)
        if who is not None:
            labels, attested = node.three(RDFS.label), attested_of(node).text
            filling.add("need", filling.item(node), node.iri, who, *labels, attested)


def fill_figures(filling: Filling) -> None:
    """Figures of organizations, missions and engagements; one of several belongs to the first by IRI."""
    subjects: dict[str, str] = {}
    for subject, figure in filling.facts.figures():
        if subject < subjects.get(figure, subject + " ") and _number(filling, subject) is not None:
            subjects[figure] = subject
    for node in filling.facts.nodes(VERRE.Figure):
        number = _number(filling, subjects[node.iri]) if node.iri in subjects else None
        if number is None:
            continue
        filling.add(
            "figure",
            filling.item(node),
            node.iri,
            number,
            filling.concept(node, VERRE.measure),
            *(node.number(VERRE[name]) for name in ("value", "min", "max")),
            filling.concept(node, VERRE.unit),
            node.text(VERRE.period),
            filling.concept(node, VERRE.precision),
        )


def _number(filling: Filling, iri: str) -> int | None:
    return filling.organizations.get(iri) or filling.items.get(iri)


def fill_statistics(filling: Filling) -> None:
    """Figures of an area in a period."""
    _statistics(filling)


def _statistics(filling: Filling) -> None:
    for node in filling.facts.nodes(QB.Observation):
        filling.add(
            "statistic",
            filling.item(node),
            node.iri,
            filling.concept(node, VERRE.area),
            filling.concept(node, VERRE.indicator),
            filling.concept(node, VERRE.period),
            filling.concept(node, VERRE.partnerArea),
            node.number(VERRE.value),
            filling.concept(node, VERRE.unit),
            node.number(VERRE.changePercent),
            filling.concept(node, VERRE.precision),
            note(node),
        )
