"""The terms of the ontology: those that the model page uses, in three languages, defined once."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from graph import resources
from graph.sources.vocabulary import vocabulary_files

VERRE = Namespace("https://w3id.org/verre/ns#")
SCHEMA = Namespace("https://schema.org/")
ORG = Namespace("http://www.w3.org/ns/org#")
ONTOLOGY = URIRef("https://w3id.org/verre/ns")
LANGUAGES = {"nl", "en", "fr"}
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
MODEL = Path(__file__).parents[2] / "docs" / "model.md"


def terms(graph: Graph) -> set[URIRef]:
    return {s for s in graph.subjects(unique=True) if isinstance(s, URIRef) and s.startswith(VERRE)}


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    return sorted(o.language or "" for o in graph.objects(subject, predicate) if isinstance(o, Literal))


def test_every_term_of_the_model_page_is_defined_and_no_other(vocabulary: Graph) -> None:
    named = {VERRE[name] for name in re.findall(r"\bverre:(\w+)", MODEL.read_text(encoding="utf-8"))}
    assert terms(vocabulary) == named


def test_every_term_has_one_label_and_one_definition_in_each_language(vocabulary: Graph) -> None:
    for term in terms(vocabulary):
        for predicate in (RDFS.label, SKOS.definition):
            assert languages(vocabulary, term, predicate) == ["en", "fr", "nl"], (term, predicate)


def test_definitions_are_sentences_and_labels_are_not(vocabulary: Graph) -> None:
    for term in terms(vocabulary):
        for definition in vocabulary.objects(term, SKOS.definition):
            assert str(definition)[0].isupper(), definition
            assert str(definition).endswith("."), definition
            assert len(str(definition)) > 15, definition
        for label in vocabulary.objects(term, RDFS.label):
            assert not str(label).endswith("."), label


def test_no_two_classes_and_no_two_properties_share_a_label(vocabulary: Graph) -> None:
    for kinds in ((OWL.Class,), PROPERTIES):
        seen: dict[Node, Node] = {}
        for term in sorted(
            t for t in terms(vocabulary) if any((t, RDF.type, k) in vocabulary for k in kinds)
        ):
            for label in vocabulary.objects(term, RDFS.label):
                assert seen.setdefault(label, term) == term, label


def test_every_term_is_a_class_or_a_property_and_says_where_it_is_defined(vocabulary: Graph) -> None:
    for term in terms(vocabulary):
        kinds = set(vocabulary.objects(term, RDF.type)) & {OWL.Class, *PROPERTIES}
        assert len(kinds) == 1, term
        assert set(vocabulary.objects(term, RDFS.isDefinedBy)) == {ONTOLOGY}, term
        assert term.removeprefix(VERRE)[0].isupper() == (kinds == {OWL.Class}), term


def test_domains_and_ranges_infer_nothing(vocabulary: Graph) -> None:
    assert not list(vocabulary.subject_objects(RDFS.domain))
    assert not list(vocabulary.subject_objects(RDFS.range))
    for term in terms(vocabulary):
        for predicate in (SCHEMA.domainIncludes, SCHEMA.rangeIncludes):
            for used in vocabulary.objects(term, predicate):
                assert isinstance(used, URIRef)
                assert not used.startswith(VERRE) or (used, RDF.type, OWL.Class) in vocabulary, (term, used)


@pytest.mark.parametrize(
    ("narrow", "broad"),
    [
        (VERRE.Company, ORG.FormalOrganization),
        (VERRE.SupportOrganization, ORG.FormalOrganization),
        (VERRE.ForeignBranch, ORG.Site),
        (VERRE.ForeignBranch, ORG.OrganizationalUnit),
        (VERRE.Subsidiary, VERRE.Company),
        (VERRE.Country, VERRE.Market),
        (VERRE.Region, VERRE.Market),
        (VERRE.Municipality, VERRE.Area),
        (VERRE.TradeMission, SCHEMA.BusinessEvent),
    ],
)
def test_the_model_hangs_on_known_vocabularies(vocabulary: Graph, narrow: URIRef, broad: URIRef) -> None:
    assert (narrow, RDFS.subClassOf, broad) in vocabulary


def test_a_branch_is_no_company(vocabulary: Graph) -> None:
    assert VERRE.Company not in set(vocabulary.transitive_objects(VERRE.ForeignBranch, RDFS.subClassOf))


def test_reused_terms_are_referred_to_and_not_redefined(vocabulary: Graph) -> None:
    own = ("https://w3id.org/verre/", "http://publications.europa.eu/resource/authority/")
    assert {s for s in vocabulary.subjects() if not str(s).startswith(own)} == set()


def test_the_ontology_and_its_modules_say_what_they_are(vocabulary: Graph) -> None:
    headers = set(vocabulary.subjects(RDF.type, OWL.Ontology))
    assert set(vocabulary.objects(ONTOLOGY, OWL.imports)) | {ONTOLOGY} == headers
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    for header in headers:
        assert set(vocabulary.objects(header, DCTERMS.license)) == {licence}
        assert len(list(vocabulary.objects(header, OWL.versionInfo))) == 1
        for predicate in (DCTERMS.title, DCTERMS.description):
            assert set(languages(vocabulary, header, predicate)) == LANGUAGES


def test_each_module_is_the_file_of_its_name() -> None:
    for file in sorted((resources.ontologies() / "modules").glob("*.ttl")):
        header = Graph().parse(file, format="turtle").value(None, RDF.type, OWL.Ontology, any=False)
        assert header == ONTOLOGY + f"/{file.stem}"


def test_no_term_is_defined_in_two_files() -> None:
    seen: dict[URIRef, Path] = {}
    for file in vocabulary_files(resources.ontologies()):
        for term in terms(Graph().parse(file, format="turtle")):
            assert seen.setdefault(term, file) == file, term
