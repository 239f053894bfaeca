"""A mission as a workbook: one row a destination, no cell that computes, every source once."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from api.deps import Context
from api.pages.face import Face
from api.pages.plans import workbook
from graph.index import Index
from tests.pages.plans.conftest import NAMES, Draw

EN = Face("en")
Book = dict[str, list[list[Any]]]


def opened(data: bytes) -> Book:
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert all(
        cell.data_type != "f" and cell.hyperlink is None
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    )
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def column(rows: list[list[Any]], head: str) -> list[Any]:
    place = rows[0].index(head)
    return [row[place] for row in rows[1:]]


@pytest.fixture
def book(ctx: Context, index: Index, drawn: Draw) -> Book:
    plan = drawn(EN, "VN", "JP", start="2027-03-08", end="2027-03-12")
    return opened(workbook.write(ctx, index, EN, plan))


def test_who_wants_to_go_and_who_sells_there(book: Book) -> None:
    rows = book["Participants"]
    told = {
        (name, where): (status, stated)
        for name, where, status, stated in zip(
            column(rows, "Company"),
            column(rows, "Destination"),
            column(rows, "Status"),
            column(rows, "Stated for"),
            strict=True,
        )
    }
    assert told[NAMES["dreams"], "Vietnam"] == ("wants to export", "Vietnam")
    assert told["'" + NAMES["sells"], "Vietnam"] == ("exports", "Vietnam")
    assert told["Wide", "Vietnam"] == ("for the region only: exports", "Asia")
    assert told[NAMES["dreams"], "Japan"] == ("nothing known", None)
    assert len(rows) == 1 + 3 * 2
    first = min(zip(column(rows, "Rank"), column(rows, "Company"), strict=True))
    assert first == (1, NAMES["dreams"])


def test_what_is_not_known_stands_in_a_column_of_its_own(book: Book) -> None:
    rows = book["Participants"]
    lacking = dict(zip(column(rows, "Company"), column(rows, "What is not known"), strict=True))
    why = dict(zip(column(rows, "Company"), column(rows, "Why"), strict=True))
    assert f"Not known whether {NAMES['dreams']} sells there: Japan" in lacking[NAMES["dreams"]].split("\n")
    assert "Not known" not in why[NAMES["dreams"]]
    assert "wants to export there: Vietnam (beams)" in why[NAMES["dreams"]]


def test_no_name_is_a_formula_and_scores_are_numbers(book: Book) -> None:
    rows = book["Participants"]
    assert NAMES["sells"] not in column(rows, "Company")  # it would start with an equals sign
    assert all(isinstance(each, float) and 0 < each <= 1 for each in column(rows, "Score (0 to 1)"))
    publishers = column(book["Sources"], "Publisher")
    assert "'+Trends" in publishers


def test_whom_to_meet_is_said_with_what_kind_of_meeting_it_is(book: Book) -> None:
    rows = book["Meetings"]
    met = set(
        zip(
            column(rows, "Company"),
            column(rows, "Kind of meeting"),
            column(rows, "Meets or asks"),
            strict=True,
        )
    )
    assert (NAMES["dreams"], "Own group, partners and whom they know, there or near", "Tokyo") in met
    assert (NAMES["dreams"], "Possible partner", "Agent") in met
    assert (NAMES["dreams"], "Possible partner", "Tokyo") not in met  # its own


def test_ties_are_those_that_sources_tell_of(book: Book) -> None:
    ties = {tuple(row[:4]) for row in book["Network"][1:]}
    assert any(
        start == NAMES["dreams"] and stop == "Vietnam" and s == "wants to export"
        for start, _, stop, s in ties
    )
    assert any(
        "Agent" in (start, stop) and "'" + NAMES["sells"] in (start, stop) for start, _, stop, _ in ties
    )
    assert not any(
        {start, stop} == {NAMES["dreams"], "Agent"} for start, _, stop, _ in ties
    )  # a meeting is no tie
    assert all(row[4] for row in book["Network"][1:])


def test_every_source_that_is_cited_is_listed_once(book: Book) -> None:
    keys = column(book["Sources"], "Key")
    assert keys == sorted(set(keys)) == ["s1", "s2", "s3", "s4"]  # nothing of Poland, which was not asked
    cited = " ".join(str(each) for each in column(book["Participants"], "Source"))
    assert "Het Belang van Limburg 2018-02-19 [s1]" in cited
    assert {key for key in ("s0", "s1", "s2", "s3", "s4") if f"[{key}]" in cited} == set(keys)


def test_the_file_says_what_it_is(book: Book) -> None:
    about = {row[0]: row[1] for row in book["About this file"]}
    assert list(about.values())[:4] == [
        "Trade mission to Vietnam and Japan",
        "8 March 2027 to 12 March 2027",
        "Vietnam, Japan",
        "r9, 1 June 2024",
    ]
    assert "Nobody here was asked or has registered" in about["Note"]


@pytest.mark.parametrize(
    ("lang", "sheets", "told"),
    [
        (
            "nl",
            ["Deelnemers", "Ontmoetingen", "Netwerk", "Bronnen", "Over dit bestand"],
            ("wil exporteren", "Nog zonder datum"),
        ),
        (
            "fr",
            ["Participants", "Rencontres", "Réseau", "Sources", "À propos"],
            ("veut exporter", "Pas encore de date"),
        ),
    ],
)
def test_it_is_written_in_the_language_of_its_reader(
    ctx: Context, index: Index, drawn: Draw, lang: str, sheets: list[str], told: tuple[str, str]
) -> None:
    face = Face(lang)
    found = opened(workbook.write(ctx, index, face, drawn(face, "VN")))
    assert list(found) == sheets
    assert (found[sheets[0]][1][3], found[sheets[-1]][1][1]) == told


def test_a_mission_that_nobody_fits_has_heads_and_no_rows(ctx: Context, index: Index, drawn: Draw) -> None:
    found = opened(workbook.write(ctx, index, EN, drawn(EN, "NL")))
    for name in ("Participants", "Meetings", "Sources"):
        assert len(found[name]) == 1, name
        assert all(found[name][0])
