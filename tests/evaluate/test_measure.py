"""Ranks, hits and means, and the table that is printed of them."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from tests.evaluate.__main__ import BEGIN, END, PAGE, Run, report, write
from tests.evaluate.baselines import adamic_adar, pagerank, popularity
from tests.evaluate.measure import Line, Place, line, place, spread
from tests.evaluate.synthetic import Plan, Planted
from tests.evaluate.tasks import METHODS


def test_the_first_is_a_hit_and_ties_share() -> None:
    assert place({1: 0.9, 2: 0.5}, [1, 2, 3], 1) == Place(0, 1)
    tied = place({1: 0.5, 2: 0.5, 3: 0.9}, [1, 2, 3, 4], 1)
    assert tied == Place(1, 2)
    assert [tied.hit(at) for at in (1, 2, 3)] == [0, 0.5, 1]
    assert tied.reciprocal == pytest.approx((1 / 2 + 1 / 3) / 2)


def test_what_has_no_score_is_last_with_its_like() -> None:
    assert place({1: 0.9}, [1, 2, 3], 3) == Place(1, 2)


def test_means_and_spread() -> None:
    one = line([Place(0, 1), Place(4, 1)])
    assert one.hits == (0.5, 1.0, 1.0)
    assert one.mrr == pytest.approx(0.6)
    means, widths = spread([one, Line((0.7, 1.0, 1.0), 0.6)])
    assert means.hits[0] == pytest.approx(0.6)
    assert widths.hits[0] == pytest.approx(0.2 / 2**0.5)
    assert spread([one])[1] == Line((0.0, 0.0, 0.0), 0.0)


def test_the_baselines_are_those_of_the_textbooks() -> None:
    web: nx.Graph[int] = nx.Graph([(1, 2), (1, 3), (2, 4), (3, 4), (3, 5)])
    pool = [4, 5, 6]
    assert popularity(web, 1, pool) == {4: 2, 5: 1}
    expected = {node: value for _, node, value in nx.adamic_adar_index(web, [(1, 4), (1, 5)])}
    assert adamic_adar(web, 1, pool) == pytest.approx(expected)
    ranks = pagerank(web, 1, web)
    assert sum(ranks.values()) == pytest.approx(1, abs=1e-3)
    assert ranks[2] > ranks[4] > ranks[5]
    assert adamic_adar(web, 9, pool) == pagerank(web, 9, pool) == {}


def test_the_synthetic_graph_says_so_and_is_the_same_for_a_seed() -> None:
    small = Plan(clusters=2, companies=6, partners=4, markets=3)
    one, same, other = (Planted(seed, small).graphs() for seed in (1, 1, 2))
    assert one == same
    assert one != other
    named = [t.object.value for name, ts in one.items() if "synthetic" in name.value for t in ts if t.predicate.value.endswith("#label")]  # type: ignore[union-attr]  # fmt: skip
    assert len(named) == 10
    assert all(name.startswith("synthetic-") for name in named)


def lines(own: float, theirs: float) -> dict[str, Line]:
    return {name: Line((v, v, v), v) for name, v in zip(METHODS, (own, theirs, 0.1, 0.1), strict=True)}


def test_the_report_says_where_a_baseline_is_not_beaten() -> None:
    good, bad = Run("partners", 5, lines(0.9, 0.5)), Run("partners", 7, lines(0.5, 0.5))
    assert report([good], [[good]]).endswith("Every baseline is beaten in every figure.\n")
    text = report([good], [[bad], [bad]])
    assert "not better than popularity in hits at 1, hits at 5, hits at 10, MRR" in text
    assert "| Verre | 0.900 | 0.900 | 0.900 | 0.900 |" in text
    assert "0.500 ± 0.000" in text


def test_figures_are_written_between_their_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    write(page, "new\n")
    assert page.read_text("utf-8") == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"
    page.write_text("nothing", "utf-8")
    with pytest.raises(ValueError, match="no marks"):
        write(page, "new\n")


def test_the_page_has_the_tables_of_a_run() -> None:
    figures = PAGE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
    assert figures.count("| Verre |") == 4
    assert "Partnerships, real data" in figures
    assert "± " in figures
