"""The catalogue: a dataset for each publisher."""

from __future__ import annotations

from graph.catalogue import DUMP, Listed, Served, describe
from graph.model.iris import Minter
from graph.model.namespaces import DCAT, DCTERMS, RDF, VOID, XSD
from graph.model.terms import Literal, NamedNode, Triple

MINT = Minter()
SERVED = Served(
    "http://127.0.0.1:8000",
    "000007",
    "2026-11-23T10:00:00Z",
    {MINT.source_graph("s001").value: 12, MINT.source_graph("s002").value: 30, MINT.inferred.value: 99},
)
PAPER = MINT.thing("dataset", "publisher/het-belang-van-limburg")


def listed(key: str, publisher: str | None, issued: str | None = None, licence: str | None = None) -> Listed:
    return Listed(MINT.thing("source", key).value, publisher, issued, MINT.source_graph(key).value, licence)


def texts(found: set[Triple], subject: NamedNode, predicate: NamedNode) -> set[str]:
    return {
        str(getattr(t.object, "value", ""))
        for t in found
        if t.subject == subject and t.predicate == predicate
    }


def test_a_publisher_has_one_dataset_with_its_counts_and_dates() -> None:
    found = describe(
        [
            listed("s001", "Het Belang van Limburg", "2018-02-19"),
            listed("s002", "Het Belang van Limburg", "2019"),
        ],
        SERVED,
        MINT,
    )
    assert texts(found, PAPER, VOID.documents) == {"2"}
    assert texts(found, PAPER, VOID.triples) == {"42"}
    (period,) = texts(found, PAPER, DCTERMS.temporal)
    assert texts(found, NamedNode(period), DCAT.startDate) == {"2018-02-19"}
    assert texts(found, NamedNode(period), DCAT.endDate) == {"2019-12-31"}
    assert Triple(MINT.thing("catalog", "verre"), DCAT.dataset, PAPER) in found


def test_each_of_its_graphs_can_be_had_from_this_host() -> None:
    found = describe([listed("s001", "Het Belang van Limburg")], SERVED, MINT)
    (node,) = texts(found, PAPER, DCAT.distribution)
    (address,) = texts(found, NamedNode(node), DCAT.downloadURL)
    assert (
        address == "http://127.0.0.1:8000/store?graph=https%3A%2F%2Fw3id.org%2Fverre%2Fgraph%2Fsource%2Fs001"
    )


def test_what_no_source_says_is_not_said() -> None:
    found = describe([listed("s001", None, "some day")], SERVED, MINT)
    unknown = MINT.thing("dataset", "publisher/unknown")
    assert Triple(unknown, RDF.type, DCAT.Dataset) in found
    assert texts(found, unknown, DCTERMS.publisher) == set()
    assert texts(found, unknown, DCTERMS.license) == set()
    assert texts(found, unknown, DCTERMS.temporal) == set()


def test_a_licence_is_told_as_it_is_stated() -> None:
    for said, term in (
        (
            "https://creativecommons.org/licenses/by/4.0/",
            NamedNode("https://creativecommons.org/licenses/by/4.0/"),
        ),
        ("only members", Literal("only members")),
        ("https://not an iri", Literal("https://not an iri")),
    ):
        found = describe([listed("s001", "Het Belang van Limburg", licence=said)], SERVED, MINT)
        assert Triple(PAPER, DCTERMS.license, term) in found


def test_the_whole_names_its_release_and_its_file() -> None:
    found = describe([], SERVED, MINT)
    assert texts(found, MINT.dataset, DCAT.version) == {"000007"}
    assert (
        Triple(MINT.dataset, DCTERMS.modified, Literal("2026-11-23T10:00:00Z", datatype=XSD.dateTime))
        in found
    )
    (node,) = texts(found, MINT.dataset, DCAT.distribution)
    assert texts(found, NamedNode(node), DCAT.downloadURL) == {f"http://127.0.0.1:8000/{DUMP}"}


def test_nothing_is_a_blank_node_and_every_dataset_has_a_title_in_three_languages() -> None:
    found = describe([listed("s001", "A"), listed("s002", None)], SERVED, MINT)
    assert {type(t.subject) for t in found} == {NamedNode}
    datasets = {t.subject for t in found if t.predicate == RDF.type and t.object == DCAT.Dataset}
    assert len(datasets) == 3
    for dataset in datasets:
        titles = [t.object for t in found if t.subject == dataset and t.predicate == DCTERMS["title"]]
        assert {t.language for t in titles if isinstance(t, Literal)} == {"nl", "en", "fr"}
