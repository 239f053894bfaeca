from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.index import Index
from graph.settings import Settings
from graph.sheets.columns import HEADINGS, Layout, letter, recognize
from graph.sheets.reading import read


def layout(index: Index, folder: Path, text: str, **told: str) -> Layout:
    path = folder / "a.csv"
    path.write_text(text, "utf-8")
    return recognize(read(path, "a.csv", Settings()), index.shaper("nl"), told)


def fields(found: Layout) -> dict[str, tuple[str, str]]:
    return {each.field: (letter(each.index), each.by) for each in found.columns}


@pytest.mark.parametrize(
    "header",
    [
        "Bedrijfsnaam;KBO-nummer;LEI;Land;Gemeente;Postcode;Website;E-mail",
        "Company name;VAT number;lei code;COUNTRY;City;ZIP;web site;e-mail address",
        "Raison sociale;Numéro d'entreprise;LEI;Pays;Commune;Code postal;Site internet;Courriel",
    ],
)
def test_headings_are_known_in_three_languages(index: Index, tmp_path: Path, header: str) -> None:
    found = fields(layout(index, tmp_path, f"{header}\nx;;;;;;;\n"))
    assert found == {field: (letter(n), "heading") for n, field in enumerate(HEADINGS)}


def test_no_heading_means_two_things() -> None:
    words = [word.strip() for text in HEADINGS.values() for word in text.split(",")]
    assert len(words) == len(set(words))


def test_headings_may_stand_below_a_title(index: Index, tmp_path: Path) -> None:
    found = layout(index, tmp_path, "Leden 2026,,\n,,\nNaam,Land,x\nAcme,BE,1\n")
    assert found.header == 2  # the third line: a blank one is a row as well
    assert set(fields(found)) == {"name", "country"}


def test_columns_without_a_known_heading_are_told_by_what_they_hold(index: Index, tmp_path: Path) -> None:
    text = "c1,c2,c3,c4,c5,c6\n" + "\n".join(
        f"{place},BE {number},België,{town},www.{name}.be,info@{name}.be"
        for place, number, town, name in (
            ("Acme Works", "0429.593.895", "Genk", "acme"),
            ("Beta Works", "0403.170.701", "Hasselt", "beta"),
            ("Gamma Works", "0648.896.643", "Lommel", "gamma"),
        )
    )
    found = fields(layout(index, tmp_path, text))
    assert found == {
        "name": ("A", "content"),
        "enterpriseNumber": ("B", "content"),
        "country": ("C", "content"),
        "municipality": ("D", "content"),
        "website": ("E", "content"),
        "emailDomain": ("F", "content"),
    }


def test_a_sheet_may_have_no_headings_at_all(index: Index, tmp_path: Path) -> None:
    found = layout(index, tmp_path, "Acme,0429593895\nBeta,0403170701\n")
    assert found.header is None
    assert set(fields(found)) == {"name", "enterpriseNumber"}


def test_what_one_is_told_counts_more_than_what_is_guessed(index: Index, tmp_path: Path) -> None:
    text = "Naam;Firma;Land\nJan;Acme;BE\nPiet;Beta;NL\n"
    assert fields(layout(index, tmp_path, text))["name"] == ("A", "heading")
    assert fields(layout(index, tmp_path, text, name="firma"))["name"] == ("B", "option")
    assert fields(layout(index, tmp_path, text, name="B"))["name"] == ("B", "option")
    assert "country" not in fields(layout(index, tmp_path, text, country=""))


@pytest.mark.parametrize(
    ("told", "word"), [({"nam": "A"}, "none of"), ({"name": "Q"}, "no column"), ({"name": ""}, "say which")]
)
def test_what_cannot_be_is_refused_with_what_there_is(
    index: Index, tmp_path: Path, told: dict[str, str], word: str
) -> None:
    with pytest.raises(InputError) as caught:
        layout(index, tmp_path, "Land,x\nBE,1\n", **told)
    assert word in f"{caught.value.detail} {caught.value.issues[0].detail}"
    assert caught.value.issues[0].name == "column"


def test_letters_are_those_of_spreadsheets() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
