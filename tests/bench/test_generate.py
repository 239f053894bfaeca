"""The synthetic graph: the same each time, valid, skewed, in the layout of the model, and nobody's."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from stdnum import lei as lei_checks
from stdnum.be import vat

from graph import resources
from graph.build import base_graphs
from graph.index import Index
from graph.index.build import build
from graph.inference import infer
from graph.model.iris import Minter
from graph.quality import check
from graph.settings import Settings
from graph.sources.reference import Reference
from graph.store.dump import load
from graph.store.view import Graphs, GraphView, memory_view
from tests.bench import pools
from tests.bench.generate import MARKETS_OF_A_COMPANY, SIZES, generate, main, quads_of, write

QUADS = 6_000
TODAY = date(2026, 1, 1)
STATUS = re.compile(r"#engagementStatus> <\S+/engagement-status/(\w+)>")
MARKET = re.compile(r"#market> <(\S+)>")


@pytest.fixture(scope="module")
def text() -> str:
    """A small graph as N-Quads."""
    return "".join(generate(QUADS))


@pytest.fixture(scope="module")
def large() -> str:
    """One that is large enough to count on."""
    return "".join(generate(60_000))


@pytest.fixture(scope="module")
def graphs(text: str) -> Graphs:
    """The small graph, read by the product's own reader."""
    return load(io.BytesIO(text.encode()), "nquads")


@pytest.fixture(scope="module")
def view(graphs: Graphs) -> GraphView:
    """The small graph with reference, vocabulary and what is inferred, as a release has it."""
    minter = Minter()
    whole = base_graphs(Settings(), Reference.load(resources.data() / "reference")) | graphs
    return memory_view(whole | {minter.inferred: infer(memory_view(whole), minter, TODAY)})


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path, text: str) -> None:
    path = tmp_path / "synthetic.nq"
    subprocess.run(
        [sys.executable, "-m", "tests.bench.generate", "--size", str(QUADS), str(path)],
        check=True,
        capture_output=True,
        env=os.environ | {"PYTHONHASHSEED": "7"},
    )
    assert path.read_text("utf-8") == text


def test_another_seed_gives_another_graph(text: str) -> None:
    assert "".join(generate(QUADS, seed=2)) != text


@pytest.mark.parametrize("quads", [4_000, 20_000, 60_000])
def test_the_size_is_what_was_asked(quads: int) -> None:
    lines = sum(piece.count("\n") for piece in generate(quads))
    assert quads <= lines <= quads + 300


def test_each_line_is_one_quad_of_its_own(text: str, graphs: Graphs) -> None:
    assert len(text.splitlines()) == sum(len(triples) for triples in graphs.values())


def test_graphs_come_one_after_the_other(text: str) -> None:
    names = [line.rsplit(" ", 2)[1] for line in text.splitlines()]
    turns = [name for name, before in zip(names, [None, *names], strict=False) if name != before]
    assert len(turns) == len(set(turns))
    assert all("/graph/source/synthetic-" in name or name.endswith("/graph/meta>") for name in turns)


def test_the_shapes_and_hygiene_find_nothing(view: GraphView) -> None:
    report = check(view, resources.ontologies())
    assert [str(finding) for finding in report.findings] == []


def test_the_index_takes_it(view: GraphView, tmp_path: Path, text: str) -> None:
    path = tmp_path / "index.sqlite"
    build(view, path, "000001")
    counts = Index(path).counts()
    assert counts["engagements"] == text.count("ns#ExportEngagement>")
    assert counts["partnerships"] == text.count("ns#Partnership>")
    assert counts["sources"] == text.count("ns#Source>")


def test_every_kind_of_thing_is_there(large: str) -> None:
    for kind in (
        "ns#Company", "ns#ForeignBranch", "ns#SupportOrganization", "ns#ExportEngagement", "ns#Partnership",
        "ns#Ownership", "org#ChangeEvent", "org#Membership", "ns#AwardGrant", "ns#Award", "ns#TradeMission",
        "ns#MissionParticipation", "ns#Figure", "ns#Source", "cube#Observation", "ns#Sector", "ns#Product",
        "foaf/0.1/Person", "adms#Identifier", "locn#Address",
    ):  # fmt: skip
        assert f"{kind}>" in large, kind


def test_markets_and_statuses_are_skewed_as_promised(large: str) -> None:
    statuses = Counter(STATUS.findall(large))
    markets = Counter(MARKET.findall(large))
    total = statuses.total()
    assert statuses.keys() == pools.STATUSES.keys()
    assert abs(statuses["active"] / total - 0.55) < 0.05
    assert markets.most_common(1)[0][0].endswith("/DEU")
    assert markets.most_common(1)[0][1] > 8 * total / len(markets)
    assert any("/code/region/" in market for market in markets)
    assert max(MARKETS_OF_A_COMPANY) == 8


def test_sources_speak_of_the_same_companies(large: str) -> None:
    named = Counter(
        re.findall(r"^(<\S+>) \S+type> <http://www.w3.org/ns/org#Organization> ", large, re.MULTILINE)
    )
    assert max(named.values()) > 1


def test_every_name_says_that_it_is_synthetic(large: str) -> None:
    names = re.findall(r"(?:label|prefLabel|foaf/0\.1/name|title|publisher)> \"([^\"]*)\"", large)
    assert len(names) > 1_000
    assert [name for name in names if not name.startswith("Synthetic ")] == []


def test_no_real_company_is_in_it(large: str) -> None:
    with (resources.data() / "organizations.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    labels = set(re.findall(r'label> "([^"]*)"', large))
    assert len(rows) > 10
    for row in rows:
        assert row["name"] not in labels
        assert f"/organization/x/{row['org_id']}>" not in large
        for number in (row["enterprise_number"], row["lei"]):
            assert not number or number not in large


def test_numbers_pass_their_check_and_were_never_given(large: str) -> None:
    enterprise = re.findall(r"/organization/be/(\d+)> \S+prefLabel>", large)
    issued = re.findall(r"/organization/lei/(\w+)> \S+prefLabel>", large)
    assert enterprise
    assert issued
    assert all(pools.enterprise_number(int(number[:8])) == number for number in enterprise)
    assert all(
        int(number[:8]) < 2_000_000 and 97 - int(number[:8]) % 97 == int(number[8:]) for number in enterprise
    )
    assert all(lei_checks.is_valid(value) and value.startswith("SYNT") for value in issued)
    assert vat.is_valid(pools.enterprise_number(1_999_999))


def test_write_says_how_many_quads_there_are(tmp_path: Path) -> None:
    path = tmp_path / "synthetic.nq"
    assert write(path, 4_000) == len(path.read_text("utf-8").splitlines())


def test_the_command_says_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "synthetic.nq"
    monkeypatch.setattr(sys, "argv", ["generate", "--size", "4000", str(path)])
    main()
    assert capsys.readouterr().err.endswith(f"synthetic quads in {path}\n")


@pytest.mark.parametrize(
    ("size", "quads"), [("100k", 100_000), ("1M", 1_000_000), ("10m", SIZES["10m"]), ("5", 5)]
)
def test_sizes_have_names(size: str, quads: int) -> None:
    assert quads_of(size) == quads


def test_a_size_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="many"):
        quads_of("many")
