from __future__ import annotations

from typing import Any

import pytest

from graph.errors import InputError
from graph.reconciliation.queries import Value, clean, decode, read_batch, read_extension
from graph.settings import Settings

SETTINGS = Settings(reconcile_name=20, reconcile_properties=2, reconcile_ids=2, reconcile_candidates=7)


def refused(told: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        read_batch({"q": told}, SETTINGS)
    return caught.value


def test_marks_that_only_steer_how_a_text_is_shown_are_taken_off() -> None:
    assert clean("\u202eabc\u202c\u200b \u2066d\u2069") == "abc d"
    assert clean("a\tb\nc\u2028d\x00e") == "a b c d e"
    assert clean("  plain   text ") == "plain text"


def test_a_query_is_read_with_all_its_parts() -> None:
    told = {
        "query": " Acme ",
        "type": ["Company", "Dragon"],
        "limit": 3.0,
        "type_strict": "all",
        "properties": [
            {"pid": "country", "v": [{"id": "market/BE", "name": "Belgium"}, "BE"], "p": "ignored"},
            {"pid": "founded", "v": 2002},
        ],
    }
    found = read_batch({"q": told}, SETTINGS)["q"]
    assert (found.text, [each.id for each in found.types], found.typed) == ("Acme", ["Company"], True)
    assert (found.limit, found.strict) == (3, "all")
    assert found.values["country"] == (Value("Belgium", "market/BE"), Value("BE"))
    assert found.values["founded"] == (Value("2002"),)


def test_what_is_left_out_has_its_default() -> None:
    found = read_batch({"q": {"query": ""}}, SETTINGS)["q"]
    assert (found.text, found.types, found.typed, found.limit, found.values) == ("", (), False, 5, {})


def test_values_of_one_property_gather_and_empty_ones_are_none() -> None:
    given = [{"pid": "a", "v": ["x", ""]}, {"pid": "a", "v": True}]
    assert read_batch({"q": {"properties": given}}, SETTINGS)["q"].values == {
        "a": (Value("x"), Value("true"))
    }


def test_more_candidates_than_allowed_are_cut_to_what_is() -> None:
    assert read_batch({"q": {"query": "x", "limit": 10_000}}, SETTINGS)["q"].limit == 7


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ([], "queries.q"),
        ({}, "queries.q.query"),
        ({"query": 1}, "queries.q.query"),
        ({"query": "x", "props": []}, "queries.q.props"),
        ({"query": "x", "limit": 0}, "queries.q.limit"),
        ({"query": "x", "limit": 1.5}, "queries.q.limit"),
        ({"query": "x", "limit": True}, "queries.q.limit"),
        ({"query": "x", "limit": 1e300}, "queries.q.limit"),
        ({"query": "x", "type": 1}, "queries.q.type"),
        ({"query": "x", "type": [1]}, "queries.q.type"),
        ({"query": "x", "type_strict": "maybe"}, "queries.q.type_strict"),
        ({"query": "x", "type_strict": []}, "queries.q.type_strict"),
        ({"query": "x", "properties": {}}, "queries.q.properties"),
        ({"query": "x", "properties": [{"pid": "a"}]}, "queries.q.properties[0]"),
        ({"query": "x", "properties": [{"pid": "a", "v": None}]}, "queries.q.properties[0].v"),
        ({"query": "x", "properties": [{"pid": "a", "v": {"name": "x"}}]}, "queries.q.properties[0].v"),
        ({"query": "x", "properties": [{"pid": 1, "v": "x"}]}, "queries.q.properties[0]"),
    ],
)
def test_what_is_no_query_is_refused_by_name(told: Any, name: str) -> None:
    error = refused(told)
    assert error.issues[0].name == name
    assert error.issues[0].detail.startswith("has to be ")


@pytest.mark.parametrize(
    ("told", "setting"),
    [
        ({"query": "x" * 21}, "reconcile_name"),
        ({"query": "x", "properties": [{"pid": "a", "v": "x" * 21}]}, "reconcile_name"),
        ({"query": "x", "properties": [{"pid": "a", "v": ["1", "2", "3"]}]}, "reconcile_properties"),
        ({"query": "x", "properties": [{"pid": "a", "v": "1"}] * 3}, "reconcile_properties"),
        ({"query": "x", "type": ["a", "b", "c"]}, "reconcile_properties"),
    ],
)
def test_each_limit_names_its_setting(told: Any, setting: str) -> None:
    error = refused(told)
    assert error.setting == setting
    assert f"VERRE_{setting.upper()}" in error.issues[0].detail


def test_each_query_at_fault_is_named_up_to_fifty() -> None:
    with pytest.raises(InputError) as caught:
        read_batch({f"q{n}": {} for n in range(60)} | {"good": {"query": "x"}}, SETTINGS)
    assert len(caught.value.issues) == 50
    assert caught.value.issues[1].name == "queries.q1.query"


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"', '{"a": "\\ud800"}', "[" * 5000, "NaN"])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        decode("queries", text)
    assert caught.value.issues[0].name == "queries"


def test_an_extension_is_read_with_its_settings_as_texts() -> None:
    told = {
        "ids": ["a", "a"],
        "properties": [{"id": "x", "settings": {"limit": 5, "none": None}}, {"id": "y"}],
    }
    found = read_extension(told, SETTINGS)
    assert found.ids == ("a",)
    assert found.properties == (("x", {"limit": "5"}), ("y", {}))


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({}, "extend.ids"),
        ({"ids": [1], "properties": []}, "extend.ids"),
        ({"ids": [], "properties": {}}, "extend.properties"),
        ({"ids": [], "properties": [{}]}, "extend.properties[0]"),
        ({"ids": [], "properties": [{"id": "x", "settings": 1}]}, "extend.properties[0].settings"),
        ({"ids": ["a", "b", "c"], "properties": []}, "extend.ids"),
        ({"ids": [], "properties": [{"id": "x"}] * 3}, "extend.properties"),
    ],
)
def test_what_is_no_extension_is_refused_by_name(told: Any, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_extension(told, SETTINGS)
    assert caught.value.issues[0].name == name
