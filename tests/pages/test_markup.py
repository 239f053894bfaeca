"""Marks, words and tables: never by colour alone, and the same whatever the names are."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.pages import lettering, network
from api.pages.face import Face
from api.pages.render import FORMATS, alternates, environment, render
from graph.model.statuses import RANK
from tests.pages import html
from tests.pages.samples import LUMINEX, Json, market, source

NL = Face("nl")


def macro(name: str, *arguments: Any, face: Face = NL) -> str:
    """What a macro of `parts.html` writes."""
    module = environment().get_template("parts.html").make_module({"face": face, "t": face.t})
    return str(getattr(module, name)(*arguments))


def fragment(text: str) -> Element:
    """A piece of a page as a tree."""
    return html.parse(f"<!DOCTYPE html><html lang=nl><title>x</title><body>{text}</body></html>")


SHAPES = {
    "targets": ["ring"],
    "entering": ["step"],
    "active": ["disc"],
    "leading": ["best", "halo", "halo"],
    "withdrawn": ["gone"],
}


@pytest.mark.parametrize("status", RANK)
def test_each_status_has_a_mark_of_its_own_and_a_word(status: str) -> None:
    tree = fragment(macro("status", status))
    assert html.marks(tree) == SHAPES[status]
    assert NL.word("status", status) in html.words(tree)


def test_marks_differ_in_shape_and_not_only_in_colour() -> None:
    drawn = {
        re.sub(r'class="[^"]*"', "", macro("mark", status)) for status in ("targets", "active", "leading")
    }
    assert len(drawn) == 3


@pytest.mark.parametrize("status", RANK)
def test_what_has_ended_is_struck_through_and_said(status: str) -> None:
    tree = fragment(macro("status", status, True))
    assert html.marks(tree) == ["gone"]
    assert [html.words(s) for s in html.every(tree, "s")] == [NL.word("status", status)]
    assert "(beëindigd)" in html.words(tree)


def test_marks_are_silent() -> None:
    (svg,) = fragment(macro("mark", "active")).iter(f"{html.SVG}svg")
    assert (svg.get("aria-hidden"), svg.get("focusable")) == ("true", "false")


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ({"since": "2018"}, "sinds 2018"),
        ({"since": "2006", "until": "2008"}, "2006 tot 2008"),
        ({"since": "2006", "until": "2006"}, "2006"),
        ({"until": "2008-05"}, "tot mei 2008"),
        ({}, "zonder datum"),
        ({"attested": "2018-02"}, "zonder datumvermeld: februari 2018"),
        ({"since": "2018", "attested": "2019"}, "sinds 2018vermeld: 2019"),
    ],
)
def test_when(fact: Json, words: str) -> None:
    assert html.words(fragment(macro("when", fact))) == f"x{words}"


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ([], ""),
        ([source()], "Blad, 19 februari 2018"),
        ([source("s002", None)], "Blad"),
        ([source(), source("s002", "2019")], "Blad, 19 februari 2018; Blad, 2019"),
        ([{"id": "s003", "title": "Titel", "publisher": None, "date": None}], "Titel"),
        ([{"id": "s003", "title": None, "publisher": None, "date": None}], "s003"),
    ],
)
def test_sources_in_words(held: list[Json], words: str) -> None:
    tree = fragment(macro("sources", held))
    assert html.words(tree) == f"x{words}"
    assert html.links(tree) == [f"/sources/{each['id']}" for each in held]


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        ({"municipality": {"label": "Genk"}, "country": {"code": "BE", "label": "België"}}, "Genk"),
        (
            {"municipality": {"label": "Eindhoven"}, "country": {"code": "NL", "label": "Nederland"}},
            "Eindhoven, Nederland",
        ),
        ({"municipality": None, "country": {"code": "BE", "label": "België"}}, "België"),
        ({"municipality": None, "country": None}, ""),
    ],
)
def test_a_place(thing: Json, words: str) -> None:
    assert html.words(fragment(macro("place", thing))) == f"x{words}"


def test_notes_are_in_english_and_say_so() -> None:
    (note,) = html.every(fragment(macro("note", "Long ago")), "p")
    assert note.get("lang") == "en"
    (note,) = html.every(fragment(macro("note", "Long ago", face=Face("en"))), "p")
    assert note.get("lang") is None
    assert macro("note", None) == ""


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\r\f\x00", exclude_categories=["Cc", "Cs"]),
        max_size=80,
    )
)
def test_any_name_comes_back_as_it_was(name: str) -> None:
    tree = fragment(
        macro("org", {**LUMINEX, "name": name}) + macro("market", {**market("JP"), "label": name})
    )
    assert ["".join(bdi.itertext()) for bdi in html.every(tree, "bdi")] == [name, name]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_name_is_text_in_a_drawing(name: str) -> None:
    found = {"nodes": [{**LUMINEX, "label": name, "kind": "company"}], "edges": []}
    drawing = network.draw(found, LUMINEX["iri"])
    text = (
        environment()
        .get_template("network.svg")
        .render(face=NL, t=NL.t, drawing=drawing, label=drawing.nodes[0].title)
    )
    root = html.ElementTree.fromstring(text)
    titles = [e.text or "" for e in root.iter(f"{html.SVG}title")]
    wanted = lettering.printable(name or LUMINEX["id"])
    assert [" ".join(title.split()) for title in titles] == [" ".join(wanted.split())]


def test_the_data_of_a_page_in_every_format() -> None:
    found = alternates(Face("fr"), "/v1/exporters", [("market", "CN")])
    assert [each["href"] for each in found] == [
        f"/v1/exporters?market=CN&format={f}&lang=fr" for f, _, _ in FORMATS
    ]


def test_lone_halves_of_characters_do_not_break_a_page() -> None:
    model = {"status": 404, "headline": "a\ud800b", "explain": "", "issues": [], "q": ""}
    assert b"a?b" in render(NL, "error.html", model)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "path", ["/", "/exporters?market=JP", "/companies/luminex", "/markets/JP", "/missions/m-japan"]
)
async def test_words_stand_by_every_mark(client: httpx.AsyncClient, path: str) -> None:
    main = html.one(html.parse((await client.get(path)).text), "main")
    parents = {child: parent for parent in main.iter() for child in parent}
    found = [svg for svg in main.iter(f"{html.SVG}svg") if svg.get("class", "").startswith("mark")]
    assert found
    for svg in found:
        assert html.words(parents[svg])


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["/companies/luminex", "/statistics"])
async def test_pictures_have_a_name_and_real_text(client: httpx.AsyncClient, path: str) -> None:
    tree = html.parse((await client.get(path)).text)
    pictures = [svg for svg in tree.iter(f"{html.SVG}svg") if svg.get("role") == "img"]
    assert pictures
    for picture in pictures:
        assert picture.get("aria-label")
        assert [text for text in picture.iter(f"{html.SVG}text") if text.text]


@pytest.mark.anyio
async def test_tables_of_narrow_screens_name_their_cells(client: httpx.AsyncClient) -> None:
    for path in ("/exporters?market=JP", "/companies/luminex", "/statistics", "/markets/JP", "/sources"):
        tree = html.parse((await client.get(path)).text)
        for table in (t for t in html.every(tree, "table") if "stack" in t.get("class", "")):
            heads = {html.words(head) for head in html.every(next(html.every(table, "thead")), "th")}
            for body in html.every(table, "tbody"):
                for cell in html.every(body, "td"):
                    assert cell.get("data-label") in heads
