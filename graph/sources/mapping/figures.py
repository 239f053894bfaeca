"""Figures on organizations and missions, and statistics on areas."""

from __future__ import annotations

from decimal import Decimal

from graph.model.dates import PartialDate
from graph.model.namespaces import XSD
from graph.model.terms import Literal, NamedNode, Triple
from graph.sources import records as r
from graph.sources.codes import CODES
from graph.sources.mapping.context import Context
from graph.sources.mapping.terms import (
    END,
    FIGURE_OF,
    LABEL,
    NOTATION,
    PERIOD,
    PRECISION,
    QB,
    START,
    TYPE,
    UNIT,
    VALUE,
    VERRE,
    area,
    coded,
    date,
    describe,
    note,
    number,
    text,
    unit,
)
from graph.sources.periods import Period


def figure(row: r.Figure, c: Context) -> list[Triple]:
    """A number, or a range, on an organization or a mission."""
    is_mission = row.subject in c.missions
    subject = c.mission(row.subject) if is_mission else c.org(row.subject)
    node = c.hashed(
        "figure",
        subject=subject,
        measure=row.measure,
        unit=row.unit,
        period=row.period,
        source=row.source_id,
    )
    return [
        *([] if is_mission else c.named(row.subject)),
        Triple(subject, FIGURE_OF, node),
        *measured(node, row.measure),
        *describe(
            node,
            (VALUE, number(row.value)),
            (VERRE.min, number(row.min)),
            (VERRE.max, number(row.max)),
            (UNIT, unit(row.unit)),
            (PERIOD, date(row.period)),
            (PRECISION, coded("precision", row.precision)),
            note(row.note),
        ),
    ]


def measured(node: NamedNode, measure: str) -> list[Triple]:
    """What a figure measures; a measure that the code list lacks gets its own word as label."""
    concept = coded("measure", measure)
    triples = describe(node, (TYPE, VERRE.Figure), (VERRE.measure, concept))
    if concept is not None and measure not in CODES["measure"]:
        triples.append(Triple(concept, LABEL, Literal(measure)))
    return triples


def of_engagement(
    node: NamedNode, measure: str, value: Decimal, unit_word: str, as_of: PartialDate | None
) -> list[Triple]:
    """A figure of an engagement: its share, or its value."""
    own = NamedNode(f"{node.value}/figure/{measure}")
    return [
        Triple(node, FIGURE_OF, own),
        *measured(own, measure),
        *describe(
            own,
            (VALUE, number(value)),
            (UNIT, unit(unit_word)),
            (PERIOD, date(as_of)),
        ),
    ]


def statistic(row: r.Statistic, c: Context) -> list[Triple]:
    """A figure about an area, as an observation of the data set of statistics."""
    indicator, words = c.word("indicator", row.indicator)
    node = c.hashed(
        "observation",
        area=row.area,
        indicator=indicator,
        period=row.period.code if row.period else "",
        market=row.market,
        source=row.source_id,
    )
    when = c.minter.thing("period", row.period.code) if row.period else None
    primary, _ = c.provenance(row)
    return [
        *describe(
            node,
            (TYPE, QB.Observation),
            (QB.dataSet, c.minter.thing("dataset", "statistics")),
            (VERRE.area, area(row.area)),
            (VERRE.indicator, indicator),
            (PERIOD, when),
            (VERRE.partnerArea, row.market),
            (VALUE, number(row.value)),
            (UNIT, unit(row.unit)),
            (VERRE.changePercent, number(row.change_percent)),
            (PRECISION, coded("precision", row.precision)),
            note(row.note),
            primary,
        ),
        *words,
        *(_period(when, row.period) if when and row.period else []),
    ]


def _period(node: NamedNode, period: Period) -> list[Triple]:
    return describe(
        node,
        (TYPE, VERRE.Period),
        (NOTATION, text(period.code)),
        (START, Literal(period.first.isoformat(), datatype=XSD.date)),
        (END, Literal(period.last.isoformat(), datatype=XSD.date)),
    )
