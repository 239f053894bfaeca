"""The list index of a release: one immutable SQLite file that answers every list, facet and single thing.

It is derived from the graph and never edited; a property test holds it against the stored queries.
"""

from __future__ import annotations

from graph.index.filters import (
    AwardFilter,
    CompanyFilter,
    ExporterFilter,
    ListAnswer,
    MarketFilter,
    MissionFilter,
    PageRequest,
    PartnerFilter,
    PersonFilter,
    Resolved,
    SourceFilter,
    StatisticFilter,
)
from graph.index.reading import Index

__all__ = [
    "AwardFilter",
    "CompanyFilter",
    "ExporterFilter",
    "Index",
    "ListAnswer",
    "MarketFilter",
    "MissionFilter",
    "PageRequest",
    "PartnerFilter",
    "PersonFilter",
    "Resolved",
    "SourceFilter",
    "StatisticFilter",
]
