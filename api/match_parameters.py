"""What a match is asked with: parameters of a request, and the body of a batch, each within its setting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from api.errors import invalid
from api.parameters import Common, Day, Text, Texts
from graph.errors import InputError, Issue
from graph.matching import KINDS, check_weights
from graph.settings import Settings


class MatchQuery(Common):
    """Who fits a company."""

    kind: Texts = Field(
        [],
        description="partners, peers, gateways, markets or suppliers; unset: partners, peers and, with a market, gateways, "
        "without one markets.",
        examples=[["peers"]],
    )
    market: Text | None = Field(
        None,
        description="Market: ISO code (VN, VNM), name in nl, en or fr, EU IRI, or region code (ASEAN).",
        examples=["VN"],
    )
    product: Texts = Field([], description="For suppliers: what is looked for.", examples=[["pears"]])
    keyword: Texts = Field([], description="For suppliers: words of the activity.", examples=[["fruit"]])
    sector: Texts = Field([], description="For suppliers: sector, its slug or label.", examples=[["fruit"]])
    weight: Texts = Field(
        [], description="`feature:number`, in place of the standard weight.", examples=[["sector:0.5"]]
    )
    limit: int = Field(
        10, ge=1, description="Most results of each kind; VERRE_MATCH_RESULTS at most.", examples=[10]
    )
    as_of: Day | None = Field(
        None, description="Facts that held on this day; undated ones count.", examples=["2018-02-19"]
    )


def _checked(value: str) -> str:
    if any(ord(c) < 32 or ord(c) == 127 for c in value):
        raise ValueError("holds a control character")
    if not value.strip():
        raise ValueError("is empty: give a value or leave it out")
    return value


Word = Annotated[str, AfterValidator(_checked)]


class Asked(BaseModel):
    """One query of a batch."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, frozen=True)

    kind: str = Field(description="partners, peers, gateways, markets or suppliers.", examples=["peers"])
    company: Word | None = Field(
        None,
        description="Who asks: slug, enterprise number, LEI, IRI or name; for suppliers the buyer, if it is here.",
        examples=["luminex"],
    )
    market: Word | None = Field(None, description="Code, IRI or name.", examples=["VN"])
    country: list[Word] = Field([], description="For suppliers: the buyer's.", examples=[["KR"]])
    product: list[Word] = Field([], examples=[["pears"]])
    keyword: list[Word] = Field([], examples=[["fruit"]])
    sector: list[Word] = Field([], examples=[["fruit"]])
    weights: dict[str, float] = Field({}, examples=[{"sector": 0.5}])
    limit: int | None = Field(None, ge=1, examples=[5])


class Batch(BaseModel):
    """A batch of named queries."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, frozen=True)

    queries: dict[str, Asked] = Field(min_length=1)
    weights: dict[str, float] = Field({}, description="For every query.", examples=[{"sector": 0.5}])
    limit: int = Field(10, ge=1, description="Results of a query, unless it says otherwise.", examples=[10])
    as_of: Day | None = Field(None, description="Only facts that held on this day.", examples=["2018-02-19"])


def weights(texts: list[str]) -> dict[str, float]:
    """Weights by feature, from `feature:number`.

    Raises:
        InputError: one of them is written otherwise.
    """
    found = {}
    for text in texts:
        name, _, number = text.partition(":")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            issue = Issue("weight", "write feature:number, as sector:0.5", text)
            raise InputError("A weight cannot be read.", issues=(issue,)) from None
    return found


def check_results(limit: int, settings: Settings) -> None:
    """Refuses to give more results than the setting allows."""
    if limit > settings.match_results:
        issue = Issue("limit", f"at most {settings.match_results}", str(limit))
        raise InputError("That many results are not given at once.", issues=(issue,), setting="match_results")


def check_words(words: Mapping[str, list[str]], settings: Settings) -> None:
    """Refuses more, or longer, words than the settings allow."""
    for name, values in words.items():
        if len(values) > settings.match_words:
            issue = Issue(name, f"at most {settings.match_words} values", None)
            raise InputError("That many words are not matched.", issues=(issue,), setting="match_words")
        for value in values:
            if len(value) > settings.match_text:
                issue = Issue(name, f"at most {settings.match_text} characters", value)
                raise InputError("A text is too long.", issues=(issue,), setting="match_text")


def read(raw: bytes, settings: Settings) -> Batch:
    """The body of a batch.

    Raises:
        InputError: it is none, or larger than a setting allows; the setting is named.
    """
    try:
        told = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        issue = Issue("body", f"is no JSON: {error}")
        raise InputError("The body cannot be read.", issues=(issue,)) from None
    queries = told.get("queries") if isinstance(told, dict) else None
    if isinstance(queries, dict):
        _check_batch(queries, settings)
    try:
        made = Batch.model_validate(told)
    except ValidationError as error:
        raise invalid(error.errors(), Batch.model_fields) from error
    check_results(made.limit, settings)
    check_weights(made.weights, KINDS)
    for each in made.queries.values():
        check_results(each.limit or 1, settings)
        check_words({"product": each.product, "keyword": each.keyword, "sector": each.sector}, settings)
    return made


def _check_batch(queries: Mapping[str, Any], settings: Settings) -> None:
    """Sizes, before anything is looked at more closely."""
    if len(queries) > settings.match_batch:
        issue = Issue("queries", f"at most {settings.match_batch}", str(len(queries)))
        raise InputError("A batch may not have that many queries.", issues=(issue,), setting="match_batch")
    for name, query in queries.items():
        texts = (
            [name, *(v for v in query.values() if isinstance(v, str))] if isinstance(query, dict) else [name]
        )
        for text in texts:
            if len(text) > settings.match_text:
                issue = Issue("queries", f"a name may have at most {settings.match_text} characters", text)
                raise InputError("A name is too long.", issues=(issue,), setting="match_text")
