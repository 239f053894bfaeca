"""What parameters are taken, and what is said of those that are not."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from starlette.datastructures import QueryParams

from api import filters, parameters
from api.parameters import ExporterQuery, ListQuery, StatisticQuery, parse, split
from graph.errors import InputError
from graph.settings import Settings

TODAY = date(2026, 1, 1)


def read(url: str) -> ExporterQuery:
    return parse(ExporterQuery, QueryParams(url))


def test_everything_that_exporters_take() -> None:
    query = read(
        "market=CN&market=Zuid-Korea&status=active&sector=ict&product=tape&municipality=Genk&area=limburg"
        "&areaMembership=yes&areaMembership=unknown&partnerCountry=JP&hasPresenceIn=JP&includeEnded=true&asOf=2018-02-19"
        "&q=lum&sort=-name&page=2&pageSize=10&facets=true&format=json&lang=en&release=r1"
    )
    found = filters.exporters(query, TODAY)
    assert found.markets == ("CN", "Zuid-Korea")
    assert (found.statuses, found.sectors, found.products) == (("active",), ("ict",), ("tape",))
    assert (found.municipalities, found.area, found.area_membership) == (
        ("Genk",),
        "limburg",
        ("yes", "unknown"),
    )
    assert (found.partner_countries, found.presence_in) == (("JP",), ("JP",))
    assert (found.q, found.include_ended, found.as_of, found.today) == ("lum", True, date(2018, 2, 19), TODAY)
    asked = filters.page(query, Settings())
    assert (asked.page, asked.size, asked.sort, asked.facets) == (2, 10, ("-name",), True)


def test_nothing_asked_means_the_defaults() -> None:
    query = read("")
    assert filters.page(query, Settings(page_size=7)).size == 7
    assert filters.exporters(query, TODAY).as_of is None
    assert not filters.exporters(query, TODAY).include_ended


def test_an_empty_text_of_a_form_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read("q=")
    assert caught.value.issues[0].detail == "is empty: give a value or leave the parameter out"
    from_page = parse(ExporterQuery, QueryParams("q=&market=&market=CN&asOf="), form=True)
    assert (from_page.q, from_page.market, from_page.as_of) == (None, ["CN"], None)


@pytest.mark.parametrize(
    ("url", "name", "detail"),
    [
        ("markt=CN", "markt", "did you mean market?"),
        ("page_size=5", "page_size", "did you mean pageSize?"),
        ("page=0", "page", "greater than or equal to 1"),
        ("page=x", "page", "integer"),
        ("page=99999999999999999999", "page", "less than or equal"),
        ("page=" + "9" * 10_000, "page", "integer"),
        ("includeEnded=maybe", "includeEnded", "boolean"),
        ("asOf=2018", "asOf", "write it as 2018-02-19"),
        ("asOf=1519000000", "asOf", "write it as 2018-02-19"),
        ("asOf=2018-02-30", "asOf", "write it as 2018-02-19"),
        ("asOf=2018-W08-1", "asOf", "write it as 2018-02-19"),
        ("q=%00", "q", "control character"),
        ("market=a%0Ab", "market", "control character"),
        ("q=" + "x" * 10_000, "q", "at most 200"),
        ("market=" + "&market=".join(["CN"] * 301), "market", "at most 300"),
        ("page=1&page=2", "page", "takes one value"),
        ("q=a&q=b", "q", "takes one value"),
    ],
)
def test_what_cannot_be_used_is_named(url: str, name: str, detail: str) -> None:
    with pytest.raises(InputError) as caught:
        read(url)
    assert caught.value.issues[0].name == name
    assert detail in caught.value.issues[0].detail


def test_a_page_longer_than_the_setting_names_it() -> None:
    with pytest.raises(InputError) as caught:
        filters.page(read("pageSize=11"), Settings(page_size_max=10))
    assert caught.value.setting == "page_size_max"
    assert caught.value.issues[0].name == "pageSize"


@pytest.mark.parametrize(
    "name",
    [
        "exporters",
        "companies",
        "partners",
        "people",
        "awards",
        "missions",
        "sources",
        "statistics",
        "markets",
    ],
)
def test_every_parameter_reaches_its_filter(name: str) -> None:
    """Each parameter of a list, given alone, changes what is asked of the index."""
    query_class = getattr(filters, name).__annotations__["query"]
    model = getattr(parameters, query_class.removeprefix("p."))
    plain = getattr(filters, name)(model(), TODAY)
    own = (
        set(model.model_fields) - set(ListQuery.model_fields) - {"purpose"}
    )  # that is for the audit log alone
    for field in own:
        info = model.model_fields[field]
        given = info.examples[0] if info.examples else None
        if given == info.default:
            given = not given
        changed = getattr(filters, name)(model.model_validate({info.alias: given}), TODAY)
        assert changed != plain, field


def test_every_parameter_is_described_with_an_example() -> None:
    for model in (getattr(parameters, n) for n in dir(parameters) if n.endswith("Query")):
        for name, field in model.model_fields.items():
            assert field.description, name
            assert field.examples is not None, name


def test_repeatable_ones_are_known() -> None:
    assert "market" in parameters.many(ExporterQuery)
    assert "page" not in parameters.many(ExporterQuery)
    assert "area" in parameters.many(StatisticQuery)
    assert get_args(parameters.Text)[0] is str


def test_commas_split_what_is_sorted_by() -> None:
    assert split(["country,-name", " x ", ","]) == ("country", "-name", "x")
