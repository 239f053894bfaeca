"""Items of lists, and single things other than organizations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.basics import ID, MARKET, ORG, SOURCE, Area, Figure, Label, MarketRef, OrgRef, SourceRef
from api.schemas.facts import ExporterMarket, Partnership, Presence
from api.schemas.shape import Shape, example

GENK = {"iri": "http://vocab.belgif.be/auth/refnis2025/71016", "label": "Genk"}
LIMBURG = {"id": "limburg", "member": "yes", "seat": "yes", "site": "yes"}


class Exporter(Shape):
    """A company and where it stands in the markets asked."""

    iri: str = Field(examples=[ORG["iri"]])
    id: str = Field(examples=[ORG["id"]])
    name: str = Field(examples=[ORG["name"]])
    area: Area = Field(examples=[LIMBURG])
    country: MarketRef | None = Field(examples=[None])
    municipality: Label | None = Field(examples=[GENK])
    sectors: list[Label] = Field(examples=[[]])
    markets: list[ExporterMarket] = Field(examples=[[example(ExporterMarket)]])


class CompanyItem(Shape):
    """An organization in a list."""

    iri: str = Field(examples=[ORG["iri"]])
    id: str = Field(examples=[ORG["id"]])
    name: str = Field(examples=[ORG["name"]])
    kind: str | None = Field(examples=["company"])
    kind_label: str | None = Field(examples=["company"])
    area: Area = Field(examples=[LIMBURG])
    country: MarketRef | None = Field(examples=[None])
    municipality: Label | None = Field(examples=[GENK])
    activity: str | None = Field(examples=["Signal management for networks"])
    sectors: list[Label] = Field(examples=[[]])
    markets: dict[str, int] = Field(
        description="Number of markets by status.", examples=[{"leading": 1, "targets": 4}]
    )


class Partner(Partnership):
    """A partnership."""


class Role(Shape):
    """What a person does where."""

    organization: OrgRef = Field(examples=[ORG])
    role: str | None = Field(examples=["CEO"])
    role_lang: str | None = Field(examples=["en"])
    since: str | None = Field(examples=[None])
    until: str | None = Field(examples=[None])
    ended: bool = Field(examples=[False])
    attested: str | None = Field(examples=["2018-02-19"])
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class Person(Shape):
    """A person in business roles; nothing private."""

    iri: str = Field(examples=[ID + "person/9a1b2c"])
    id: str = Field(examples=["9a1b2c"])
    name: str = Field(examples=["Jan Peeters"])
    roles: list[Role] = Field(examples=[[example(Role)]])


class Award(Shape):
    """A prize in one edition and category."""

    iri: str = Field(examples=[ID + "award/33ff"])
    label: str = Field(examples=["Limburgse Exportprijs"])
    edition: str | None = Field(examples=["2019"])
    category: str | None = Field(examples=["born globals"])
    awarder: OrgRef | None = Field(examples=[None])


class AwardGrant(Shape):
    """Who won it or was nominated."""

    iri: str = Field(examples=[ID + "award-grant/44aa"])
    recipient: OrgRef = Field(examples=[ORG])
    award: Award = Field(examples=[example(Award)])
    result: str | None = Field(examples=["winner"])
    result_label: str | None = Field(examples=["winner"])
    attested: str | None = Field(examples=["2019"])
    note: str | None = Field(examples=[None])
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class Participant(Shape):
    """Who took part in a mission."""

    organization: OrgRef = Field(examples=[ORG])
    state: str | None = Field(examples=["attended"])
    state_label: str | None = Field(examples=["attended"])
    note: str | None = Field(examples=[None])
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class Mission(Shape):
    """A trade mission, a visit or a fair."""

    iri: str = Field(examples=[ID + "mission/m-japan"])
    id: str = Field(examples=["m-japan"])
    label: str = Field(examples=["Trade mission to Japan"])
    mission_type: str | None = Field(examples=["outbound"])
    mission_type_label: str | None = Field(examples=["outbound mission"])
    destinations: list[MarketRef] = Field(examples=[[MARKET]])
    organizers: list[OrgRef] = Field(examples=[[ORG]])
    start: str | None = Field(examples=["2018-06"])
    end: str | None = Field(examples=[None])
    participants: list[Participant] = Field(examples=[[example(Participant)]])
    figures: list[Figure] = Field(examples=[[]])
    note: str | None = Field(examples=[None])
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class Indicator(Shape):
    """What a statistic counts."""

    iri: str = Field(examples=[ID + "indicator/certificates-of-origin"])
    code: str = Field(examples=["certificates-of-origin"])
    label: str = Field(examples=["certificates of origin"])


class Statistic(Shape):
    """A figure of an area."""

    iri: str = Field(examples=[ID + "observation/66cc"])
    area: Label | None = Field(
        examples=[{"iri": "http://vocab.belgif.be/auth/refnis2025/70000", "label": "Limburg"}]
    )
    indicator: Indicator = Field(examples=[example(Indicator)])
    period: str | None = Field(examples=["2017"])
    market: MarketRef | None = Field(examples=[None])
    value: float | None = Field(examples=[22816])
    unit: str | None = Field(examples=["number"])
    unit_label: str | None = Field(examples=["number"])
    change_percent: float | None = Field(description="Against the year before.", examples=[13.43])
    precision: str | None = Field(examples=["exact"])
    precision_label: str | None = Field(examples=["exact"])
    note: str | None = Field(examples=[None])
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class Source(SourceRef):
    """Where facts come from."""

    mentions: int = Field(description="Organizations that it names.", examples=[2])


class SourceDetail(Source):
    """A source with the organizations that it names and the figures that it gives."""

    organizations: list[OrgRef] = Field(examples=[[ORG]])
    statistics: list[Statistic] = Field(examples=[[]])


class Market(MarketRef):
    """A market, and what is there."""

    counts: dict[str, int] = Field(description="Companies by their status there.", examples=[{"active": 3}])
    companies: int = Field(description="All but the withdrawn.", examples=[3])
    partners: int = Field(examples=[1])
    presence: int = Field(examples=[0])
    missions: int = Field(examples=[2])


class PresenceThere(Presence):
    """A company's branch, subsidiary or site in the market."""

    company: OrgRef = Field(examples=[ORG])


