from __future__ import annotations

from pathlib import Path

import pytest

from graph.model.terms import NamedNode
from graph.settings import Settings
from graph.store.locks import WriterLock
from graph.store.releases import Releases
from tests.cli.conftest import Verre
from tests.cli.test_ask import Shell

GRAPH = "https://w3id.org/verre/graph/edit/ann"
ADD = f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:a> <urn:p> "x", "y" }} }}'
HALF = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:e> a <https://w3id.org/verre/ns#ExportEngagement> }} }}"
UNDESCRIBED = (
    f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:unit> <http://www.w3.org/ns/org#unitOf> <urn:nobody> }} }}"
)


def current(home: Path) -> str | None:
    return Releases(home).current_name()


def test_an_update_is_a_text_a_file_or_standard_input(
    verre: Verre, shell: Shell, built: Path, tmp_path: Path
) -> None:
    done = verre("update", ADD)
    assert (done.exit_code, done.stdout) == (0, "release 000002: 2 added, 0 removed\n"), done.stderr
    path = tmp_path / "take away.ru"
    path.write_text(ADD.replace("INSERT", "DELETE"), "utf-8")
    assert verre("update", path).stdout == "release 000003: 0 added, 2 removed\n"
    assert shell("update", "-", stdin=ADD.encode()).stdout == b"release 000004: 2 added, 0 removed\n"
    assert verre("update", ADD).stdout == "release 000004: nothing changed\n"
    assert len(list(Releases(built).get("000004").open().triples(NamedNode(GRAPH)))) == 2


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("no-such-file.ru", 3, "neither a file nor an update"),
        ("x" * 5000, 3, "cannot be read"),
        ("INSERT DATA { <urn:a> <urn:p> 1 }", 3, "the merge of all graphs"),
        ("LOAD <http://127.0.0.1:1/>", 5, "LOAD is not allowed"),
        (HALF, 3, "An export engagement has one exporter."),
    ],
)
def test_what_cannot_be_done_has_its_exit_code(
    verre: Verre, built: Path, text: str, code: int, words: str
) -> None:
    result = verre("update", text)
    assert (result.exit_code, words in result.stderr) == (code, True), result.stderr
    assert (result.stdout, current(built)) == ("", "000001")


def test_warnings_pass_where_that_is_asked_for(verre: Verre, built: Path) -> None:
    refused = verre("update", UNDESCRIBED)
    assert (refused.exit_code, current(built)) == (3, "000001")
    assert "handling=lenient" in refused.stderr
    done = verre("update", UNDESCRIBED, "--lenient")
    assert (done.exit_code, done.stdout) == (1, "release 000002: 1 added, 0 removed\n")
    assert "warning party-kind: <urn:nobody>" in done.stderr


def test_it_waits_for_others_only_so_long(verre: Verre, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERRE_WRITE_LOCK_WAIT", "0.1")
    assert Settings().write_lock_wait == 0.1
    with WriterLock(built / "writer.lock"):
        result = verre("update", ADD)
    assert (result.exit_code, "is writing" in result.stderr) == (6, True), result.stderr


def test_a_slow_update_is_stopped(verre: Verre, built: Path) -> None:
    join = " ".join(f"?a{number} ?b{number} ?c{number} ." for number in range(20))
    text = f"INSERT {{ GRAPH <{GRAPH}> {{ ?a0 ?b0 ?c19 }} }} WHERE {{ {join} FILTER(CONCAT(STR(?a0), STR(?a19)) = 'never') }}"
    result = verre("update", text, "--timeout", "0.3")
    assert (result.exit_code, "VERRE_UPDATE_TIMEOUT" in result.stderr) == (5, True), result.stderr
