"""The command: a whole run of Verre on a tiny graph, and what it is made of."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from tests.bench.__main__ import arguments, chosen, load_peers, main, merge
from tests.bench.clients import Client, Reply
from tests.bench.engines import ENGINES, Data, Engine, Loaded, Oxigraph, Rdflib, Virtuoso
from tests.bench.prepared import keep, take
from tests.bench.report import Run
from tests.bench.watch import family

LINES = '<x:a> <x:b> <x:c> <x:g> .\n<x:a> <x:b> <x:c> <x:h> .\n<x:a> <x:b> "a <x> b" <x:g> .\n'


@pytest.fixture
def data(tmp_path: Path) -> Data:
    """Three quads, two triples."""
    quads, merged = tmp_path / "release.nq", tmp_path / "merged.nq"
    quads.write_text(LINES, "utf-8")
    merge(quads, merged)
    return Data(quads, quads, merged, 3)


def test_the_merge_stands_behind_the_quads_each_triple_once(data: Data) -> None:
    added = data.merged.read_text("utf-8").removeprefix(LINES)
    assert added == '<x:a> <x:b> "a <x> b" .\n<x:a> <x:b> <x:c> .\n'


def test_every_engine_is_asked_for_by_default() -> None:
    options = arguments([])
    assert options.engines.split(",") == list(ENGINES)
    assert options.clients == "1,8,32"


def test_verre_is_always_there_and_first(tmp_path: Path) -> None:
    engines, absent = chosen("rdflib,verre", 1_000, tmp_path, 2**30)
    assert [engine.name for engine in engines] == ["verre", "rdflib"]
    assert absent == {}


def test_rdflib_is_not_asked_to_hold_ten_millions(tmp_path: Path) -> None:
    engines, absent = chosen("rdflib", 10_000_000, tmp_path, 2**30)
    assert [engine.name for engine in engines] == ["verre"]
    assert "1,000,000" in absent["rdflib"]


def test_what_is_not_installed_is_said_to_be_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    engines, absent = chosen("oxigraph,virtuoso", 1_000, tmp_path, 2**30)
    assert [engine.name for engine in engines] == ["verre"]
    assert "install the package oxigraph" in absent["oxigraph"]
    assert "virtuoso-opensource-7-bin" in absent["virtuoso"]


def test_a_peer_that_cannot_load_is_absent_with_its_reason(tmp_path: Path, data: Data) -> None:
    class Broken(Rdflib):
        """Ends at once."""

        def command(self, port: int, deadline: float) -> list[str]:
            return [sys.executable, "-c", "raise SystemExit('no room')"]

    verre, broken = ENGINES["verre"](tmp_path / "v", 2**30), Broken(tmp_path / "b", 2**30)
    engines: list[Engine] = [verre, broken]
    run = Run(1, 1, 1, 1, 1)
    load_peers(run, engines, data)
    assert engines == [verre]
    assert "no room" in run.absent["rdflib"]


@pytest.mark.parametrize("kind", [Rdflib, Oxigraph, Virtuoso], ids=lambda kind: kind.name)
def test_each_peer_answers_from_the_merge(
    kind: Callable[[Path, int], Engine], tmp_path: Path, data: Data
) -> None:
    engine = kind(tmp_path / "engine", 2**31)
    if reason := engine.absent():
        if os.environ.get("CI"):
            pytest.fail(f"CI needs it: {reason}")
        pytest.skip(reason)
    engine.load(data)
    engine.start(5)
    client = Client(engine.url, 30)
    try:
        reply = client.ask(engine.ask("SELECT ?c WHERE { <x:a> <x:b> ?c }"))
        named = client.ask(engine.ask("SELECT ?g WHERE { GRAPH ?g { <x:a> <x:b> <x:c> } }"))
    finally:
        client.close()
        engine.stop()
    # Virtuoso's union counts a triple once a graph, the others once
    copies = 2 if kind is Virtuoso else 1
    assert sorted(_values(reply, "c")) == ["a <x> b", *["x:c"] * copies]
    assert sorted(_values(named, "g")) == ["x:g", "x:h"]
    assert engine.version() != "unknown"


def test_a_whole_run_measures_verre_and_leaves_nothing(tmp_path: Path) -> None:
    output, temporary = tmp_path / "table.md", tmp_path / "temporary"
    temporary.mkdir()
    words = [
        "--size",
        "4000",
        "--engines",
        "verre-memory",
        "--seconds",
        "0.1",
        "--values",
        "2",
        "--clients",
        "1,2",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", *words, "--hostile", "1", "--output", str(output)],
        capture_output=True,
        check=False,
        env=_environment(temporary),
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert output.read_text("utf-8") == done.stdout
    assert "failed (" not in done.stdout
    assert "| verre | " in done.stdout
    assert "p50 of the peer / p50 of verre-memory" in done.stdout
    assert "| matches: partners | " in done.stdout
    assert "| neighbourhoods | " in done.stdout
    assert all(f"| page: {kind} | " in done.stdout for kind in ("home", "exporters", "company", "market"))
    assert re.search(
        r"The list index has \d+ MB of the \d+ MB of the release; making it whole takes [\d.]+ s", done.stdout
    )
    assert "| verre, median of the next 6 | " in done.stdout
    assert list(temporary.iterdir()) == []


def test_rdflib_is_given_a_new_child_and_need_not_load_again(tmp_path: Path, data: Data) -> None:
    many = "".join(f"<x:{n}> <x:b> <x:{n % 7}> .\n" for n in range(3000))
    data.merged.write_text(many, "utf-8")
    (tmp_path / "rdflib").mkdir()
    engine = Rdflib(tmp_path / "rdflib", 2**30)
    engine.load(data)
    engine.start(10)
    assert engine.server is not None
    try:
        process = engine.server.process.pid
        hopeless = engine.ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        with closing(Client(engine.url, 0.3)) as client:
            assert not client.ask(hopeless).good
        (before,) = family(process)[1:]
        engine.renew(10)
        with closing(Client(engine.url, 30)) as client:
            assert client.ask(engine.ask("ASK { <x:1> ?b ?c }")).good
        (after,) = family(process)[1:]
        assert engine.server.process.pid == process
        assert after != before
    finally:
        engine.stop()


def test_a_folder_is_taken_from_again_with_what_its_loads_took(tmp_path: Path, data: Data) -> None:
    first = Run(10_000, 20_000, 7, 10, 2)
    first.loads = {
        "verre": Loaded(1.0, 2.0, 3, 4.0, 5),
        "verre-memory": ENGINES["verre-memory"](tmp_path, 1).load(data),
    }
    keep(tmp_path, first, data)
    engines, _ = chosen("verre-memory,rdflib", 10_000, tmp_path, 2**30)
    second = Run(10_050, 0, 7, 10, 2)
    assert take(tmp_path, second, engines, 10_050) == Data(
        data.source, data.source.with_name("release.nq"), data.merged, 10_000
    )
    assert (second.size, second.whole, second.loads["verre"]) == (10_000, 20_000, first.loads["verre"])
    assert math.isnan(second.loads["verre-memory"].load)
    assert [engine.name for engine in engines] == ["verre", "verre-memory"]
    assert "rdflib" in second.absent


def test_a_folder_of_another_graph_is_not_taken(tmp_path: Path, data: Data) -> None:
    keep(tmp_path, Run(10_000, 20_000, 7, 10, 2), data)
    with pytest.raises(RuntimeError, match="10,000 quads of seed 7"):
        take(tmp_path, Run(10_000, 0, 8, 10, 2), [], 10_000)
    assert take(tmp_path / "new", Run(10_000, 0, 8, 10, 2), [], 10_000) is None


def test_a_size_that_is_none_is_refused_before_anything_is_made() -> None:
    with pytest.raises(ValueError, match="huge"):
        main(["--size", "huge"])


def _values(reply: Reply, variable: str) -> list[str]:
    return [row[variable]["value"] for row in orjson.loads(reply.body)["results"]["bindings"]]


def _environment(temporary: Path) -> dict[str, str]:
    return os.environ | {"TMPDIR": str(temporary)}
