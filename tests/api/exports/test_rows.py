"""How JSON becomes rows."""

from __future__ import annotations

from typing import Any

import pytest

from api.exports import facts, tables, titles
from api.exports.cells import Value
from api.exports.tables import Table, at, cell, joined
from api.schemas import things
from api.schemas.company import Company
from api.schemas.shape import example

SOURCE = {"title": "T", "publisher": "P", "date": "2018", "url": "http://u", "iri": "http://s"}
OTHER = {"title": "T2", "publisher": None, "date": None, "url": None, "iri": "http://s2"}


def rows(table: Table, item: dict[str, Any]) -> list[dict[str, Value]]:
    return [dict(zip(table.keys, row, strict=True)) for row in table.rows(item)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("x", "x"),
        (3, 3),
        (-1.5, -1.5),
        (True, True),
        ({"name": "N", "label": "L"}, "N"),
        ({"label": "L"}, "L"),
        ({"title": "T"}, "T"),
        ({"code": "CN"}, "CN"),
        ({}, None),
        ([], None),
        ([{"name": "A"}, {"label": "B"}], "A ; B"),
        ((1, 2), "1 ; 2"),
    ],
)
def test_anything_fits_one_cell(value: object, expected: Value) -> None:
    assert cell(value) == expected


def test_a_value_of_no_json_kind_is_written_as_text() -> None:
    assert cell(b"x") == "b'x'"


def test_a_missing_step_of_a_path_is_nothing() -> None:
    assert at({"a": {"b": 1}}, "a.b") == 1
    assert at({"a": None}, "a.b") is None
    assert at({"a": [1]}, "a.b") is None
    assert at({}, "a.b.c") is None


def test_what_is_not_there_leaves_no_gap_between() -> None:
    assert joined(["a", None, "b"]) == "a ; b"
    assert joined([None]) is None


@pytest.mark.parametrize(
    ("table", "shape"),
    [
        (tables.EXPORTERS, things.Exporter),
        (tables.COMPANIES, things.CompanyItem),
        (tables.MARKETS, things.Market),
        (tables.PARTNERS, things.Partner),
        (tables.PEOPLE, things.Person),
        (tables.AWARDS, things.AwardGrant),
        (tables.MISSIONS, things.Mission),
        (tables.SOURCES, things.Source),
        (tables.STATISTICS, things.Statistic),
    ],
)
def test_every_column_reads_a_member_that_the_schema_has(table: Table, shape: Any) -> None:
    """A path that no item has would be a column that is always empty."""
    item = _full(example(shape))
    (row,) = rows(table, item)
    ends = {path.rpartition(".")[2] for path in table.columns.values()}
    known = set(_members(item))
    assert ends <= known | {"item", "part", "fact"}
    assert len(row) == len(table.keys)


def _members(told: Any) -> list[str]:
    if isinstance(told, dict):
        return [*told, *(name for value in told.values() for name in _members(value))]
    return [name for value in told for name in _members(value)] if isinstance(told, list) else []


def _full(told: dict[str, Any]) -> dict[str, Any]:
    return {
        name: ({"iri": "i", "label": "L"} if value is None and name in ("product", "country") else value)
        for name, value in told.items()
    }


def test_an_exporter_has_a_row_for_each_engagement() -> None:
    item = example(things.Exporter)
    market = item["markets"][0]
    first, second = dict(market["engagements"][0]), dict(market["engagements"][0])
    first |= {"iri": "e1", "note": "one", "sources": [SOURCE, OTHER]}
    second |= {"iri": "e2", "product": {"iri": "p", "label": "pears"}, "ended": True, "sources": []}
    found = rows(tables.EXPORTERS, {**item, "markets": [{**market, "engagements": [first, second]}]})
    assert [row["factIri"] for row in found] == ["e1", "e2"]
    assert [row["product"] for row in found] == [None, "pears"]
    assert [row["ended"] for row in found] == [False, True]
    assert found[0]["sourceTitle"] == "T ; T2"
    assert found[0]["sourcePublisher"] == "P"
    assert found[0]["sourceIri"] == "http://s ; http://s2"
    assert found[1]["sourceIri"] is None


