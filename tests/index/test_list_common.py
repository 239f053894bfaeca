"""What all lists share: pages, orders, languages, hostile input, and a fixed number of statements a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import pytest

from graph.errors import InputError, UnknownValue
from graph.index import CompanyFilter, Index, PageRequest
from graph.index.build import build
from graph.model.namespaces import RDFS, VERRE
from graph.model.terms import Literal
from tests.graphs import TODAY, World
from tests.index.conftest import Made
from tests.index.list_fixtures import HOSTILE, LISTS, Json, Odd, ask, facets, note, statements

SORTS = {
    "exporters": ("name", "status", "municipality"),
    "companies": ("name", "kind", "municipality", "country"),
    "markets": ("name", "code", "companies"),
    "partners": ("partner", "principal", "role", "since"),
    "people": ("name",),
    "awards": ("year", "award", "recipient", "result"),
    "missions": ("start", "label", "type"),
    "sources": ("date", "title", "publisher", "id"),
    "statistics": ("period", "indicator", "market", "area", "value"),
}
"""The orders of each list that the API describes."""

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "exporters": {
        "markets": ("x",),
        "statuses": ("x",),
        "sectors": ("x",),
        "products": ("x",),
        "municipalities": ("x",),
        "area_membership": ("x",),
        "partner_countries": ("x",),
        "presence_in": ("x",),
    },
    "companies": {
        "kinds": ("x",),
        "sectors": ("x",),
        "municipalities": ("x",),
        "countries": ("x",),
        "area_membership": ("x",),
    },
    "markets": {"kinds": ("x",)},
    "partners": {"markets": ("x",), "roles": ("x",), "organizations": ("x",)},
    "people": {"organizations": ("x",)},
    "awards": {"organizations": ("x",), "results": ("x",)},
    "missions": {"markets": ("x",), "types": ("x",), "organizations": ("x",)},
    "sources": {"organizations": ("x",)},
    "statistics": {"areas": ("x",), "indicators": ("x",), "periods": ("x",), "markets": ("x",)},
}
"""The fields of each filter that take a name of something."""

FIELDS = [(what, field) for what, fields in WORDS.items() for field in fields]
WITH_Q = [what for what in LISTS if what != "statistics"]


def many(size: int = 13) -> World:
    """A graph in which every list is longer than a page, with equal values to sort by."""
    world = World()
    voka = world.org("voka", "Voka", kind="chamber", country="BE")
    for number in range(size):
        world.says(f"t{number:02}", issued=str(2010 + number % 3), publisher=f"Paper {number % 2}")
        place = ("Genk", "Hasselt", None)[number % 3]
        org = world.org(
            f"c{number:02}", f"Company {number // 2}", country="BE", place=place, sectors=["food"]
        )
        world.engagement(
            org, ("CN", "JP", "ASIA")[number % 3], ("active", "targets")[number % 2], product="pears"
        )
        world.figure(org, "employees", number)
        world.partnership(org, voka, "customer", territory="CN")
        world.person(f"Person {number // 3} {number}", org, "CEO")
        world.grant(org, f"Prize {number % 2}", str(2015 + number % 2))
        trip = world.mission(f"m{number:02}", ["CN", "JP"], voka, start=str(2018 + number % 2))
        world.participation(trip, org)
        world.statistic("export", str(2000 + number // 2), number, ("CN", "JP")[number % 2])
    return world


def iris(items: list[Json]) -> list[str]:
    return [item["iri"] for item in items]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    path = tmp_path_factory.mktemp("common") / "index.db"
    build(many().view(), path, "r1")
    made = Index(path)
    yield made
    made.close()


@pytest.mark.parametrize("what", LISTS)
def test_pages_put_together_are_the_whole_list_in_every_order(index: Index, what: str) -> None:
    for key in ("", *SORTS[what], *(f"-{key}" for key in SORTS[what])):
        sort = (key,) if key else ()
        whole = ask(index, what, *sort)
        assert len(whole.items) == whole.total >= 13
        assert len(set(iris(whole.items))) == whole.total
        paged: list[str] = []
        for number in count(1):
            part = ask(index, what, *sort, page=(number, 4))
            assert part.total == whole.total
            assert len(part.items) == 4 or number == -(-whole.total // 4) or not part.items
            paged += iris(part.items)
            if not part.items:
                break
        assert paged == iris(whole.items), key


@pytest.mark.parametrize("what", LISTS)
def test_a_page_after_the_last_is_empty_and_still_tells_the_total(index: Index, what: str) -> None:
    found = ask(index, what, page=(1_000_000, 500))
    assert found.items == []
    assert found.total == ask(index, what).total
    assert found.facets == {}


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_page_is_never_longer_than_asked(index: Index, what: str, size: int) -> None:
    found = ask(index, what, page=(1, size))
    assert len(found.items) == min(size, found.total)


def test_a_page_knows_what_is_before_it() -> None:
    assert [PageRequest(page, size).offset for page, size in ((1, 50), (2, 50), (3, 7))] == [0, 50, 14]


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("key", ["size", "", "-", "--name", "iri; DROP TABLE company", "1", "NAME"])
def test_an_unknown_order_is_refused_by_name(index: Index, what: str, key: str) -> None:
    with pytest.raises(InputError) as caught:
        ask(index, what, key)
    (issue,) = caught.value.issues
    assert (issue.name, issue.value) == ("sort", key)
    assert all(known in issue.detail for known in SORTS[what])


@pytest.mark.parametrize(("what", "field"), FIELDS)
@pytest.mark.parametrize("text", ["", "nowhere to be found", *HOSTILE])
def test_an_unknown_value_is_refused_with_what_was_given(
    index: Index, what: str, field: str, text: str
) -> None:
    asked: dict[str, Any] = {field: (text,)}
    with pytest.raises(UnknownValue) as caught:
        ask(index, what, **asked)
    (issue,) = caught.value.issues
    assert issue.value == text
    assert repr(text) in issue.detail
    assert caught.value.detail.startswith(f"{issue.name}: ")


@pytest.mark.parametrize("what", WITH_Q)
@pytest.mark.parametrize("text", [*HOSTILE, "%", "_", "\\", "\x00", "a" * 5000, "'"])
def test_a_hostile_q_finds_nothing_and_harms_nothing(index: Index, what: str, text: str) -> None:
    before = ask(index, what).total
    wanted = {"EASTERN_ASIA"} if what == "markets" and text in {"_", "'"} else set()
    assert {item.get("code") for item in ask(index, what, q=text).items} == wanted
    assert ask(index, what).total == before


@pytest.mark.parametrize("what", LISTS)
def test_what_a_user_gives_is_bound_and_never_part_of_a_statement(
    index: Index, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = "qwertyuiop"
    asked: list[dict[str, Any]] = [{field: (marker,)} for field in WORDS[what]]
    if what != "statistics":
        asked.append({"q": marker})
    held = index._db._held()
    spied = _Spy(held.connection)
    monkeypatch.setattr(held, "connection", spied)
    for each in asked:
        with suppress(UnknownValue):
            ask(index, what, **each)
    assert spied.texts
    assert not [text for text in spied.texts if marker in text]
    assert any(marker in repr(values) for values in spied.bound) or what == "markets"


class _Spy:
    """A connection that keeps the statements and what was bound to them."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.texts: list[str] = []
        self.bound: list[object] = []

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        self.texts.append(sql)
        self.bound.append(parameters)
        return self._connection.execute(sql, parameters)


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("sorted_", [False, True])
def test_a_page_of_any_size_takes_as_many_statements(index: Index, what: str, sorted_: bool) -> None:
    ask(index, what)  # so that what is kept is there
    sort = SORTS[what][:1] if sorted_ else ()
    ran = []
    for size in (2, 13):
        with statements(index) as seen:
            assert len(ask(index, what, *sort, page=(1, size)).items) == size
        ran.append(len(seen))
    assert ran[0] == ran[1]
    assert ran[0] <= 20


