"""Documents about things: what the graph says of an IRI, as triples or as a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from starlette.responses import RedirectResponse, Response

from api import answers, caching, gone, pages, questions, streams
from api.caching import Made
from api.deps import Context
from api.exports import describe
from api.negotiation import HTML, JSONLD, TURTLE
from api.single import check_ref, moved, resolve
from graph import resources
from graph.errors import Gone, Issue, NotFound
from graph.model.iris import Minter
from graph.model.terms import NamedNode
from graph.sources.vocabulary import vocabulary_files

TRIPLES = (TURTLE, JSONLD)
_KIND = re.compile(r"[a-z][a-z-]{0,40}")


@dataclass(frozen=True)
class Thing:
    """What a path under `/id` or `/doc` means.

    Attributes:
        kind, ref: the parts of its IRI after `id/`.
        iri: percent-encoded as IRIs of ours are.
        canonical: False where the path is another name of the thing.
    """

    kind: str
    ref: str
    iri: str
    canonical: bool = True


def node(iri: str) -> NamedNode:
    """An IRI as a term.

    Raises:
        NotFound: it can be no IRI, so nothing is said of it.
    """
    try:
        return NamedNode(iri)
    except ValueError:
        raise NotFound("There is no such thing.") from None


async def find(ctx: Context, kind: str, ref: str) -> Thing:
    """The thing that a path means.

    Raises:
        NotFound: the graph says nothing of it; for organizations the nearest are suggested.
        Gone: it was erased for good.
    """
    check_ref(ref)
    if kind == "organization":
        return await _organization(ctx, ref)
    if not _KIND.fullmatch(kind):
        raise NotFound("There is no such kind of thing.", issues=(Issue("kind", "is unknown", kind),))
    iri = Minter(ctx.base).thing(kind, ref).value
    if not await known(ctx, iri):
        await gone.check(ctx, [iri])
        raise NotFound("There is no such thing.", issues=(Issue("ref", "nothing is said of it", ref),))
    return Thing(kind, ref, iri)


async def _organization(ctx: Context, ref: str) -> Thing:
    found = await resolve(ctx, ref)
    beginning = f"{ctx.base}id/organization/"
    own = found.iri[len(beginning) :]
    return Thing("organization", own, found.iri, canonical=own == ref)


async def known(ctx: Context, iri: str) -> bool:
    """Whether the graph says anything of an IRI."""
    answer = await ctx.query(questions.bind("exists", "thing", [node(iri)]), "text/turtle")
    return answer.body is not None and b"true" in answer.body


async def document(ctx: Context, thing: Thing) -> Response:
    """Everything that is said about a thing, in the form that was negotiated."""
    if not thing.canonical:
        return moved(ctx, f"/doc/{thing.kind}/{thing.ref}")
    if ctx.format is HTML:
        try:
            return await pages.doc_page(ctx.request, thing.kind, thing.ref)
        except NotFound as error:
            if isinstance(error, Gone):
                raise
            return await question(without_page(ctx), "thing", "thing", thing.iri)
    return await question(ctx, "thing", "thing", thing.iri)


def without_page(ctx: Context) -> Context:
    """The same request, for what has no page: a browser gets Turtle."""
    return replace(ctx, format=TURTLE) if ctx.format is HTML else ctx


async def vocabulary(ctx: Context) -> Response:
    """The ontology: its files, without the code lists, which have paths of their own."""
    if ctx.format is HTML:
        try:
            return await pages.doc_page(ctx.request, "ontology", "")
        except NotFound:
            return await vocabulary(without_page(ctx))
    minter = Minter(ctx.base)
    files = await ctx.in_thread(lambda: vocabulary_files(resources.ontologies()))
    graphs = [minter.graph(f"vocabulary/{f.stem}").value for f in files if f.parent.name != "codelists"]
    return await question(ctx, "graph", "graph", *graphs)


async def question(ctx: Context, name: str, variable: str, *iris: str) -> Response:
    """What a stored question says of some IRIs.

    Raises:
        NotFound: nothing.
    """
    terms = [node(iri) for iri in iris]

    async def make() -> Made:
        if ctx.format in TRIPLES:
            found = await describe.expanded(ctx, name, variable, iris)
            if found.strip() == b"[]":
                raise NotFound("The graph says nothing of this.")
            return Made(await ctx.in_thread(lambda: describe.written(found, ctx.format)))
        answer = await ctx.query(questions.bind(name, variable, terms), ctx.format.media_type)
        return Made(await streams.whole(answer))

    return await answers.conditional(ctx, make, by_engine=ctx.format not in TRIPLES)


def see_other(ctx: Context, thing: Thing) -> Response:
    """303 from a thing to the document about it; 308 first where the path is another name."""
    if not thing.canonical:
        return moved(ctx, f"/id/{thing.kind}/{thing.ref}")
    query = ctx.request.url.query
    path = f"/doc/{thing.kind}/{thing.ref}"
    headers = {"Vary": caching.VARY, "Cache-Control": caching.control(ctx.part)}
    return RedirectResponse(f"{path}?{query}" if query else path, 303, headers)
