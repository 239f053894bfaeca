"""An export plan as a document to write on in: headings, lists and a table of steps that is left empty."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from api.deps import Context
from api.pages.face import Face
from api.pages.plans import booklet
from api.pages.plans.exportplan import WORDS, Part, Sheet
from api.pages.plans.numbered import Numbered
from graph.network.xmltext import xml_text

STEPS, TITLE = 6, 255
"""Empty rows; characters that the properties of a document hold of its title."""
MUTED = RGBColor(0x55, 0x60, 0x6E)
_LOCALES = {"nl": "nl-BE", "en": "en-GB", "fr": "fr-BE"}


def write(ctx: Context, face: Face, sheet: Sheet) -> bytes:
    """The document. Blocks: run it in a thread."""
    made = docx.Document()
    _style(made, face)
    made.core_properties.title = _safe(sheet.title)[:TITLE]
    made.core_properties.author = "Verre"
    made.core_properties.created = made.core_properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
    numbered = Numbered()
    words = booklet.said(face, "exportplan", WORDS)
    made.add_heading(_safe(sheet.title), 0)
    _muted(made.add_paragraph(), booklet.kicker(face, sheet.company))
    first = made.add_paragraph()
    first.add_run(_safe(sheet.sentence)).bold = True
    _refs(first, numbered.of(sheet.sources))
    for part in sheet.parts:
        _part(made, part, numbered)
    made.add_heading(words["steps"], 1)
    _muted(made.add_paragraph(), words["steps-lead"])
    _steps(made, [words[name] for name in ("step", "by", "who")])
    made.add_heading(words["sources"], 1)
    for each in numbered.listed(face):
        line = " – ".join(part for part in (each["title"], each["line"], each["url"]) if part)
        made.add_paragraph(_safe(f"[{each['n']}] {line}"))
    _muted(made.add_paragraph(), booklet.paper(ctx, face, sheet.title)["foot"])
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def _style(made: Document, face: Face) -> None:
    """Letters that every office program has, for all scripts, and the language that it checks spelling in."""
    style: Any = made.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    language = style.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): _LOCALES[face.lang]})
    style.element.rPr.append(language)


def _safe(text: object) -> str:
    """The text as XML can hold it."""
    return xml_text(str(text))


def _muted(paragraph: Any, text: str) -> None:
    paragraph.add_run(_safe(text)).font.color.rgb = MUTED


def _refs(paragraph: Any, numbers: list[int]) -> None:
    if numbers:
        run = paragraph.add_run(" " + " ".join(f"[{number}]" for number in numbers))
        run.font.size, run.font.color.rgb = Pt(9), MUTED


def _part(made: Document, part: Part, numbered: Numbered) -> None:
    made.add_heading(_safe(part.title), 1)
    if part.lead:
        made.add_paragraph(_safe(part.lead))
    _lines(made, numbered.lines(part.lines))
    for each in part.people:
        head = made.add_paragraph()
        head.add_run(_safe(each["name"])).bold = True
        if each["what"]:
            _muted(head, f"  {each['what']}")
        _lines(made, numbered.lines(each["reasons"]))
        _lines(made, numbered.lines(each["against"]), mark="! ")
    for line in part.unknown:
        made.add_paragraph(style="List Bullet").add_run(_safe(f"? {line}")).italic = True
    made.add_paragraph()  # room to write


def _lines(made: Document, lines: list[dict[str, Any]], mark: str = "") -> None:
    for each in lines:
        paragraph = made.add_paragraph(style="List Bullet")
        paragraph.add_run(_safe(mark + each["text"]))
        _refs(paragraph, each["sources"])


def _steps(made: Document, heads: list[str]) -> None:
    table = made.add_table(rows=STEPS + 1, cols=len(heads))
    table.style = "Table Grid"
    for place, head in enumerate(heads):
        table.rows[0].cells[place].paragraphs[0].add_run(_safe(head)).bold = True
