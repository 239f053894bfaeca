"""Updates and graph store writes to an endpoint, as the API hands them on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from graph.build import derive
from graph.errors import Busy, InputError, NotFound, QueryRefused, StoreError, VerreError, WriteRefused
from graph.index import Index
from graph.index.filters import CompanyFilter, PageRequest
from graph.model.namespaces import RDF, RDFS
from graph.model.terms import Literal, NamedNode, Triple
from graph.settings import Settings
from graph.store.remote import writer as remote_writer
from graph.store.remote.releases import RemoteReleases
from graph.store.remote.view import RemoteView
from graph.store.remote.writes import RemoteWrites
from graph.store.writes import Write, Written
from tests.store.remote.test_writer import in_step
from tests.store.small import ONE, named

pytestmark = pytest.mark.anyio
G = "https://w3id.org/verre/graph/edit/x"
GRAPH = NamedNode(G)
A, P = NamedNode("http://e/a"), NamedNode("http://e/p")


def says(*values: str) -> set[Triple]:
    return {Triple(A, P, Literal(value)) for value in values}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def built(releases: RemoteReleases) -> RemoteReleases:
    """An endpoint with one source, and all that is derived."""
    with releases.write() as writer:
        writer.replace({ONE: {named("a")}}, built=True)
        writer.commit("build", derive(releases.settings))
    return releases


@pytest.fixture
async def writes(built: RemoteReleases) -> AsyncIterator[RemoteWrites]:
    made = RemoteWrites(built, built.settings, lambda: derive(built.settings))
    await made.start()
    yield made
    await made.close()


def update(text: str, **more: object) -> Write:
    return Write("update", text=text, **more)  # type: ignore[arg-type]


async def test_updates_are_done_one_after_the_other(writes: RemoteWrites, built: RemoteReleases) -> None:
    before = built.current_name()
    done = await asyncio.gather(
        writes.write(update(f'INSERT DATA {{ GRAPH <{G}> {{ {A} {P} "one", "two"@nl }} }}')),
        writes.write(update(f'INSERT DATA {{ GRAPH <{G}> {{ {A} {P} "one" }} }}')),
    )
    assert [(each.changed, each.added) for each in done] == [(True, 2), (False, 0)]
    assert done[0].release == done[1].release != before
    assert in_step(built)[GRAPH] == {*says("one"), Triple(A, P, Literal("two", language="nl"))}


async def test_each_operation_sees_what_those_before_it_did(
    writes: RemoteWrites, built: RemoteReleases
) -> None:
    text = f"""
    PREFIX e: <http://e/>
    INSERT DATA {{ GRAPH <{G}> {{ e:a e:p "one" }} }} ;
    DELETE {{ GRAPH ?g {{ ?s e:p "one" }} }} INSERT {{ GRAPH ?g {{ ?s e:p "two" }} }}
    WHERE {{ GRAPH ?g {{ ?s e:p "one" }} }} ;
    WITH <{G}> INSERT {{ ?s e:p "three" }} WHERE {{ ?s e:p "two" }} ;
    INSERT {{ GRAPH <{G}2> {{ ?s e:p ?o }} }} WHERE {{ ?s e:p ?o }}"""
    await writes.write(update(text))
    graphs = in_step(built)
    assert graphs[GRAPH] == graphs[NamedNode(G + "2")] == says("two", "three")
    done = await writes.write(update(f"DELETE WHERE {{ GRAPH <{G}> {{ ?s ?p ?o }} }}"))
    assert done.removed == 2
    graphs = in_step(built)
    assert GRAPH not in graphs
    assert graphs[NamedNode(G + "2")] == says("two", "three")


async def test_graph_store_writes(writes: RemoteWrites, built: RemoteReleases, tmp_path: Path) -> None:
    body = tmp_path / "body"

    async def send(kind: str, text: str = "") -> Written:
        body.write_text(text, "utf-8")
        return await writes.write(Write(kind, graph=G, body=body))  # type: ignore[arg-type]

    assert (await send("put", f'{A} {P} "one", "two" .')).created
    assert not (await send("post", f'{A} {P} "three" .')).created
    assert in_step(built)[GRAPH] == says("one", "two", "three")
    done = await send("put", f'{A} {P} "two" .')
    assert (done.added, done.removed) == (0, 2)
    assert in_step(built)[GRAPH] == says("two")
    await send("delete")
    assert GRAPH not in in_step(built)
    with pytest.raises(NotFound):
        await send("delete")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("INSERT DATA { <http://e/a> <http://e/p> 1 }", InputError),
        (f"INSERT DATA {{ GRAPH <{G}> {{ [] <http://e/p> 1 }} }}", InputError),
        (
            "INSERT DATA { GRAPH <https://w3id.org/verre/graph/inferred> { <http://e/a> <http://e/p> 1 } }",
            InputError,
        ),
        ("LOAD <http://127.0.0.1:9/>", QueryRefused),
        (
            f"INSERT {{ GRAPH <{G}> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <http://127.0.0.1:9/> {{ ?s ?p ?o }} }}",
            QueryRefused,
        ),
        ("INSERT DATA {", VerreError),
    ],
)
async def test_what_may_not_be_written_leaves_all_as_it_was(
    writes: RemoteWrites, built: RemoteReleases, text: str, error: type[VerreError]
) -> None:
    before = in_step(built)
    with pytest.raises(error):
        await writes.write(update(text))
    assert in_step(built) == before


async def test_the_shapes_refuse_and_what_was_written_is_taken_back(
    writes: RemoteWrites, built: RemoteReleases
) -> None:
    before, name = in_step(built), built.current_name()
    engagement = f"{A} a <https://w3id.org/verre/ns#ExportEngagement>"
    with pytest.raises(WriteRefused):
        await writes.write(update(f"INSERT DATA {{ GRAPH <{G}> {{ {engagement} }} }}"))
    assert in_step(built) == before
    assert built.current_name() == name


async def test_the_list_index_follows(writes: RemoteWrites, built: RemoteReleases) -> None:
    organization = "http://www.w3.org/ns/org#Organization"
    company = "https://w3id.org/verre/id/organization/x/acme"
    label = f'<{company}> {RDF.type} <{organization}> ; {RDFS.label} "Acme"'
    done = await writes.write(update(f"INSERT DATA {{ GRAPH <{G}> {{ {label} }} }}", lenient=True))
    assert done.changed
    await writes.close()
    current = built.current()
    assert current is not None
    assert current.manifest.kind == "index"
    index = Index(current.index_path)
    found = index.companies(CompanyFilter(today=date(2026, 6, 1)), PageRequest(), "en")
    index.close()
    assert found.total == 1
    with pytest.raises(Busy):
        await writes.write(update(f"INSERT DATA {{ GRAPH <{G}> {{ {A} {P} 1 }} }}"))


async def test_an_index_that_is_owed_is_made_by_the_next_process(built: RemoteReleases) -> None:
    with built.writing() as writer:
        writer.index_now = False
        writer.add([remote_writer._quads(says("one"), GRAPH)[0]])
        writer.commit("edit", derive(built.settings))
    writes = RemoteWrites(built, built.settings, lambda: derive(built.settings))
    await writes.start()
    await writes.close()
    current = built.current()
    assert current is not None
    assert current.manifest.kind == "index"
    view = cast(RemoteView, current.open())
    assert view.ask(f"ASK {{ {A} {P} ?o }}")


async def test_nothing_is_written_where_nothing_is_known(settings: Settings) -> None:
    writes = RemoteWrites(RemoteReleases(settings), settings, lambda: derive(settings))
    with pytest.raises(StoreError, match="verre index"):
        await writes.write(update(f"INSERT DATA {{ GRAPH <{G}> {{ {A} {P} 1 }} }}"))
