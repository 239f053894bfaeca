"""Completion as one types, by the browser itself: pages run no script, so it is told where to ask.

`/opensearch.xml` describes our search (OpenSearch 1.1), and `/search/suggestions` answers in the form
that its suggestions extension defines: the text, and names that complete it.
"""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query
from markupsafe import escape
from starlette.responses import Response

from api.caching import control
from api.deps import Context, page_context
from api.pages.catalogue import translate
from graph.index import Index
from graph.index.search import Question

router = APIRouter(include_in_schema=False)

PageContext = Annotated[Context, Depends(page_context)]

SUGGESTIONS = 10
"""Names that a browser is given to choose from."""

_DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Verre</ShortName>
<Description>{description}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="{origin}/search?q={{searchTerms}}"/>
<Url type="application/x-suggestions+json" template="{origin}/search/suggestions?q={{searchTerms}}"/>
</OpenSearchDescription>
"""


@router.get("/opensearch.xml")
async def description(ctx: PageContext) -> Response:
    """How a browser searches here."""
    text = _DESCRIPTION.format(
        description=escape(translate(ctx.lang, "search.label")), origin=escape(ctx.origin)
    )
    headers = {"Vary": "Accept-Language, Host", "Content-Language": ctx.lang}
    return Response(text, media_type="application/opensearchdescription+xml", headers=headers)


@router.get("/search/suggestions")
async def suggestions(ctx: PageContext, q: Annotated[str, Query()] = "") -> Response:
    """`["lum", ["Luminex Network Intelligence", …]]`: names that complete what has been typed."""
    text = q[: ctx.settings.search_length]

    def made(index: Index) -> bytes:
        hits = index.search_for(text, Question(limit=SUGGESTIONS, prefix=True), ctx.lang)
        return orjson.dumps(
            [q[: ctx.settings.search_length], list(dict.fromkeys(hit["label"] for hit in hits))]
        )

    headers = {
        "Cache-Control": control(ctx.part),
        "Vary": "Accept-Language, Authorization",
        "Content-Language": ctx.lang,
    }
    return Response(await ctx.find(made), media_type="application/x-suggestions+json", headers=headers)
