"""Writing to an endpoint: the graphs, their merge, and the way back."""

from __future__ import annotations

import random
from pathlib import Path
from typing import cast

import pytest

from graph.errors import InputError, StoreError, Unsupported, WriteRefused
from graph.model.iris import Minter
from graph.model.namespaces import XSD
from graph.model.terms import Literal, NamedNode, Quad, Term, Triple
from graph.settings import Settings
from graph.store.change import Change
from graph.store.derive import Derive
from graph.store.remote import writer as remote_writer
from graph.store.remote.indexing import reindex
from graph.store.remote.releases import RemoteReleases
from graph.store.remote.sending import Sender
from graph.store.remote.view import RemoteView
from graph.store.view import GraphView
from tests.store.small import EDIT, EX, NAME, ONE, TWO, named, quad, sells, thing

VALUES: list[Term] = [
    *(Literal(text, language=language) for text in ("één", 'a "b"\n') for language in ("nl", "fr")),
    *(Literal(text) for text in ("één", "", "\\", "日本 \U0001f600")),
    Literal("13.43", datatype=XSD.decimal),
    Literal("2002", datatype=XSD.gYear),
    Literal("2018-02-19", datatype=XSD.date),
    thing("jp"),
]


def held(releases: RemoteReleases) -> tuple[dict[NamedNode, set[Triple]], set[Triple]]:
    view = RemoteView(releases.endpoint)
    return {name: set(view.triples(name)) for name in view.graphs()}, set(view.triples())


def in_step(releases: RemoteReleases) -> dict[NamedNode, set[Triple]]:
    """The graphs, after a look whether the merge is what they say together."""
    graphs, merge = held(releases)
    assert merge == set().union(*graphs.values())
    return graphs


def test_a_triple_leaves_the_merge_with_the_last_graph_that_says_it(releases: RemoteReleases) -> None:
    with releases.write() as writer:
        writer.replace({ONE: {named("a"), sells("a", "jp")}, TWO: {named("a")}}, built=True)
        first = writer.commit("build", Derive())
    assert in_step(releases) == {ONE: {named("a"), sells("a", "jp")}, TWO: {named("a")}}
    with releases.write() as writer:
        writer.remove([quad(named("a"), ONE)])
        second = writer.commit("edit", Derive())
        assert writer.change() == Change(removed=frozenset([quad(named("a"), ONE)]))
    assert named("a") in held(releases)[1]
    with releases.write() as writer:
        writer.drop(TWO)
        writer.commit("edit", Derive())
    assert in_step(releases) == {ONE: {sells("a", "jp")}}
    assert [first.name, second.name] == ["000001", "000002"]


def test_what_is_there_already_is_no_change(releases: RemoteReleases) -> None:
    with releases.write() as writer:
        writer.replace({ONE: {named("a")}}, built=True)
        first = writer.commit("build", Derive())
    with releases.write() as writer:
        writer.add([quad(named("a"), ONE)])
        writer.remove([quad(named("absent"), ONE)])
        assert writer.commit("edit", Derive()).name == first.name


def test_a_build_drops_what_it_gave_before_and_leaves_edits(releases: RemoteReleases) -> None:
    with releases.write() as writer:
        writer.replace({ONE: {named("a")}, TWO: {named("b")}}, built=True)
        writer.commit("build", Derive())
    with releases.write() as writer:
        writer.add([quad(named("c"), EDIT)])
        writer.commit("edit", Derive())
    with releases.write() as writer:
        writer.replace({ONE: {named("a2")}}, built=True)
        writer.commit("build", Derive())
    assert in_step(releases) == {ONE: {named("a2")}, EDIT: {named("c")}}


