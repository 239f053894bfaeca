from __future__ import annotations

from datetime import date

import pytest

from graph.index import Index
from graph.index.shaping import Shaper
from graph.reconciliation import entities, facts, given
from graph.reconciliation.queries import Query, Value

TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def shaper(index: Index) -> Shaper:
    return index.shaper("en", TODAY)


def said(shaper: Shaper, **values: str) -> given.Given:
    """What one query gives."""
    query = Query("x", values={name: (Value(text),) for name, text in values.items()})
    return given.read(shaper, [query])[0]


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://www.Punchpowertrain.com/en/company?x=1", "punchpowertrain.com"),
        ("punchpowertrain.com", "punchpowertrain.com"),
        ("WWW.A-B.co.uk.", "a-b.co.uk"),
        ("http://user:secret@a.example:8080/", "a.example"),
        ("localhost", None),
        ("", None),
        ("http://[broken", None),
    ],
)
def test_two_spellings_of_a_website_have_their_host_in_common(text: str, host: str | None) -> None:
    assert facts.host(text) == host


@pytest.mark.parametrize(
    ("text", "year"),
    [("2002", "2002"), ("sinds 1987-05", "1987"), ("12345", None), ("3600", None), ("", None)],
)
def test_a_year_is_found_in_a_text(text: str, year: str | None) -> None:
    assert facts.year(text) == year


@pytest.mark.parametrize(
    ("text", "code"),
    [("B-3600", "3600"), ("BE 3600", "3600"), ("3600", "3600"), ("sw1a 1aa", "SW1A1AA"), ("BT", "BT")],
)
def test_a_postcode_is_compared_without_its_country(text: str, code: str) -> None:
    assert facts.postcode(text) == code


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("info@acme.be", "acme.be"),
        ("@acme.be", "acme.be"),
        ("acme.be", "acme.be"),
        ("jan@gmail.com", None),
        ("jan@telenet.be", None),
        ("no mail", None),
    ],
)
def test_a_mailbox_that_anybody_may_have_says_nothing(text: str, domain: str | None) -> None:
    assert given.mail_domain(text) == domain


@pytest.mark.parametrize(
    ("text", "town"), [("3600 Genk", "Genk"), ("B-3600 Genk", "Genk"), ("Genk", "Genk"), ("3600", "3600")]
)
def test_a_town_is_found_behind_its_postcode(text: str, town: str) -> None:
    assert given.town(text) == town


@pytest.mark.parametrize("text", ["BE", "be", "BEL", "België", "Belgium", "Belgique", "belgie"])
def test_a_country_is_the_same_by_any_of_its_names(shaper: Shaper, text: str) -> None:
    assert said(shaper, country=text) == said(shaper, country="BE")
    assert said(shaper, country="Atlantis") == {}


def test_a_thing_that_was_reconciled_before_is_taken_by_its_id(shaper: Shaper) -> None:
    for value in (
        Value("whatever", "market/BE"),
        Value("", "http://publications.europa.eu/resource/authority/country/BEL"),
    ):
        query = Query("x", values={"country": (value,)})
        assert given.read(shaper, [query]) == [said(shaper, country="BE")]
    boss = Query("x", values={"organization": (Value("", "organization/x/luminex"),)})
    assert (
        entities.identify(shaper, ["organization/x/luminex"])["organization/x/luminex"].number
        in (given.read(shaper, [boss])[0]["organization"])
    )


def test_a_number_of_the_belgian_register_means_belgium_unless_a_country_is_given(shaper: Shaper) -> None:
    found = said(shaper, enterpriseNumber="BE 0403.170.701")
    assert found["enterpriseNumber"] == {"0403170701"}
    assert found["country"] == said(shaper, country="BE")["country"]
    both = said(shaper, enterpriseNumber="0403170701", country="NL")
    assert both["country"] == said(shaper, country="NL")["country"]


def test_a_number_that_cannot_be_is_not_compared(shaper: Shaper) -> None:
    assert said(shaper, enterpriseNumber="0403.170.702") == {}
    assert said(shaper, lei="1") == {}
    assert said(shaper, lei="529900grz2bqy5zm9n49") in ({"lei": {"529900GRZ2BQY5ZM9N49"}}, {})
    assert said(shaper, nobody="x") == {}


def test_several_values_are_all_taken(shaper: Shaper) -> None:
    query = Query("x", values={"founded": (Value("2001"), Value("in 2002"), Value("long ago"))})
    assert given.read(shaper, [query]) == [{"founded": {"2001", "2002"}}]


def test_the_facts_of_an_organization_are_those_that_the_graph_states(shaper: Shaper) -> None:
    ids = ("organization/be/0429593895", "organization/x/luminex", "organization/x/airbus")
    found = entities.identify(shaper, ids)
    known = facts.load(shaper, [(each.kind, each.number) for each in found.values()])
    europower, luminex, airbus = (known["organization", found[name].number] for name in ids)
    assert europower["enterpriseNumber"] == {"0429593895"}
    assert europower["website"] == europower["emailDomain"] == {"e-powerinternational.com"}
    assert luminex["founded"] == {"2002"}
    assert luminex["countryCode"] == {"BE"}
    assert luminex["municipality"] == said(shaper, municipality="Genk")["municipality"]
    assert "isPartner" not in luminex
    assert airbus["isPartner"] == {True}
    assert "enterpriseNumber" not in luminex


def test_the_facts_of_persons_and_missions(shaper: Shaper) -> None:
    mission = entities.identify(shaper, ["mission/m-japan"])["mission/m-japan"]
    person = shaper.db.row("SELECT id FROM person WHERE name = 'Kees Hoogendoorn'")
    assert person is not None
    known = facts.load(shaper, [("mission", mission.number), ("person", person[0]), ("market", 1)])
    assert known["mission", mission.number]["year"] == {"2022"}
    assert known["mission", mission.number]["destination"] == said(shaper, destination="Japan")["destination"]
    organized = shaper.db.row("SELECT mission, organization FROM mission_organizer")
    assert organized is not None
    assert (
        organized[1]
        in facts.load(shaper, [("mission", organized[0])])["mission", organized[0]]["organization"]
    )
    assert "keestrack" in known["person", person[0]]["organization"]
    assert known["market", 1] == {}
