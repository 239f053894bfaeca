"""Pages of words: about, the stored questions, the form for SPARQL, the terms of the ontology."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from orjson import dumps
from starlette.responses import RedirectResponse, Response

from api.access import require
from api.deps import Context, page_context
from api.negotiation import SOLUTIONS
from api.pages import loads, routes_queries, serve, vocabulary
from api.pages.catalogue import messages
from api.pages.face import Face
from api.pages.render import alternates, render
from api.pages.serve import Model, PageContext
from api.pages.views import notices
from graph import queries
from graph.keys import Role

router = APIRouter(include_in_schema=False)

FIRST = """PREFIX verre: <https://w3id.org/verre/ns#>
PREFIX country: <http://publications.europa.eu/resource/authority/country/>
SELECT ?company WHERE {
  VALUES ?market { country:CHN country:THA country:VNM country:KOR }
  ?company verre:targets|verre:entersMarket|verre:exportsTo ?market
}
"""
"""What stands in the form where no stored question was chosen."""


def _editor(lang: str, seconds: str) -> dict[str, str]:
    """What the editor's script is given: its texts, and the terms that it completes, the names of countries, as JSON."""
    whole = "editor."
    words = {key.removeprefix(whole): text for key, text in messages(lang).items() if key.startswith(whole)}
    words["failed.cut"] = str(words["failed.cut"]).replace("{seconds}", seconds)
    terms: dict[str, list[str]] = {"class": [], "property": []}
    for term in vocabulary.terms():
        for kind, names in terms.items():
            if any(each.rpartition("#")[2].lower().endswith(kind) for each in term.kinds):
                names.append(term.iri)
    return {
        "words": dumps(words).decode(),
        "terms": dumps(terms).decode(),
        "countries": dumps(vocabulary.countries(lang)).decode(),
    }


def _questions(lang: str) -> list[dict[str, str]]:
    """Every stored question in one language."""
    stored = [queries.load(name) for name in queries.names()]
    return [
        {"name": q.name, "title": q.title[lang], "description": q.description[lang], "text": q.text}
        for q in stored
    ]


@router.get("/about")
async def about(ctx: PageContext) -> Response:
    """What this is, what the marks mean, how to get at the data."""
    return await _told(ctx, "about.html")


@router.get("/accessibility")
async def accessibility(ctx: PageContext) -> Response:
    """What everybody can count on, how it is checked, what is not good yet."""
    return await _told(ctx, "accessibility.html")


@router.get("/privacy")
async def privacy(ctx: PageContext) -> Response:
    """What this server writes down of its readers, and what the graph holds of people."""
    return await _told(ctx, "privacy.html")


async def _told(ctx: Context, template: str) -> Response:
    """A page that says how this server is set up."""

    def make(_: Any, face: Face) -> Model:
        return {"contact": notices.contact(face, ctx.settings), "kept": notices.kept(ctx.settings)}

    return await serve.page(ctx, template, make)


@router.get("/queries")
async def questions(ctx: PageContext) -> Response:
    """The stored questions with their SPARQL."""

    def make(_: Any, face: Face) -> Model:
        found = _questions(face.lang)
        return {"section": "queries", "queries": found, "data": alternates(face, "/v1/queries")[:1]}

    return await serve.page(ctx, "queries.html", make)


@router.get("/ontology")
async def ontology(ctx: PageContext) -> Response:
    """The terms of the model with their meaning."""

    def make(_: Any, face: Face) -> Model:
        groups = vocabulary.groups(face.lang)
        count = len([term for term in vocabulary.terms() if term.labels])
        return {"section": "ontology", "groups": groups, "count": count}

    return await serve.page(ctx, "ontology.html", make)


@router.get("/login")
async def login(request: Request) -> Response:
    """Has a browser ask for a key, as the password, and remember it for this site.

    Raises:
        Unauthorized: it sent none yet.
    """
    require(request, Role.READER)
    face = serve.stray_face(request)
    return RedirectResponse(face.href(), 303, {"Cache-Control": "no-store"})


async def sparql_page(request: Request) -> Response:
    """The form of `/sparql`, which a script makes an editor.

    `?example=` fills in a stored question, with the values of the request for its parameters.
    """
    ctx = await page_context(request)
    chosen = request.query_params.get("example", "")
    face = serve.face_of(request, ctx.lang, ctx.release)
    text = await routes_queries.filled(ctx, chosen) or FIRST

    def make() -> bytes:
        examples = _questions(ctx.lang)
        formats = [(form.name, form.name.upper()) for form in SOLUTIONS]
        seconds = face.number(ctx.settings.query_timeout)
        rows = min(28, max(10, text.count("\n") + 2))
        model = {
            "rows": rows,
            "text": text,
            "examples": examples,
            "chosen": chosen,
            "formats": formats,
            "seconds": seconds,
            "base": ctx.base,
            **_editor(ctx.lang, seconds),
        }
        return render(face, "sparql.html", model)

    return serve.respond(request, ctx.lang, await ctx.in_thread(make), policy=loads.of("sparql.html").policy)
