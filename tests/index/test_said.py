"""What one source says of organizations, and nothing that only others say."""

from __future__ import annotations

from graph.index import Index, PageRequest
from tests.graphs import TODAY, World
from tests.index.conftest import Made

ALL = PageRequest(1, 100)


def world() -> World:
    made = World()
    own, other = made.org("own", country="BE"), made.org("other")
    made.engagement(own, "CN", "active", until="2010")
    made.partnership(own, other, "distributor")
    made.ownership(own, other, share=60)
    made.person("Ann", own, "CEO")
    made.says("s2", issued="2020")
    made.engagement(made.named(own), "JP", "targets")
    made.person("Ben", own, "CFO")
    return made


def test_each_fact_stands_with_the_source_that_states_it(indexed: Made) -> None:
    index = indexed(world())
    one, two = (index.source(ref, "en", ALL, TODAY)["said"] for ref in ("s1", "s2"))
    assert [(e["company"]["id"], e["market"]["code"], e["ended"]) for e in one["engagements"]] == [
        ("own", "CN", True)
    ]
    assert [e["market"]["code"] for e in two["engagements"]] == ["JP"]
    assert [(p["partner"]["id"], p["role"]) for p in one["partnerships"]] == [("other", "distributor")]
    assert [(o["owner"]["id"], o["owned"]["id"], o["share"]) for o in one["ownerships"]] == [
        ("own", "other", 60)
    ]
    assert [each["name"] for each in one["people"]] == ["Ann"]
    assert [each["name"] for each in two["people"]] == ["Ben"]
    assert two["partnerships"] == two["ownerships"] == []


def test_what_others_say_may_outweigh_it(indexed: Made) -> None:
    made = World()
    own = made.org("own")
    made.engagement(own, "CN", "active")
    made.says("s2", issued="2020")
    made.engagement(made.named(own), "CN", "withdrawn")
    (told,) = indexed(made).source("s1", "en", ALL, TODAY)["said"]["engagements"]
    assert told["outweighed"]


def test_a_page_holds_some_organizations_and_counts_all(indexed: Made) -> None:
    made = World()
    for number in range(5):
        made.engagement(made.org(f"org-{number}"), "CN", "active")
    index: Index = indexed(made)
    first, last = (index.source("s1", "en", PageRequest(page, 2), TODAY) for page in (1, 3))
    assert (first["mentions"], [each["id"] for each in first["organizations"]]) == (5, ["org-0", "org-1"])
    assert [each["company"]["id"] for each in last["said"]["engagements"]] == ["org-4"]
    assert "said" not in index.source("s1", "en")
    assert len(index.source("s1", "en")["organizations"]) == 5
