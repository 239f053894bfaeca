"""Fills figures, awards, missions, programmes, needs and statistics."""

from __future__ import annotations

from collections.abc import Iterator

from graph.index.fill_relations import note
from graph.index.filling import Filling, attested_of, folded, last_part, period_of
from graph.index.nodes import nodes
from graph.model.namespaces import QB, RDFS, SCHEMA, VERRE
from graph.model.terms import NamedNode


def fill_awards(filling: Filling) -> None:
    """Awards, and who got or was nominated for which."""
    filling.insert("award", _awards(filling))
    filling.insert("award_grant", _grants(filling))


def _awards(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, VERRE.Award):
        yield (
            filling.item(node),
            node.iri,
            *node.three(RDFS.label),
            folded(*node.texts(RDFS.label)) or folded(last_part(node.iri)),
            node.text(VERRE.edition),
            *node.three(VERRE.category),
            filling.organization(node, VERRE.awarder),
        )


def _grants(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, VERRE.AwardGrant):
        recipient = filling.organization(node, VERRE.recipient)
        award = filling.items.get(node.iri_of(VERRE.award) or "")
        if recipient is None or award is None:
            continue
        result = filling.concept(node, VERRE.awardResult)
        yield filling.item(node), node.iri, recipient, award, result, attested_of(node).text, note(node)


def fill_missions(filling: Filling) -> None:
    """Missions, where they go, who organizes them and who took part."""
    filling.insert("mission", _missions(filling))
    filling.insert("participation", _participations(filling))


def _missions(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, VERRE.TradeMission):
        number, period = filling.item(node), period_of(node)
        markets = (filling.concepts.get(iri) for iri in node.iris(VERRE.destination))
        filling.insert("mission_market", ((number, market) for market in markets))
        hosts = (filling.organizations.get(iri) for iri in node.iris(SCHEMA.organizer))
        filling.insert("mission_organizer", ((number, host) for host in hosts if host is not None))
        yield (
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


def _participations(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, VERRE.MissionParticipation):
        mission = filling.items.get(node.iri_of(VERRE.mission) or "")
        who = filling.organization(node, VERRE.participant)
        if mission is None or who is None:
            continue
        state = filling.concept(node, VERRE.participationState)
        yield filling.item(node), node.iri, mission, who, state, note(node)


def fill_plans(filling: Filling) -> None:
    """Programmes, and what exporters find hard."""
    filling.insert("programme", _programmes(filling))
    filling.insert("need", _needs(filling))


def _programmes(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, VERRE.Programme):
        who = filling.organization(node, VERRE.statedBy)
        if who is not None:
            labels, aims = node.three(RDFS.label), node.three(VERRE.aim)
            yield filling.item(node), node.iri, who, *labels, *aims, period_of(node).since


def _needs(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, VERRE.Need):
        who = filling.organization(node, VERRE.statedBy)
        if who is not None:
            yield filling.item(node), node.iri, who, *node.three(RDFS.label), attested_of(node).text


def fill_figures(filling: Filling) -> None:
    """Figures of organizations, missions and engagements; the last thing to fill that is a subject."""
    query = f"SELECT ?subject ?figure WHERE {{ ?subject {VERRE.figure} ?figure }}"
    subjects: dict[str, int] = {}
    for subject, figure in filling.view.select(query):
        if isinstance(subject, NamedNode) and isinstance(figure, NamedNode):
            number = filling.organizations.get(subject.value) or filling.items.get(subject.value)
            if number is not None:
                subjects[figure.value] = number
    filling.insert("figure", _figures(filling, subjects))


def _figures(filling: Filling, subjects: dict[str, int]) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, VERRE.Figure):
        subject = subjects.get(node.iri)
        if subject is None:
            continue
        yield (
            filling.item(node),
            node.iri,
            subject,
            filling.concept(node, VERRE.measure),
            *(node.number(VERRE[name]) for name in ("value", "min", "max")),
            filling.concept(node, VERRE.unit),
            node.text(VERRE.period),
            filling.concept(node, VERRE.precision),
        )


def fill_statistics(filling: Filling) -> None:
    """Figures of an area in a period."""
    filling.insert("statistic", _statistics(filling))


def _statistics(filling: Filling) -> Iterator[tuple[object, ...]]:
    for node in nodes(filling.view, QB.Observation):
        yield (
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
