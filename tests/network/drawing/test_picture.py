"""What stands where: words away from the middle, marks before their market, one line for several relations."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import pytest

from graph.network import Network
from graph.network.drawing.captions import caption
from graph.network.drawing.picture import MARK, Link, Picture, Thing, picture


def network(*edges: tuple[str, str, dict[str, Any]], kinds: dict[str, str] | None = None) -> Network:
    """A network of edges around `a`; what begins with M is a market."""
    made: Network = nx.MultiDiGraph(starts=["a"], day="2026-06-01", lang="en", truncated=False)
    names = dict.fromkeys(["a", *(end for edge in edges for end in edge[:2])])
    for name in names:
        kind = (kinds or {}).get(name, "market" if name.startswith("M") else "company")
        made.add_node(name, iri=name, ref=name, label=f"Label {name}", kind=kind, depth=int(name != "a"))
    for number, (a, b, facts) in enumerate(edges):
        told = {"kind": "partnership", "label": "partner", "weight": 0.8, "ended": False, "sources": []}
        made.add_edge(a, b, key=str(number), **(told | facts))
    return made


def engagement(status: str, **more: Any) -> dict[str, Any]:
    return {"kind": "engagement", "label": f"is {status}", "status": status, "weight": 0.5, **more}


def thing(drawn: Picture, iri: str) -> Thing:
    return next(each for each in drawn.things if each.iri == iri)


def link(drawn: Picture, a: str, b: str) -> Link:
    return next(each for each in drawn.links if {each.source, each.target} == {a, b})


def test_what_ties_a_thing_to_the_start_is_written_under_it() -> None:
    drawn = picture(network(("a", "b", {"label": "distributor"}), ("b", "c", {"label": "customer"})))
    assert thing(drawn, "b").words == ["distributor"]
    assert thing(drawn, "a").words == thing(drawn, "c").words == []
    assert link(drawn, "a", "b").word is None
    word = link(drawn, "b", "c").word
    assert word is not None
    assert word.text == "customer"


def test_several_relations_of_two_are_one_line_that_tells_all() -> None:
    drawn = picture(
        network(
            ("a", "b", {"label": "weak", "weight": 0.2}),
            ("b", "a", {"label": "strong", "since": "2015", "weight": 0.9}),
        )
    )
    (line,) = drawn.links
    assert line.said == "strong"
    assert line.title == "Label b – strong (2015) – Label a; Label a – weak – Label b"


def test_what_goes_on_is_stronger_than_what_is_over() -> None:
    drawn = picture(
        network(("a", "M", engagement("leading", ended=True)), ("a", "M", engagement("targets", weight=0.2)))
    )
    assert drawn.links[0].mark == "targets"
    assert not drawn.links[0].over
    over = picture(network(("a", "M", engagement("leading", ended=True))))
    assert over.links[0].mark == "withdrawn"
    assert over.marks == ["withdrawn"]
    assert thing(over, "M").over


def test_a_mark_stands_before_its_market_on_its_line() -> None:
    drawn = picture(network(("a", "M", engagement("active"))))
    line, market = drawn.links[0], thing(drawn, "M")
    away = max(abs(line.at[0] - market.x) - market.half[0], abs(line.at[1] - market.y) - market.half[1])
    assert 0 < away < 14
    assert math.dist(line.at, line.end) < 10
    assert math.dist(line.start, (thing(drawn, "a").x, thing(drawn, "a").y)) > thing(drawn, "a").half[0]


def test_words_stand_on_the_side_that_looks_away_from_the_middle() -> None:
    drawn = picture(network(*(("a", f"b{number}", {}) for number in range(10))))
    middle = thing(drawn, "a")
    assert middle.middle
    assert not middle.above
    for each in drawn.things:
        if not each.middle and abs(each.y - middle.y) > 40:
            assert each.above is (each.y < middle.y)
            line = each.lines[0]
            assert (line.y < each.y) is each.above


def test_a_market_has_its_name_inside() -> None:
    drawn = picture(network(("a", "M", engagement("targets"))))
    market = thing(drawn, "M")
    assert market.inside
    for line in market.lines:
        left, top, right, bottom = line.box
        assert market.x - market.half[0] < left < right < market.x + market.half[0]
        assert market.y - market.half[1] < top < bottom < market.y + market.half[1]


def test_a_thing_tied_to_itself_has_no_line() -> None:
    drawn = picture(network(("a", "a", {}), ("a", "b", {})))
    assert [(line.source, line.target) for line in drawn.links] == [("a", "b")]


def test_everything_is_within_the_picture() -> None:
    drawn = picture(network(*(("a", f"b{number}", {"label": "x" * number}) for number in range(25))))
    for each in drawn.things:
        for left, top, right, bottom in (line.box for line in each.lines):
            assert left >= 0
            assert top >= 0
            assert right <= drawn.width
            assert bottom <= drawn.height


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_things_can_be_drawn_as_well(count: int) -> None:
    made = network(*(("a", f"b{number}", {}) for number in range(count)))
    assert len(picture(made).things) == count + 1


def sources(*found: tuple[str, str | None]) -> list[dict[str, Any]]:
    return [
        {"id": f"s{n}", "title": "T", "publisher": who, "date": when} for n, (who, when) in enumerate(found)
    ]


@pytest.mark.parametrize(
    ("lang", "title", "size"),
    [
        ("nl", "Netwerk van Label a", "2 knopen, 1 relaties op 2026-06-01."),
        ("en", "Network of Label a", "2 nodes, 1 relations on 2026-06-01."),
        ("fr", "Réseau de Label a", "2 nœuds, 1 relations au 2026-06-01."),
    ],
)
def test_the_caption_speaks_three_languages(lang: str, title: str, size: str) -> None:
    made = network(("a", "b", {"sources": sources(("The Paper", "2018-02"), ("The Paper", None))}))
    made.graph["lang"] = lang
    told = caption(made, picture(made), 600)
    assert told.title == title
    assert told.description.startswith(size)
    assert "The Paper (2018-02); The Paper." in told.description


def test_the_caption_says_that_there_is_more() -> None:
    made = network(("a", "b", {}))
    assert "There is more" not in caption(made, picture(made), 600).description
    made.graph["truncated"] = True
    assert "There is more than is shown here." in caption(made, picture(made), 600).description


def test_many_sources_are_counted_and_many_starts_listed() -> None:
    made = network(("a", "b", {"sources": sources(*((f"P{n}", None) for n in range(9)))}))
    made.graph["starts"] = ["a", "b"]
    told = caption(made, picture(made), 600)
    assert told.title == "Network of Label a and Label b"
    assert told.description.endswith("P5; and 3 more.")


def test_the_legend_explains_what_is_there_and_nothing_else() -> None:
    made = network(
        ("a", "M", engagement("targets")), ("a", "p", {"kind": "membership"}), kinds={"p": "person"}
    )
    told = caption(made, picture(made), 600)
    assert [(key.what, key.name) for key in told.keys] == [
        ("node", "company"),
        ("node", "person"),
        ("node", "market"),
        ("line", "partnership"),
        ("line", "membership"),
        ("mark", "targets"),
    ]
    assert all(key.line.x + key.line.length <= 600 for key in told.keys)
    narrow = caption(made, picture(made), 200)
    assert len({key.y for key in narrow.keys}) > len({key.y for key in told.keys})
    assert narrow.foot > told.foot


def test_a_ring_and_a_disc_at_one_market_stay_apart() -> None:
    edges = [(f"c{number}", "M", engagement("targets" if number % 2 else "active")) for number in range(9)]
    drawn = picture(network(("a", "M", engagement("active")), *edges))
    spots = [each.at for each in drawn.links if each.mark]
    assert len(spots) == 10
    near = min(math.dist(one, other) for place, one in enumerate(spots) for other in spots[:place])
    assert near >= 2 * MARK
