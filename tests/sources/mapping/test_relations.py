"""Relation words, each read in its direction."""

from __future__ import annotations

import pytest

from graph.model.namespaces import ORG, RDF, VERRE
from graph.model.terms import Triple
from graph.sources.codes import CODES
from tests.sources.mapping.conftest import Say
from tests.sources.sheets import BASE, the, turtle

ROW = {"from_org": "bolt", "to_org": "acme", "source_id": "s1"}
PROVENANCE = 'prov:hadPrimarySource <#id/source/s1> ; verre:attested "2018-02-19"^^xsd:date'
ACME, BOLT = "<#id/organization/x/acme>", "<#id/organization/x/bolt>"


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("distributor_of", "distributor"),
        ("customer_of", "customer"),
        ("supplier_of", "supplier"),
        ("partner_of", "partner"),
        ("joint_venture_with", "joint-venture"),
    ],
)
def test_a_partner_of_a_principal(say: Say, word: str, role: str) -> None:
    row = {
        **ROW,
        "relation": word,
        "country": "Japan",
        "since": "2015",
        "until": "2017-06",
        "exclusivity": "sole",
        "note": "For pumps",
    }
    said = say(relations=[row])
    node = the(said, VERRE.Partnership).value
    assert said == turtle(f"""
        <{node}> a verre:Partnership ; verre:principal {ACME} ; verre:partner {BOLT} ;
            verre:partnerRole <code/partner-role/{role}> ; verre:territory country:JPN ;
            verre:exclusivity <code/exclusivity/sole> ; verre:note "For pumps"@en ;
            schema:startDate "2015"^^xsd:gYear ; schema:endDate "2017-06"^^xsd:gYearMonth ; {PROVENANCE} .
    """)
    assert node.startswith(f"{BASE}id/partnership/")


@pytest.mark.parametrize(
    ("word", "owner", "owned", "kind"),
    [
        ("subsidiary_of", ACME, BOLT, "subsidiary"),
        ("parent_of", BOLT, ACME, "subsidiary"),
        ("financed_by", ACME, BOLT, "investment"),
    ],
)
def test_an_owner_and_what_it_owns(say: Say, word: str, owner: str, owned: str, kind: str) -> None:
    said = say(relations=[{**ROW, "relation": word, "share_percent": "96.850", "basis": "shares"}])
    node = the(said, VERRE.Ownership).value
    assert said == turtle(f"""
        <{node}> a verre:Ownership ; verre:owner {owner} ; verre:owned {owned} ;
            verre:ownershipKind <code/ownership-kind/{kind}> ; verre:basis <code/relation-basis/shares> ;
            verre:shareExact 96.85 ; {PROVENANCE} .
    """)


def test_a_basis_is_unknown_unless_it_is_said_and_a_share_may_be_a_range(say: Say) -> None:
    said = say(relations=[{**ROW, "relation": "subsidiary_of", "share_min": "50", "share_max": "75"}])
    node = the(said, VERRE.Ownership).value
    assert said == turtle(f"""
        <{node}> a verre:Ownership ; verre:owner {ACME} ; verre:owned {BOLT} ;
            verre:ownershipKind <code/ownership-kind/subsidiary> ; verre:basis <code/relation-basis/unknown> ;
            verre:shareMin "50"^^xsd:decimal ; verre:shareMax "75"^^xsd:decimal ; {PROVENANCE} .
    """)


