"""Organizations, names, places and people, triple by triple as `docs/model.md` has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model.namespaces import FOAF, LOCN, ORG, RDF, VERRE
from graph.model.terms import NamedNode
from tests.sources.mapping.conftest import Say
from tests.sources.sheets import (
    ACME,
    BASE,
    BOLT,
    MINTER,
    SOURCE,
    about,
    run,
    source_graph,
    the,
    turtle,
    with_world,
)

COG = {**ACME, "org_id": "cog", "name": "Cog"}
COG_IRI = NamedNode(f"{BASE}id/organization/x/cog")


def test_a_company_with_all_that_a_row_can_say(say: Say) -> None:
    row = {
        **COG,
        "legal_name": "Cog Works",
        "legal_form": "nv",
        "enterprise_number": "BE 0403.170.701",
        "lei": "5493001KJTIIGC8Y1R12",
        "website": "www.cog.be",
        "founded": "2002",
        "activity_nl": "Maakt tandwielen",
        "activity_en": "Makes cogs",
        "activity_fr": "Fabrique des engrenages",
        "sector": "food; zeppelins",
        "nace": "28;25.93",
        "note": "Moved in 2017",
    }
    assert say(organizations=[row]) == turtle("""
        <#id/organization/be/0403170701> a org:Organization, verre:Company, org:FormalOrganization ;
            verre:organizationKind <code/organization-kind/company> ;
            rdfs:label "Cog" ; skos:prefLabel "Cog" ; verre:key "cog" ;
            rov:legalName "Cog Works" ; verre:legalForm "nv" ; verre:country country:BEL ;
            schema:foundingDate "2002"^^xsd:gYear ; schema:url <https://www.cog.be> ;
            verre:activity "Maakt tandwielen"@nl, "Makes cogs"@en, "Fabrique des engrenages"@fr ;
            verre:sector <#id/sector/food>, <#id/sector/zeppelins> ;
            rov:orgActivity nace:28, nace:2593 ;
            adms:identifier <#id/organization/be/0403170701/identifier/be-bce_kbo/0403170701>,
                <#id/organization/be/0403170701/identifier/xi-lei/5493001KJTIIGC8Y1R12> ;
            rov:registration <#id/organization/be/0403170701/identifier/be-bce_kbo/0403170701> ;
            verre:note "Moved in 2017"@en .
        <#id/organization/be/0403170701/identifier/be-bce_kbo/0403170701> a adms:Identifier ;
            skos:notation "0403170701" ; verre:scheme <#id/scheme/be-bce_kbo> .
        <#id/organization/be/0403170701/identifier/xi-lei/5493001KJTIIGC8Y1R12> a adms:Identifier ;
            skos:notation "5493001KJTIIGC8Y1R12" ; verre:scheme <#id/scheme/xi-lei> .
        <#id/sector/zeppelins> a verre:Sector, skos:Concept ; skos:notation "zeppelins" ;
            skos:prefLabel "zeppelins" ; rdfs:label "zeppelins" .
    """)


def test_nothing_is_invented_where_a_row_says_little(say: Say) -> None:
    row = {"org_id": "cog", "name": "Cog", "kind": "other", "source_id": "s1"}
    assert say(organizations=[row]) == turtle("""
        <#id/organization/x/cog> a org:Organization, verre:Company, org:FormalOrganization ;
            verre:organizationKind <code/organization-kind/other> ;
            rdfs:label "Cog" ; skos:prefLabel "Cog" ; verre:key "cog" .
    """)


@pytest.mark.parametrize(
    ("kind", "classes"),
    [
        ("company", {VERRE.Company, ORG.FormalOrganization}),
        ("subsidiary", {VERRE.Company, ORG.FormalOrganization}),
        ("parent", {VERRE.Company, ORG.FormalOrganization}),
        ("foreign-partner", {VERRE.Company, ORG.FormalOrganization}),
        ("other", {VERRE.Company, ORG.FormalOrganization}),
        ("chamber", {VERRE.SupportOrganization, ORG.FormalOrganization}),
        ("agency", {VERRE.SupportOrganization, ORG.FormalOrganization}),
        ("university", {VERRE.SupportOrganization, ORG.FormalOrganization}),
        ("government", {VERRE.SupportOrganization, ORG.FormalOrganization}),
        ("branch", {ORG.OrganizationalUnit}),
    ],
)
def test_classes_follow_the_kind(say: Say, kind: str, classes: set[NamedNode]) -> None:
    found = {t.object for t in say(organizations=[{**COG, "kind": kind}]) if t.predicate == RDF.type}
    assert found == classes | {ORG.Organization}


@pytest.mark.parametrize(
    ("branch_country", "row_country", "head", "foreign"),
    [
        ("JP", "", "acme", True),
        ("", "JP", "acme", True),
        ("BE", "", "acme", False),
        ("", "", "acme", False),
        ("JP", "", "bolt", False),
        ("BE", "", "bolt", True),
        ("", "ASIA", "acme", False),
    ],
)
def test_a_branch_is_foreign_where_its_country_is_not_that_of_its_head_office(
    say: Say, branch_country: str, row_country: str, head: str, foreign: bool
) -> None:
    branch = {**COG, "kind": "branch", "country": branch_country}
    tie = {
        "from_org": "cog",
        "relation": "branch_of",
        "to_org": head,
        "country": row_country,
        "source_id": "s1",
    }
    classes = {t.object for t in about(say(organizations=[branch], relations=[tie]), COG_IRI)}
    assert (VERRE.ForeignBranch in classes) == (ORG.Site in classes) == foreign
    assert ORG.OrganizationalUnit in classes
    assert VERRE.Company not in classes


def test_a_branch_without_a_head_office_is_foreign_abroad(say: Say) -> None:
    branch = {**COG, "kind": "branch", "country": "JP"}
    assert VERRE.ForeignBranch in {t.object for t in say(organizations=[branch])}


def test_a_municipality_is_a_main_site(say: Say) -> None:
    said = say(organizations=[{**COG, "municipality": "Genk", "postcode": "3600"}])
    site = the(said, ORG.Site).value
    expected = turtle(f"""
        <#id/organization/x/cog> org:hasSite <{site}> ; org:hasPrimarySite <{site}> .
        <{site}> a org:Site ; org:siteOf <#id/organization/x/cog> ;
            verre:siteFunction <code/site-function/main> ; verre:country country:BEL ;
            org:siteAddress <{site}/address> .
        <{site}/address> a locn:Address ; locn:postCode "3600" ; locn:postName "Genk" ; cv:adminUnit refnis:71016 .
    """)
    assert expected <= said
    assert site.startswith(f"{BASE}id/site/")
    assert "genk" not in site.lower()


def test_a_site_with_all_that_a_row_can_say(say: Say) -> None:
    row = {
        "org_id": "acme",
        "function": "seat",
        "name": "Head office",
        "country": "Japan",
        "municipality": "Tokyo",
        "since": "2018-02",
        "until": "2020",
        "note": "Rented",
        "source_id": "s1",
    }
    said = say(sites=[row])
    site = the(said, ORG.Site).value
    assert said == turtle(f"""
        <#id/organization/x/acme> org:hasSite <{site}> ; org:hasPrimarySite <{site}> ; org:hasRegisteredSite <{site}> .
        <{site}> a org:Site ; org:siteOf <#id/organization/x/acme> ; rdfs:label "Head office" ;
            verre:siteFunction <code/site-function/seat> ; verre:country country:JPN ;
            schema:startDate "2018-02"^^xsd:gYearMonth ; schema:endDate "2020"^^xsd:gYear ;
            verre:note "Rented"@en ; org:siteAddress <{site}/address> .
        <{site}/address> a locn:Address ; locn:postName "Tokyo" .
    """)


def test_a_site_of_which_a_source_says_only_that_it_is_elsewhere(say: Say) -> None:
    said = say(sites=[{"org_id": "acme", "function": "site", "outside_area": "limburg", "source_id": "s1"}])
    site = the(said, ORG.Site).value
    assert said == turtle(f"""
        <#id/organization/x/acme> org:hasSite <{site}> .
        <{site}> a org:Site ; org:siteOf <#id/organization/x/acme> ;
            verre:siteFunction <code/site-function/site> ; verre:outsideArea refnis:70000 .
    """)


@pytest.mark.parametrize(
    ("country", "municipality", "postcode", "known"),
    [
        ("BE", "Genk", "", True),
        ("BE", "Genk", "3600", True),
        ("BE", "Overpelt", "", True),
        ("", "Genk", "3600", True),
        ("", "Genk", "", False),
        ("NL", "Genk", "3600", False),
        ("BE", "Nergenshuizen", "", False),
    ],
)
def test_a_place_is_in_a_municipality_only_where_that_is_sure(
    say: Say, country: str, municipality: str, postcode: str, known: bool
) -> None:
    row = {
        "org_id": "acme",
        "function": "site",
        "country": country,
        "municipality": municipality,
        "postcode": postcode,
        "source_id": "s1",
    }
    said = say(sites=[row])
    address = about(said, the(said, LOCN.Address))
    assert any(t.predicate.value.endswith("adminUnit") for t in address) == known


def test_two_sources_on_one_place_name_one_site(tmp_path: Path) -> None:
    other = {**SOURCE, "source_id": "s2"}
    rows = [
        {**COG, "municipality": "Genk", "postcode": "3600"},
        {**COG, "municipality": "Genk", "source_id": "s2"},
    ]
    graphs = run(tmp_path, with_world(sources=[other], organizations=rows)).graphs
    assert the(source_graph(graphs, "s1"), ORG.Site) == the(source_graph(graphs, "s2"), ORG.Site)


@pytest.mark.parametrize(
    ("name_type", "more"),
    [
        ("alternative", ""),
        ("translation", ""),
        ("abbreviation", 'verre:abbreviation "ACM" ;'),
        ("trade", 'verre:tradeName "ACM" ;'),
        ("former", 'verre:formerName "ACM" ;'),
    ],
)
def test_other_names(say: Say, name_type: str, more: str) -> None:
    row = {"org_id": "acme", "name": "ACM", "name_type": name_type, "source_id": "s1"}
    assert say(names=[row]) == turtle(f'<#id/organization/x/acme> {more} skos:altLabel "ACM" .')


def test_a_name_has_a_language_only_where_the_row_gives_one(say: Say) -> None:
    row = {
        "org_id": "acme",
        "name": "Sommet",
        "name_type": "translation",
        "language": "fr",
        "source_id": "s1",
    }
    assert say(names=[row]) == turtle('<#id/organization/x/acme> skos:altLabel "Sommet"@fr .')


def test_a_person_in_a_role(say: Say) -> None:
    row = {
        "name": "An  Peeters",
        "org_id": "acme",
        "role_en": "keeper of zeppelins",
        "role_nl": "zeppelinwachter",
        "since": "2010",
        "until": "2015",
        "as_of": "2014-05",
        "source_id": "s1",
    }
    said = say(people=[row])
    who, role = the(said, FOAF.Person).value, the(said, ORG.Membership).value
    assert said == turtle(f"""
        <{who}> a foaf:Person ; foaf:name "An Peeters" ; rdfs:label "An Peeters" .
        <{role}> a org:Membership ; org:member <{who}> ; org:organization <#id/organization/x/acme> ;
            verre:roleName "zeppelinwachter"@nl, "keeper of zeppelins"@en ;
            schema:startDate "2010"^^xsd:gYear ; schema:endDate "2015"^^xsd:gYear ;
            prov:hadPrimarySource <#id/source/s1> ; verre:attested "2014-05"^^xsd:gYearMonth .
    """)
    assert "peeters" not in (who + role).lower()


def test_a_role_that_the_table_of_terms_knows_is_said_in_its_languages(say: Say) -> None:
    said = say(people=[{"name": "An Peeters", "org_id": "acme", "role_en": "chairman", "source_id": "s1"}])
    roles = {t.object for t in said if t.predicate == VERRE.roleName}
    assert roles == {
        t.object for t in turtle('<#x> verre:roleName "voorzitter"@nl, "chairman"@en, "président"@fr .')
    }


def test_who_is_the_same_person(tmp_path: Path) -> None:
    person = {"name": "An Peeters", "org_id": "acme", "role_en": "CEO", "source_id": "s1"}
    rows = {
        "same": {**person, "name": "AN PEETERS", "role_en": "chair"},
        "elsewhere": {**person, "org_id": "bolt"},
        "numbered": {**person, "person_id": "p7"},
        "numbered elsewhere": {**person, "person_id": "P7", "org_id": "bolt"},
    }

    def node(row: dict[str, str]) -> NamedNode:
        return the(source_graph(run(tmp_path, with_world(people=[row])).graphs), FOAF.Person)

    found = {name: node(row) for name, row in rows.items()}
    assert found["same"] == node(person)
    assert found["elsewhere"] != node(person)
    assert found["numbered"] != node(person)
    assert found["numbered"] == found["numbered elsewhere"]


def test_a_number_in_any_row_names_the_organization_everywhere(tmp_path: Path) -> None:
    """The second source does not give it, and a market row knows only the key."""
    rows = [{**ACME, "source_id": "s2", "enterprise_number": "0403.170.701"}]
    market = {"org_id": "acme", "market": "CN", "status": "active", "source_id": "s1"}
    tables = with_world(sources=[{**SOURCE, "source_id": "s2"}], organizations=rows, markets=[market])
    graphs = run(tmp_path, tables).graphs
    iri = MINTER.organization("acme", "0403170701")
    assert iri.value == f"{BASE}id/organization/be/0403170701"
    for source_id in ("s1", "s2"):
        assert about(source_graph(graphs, source_id), iri)
    everything = {term for triples in graphs.values() for t in triples for term in (t.subject, t.object)}
    assert MINTER.organization("acme") not in everything


def test_a_lei_names_an_organization_without_an_enterprise_number(say: Say) -> None:
    said = say(organizations=[{**COG, "lei": "5493001KJTIIGC8Y1R12"}])
    org = NamedNode(f"{BASE}id/organization/lei/5493001KJTIIGC8Y1R12")
    assert about(said, org)
    assert not [t for t in said if t.predicate.value.endswith("registration")]


def test_every_source_that_names_an_organization_mentions_it(tmp_path: Path) -> None:
    """In whatever role: exporter, partner, awarder, organizer, member, subject."""
    rows = {
        "markets": {"org_id": "acme", "market": "CN", "status": "active"},
        "relations": {"from_org": "bolt", "relation": "partner_of", "to_org": "acme"},
        "awards": {"org_id": "acme", "award": "X", "awarder": "bolt", "result": "winner"},
        "missions": {
            "mission_id": "m",
            "name_en": "M",
            "mission_type": "fair",
            "markets": "DE",
            "organizer": "acme;bolt",
        },
        "mission_participants": {"mission_id": "fair", "org_id": "acme"},
        "people": {"name": "P", "org_id": "acme", "role_en": "CEO"},
        "names": {"org_id": "acme", "name": "A", "name_type": "trade"},
        "sites": {"org_id": "acme", "function": "site", "country": "BE"},
        "figures": {"subject": "acme", "measure": "employees", "value": "1", "unit": "number"},
        "programmes": {"programme_id": "p", "name": "P", "org_id": "acme"},
        "needs": {"need_id": "n", "org_id": "acme", "need_en": "N"},
    }
    both = {"relations", "awards", "missions"}
    for table, row in rows.items():
        sources = [{**SOURCE, "source_id": "s2"}]
        tables = with_world(**{"sources": sources, table: [{**row, "source_id": "s2"}]})
        said = source_graph(run(tmp_path / table, tables).graphs, "s2")
        mentioned = {t.subject for t in said if t.predicate == RDF.type and t.object == ORG.Organization}
        named = [ACME, BOLT] if table in both else [ACME]
        assert mentioned == {MINTER.organization(org["org_id"]) for org in named}, table
