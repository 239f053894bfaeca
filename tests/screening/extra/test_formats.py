"""Each format as its publisher writes it, and each of them broken: file, row and column are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError, SheetRefused
from graph.screening.formats import FORMATS, opened
from graph.screening.records import Entry
from graph.settings import Settings
from tests.screening.conftest import LISTS

SETTINGS = Settings()


def entries(path: Path, settings: Settings = SETTINGS) -> dict[str, Entry]:
    return {entry.id: entry for entry in opened(path, None, settings).entries()}


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("entities.ftm.json", "ftm-json"),
        ("targets.simple.csv", "targets-simple-csv"),
        ("eu.csv", "eu-csv"),
        ("eu.xml", "eu-xml"),
        ("un.xml", "un-xml"),
        ("sdn.xml", "ofac-xml"),
        ("sdn.csv", "ofac-csv"),
    ],
)
def test_each_is_recognised(file: str, form: str) -> None:
    assert opened(LISTS / file, None, SETTINGS).name == form
    assert opened(LISTS / file, form, SETTINGS).name == form
    assert set(FORMATS) >= {form}


def test_followthemoney_entities_with_what_stands_apart_from_them() -> None:
    found = entries(LISTS / "entities.ftm.json")
    assert set(found) == {
        "fict-steel",
        "fict-ivan",
        "fict-noor",
        "fict-xugou",
        "fict-mistyped",
        "fict-minimal",
    }
    steel = found["fict-steel"]
    assert steel.programs == ("Invented Programme 7", "Ministry of Invention")
    assert steel.source == "https://lists.example/fict-steel"
    assert steel.since == "2021-03-04"
    assert steel.weak == ("VS",)
    assert steel.kind == "organization"
    assert "INVENTED000000000190" in steel.identifiers
    assert found["fict-ivan"].identifiers == ("INV 7654321",)
    assert found["fict-ivan"].kind == "person"
    assert found["fict-minimal"].kind is None


def test_the_simple_table_parts_its_cells() -> None:
    found = entries(LISTS / "targets.simple.csv")
    assert set(found) == {"inv-fin", "inv-person", "inv-ship", "inv-general"}
    assert found["inv-fin"].names == ("Bank Verzinsel", "Fantasia Bank", "Banque Imaginaire")
    assert found["inv-fin"].countries == ("by", "cy")
    assert found["inv-fin"].identifiers == ("INV 770070", "BVZBBY2X")
    assert found["inv-person"].dates == ("1970-02-01",)
    assert found["inv-ship"].schema == "Vessel"


def test_the_european_csv_is_grouped_by_entity() -> None:
    source = opened(LISTS / "eu.csv", None, SETTINGS)
    found = {entry.id: entry for entry in source.entries()}
    assert source.date() == ("2026-04-30", "file")
    assert found["9001"].names == ("Onbestaande Holding", "Nonexistent Holding SA")
    assert found["9001"].countries == ("by",)
    assert found["9001"].identifiers == ("INV-REG-77881",)
    assert found["9001"].source == "https://eur-lex.example/invented/9001"
    assert found["9002"].schema == "Person"
    assert found["9002"].countries == ("kz",)
    assert found["9002"].dates == ("1965", "1965-03-12")


def test_the_european_xml_has_its_codes_the_other_way_round() -> None:
    source = opened(LISTS / "eu.xml", None, SETTINGS)
    found = {entry.id: entry for entry in source.entries()}
    assert source.date() == ("2026-04-29", "file")
    assert found["9101"].schema == "Organization"
    assert found["9101"].weak == ("PWG",)
    assert found["9101"].since == "2020-06-15"
    assert found["9102"].names == ("Erika Erfunden",)
    assert found["9102"].countries == ()
    assert found["9102"].dates == ("1959-12-31",)


def test_the_list_of_the_united_nations() -> None:
    found = entries(LISTS / "un.xml")
    person = found["INi.001"]
    assert person.names[0] == "MUHAMMAD AL-WAHMI KHAYALI"
    assert "محمد الوهمي خيالي" in person.names
    assert person.weak == ("Abu Khayal",)
    assert person.dates == ("1974", "1975")
    assert person.countries == ("sy",)
    assert found["INe.002"].countries == ("kp",)
    assert found["INe.002"].since == "2016-03-02"


def test_the_american_list_as_xml_and_as_csv() -> None:
    source = opened(LISTS / "sdn.xml", None, SETTINGS)
    found = {entry.id: entry for entry in source.entries()}
    assert source.date() == ("2026-04-24", "file")
    assert found["80001"].weak == ("BELIEVER",)
    assert found["80001"].programs == ("INVENT1", "INVENT2")
    assert found["80002"].dates == ("1960-03-12",)
    assert found["80003"].schema == "Vessel"
    assert (found["80001"].source or "").endswith("id=80001")
    plain = opened(LISTS / "sdn.csv", None, SETTINGS)
    found = {entry.id: entry for entry in plain.entries()}
    assert plain.date() is None
    assert found["90001"].names == ("FICTITIOUS CEMENT COMPANY", "SHARIKAT AL-ISMANT AL-WAHMI")
    assert found["90002"].caption == "Andrei Ivanovich DESIGNED"
    assert found["90002"].dates == ("1972-01-05",)
    assert found["90002"].countries == ("by",)
    assert found["90002"].weak == ("DREI",)


FTM = '{"id":"a","schema":"Company","properties":{"name":["Imaginary"]}}\n'
SIMPLE = "id,schema,name,aliases,birth_date,countries,identifiers,sanctions,last_change\n"
EU = "fileGenerationDate;Entity_LogicalId;Entity_SubjectType;NameAlias_WholeName\n"
XML = '<?xml version="1.0"?>\n'
EXPORT = '<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-01-01">'
ENTITY = '<sanctionEntity logicalId="1">{}<nameAlias wholeName="Imaginary"/></sanctionEntity></export>'
BROKEN: list[tuple[str, str, str, str]] = [
    ("a.json", FTM + "{broken\n", "a.json, row 2", "no JSON"),
    ("a.json", FTM + "{}\n", "a.json, row 2, column id", "id and a schema"),
    ("a.json", FTM + '{"id":"b","schema":"Nonsense","properties":{}}\n', "row 2, column schema", "no such"),
    ("a.json", FTM + '{"id":"b","schema":"Company","properties":[]}\n', "column properties", "lists"),
    ("a.csv", SIMPLE + "x,Nonsense,n,,,,,,\n", "a.csv, row 2, column schema", "no such schema"),
    ("a.csv", SIMPLE + ",Company,n,,,,,,\n", "a.csv, row 2, column id", "has an id"),
    ("a.csv", SIMPLE + "x,Company\n", "a.csv, row 2, column 3", "2 cells"),
    ("a.csv", SIMPLE + 'x,Company,"never closed\n', "a.csv, row 2", "quotation marks"),
    ("a.csv", SIMPLE.replace(",countries", ""), "row 1, column countries", "missing"),
    ("a.csv", EU + "31-12-2025;1;E;x\n", "row 2, column fileGenerationDate", "31/12/2025"),
    ("a.csv", EU + "31/12/2025;1;Q;x\n", "row 2, column Entity_SubjectType", "P for a person"),
    ("a.csv", EU + "31/12/2025;;E;x\n", "row 2, column Entity_LogicalId", "has a number"),
    ("a.xml", XML + EXPORT + "<sanctionEntity>", "a.xml, row 2, column", "well-formed"),
    ("a.xml", XML + EXPORT + ENTITY.format(""), "a.xml, row 1, column subjectType", "person or enterprise"),
    ("a.xml", XML + EXPORT + ENTITY.replace(' logicalId="1"', "").format(""), "column logicalId", "number"),
    (
        "a.xml",
        XML + '<!DOCTYPE export [<!ENTITY e "x">]>' + EXPORT + "</export>",
        "a.xml, row 1",
        "document type",
    ),
    ("a.xml", XML + "<CONSOLIDATED_LIST><ENTITY/></CONSOLIDATED_LIST>", "column REFERENCE_NUMBER", "number"),
    ("a.xml", XML + "<sdnList><sdnEntry><uid>1</uid></sdnEntry><", "a.xml, row 2", "well-formed"),
    (
        "a.xml",
        XML + "<sdnList><sdnEntry><uid>1</uid><sdnType>Idea</sdnType></sdnEntry></sdnList>",
        "column sdnType",
        "individual",
    ),
    ("a.xml", XML + "<sdnList><sdnEntry></sdnEntry></sdnList>", "column uid", "number"),
    (
        "a.xml",
        XML + "<sdnList><publshInformation><Publish_Date>2026</Publish_Date></publshInformation></sdnList>",
        "column Publish_Date",
        "12/31/2025",
    ),
    ("a.csv", '1,"X"\n', "a.csv, row 1, column 2", "2 cells where there are 12"),
    ("a.csv", '1,"X",,,,,,,,,,\nx,"Y",,,,,,,,,,\n', "a.csv, row 2, column 1", "number of an entry"),
    ("a.csv", '1,"X","idea",,,,,,,,,\n', "a.csv, row 1, column 3", "individual"),
]


@pytest.mark.parametrize(("name", "content", "place", "detail"), BROKEN)
def test_what_is_broken_is_told_with_its_place(
    tmp_path: Path, name: str, content: str, place: str, detail: str
) -> None:
    file = tmp_path / name
    file.write_text(content, "utf-8")
    with pytest.raises(SheetRefused) as caught:
        entries(file)
    assert place in caught.value.issues[0].name
    assert detail in caught.value.issues[0].detail
    assert "the list that was loaded before stays" in caught.value.detail


@pytest.mark.parametrize("raw", [b'{"id":"\xff"}\n', b'{"id":"a\0"}\n'])
def test_what_is_no_text_is_told_with_its_place(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(FTM.encode() + raw)
    with pytest.raises(SheetRefused) as caught:
        entries(file)
    assert caught.value.issues[0].name.startswith("a.json, row 2, column ")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", FTM + '{"id":"' + "x" * 5000 + '"}'),
        ("a.xml", XML + EXPORT + "<sanctionEntity>" + "x" * 500_000),
    ],
)
def test_lines_and_records_have_an_end(tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content, "utf-8")
    with pytest.raises(SheetRefused, match="VERRE_SCREENING_LINE_BYTES") as caught:
        entries(file, Settings(screening_line_bytes=1000))
    assert caught.value.setting == "screening_line_bytes"


def test_what_is_no_list_is_not_recognised(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("name,country\nImaginary,BE\n", "utf-8")
    with pytest.raises(InputError, match="not recognised"):
        opened(file, None, SETTINGS)
    with pytest.raises(InputError, match="no such format"):
        opened(file, "names", SETTINGS)


def test_a_person_of_parts_has_a_name_and_a_nameless_one_is_no_entry(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(
        '{"id":"a","schema":"Person","properties":{"firstName":["Ivan"],"lastName":["Vydumov"]}}\n'
        '{"id":"b","schema":"Person","properties":{"country":["by"]}}\n\n',
        "utf-8",
    )
    found = entries(file)
    assert {key: entry.names for key, entry in found.items()} == {"a": ("Ivan Vydumov",)}
