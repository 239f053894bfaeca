"""Lists on pages: the request's parameters, one page of items, and the addresses of the others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request

from api import filters, lists, parameters
from api.deps import Context
from api.pages.face import Face
from graph.index import Index, ListAnswer, PageRequest


def asked(ctx: Context, name: str) -> Any:
    """The parameters of a list; empty fields of a form ask for nothing.

    Raises:
        InputError: as the API has it.
    """
    return parameters.parse(lists.RESOURCES[name].query, ctx.request.query_params, form=True)


def find(ctx: Context, index: Index, name: str, query: Any, **page: Any) -> tuple[ListAnswer, PageRequest]:
    """One page of a list."""
    request = replace(filters.page(query, ctx.settings), **page)
    return lists.RESOURCES[name].ask(ctx, query, request)(index), request


def everything(ctx: Context, index: Index, name: str, **values: Any) -> ListAnswer:
    """The items of a list that is short by nature, up to `VERRE_PAGE_SIZE_MAX`.

    Args:
        ctx: the request.
        index: that of its release.
        name: of the list.
        values: parameters by their names in Python.
    """
    return some(ctx, index, name, ctx.settings.page_size_max, **values)


def some(
    ctx: Context, index: Index, name: str, size: int, *, facets: bool = False, **values: Any
) -> ListAnswer:
    """The first items of a list that may be long, in its own order, and how many there are in all.

    Never more than `VERRE_PAGE_SIZE_MAX`, whatever the page would show.
    """
    model = lists.RESOURCES[name].query
    given = {field.alias or key: values[key] for key, field in model.model_fields.items() if key in values}
    request = PageRequest(1, min(size, ctx.settings.page_size_max), facets=facets)
    return lists.RESOURCES[name].ask(ctx, model.model_validate(given), request)(index)


def pager(face: Face, answer: ListAnswer, request: PageRequest) -> dict[str, Any]:
    """Which items these are of how many, and where the others are."""
    beyond = request.offset + request.size < answer.total
    return {
        "total": answer.total,
        "first": min(request.offset + 1, answer.total),
        "last": request.offset + len(answer.items),
        "previous": face.here(page=request.page - 1 if request.page > 2 else None)
        if request.page > 1
        else None,
        "next": face.here(page=request.page + 1) if beyond else None,
    }


def without_page(query: QueryParams) -> list[tuple[str, str]]:
    """The query string of the data behind a list: all of it, not one page."""
    return [
        (name, value)
        for name, value in query.multi_items()
        if name not in {"page", "pageSize", "lang", "format", "release"} and value
    ]


def tidied(request: Request) -> str | None:
    """The address without the fields that a form sent empty, so that it can be shared; None where there are none."""
    given = request.query_params.multi_items()
    kept = [(name, value) for name, value in given if value.strip()]
    if len(kept) == len(given):
        return None
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path
