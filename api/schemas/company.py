"""Everything known of one organization."""

from __future__ import annotations

from pydantic import Field

from api.schemas.basics import ID, MARKET, ORG, SOURCE, Figure, Label, MarketRef, OrgRef, SourceRef
from api.schemas.facts import Engagement, Partnership, Presence
from api.schemas.shape import Shape, example
from api.schemas.things import GENK, AwardGrant, CompanyItem, Mission, Person


class Sourced(Shape):
    """Anything that somebody says."""

    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class Dated(Sourced):
    """Anything that holds for a time."""

    since: str | None = Field(examples=["2018"])
    until: str | None = Field(examples=[None])
    ended: bool = Field(examples=[False])


class Name(Sourced):
    """What it is called."""

    name: str = Field(examples=["Luminex Network Intelligence"])
    type: str = Field(examples=["name"])
    language: str | None = Field(examples=[None])


class Identifier(Sourced):
    """A number that a register gives."""

    iri: str = Field(examples=[ID + "organization/be/0403170701/identifier/be-bce_kbo/0403170701"])
    scheme: str | None = Field(examples=["be-bce_kbo"])
    value: str | None = Field(examples=["0403170701"])


class Statement(Sourced):
    """One property as one or more sources state it."""

    property: str = Field(examples=["founded"])
    value: str | None = Field(examples=["2002"])
    label: str | None = Field(examples=["2002"])
    iri: str | None = Field(examples=[None])
    language: str | None = Field(examples=[None])


class Note(Sourced):
    """A remark."""

    note: str = Field(examples=["Founded in 2002 by one page, in 2003 by another."])
    language: str | None = Field(examples=["en"])


class Site(Dated):
    """A place of work."""

    iri: str = Field(examples=[ID + "site/77dd"])
    function: str | None = Field(examples=["main"])
    function_label: str | None = Field(examples=["main site"])
    label: str | None = Field(examples=[None])
    country: MarketRef | None = Field(examples=[MARKET])
    municipality: Label | None = Field(examples=[GENK])
    place: str | None = Field(examples=["Genk"])
    postcode: str | None = Field(examples=["3600"])
    outside_area: Label | None = Field(examples=[None])


class Tied(OrgRef):
    """A parent or child."""

    country: MarketRef | None = Field(examples=[MARKET])


class Ownership(Dated):
    """Who owns whom; owning is not controlling."""

    iri: str = Field(examples=[ID + "ownership/88ee"])
    owner: Tied = Field(examples=[example(Tied)])
    owned: Tied = Field(examples=[example(Tied)])
    kind: str | None = Field(examples=["subsidiary"])
    kind_label: str | None = Field(examples=["subsidiary"])
    basis: str | None = Field(examples=["unknown"])
    basis_label: str | None = Field(examples=["unknown"])
    share: float | None = Field(examples=[96.85])
    share_min: float | None = Field(examples=[None])
    share_max: float | None = Field(examples=[None])
    attested: str | None = Field(examples=["2018"])
    note: str | None = Field(examples=[None])


class Head(Dated):
    """The head office of a branch."""

    organization: OrgRef = Field(examples=[ORG])


class Change(Sourced):
    """A takeover or merger."""

    iri: str = Field(examples=[ID + "change/99ff"])
    type: str | None = Field(examples=["takeover"])
    type_label: str | None = Field(examples=["takeover"])
    original: OrgRef | None = Field(examples=[ORG])
    acquirer: OrgRef | None = Field(examples=[ORG])
    date: str | None = Field(examples=["2019"])
    ownership: str | None = Field(examples=[ID + "ownership/88ee"])
    note: str | None = Field(examples=[None])


class Membership(Dated):
    """An organization that it is a member of."""

    iri: str = Field(examples=[ID + "membership/12ab"])
    organization: OrgRef = Field(examples=[ORG])
    attested: str | None = Field(examples=["2018"])


class Programme(Sourced):
    """A plan of the organization."""

    iri: str = Field(examples=[ID + "programme/p1"])
    label: str | None = Field(examples=["Action plan 2018"])
    aim: str | None = Field(examples=["More exporters"])
    aim_language: str | None = Field(examples=["en"])
    year: str | None = Field(examples=["2018"])


class Need(Sourced):
    """What the organization finds hard, or finds that exporters do."""

    iri: str = Field(examples=[ID + "need/n1"])
    label: str | None = Field(examples=["Finding the right people"])
    language: str | None = Field(examples=["en"])
    attested: str | None = Field(examples=["2018-02-19"])


class Company(CompanyItem):
    """An organization with everything that the graph knows of it."""

    names: list[Name] = Field(examples=[[example(Name)]])
    identifiers: list[Identifier] = Field(examples=[[]])
    legal_form: str | None = Field(examples=["nv"])
    founded: str | None = Field(examples=["2002"])
    website: str | None = Field(examples=["https://example.org/"])
    statements: list[Statement] = Field(examples=[[example(Statement)]])
    notes: list[Note] = Field(examples=[[]])
    sites: list[Site] = Field(examples=[[example(Site)]])
    figures: list[Figure] = Field(examples=[[]])
    engagements: list[Engagement] = Field(examples=[[example(Engagement)]])
    partnerships: list[Partnership] = Field(examples=[[]])
    ownerships: list[Ownership] = Field(examples=[[]])
    presence: list[Presence] = Field(examples=[[example(Presence)]])
    branches: list[Presence] = Field(examples=[[example(Presence)]])
    branch_of: list[Head] = Field(examples=[[]])
    parents: list[Tied] = Field(examples=[[]])
    children: list[Tied] = Field(examples=[[]])
    ultimate_parents: list[Tied] = Field(examples=[[]])
    change_events: list[Change] = Field(examples=[[]])
    people: list[Person] = Field(examples=[[]])
    member_of: list[Membership] = Field(examples=[[]])
    awards: list[AwardGrant] = Field(examples=[[]])
    missions: list[Mission] = Field(examples=[[]])
    programmes: list[Programme] = Field(examples=[[]])
    needs: list[Need] = Field(examples=[[]])
    mentioned_in: list[SourceRef] = Field(examples=[[SOURCE]])