@pytest.mark.parametrize("what", LISTS)
def test_more_facts_take_no_more_statements(indexed: Made, what: str) -> None:
    ran = []
    for size in (13, 26):
        index = indexed(many(size))
        with statements(index) as seen:
            facets(index, what)
        ran.append(len(seen))
    assert ran[0] == ran[1]


@pytest.mark.parametrize("what", LISTS)
def test_an_answer_is_json_in_each_language_and_no_other(index: Index, what: str) -> None:
    for lang in ("nl", "en", "fr"):
        found = ask(index, what, lang=lang)
        assert json.loads(json.dumps(found.items, allow_nan=False)) == found.items
    for lang in ("de", "", "nl; DROP TABLE concept", "m.iri"):
        if what != "sources":  # no text of theirs is in several languages
            with pytest.raises((ValueError, KeyError)):
                ask(index, what, lang=lang)


@pytest.mark.parametrize("what", LISTS)
def test_an_empty_graph_answers_with_empty_lists(indexed: Made, what: str) -> None:
    index = indexed(World())
    found = ask(index, what, page=(1, 10))
    if what == "markets":
        assert found.total == 14
    elif what == "sources":
        assert [item["mentions"] for item in found.items] == [0]
    else:
        assert (found.items, found.total) == ([], 0)
    assert all(
        not values for name, values in facets(index, what).items() if what not in {"markets", "sources"}
    )


def test_the_same_question_gets_the_same_answer_whatever_order_facts_came_in(indexed: Made) -> None:
    first, second = indexed(many()), indexed(many())
    for what in LISTS:
        assert ask(first, what).items == ask(second, what).items


def test_facets_have_labels_and_the_most_first(index: Index) -> None:
    found = index.companies(CompanyFilter(TODAY), PageRequest(facets=True), "fr").facets["municipality"]
    assert found == [
        {"value": "71016", "label": "Genk", "count": 5},
        {"value": "71022", "label": "Hasselt", "count": 4},
    ]


def test_a_need_in_one_language_is_no_list_of_its_own(indexed: Made) -> None:
    world = World()
    org = world.org("voka")
    need = Odd(world).need(org, Literal("Partners", language="fr"))
    world.fact(need, note("x"), (RDFS.comment, Literal("x")), (VERRE.aim, Literal("x")))
    (found,) = indexed(world).company("voka", "nl", TODAY)["needs"]
    assert (found["label"], found["language"]) == ("Partners", "fr")
