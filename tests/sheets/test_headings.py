"""Headings as people write them, and cells by what they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.index import Index
from graph.settings import Settings
from graph.sheets.columns import recognize
from graph.sheets.reading import read

WRITTEN = [
    ("Naam", "name"),
    ("NAAM BEDRIJF", "name"),
    ("Bedrijfsnaam", "name"),
    ("Naam van de onderneming", "name"),
    ("Maatschappelijke naam", "name"),
    ("Klant", "name"),
    ("Company", "name"),
    ("company_name", "name"),
    ("Organisation", "name"),
    ("Customer name", "name"),
    ("Nom", "name"),
    ("Société", "name"),
    ("Nom de la société", "name"),
    ("Raison sociale", "name"),
    ("Dénomination sociale", "name"),
    ("KBO", "enterpriseNumber"),
    ("KBO-nr.", "enterpriseNumber"),
    ("Btw-nummer", "enterpriseNumber"),
    ("BTW nr", "enterpriseNumber"),
    ("Ondernemingsnummer", "enterpriseNumber"),
    ("VAT", "enterpriseNumber"),
    ("VAT no.", "enterpriseNumber"),
    ("CBE number", "enterpriseNumber"),
    ("Numéro d’entreprise", "enterpriseNumber"),
    ("Numéro de TVA", "enterpriseNumber"),
    ("BCE", "enterpriseNumber"),
    ("LEI", "lei"),
    ("LEI-code", "lei"),
    ("Legal Entity Identifier", "lei"),
    ("Land", "country"),
    ("Landcode", "country"),
    ("Country code", "country"),
    ("Pays", "country"),
    ("Gemeente", "municipality"),
    ("Plaats", "municipality"),
    ("City", "municipality"),
    ("Ville", "municipality"),
    ("Postcode", "postcode"),
    ("ZIP code", "postcode"),
    ("Code postal", "postcode"),
    ("Website", "website"),
    ("Web-site", "website"),
    ("URL", "website"),
    ("Site internet", "website"),
    ("E-mail", "emailDomain"),
    ("Emailadres", "emailDomain"),
    ("E-mail address", "emailDomain"),
    ("Courriel", "emailDomain"),
]
STRANGE = ("Omzet", "Turnover", "Contactpersoon", "Remarques", "Verre: naam", "Naam contact", "Sector 2", "")


def recognized(index: Index, folder: Path, text: str) -> dict[str, str]:
    """Field -> what told so."""
    path = folder / "a.csv"
    path.write_text(text, "utf-8")
    layout = recognize(read(path, "a.csv", Settings()), index.shaper("en"))
    return {each.field: each.by for each in layout.columns}


@pytest.mark.parametrize(("heading", "field"), WRITTEN)
def test_a_heading_is_known_however_it_is_written(
    index: Index, tmp_path: Path, heading: str, field: str
) -> None:
    other = "Firma" if field != "name" else "x"
    for written in (heading, heading.upper(), f" {heading} "):
        found = recognized(index, tmp_path, f"{written};{other}\n.;.\n")
        assert found[field] == "heading"


@pytest.mark.parametrize("heading", STRANGE)
def test_a_heading_that_says_nothing_of_an_organization_is_left_alone(
    index: Index, tmp_path: Path, heading: str
) -> None:
    assert recognized(index, tmp_path, f"Firma;{heading}\nAcme;1\n") == {"name": "heading"}


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (("0429.593.895", "0403.170.701", "BE0648896643"), "enterpriseNumber"),
        (("529900GRZ2BQY5ZM9N49", "549300ZK53CNGEEI6A29"), "lei"),
        (("https://a.example/x", "www.b.example", "http://c.example"), "website"),
        (("a@b.example", "c@d.example"), "emailDomain"),
        (("België", "China", "Zuid-Korea", "?"), "country"),
        (("BE", "CN", "KR", "JP"), "country"),
        (("Genk", "Hasselt", "Lommel", "elsewhere"), "municipality"),
    ],
)
def test_a_column_is_known_by_most_of_its_cells(
    index: Index, tmp_path: Path, cells: tuple[str, ...], field: str
) -> None:
    text = "Firma;c\n" + "".join(f"Acme {n};{cell}\n" for n, cell in enumerate(cells))
    assert recognized(index, tmp_path, text) == {"name": "heading", field: "content"}


@pytest.mark.parametrize(
    "cells",
    [
        ("1", "2", "3"),
        ("0429.593.895", "x", "y"),
        ("Genk", "x", "y"),
        ("2018-02-19", "2019-01-01"),
        ("yes", "no", "yes"),
        ("12,5", "13,75"),
    ],
)
def test_a_column_of_other_things_is_left_alone(index: Index, tmp_path: Path, cells: tuple[str, ...]) -> None:
    text = "Firma;c\n" + "".join(f"Acme {n};{cell}\n" for n, cell in enumerate(cells))
    assert recognized(index, tmp_path, text) == {"name": "heading"}


def test_a_sheet_of_figures_only_is_refused_with_what_to_say(index: Index, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="say which, as name=A") as caught:
        recognized(index, tmp_path, "x;y\n1;2\n3;4\n")
    assert caught.value.issues[0].name == "column"
