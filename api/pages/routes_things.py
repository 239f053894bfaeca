"""The pages of single things: home, a company and its network, a market, a mission, a person, a source."""

from __future__ import annotations

from collections.abc import Awaitable
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from api import gone, purpose, screenings, single
from api.deps import Context
from api.pages import markets, models, network, serve
from api.pages.face import Face
from api.pages.render import environment
from api.pages.serve import Model, PageContext
from api.pages.views import company as company_view
from api.pages.views.screening import NOTHING, Seen
from graph.errors import NotFound
from graph.index import Index
from graph.model.iris import Minter

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(ctx: PageContext) -> Response:
    """What is in here, a search box, questions to start from, the newest facts."""
    return await serve.page(ctx, "home.html", lambda index, face: markets.home(ctx, index, face))


async def canonical(ctx: Context, ref: str, tail: str = "") -> str | Response:
    """The IRI of an organization; a permanent redirect where another spelling was asked for.

    Raises:
        NotFound: none, with the nearest names; Gone where it was erased.
    """
    found = await single.resolve(ctx, single.check_ref(ref))
    return found.iri if found.id == ref else single.moved(ctx, f"/companies/{quote(found.id)}{tail}")


async def or_gone(ctx: Context, kind: str, ref: str, answer: Awaitable[Response]) -> Response:
    """The page of a thing; Gone instead of NotFound where it was erased."""
    try:
        return await answer
    except NotFound:
        await gone.check(ctx, [Minter(ctx.base).thing(kind, ref).value])
        raise


@router.get("/companies/{ref:path}/network.svg")
async def network_svg(ctx: PageContext, ref: str) -> Response:
    """A company's neighbourhood as a picture of its own."""
    found = await canonical(ctx, ref, "/network.svg")
    if isinstance(found, Response):
        return found

    def make(index: Index) -> bytes:
        face = serve.face_of(ctx.request, ctx.lang, ctx.release)
        company = index.company(found, ctx.lang, ctx.today)
        near = models.neighbourhood(ctx, index, face, company)
        drawing = network.draw(near, company["iri"], words=company_view.statuses(face))
        template = environment().get_template("network.svg")
        label = face.t("network.label", name=company["name"])
        return template.render(face=face, t=face.t, drawing=drawing, label=label).encode("utf-8", "replace")

    body = await ctx.ask(make)
    return serve.respond(ctx.request, ctx.lang, body, media_type="image/svg+xml; charset=utf-8")


@router.get("/companies/{ref:path}")
async def company(ctx: PageContext, ref: str) -> Response:
    """Everything known of a company, each fact with its source."""
    found = await canonical(ctx, ref)
    if isinstance(found, Response):
        return found
    return await company_page(ctx, found)


async def company_page(ctx: Context, iri: str) -> Response:
    """The page of the organization with this IRI."""
    seen = await screened(ctx, iri)

    def make(index: Index, face: Face) -> Model:
        return models.company(ctx, index, face, iri, seen)

    if seen.kept is not None:
        return await serve.page_of_one(ctx, "company.html", make)
    return await serve.page(ctx, "company.html", make, "screening" if seen.visible else "")


async def screened(ctx: Context, iri: str) -> Seen:
    """What this reader may see of the last screening; of an older release nothing, for it was not of that."""
    if ctx.pinned or not await screenings.may(ctx):
        return NOTHING
    return Seen(True, await screenings.recalled(ctx, iri))


@router.get("/markets/{code}")
async def market(ctx: PageContext, code: str) -> Response:
    """A market: who stands on which rung, partners, figures, missions."""
    found = await ctx.ask(lambda index: markets.canonical(index, code))
    if found != code:
        return single.moved(ctx, f"/markets/{quote(found)}")
    return await serve.page(ctx, "market.html", lambda index, face: markets.market(ctx, index, face, code))


@router.get("/people/{ref}")
async def person(ctx: PageContext, ref: str) -> Response:
    """A person in business roles."""
    purpose.looked_up(ctx.request, ctx.settings, ref)

    def make(index: Index, face: Face) -> Model:
        return models.person(ctx, index, face, ref)

    return await or_gone(ctx, "person", ref, serve.page(ctx, "person.html", make))


@router.get("/sources/{ref}")
async def source(ctx: PageContext, ref: str) -> Response:
    """A source: what it is, what it says, whom it names."""
    made = serve.page(ctx, "source.html", lambda index, face: models.source(ctx, index, face, ref))
    return await or_gone(ctx, "source", ref, made)
