"""What the service says of itself, and of its stored questions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.shape import Shape, example


class Health(Shape):
    """Whether it works."""

    status: Literal["UP", "DOWN"] = Field(examples=["UP"])
    version: str | None = Field(None, examples=["0.1.0"])
    release: str | None = Field(None, examples=["000001"])
    counts: dict[str, int] | None = Field(None, examples=[{"organizations": 150, "sources": 170}])
    readers: Literal["disk", "warming", "memory", "remote"] | None = Field(None, examples=["disk"])
    workers: dict[str, int] | None = Field(None, examples=[{"configured": 2}])
    writes: Literal["on", "off"] | None = Field(
        None, description="Off until there is a key that may write.", examples=["on"]
    )
    disk: Literal["enough", "low", "readOnly"] | None = Field(
        None, description="Room on the disk of the releases.", examples=["enough"]
    )


class QueryParameter(Shape):
    """What a stored question may be asked about."""

    name: str = Field(examples=["market"])
    kind: str = Field(examples=["market"])
    many: bool = Field(examples=[True])
    required: bool = Field(examples=[False])
    example: str | None = Field(examples=["CN"])


class Question(Shape):
    """A stored question."""

    name: str = Field(examples=["exporters"])
    title: str = Field(examples=["Who exports there, or wants to?"])
    description: str = Field(examples=["Companies with their status in the markets asked."])
    parameters: list[QueryParameter] = Field(examples=[[example(QueryParameter)]])
    url: str = Field(examples=["/v1/queries/exporters"])


class QuestionDetail(Question):
    """A stored question with its SPARQL."""

    text: str = Field(examples=["SELECT ?company WHERE { ?company a ?kind }"])
