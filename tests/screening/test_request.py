"""What a request may say, and how each fault in it is named."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import InputError
from graph.screening.answer import Asked
from graph.screening.records import Subject
from graph.screening.request import read, rules
from graph.settings import Settings

SETTINGS = Settings(
    screening_names=3,
    screening_values=4,
    screening_name_length=40,
    screening_results=10,
    screening_threshold=0.75,
)


def asked(**query: Any) -> Subject:
    return read({"queries": {"a": query}}, SETTINGS).queries["a"].subject


def fault(told: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        read(told, SETTINGS)
    return caught.value


def test_everything_that_can_be_said_of_somebody() -> None:
    subject = asked(
        name=" Ivan  Vydumov ",
        names=["Иван Выдумов", "Ivan Vydumov"],
        kind="person",
        country="RU",
        countries=["be", "BY"],
        date="1961-07-03",
        dates=["1961", "1961-07"],
        identifiers=["P 998877"],
    )
    assert subject.names == ("Ivan Vydumov", "Иван Выдумов", "Ivan Vydumov")
    assert subject.kind == "person"
    assert subject.countries == ("ru", "be", "by")
    assert subject.dates == ("1961-07-03", "1961", "1961-07")
    assert subject.identifiers == ("P 998877",)


def test_a_number_alone_is_enough() -> None:
    assert asked(identifiers="P 998877") == Subject(identifiers=("P 998877",))


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("\u202eVerzinsel\u202c", "Verzinsel"),
        ("Ver\u00adzin\u200bsel", "Verzinsel"),
        ("\u2066شركة الوهم\u2069", "شركة الوهم"),
        ("\ufeffVerzinsel", "Verzinsel"),
        ("Verzinsel\u00a0 NV", "Verzinsel NV"),
        ("SELECT * WHERE { ?s ?p ?o }", "SELECT * WHERE { ?s ?p ?o }"),
    ],
)
def test_marks_that_nobody_sees_are_taken_off(written: str, seen: str) -> None:
    assert asked(name=written).names == (seen,)


def test_an_organization_of_the_graph_stands_alone() -> None:
    found = read({"queries": {"a": {"organization": "luminex"}, "b": {"name": "Verzinsel"}}}, SETTINGS)
    assert found.organizations == ("luminex",)
    assert found.queries["a"].subject == Subject()
    assert found.queries["b"].organization is None


def test_what_is_not_said_comes_from_the_settings() -> None:
    found = read({"queries": {"a": {"name": "Verzinsel"}}}, SETTINGS).rules
    assert (found.threshold, found.cutoff, found.limit, found.lists) == (0.75, 0.75, 10, ())


@pytest.mark.parametrize(
    ("told", "threshold", "cutoff"),
    [
        ({"threshold": 0.9}, 0.9, 0.9),
        ({"cutoff": 0.5}, 0.75, 0.5),
        ({"threshold": 0.6, "cutoff": 0.8}, 0.6, 0.6),
        ({"threshold": 1}, 1.0, 1.0),
    ],
)
def test_a_cutoff_never_hides_a_match(told: dict[str, Any], threshold: float, cutoff: float) -> None:
    found = rules(told, SETTINGS)
    assert (found.threshold, found.cutoff) == (threshold, cutoff)


def test_lists_are_named_once_each() -> None:
    assert rules({"lists": ["un", "eu", "un"]}, SETTINGS).lists == ("un", "eu")


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (None, "body"),
        ("text", "body"),
        ({"queries": []}, "queries"),
        ({"queries": {}}, "queries"),
        ({"query": {}}, "query"),
        ({"queries": {"a": {"name": "X"}}, "treshold": 1}, "treshold"),
        ({"queries": {"a": None}}, "queries.a"),
        ({"queries": {"a": {"kind": "person"}}}, "queries.a"),
        ({"queries": {"a": {"naam": "X"}}}, "queries.a.naam"),
        ({"queries": {"a": {"name": 1}}}, "queries.a.name"),
        ({"queries": {"a": {"name": [["X"]]}}}, "queries.a.name"),
        ({"queries": {"a": {"name": ""}}}, "queries.a.name"),
        ({"queries": {"a": {"name": "   "}}}, "queries.a.name"),
        ({"queries": {"a": {"name": "!?"}}}, "queries.a.name"),
        ({"queries": {"a": {"names": ["ok", "\u200f"]}}}, "queries.a.names"),
        ({"queries": {"a": {"name": "a\nb"}}}, "queries.a.name"),
        ({"queries": {"a": {"name": "\ud800"}}}, "queries.a.name"),
        ({"queries": {"a": {"name": "X", "kind": ["person"]}}}, "queries.a.kind"),
        ({"queries": {"a": {"name": "X", "country": "BEL"}}}, "queries.a.country"),
        ({"queries": {"a": {"name": "X", "country": "B1"}}}, "queries.a.country"),
        ({"queries": {"a": {"name": "X", "date": "1961-13"}}}, "queries.a.date"),
        ({"queries": {"a": {"name": "X", "date": "3 July 1961"}}}, "queries.a.date"),
        ({"queries": {"a": {"organization": ""}}}, "queries.a.organization"),
        ({"queries": {"a": {"organization": 7}}}, "queries.a.organization"),
        ({"queries": {"a": {"organization": "x" * 201}}}, "queries.a.organization"),
        ({"queries": {"a": {"organization": "x", "country": "BE"}}}, "queries.a.organization"),
        ({"queries": {"a\u0000": {"name": "X"}}}, "queries"),
        ({"queries": {"x" * 201: {"name": "X"}}}, "queries"),
        ({"queries": {"a": {"name": "X"}}, "threshold": "0.7"}, "threshold"),
        ({"queries": {"a": {"name": "X"}}, "threshold": True}, "threshold"),
        ({"queries": {"a": {"name": "X"}}, "threshold": 1.01}, "threshold"),
        ({"queries": {"a": {"name": "X"}}, "cutoff": -1}, "cutoff"),
        ({"queries": {"a": {"name": "X"}}, "limit": 0}, "limit"),
        ({"queries": {"a": {"name": "X"}}, "limit": 1.5}, "limit"),
        ({"queries": {"a": {"name": "X"}}, "limit": True}, "limit"),
        ({"queries": {"a": {"name": "X"}}, "lists": "eu"}, "lists"),
        ({"queries": {"a": {"name": "X"}}, "lists": [1]}, "lists"),
        ({"queries": {"a": {"name": "X"}}, "lists": ["x" * 65]}, "lists"),
    ],
)
def test_each_fault_is_named(told: Any, name: str) -> None:
    found = fault(told)
    assert found.issues[0].name == name
    assert found.issues[0].detail


@pytest.mark.parametrize(
    ("told", "setting"),
    [
        ({"queries": {f"q{n}": {"name": "X"} for n in range(4)}}, "screening_names"),
        ({"queries": {"a": {"name": "x" * 41}}}, "screening_name_length"),
        ({"queries": {"a": {"identifiers": ["x" * 100_000]}}}, "screening_name_length"),
        ({"queries": {"a": {"name": ["A", "B", "C", "D", "E"]}}}, "screening_values"),
        ({"queries": {"a": {"name": "X"}}, "limit": 11}, "screening_results"),
    ],
)
def test_each_limit_names_its_setting(told: Any, setting: str) -> None:
    found = fault(told)
    assert found.setting == setting
    assert setting in Settings.model_fields
    assert all(issue.value is None or len(issue.value) <= 200 for issue in found.issues)


def test_at_the_limit_it_is_taken() -> None:
    found = read({"queries": {f"q{n}": {"name": "x" * 40} for n in range(3)}, "limit": 10}, SETTINGS)
    assert isinstance(found, Asked)
    assert len(found.queries) == 3
