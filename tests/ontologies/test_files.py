"""The files of the ontology: each in the catalogue, and the alignments kept apart."""

import re

import pytest
from defusedxml import ElementTree
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from graph import resources
from graph.sources.vocabulary import vocabulary_files

FOLDER = resources.ontologies()
FILES = sorted(FOLDER.rglob("*.ttl"))
URI = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}uri"


def catalogue() -> dict[str, str]:
    root = ElementTree.parse(FOLDER / "catalog-v001.xml").getroot()
    assert root is not None
    entries = [(entry.attrib["uri"], entry.attrib["name"]) for entry in root.iter(URI)]
    assert len(entries) == len(dict(entries))
    return dict(entries)


def test_the_catalogue_names_every_file_and_no_other() -> None:
    assert set(catalogue()) == {file.relative_to(FOLDER).as_posix() for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_headed_by_the_iri_that_the_catalogue_gives_it(file: object) -> None:
    graph = Graph().parse(file, format="turtle")  # type: ignore[arg-type]
    headers = {*graph.subjects(RDF.type, OWL.Ontology), *graph.subjects(RDF.type, SKOS.ConceptScheme)}
    path = file.relative_to(FOLDER).as_posix()  # type: ignore[attr-defined]
    assert headers == {URIRef(catalogue()[path])}


def test_whatever_is_imported_is_in_the_catalogue() -> None:
    names = set(catalogue().values())
    for file in FILES:
        imports = Graph().parse(file, format="turtle").objects(None, OWL.imports)
        assert {str(imported) for imported in imports} <= names


def test_alignments_speak_of_our_terms_and_point_elsewhere(vocabulary: Graph) -> None:
    alignments = Graph().parse(FOLDER / "alignments.ttl", format="turtle")
    pairs = [*alignments.subject_objects(SKOS.closeMatch), *alignments.subject_objects(RDFS.seeAlso)]
    assert len(pairs) > 30
    for term, other in pairs:
        assert (term, RDFS.isDefinedBy, None) in vocabulary, term
        assert not str(other).startswith("https://w3id.org/verre/"), other
    allowed = {SKOS.closeMatch, RDFS.seeAlso}
    terms = {term for term, _ in pairs}
    assert {p for term in terms for p in alignments.predicates(term)} == allowed


def test_alignments_are_not_loaded(vocabulary: Graph) -> None:
    assert FOLDER / "alignments.ttl" not in vocabulary_files(FOLDER)
    assert not list(vocabulary.triples((None, SKOS.closeMatch, None)))


def test_no_file_grows_past_what_can_be_read() -> None:
    for file in FOLDER.rglob("*.*"):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file


def test_no_text_of_ours_has_a_stray_blank() -> None:
    for file in FILES:
        for text in re.findall(r'"([^"\n]*)"@\w\w', file.read_text(encoding="utf-8")):
            assert text == " ".join(text.split(" ")).strip(), (file, text)
            assert "  " not in text, (file, text)
