"""Things that occur inside others: references, dates, figures, sources."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.shape import Shape, example

ID = "https://w3id.org/verre/id/"
Known = Literal["yes", "no", "unknown"]


class Label(Shape):
    """A thing with its name in the language of the answer."""

    iri: str = Field(examples=["http://vocab.belgif.be/auth/refnis2025/71016"])
    label: str = Field(examples=["Genk"])


class MarketRef(Shape):
    """A country or a region of the world."""

    iri: str = Field(examples=["http://publications.europa.eu/resource/authority/country/CHN"])
    code: str = Field(description="ISO 3166-1 alpha-2, or the region's code.", examples=["CN"])
    label: str = Field(examples=["China"])
    kind: Literal["country", "region"] = Field(examples=["country"])


class OrgRef(Shape):
    """An organization."""

    iri: str = Field(examples=[ID + "organization/x/luminex"])
    id: str = Field(
        description="The last part of the IRI; any spelling works in paths.", examples=["luminex"]
    )
    name: str = Field(examples=["Luminex Network Intelligence"])


class SourceRef(Shape):
    """Who says so, where and when."""

    iri: str = Field(examples=[ID + "source/s001"])
    id: str = Field(examples=["s001"])
    title: str | None = Field(examples=["Limburgse export buiten Europa groeit"])
    publisher: str | None = Field(examples=["Het Belang van Limburg"])
    date: str | None = Field(description="With the precision that is known.", examples=["2018-02-19"])
    url: str | None = Field(examples=["https://example.org/artikel"])
    language: str | None = Field(examples=["nl"])
    access: Literal["public", "restricted"] = Field(
        description="What is restricted only an analyst sees; do not publish it.", examples=["public"]
    )


class Area(Shape):
    """What the graph knows of a company's places in an area."""

    id: str = Field(examples=["limburg"])
    member: Known = Field(examples=["yes"])
    seat: Known = Field(examples=["yes"])
    site: Known = Field(examples=["yes"])


class Figure(Shape):
    """A number as its source gives it."""

    measure: str = Field(examples=["employees"])
    measure_label: str | None = Field(examples=["employees"])
    value: float | None = Field(examples=[250])
    min: float | None = Field(examples=[None])
    max: float | None = Field(examples=[None])
    unit: str | None = Field(examples=["number"])
    unit_label: str | None = Field(examples=["number"])
    period: str | None = Field(examples=["2016"])
    precision: str | None = Field(examples=["about"])
    precision_label: str | None = Field(examples=["about"])
    sources: list[SourceRef] = Field(examples=[[]])


SOURCE = example(SourceRef)
MARKET = example(MarketRef)
ORG = example(OrgRef)
