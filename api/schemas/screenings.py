"""What a screening answers, and what is kept of it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.basics import ORG, SOURCE, OrgRef, SourceRef
from api.schemas.shape import Shape, example

Status = Literal["match", "ownerMatch", "noMatch", "notScreened"]


class ScreeningList(Shape):
    """A sanctions list that somebody loaded here."""

    name: str = Field(examples=["eu"])
    title: str = Field(examples=["EU consolidated list"])
    date: str = Field(description="As of which day it is.", examples=["2026-05-01"])
    date_basis: Literal["file", "given", "latestChange"] = Field(
        description="Where that day is from: the file, who loaded it, or the latest change of an entry.",
        examples=["file"],
    )
    version: str = Field(description="Beginning of the file's SHA-256.", examples=["0f343b0931d8"])
    format: str = Field(examples=["eu-xml"])
    file: str = Field(examples=["20260501-FULL-1_1.xml"])
    loaded: str = Field(examples=["2026-05-02T08:00:00+00:00"])
    entries: int = Field(examples=[5120])
    old: bool = Field(description="Older than VERRE_SCREENING_LIST_AGE.", examples=[False])
    warnings: list[str] = Field(examples=[[]])


class ScreeningLists(Shape):
    """The lists that names are screened against."""

    items: list[ScreeningList] = Field(examples=[[example(ScreeningList)]])
    total: int = Field(examples=[1])


class ScreeningFeature(Shape):
    """One thing that was compared."""

    feature: Literal["name", "weakAlias", "identifier", "country", "date", "kind"] = Field(examples=["name"])
    value: float | None = Field(
        description="0 to 1; null: one side does not say it, so it counts neither way.", examples=[0.9412]
    )
    weight: float = Field(description="Below 0: it speaks against a match.", examples=[1.0])
    contribution: float = Field(description="Value times weight.", examples=[0.9412])
    query: str | None = Field(examples=["Vymyshlennaja Stal"])
    candidate: str | None = Field(examples=["Vymyshlennaya Stal"])
    detail: str = Field(examples=["vymyshlennaja ≈ vymyshlennaya (0.92); stal"])


class ScreeningResult(Shape):
    """An entry of a list that is near what was asked."""

    list_: str = Field(alias="list", examples=["eu"])
    list_date: str = Field(examples=["2026-05-01"])
    id: str = Field(description="What the list calls the entry.", examples=["9101"])
    name: str = Field(examples=["Vymyshlennaya Stal"])
    schema_: str = Field(alias="schema", description="Of FollowTheMoney.", examples=["Company"])
    score: float = Field(description="Absolute: 0 to 1.", examples=[0.9412])
    match: bool = Field(description="Whether the score reaches the threshold.", examples=[True])
    features: list[ScreeningFeature] = Field(examples=[[example(ScreeningFeature)]])
    names: list[str] = Field(examples=[["Vymyshlennaya Stal", "Вымышленная Сталь"]])
    countries: list[str] = Field(examples=[["ru"]])
    dates: list[str] = Field(examples=[["1998-05-11"]])
    identifiers: list[str] = Field(examples=[[]])
    programs: list[str] = Field(examples=[["Invented Programme"]])
    since: str | None = Field(examples=["2021-03-04"])
    source: str | None = Field(
        description="The entry's own page, as text: nothing here opens it.",
        examples=["https://lists.example/9101"],
    )


class ScreenedSubject(Shape):
    """Who was screened, as the comparison saw them."""

    names: list[str] = Field(examples=[["Vymyshlennaja Stal"]])
    kind: Literal["person", "organization"] | None = Field(examples=["organization"])
    countries: list[str] = Field(examples=[["ru"]])
    dates: list[str] = Field(examples=[[]])
    identifiers: list[str] = Field(examples=[[]])


class OwnershipStep(Shape):
    """One step from an organization up to its owner."""

    relation: Literal["ownership", "branch"] = Field(examples=["ownership"])
    iri: str | None = Field(examples=["https://w3id.org/verre/id/ownership/1a2b"])
    owned: OrgRef = Field(examples=[ORG])
    owner: OrgRef = Field(examples=[ORG])
    kind: str | None = Field(examples=["subsidiary"])
    basis: str | None = Field(examples=[None])
    share: float | None = Field(examples=[100])
    share_min: float | None = Field(examples=[None])
    share_max: float | None = Field(examples=[None])
    since: str | None = Field(examples=["2016"])
    until: str | None = Field(examples=[None])
    attested: str | None = Field(examples=["2018-02-19"])
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class ScreenedOwner(Shape):
    """An owner with an entry near it, and how it comes to own."""

    organization: OrgRef = Field(examples=[ORG])
    steps: int = Field(examples=[1])
    path: list[OwnershipStep] = Field(examples=[[example(OwnershipStep)]])
    match: bool = Field(examples=[True])
    results: list[ScreeningResult] = Field(examples=[[example(ScreeningResult)]])


class ScreeningResponse(Shape):
    """What came of one query. No status says that somebody is clear."""

    status: Status = Field(examples=["match"])
    statement: str = Field(examples=["1 match in list eu of 2026-05-01 at threshold 0.7"])
    query: ScreenedSubject = Field(examples=[example(ScreenedSubject)])
    organization: OrgRef | None = Field(examples=[None])
    results: list[ScreeningResult] = Field(examples=[[example(ScreeningResult)]])
    owners: list[ScreenedOwner] = Field(
        description="Owners with something near them, nearest first.", examples=[[]]
    )
    owners_screened: int = Field(examples=[0])
    owners_truncated: bool = Field(
        description="There are more owners than VERRE_SCREENING_OWNERS or _OWNER_DEPTH allow.",
        examples=[False],
    )


class Screening(Shape):
    """What came of a request to screen."""

    screened_at: str = Field(examples=["2026-05-03T09:30:00+00:00"])
    threshold: float = Field(examples=[0.7])
    weights: dict[str, float] = Field(examples=[{"name": 1.0, "country": -0.2}])
    lists: list[ScreeningList] = Field(examples=[[example(ScreeningList)]])
    warnings: list[str] = Field(examples=[[]])
    notice: str = Field(examples=["This is no legal advice."])
    responses: dict[str, ScreeningResponse] = Field(examples=[{"steel": example(ScreeningResponse)}])


class ScreeningReason(Shape):
    """Why a screening should be done again."""

    code: Literal["age", "removed", "newer", "added"] = Field(examples=["newer"])
    list_: str | None = Field(alias="list", examples=["eu"])
    date: str | None = Field(description="Of the list as it is now.", examples=["2026-06-01"])


class KeptScreening(ScreeningResponse):
    """The last screening of an organization."""

    screened_at: str = Field(examples=["2026-05-03T09:30:00+00:00"])
    threshold: float = Field(examples=[0.7])
    lists: list[ScreeningList] = Field(examples=[[example(ScreeningList)]])
    warnings: list[str] = Field(examples=[[]])
    notice: str = Field(examples=["This is no legal advice."])
    age: int = Field(description="In days.", examples=[12])
    old: bool = Field(description="Whether it should be done again.", examples=[False])
    outdated: list[str] = Field(description="Why it should be done again, in sentences.", examples=[[]])
    reasons: list[ScreeningReason] = Field(examples=[[]])


class ScreenedRef(Shape):
    """The organization."""

    iri: str = Field(examples=["https://w3id.org/verre/id/organization/x/luminex"])
    id: str = Field(examples=["luminex"])


class LastScreening(Shape):
    """The last screening of an organization, if there was one."""

    organization: ScreenedRef = Field(examples=[example(ScreenedRef)])
    screening: KeptScreening | None = Field(examples=[example(KeptScreening)])
    statement: str = Field(
        examples=["no match in list eu of 2026-05-01 at threshold 0.7, screened on 2026-05-03"]
    )
