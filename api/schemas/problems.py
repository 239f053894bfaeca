"""Errors, as RFC 9457 and the Belgif REST guide write them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.shape import Shape, example


class ProblemIssue(Shape):
    """One input at fault."""

    in_: Literal["query", "path", "header", "body"] = Field(alias="in", examples=["query"])
    name: str = Field(examples=["market"])
    detail: str = Field(examples=["did you mean South Korea?"])
    value: str | None = Field(None, examples=["Zuid-Korae"])


class Problem(Shape):
    """An error."""

    type: str = Field(examples=["urn:problem-type:belgif:badRequest"])
    title: str = Field(examples=["Unknown value"])
    status: int = Field(examples=[400])
    detail: str = Field(examples=["There is no such market."])
    instance: str | None = Field(
        None, description="To find it in the log.", examples=["urn:verre:request:5f1c"]
    )
    setting: str | None = Field(
        None, description="The setting of the limit that was reached.", examples=["VERRE_QUERY_TIMEOUT"]
    )
    issues: list[ProblemIssue] = Field([], examples=[[example(ProblemIssue)]])
