"""A network that someone has put together: expanded, with a path, narrowed down, and never more than it may be."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import NotFound
from graph.index import Index
from graph.network import Limits, Network
from graph.network.paths import PathLimits
from graph.network.view import View, counts, gather, narrow, sources, word, years
from tests.graphs import World
from tests.index.conftest import Made
from tests.network.conftest import named, tied

EVERY = (Limits(), PathLimits(paths=1))


def gathered(index: Index, view: View, limits: tuple[Limits, PathLimits] = EVERY, **more: Any) -> Network:
    return gather(index, view, limits, lang="en", **more)


@pytest.fixture(scope="module")
def chain(indexed: Made) -> Index:
    """Acme, its partner, the partner's partner and so on; both first ones sell in China, Acme since 1999."""
    world = World()
    acme, near, far = (world.org(name, name.title()) for name in ("acme", "near", "far"))
    world.partnership(acme, near)
    world.partnership(near, far)
    world.partnership(near, world.org("other", "Other"))
    world.ownership(near, world.org("daughter", "Daughter"))
    world.engagement(acme, "CN", "active", since="1999")
    world.engagement(acme, "JP", "targets")
    world.engagement(near, "CN", "targets", since="2018-02")
    return indexed(world)


def test_nothing_more_is_the_neighbourhood(chain: Index) -> None:
    found = gathered(chain, View(("acme",)))
    assert named(found) == {("company", "acme"), ("company", "near"), ("market", "CN"), ("market", "JP")}
    assert found.graph["truncated"] is False
    assert "paths" not in found.graph


def test_a_thing_is_expanded_by_all_its_relations_or_by_one_kind(chain: Index) -> None:
    whole = gathered(chain, View(("acme",), expand=("near",)))
    assert {("Near", "partnership", "Far"), ("Near", "ownership", "Daughter")} <= tied(whole)
    some = gathered(chain, View(("acme",), expand=("ownership~near",)))
    assert ("Near", "ownership", "Daughter") in tied(some)
    assert ("Near", "partnership", "Far") not in tied(some)
    assert whole.nodes[next(iri for iri in whole if iri.endswith("/near"))]["depth"] == 1


def test_an_expansion_that_the_filter_leaves_out_adds_nothing(chain: Index) -> None:
    only = (Limits(relations=("partnership",)), PathLimits())
    found = gathered(chain, View(("acme",), expand=("ownership~near",)), only)
    assert tied(found) == {("Acme", "partnership", "Near")}


def test_a_path_is_added_and_told(chain: Index) -> None:
    found = gathered(chain, View(("acme",), ends=("acme", "far")))
    (way,) = found.graph["paths"]
    assert [found.nodes[iri]["label"] for iri in way["nodes"]] == ["Acme", "Near", "Far"]
    assert ("Near", "partnership", "Far") in tied(found)


def test_where_there_is_no_path_both_ends_are_there_all_the_same(chain: Index) -> None:
    found = gathered(chain, View(("acme",), ends=("acme", "market:KR")))
    assert found.graph["paths"] == []
    assert ("market", "KR") in named(narrow(found, View(("acme",))))


def test_no_more_nodes_than_there_may_be(chain: Index) -> None:
    tight = (Limits(nodes=3), PathLimits())
    found = gathered(chain, View(("acme",), expand=("near",)), tight)
    assert len(found) == 3
    assert found.graph["truncated"] is True
    exact = gathered(chain, View(("far",)), (Limits(nodes=2), PathLimits()))
    assert exact.graph["truncated"] is False


@pytest.mark.parametrize(
    ("view", "name"),
    [
        (View(("nobody",)), "of"),
        (View(("acme",), expand=("nobody",)), "expand"),
        (View(("acme",), expand=("branch~nobody",)), "expand"),
        (View(("acme",), ends=("acme", "nobody")), "to"),
        (View(("acme",), ends=("nobody", "acme")), "from"),
    ],
)
def test_what_is_not_known_is_told_by_its_parameter(chain: Index, view: View, name: str) -> None:
    with pytest.raises(NotFound) as error:
        gathered(chain, view)
    assert error.value.issues[0].name == name


def test_statuses_leave_other_relations_alone(chain: Index) -> None:
    view = View(("acme",), status=frozenset({"targets"}))
    found = narrow(gathered(chain, view), view)
    assert tied(found) == {
        ("Acme", "partnership", "Near"),
        ("Acme", "engagement", "Japan"),
        ("Near", "engagement", "China"),
    } & tied(gathered(chain, view))
    assert ("Acme", "engagement", "China") not in tied(found)


def test_what_is_hidden_goes_with_what_then_hangs_on_nothing(chain: Index) -> None:
    view = View(("acme",), expand=("near",), hide=frozenset({"near", "market:JP", "nobody"}))
    found = narrow(gathered(chain, view), view)
    assert named(found) == {("company", "acme"), ("market", "CN")}


def test_a_market_is_not_hidden_by_an_organization_of_its_name(indexed: Made) -> None:
    world = World()
    world.engagement(world.org("acme", "Acme"), "JP", "active")
    view = View(("acme",), hide=frozenset({"JP"}))
    assert ("market", "JP") in named(narrow(gathered(indexed(world), view), view))


def test_only_what_a_source_says(real: Index) -> None:
    whole = gathered(real, View(("luminex",)))
    told = sources(whole)
    assert [n for _, n in told] == sorted((n for _, n in told), reverse=True)
    least, count = told[-1]
    view = View(("luminex",), source=frozenset({str(least["id"])}))
    found = narrow(whole, view)
    assert found.number_of_edges() == count
    assert all(least["id"] in {s["id"] for s in facts["sources"]} for *_, facts in found.edges(data=True))
    assert set(whole.graph["starts"]) <= set(found)


def test_the_filters_do_not_change_what_they_are_made_from(chain: Index) -> None:
    whole = gathered(chain, View(("acme",)))
    before = whole.number_of_edges()
    narrow(whole, View(("acme",), hide=frozenset({"near"})))
    assert whole.number_of_edges() == before


def test_words_of_addresses_lead_back_to_the_same_thing(real: Index) -> None:
    found = gathered(real, View(("luminex", "m-japan", "market:JP"), expand=()))
    for iri, facts in found.nodes(data=True):
        if facts["kind"] != "award":
            assert gathered(real, View((word(facts),))).graph["starts"] == [iri]


def test_what_begins_is_counted_by_year_and_by_kind(chain: Index) -> None:
    found = gathered(chain, View(("acme", "near")))
    assert years(found) == {1999: 1, 2018: 1}
    assert counts(found, "status") == {"active": 1, "targets": 2}
    assert counts(found, "kind")["engagement"] == 3
