"""Relations that carry facts: each with its dates and its sources."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.basics import ID, MARKET, ORG, SOURCE, Figure, Label, MarketRef, OrgRef, SourceRef
from api.schemas.shape import Shape, example

Status = Literal["targets", "entering", "active", "leading", "withdrawn"]


class Engagement(Shape):
    """What one source says of a company in a market."""

    iri: str = Field(examples=[ID + "engagement/5f1c9d0e"])
    market: MarketRef = Field(examples=[MARKET])
    status: Status = Field(examples=["targets"])
    status_label: str = Field(examples=["wants to export"])
    product: Label | None = Field(examples=[None])
    since: str | None = Field(examples=[None])
    until: str | None = Field(examples=[None])
    attested: str | None = Field(description="When it was last said.", examples=["2018-02-19"])
    ended: bool = Field(examples=[False])
    outweighed: bool = Field(description="A later withdrawal counts more.", examples=[False])
    region_level: bool = Field(
        description="Known only for a region around the market asked.", examples=[False]
    )
    date_unknown: bool = Field(description="Undated, asked with `asOf`.", examples=[False])
    figures: list[Figure] = Field(examples=[[]])
    note: str | None = Field(examples=[None])
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class Presence(Shape):
    """A branch, subsidiary or site in a market."""

    organization: OrgRef | None = Field(examples=[ORG])
    kind: Literal["branch", "subsidiary", "site"] = Field(examples=["branch"])
    country: MarketRef | None = Field(examples=[MARKET])
    place: str | None = Field(examples=["Tokyo"])
    since: str | None = Field(examples=["2018"])
    until: str | None = Field(examples=[None])
    ended: bool = Field(examples=[False])
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class Partnership(Shape):
    """A partner in a role, seen from the principal."""

    iri: str = Field(examples=[ID + "partnership/77aa01"])
    principal: OrgRef = Field(examples=[ORG])
    partner: OrgRef = Field(examples=[ORG])
    role: str = Field(examples=["distributor"])
    role_label: str = Field(examples=["distributor"])
    territory: MarketRef | None = Field(examples=[MARKET])
    exclusivity: str | None = Field(examples=["sole"])
    exclusivity_label: str | None = Field(examples=["sole"])
    since: str | None = Field(examples=["2017"])
    until: str | None = Field(examples=[None])
    ended: bool = Field(examples=[False])
    attested: str | None = Field(examples=["2018-02-19"])
    note: str | None = Field(examples=[None])
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class ExporterMarket(Shape):
    """Where a company stands in one market."""

    market: MarketRef = Field(examples=[MARKET])
    status: Status = Field(
        description="The strongest of its engagements going on there.", examples=["targets"]
    )
    status_label: str = Field(examples=["wants to export"])
    since: str | None = Field(examples=[None])
    last_attested: str | None = Field(examples=["2018-02-19"])
    region_level: bool = Field(examples=[False])
    ended: bool = Field(examples=[False])
    date_unknown: bool = Field(examples=[False])
    engagements: list[Engagement] = Field(examples=[[example(Engagement)]])
    presence: list[Presence] = Field(examples=[[]])
    partners: list[Partnership] = Field(examples=[[]])
