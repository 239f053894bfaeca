"""The curated facts, imported and derived as a build does it, hold against every check."""

from datetime import date

import pytest

from graph import resources
from graph.inference import infer
from graph.model.iris import Minter
from graph.quality import Report, check
from graph.settings import Settings
from graph.sources.importer import ImportOptions, import_sheets
from graph.sources.reference import Reference
from graph.sources.vocabulary import vocabulary_graphs
from graph.store.view import memory_view


@pytest.fixture(scope="module")
def report() -> Report:
    minter = Minter()
    reference = Reference.load(resources.data() / "reference")
    options = ImportOptions(minter=minter, reference=reference, settings=Settings())
    graphs = import_sheets([resources.data()], options).graphs
    graphs = graphs | vocabulary_graphs(resources.ontologies(), minter) | reference.graphs(minter)
    graphs[minter.inferred] = infer(memory_view(graphs), minter, date(2026, 1, 1))
    return check(memory_view(graphs), resources.ontologies())


def test_nothing_in_the_curated_facts_is_without_meaning(report: Report) -> None:
    assert report.counts["violation"] == 0, report.as_text()


def test_model_mapping_and_ontology_use_the_same_words(report: Report) -> None:
    """No hygiene query finds anything: no undefined term or code, nothing dangling, no stray blank."""
    queries = {file.stem for file in (resources.ontologies() / "hygiene").glob("*.rq")}
    found = [finding for finding in report.findings if finding.check in queries]
    assert found == [], Report.of(found).as_text()


def test_every_code_is_from_its_list(report: Report) -> None:
    assert [finding for finding in report.findings if finding.check.endswith("-code")] == []


def test_each_finding_names_its_node_and_the_source_to_look_at(report: Report) -> None:
    assert report.findings, "the undated pages are worth an info"
    for finding in report.findings:
        assert finding.label, finding
        assert finding.graphs, finding
        assert all("/graph/source/" in graph for graph in finding.graphs), finding
