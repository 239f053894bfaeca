"""Matches: who fits whom, why, and what speaks against it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.basics import ID, MARKET, ORG, SOURCE, MarketRef, OrgRef, SourceRef
from api.schemas.shape import Shape, example

Kind = Literal["partners", "peers", "gateways", "markets", "suppliers"]


class MatchStatement(Shape):
    """A statement of the graph that a part rests on."""

    kind: str = Field(
        description="engagement, partnership, ownership, branch, membership, mission, participation; or sector, country, "
        "activity of an organization.",
        examples=["engagement"],
    )
    iri: str = Field(examples=[ID + "engagement/77dd"])


class MatchPart(Shape):
    """One feature of a result; see `/v1/match/algorithms`."""

    feature: str = Field(examples=["standing"])
    label: str = Field(examples=["standing"])
    counter: bool = Field(description="Whether it speaks against.", examples=[False])
    weight: float = Field(examples=[0.4])
    value: float | None = Field(description="In [0, 1]; null where nothing is known.", examples=[0.2])
    statements: list[MatchStatement] = Field(
        description="The first ten.", examples=[[example(MatchStatement)]]
    )
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class MatchReason(Shape):
    """Why, or why not, in the language of the reader."""

    feature: str = Field(examples=["standing"])
    text: str = Field(examples=["BelOrta wants to export there: Vietnam (apples and pears)"])
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class MatchGap(Shape):
    """Something that is not known, or that is not there."""

    feature: str = Field(examples=["product"])
    text: str = Field(examples=["The product of Luminex is not known"])


class MatchLink(Shape):
    """One step of a chain of introductions."""

    start: OrgRef | None = Field(alias="from", examples=[ORG])
    to: OrgRef | None = Field(examples=[ORG])
    relation: str = Field(
        description="branch, ownership, partnership, membership or mission.", examples=["branch"]
    )
    label: str = Field(examples=["branch"])
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class MatchItem(Shape):
    """A result: an organization, a market, or a mission with who organizes it."""

    kind: Kind = Field(examples=["peers"])
    organization: OrgRef | None = Field(examples=[ORG])
    market: MarketRef | None = Field(examples=[None])
    mission: OrgRef | None = Field(examples=[None])
    score: float = Field(
        description="In [0, 1], made of facts about the two alone: the same in every list.", examples=[0.62]
    )
    parts: list[MatchPart] = Field(examples=[[example(MatchPart)]])
    reasons: list[MatchReason] = Field(examples=[[example(MatchReason)]])
    counter_reasons: list[MatchReason] = Field(examples=[[]])
    missing: list[MatchGap] = Field(examples=[[example(MatchGap)]])
    chain: list[MatchLink] = Field(description="Of gateways: from the company on.", examples=[[]])


class Matches(Shape):
    """Matches of a company, kind after kind, the best first."""

    company: OrgRef | None = Field(examples=[ORG])
    market: MarketRef | None = Field(examples=[MARKET])
    items: list[MatchItem] = Field(examples=[[example(MatchItem)]])
    total: dict[str, int] = Field(
        description="By kind, how many have something that speaks for them; `limit` of each are shown.",
        examples=[{"peers": 2}],
    )
    limit: int = Field(examples=[10])


class MatchTotal(Shape):
    """How many results there are."""

    value: int = Field(examples=[2])
    relation: Literal["eq"] = Field(examples=["eq"])


class MatchResponse(Shape):
    """What came of one query of a batch."""

    status: int = Field(description="200, 400 or 404, for this query alone.", examples=[200])
    results: list[MatchItem] = Field(examples=[[example(MatchItem)]])
    total: MatchTotal = Field(examples=[example(MatchTotal)])
    query: dict[str, object] = Field(
        description="As it was asked.", examples=[{"kind": "peers", "company": "luminex", "market": "VN"}]
    )
    detail: str | None = Field(description="What was wrong, where something was.", examples=[None])


class MatchFeature(Shape):
    """A feature and its standard weight."""

    name: str = Field(examples=["standing"])
    label: str = Field(examples=["standing"])
    description: str = Field(examples=["In the market: 1 leading, 0.9 active …"])
    weight: float = Field(examples=[0.4])
    counter: bool = Field(
        description="Whether it takes from the score instead of adding to it.", examples=[False]
    )


class MatchAlgorithm(Shape):
    """A kind of match."""

    name: Kind = Field(examples=["peers"])
    description: str = Field(examples=["Companies of Limburg that are there already"])
    formula: str = Field(examples=["sum(weight * value) / sum(weight) * product(1 - weight * value)"])
    features: list[MatchFeature] = Field(examples=[[example(MatchFeature)]])


class MatchBatch(Shape):
    """The answers to a batch, by the names that the queries were given."""

    responses: dict[str, MatchResponse] = Field(examples=[{"a": example(MatchResponse)}])
    limit: int = Field(examples=[10])


class MatchAlgorithms(Shape):
    """The kinds of match with their features and weights."""

    algorithms: list[MatchAlgorithm] = Field(examples=[[example(MatchAlgorithm)]])
