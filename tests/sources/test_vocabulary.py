"""The vocabulary as graphs: one a file, and only what is vocabulary."""

from pathlib import Path

import pytest

from graph import resources
from graph.errors import InputError
from graph.model.iris import Minter
from graph.model.namespaces import RDF, SH, SKOS, VERRE
from graph.model.namespaces import code as concept
from graph.model.terms import Literal, NamedNode, Triple
from graph.sources.vocabulary import vocabulary_files, vocabulary_graphs

TERM = '@prefix v: <https://w3id.org/verre/ns#> . v:a v:b "{}" .'


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".ttl").write_text(text, encoding="utf-8")
    return folder


def test_each_file_is_a_graph_of_its_own(tmp_path: Path) -> None:
    folder = write(
        tmp_path, verre=TERM.format(1), modules__markets=TERM.format(2), codelists__unit=TERM.format(3)
    )
    graphs = vocabulary_graphs(folder, Minter("https://example.org/"))
    value = {
        graph.value: {t.object.value for t in triples if isinstance(t.object, Literal)}
        for graph, triples in graphs.items()
    }
    base = "https://example.org/graph/vocabulary/"
    assert value == {f"{base}verre": {"1"}, f"{base}markets": {"2"}, f"{base}unit": {"3"}}


def test_alignments_and_shapes_stay_out(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        verre=TERM.format(1),
        alignments=TERM.format(2),
        shapes__dates=TERM.format(4),
    )
    assert [file.name for file in vocabulary_files(folder)] == ["verre.ttl"]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("this is no turtle", "not readable as Turtle"),
        ("[] a <https://example.org/x> .", "blank nodes"),
        ("<https://example.org/x> <https://example.org/p> [] .", "blank nodes"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, text: str, detail: str) -> None:
    with pytest.raises(InputError) as caught:
        vocabulary_graphs(write(tmp_path, verre=text), Minter())
    assert "verre.ttl" in caught.value.detail
    assert detail in caught.value.issues[0].detail


def test_two_files_of_one_name_would_share_a_graph(tmp_path: Path) -> None:
    folder = write(tmp_path, modules__unit=TERM.format(1), codelists__unit=TERM.format(2))
    with pytest.raises(InputError, match=r"unit\.ttl"):
        vocabulary_graphs(folder, Minter())


def test_the_real_vocabulary_has_its_statuses_and_no_shapes() -> None:
    graphs = vocabulary_graphs(resources.ontologies(), Minter())
    statuses = graphs[NamedNode("https://w3id.org/verre/graph/vocabulary/engagement-status")]
    assert Triple(concept("engagement-status", "targets"), SKOS.notation, Literal("targets")) in statuses
    everything = set().union(*graphs.values())
    assert any(t.subject == VERRE.ExportEngagement for t in everything)
    assert not any(t.predicate == RDF.type and t.object == SH.NodeShape for t in everything)
