from __future__ import annotations

import pytest

from graph.model import namespaces
from graph.model.namespaces import ORG, PREFIXES, code, region
from graph.model.terms import NamedNode


def test_terms_are_named_nodes() -> None:
    assert ORG.hasSite == NamedNode("http://www.w3.org/ns/org#hasSite")
    assert ORG["hasSite"] == ORG.hasSite


def test_codes_and_regions_are_written_as_the_model_says() -> None:
    assert (
        code("engagement-status", "targets").value == "https://w3id.org/verre/code/engagement-status/targets"
    )
    assert region("MIDDLE_EAST").value == "https://w3id.org/verre/code/region/middle-east"


def test_python_protocol_names_are_no_terms() -> None:
    with pytest.raises(AttributeError):
        ORG.__wrapped__  # noqa: B018


def test_prefixes_are_distinct_and_end_where_a_name_begins() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(iri.endswith(("/", "#")) for iri in PREFIXES.values())


def test_the_traps_of_the_field_are_avoided() -> None:
    # https for schema.org, www for the W3C's location vocabulary: look-alikes join nothing.
    assert namespaces.SCHEMA == "https://schema.org/"
    assert namespaces.LOCN == "http://www.w3.org/ns/locn#"
    assert namespaces.COUNTRY.startswith("http://")
