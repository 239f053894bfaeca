"""The export plan as a document to write on in: everything is text, sources by number, room that is left empty."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from docx.document import Document

from api.deps import Context
from api.pages.face import Face
from api.pages.plans import worddoc
from api.pages.plans.exportplan import Part, Sheet
from tests.pages.samples import LUMINEX, Json, market, source

EN = Face("en")
HOSTILE = '<w:p>"&\x07=1+1'


def line(text: str, *refs: str) -> dict[str, Any]:
    return {"text": text, "sources": [source(ref) for ref in refs]}


def part(key: str = "status", lines: list[Json] | None = None, **more: Any) -> Part:
    given = {"people": [], "unknown": [], "lead": ""} | more
    return Part(key, key.title(), lines or [], **given)


def sheet(*parts: Part, **more: Any) -> Sheet:
    company = {**LUMINEX, "municipality": {"label": "Genk"}, "sectors": [{"label": "networks"}]}
    stand = {"status": "targets", "over": False}
    made = Sheet(
        company,
        market("JP", "en"),
        "Export plan of Luminex: Japan",
        stand,
        "Luminex wants to export to Japan.",
        [source("s9")],
        list(parts),
    )
    return replace(made, **more)


def opened(ctx: Context, made: Sheet, face: Face = EN) -> Document:
    return docx.Document(io.BytesIO(worddoc.write(ctx, face, made)))


def texts(made: Document) -> list[str]:
    return [each.text for each in made.paragraphs if each.text]


def test_it_begins_with_the_company_and_one_sentence_with_its_source(ctx: Context) -> None:
    title, kicker, sentence, *_ = texts(opened(ctx, sheet()))
    assert title == "Export plan of Luminex: Japan"
    assert kicker == "Genk · networks"
    assert sentence == "Luminex wants to export to Japan. [1]"


def test_sources_are_numbered_once_in_the_order_of_the_document(ctx: Context) -> None:
    made = opened(
        ctx,
        sheet(
            part("status", [line("B", "s5"), line("A", "s2", "s9")]),
            part("people", [line("C", "s5", "s1"), line("nobody says so")]),
        ),
    )
    told = texts(made)
    assert [each for each in told if each[0] in "ABCn"] == [
        "B [2]",
        "A [1] [3]",
        "C [2] [4]",
        "nobody says so",
    ]
    start = told.index("Sources") + 1
    assert [(each[:3], each.rpartition(", ")[2]) for each in told[start:-1]] == [
        ("[1]", "s9"),
        ("[2]", "s5"),
        ("[3]", "s2"),
        ("[4]", "s1"),
    ]


def test_whom_to_meet_what_speaks_against_it_and_what_is_not_known(ctx: Context) -> None:
    person = {
        "name": "Agent",
        "what": "Possible partner",
        "reasons": [line("works there", "s1")],
        "against": [line("only wants to go", "s2")],
    }
    made = opened(ctx, sheet(part("partners", people=[person], unknown=["No source names another."])))
    told = texts(made)
    place = told.index("Partners")
    assert told[place + 1 : place + 5] == [
        "Agent  Possible partner",
        "works there [2]",
        "! only wants to go [3]",
        "? No source names another.",
    ]
    (unknown,) = [each for each in made.paragraphs if each.text.startswith("? ")]
    assert unknown.runs[0].italic


def test_a_part_begins_with_that_sources_disagree(ctx: Context) -> None:
    told = texts(opened(ctx, sheet(part(lines=[line("A", "s1")], lead="sources contradict each other"))))
    place = told.index("Status")
    assert told[place + 1 : place + 3] == ["sources contradict each other", "A [2]"]


def test_names_are_text_whatever_they_hold(ctx: Context) -> None:
    person = {"name": HOSTILE, "what": HOSTILE, "reasons": [line(HOSTILE)], "against": []}
    made = opened(
        ctx,
        sheet(
            part(lines=[line(HOSTILE)], people=[person], unknown=[HOSTILE]), title=HOSTILE, sentence=HOSTILE
        ),
    )
    safe = HOSTILE.replace("\x07", "\u2407")
    told = texts(made)
    assert told[0] == safe
    assert f"{safe} [1]" in told
    assert f"{safe}  {safe}" in told
    assert f"? {safe}" in told
    assert told.count(safe) == 3  # the title, the line, the reason
    assert made.core_properties.title == safe


def test_a_title_of_any_length_fits_its_properties(ctx: Context) -> None:
    made = opened(ctx, sheet(title="x" * 400))
    assert made.core_properties.title == "x" * 255
    assert texts(made)[0] == "x" * 400


def test_steps_are_left_to_who_writes(ctx: Context) -> None:
    (table,) = opened(ctx, sheet()).tables
    head, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert head == ["Step", "By", "Who"]
    assert rows == [["", "", ""]] * worddoc.STEPS


@pytest.mark.parametrize(
    ("lang", "locale", "heads", "foot"),
    [
        ("nl", "nl-BE", ["Volgende stappen", "Bronnen"], "1 juni 2024"),
        ("en", "en-GB", ["Next steps", "Sources"], "1 June 2024"),
        ("fr", "fr-BE", ["Prochaines étapes", "Sources"], "1 juin 2024"),
    ],
)
def test_words_spelling_and_days_are_of_one_language(
    ctx: Context, lang: str, locale: str, heads: list[str], foot: str
) -> None:
    made = opened(ctx, sheet(), Face(lang))
    found = [each.text for each in made.paragraphs if each.style and each.style.name == "Heading 1"]
    assert found == heads
    assert f'w:lang w:val="{locale}"' in made.styles["Normal"].element.xml
    assert texts(made)[-1] == f"Export plan of Luminex: Japan · Verre, {foot}"


def test_the_same_plan_makes_the_same_document(ctx: Context) -> None:
    made = opened(ctx, sheet())
    when = datetime(2000, 1, 1, tzinfo=UTC)
    assert (made.core_properties.created, made.core_properties.modified) == (when, when)
    assert made.core_properties.author == "Verre"


def test_an_empty_plan_lists_no_source(ctx: Context) -> None:
    told = texts(opened(ctx, sheet(sources=[], sentence="No source says whether.")))
    assert "No source says whether." in told
    assert told[told.index("Sources") + 1 :] == ["Export plan of Luminex: Japan · Verre, 1 June 2024"]
    assert not any("[" in each for each in told)
