"""What a mission is asked with, and the mission that is drawn up for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field
from starlette.datastructures import QueryParams

from api import parameters
from api.deps import Context
from api.pages.face import Face
from api.parameters import Common, Day, Texts
from graph.errors import InputError, Issue
from graph.index import Index
from graph.matching import Bounds
from graph.matching.mission import Drawn, MissionQuestion, draw

SHOWN = 15
"""Participants unless another number is asked."""
REACH = Bounds(candidates=80, relations=10, nodes=60)
"""A mission looks less far for each company than a match of that company alone."""


class PlanQuery(Common):
    """A mission: where to, for whom, when."""

    market: Texts = Field(
        [], description="Destinations: code, IRI or name; repeatable.", examples=[["TH", "VN"]]
    )
    sector: Texts = Field([], description="Sectors that it is meant for.", examples=[["fruit"]])
    company: Texts = Field(
        [], description="Only these companies, whatever is known of them.", examples=[["luminex"]]
    )
    start: Day | None = Field(
        None, description="First day, as its organizer plans it.", examples=["2027-03-08"]
    )
    end: Day | None = Field(None, description="Last day.", examples=["2027-03-12"])
    participants: int = Field(SHOWN, ge=1, description="Most participants.", examples=[20])
    as_of: Day | None = Field(None, description="Facts that held on this day.", examples=["2018-02-19"])


@dataclass(frozen=True)
class Plan:
    """A mission, drawn up.

    Attributes:
        known: the mission as sources tell of it; None for one that is only planned here.
        left_out: destinations beyond `VERRE_MISSION_DESTINATIONS` that are not looked at.
    """

    query: PlanQuery
    drawn: Drawn
    known: dict[str, Any] | None = None
    left_out: int = 0

    @property
    def start(self) -> str | None:
        """The first day, as a source or the reader has it."""
        told = self.known["start"] if self.known else self.query.start
        return str(told) if told else None

    @property
    def end(self) -> str | None:
        """The last day."""
        told = self.known["end"] if self.known else self.query.end
        return str(told) if told else None


def read(given: QueryParams) -> PlanQuery:
    """The parameters of a request; empty fields of a form ask for nothing.

    Raises:
        InputError: one cannot be read, or the mission ends before it begins.
    """
    query = parameters.parse(PlanQuery, given, form=True)
    if query.start and query.end and query.end < query.start:
        issue = Issue("end", f"lies before {query.start.isoformat()}", query.end.isoformat())
        raise InputError("A mission ends after it begins.", issues=(issue,))
    return query


def make(ctx: Context, index: Index, face: Face, query: PlanQuery, ref: str | None = None) -> Plan | None:
    """The mission that is asked for, or the one that a source tells of; None where nothing is asked yet.

    Raises:
        InputError: more than a setting allows, or a name that is not known.
        NotFound: no such mission, or no such company.
    """
    settings = ctx.settings
    known = None if ref is None else index.mission(ref, face.lang)
    markets = list(dict.fromkeys(query.market))
    left_out = 0
    if known is not None:
        codes = [str(each["code"]) for each in known["destinations"]]
        markets, left_out = (
            codes[: settings.mission_destinations],
            max(0, len(codes) - settings.mission_destinations),
        )
    _within("market", len(markets), settings.mission_destinations, "mission_destinations")
    for name, count in (("participants", query.participants), ("company", len(query.company))):
        _within(name, count, settings.mission_participants, "mission_participants")
    if not markets:
        return None if known is None else Plan(query, Drawn([], [], [], [], 0), known)
    question = MissionQuestion(
        tuple(markets), tuple(query.sector), tuple(query.company), query.participants, query.as_of
    )
    return Plan(query, draw(index, question, face.lang, ctx.today, REACH), known, left_out)


def _within(name: str, given: int, most: int, setting: str) -> None:
    if given > most:
        issue = Issue(name, f"at most {most}", str(given))
        raise InputError("A mission is not drawn up that large.", issues=(issue,), setting=setting)
