"""Engagements, figures, statistics, awards, missions, programmes, needs and sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model.namespaces import QB, VERRE
from graph.sources.importer import import_sheets
from tests.sources.mapping.conftest import Say
from tests.sources.sheets import (
    ACME,
    BASE,
    GOOD,
    MINTER,
    SOURCE,
    options,
    run,
    source_graph,
    the,
    turtle,
    with_world,
    write_folder,
)

PROVENANCE = 'prov:hadPrimarySource <#id/source/s1> ; verre:attested "2018-02-19"^^xsd:date'
ORG = "<#id/organization/x/acme>"


def test_an_engagement_with_all_that_a_row_can_say(say: Say) -> None:
    row = {
        "org_id": "acme",
        "market": "Vietnam",
        "status": "active",
        "product": "Zeppelin Parts",
        "since": "2015",
        "until": "2016-03-01",
        "as_of": "2016",
        "share_percent": "33.30",
        "share_of": "turnover",
        "value": "1500000",
        "currency": "EUR",
        "note": "By ship",
        "source_id": "s1",
    }
    said = say(markets=[row])
    node = the(said, VERRE.ExportEngagement).value
    assert said == turtle(f"""
        <{node}> a verre:ExportEngagement ; verre:exporter {ORG} ; verre:market country:VNM ;
            verre:product <#id/product/zeppelin-parts> ; verre:engagementStatus <code/engagement-status/active> ;
            schema:startDate "2015"^^xsd:gYear ; schema:endDate "2016-03-01"^^xsd:date ;
            prov:hadPrimarySource <#id/source/s1> ; verre:attested "2016"^^xsd:gYear ; verre:note "By ship"@en ;
            verre:figure <{node}/figure/share-of-turnover>, <{node}/figure/value> .
        <{node}/figure/share-of-turnover> a verre:Figure ; verre:measure <code/measure/share-of-turnover> ;
            verre:value 33.3 ; verre:unit <code/unit/percent> ; verre:period "2016"^^xsd:gYear .
        <{node}/figure/value> a verre:Figure ; verre:measure <code/measure/value> ;
            verre:value "1500000"^^xsd:decimal ; verre:period "2016"^^xsd:gYear ;
            verre:unit <http://publications.europa.eu/resource/authority/currency/EUR> .
        <#id/product/zeppelin-parts> a verre:Product, skos:Concept ; skos:notation "zeppelin-parts" ;
            skos:prefLabel "Zeppelin Parts" ; rdfs:label "Zeppelin Parts" .
    """)


def test_an_engagement_of_which_little_is_known(say: Say) -> None:
    said = say(markets=[{"org_id": "acme", "market": "ASIA", "status": "targets", "source_id": "s1"}])
    node = the(said, VERRE.ExportEngagement).value
    assert said == turtle(f"""
        <{node}> a verre:ExportEngagement ; verre:exporter {ORG} ; verre:market region:asia ;
            verre:engagementStatus <code/engagement-status/targets> ; {PROVENANCE} .
    """)


def test_without_any_date_nothing_is_attested(tmp_path: Path) -> None:
    source = {**SOURCE, "source_id": "s2", "date": ""}
    row = {"org_id": "acme", "market": "CN", "status": "targets", "source_id": "s2"}
    said = source_graph(run(tmp_path, with_world(sources=[source], markets=[row])).graphs, "s2")
    assert not [t for t in said if t.predicate == VERRE.attested]


def test_a_product_of_the_table_of_terms_is_labelled_there(say: Say) -> None:
    row = {
        "org_id": "acme",
        "market": "CN",
        "status": "active",
        "product": "Affligem beer",
        "source_id": "s1",
    }
    product = MINTER.thing("product", "affligem-beer")
    said = say(markets=[row])
    assert [t for t in said if t.object == product]
    assert not [t for t in said if t.subject == product]


def test_a_share_of_nobody_knows_what(say: Say) -> None:
    row = {"org_id": "acme", "market": "CN", "status": "active", "share_percent": "12", "source_id": "s1"}
    said = say(markets=[row])
    figure = the(said, VERRE.Figure).value
    assert turtle(f"<{figure}> verre:measure <code/measure/share> .") <= said
    assert not [t for t in said if str(t.subject).endswith("/measure/share>")]


def test_a_figure_on_an_organization(say: Say) -> None:
    row = {
        "subject": "acme",
        "measure": "Employees",
        "value": "250.0",
        "unit": "number",
        "period": "2016",
        "precision": "about",
        "note": "Staff",
        "source_id": "s1",
    }
    said = say(figures=[row])
    node = the(said, VERRE.Figure).value
    assert said == turtle(f"""
        {ORG} verre:figure <{node}> .
        <{node}> a verre:Figure ; verre:measure <code/measure/employees> ; verre:value "250"^^xsd:decimal ;
            verre:unit <code/unit/number> ; verre:period "2016"^^xsd:gYear ;
            verre:precision <code/precision/about> ; verre:note "Staff"@en .
    """)


def test_a_range_on_a_mission_with_a_measure_of_its_own(say: Say) -> None:
    row = {
        "subject": "fair",
        "measure": "stands",
        "min": "-1.5",
        "max": "0.0",
        "unit": "EUR",
        "source_id": "s1",
    }
    said = say(figures=[row])
    node = the(said, VERRE.Figure).value
    assert said == turtle(f"""
        <#id/mission/fair> verre:figure <{node}> .
        <{node}> a verre:Figure ; verre:measure <code/measure/stands> ; verre:min -1.5 ;
            verre:max "0"^^xsd:decimal ; verre:unit <http://publications.europa.eu/resource/authority/currency/EUR> .
        <code/measure/stands> rdfs:label "stands" .
    """)


def test_a_statistic(say: Say) -> None:
    row = {
        "area": "limburg",
        "indicator": "count of zeppelins",
        "period": "2021-H1",
        "market": "WORLD",
        "value": "865000000",
        "unit": "EUR",
        "change_percent": "-6.73",
        "precision": "just-over",
        "note": "Record",
        "source_id": "s1",
    }
    said = say(statistics=[row])
    node = the(said, QB.Observation).value
    assert said == turtle(f"""
        <{node}> a qb:Observation ; qb:dataSet <#id/dataset/statistics> ; verre:area refnis:70000 ;
            verre:indicator <#id/indicator/count-of-zeppelins> ; verre:period <#id/period/2021-H1> ;
            verre:partnerArea region:world ; verre:value "865000000"^^xsd:decimal ;
            verre:unit <http://publications.europa.eu/resource/authority/currency/EUR> ;
            verre:changePercent -6.73 ; verre:precision <code/precision/just-over> ; verre:note "Record"@en ;
            prov:hadPrimarySource <#id/source/s1> .
        <#id/period/2021-H1> a verre:Period ; skos:notation "2021-H1" ;
            schema:startDate "2021-01-01"^^xsd:date ; schema:endDate "2021-06-30"^^xsd:date .
        <#id/indicator/count-of-zeppelins> a verre:Indicator, skos:Concept ; skos:notation "count-of-zeppelins" ;
            skos:prefLabel "count of zeppelins" ; rdfs:label "count of zeppelins" .
    """)


@pytest.mark.parametrize(("area", "nis"), [("limburg", "70000"), ("Flanders", "02000"), ("belgium", "01000")])
def test_areas_of_statistics(say: Say, area: str, nis: str) -> None:
    said = say(statistics=[{"area": area, "indicator": "x", "change_percent": "1", "source_id": "s1"}])
    node = the(said, QB.Observation).value
    assert turtle(f"<{node}> verre:area refnis:{nis} .") <= said
    assert not [t for t in said if t.predicate in (VERRE.period, VERRE.value, VERRE.unit)]


def test_an_award_and_who_got_it(say: Say) -> None:
    row = {
        "org_id": "acme",
        "award": "Zeppelin of the Year",
        "awarder": "bolt",
        "year": "2019",
        "category": "airships",
        "result": "nominee",
        "note": "Jury prize",
        "source_id": "s1",
    }
    said = say(awards=[row])
    award, grant = the(said, VERRE.Award).value, the(said, VERRE.AwardGrant).value
    assert said == turtle(f"""
        <{award}> a verre:Award ; rdfs:label "Zeppelin of the Year" ; verre:edition "2019"^^xsd:gYear ;
            verre:category "airships"@en ; verre:awarder <#id/organization/x/bolt> .
        <{grant}> a verre:AwardGrant ; verre:recipient {ORG} ; verre:award <{award}> ;
            verre:awardResult <code/award-result/nominee> ; verre:note "Jury prize"@en ; {PROVENANCE} .
    """)


def test_words_of_awards_that_the_table_of_terms_knows(say: Say) -> None:
    row = {
        "org_id": "acme",
        "award": "Ambiorixprijs",
        "category": "born globals",
        "result": "winner",
        "source_id": "s1",
    }
    said = say(awards=[row])
    categories = {t.object.language for t in said if t.predicate == VERRE.category}  # type: ignore[union-attr]
    assert categories == {"nl", "en", "fr"}
    award = the(said, VERRE.Award)
    labels = {t.object.language for t in said if t.subject == award and t.predicate.value.endswith("label")}  # type: ignore[union-attr]
    assert labels == {"nl", "en", "fr"}


def test_winner_and_nominee_of_an_award_share_it(say: Say) -> None:
    row = {"org_id": "acme", "award": "X", "year": "2019", "result": "winner", "source_id": "s1"}
    one = the(say(awards=[row]), VERRE.Award)
    assert the(say(awards=[{**row, "org_id": "bolt", "result": "nominee"}]), VERRE.Award) == one
    assert the(say(awards=[{**row, "year": "2020"}]), VERRE.Award) != one


def test_a_mission_and_a_participant(say: Say) -> None:
    mission = {
        "mission_id": "m-japan",
        "name_nl": "Missie",
        "name_en": "Mission",
        "name_fr": "Mission",
        "mission_type": "outbound",
        "organizer": "acme;bolt",
        "start_date": "2019-11-17",
        "end_date": "2019-11-22",
        "markets": "JP;ASEAN",
        "sector": "food;zeppelins",
        "note": "Led by nobody",
        "source_id": "s1",
    }
    part = {
        "mission_id": "m-japan",
        "org_id": "acme",
        "state": "attended",
        "note": "Two people",
        "source_id": "s1",
    }
    said = say(missions=[mission], mission_participants=[part])
    node = the(said, VERRE.MissionParticipation).value
    assert said == turtle(f"""
        <#id/mission/m-japan> a verre:TradeMission ; rdfs:label "Missie"@nl, "Mission"@en, "Mission"@fr ;
            verre:key "m-japan" ; verre:missionType <code/mission-type/outbound> ;
            verre:destination country:JPN, region:asean ; schema:organizer {ORG}, <#id/organization/x/bolt> ;
            verre:sector <#id/sector/food>, <#id/sector/zeppelins> ;
            schema:startDate "2019-11-17"^^xsd:date ; schema:endDate "2019-11-22"^^xsd:date ;
            verre:note "Led by nobody"@en ; prov:hadPrimarySource <#id/source/s1> .
        <#id/sector/zeppelins> a verre:Sector, skos:Concept ; skos:notation "zeppelins" ;
            skos:prefLabel "zeppelins" ; rdfs:label "zeppelins" .
        <{node}> a verre:MissionParticipation ; verre:mission <#id/mission/m-japan> ; verre:participant {ORG} ;
            verre:participationState <code/participation-state/attended> ; verre:note "Two people"@en ; {PROVENANCE} .
    """)


def test_a_programme_and_a_need(say: Say) -> None:
    plan = {
        **GOOD["programmes"],
        "year": "2018",
        "aim_nl": "Groei",
        "aim_en": "Growth",
        "aim_fr": "Croissance",
    }
    need = {**GOOD["needs"], "need_nl": "Mensen vinden", "need_fr": "Trouver des gens", "as_of": "2018-02"}
    assert say(programmes=[plan], needs=[need]) == turtle(f"""
        <#id/programme/plan> a verre:Programme ; rdfs:label "The plan" ; verre:statedBy {ORG} ;
            verre:aim "Groei"@nl, "Growth"@en, "Croissance"@fr ; schema:startDate "2018"^^xsd:gYear ;
            prov:hadPrimarySource <#id/source/s1> .
        <#id/need/people> a verre:Need ; verre:statedBy {ORG} ;
            rdfs:label "Mensen vinden"@nl, "Finding people"@en, "Trouver des gens"@fr ;
            prov:hadPrimarySource <#id/source/s1> ; verre:attested "2018-02"^^xsd:gYearMonth .
    """)


def test_sources_stand_in_the_meta_graph(tmp_path: Path) -> None:
    rows = [
        {**SOURCE, "url": "https://paper.example.org/a", "title": "Export groeit", "language": "nl"},
        {"source_id": "s2", "publisher": "Nobody", "title": "Untold"},
    ]
    result = import_sheets([write_folder(tmp_path, {"sources": rows})], options())
    assert list(result.graphs) == [MINTER.meta]
    assert result.graphs[MINTER.meta] == turtle("""
        <#id/source/s1> a verre:Source, prov:Entity ; dcterms:title "Export groeit"@nl ;
            dcterms:publisher "The Paper" ; dcterms:issued "2018-02-19"^^xsd:date ; dcterms:language "nl" ;
            schema:url <https://paper.example.org/a> ; verre:graph <#graph/source/s1> ; verre:key "s1" ;
            dcterms:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> .
        <#id/source/s2> a verre:Source, prov:Entity ; dcterms:title "Untold" ; dcterms:publisher "Nobody" ;
            verre:graph <#graph/source/s2> ; verre:key "s2" ;
            dcterms:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> .
    """)


def test_graphs_hold_what_their_source_says_and_no_more(tmp_path: Path) -> None:
    rows = [{**ACME, "name": "Acme Ltd", "country": "NL", "source_id": "s2"}]
    graphs = run(tmp_path, with_world(sources=[{**SOURCE, "source_id": "s2"}], organizations=rows)).graphs
    assert set(graphs) == {MINTER.meta, MINTER.source_graph("s1"), MINTER.source_graph("s2")}
    assert turtle(
        '<#id/organization/x/acme> rdfs:label "Acme" ; verre:country country:BEL .'
    ) <= source_graph(graphs)
    assert source_graph(graphs, "s2") == turtle(f"""
        <{BASE}id/organization/x/acme> a org:Organization, verre:Company, org:FormalOrganization ;
            verre:organizationKind <code/organization-kind/company> ; verre:key "acme" ;
            rdfs:label "Acme Ltd" ; skos:prefLabel "Acme Ltd" ; verre:country country:NLD .
    """)
