"""Values of an answer as a table shows them."""

from __future__ import annotations

from typing import Any

import pytest

from api.pages.face import Face
from api.pages.views import asking, solutions

XSD = "http://www.w3.org/2001/XMLSchema#"
NL = Face("nl")


def typed(kind: str, value: str) -> dict[str, str]:
    return {"type": "literal", "datatype": XSD + kind, "value": value}


@pytest.mark.parametrize(
    ("term", "text", "more"),
    [
        (None, "", {}),
        (typed("integer", "22816"), "22.816", {"number": True}),
        (typed("integer", "many"), "many", {"number": False}),
        (typed("date", "2018-02-19"), "19 februari 2018", {}),
        (typed("gYear", "2018"), "2018", {}),
        (typed("boolean", "true"), "ja", {}),
        ({"type": "literal", "value": "Pears", "xml:lang": "en"}, "Pears", {"lang": "en"}),
        ({"type": "literal", "value": "javascript:alert(1)"}, "javascript:alert(1)", {"links": []}),
        ({"type": "literal", "value": "see https://a.be"}, "see https://a.be", {"links": []}),
    ],
)
def test_a_value(term: dict[str, str] | None, text: str, more: dict[str, Any]) -> None:
    made = solutions.cell(NL, term, {})
    assert made["text"] == text
    assert {key: made[key] for key in more} == more


@pytest.mark.parametrize(
    ("term", "links"),
    [
        (
            {"type": "uri", "value": "https://w3id.org/verre/ns#Country"},
            [("verre:Country", "https://w3id.org/verre/ns#Country", True)],
        ),
        ({"type": "uri", "value": "urn:x"}, [("urn:x", None, True)]),
        ({"type": "uri", "value": "urn:known"}, [("Bekend", "/companies/known", False)]),
        (
            {"type": "literal", "value": "https://a.be/1 https://a.be/2"},
            [("https://a.be/1", "https://a.be/1", True), ("Bron", "/sources/s2", False)],
        ),
    ],
)
def test_an_address_leads_to_its_page(
    term: dict[str, str], links: list[tuple[str, str | None, bool]]
) -> None:
    named = {"urn:known": ("Bekend", "/companies/known"), "https://a.be/2": ("Bron", "/sources/s2")}
    made = solutions.cell(NL, term, named)
    assert [(each["text"], each["href"], each["outside"]) for each in made["links"]] == links
    assert solutions.iris({"results": {"bindings": [{"x": term}]}}) == set(term["value"].split())


def test_a_table_shows_the_first_rows_and_counts_all() -> None:
    rows = [{"company": {"type": "literal", "value": str(n)}} for n in range(solutions.SHOWN + 5)]
    made = solutions.table(
        NL, {"head": {"vars": ["company", "topCountry"]}, "results": {"bindings": rows}}, {}
    )
    assert made["columns"] == ["Bedrijf", "Land aan het einde"]
    assert (len(made["rows"]), made["total"]) == (solutions.SHOWN, solutions.SHOWN + 5)
    assert [value["text"] for value in made["rows"][3]] == ["3", ""]


def test_yes_and_no_are_a_row() -> None:
    made = solutions.table(NL, {"boolean": False}, {})
    assert [[value["text"] for value in row] for row in made["rows"]] == [["nee"]]


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("verre:Country", "https://w3id.org/verre/ns#Country"),
        ("https://w3id.org/verre/ns#Country", "https://w3id.org/verre/ns#Country"),
        ("nothing:x", "nothing:x"),
        ("plain", "plain"),
    ],
)
def test_an_iri_may_be_written_with_a_prefix(text: str, iri: str) -> None:
    assert asking.expanded(text) == iri
