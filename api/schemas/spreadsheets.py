"""A spreadsheet that was matched."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.shape import Shape, example


class SheetColumn(Shape):
    """A column whose use was recognized."""

    letter: str = Field(examples=["A"])
    heading: str = Field(examples=["Firma"])
    field: str = Field(
        description="name, enterpriseNumber, lei, country, municipality, postcode, website or emailDomain.",
        examples=["name"],
    )
    by: Literal["heading", "content", "option"] = Field(examples=["heading"])


class MatchFeature(Shape):
    """A part of a score."""

    id: str = Field(examples=["name"])
    value: float | bool = Field(examples=[0.98])


class SheetCandidate(Shape):
    """An organization that a row may mean."""

    iri: str = Field(examples=["https://w3id.org/verre/id/organization/x/luminex"])
    id: str = Field(examples=["organization/x/luminex"])
    name: str = Field(examples=["Luminex Network Intelligence"])
    description: str = Field(examples=["company · Genk · Belgium"])
    score: float = Field(ge=0, le=100, examples=[98.4])
    match: bool = Field(description="Beyond doubt.", examples=[True])
    features: list[MatchFeature] = Field(examples=[[example(MatchFeature)]])


class SheetGroup(Shape):
    """Rows that belong to one parent."""

    iri: str = Field(examples=["https://w3id.org/verre/id/organization/x/yinyi"])
    name: str = Field(examples=["Yinyi Group"])
    rows: list[int] = Field(examples=[[5, 6, 7]])


class SheetProblem(Shape):
    """What could not be read."""

    place: str = Field(examples=["members.xlsx, sheet Blad1, row 5, column BTW-nr"])
    detail: str = Field(examples=["the check digits do not fit"])
    value: str = Field(examples=["0403.170.702"])


class SheetRow(Shape):
    """A row with what it may mean."""

    row: int = Field(description="As the file counts it, from 1.", examples=[5])
    status: Literal["match", "check", "none", "empty"] = Field(examples=["match"])
    enterprise_number: str | None = Field(examples=["0429.593.895"])
    candidates: list[SheetCandidate] = Field(examples=[[example(SheetCandidate)]])
    group: SheetGroup | None = Field(examples=[example(SheetGroup)])
    same_as: list[int] = Field(description="Other rows that mean the same.", examples=[[7]])
    markets: dict[str, str] = Field(
        description="Status by the code of each market asked for; missing where nothing is known.",
        examples=[{"CN": "wants to export"}],
    )
    exports_to: list[str] = Field(description="IRIs of markets.", examples=[[]])
    enters_market: list[str] = Field(examples=[[]])
    targets: list[str] = Field(description="Where it wants to export to.", examples=[[]])
    sources: list[str] = Field(
        examples=[["Luminex zet Limburg op wereldkaart, Het Laatste Nieuws, 2018-02-20"]]
    )
    problems: list[SheetProblem] = Field(examples=[[example(SheetProblem)]])


class Spreadsheet(Shape):
    """A sheet with what its rows may mean."""

    file: str = Field(examples=["members.xlsx"])
    sheet: str = Field(examples=["Blad1"])
    columns: list[SheetColumn] = Field(examples=[[example(SheetColumn)]])
    counts: dict[str, int] = Field(examples=[{"match": 5, "check": 0, "none": 1, "empty": 1}])
    rows: list[SheetRow] = Field(examples=[[example(SheetRow)]])
