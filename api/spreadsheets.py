"""Spreadsheets that are sent to be matched: kept in a file while that takes, and gone afterwards."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from api import bodies, protocol, uploads
from api.deps import Context
from api.errors import UnsupportedMediaType
from api.negotiation import CSV, XLSX
from api.parameters import TEXT
from api.services import Services
from graph.errors import InputError, Issue
from graph.reconciliation.entities import Entity
from graph.sheets.columns import letter
from graph.sheets.enriching import Enriched
from graph.sheets.relating import ENTERS, EXPORTS, SOURCES, WANTS
from graph.sheets.rows import Matched
from graph.sheets.run import Job, Options, columns

PARTS = "multipart/form-data"
FIELDS = 50
"""Most fields of a form."""
_ROOM = 2**16
"""Bytes of a form beside its file."""
_OPTIONS = ("sheet", "column", "market")


@dataclass(frozen=True)
class Sent:
    """A spreadsheet as it was sent.

    Attributes:
        fields: what else the form or the address says, by name.
    """

    path: Path
    name: str
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)


@asynccontextmanager
async def received(request: Request, services: Services) -> AsyncIterator[Sent]:
    """The spreadsheet of a request as a file, until the `async with` ends.

    Raises:
        UnsupportedMediaType: neither a form nor a spreadsheet.
        InputError: no file in the form, or more than one.
        PayloadTooLarge: longer than `VERRE_SPREADSHEET_BYTES`.
        NoRoom: the disk is full.
    """
    request.state.body_names = ("file", *_OPTIONS)
    kind = protocol.kind_of(request)
    folder = await services.in_thread(lambda: uploads.folder_in(services.settings.home))
    try:
        given = dict(protocol.parameters(request))
        if kind == PARTS:
            yield await _from_form(request, services, folder, given)
        elif kind in (XLSX.media_type, CSV.media_type):
            path = folder / "sheet"
            with uploads.kept_on_disk(), path.open("xb") as stream:
                async for piece in bodies.pieces(request, _most(services, 0), services.in_thread):
                    await services.in_thread(partial(stream.write, piece))
            yield Sent(path, f"sheet.{'csv' if kind == CSV.media_type else 'xlsx'}", given)
        else:
            issue = Issue(
                "Content-Type", f"send {PARTS}, {XLSX.media_type} or {CSV.media_type}", kind or None
            )
            raise UnsupportedMediaType("A body of this kind is not read here.", issues=(issue,))
    finally:
        await services.in_thread(lambda: shutil.rmtree(folder, ignore_errors=True))


def _most(services: Services, more: int) -> bodies.Most:
    return bodies.Most(services.settings.spreadsheet_bytes + more, "spreadsheet_bytes")


async def _from_form(
    request: Request, services: Services, folder: Path, given: dict[str, Sequence[str]]
) -> Sent:
    source = bodies.pieces(request, _most(services, _ROOM), services.in_thread)
    try:
        with uploads.kept_on_disk():
            form = await MultiPartParser(request.headers, source, max_files=2, max_fields=FIELDS).parse()
    except MultiPartException as error:
        issue = Issue("file", "what was sent is no whole multipart/form-data")
        raise InputError("The parts of the body cannot be read.", issues=(issue,)) from error
    try:
        files = [part for _, part in form.multi_items() if isinstance(part, UploadFile) and part.filename]
        if len(files) != 1:
            issue = Issue("file", "send one file" if not files else "send one file at a time")
            raise InputError("One spreadsheet is matched at a time.", issues=(issue,))
        for name, part in form.multi_items():
            if isinstance(part, str):
                given[name] = [*given.get(name, ()), part]
        path = folder / "sheet"
        await services.in_thread(partial(_kept, files[0], path))
        return Sent(path, _name(files[0].filename or ""), given)
    finally:
        await form.close()


def _kept(part: UploadFile, path: Path) -> None:
    with uploads.kept_on_disk(), path.open("xb") as stream:
        shutil.copyfileobj(part.file, stream)


def _name(text: str) -> str:
    """What the client calls the file, without folders and without what does not show."""
    last = text.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:100] or "sheet"


def options(sent: Sent, lang: str) -> Options:
    """What the form asks for; fields left empty ask for nothing.

    Raises:
        InputError: a field that cannot be used.
    """
    for name in _OPTIONS:
        for text in sent.fields.get(name, ()):
            if len(text) > TEXT * 10:
                issue = Issue(name, f"may have at most {TEXT * 10} characters", text[:TEXT])
                raise InputError("A field is too long.", issues=(issue,))
    sheets = [text for text in sent.fields.get("sheet", ()) if text.strip()]
    names = _split(sent.fields.get("market", ()))
    return Options(lang, sheets[0] if sheets else None, columns(_split(sent.fields.get("column", ()))), names)


def _split(values: Sequence[str]) -> tuple[str, ...]:
    """Values that may be repeated, or written in one field with commas or on lines."""
    parts = (part.strip() for value in values for line in value.splitlines() for part in line.split(","))
    return tuple(dict.fromkeys(filter(None, parts)))


async def matched(ctx: Context, sent: Sent) -> Enriched:
    """The spreadsheet with what its rows may mean; other requests get their turn between pieces of it."""
    wanted = options(sent, ctx.lang)
    ctx.request.state.body_names = ("file", *_OPTIONS, sent.name)
    job = await ctx.in_thread(lambda: Job(sent.path, sent.name, ctx.settings, wanted))
    await ctx.ask(job.begin)
    for step in job.steps:
        await ctx.ask(partial(_step, step, ctx))
    return await ctx.ask(lambda index: job.end(index, ctx.today))


def _step(step: Any, ctx: Context, index: Any) -> None:
    step(index, ctx.today)


def told(enriched: Enriched, codes: Mapping[int, str]) -> dict[str, Any]:
    """As JSON has it.

    Args:
        codes: number of each market that was asked for -> its code.
    """
    counts = dict.fromkeys(("match", "check", "none", "empty"), 0)
    for each in enriched.rows:
        counts[each.status] += 1
    return {
        "file": enriched.grid.file,
        "sheet": enriched.grid.sheet,
        "columns": [
            {"letter": letter(each.index), "heading": each.heading, "field": each.field, "by": each.by}
            for each in enriched.layout.columns
        ],
        "counts": counts,
        "rows": [_row(each, enriched, codes) for each in enriched.rows],
    }


def _row(each: Matched, enriched: Enriched, codes: Mapping[int, str]) -> dict[str, Any]:
    number, related = each.asked.row.number, enriched.related
    group, known = related.groups.get(number), related.told.get(number, {})
    markets = {
        property_: [value.iri for value in known.get(property_, ()) if isinstance(value, Entity)]
        for property_ in (EXPORTS, ENTERS, WANTS)
    }
    return {
        "row": number,
        "status": each.status,
        "enterpriseNumber": each.asked.number or None,
        "candidates": [
            {
                "iri": candidate.entity.iri,
                "id": candidate.entity.id,
                "name": candidate.entity.name,
                "description": candidate.description,
                "score": candidate.scored.score,
                "match": candidate.match,
                "features": candidate.scored.features(),
            }
            for candidate in each.candidates
        ],
        "group": {"iri": group.parent.iri, "name": group.parent.name, "rows": list(group.rows)}
        if group
        else None,
        "sameAs": list(related.twins.get(number, ())),
        "markets": {codes[market]: status for market, status in related.standing.get(number, {}).items()},
        **markets,
        "sources": [str(text) for text in known.get("source", ())][:SOURCES],
        "problems": [
            {"place": problem.place, "detail": problem.detail, "value": problem.value[:TEXT]}
            for problem in each.asked.problems
        ],
    }