class MarketDetail(Market):
    """A market with its parts and everything that is there besides exporters."""

    part_of: list[MarketRef] = Field(examples=[[]])
    parts: list[MarketRef] = Field(examples=[[]])
    partnerships: list[Partnership] = Field(examples=[[]])
    presence_there: list[PresenceThere] = Field(examples=[[example(PresenceThere)]])
    missions_there: list[Mission] = Field(examples=[[]])
    statistics: list[Statistic] = Field(examples=[[]])


class Hit(Shape):
    """Something with a name like the one that was searched for."""

    kind: Literal["company", "person", "market", "product", "source", "mission", "sector", "award"] = Field(
        examples=["company"]
    )
    iri: str = Field(examples=[ORG["iri"]])
    id: str = Field(examples=[ORG["id"]])
    label: str = Field(
        description="What it is called, in the language of the answer.", examples=[ORG["name"]]
    )
    name: str = Field(description="The same as `label`.", examples=[ORG["name"]])
    detail: str | None = Field(examples=["company"])
    score: float = Field(
        ge=0,
        le=1,
        description="1: the same name; from 0.97 the same but for form or script.",
        examples=[0.98],
    )
    matched: str = Field(
        description="The spelling that is like the one searched for.", examples=[ORG["name"]]
    )
    exact: bool = Field(description="Whether that is the same but for case and accents.", examples=[True])
    sources: list[SourceRef] = Field(
        description="Who says that it is called so; of a person: who tells of a role; empty for reference data.",
        examples=[[SOURCE]],
    )


class Node(Shape):
    """A node of a neighbourhood."""

    iri: str = Field(examples=[ORG["iri"]])
    id: str = Field(examples=[ORG["id"]])
    label: str = Field(examples=[ORG["name"]])
    kind: str = Field(examples=["company"])


class Edge(Shape):
    """A relation between two nodes."""

    source: str = Field(examples=[ORG["iri"]])
    target: str = Field(examples=[MARKET["iri"]])
    kind: str = Field(examples=["engagement"])
    label: str = Field(examples=["wants to export"])
    status: str | None = Field(examples=["targets"])
    ended: bool = Field(
        description="Over: ended, withdrawn, or outweighed by a later withdrawal.", examples=[False]
    )
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class Network(Shape):
    """Node-link JSON, as networkx and D3 read it."""

    nodes: list[Node] = Field(examples=[[example(Node)]])
    edges: list[Edge] = Field(examples=[[example(Edge)]])
    truncated: bool = Field(description="More is around than is shown.", examples=[False])
