"""The parameters of the lists, as pydantic models: FastAPI reads requests and writes OpenAPI from them.

A name that a list does not know is refused, and so is a single-valued parameter given twice:
a mistyped filter must never look like an answer about everything.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from api.errors import invalid
from graph.errors import InputError, Issue

TEXT = 200
"""Most characters of a text parameter."""
VALUES = 300
"""Most values of one repeated parameter; there are some 250 countries."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Q = TypeVar("Q", bound="Common")


def check_text(value: str) -> str:
    """A text without control characters, not empty, at most `TEXT` characters."""
    if any(ord(c) < 32 or ord(c) == 127 for c in value):
        raise ValueError("holds a control character")
    if len(value) > TEXT:
        raise ValueError(f"may have at most {TEXT} characters")
    if not value.strip():
        raise ValueError("is empty: give a value or leave the parameter out")
    return value


def check_name(value: str, longest: int) -> None:
    """Refuses a name that cannot be searched for; control and direction marks are no letters and do no harm.

    Raises:
        InputError: it is empty, or longer than the setting allows.
    """
    if not value.strip():
        detail = "is empty: give a name or a part of one"
        raise InputError("There is nothing to search for.", issues=(Issue("q", detail, value),))
    if len(value) > longest:
        detail = f"has {len(value):,} characters; at most {longest:,} are searched for"
        issues = (Issue("q", detail, f"{value[:40]}…"),)
        raise InputError("The name is too long.", issues=issues, setting="search_length")


def _iso_date(value: object) -> object:
    """Only `2018-02-19`: pydantic itself would take a number for seconds since 1970."""
    if isinstance(value, date):
        return value
    text = str(value)
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a day: write it as 2018-02-19") from None


Text = Annotated[str, AfterValidator(check_text)]
Texts = Annotated[list[Text], Field(max_length=VALUES)]
Day = Annotated[date, BeforeValidator(_iso_date)]


class Common(BaseModel):
    """What every resource takes."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, frozen=True)

    format: Text | None = Field(
        None, description="json, csv, xlsx, ttl or jsonld; before `Accept`.", examples=["json"]
    )
    lang: Text | None = Field(None, description="nl, en or fr; before `Accept-Language`.", examples=["en"])
    release: Text | None = Field(
        None, description="Ask what the graph said in this release, while it is kept.", examples=[]
    )


class ThingQuery(Common):
    """What a single thing takes."""


_PURPOSE = "What it is for; kept in the audit log. Or the header `Processing-Purpose`."


class PurposeQuery(ThingQuery):
    """What takes a purpose: persons, and who is screened."""

    purpose: Text | None = Field(None, description=_PURPOSE, examples=["partner check"])


class ListQuery(Common):
    """What every list takes."""

    sort: Texts = Field(
        [], description="Fields to sort by; `-` before one turns it round.", examples=[["name"]]
    )
    page: int = Field(1, ge=1, le=1_000_000, description="Which page, from 1.", examples=[1])
    page_size: int | None = Field(
        None, ge=1, description="Items a page; VERRE_PAGE_SIZE_MAX at most.", examples=[50]
    )
    facets: bool = Field(
        False, description="Count the values of each filter beside the items.", examples=[False]
    )


class NamedQuery(ListQuery):
    """What lists of things with names take."""

    q: Text | None = Field(None, description="A part of a name.", examples=["lum"])


_MARKET = "Market: ISO code (CN, CHN), name in nl, en or fr, EU IRI, or region code (ASEAN)."
_STATUS = "targets, entering, active, leading or withdrawn."
_AREA = "An area, as `limburg`."
_MEMBER = "With `area`: yes, no or unknown (yes unless given)."
_SECTOR = "Sector: its slug or label."
_PLACE = "NIS code or name of a municipality."
_ORG = "An organization in any spelling: slug, enterprise number, LEI, IRI."


class ExporterQuery(NamedQuery):
    """Who exports, or wants to, where."""

    market: Texts = Field([], description=_MARKET, examples=[["CN", "TH"]])
    status: Texts = Field(
        [], description=f"The strongest status in the market: {_STATUS}", examples=[["active"]]
    )
    sector: Texts = Field([], description=_SECTOR, examples=[["ict"]])
    product: Texts = Field([], description="Product: its slug or label.", examples=[["software"]])
    municipality: Texts = Field([], description=_PLACE, examples=[["Genk"]])
    area: Text | None = Field(None, description=_AREA, examples=["limburg"])
    area_membership: Texts = Field([], description=_MEMBER, examples=[["yes"]])
    partner_country: Texts = Field([], description=f"Has a partner from there. {_MARKET}", examples=[["JP"]])
    has_presence_in: Texts = Field(
        [], description=f"Has a branch, subsidiary or site there. {_MARKET}", examples=[["JP"]]
    )
    include_ended: bool = Field(
        False, description="Add what has ended or was withdrawn, marked.", examples=[False]
    )
    as_of: Day | None = Field(
        None, description="Facts that held on this day; undated ones are marked.", examples=["2018-02-19"]
    )


class CompanyQuery(NamedQuery):
    """Organizations."""

    kind: Texts = Field(
        [], description="company, subsidiary, branch, chamber, agency …", examples=[["company"]]
    )
    sector: Texts = Field([], description=_SECTOR, examples=[["ict"]])
    municipality: Texts = Field([], description=_PLACE, examples=[["Genk"]])
    country: Texts = Field([], description="Country of the organization.", examples=[["BE"]])
    area: Text | None = Field(None, description=_AREA, examples=["limburg"])
    area_membership: Texts = Field([], description=_MEMBER, examples=[["yes"]])


class MarketQuery(NamedQuery):
    """Countries and regions of the world."""

    kind: Texts = Field([], description="country or region.", examples=[["country"]])
    known: bool | None = Field(None, description="Only those with a fact, or without one.", examples=[True])


class PartnerQuery(NamedQuery):
    """Partnerships."""

    organization: Texts = Field([], description=f"One of the parties. {_ORG}", examples=[["luminex"]])
    role: Texts = Field([], description="distributor, customer, supplier …", examples=[["distributor"]])
    market: Texts = Field([], description=f"Territory, or country of a party. {_MARKET}", examples=[["CN"]])
    include_ended: bool = Field(False, description="Add what has ended, marked.", examples=[False])


class PersonQuery(NamedQuery):
    """People in their business roles."""

    organization: Texts = Field(
        [], description=f"Where the person has a role. {_ORG}", examples=[["luminex"]]
    )
    include_ended: bool = Field(True, description="Roles that have ended too, marked.", examples=[True])
    purpose: Text | None = Field(None, description=_PURPOSE, examples=["invitation"])


class AwardQuery(NamedQuery):
    """Awards won and nominations."""

    organization: Texts = Field([], description=f"Who received it. {_ORG}", examples=[["luminex"]])
    year: Texts = Field([], description="Edition.", examples=[["2019"]])
    result: Texts = Field([], description="winner, nominee or laureate.", examples=[["winner"]])


class MissionQuery(NamedQuery):
    """Trade missions and visits."""

    market: Texts = Field([], description=f"Destination. {_MARKET}", examples=[["JP"]])
    mission_type: Texts = Field(
        [], description="outbound, inbound, fair or virtual.", examples=[["outbound"]]
    )
    organization: Texts = Field([], description=f"Organizer or participant. {_ORG}", examples=[["luminex"]])
    year: Texts = Field([], description="Year in which it began.", examples=[["2019"]])


class SourceQuery(NamedQuery):
    """Where facts come from."""

    publisher: Texts = Field([], description="Publisher, as the list writes it.", examples=[["VOKA"]])
    language: Texts = Field([], description="Language of the page.", examples=[["nl"]])
    organization: Texts = Field([], description=f"Mentioned there. {_ORG}", examples=[["luminex"]])
    year: Texts = Field([], description="Year of publication.", examples=[["2018"]])


class StatisticQuery(ListQuery):
    """Figures of an area."""

    area: Texts = Field([], description="limburg, flanders or belgium.", examples=[["limburg"]])
    indicator: Texts = Field(
        [], description="Indicator: its slug or label.", examples=[["certificates-of-origin"]]
    )
    period: Texts = Field([], description="2017, or a part of a year as 2021-H1.", examples=[["2017"]])
    market: Texts = Field([], description=_MARKET, examples=[["CN"]])


class SearchQuery(Common):
    """Search over names."""

    q: str = Field(
        description="A name, or half of one, nearly right, in any script; VERRE_SEARCH_LENGTH characters at most.",
        examples=["lumniex"],
    )
    kind: Texts = Field(
        [],
        description="company, person, market, product, source, mission, sector or award; all but the last two unless given.",
        examples=[["company"]],
    )
    country: Text | None = Field(
        None, description="Only organizations of this country: code, IRI or name.", examples=["BE"]
    )
    complete: bool = Field(True, description="Whether the last word may be unfinished.", examples=[True])
    limit: int = Field(20, ge=1, description="Most hits; VERRE_SEARCH_HITS at most.", examples=[20])


class NetworkQuery(Common):
    """A company's neighbourhood."""

    depth: int = Field(1, ge=1, le=3, description="Steps away from the company.", examples=[1])
    limit: int | None = Field(
        None, ge=1, description="Most nodes; VERRE_NETWORK_NODES at most.", examples=[50]
    )


