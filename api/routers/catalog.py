"""What there is to be had, for machines: VoID, DCAT, and one file of everything public."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from api import answers, catalog, documents
from api.caching import Made
from api.deps import DocumentContext
from api.openapi import DOCUMENT_DOCS, DOCUMENT_PARAMETERS, problems
from graph.model.iris import Minter

router = APIRouter(tags=["catalogue"], default_response_class=Response)


@router.get("/.well-known/void", responses=DOCUMENT_DOCS, openapi_extra=DOCUMENT_PARAMETERS)
async def void(ctx: DocumentContext) -> Response:
    """What the graph holds, counted by property and by class (VoID); it names the release that it counts."""
    return await documents.question(
        documents.without_page(ctx), "graph", "graph", Minter(ctx.base).void.value
    )


@router.get("/catalog", responses=DOCUMENT_DOCS, openapi_extra=DOCUMENT_PARAMETERS)
async def datasets(ctx: DocumentContext) -> Response:
    """A dataset for each publisher or register, with its dates, counts and downloads (DCAT)."""
    plain = documents.without_page(ctx)

    async def make() -> Made:
        return Made(await catalog.triples(plain))

    return await answers.conditional(plain, make)


@router.get(
    "/catalog/verre.nq.gz",
    responses={
        200: {"content": {"application/gzip": {"schema": {"type": "string", "format": "binary"}}}},
        **problems(400, 404, 406, 410, 500, 503),
    },
    openapi_extra=DOCUMENT_PARAMETERS,
)
async def everything(ctx: DocumentContext) -> Response:
    """Every public source and edit in one file: N-Quads in canonical order, compressed."""
    path = await catalog.dump(ctx.services, ctx.release)
    headers = {"Release": ctx.release, "ETag": f'"{ctx.release}"', "Cache-Control": "no-cache"}
    return FileResponse(
        path, media_type="application/gzip", filename=f"verre-{ctx.release}.nq.gz", headers=headers
    )
