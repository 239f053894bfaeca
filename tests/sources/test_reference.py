"""Cells and parameters find the market, municipality or code that they mean."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import resources
from graph.errors import InputError, UnknownValue
from graph.model.namespaces import COUNTRY, HS, NACE, REFNIS, region
from graph.sources.reference import Reference, fold, market_names
from graph.sources.reference_tables import TABLES, Market, from_rows

REFERENCE = Reference.load(resources.data())
MARKETS = sorted(REFERENCE.markets.values(), key=lambda market: market.code)
TOWNS = sorted(REFERENCE.municipalities.values(), key=lambda town: town.nis)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KR", "KR"),
        ("kor", "KR"),
        ("http://publications.europa.eu/resource/authority/country/KOR", "KR"),
        ("Zuid-Korea", "KR"),
        ("zuid korea", "KR"),
        ("South Korea", "KR"),
        ("Corée du Sud", "KR"),
        ("COREE DU SUD", "KR"),
        ("Republic of Korea", "KR"),
        ("UK", "GB"),
        ("VK", "GB"),
        ("Verenigd Koninkrijk", "GB"),
        ("USA", "US"),
        ("VS", "US"),
        ("V.S.", "US"),
        ("États-Unis", "US"),
        ("Czechia", "CZ"),
        ("Czech Republic", "CZ"),
        ("Tsjechië", "CZ"),
        ("Tsjechie", "CZ"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Viet Nam", "VN"),
        ("Côte d'Ivoire", "CI"),
        ("Kosovo", "XK"),
        ("Micronesia", "FM"),
        ("Hongkong", "HK"),
        ("ASIA", "ASIA"),
        ("asia", "ASIA"),
        ("Azië", "ASIA"),
        ("MIDDLE_EAST", "MIDDLE_EAST"),
        ("middle-east", "MIDDLE_EAST"),
        ("Midden-Oosten", "MIDDLE_EAST"),
        ("https://w3id.org/verre/code/region/middle-east", "MIDDLE_EAST"),
        ("ASEAN", "ASEAN"),
        ("wereldwijd", "WORLD"),
        ("Europese Unie", "EU"),
        ("America", "AMERICAS"),
        ("  China ", "CN"),
    ],
)
def test_a_market_is_found_by_code_iri_and_name(text: str, code: str) -> None:
    assert REFERENCE.market(text).code == code


def test_a_market_is_an_iri_of_the_eu_or_of_ours() -> None:
    assert REFERENCE.find_market("China") == COUNTRY.CHN
    assert REFERENCE.find_market("Kosovo") == COUNTRY["1A0"]
    assert REFERENCE.find_market("Middle East") == region("MIDDLE_EAST")
    assert REFERENCE.market("China").is_country
    assert not REFERENCE.market("ASEAN").is_country


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Tailand", "Thailand (TH)"),
        ("Vietnaam", "Vietnam (VN)"),
        ("Korea", "South Korea (KR)"),
        ("Congo", "Congo - Kinshasa (CD)"),
        ("Duitslant", "Germany (DE)"),
        ("Midden Ooste", "Middle East (MIDDLE_EAST)"),
    ],
)
def test_an_unknown_market_gets_the_nearest_names(text: str, suggestion: str) -> None:
    with pytest.raises(UnknownValue) as caught:
        REFERENCE.find_market(text)
    (issue,) = caught.value.issues
    assert (issue.name, issue.value) == ("market", text)
    assert suggestion in issue.detail
    assert suggestion in caught.value.detail
    assert issue.detail.count("(") <= 3


@pytest.mark.parametrize("text", ["", "   ", "xyzzyq", "http://example.org/CHN", "ZZ", "中国"])
def test_what_is_like_nothing_gets_no_name(text: str) -> None:
    with pytest.raises(UnknownValue, match="no country or region"):
        REFERENCE.find_market(text)


def test_no_name_means_two_markets() -> None:
    meaning: dict[str, str] = {}
    for market in MARKETS:
        for name in market_names(market):
            assert meaning.setdefault(fold(name), market.code) == market.code, name


@given(market=st.sampled_from(MARKETS), data=st.data())
def test_every_name_of_every_market_finds_it_however_it_is_written(
    market: Market, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(market_names(market)))
    assert REFERENCE.market(data.draw(written(name))) is market


@given(market=st.sampled_from(MARKETS))
def test_its_own_iri_finds_every_market(market: Market) -> None:
    assert REFERENCE.market(market.iri.value) is market


def written(name: str) -> st.SearchStrategy[str]:
    """The name in another case, with other marks between its letters."""
    cased = st.sampled_from([name, name.upper(), name.lower(), name.title()])
    marks = st.sampled_from(["", " ", "-", "_", ".", "'", "’"])
    return st.builds(
        lambda text, mark, end: f"{end}{mark.join(text.split())}{end}",
        cased,
        marks,
        st.sampled_from(["", " "]),
    )


@given(st.text(max_size=40))
def test_any_text_is_a_market_or_unknown(text: str) -> None:
    known = {fold(name) for market in MARKETS for name in market_names(market)}
    if fold(text) in known:
        assert fold(text) in {fold(name) for name in market_names(REFERENCE.market(text))}
    else:
        with pytest.raises(UnknownValue) as caught:
            REFERENCE.market(text)
        assert caught.value.issues[0].value == text


@pytest.mark.parametrize(
    ("name", "postcode", "nis"),
    [
        ("Genk", "", "71016"),
        ("Genk", "3600", "71016"),
        ("genk", "", "71016"),
        ("71016", "", "71016"),
        ("", "3600", "71016"),
        ("Sint-Truiden", "3800", "71053"),
        ("Saint-Trond", "", "71053"),
        ("sint truiden", "", "71053"),
        ("Kuringen", "", "71072"),
        ("Hasselt", "3511", "71072"),
        ("Paal", "3583", "71004"),
        ("Overpelt", "", "72043"),
        ("Tongeren", "3700", "73111"),
        ("Borgloon", "3840", "73111"),
        ("Brussels", "", "21004"),
        ("Brussel", "1000", "21004"),
        ("Bruxelles", "", "21004"),
        ("Brüssel", "", "21004"),
        ("Luik", "", "62063"),
        ("Liège", "", "62063"),
        ("Saint-Nicolas", "", "62093"),
        ("Sint-Niklaas", "", "46021"),
        ("Hasselt", "9999", "71072"),
    ],
)
def test_a_municipality_is_found_by_name_code_part_and_postcode(name: str, postcode: str, nis: str) -> None:
    found = REFERENCE.find_municipality(name, postcode)
    assert found.nis == nis
    assert found.iri == REFNIS[nis]


def test_a_postcode_of_another_municipality_is_refused() -> None:
    with pytest.raises(UnknownValue, match="no postcode of Genk") as caught:
        REFERENCE.find_municipality("Genk", "3500")
    (issue,) = caught.value.issues
    assert (issue.name, issue.value) == ("postcode", "3500")
    assert "Hasselt (3500)" in issue.detail


@pytest.mark.parametrize(
    ("name", "nearest"), [("Genck", "Genk"), ("Hasseld", "Hasselt"), ("Sint-Trujden", "Sint-Truiden")]
)
def test_an_unknown_municipality_gets_the_nearest_names(name: str, nearest: str) -> None:
    with pytest.raises(UnknownValue, match="no Belgian municipality") as caught:
        REFERENCE.find_municipality(name)
    assert nearest in caught.value.issues[0].detail


@pytest.mark.parametrize("name", ["", "Eindhoven", "00000"])
def test_what_is_no_belgian_municipality_is_unknown(name: str) -> None:
    with pytest.raises(UnknownValue, match="no Belgian municipality"):
        REFERENCE.find_municipality(name)


@given(town=st.sampled_from(TOWNS))
def test_every_municipality_is_found_by_its_own_name(town: object) -> None:
    assert town in TOWNS
    found = next(one for one in TOWNS if one is town)
    assert REFERENCE.find_municipality(found.labels["en"]) is found
    assert REFERENCE.find_municipality(found.nis) is found


def tables_with_twins() -> dict[str, list[dict[str, str]]]:
    """Two municipalities with one name; one of them has a postcode."""
    tables: dict[str, list[dict[str, str]]] = {table: [] for table in TABLES}
    town = {"nl": "Twee", "fr": "Twee", "en": "Twee", "de": "Twee", "province_nis": "70000"}
    tables["municipalities"] = [{"nis": "1", **town}, {"nis": "2", **town}]
    tables["postcodes"] = [{"postcode": "3500", "nis": "2", "name": "Twee"}]
    return tables


def test_a_name_of_two_municipalities_needs_a_postcode_or_code() -> None:
    reference = Reference(from_rows(tables_with_twins()))
    with pytest.raises(UnknownValue, match="more than one") as caught:
        reference.find_municipality("Twee")
    assert "Twee (1), Twee (2)" in caught.value.issues[0].detail
    assert reference.find_municipality("Twee", "3500").nis == "2"
    assert reference.find_municipality("1").nis == "1"


def test_a_name_of_its_own_counts_before_that_in_another_language_and_that_of_a_part() -> None:
    tables = tables_with_twins()
    town = {"province_nis": "70000", "de": "-"}
    tables["municipalities"] = [
        {"nis": "1", "nl": "Eén", "fr": "Deux", "en": "Eén", **town},
        {"nis": "2", "nl": "Twee", "fr": "Deux", "en": "Deux", **town},
        {"nis": "3", "nl": "Drie", "fr": "Trois", "en": "Drie", **town},
    ]
    tables["municipality_names"] = [{"name": "Deux", "nis": "3"}, {"name": "Trois", "nis": "1"}]
    reference = Reference(from_rows(tables))
    assert reference.find_municipality("Deux").nis == "2"
    assert reference.find_municipality("Trois").nis == "3"


def test_an_area_is_found_by_key_name_and_code() -> None:
    for text in ("limburg", "Limburg", "Limbourg", "70000"):
        assert REFERENCE.find_area(text).iri == REFNIS["70000"]
    assert REFERENCE.find_area("Vlaanderen").key == "flanders"
    assert REFERENCE.find_area("Belgium").level == "country"
    with pytest.raises(UnknownValue, match=r"there are: antwerp, belgium, .*limburg"):
        REFERENCE.find_area("Utrecht")


def test_nace_codes_are_read_with_and_without_their_dot() -> None:
    assert REFERENCE.find_nace("94.99") == NACE["9499"]
    assert REFERENCE.find_nace("9499") == NACE["9499"]
    assert REFERENCE.find_nace("01") == NACE["01"]
    assert REFERENCE.find_nace("c") == NACE["C"]


@pytest.mark.parametrize("code", ["", "W", "00", "04.11", "94.999", "abc", "9"])
def test_what_is_no_nace_code_is_unknown(code: str) -> None:
    with pytest.raises(UnknownValue, match=r"NACE 2\.1"):
        REFERENCE.find_nace(code)


def test_hs_chapters_are_two_digits() -> None:
    assert REFERENCE.find_hs("08") == HS["08"]
    for code in ("8", "77", "99", "IV", ""):
        with pytest.raises(UnknownValue, match="two digits"):
            REFERENCE.find_hs(code)


def test_terms_have_labels_and_unknown_ones_have_none() -> None:
    assert REFERENCE.term("product", "Conference pears") == {
        "nl": "Conference-peren",
        "en": "Conference pears",
        "fr": "poires Conférence",
    }
    assert REFERENCE.term("product", "no such thing") == {}
    assert REFERENCE.term("sector", "Conference pears") == {}


def test_what_term_answers_may_be_changed_without_harm() -> None:
    REFERENCE.term("sector", "food")["nl"] = "iets anders"
    assert REFERENCE.term("sector", "food")["nl"] == "voeding"


def test_the_folder_of_the_tables_or_the_one_above_will_do() -> None:
    below = Reference.load(resources.data() / "reference")
    assert set(below.markets) == set(REFERENCE.markets)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(resources.data() / "reference", tmp_path / "reference")
    return tmp_path / "reference"


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "areas.csv").unlink()
    with pytest.raises(InputError, match="not complete") as caught:
        Reference.load(folder)
    assert caught.value.issues[0].name == "areas.csv"


def test_a_missing_column_is_named(folder: Path) -> None:
    (folder / "postcodes.csv").write_text("postcode,name\n3600,Genk\n", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be used") as caught:
        Reference.load(folder)
    assert (caught.value.issues[0].name, caught.value.issues[0].detail) == (
        "postcodes.csv",
        "lacks the column nis",
    )


def test_an_empty_table_is_named(folder: Path) -> None:
    (folder / "nace.csv").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Reference.load(folder)
    assert caught.value.issues[0].name == "nace.csv"


def test_loading_takes_well_under_a_second() -> None:
    start = time.perf_counter()
    Reference.load(resources.data())
    assert time.perf_counter() - start < 2