@pytest.mark.parametrize("large", [False, True])
def test_random_writes_keep_the_merge_in_step(
    releases: RemoteReleases, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if large:  # every change is then sent in pieces, and graphs are looked at whole
        monkeypatch.setattr(remote_writer, "FOLLOWED", 2)
        monkeypatch.setattr("graph.store.remote.sending.BY_GRAPH_STORE", 3)
        monkeypatch.setattr(type(releases.endpoint.dialect), "piece", 3)
    chance = random.Random(7)
    everything = [
        Quad(thing(f"s{number}"), predicate, value, graph)
        for number in range(2)
        for predicate in (NAME, NamedNode(EX + "p"))
        for value in VALUES
        for graph in (ONE, TWO, EDIT)
    ]
    wanted: set[Quad] = set()
    for _ in range(4):
        plus, minus = set(chance.sample(everything, 25)), set(chance.sample(everything, 25))
        with releases.write() as writer:
            writer.remove(minus)
            writer.add(plus)
            writer.commit("edit", Derive())
        wanted = (wanted - minus) | plus
        graphs = in_step(releases)
        assert {Quad(t.subject, t.predicate, t.object, g) for g, ts in graphs.items() for t in ts} == wanted


def test_what_the_shapes_refuse_is_taken_back(releases: RemoteReleases) -> None:
    with releases.write() as writer:
        writer.replace({ONE: {named("a")}, TWO: {named("b")}}, built=True)
        writer.commit("build", Derive())
    before = held(releases)
    seen: list[bool] = []

    def refuse(view: GraphView, _: Change | None) -> None:
        seen.append(view.ask(f"ASK {{ <{EX}c> ?p ?o }}"))
        raise WriteRefused("no")

    def write() -> None:
        with releases.write() as writer:
            writer.add([quad(named("c"), ONE), quad(named("b"), ONE)])
            writer.remove([quad(named("a"), ONE)])
            writer.commit("edit", Derive(check=refuse))

    with pytest.raises(WriteRefused):
        write()
    assert seen == [True]
    assert held(releases) == before
    assert releases.current_name() == "000001"


def test_what_is_inferred_follows(releases: RemoteReleases) -> None:
    def infer(view: GraphView) -> set[Triple]:
        rows = view.select(f"SELECT ?s {{ ?s <{NAME.value}> ?name }}")
        return {Triple(cast(NamedNode, row[0]), NamedNode(EX + "has"), thing("name")) for row in rows}

    inferred = Minter().inferred
    with releases.write() as writer:
        writer.replace({ONE: {named("a")}, TWO: {named("b")}}, built=True)
        writer.commit("build", Derive(infer=infer))
    assert len(in_step(releases)[inferred]) == 2
    with releases.write() as writer:
        writer.drop(ONE)
        writer.commit("edit", Derive(infer=infer))
    assert in_step(releases)[inferred] == {Triple(thing("b"), NamedNode(EX + "has"), thing("name"))}


def test_nothing_restricted_and_no_blank_node_goes_there(releases: RemoteReleases) -> None:
    restricted = NamedNode(f"{releases.base_iri}graph/restricted/members")
    with pytest.raises(Unsupported, match="restricted"), releases.write() as writer:
        writer.add([quad(named("a"), restricted)])
    with pytest.raises(InputError), releases.write() as writer:
        writer.add([Quad(thing("a"), NAME, Literal("x"))])
    assert held(releases) == ({}, set())


def test_the_index_of_the_state_before_goes_on_until_there_is_a_new_one(releases: RemoteReleases) -> None:
    def index(view: GraphView, path: Path, name: str) -> None:
        path.write_text(f"{name} {len(list(view.triples()))}", "utf-8")

    derive = Derive(index=index)
    with releases.writing() as writer:
        writer.replace({ONE: {named("a")}}, built=True)
        first = writer.commit("build", derive)
    with releases.writing() as writer:
        writer.index_now = False
        writer.add([quad(named("b"), ONE)])
        second = writer.commit("edit", derive)
    assert first.index_path.read_text() == second.index_path.read_text() == "000001 1"
    assert second.manifest.quads == 2
    third = reindex(releases, derive)
    assert third.index_path.read_text() == "000003 2"
    assert [release.name for release in releases.list()] == ["000003"]


def test_a_store_that_others_fill_gets_its_merge(releases: RemoteReleases, settings: Settings) -> None:
    with releases.write() as writer:
        writer.replace({ONE: {named("a")}}, built=True)
        writer.commit("build", Derive())
    place = releases.endpoint.merge
    wrong = [(named("stray"), NamedNode(place) if place else None), (named("b"), TWO)]
    Sender(releases.endpoint).apply([(named("a"), NamedNode(place) if place else None)], wrong)
    assert held(releases)[1] == {named("stray")}
    release = reindex(releases, Derive(), merge=True)
    assert in_step(releases) == {ONE: {named("a")}, TWO: {named("b")}}
    assert (release.manifest.quads, release.manifest.triples) == (2, 2)
    del settings


def test_a_write_that_the_endpoint_does_not_take_is_an_error(releases: RemoteReleases) -> None:
    bad = releases.endpoint.settings.model_copy(update={"store_update": releases.endpoint.query + "/nowhere"})
    other = RemoteReleases(bad)
    with pytest.raises(StoreError), other.write() as writer:
        writer.add([quad(named("a"), ONE)]) or writer.view()  # type: ignore[func-returns-value]
    assert other.current_name() is None


@pytest.mark.parametrize(
    ("capability", "act"),
    [
        ("rollback", lambda releases: releases.rollback()),
        ("releases", lambda releases: releases.get("000000")),
        ("compact", lambda releases: releases.write().__enter__().compact()),
        ("erase", lambda releases: releases.write().__enter__().forget(["http://e/x"])),
        ("erase", lambda releases: releases.write().__enter__().restart(lambda _: True)),
    ],
)
def test_what_it_cannot_do_names_the_capability(
    oxigraph_server: object, tmp_path: object, capability: str, act: object
) -> None:
    given = {"home": tmp_path, **oxigraph_server.settings}  # type: ignore[attr-defined]
    with pytest.raises(Unsupported, match=f"`{capability}`"):
        act(RemoteReleases(Settings(**given)))  # type: ignore[operator]
