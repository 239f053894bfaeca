"""A mission as a workbook: who, whom they would meet, the network and the sources, each on a sheet of its own."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from api.deps import Context
from api.exports.cells import Value, safe
from api.pages.face import Face
from api.pages.plans import delegation, page, words
from api.pages.plans.asked import Plan
from graph.index import Index

Json = Mapping[str, Any]
Rows = Iterable[list[Value]]

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDE = frozenset(
    {"sheet.reasons", "sheet.against", "sheet.unknown", "col.source", "sheet.title", "sheet.url"}
)
PARTICIPANTS = (
    "sheet.rank", "col.company", "col.destination", "col.status", "sheet.knownfor", "sheet.score", "sheet.reasons",
    "sheet.against", "sheet.unknown", "col.source", "sheet.iri",
)  # fmt: skip
MEETINGS = (
    "col.company", "col.destination", "sheet.kind", "sheet.meets", "sheet.reasons", "sheet.against", "sheet.unknown",
    "col.source", "sheet.iri",
)  # fmt: skip
TIES = ("col.from", "col.tie", "col.to", "col.status", "col.source")
SOURCES = ("sheet.key", "sheet.title", "sheet.publisher", "sheet.date", "sheet.url")


def write(ctx: Context, index: Index, face: Face, plan: Plan) -> bytes:
    """The workbook. Blocks: run it in a thread."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, _OPTIONS)
    name = str(words.title(face, plan).striptags())
    book.set_properties({"title": name, "created": datetime(2000, 1, 1, tzinfo=UTC)})
    ties = page.table(delegation.network(ctx, index, face, plan), face)
    sheets: tuple[tuple[str, tuple[str, ...], Rows], ...] = (
        ("sheet.participants", PARTICIPANTS, _participants(face, plan)),
        ("sheet.meetings", MEETINGS, _meetings(face, plan)),
        ("sheet.network", TIES, _ties(face, ties)),
        ("sheet.sources", SOURCES, _sources(plan, ties)),
    )
    for title, columns, rows in sheets:
        _sheet(book, face, (title, columns), rows)
    _about(book, ctx, face, plan)
    book.close()
    return held.getvalue()


def _sheet(book: Any, face: Face, head: tuple[str, tuple[str, ...]], rows: Rows) -> None:
    title, columns = head
    made = book.add_worksheet(str(face.t(title)))
    bold = book.add_format({"bold": True, "bg_color": "#0a6363", "font_color": "#ffffff", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, key in enumerate(columns):
        made.set_column(place, place, 60 if key in WIDE else 20, wrapped)
        made.write_string(0, place, str(face.t(key)), bold)
    made.freeze_panes(1, 1)
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _cell(made, (last, place), value)
    made.autofilter(0, 0, max(last, 1), len(columns) - 1)


def _cell(made: Any, at: tuple[int, int], value: Value) -> None:
    if isinstance(value, int | float):
        made.write_number(*at, value)
    elif value:
        made.write_string(*at, str(safe(value)))


def _participants(face: Face, plan: Plan) -> Iterator[list[Value]]:
    for number, each in enumerate(plan.drawn.participants, start=1):
        for stand in each["stands"]:
            shown = words.standing(face, stand)
            yield [
                number,
                each["organization"]["name"],
                stand["market"]["label"],
                str(face.t("sheet.regional", status=shown["word"]).unescape())
                if stand["regional"]
                else shown["word"],
                (stand["statedFor"] or {}).get("label"),
                each["score"],
                _texts(each["reasons"]),
                _texts(each["counterReasons"]),
                "\n".join(words.missing(each)),
                _from([stand, *each["reasons"], *each["counterReasons"]]),
                each["organization"]["iri"],
            ]


def _meetings(face: Face, plan: Plan) -> Iterator[list[Value]]:
    for each in plan.drawn.participants:
        for meeting in each["meet"]:
            for kind in words.KINDS:
                for one in meeting[kind]:
                    if one["organization"] is not None:
                        yield [
                            each["organization"]["name"],
                            meeting["market"]["label"],
                            str(face.t(f"plan.{kind}")),
                            one["organization"]["name"],
                            _texts(one["reasons"]),
                            _texts(one["counterReasons"]),
                            "\n".join(words.missing(one)),
                            _from([*one["reasons"], *one["counterReasons"]]),
                            one["organization"]["iri"],
                        ]


def _ties(face: Face, ties: list[dict[str, Any]]) -> Iterator[list[Value]]:
    for each in ties:
        status = face.word("status", each["status"]) if each["status"] else ""
        ended = f" ({face.t('status.ended')})" if each["ended"] else ""
        yield [
            each["start"]["label"],
            str(each["label"]),
            each["stop"]["label"],
            f"{status}{ended}".strip(),
            _from([each]),
        ]


def _sources(plan: Plan, ties: list[dict[str, Any]]) -> Iterator[list[Value]]:
    facts: list[Json] = list(ties)
    for each in plan.drawn.participants:
        found = [one for meeting in each["meet"] for kind in words.KINDS for one in meeting[kind]]
        facts += [*each["stands"]]
        facts += [reason for one in (each, *found) for reason in (*one["reasons"], *one["counterReasons"])]
    known = {str(s["id"]): s for fact in facts for s in fact.get("sources") or ()}
    for key in sorted(known):
        source = known[key]
        yield [key, *(str(source.get(name) or "") for name in ("title", "publisher", "date", "url"))]


def _about(book: Any, ctx: Context, face: Face, plan: Plan) -> None:
    made = book.add_worksheet(str(face.t("sheet.about")))
    made.set_column(0, 0, 26)
    made.set_column(1, 1, 100)
    markets = ", ".join(str(each["label"]) for each in plan.drawn.markets)
    rows = (
        ("col.mission", str(words.title(face, plan).striptags())),
        ("col.period", words.when(face, plan)),
        ("col.destination", markets),
        ("sheet.release", f"{ctx.release}, {face.day(ctx.today.isoformat())}"),
        ("sheet.note", str(face.t("plan.note").striptags())),
    )
    for number, (key, value) in enumerate(rows):
        made.write_string(number, 0, str(face.t(key)))
        made.write_string(number, 1, str(safe(value)))


def _texts(facts: Iterable[Json]) -> str:
    return "\n".join(str(each["text"]) for each in facts)


def _from(facts: Iterable[Json]) -> str:
    """Who says so: publisher, date and key of each source, once."""
    known = {str(s["id"]): s for each in facts for s in each.get("sources") or ()}
    told = [
        f"{known[key].get('publisher') or known[key].get('title') or ''} {known[key].get('date') or ''} [{key}]"
        for key in sorted(known)
    ]
    return " ; ".join(" ".join(each.split()) for each in told)
