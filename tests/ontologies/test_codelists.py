"""The code lists: complete, in three languages, and in step with the code and with the sheets."""

import csv

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from graph import resources
from graph.model.statuses import EXPORTS, RANK

CODE = Namespace("https://w3id.org/verre/code/")
VERRE = Namespace("https://w3id.org/verre/ns#")
LISTS = sorted((resources.ontologies() / "codelists").glob("*.ttl"), key=lambda file: file.stem)
ELSEWHERE = {
    "unit": "http://publications.europa.eu/resource/authority/currency/",
    "access": "http://publications.europa.eu/resource/authority/access-right/",
}


def codes(graph: Graph, scheme: str) -> set[str]:
    members = graph.subjects(SKOS.inScheme, CODE[scheme])
    return {str(notation) for member in members for notation in graph.objects(member, SKOS.notation)}


def texts(graph: Graph, subject: URIRef, predicate: URIRef) -> dict[str | None, str]:
    found = [o for o in graph.objects(subject, predicate) if isinstance(o, Literal)]
    by_language = {o.language: str(o) for o in found}
    assert len(by_language) == len(found), f"two texts of one language: {subject} {predicate}"
    return by_language


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_a_list_is_one_scheme_named_like_its_file(file: object) -> None:
    graph = Graph().parse(file, format="turtle")  # type: ignore[arg-type]
    scheme = CODE[file.stem]  # type: ignore[attr-defined]
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    assert set(graph.subjects(RDF.type, SKOS.Concept)) == set(graph.subjects(SKOS.inScheme, scheme))
    assert len(set(graph.subjects(SKOS.inScheme, scheme))) > 1


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_every_code_is_named_and_explained_in_three_languages(file: object) -> None:
    graph = Graph().parse(file, format="turtle")  # type: ignore[arg-type]
    for subject in graph.subjects(unique=True):
        assert isinstance(subject, URIRef)
        labels = texts(graph, subject, SKOS.prefLabel)
        assert set(labels) == set(texts(graph, subject, SKOS.definition)) == {"nl", "en", "fr"}, subject
        assert labels == texts(graph, subject, RDFS.label), subject
        assert all(t.endswith(".") for t in texts(graph, subject, SKOS.definition).values()), subject


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_the_notation_is_the_last_part_of_the_iri_and_labels_are_unique(file: object) -> None:
    graph = Graph().parse(file, format="turtle")  # type: ignore[arg-type]
    name = file.stem  # type: ignore[attr-defined]
    seen: set[Literal] = set()
    for concept in set(graph.subjects(SKOS.inScheme, CODE[name])):
        notation = graph.value(concept, SKOS.notation, any=False)
        own = CODE[f"{name}/{notation}"]
        elsewhere = URIRef(f"{ELSEWHERE.get(name, '')}{str(notation).upper()}")
        assert concept in {own, elsewhere}
        for label in graph.objects(concept, SKOS.prefLabel):
            assert isinstance(label, Literal)
            assert label not in seen, label
            seen.add(label)


def test_ranks_are_those_of_the_code(vocabulary: Graph) -> None:
    statuses = codes(vocabulary, "engagement-status")
    ranks = {s: vocabulary.value(CODE[f"engagement-status/{s}"], VERRE.rank, any=False) for s in statuses}
    assert {status: int(str(rank)) for status, rank in ranks.items()} == RANK


def test_statuses_that_are_exports_are_those_of_the_code(vocabulary: Graph) -> None:
    members = set(vocabulary.objects(CODE["engagement-status/group/exports"], SKOS.member))
    assert members == {CODE[f"engagement-status/{status}"] for status in EXPORTS}


@pytest.mark.parametrize(
    ("scheme", "needed"),
    [
        ("partner-role", "distributor customer supplier partner joint-venture agent unknown"),
        ("relation-basis", "unknown shares votes contract accounting-consolidation"),
        ("ownership-kind", "subsidiary acquisition investment"),
        ("award-result", "winner nominee laureate"),
        ("mission-type", "outbound inbound fair virtual"),
        ("participation-state", "registered confirmed attended cancelled"),
        ("site-function", "main seat site production research warehouse office"),
        ("exclusivity", "exclusive sole non-exclusive"),
        ("name-type", "alternative abbreviation trade former translation"),
        ("organization-kind", "company subsidiary branch parent foreign-partner agency chamber university"),
        ("organization-kind", "government other"),
        ("precision", "exact about just-over just-under almost at-least at-most"),
        ("measure", "employees turnover share share-of-turnover share-of-exports share-of-sales value"),
        ("measure", "countries-served sites participants companies investment"),
        ("unit", "number percent tonne kilogram rank EUR"),
        ("change-type", "takeover merger"),
        ("access", "public restricted"),
    ],
)
def test_lists_hold_what_the_sheets_may_say(vocabulary: Graph, scheme: str, needed: str) -> None:
    assert codes(vocabulary, scheme) >= set(needed.split())


@pytest.mark.parametrize(
    ("table", "column", "scheme"),
    [
        ("figures", "measure", "measure"),
        ("figures", "unit", "unit"),
        ("figures", "precision", "precision"),
        ("statistics", "unit", "unit"),
        ("statistics", "precision", "precision"),
        ("markets", "status", "engagement-status"),
        ("organizations", "kind", "organization-kind"),
        ("sites", "function", "site-function"),
        ("names", "name_type", "name-type"),
        ("awards", "result", "award-result"),
        ("missions", "mission_type", "mission-type"),
    ],
)
def test_every_code_in_the_curated_tables_is_in_its_list(
    vocabulary: Graph, table: str, column: str, scheme: str
) -> None:
    with (resources.data() / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        used = {row[column].replace("_", "-") for row in csv.DictReader(file)} - {""}
    assert used, f"{table}.csv has no {column}"
    assert used <= codes(vocabulary, scheme)
