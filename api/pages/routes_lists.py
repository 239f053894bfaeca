"""The pages of lists: exporters, companies, markets, missions, sources, statistics, search."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from api import purpose
from api.pages import exporters as exporters_model
from api.pages import listing, serve
from api.pages.face import Face
from api.pages.render import alternates
from api.pages.serve import Model, PageContext
from api.pages.views import home, market, search, statistics
from graph.index import Index

router = APIRouter(include_in_schema=False)


@router.get("/exporters")
async def exporters(ctx: PageContext) -> Response:
    """Who exports, or wants to, where: filters, the sentence that they make, the rows."""
    query = listing.asked(ctx, "exporters")
    tidy = listing.tidied(ctx.request)
    if tidy is not None:
        return RedirectResponse(tidy, 303)
    return await serve.page(
        ctx, "exporters.html", lambda index, face: exporters_model.model(ctx, index, face, query)
    )


async def _list(ctx: PageContext, name: str, more: Any = None) -> Response:
    """A page that shows one list as a table."""
    query = listing.asked(ctx, name)

    def make(index: Index, face: Face) -> Model:
        answer, request = listing.find(ctx, index, name, query)
        model: Model = {
            "section": name,
            "data": alternates(face, f"/v1/{name}", listing.without_page(ctx.request.query_params)),
            "items": answer.items,
            "page": listing.pager(face, answer, request),
            "q": query.q or "",
        }
        return {**model, **(more(answer.items) if more else {})}

    return await serve.page(ctx, f"{name}.html", make)


def _counted(items: list[dict[str, Any]]) -> Model:
    return {"items": [{**item, "counts": market.counts(item)} for item in items]}


@router.get("/companies")
async def companies(ctx: PageContext) -> Response:
    """Every organization by name."""
    return await _list(ctx, "companies", _counted)


@router.get("/markets")
async def markets(ctx: PageContext) -> Response:
    """Every market with its companies by status."""
    return await _list(ctx, "markets", _counted)


@router.get("/missions")
async def missions(ctx: PageContext) -> Response:
    """Trade missions and visits."""
    return await _list(ctx, "missions")


@router.get("/people")
async def people(ctx: PageContext) -> Response:
    """Persons in their business roles."""
    purpose.looked_up(ctx.request, ctx.settings)
    return await _list(ctx, "people")


@router.get("/sources")
async def sources(ctx: PageContext) -> Response:
    """Where every fact comes from."""
    return await _list(ctx, "sources")


@router.get("/statistics")
async def statistics_page(ctx: PageContext) -> Response:
    """The figures of an area, by indicator, with the certificates of origin as a chart."""
    query = listing.asked(ctx, "statistics")

    def make(index: Index, face: Face) -> Model:
        size = ctx.settings.page_size_max
        answer, request = listing.find(ctx, index, "statistics", query, page=query.page, size=size)
        return {
            "section": "statistics",
            "data": alternates(face, "/v1/statistics", listing.without_page(ctx.request.query_params)),
            "certificates": home.certificates(face, answer.items),
            "areas": statistics.by_area(f for f in answer.items if not home.is_certificates(f)),
            "open": True,
            "page": listing.pager(face, answer, request),
        }

    return await serve.page(ctx, "statistics.html", make)


@router.get("/search")
async def search_page(ctx: PageContext, q: str = "") -> Response:
    """Names that hold some letters: companies, markets, people, missions, sources."""
    text = " ".join(q.split())[:200]

    def make(index: Index, face: Face) -> Model:
        hits = index.search(text, ctx.lang, 50) if text else []
        headline = face.t("search.headline", n=len(hits), q=text) if text else face.t("search.ask")
        return {
            "q": text,
            "groups": search.groups(face, hits),
            "names": search.names(hits),
            "headline": headline,
        }

    return await serve.page(ctx, "search.html", make)
