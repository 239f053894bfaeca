"""The words of cells are those of the ontology's code lists."""

from __future__ import annotations

import pytest

from graph import resources
from graph.model.namespaces import SKOS
from graph.model.terms import Literal, parse_turtle
from graph.sources.codes import AREAS, CODES
from graph.sources.mapping.relations import PARTNER_ROLES
from tests.sources.sheets import reference

LISTS = resources.ontologies() / "codelists"
OUR_OWN = {"relation", "share-of", "area", "access"}
"""Words of sheets only: they become something else in the graph."""


def notations(name: str) -> set[str]:
    triples = parse_turtle((LISTS / f"{name}.ttl").read_bytes())
    return {t.object.value for t in triples if t.predicate == SKOS.notation and isinstance(t.object, Literal)}


@pytest.mark.parametrize("name", sorted(set(CODES) - OUR_OWN))
def test_every_word_is_in_the_code_list(name: str) -> None:
    assert set(CODES[name]) <= notations(name)


@pytest.mark.parametrize("name", sorted(set(CODES) - OUR_OWN - {"unit", "engagement-status", "measure"}))
def test_every_code_can_be_written(name: str) -> None:
    assert notations(name) <= set(CODES[name])


def test_roles_of_partners_are_in_their_list() -> None:
    assert set(PARTNER_ROLES.values()) <= notations("partner-role")


def test_areas_are_those_of_the_reference_table() -> None:
    assert set(CODES["area"]) == set(AREAS)
    for key, nis in AREAS.items():
        assert reference().find_area(key).nis == nis


def test_shares_have_a_measure_each() -> None:
    assert {f"share-of-{word}" for word in CODES["share-of"]} <= set(CODES["measure"])