def test_an_exporter_without_engagements_in_a_market_has_no_row() -> None:
    item = example(things.Exporter)
    assert rows(tables.EXPORTERS, {**item, "markets": []}) == []


def test_a_person_has_a_row_for_each_role_and_one_without_any() -> None:
    person = example(things.Person)
    role = {**person["roles"][0], "sources": [SOURCE]}
    found = rows(tables.PEOPLE, {**person, "roles": [role, {**role, "role": "Chair"}]})
    assert [row["role"] for row in found] == ["CEO", "Chair"]
    assert {row["sourceIri"] for row in found} == {"http://s"}
    (alone,) = rows(tables.PEOPLE, {**person, "roles": []})
    assert (alone["person"], alone["role"], alone["sourceIri"]) == (person["name"], None, None)


def test_a_mission_without_participants_keeps_its_own_sources() -> None:
    mission = example(things.Mission)
    (alone,) = rows(tables.MISSIONS, {**mission, "participants": [], "sources": [SOURCE]})
    assert (alone["participant"], alone["sourceIri"]) == (None, "http://s")
    taken = {**mission["participants"][0], "sources": [OTHER]}
    (one,) = rows(tables.MISSIONS, {**mission, "participants": [taken], "sources": [SOURCE]})
    assert (one["participant"], one["sourceIri"]) == ("Luminex Network Intelligence", "http://s2")


def test_the_company_of_the_documentation_as_facts() -> None:
    found = rows(facts.FACTS, example(Company))
    assert [row["fact"] for row in found] == ["names", "statements", "sites", "engagements", "branches"]
    site = next(row for row in found if row["fact"] == "sites")
    assert (site["what"], site["with"], site["market"]) == ("main site", "Genk", "China")
    assert {row["organization"] for row in found} == {"Luminex Network Intelligence"}


def party(name: str) -> dict[str, str]:
    return {"iri": f"http://{name}", "id": name, "name": name}


@pytest.mark.parametrize(
    ("own", "entry", "expected"),
    [
        ("a", {"owner": party("a"), "owned": party("b")}, "b"),
        ("b", {"owner": party("a"), "owned": party("b")}, "a"),
        ("x", {"principal": party("a"), "partner": party("b")}, "a ; b"),
        ("a", {"original": party("a"), "acquirer": None}, None),
        ("a", {"name": "no relation"}, None),
    ],
)
def test_a_relation_names_its_other_side(own: str, entry: dict[str, Any], expected: str | None) -> None:
    told = {"iri": f"http://{own}", "name": own, "ownerships": [entry]}
    (row,) = rows(facts.FACTS, told)
    assert row["with"] == expected


def test_the_people_of_a_company_have_a_row_for_each_role() -> None:
    person = {**example(things.Person), "name": "An"}
    role = person["roles"][0]
    told = {
        "iri": "http://c",
        "name": "C",
        "people": [{**person, "roles": [role, {**role, "role": "Chair"}]}],
    }
    assert [(row["what"], row["with"]) for row in rows(facts.FACTS, told)] == [("CEO", "An"), ("Chair", "An")]


def test_a_market_is_told_by_its_label_and_its_numbers_are_no_lists() -> None:
    told = {"iri": "http://m", "label": "Japan", "missions": 3, "statistics": [example(things.Statistic)]}
    (row,) = rows(facts.FACTS, told)
    assert (row["organization"], row["fact"], row["what"], row["value"]) == (
        "Japan",
        "statistics",
        "certificates of origin",
        22816,
    )


ALL = [table for table in vars(tables).values() if isinstance(table, Table)] + [facts.FACTS]


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_every_column_has_a_title_in_every_language(language: str) -> None:
    for table in ALL:
        found = [titles.title(key, language) for key in table.keys]
        assert len(set(found)) == len(found)
        assert not set(found) & {key for key in table.keys if key[0].islower() and not key.islower()}


def test_a_column_of_a_stored_query_is_called_as_it_calls_itself() -> None:
    assert titles.title("lastSeenSomewhere", "nl") == "lastSeenSomewhere"
