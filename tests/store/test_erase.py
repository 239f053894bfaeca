"""Removing for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError, Locked, NotFound
from graph.model.namespaces import FOAF, ORG, RDF, RDFS, VERRE
from graph.model.terms import Literal, NamedNode, Triple
from graph.store.erase import erase
from graph.store.erased import Erased, fingerprint
from graph.store.releases import Release, Releases
from graph.store.view import Graphs, GraphView
from graph.store.writer import Derive
from tests.store.small import EDIT, MINT, NO_DERIVE, ONE, TWO, contents, merge_is_right, named, quad, thing

PERSON = MINT.hashed("person", ("name", "Jane Invented"))
ROLE = MINT.hashed("membership", ("person", "Jane Invented"))
ACME = MINT.organization("acme")
SITE = MINT.hashed("site", ("organization", "acme"))
ADDRESS = NamedNode(SITE.value + "/address")
SOURCE = MINT.thing("source", "s001")
PEOPLE = {
    Triple(PERSON, RDF.type, FOAF.Person),
    Triple(PERSON, FOAF.name, Literal("Jane Invented")),
    Triple(ROLE, ORG.member, PERSON),
    Triple(ROLE, ORG.organization, ACME),
    Triple(ROLE, VERRE.roleName, Literal("Keeper of keys")),
}
FACTS = {
    Triple(ACME, RDFS.label, Literal("Acme")),
    Triple(ACME, ORG.hasSite, SITE),
    Triple(SITE, ORG.siteOf, ACME),
    Triple(SITE, ORG.siteAddress, ADDRESS),
    Triple(ADDRESS, RDFS.label, Literal("Genk")),
}
NOTE = Triple(thing("other"), VERRE.note, Literal("Thanks to jane invented", language="en"))


def index(view: GraphView, path: Path, _: str) -> None:
    path.write_text("\n".join(sorted(str(t) for t in view.triples())))


DERIVE = Derive(index=index)


@pytest.fixture
def built(releases: Releases) -> Releases:
    for facts in (FACTS, FACTS | PEOPLE, FACTS | PEOPLE | {NOTE}):
        build(releases, {ONE: facts, TWO: {Triple(PERSON, RDFS.label, Literal("J. Invented"))}})
    return releases


def build(releases: Releases, graphs: Graphs) -> Release:
    with releases.write() as writer:
        writer.replace(graphs, built=True)
        return writer.commit("build", DERIVE, inputs={"people.csv": "ab" * 32})


def files_with(home: Path, text: str) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_a_person_goes_from_every_release_and_file_and_does_not_come_back(built: Releases) -> None:
    home = built.layout.home
    assert files_with(home, "Jane Invented")
    report = erase(built, PERSON.value, DERIVE)
    assert report.erased == tuple(sorted([PERSON.value, ROLE.value]))
    assert (report.release, report.deleted) == ("000004", ("000001", "000002", "000003"))
    assert [release.name for release in built.list()] == ["000004"]
    release = built.get("000004")
    assert contents(release.open()) == {ONE: FACTS | {NOTE}}
    assert merge_is_right(release.open())
    assert (release.manifest.quads, release.manifest.triples, release.manifest.kind) == (6, 6, "erase")
    for text in ("Jane Invented", "J. Invented", "Keeper of keys", PERSON.value, ROLE.value):
        assert files_with(home, text) == []
    assert sorted(path.name for path in built.layout.releases.iterdir()) == ["000004"]
    assert list(built.layout.staging.iterdir()) == []
    linked = [p for p in release.store_path.iterdir() if p.suffix == ".sst" and p.stat().st_nlink > 1]
    assert linked == []
    again = build(
        built, {ONE: FACTS | PEOPLE | {NOTE}, TWO: {Triple(PERSON, RDFS.label, Literal("J. Invented"))}}
    )
    assert contents(again.open()) == {ONE: FACTS | {NOTE}}
    with built.write() as writer:
        writer.add(quad(triple, EDIT) for triple in PEOPLE)
        assert writer.commit("edit", DERIVE) == again


def test_the_report_says_what_it_could_not_reach(built: Releases) -> None:
    (built.layout.home / "rejects").mkdir()
    (built.layout.home / "rejects" / "people.csv").touch()
    first = built.get("000001")
    with first.lease():
        lines = "\n".join(erase(built, PERSON.value, DERIVE).lines())
    assert "1 records that belong to it" in lines
    for words in (
        "people.csv",
        "rejects",
        "backups",
        "release 000001 is deleted but still read",
        thing("other").value,
    ):
        assert words in lines
    assert "Jane" not in lines


def test_an_organization_takes_its_sites_and_roles_along(built: Releases) -> None:
    report = erase(built, ACME.value, DERIVE)
    assert set(report.erased) == {ACME.value, SITE.value, ADDRESS.value, ROLE.value}
    view = built.list()[0].open()
    assert set(view.triples(ONE)) == {NOTE, *(t for t in PEOPLE if t.subject == PERSON)}


def test_a_source_takes_what_it_says_along(releases: Releases) -> None:
    described = {Triple(SOURCE, VERRE.graph, ONE), Triple(SOURCE, RDFS.label, Literal("Secret paper"))}
    graphs: Graphs = {MINT.meta: described, ONE: {named("a"), named("b")}, TWO: {named("b")}}
    build(releases, graphs)
    erase(releases, SOURCE.value, DERIVE)
    expected = {TWO: {named("b")}}
    assert contents(releases.list()[0].open()) == expected
    assert merge_is_right(releases.list()[0].open())
    assert contents(build(releases, graphs).open()) == expected


def test_what_nobody_holds_cannot_be_erased(built: Releases) -> None:
    with pytest.raises(NotFound, match="nobody"):
        erase(built, "http://example.org/nobody", DERIVE)
    with pytest.raises(InputError) as caught:
        erase(built, "no IRI", DERIVE)
    assert caught.value.issues[0].name == "iri"
    assert len(built.list()) == 3
    assert not built.layout.erased.exists()


def test_what_only_an_older_release_holds_is_erased(built: Releases) -> None:
    build(built, {ONE: FACTS})
    assert erase(built, PERSON.value, DERIVE).deleted == ("000001", "000002", "000003", "000004")
    assert files_with(built.layout.home, "Jane Invented") == []


def test_erasing_again_finishes_what_was_broken_off(built: Releases) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        erase(built, PERSON.value, Derive(index=broken))
    assert len(built.list()) == 3
    assert PERSON.value in Erased(built.layout.erased)
    erase(built, PERSON.value, DERIVE)
    assert erase(built, PERSON.value, DERIVE).deleted == ("000004",)
    assert files_with(built.layout.home, "Jane Invented") == []


def test_erasing_waits_for_no_writer(built: Releases) -> None:
    with built.write(), pytest.raises(Locked):
        erase(built, PERSON.value, DERIVE)


def test_only_hashes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "erased"
    erased = Erased(path)
    assert (PERSON.value in erased, len(erased), path.exists()) == (False, 0, False)
    erased.add([PERSON.value])
    erased.add([ROLE.value])
    assert path.read_text().split() == sorted([fingerprint(PERSON.value), fingerprint(ROLE.value)])
    read = Erased(path)
    assert PERSON.value in read
    assert ACME.value not in read
    assert len(read) == 2
    quoted = Triple(thing("x"), VERRE.note, Triple(PERSON, FOAF.name, Literal("Jane")))
    assert read.hides(quoted)
    assert not read.hides(Triple(thing("x"), VERRE.note, Literal(PERSON.value)))


def test_derived_triples_about_the_erased_do_not_come_back(built: Releases) -> None:
    def infer(_: GraphView) -> set[Triple]:
        return {Triple(PERSON, VERRE.note, Literal("derived")), Triple(ACME, VERRE.note, Literal("derived"))}

    erase(built, PERSON.value, Derive(infer=infer))
    assert set(built.list()[0].open().triples(MINT.inferred)) == {
        Triple(ACME, VERRE.note, Literal("derived"))
    }
    assert NO_DERIVE.infer(built.list()[0].open()) == set()
