"""Writes and the shapes: what a write makes worse refuses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.errors import WriteRefused
from graph.model.namespaces import CODE, COUNTRY, PROV, SCHEMA, VERRE
from graph.store.writes import Written
from tests.store.writing.conftest import Inside, update

NAMES = (
    f"PREFIX verre: <{VERRE}> PREFIX country: <{COUNTRY}> PREFIX prov: <{PROV}> PREFIX schema: <{SCHEMA}> "
    f"PREFIX code: <{CODE}> PREFIX org: <http://www.w3.org/ns/org#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX market: <http://e/market/> "
)
WORLD = """
    ex:firm a org:Organization ; rdfs:label "Firm" .
    market:fr a verre:Market .
    ex:paper a prov:Entity .
"""
"""What an engagement refers to."""
ENGAGEMENT = """
    ex:{0} a verre:ExportEngagement ; verre:exporter ex:firm ; verre:market market:fr ; verre:attested "2018-02"^^xsd:gYearMonth ;
        verre:engagementStatus <https://w3id.org/verre/code/engagement-status/active> ;
        schema:startDate "2017"^^xsd:gYear ; prov:hadPrimarySource ex:paper .
"""
SOURCE = """
    ex:paper a verre:Source ; dcterms:title "Paper" ; dcterms:publisher "X" ; verre:key "p" ; verre:graph <urn:p> ;
        dcterms:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> .
"""


def insert(text: str, graph: str) -> str:
    return f"{NAMES} INSERT DATA {{ GRAPH <{graph}> {{ {text} }} }}"


@pytest.fixture
def there(inside: Inside, graph: str) -> Iterator[str]:
    """A graph with an engagement in which all is well; nothing of it stays for the next test."""
    written = inside.write(update(insert(WORLD + SOURCE + ENGAGEMENT.format("good"), graph)))
    assert (written.changed, written.report) == (True, ())
    yield graph
    inside.write(update(f"DROP GRAPH <{graph}>"))


def refusal(inside: Inside, text: str, *, lenient: bool = False) -> WriteRefused:
    last = inside.releases.pointer().last
    (result,) = inside.tried(update(text, lenient=lenient))
    assert isinstance(result, WriteRefused)
    assert inside.releases.pointer().last == last
    return result


def test_a_violation_refuses_whoever_asks(inside: Inside, there: str) -> None:
    half = insert(
        "ex:half a verre:ExportEngagement ; verre:market market:fr ; prov:hadPrimarySource ex:paper .", there
    )
    for lenient in (False, True):
        refused = refusal(inside, half, lenient=lenient)
        issue = next(issue for issue in refused.issues if "engagement-exporter" in issue.detail)
        assert issue.name == "http://example.org/half"
        assert "An export engagement has one exporter." in issue.detail
        assert str(VERRE.exporter.value) in issue.detail
    assert "lenient" in refusal(inside, half).detail  # there are warnings too: it is not dated


def test_what_others_depend_on_cannot_go(inside: Inside, there: str) -> None:
    refused = refusal(
        inside, f"{NAMES} DELETE DATA {{ GRAPH <{there}> {{ ex:good verre:exporter ex:firm }} }}"
    )
    assert {issue.name for issue in refused.issues} == {"http://example.org/good"}


def test_a_warning_passes_where_it_is_asked_for_and_is_told(inside: Inside, there: str) -> None:
    text = f"{NAMES} DELETE DATA {{ GRAPH <{there}> {{ ex:firm a org:Organization }} }}"
    refused = refusal(inside, text)
    assert [issue.detail.split(":")[0] for issue in refused.issues] == ["warning party-kind"]
    assert "handling=lenient" in refused.detail
    written = inside.write(update(text, lenient=True))
    assert written.removed == 1
    (found,) = written.report
    assert (found["severity"], found["check"], found["focus"]) == (
        "warning",
        "party-kind",
        "http://example.org/firm",
    )
    assert found["message"]["nl"]
    inside.write(update(insert("ex:firm a org:Organization .", there)))


def test_what_was_wrong_before_refuses_nobody(inside: Inside, there: str) -> None:
    text = f"{NAMES} DELETE DATA {{ GRAPH <{there}> {{ ex:firm a org:Organization }} }}"
    inside.write(update(text, lenient=True))
    written = inside.write(update(insert(ENGAGEMENT.format("more"), there)))
    assert (written.changed, written.report) == (True, ())
    more = inside.write(update(insert("ex:firm rdfs:comment 'still no organization' .", there)))
    assert more.report == ()


def test_one_of_a_group_is_refused_the_others_are_not(inside: Inside, there: str) -> None:
    bad = insert("ex:half a verre:ExportEngagement .", there)
    results = inside.tried(
        update(insert(ENGAGEMENT.format("one"), there)),
        update(bad),
        update(insert(ENGAGEMENT.format("two"), there)),
    )
    assert [type(result) for result in results] == [Written, WriteRefused, Written]


def test_a_finding_that_only_informs_is_only_told(inside: Inside, there: str) -> None:
    undated = ENGAGEMENT.format("undated").replace('schema:startDate "2017"^^xsd:gYear ;', "")
    undated = undated.replace('verre:attested "2018-02"^^xsd:gYearMonth ;', "")
    written = inside.write(update(insert(undated, there)))
    assert {found["severity"] for found in written.report} == {"info"}


def test_a_write_that_passes_after_all_is_there_whole(inside: Inside, there: str) -> None:
    """To see what was wrong before, the step is taken back and taken again."""
    before = inside.write(update(insert("ex:x rdfs:comment 'before' .", there)))
    text = f"{NAMES} DELETE {{ GRAPH <{there}> {{ ex:firm a org:Organization }} }} INSERT {{ GRAPH <{there}> {{ ex:firm rdfs:comment 'a', 'b' }} }} WHERE {{ }}"
    after = inside.write(update(text, lenient=True))
    assert (after.added, after.removed) == (2, 1)
    assert after.release != before.release
    assert {"a", "b", "before"} <= inside.notes(there)
