"""What is done for exporters: awards, missions, programmes; and what they find hard."""

from __future__ import annotations

from graph.model.terms import Triple
from graph.sources import records as r
from graph.sources.mapping.context import Context
from graph.sources.mapping.terms import (
    KEY,
    LABEL,
    SCHEMA,
    SECTOR,
    START,
    TYPE,
    VERRE,
    Pair,
    coded,
    date,
    describe,
    labels,
    note,
    tagged,
    text,
    times,
)


def award(row: r.Award, c: Context) -> list[Triple]:
    """An award of a year and category, and who got it.

    The award's node is that of its name, year and category: all its winners and nominees share it,
    whichever source names them.
    """
    node = c.hashed("award", name=row.award, edition=row.year, category=row.category)
    recipient = c.org(row.org_id)
    grant = c.hashed("grant", recipient=recipient, award=node, source=row.source_id)
    parties = [row.org_id, row.awarder] if row.awarder else [row.org_id]
    return [
        *c.named(*parties),
        *describe(
            node,
            (TYPE, VERRE.Award),
            *_label(row.award, c),
            (VERRE.edition, date(row.year)),
            *_category(row.category, c),
            (VERRE.awarder, c.org(row.awarder) if row.awarder else None),
        ),
        *describe(
            grant,
            (TYPE, VERRE.AwardGrant),
            (VERRE.recipient, recipient),
            (VERRE.award, node),
            (VERRE.awardResult, coded("award-result", row.result)),
            *c.provenance(row),
            note(row.note),
        ),
    ]


def mission(row: r.Mission, c: Context) -> list[Triple]:
    """What one source says of a mission."""
    sectors = [c.word("sector", key) for key in row.sector]
    primary, _ = c.provenance(row)
    return [
        *c.named(*row.organizer),
        *describe(
            c.mission(row.mission_id),
            (TYPE, VERRE.TradeMission),
            *tagged(LABEL, row.name_nl, row.name_en, row.name_fr),
            (KEY, text(row.mission_id)),
            (VERRE.missionType, coded("mission-type", row.mission_type)),
            *((VERRE.destination, market) for market in row.markets),
            *((SCHEMA.organizer, c.org(key)) for key in row.organizer),
            *((SECTOR, sector) for sector, _ in sectors),
            *times(row.start_date, row.end_date),
            note(row.note),
            primary,
        ),
        *(triple for _, words in sectors for triple in words),
    ]


def participant(row: r.Participant, c: Context) -> list[Triple]:
    """An organization on a mission."""
    who = c.org(row.org_id)
    where = c.mission(row.mission_id)
    node = c.hashed("participation", mission=where, participant=who, source=row.source_id)
    return [
        *c.named(row.org_id),
        *describe(
            node,
            (TYPE, VERRE.MissionParticipation),
            (VERRE.mission, where),
            (VERRE.participant, who),
            (VERRE.participationState, coded("participation-state", row.state)),
            *c.provenance(row),
            note(row.note),
        ),
    ]


def programme(row: r.Programme, c: Context) -> list[Triple]:
    """A plan of an organization."""
    primary, _ = c.provenance(row)
    return [
        *c.named(row.org_id),
        *describe(
            c.minter.thing("programme", row.programme_id),
            (TYPE, VERRE.Programme),
            (LABEL, text(row.name)),
            (VERRE.statedBy, c.org(row.org_id)),
            *tagged(VERRE.aim, row.aim_nl, row.aim_en, row.aim_fr),
            (START, date(row.year)),
            primary,
        ),
    ]


def need(row: r.Need, c: Context) -> list[Triple]:
    """What exporters find hard, as an organization states it."""
    return [
        *c.named(row.org_id),
        *describe(
            c.minter.thing("need", row.need_id),
            (TYPE, VERRE.Need),
            (VERRE.statedBy, c.org(row.org_id)),
            *tagged(LABEL, row.need_nl, row.need_en, row.need_fr),
            *c.provenance(row, row.as_of),
        ),
    ]


def _label(name: str, c: Context) -> list[Pair]:
    """The award's name: in three languages where the table of terms has it, else as it stands."""
    if ("award", name) in c.reference.terms:
        return labels(LABEL, c.reference.term("award", name))
    return [(LABEL, text(name))]


def _category(category: str, c: Context) -> list[Pair]:
    """In English as it stands, and in the languages in which the table of terms has it."""
    if not category:
        return []
    return labels(VERRE.category, {"en": category, **c.reference.term("award-category", category)})
