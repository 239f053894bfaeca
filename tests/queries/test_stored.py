"""Every stored query: its head, that it stands as it is, and that two engines agree on it."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache

import pytest

from graph.model.namespaces import COUNTRY, XSD, code
from graph.model.terms import Literal, NamedNode, Term
from graph.queries import load, names
from graph.resources import data
from graph.store.view import memory_view
from tests.graphs import World, market
from tests.queries.engines import Run, engine_of, rdflib_of
from tests.real import real_graphs, real_view

Values = dict[str, Sequence[Term]]

EXPECTED = {
    "exporters",
    "company",
    "companies",
    "markets",
    "market",
    "partners",
    "presence",
    "people",
    "sources",
    "statistics",
    "neighbourhood",
    "counts",
    "awards",
    "missions",
}

SLOW_ON_RDFLIB = {"company"}
"""rdflib takes minutes for it over the real data; the small graph has it on both."""

TODAY = Literal("2026-01-01", datatype=XSD.date)


def org(key: str) -> NamedNode:
    return NamedNode(f"https://w3id.org/verre/id/organization/x/{key}")


def test_the_questions_of_the_product_are_there() -> None:
    assert set(names()) >= EXPECTED


@pytest.mark.parametrize("name", names())
def test_a_title_in_each_language_and_no_vendor_function(name: str) -> None:
    query = load(name)
    assert query.name == name
    for texts in (query.title, query.description):
        assert set(texts) == {"nl", "en", "fr"}
        assert len(set(texts.values())) == 3
    called = set(re.findall(r"\b([a-z]\w*:\w+)\(", query.text))
    assert not called, called
    assert not re.search(r"\b(SERVICE|FROM|LOAD)\b", query.text)


@pytest.mark.parametrize("name", names())
def test_it_stands_as_it_is(name: str) -> None:
    list(real_view().select(load(name).text))


@pytest.mark.parametrize("name", names())
def test_every_parameter_makes_a_difference(name: str) -> None:
    query = load(name)
    for parameter in query.parameters:
        uses = len(re.findall(rf"\?{parameter.name}\b", query.text))
        assert uses > 1, parameter.name


def small() -> World:
    world = World()
    luminex = world.org("luminex", country="BE", place="Genk", sectors=["electronics"])
    punch = world.org("punch", country="BE", sectors=["automotive"])
    dole, fit = world.org("dole", country="CN"), world.org("fit", kind="chamber")
    for where in ("CN", "TH", "VN", "KR"):
        world.engagement(luminex, where, "targets", product="gear")
    world.engagement(luminex, "ASIA", "active")
    world.engagement(punch, "KR", "active", since="2006", until="2008")
    world.engagement(punch, "CN", "active", attested="2017")
    world.branch("luminex-japan", luminex, "JP", "Tokyo", since="2018")
    world.partnership(punch, dole, territory="CN")
    world.partnership(luminex, dole, until="2015")
    world.ownership(dole, punch)
    world.person("Jan Peeters", luminex, "CEO")
    world.grant(luminex, "Prijs", "2019")
    mission = world.mission("m1", ["CN", "JP"], fit)
    world.participation(mission, punch)
    world.statistic("certificates", "2017", 22816)
    world.says("s2", issued="2020")
    world.engagement(luminex, "CN", "leading")
    world.engagement(punch, "PL", "active", attested="2018")
    world.engagement(punch, "PL", "withdrawn", attested="2020")
    return world


@cache
def small_engines() -> tuple[Run, Run]:
    world = small()
    view = world.view()
    graphs = {name: set(view.triples(name)) for name in view.graphs()}
    return engine_of(memory_view(graphs)), rdflib_of(graphs)


@cache
def real_engines() -> tuple[Run, Run]:
    return engine_of(real_view()), rdflib_of(real_graphs())


@pytest.mark.parametrize("name", names())
def test_two_engines_agree_on_a_small_graph(name: str) -> None:
    ours, theirs = small_engines()
    query = load(name)
    free = query.bind(
        {p.name: example(p.name)[: None if p.many else 1] for p in query.parameters if p.required}
        | today(name)
    )
    assert ours(free) == theirs(free)
    bound = query.bind({p.name: example(p.name)[: None if p.many else 1] for p in query.parameters})
    assert ours(bound) == theirs(bound)


EXAMPLES: dict[str, list[Term]] = {
    "market": [market("CN"), market("ASIA")],
    "company": [org("luminex"), org("punch")],
    "status": [code("engagement-status", "targets"), code("engagement-status", "active")],
    "includeEnded": [Literal(True)],
    "asOf": [Literal("2007-06-01", datatype=XSD.date)],
    "today": [TODAY],
    "text": [Literal("LUMI")],
    "kind": [NamedNode("https://w3id.org/verre/ns#Country")],
    "sector": [NamedNode("https://w3id.org/verre/id/sector/electronics")],
    "class": [NamedNode("https://w3id.org/verre/ns#ExportEngagement")],
    "country": [COUNTRY.CHN],
    "language": [Literal("en")],
    "result": [code("award-result", "winner")],
    "area": [NamedNode("http://vocab.belgif.be/auth/refnis2025/70000")],
    "indicator": [NamedNode("https://w3id.org/verre/id/indicator/certificates")],
    "period": [Literal("2017")],
}


def example(name: str) -> list[Term]:
    return EXAMPLES[name]


def today(name: str) -> dict[str, list[Term]]:
    return {"today": [TODAY]} if any(p.name == "today" for p in load(name).parameters) else {}


@pytest.mark.parametrize("name", [name for name in names() if name not in SLOW_ON_RDFLIB])
def test_two_engines_agree_on_the_real_data(name: str) -> None:
    ours, theirs = real_engines()
    text = load(name).text
    found = ours(text)
    assert found == theirs(text)
    assert found, "the example of a question has an answer"


@pytest.mark.parametrize(("name", "sheet"), [("awards", "awards"), ("people", "people")])
@pytest.mark.parametrize("language", ["nl", "en", "fr", None])
def test_a_fact_with_words_in_three_languages_is_one_row(name: str, sheet: str, language: str | None) -> None:
    values: Values = {"language": [Literal(language)]} if language else {}
    with (data() / f"{sheet}.csv").open(encoding="utf-8") as file:
        stated = len(list(csv.DictReader(file)))
    assert len(list(real_view().select(load(name).bind(values)))) == stated


def test_words_that_no_one_translated_stay_as_they_are() -> None:
    world = World()
    world.person("An", world.org("acme"), "CEO")
    ((*_, role, _since, _until, _attested, _source),) = world.view().select(
        load("people").bind({"language": [Literal("fr")]})
    )
    assert getattr(role, "value", "") == "CEO"


def test_needs_come_in_the_language_asked_for_or_in_english() -> None:
    def labels(values: Values) -> set[str]:
        return {getattr(row[2], "value", "") for row in real_view().select(load("needs").bind(values))}

    assert "De juiste mensen vinden" in labels({"language": [Literal("nl")]})
    assert "Finding the right people" in labels({})
    assert len(labels({})) == 4
