"""From what was asked to the bytes of the answer, in whatever form was negotiated."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from starlette.responses import Response

from api import caching
from api.caching import Made
from api.deps import Context
from api.exports import csvfile, describe, titles, xlsxfile
from api.exports.cells import Cut, Row, Sheet
from api.negotiation import CSV, JSON, XLSX


async def conditional(
    ctx: Context, make: Callable[[], Awaitable[Made]], *, by_engine: bool = False
) -> Response:
    """The answer, made only if neither the client nor this process has it already.

    Answers asked of a named release are not kept: `verre erase` must be able to make them unsayable.

    Args:
        by_engine: the engine writes the bytes, in an order that may change from one time to the next.
    """
    facts = ctx.facts(strong=ctx.format is not XLSX and not by_engine)
    headers = facts.headers()
    if caching.matches(ctx.request.headers.get("if-none-match"), facts.etag):
        return caching.not_modified(headers)
    keep = ctx.format is JSON and not ctx.pinned
    made = ctx.services.ready.get(facts.etag) if keep else None
    if made is None:
        made = await make()
        if keep:
            ctx.services.ready.put(facts.etag, made)
    return Response(made.body, 200, {**headers, **made.headers}, ctx.format.content_type)


def next_url(ctx: Context, page: int) -> str:
    """The address of another page of the list that was asked for."""
    return str(ctx.request.url.include_query_params(page=page)) if ctx.origin else _relative(ctx, page)


def _relative(ctx: Context, page: int) -> str:
    changed = ctx.request.url.include_query_params(page=page)
    return f"{changed.path}?{changed.query}"


async def things(ctx: Context, question: str, iris: Iterable[str], *, variable: str = "thing") -> bytes:
    """What a stored question gives of some things, as Turtle or JSON-LD."""
    found = await describe.expanded(ctx, question, variable, iris)
    return await ctx.in_thread(lambda: describe.written(found, ctx.format))


@dataclass(frozen=True)
class Extent:
    """What a sheet is called, and how much there is beside what it holds.

    Attributes:
        total: how many things match in all.
        cut: whether the setting left some out.
    """

    name: str
    total: int
    cut: bool = False


def sheet(ctx: Context, keys: Iterable[str], rows: list[Row], extent: Extent) -> Made:
    """Rows as CSV or XLSX, with what they are and where they were cut. Blocks: run it in a thread."""
    names = tuple(keys)
    cut = Cut(len(rows), extent.total) if extent.cut else None
    written = Sheet(
        keys=names,
        titles=tuple(titles.title(key, ctx.lang) for key in names),
        rows=rows,
        language=ctx.lang,
        about=_about(ctx, extent),
        cut=cut,
    )
    body = csvfile.write(written) if ctx.format is CSV else xlsxfile.write(written)
    headers = {"Content-Disposition": f'attachment; filename="verre-{extent.name}.{ctx.format.name}"'}
    if cut is not None:
        headers["Cut"] = f"rows={cut.rows}, of={cut.of}, setting={cut.setting}"
    return Made(body, headers)


def _about(ctx: Context, extent: Extent) -> tuple[tuple[str, str], ...]:
    words = {
        "nl": (
            "Bestand",
            "Vraag",
            "Release",
            "Dag",
            "Resultaten in totaal",
            "Bronnen",
            "Elke rij noemt haar bron in de laatste kolommen.",
        ),
        "en": (
            "File",
            "Question",
            "Release",
            "Day",
            "Results in all",
            "Sources",
            "Each row names its source in the last columns.",
        ),
        "fr": (
            "Fichier",
            "Question",
            "Version",
            "Jour",
            "Résultats en tout",
            "Sources",
            "Chaque ligne nomme sa source dans les dernières colonnes.",
        ),
    }[ctx.lang]
    values = (
        f"Verre: {extent.name}",
        ctx.origin + ctx.target,
        ctx.release,
        ctx.today.isoformat(),
        str(extent.total),
    )
    return (*zip(words[:5], values, strict=True), (words[5], words[6]))
