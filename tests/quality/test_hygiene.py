"""Hygiene queries as files: their banner, their columns, and what comes of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph import resources
from graph.errors import InputError
from graph.quality.hygiene import load_query, run_queries
from graph.store.view import GraphView

BANNER = "# Names.\n#\n# severity: info\n# nl: Een naam.\n# en: A name.\n# fr: Un nom.\n"
LABELS = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
FILES = sorted((resources.ontologies() / "hygiene").glob("*.rq"))


def write(folder: Path, text: str) -> Path:
    file = folder / "names.rq"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_is_read_with_its_banner(tmp_path: Path) -> None:
    query = load_query(write(tmp_path, BANNER + "SELECT DISTINCT ?focus ?path WHERE { ?focus ?path ?value }"))
    assert (query.name, query.about, query.severity) == ("names", "Names.", "info")
    assert query.message == {"nl": "Een naam.", "en": "A name.", "fr": "Un nom."}


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("SELECT ?focus WHERE { ?focus ?path ?value }", "banner"),
        (BANNER.replace("info", "fatal") + "SELECT ?focus WHERE { ?focus ?path ?value }", "severity"),
        (BANNER.replace("# fr: Un nom.\n", "") + "SELECT ?focus WHERE { ?focus ?path ?value }", "fr:"),
        (BANNER + "SELECT ?value ?focus WHERE { ?focus ?path ?value }", "in this order"),
        (BANNER + "ASK { ?focus ?path ?value }", "in this order"),
    ],
)
def test_a_file_that_is_no_hygiene_query_is_refused(tmp_path: Path, text: str, detail: str) -> None:
    with pytest.raises(InputError) as caught:
        load_query(write(tmp_path, text))
    assert "names.rq" in caught.value.detail
    assert detail in caught.value.issues[0].detail


def test_a_query_that_the_engine_cannot_read_is_named(
    tmp_path: Path, view_with: Callable[[str], GraphView]
) -> None:
    write(tmp_path, BANNER + "SELECT ?focus WHERE { ?focus nowhere:defined ?value }")
    with pytest.raises(InputError, match=r"names\.rq"):
        list(run_queries(view_with(""), tmp_path))


def test_columns_become_a_finding(tmp_path: Path, view_with: Callable[[str], GraphView]) -> None:
    write(
        tmp_path,
        BANNER
        + LABELS
        + "SELECT ?focus ?path ?value ?graph WHERE {"
        + ' GRAPH ?graph { ?focus ?path ?value } FILTER(?path = rdfs:label && ?value = "Alpha") }',
    )
    (finding,) = run_queries(view_with(""), tmp_path)
    assert (finding.check, finding.severity) == ("names", "info")
    assert finding.focus == "https://example.org/id/alpha"
    assert finding.path == "http://www.w3.org/2000/01/rdf-schema#label"
    assert finding.value == "Alpha"
    assert finding.graphs == ("https://example.org/graph/source/s1",)


def test_columns_may_be_empty(tmp_path: Path, view_with: Callable[[str], GraphView]) -> None:
    write(tmp_path, BANNER + LABELS + 'SELECT ?focus ?path ?value WHERE { ?focus rdfs:label "Alpha" }')
    (finding,) = run_queries(view_with(""), tmp_path)
    assert (finding.path, finding.value, finding.graphs) == (None, None, ())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_query_says_what_it_is_for_in_sentences(file: Path) -> None:
    query = load_query(file)
    assert query.about.endswith(".")
    assert all(text.endswith(".") for text in query.message.values())
