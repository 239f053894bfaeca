"""`/id` and `/doc`: things and the documents about them; `/ns`, `/code` and `/graph`: the words and the graphs.

The IRIs of things begin with the setting `VERRE_BASE_IRI`; the server answers the same paths on its own host.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api import documents
from api.deps import DocumentContext
from api.openapi import DOCUMENT_DOCS, DOCUMENT_PARAMETERS, SEE_OTHER_DOCS
from api.single import check_ref
from graph.model.namespaces import CODE

router = APIRouter(tags=["things"], default_response_class=Response)


@router.get(
    "/id/{kind}/{ref:path}", responses=SEE_OTHER_DOCS, openapi_extra=DOCUMENT_PARAMETERS, status_code=303
)
async def thing(ctx: DocumentContext, kind: str, ref: str) -> Response:
    """A thing itself: 303 to the document about it, 308 where the path is another name of it."""
    return documents.see_other(ctx, await documents.find(ctx, kind, ref))


@router.get("/doc/{kind}/{ref:path}", responses=DOCUMENT_DOCS, openapi_extra=DOCUMENT_PARAMETERS)
async def document(ctx: DocumentContext, kind: str, ref: str) -> Response:
    """Everything said about a thing, with the relations that name it and their sources; a page for a browser."""
    return await documents.document(ctx, await documents.find(ctx, kind, ref))


@router.get("/ns", responses=DOCUMENT_DOCS, openapi_extra=DOCUMENT_PARAMETERS)
async def namespace(ctx: DocumentContext) -> Response:
    """The ontology."""
    return await documents.vocabulary(ctx)


@router.get("/code/{path:path}", responses=DOCUMENT_DOCS, openapi_extra=DOCUMENT_PARAMETERS)
async def code(ctx: DocumentContext, path: str) -> Response:
    """A code list, or one code of it."""
    check_ref(path)
    return await documents.question(documents.without_page(ctx), "list", "thing", CODE + path)


@router.get("/graph/{path:path}", responses=DOCUMENT_DOCS, openapi_extra=DOCUMENT_PARAMETERS)
async def graph(ctx: DocumentContext, path: str) -> Response:
    """A named graph: what one source says, a reference table, a vocabulary, what is derived."""
    check_ref(path)
    iri = f"{ctx.base}graph/{path}"
    return await documents.question(documents.without_page(ctx), "graph", "graph", iri)
