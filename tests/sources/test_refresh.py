"""The tables are made from files that look like the official ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph import resources
from graph.errors import InputError
from graph.sources import refresh
from tests.data.tables import read

HEADINGS = (
    "NACE_CODE\tEN_DESC\tDE_DESC\tFR_DESC\tNL_DESC\n"
    '"A"\t"FARMING AND FISHING"\t"-"\t"CULTURE ET PÊCHE"\t"LANDBOUW EN VISSERIJ"\n'
    '"01"\t"Crops  and animals"\t"-"\t"Culture"\t"Teelt"\n'
    '"01.1"\t"A group"\t"-"\t"Groupe"\t"Groep"\n'
    '"B"\t"MINING"\t"-"\t"MINES"\t"MIJNBOUW"\n'
    '"05"\t"Coal"\t"-"\t"Charbon"\t"Kolen"\n'
)
CHAPTERS = (
    "section,hscode,description,parent,level\n"
    'I,01,"Animals; live",TOTAL,2\n'
    "I,0101,Horses,01,4\n"
    "II,06,Trees and plants,TOTAL,2\n"
    "XXI,99,Not specified,TOTAL,2\n"
    "TOTAL,TOTAL,Everything,,5\n"
)
SECTIONS = "\ufeffsection,name\nI,live animals\nII,Vegetable products \nIX,Wood\n"
TOWNS = [
    {"id": "71016", "name": {"nl": "Genk", "fr": "Genk"}, "province": "70000", "region": "02000"},
    {"id": "44021", "name": {"nl": "Gent", "fr": "Gand"}, "province": "40000", "region": "02000"},
    {"id": "62063", "name": {"nl": "Luik", "fr": "Liège"}, "province": "60000", "region": "03000"},
    {"id": "21004", "name": {"nl": "Brussel", "fr": "Bruxelles"}, "province": None, "region": "04000"},
]
CODES = [
    {"postalCode": "3600", "municipality": "71016"},
    {"postalCode": "3601", "municipality": "71016"},
    {"postalCode": "9000", "municipality": "44021"},
]
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
TITLES = "\n".join(
    f"<http://vocab.belgif.be/auth/refnis2025/{code}> {LABEL} {text} ."
    for code, text in [
        ("62063", '"Luik"@nl'),
        ("62063", '"Li\\u00E8ge"@fr'),
        ("62063", '"L\\u00FCttich"@de'),
        ("2000", '"Vlaams Gewest"@nl'),
        ("12034", '"No municipality"@nl'),
    ]
)


@pytest.fixture
def official(tmp_path: Path) -> Path:
    folder = tmp_path / "official"
    (folder / "deep" / "down").mkdir(parents=True)
    (folder / "deep" / "NACE_Rev2.1_Heading.tsv").write_text(HEADINGS, encoding="utf-8")
    (folder / "harmonized-system.csv").write_text(CHAPTERS, encoding="utf-8")
    (folder / "sections.csv").write_text(SECTIONS, encoding="utf-8")
    (folder / "be-municipalities.json").write_text(json.dumps(TOWNS), encoding="utf-8")
    (folder / "be-postal-codes.json").write_text(json.dumps(CODES), encoding="utf-8")
    (folder / "deep" / "down" / "refnis2025.nt").write_text(TITLES, encoding="utf-8")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "reference"
    folder.mkdir()
    return folder


def test_countries_alone_need_no_folder(target: Path) -> None:
    assert refresh.refresh(target) == {"countries": 250}
    assert [file.name for file in target.iterdir()] == ["countries.csv"]
    committed = resources.data() / "reference" / "countries.csv"
    assert (target / "countries.csv").read_bytes() == committed.read_bytes()


def test_nace_keeps_sections_and_divisions_and_lays_capitals_down(official: Path, target: Path) -> None:
    refresh.refresh(target, official)
    assert read(target / "nace.csv") == [
        {
            "code": "01",
            "level": "division",
            "parent": "A",
            "nl": "Teelt",
            "en": "Crops and animals",
            "fr": "Culture",
        },
        {"code": "05", "level": "division", "parent": "B", "nl": "Kolen", "en": "Coal", "fr": "Charbon"},
        {
            "code": "A",
            "level": "section",
            "parent": "",
            "nl": "Landbouw en visserij",
            "en": "Farming and fishing",
            "fr": "Culture et pêche",
        },
        {"code": "B", "level": "section", "parent": "", "nl": "Mijnbouw", "en": "Mining", "fr": "Mines"},
    ]


def test_hs_keeps_its_order_and_leaves_out_what_is_no_chapter(official: Path, target: Path) -> None:
    refresh.refresh(target, official)
    rows = [(row["code"], row["level"], row["parent"], row["en"]) for row in read(target / "hs.csv")]
    assert rows == [
        ("I", "section", "", "Live animals"),
        ("II", "section", "", "Vegetable products"),
        ("IX", "section", "", "Wood"),
        ("01", "chapter", "I", "Animals; live"),
        ("06", "chapter", "II", "Trees and plants"),
    ]


def test_municipalities_take_their_titles_from_the_code_list(official: Path, target: Path) -> None:
    refresh.refresh(target, official)
    rows = {row["nis"]: row for row in read(target / "municipalities.csv")}
    assert list(rows) == ["21004", "44021", "62063", "71016"]
    assert rows["62063"] == {
        "nis": "62063",
        "nl": "Luik",
        "fr": "Liège",
        "en": "Liège",
        "de": "Lüttich",
        "province_nis": "60000",
    }
    assert (rows["44021"]["en"], rows["44021"]["de"]) == ("Ghent", "Gent")
    assert (rows["21004"]["en"], rows["21004"]["province_nis"]) == ("Brussels", "04000")
    assert rows["71016"]["en"] == "Genk"


def test_postcodes_are_limburgs_and_keep_the_names_given_by_hand(official: Path, target: Path) -> None:
    (target / "postcodes.csv").write_text(
        "postcode,nis,name\n3601,71016,Waterschei\n1234,99999,Gone\n", encoding="utf-8"
    )
    refresh.refresh(target, official)
    assert read(target / "postcodes.csv") == [
        {"postcode": "3600", "nis": "71016", "name": "Genk"},
        {"postcode": "3601", "nis": "71016", "name": "Waterschei"},
    ]


def test_refreshing_twice_changes_nothing(official: Path, target: Path) -> None:
    counts = refresh.refresh(target, official)
    before = {file.name: file.read_bytes() for file in target.iterdir()}
    assert refresh.refresh(target, official) == counts
    assert {file.name: file.read_bytes() for file in target.iterdir()} == before


@pytest.mark.parametrize(
    ("missing", "pattern"),
    [
        ("deep/NACE_Rev2.1_Heading.tsv", "NACE_Rev2.1*.tsv"),
        ("sections.csv", "sections.csv"),
        ("be-postal-codes.json", "be-postal-codes.json"),
        ("deep/down/refnis2025.nt", "refnis*.nt"),
    ],
)
def test_a_file_that_is_missing_is_named_and_nothing_is_written(
    official: Path, target: Path, missing: str, pattern: str
) -> None:
    (official / missing).unlink()
    with pytest.raises(InputError, match="not complete") as caught:
        refresh.refresh(target, official)
    (issue,) = caught.value.issues
    assert (issue.name, issue.value) == (str(official), pattern)
    assert list(target.iterdir()) == []


def test_the_command_refreshes_the_tables_of_the_project(
    official: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data" / "reference").mkdir(parents=True)
    monkeypatch.setattr("graph.sources.refresh.resources.data", lambda: tmp_path / "data")
    refresh.main([])
    assert capsys.readouterr().out == "countries: 250 rows\n"
    refresh.main([str(official)])
    assert "municipalities: 4 rows\n" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["countries", "nace", "hs", "municipalities", "postcodes"])
def test_committed_tables_are_what_the_official_files_give(shared: Path, tmp_path: Path, name: str) -> None:
    committed = resources.data() / "reference" / f"{name}.csv"
    known = resources.data() / "reference" / "postcodes.csv"
    (tmp_path / "postcodes.csv").write_bytes(known.read_bytes())
    refresh.refresh(tmp_path, shared / "samples")
    assert (tmp_path / f"{name}.csv").read_bytes() == committed.read_bytes()