class Multi(Protocol):
    """Query parameters with repeated names, as Starlette has them."""

    def getlist(self, key: Any) -> list[Any]:
        """All values of a name."""

    def __iter__(self) -> Iterator[Any]:
        """The names."""


def _takes_many(annotation: Any) -> bool:
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        return _takes_many(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return any(_takes_many(part) for part in typing.get_args(annotation))
    return origin is list


@cache
def many(model: type[BaseModel]) -> frozenset[str]:
    """The names, as a URL has them, of the parameters that may be repeated."""
    return frozenset(f.alias or n for n, f in model.model_fields.items() if _takes_many(f.annotation))


@cache
def names(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of a model's parameters, as a URL has them."""
    return tuple(f.alias or n for n, f in model.model_fields.items())


def check_once(model: type[BaseModel], given: Multi) -> None:
    """Refuses a single-valued parameter that is given twice.

    Raises:
        InputError: naming each of them.
    """
    single = set(names(model)) - many(model)
    twice = [name for name in dict.fromkeys(given) if name in single and len(given.getlist(name)) > 1]
    if twice:
        raise InputError(
            "A parameter is given twice that takes one value.",
            issues=tuple(Issue(name, "takes one value", str(given.getlist(name)[-1])) for name in twice),
        )


def parse(model: type[Q], given: Multi, *, form: bool = False) -> Q:
    """Reads the parameters of a request outside FastAPI's own way, with the same findings.

    Args:
        form: an HTML form was sent: a field left empty counts as not given.

    Raises:
        InputError: with one issue a parameter.
    """
    check_once(model, given)
    repeated = many(model)
    lists = {n: [v for v in given.getlist(n) if v.strip() or not form] for n in given}
    values = {n: found if n in repeated else found[-1] for n, found in lists.items() if found}
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise invalid(error.errors(), names(model)) from error


def split(values: Sequence[str]) -> tuple[str, ...]:
    """Values of a parameter that may also be written with commas: `sort=country,-name`."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