def test_a_takeover_is_an_event_and_an_ownership_from_then_on(say: Say) -> None:
    said = say(relations=[{**ROW, "relation": "acquired_by", "since": "2019-03", "note": "All shares"}])
    change, ownership = the(said, ORG.ChangeEvent).value, the(said, VERRE.Ownership).value
    assert said == turtle(f"""
        <{ownership}> a verre:Ownership ; verre:owner {ACME} ; verre:owned {BOLT} ;
            verre:ownershipKind <code/ownership-kind/acquisition> ; verre:basis <code/relation-basis/unknown> ;
            schema:startDate "2019-03"^^xsd:gYearMonth ; verre:note "All shares"@en ; {PROVENANCE} .
        <{change}> a org:ChangeEvent ; verre:changeType <code/change-type/takeover> ;
            org:originalOrganization {BOLT} ; verre:acquirer {ACME} ; verre:resultingOwnership <{ownership}> ;
            dcterms:date "2019-03"^^xsd:gYearMonth ; verre:note "All shares"@en ; {PROVENANCE} .
    """)


def test_a_branch_is_a_unit_of_its_head_office_and_owns_nothing(say: Say) -> None:
    row = {**ROW, "relation": "branch_of", "country": "KR", "since": "2018", "until": "2020", "note": "Small"}
    assert say(relations=[row]) == turtle(f"""
        {BOLT} org:unitOf {ACME} ; verre:hostCountry country:KOR ; schema:startDate "2018"^^xsd:gYear ;
            schema:endDate "2020"^^xsd:gYear ; verre:note "Small"@en ;
            verre:attested "2018-02-19"^^xsd:date .
    """)


def test_the_host_country_is_what_the_same_source_gives_the_branch(say: Say) -> None:
    assert say(relations=[{**ROW, "relation": "branch_of"}]) == turtle(
        f'{BOLT} org:unitOf {ACME} ; verre:hostCountry country:JPN ; verre:attested "2018-02-19"^^xsd:date .'
    )


def test_an_organization_can_be_a_member(say: Say) -> None:
    said = say(relations=[{**ROW, "relation": "member_of", "since": "2001"}])
    node = the(said, ORG.Membership).value
    assert said == turtle(f"""
        <{node}> a org:Membership ; org:member {BOLT} ; org:organization {ACME} ;
            schema:startDate "2001"^^xsd:gYear ; {PROVENANCE} .
    """)


def test_the_moment_of_the_row_goes_before_the_date_of_its_source(say: Say) -> None:
    said = say(relations=[{**ROW, "relation": "partner_of", "as_of": "2016"}])
    node = the(said, VERRE.Partnership).value
    assert turtle(f'<{node}> verre:attested "2016"^^xsd:gYear .') <= said
    assert len([t for t in said if t.predicate == VERRE.attested]) == 1


def test_direction_counts(say: Say) -> None:
    one = the(say(relations=[{**ROW, "relation": "subsidiary_of"}]), VERRE.Ownership)
    swapped = {**ROW, "from_org": "acme", "to_org": "bolt", "relation": "subsidiary_of"}
    assert the(say(relations=[swapped]), VERRE.Ownership) != one


OWN = {VERRE.Partnership, VERRE.Ownership, ORG.ChangeEvent, ORG.Membership}


def nodes(said: set[Triple]) -> set[object]:
    """The relation nodes of one row."""
    return {t.subject for t in said if t.predicate == RDF.type and t.object in OWN}


def test_every_word_between_the_same_two_has_nodes_of_its_own(say: Say) -> None:
    """Also "parent of" and "subsidiary of", though both are an ownership between the same two."""
    found = [nodes(say(relations=[{**ROW, "relation": word}])) for word in CODES["relation"]]
    assert len(set().union(*found)) == sum(map(len, found)) == len(CODES["relation"])


@pytest.mark.parametrize("word", [word for word in CODES["relation"] if word != "branch_of"])
@pytest.mark.parametrize(
    "difference",
    [
        {"country": "JP"},
        {"since": "2011"},
        {"until": "2011"},
        {"as_of": "2011"},
        {"from_org": "acme", "to_org": "bolt"},
    ],
    ids=str,
)
def test_every_part_of_the_key_counts(say: Say, word: str, difference: dict[str, str]) -> None:
    row = {**ROW, "relation": word}
    assert not nodes(say(relations=[row])) & nodes(say(relations=[{**row, **difference}]))
