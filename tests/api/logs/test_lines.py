"""Log lines: whole, in order, from several processes, through renaming, and with no disk."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from api.logs.lines import HELD, Lines, Record

BIG = 2**20


def read(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def everything(folder: Path, stem: str = "some") -> list[Any]:
    """What all files of a log say, the oldest first."""
    return [record for path in sorted(folder.glob(f"{stem}-*.log")) for record in read(path)] + read(
        folder / f"{stem}.log"
    )


def started(path: Path | None, most: int = BIG, keep: int = 3, **more: Any) -> Lines:
    lines = Lines(path, most, keep, **more)
    lines.start()
    return lines


def test_each_record_is_a_line_in_order(tmp_path: Path) -> None:
    lines = started(tmp_path / "logs" / "some.log")
    for number in range(1000):
        lines.put({"n": number, "text": "line\nend é"})
    lines.close()
    assert [record["n"] for record in read(tmp_path / "logs" / "some.log")] == list(range(1000))
    assert read(tmp_path / "logs" / "some.log")[0]["text"] == "line\nend é"


def test_a_line_is_there_soon_without_closing(tmp_path: Path) -> None:
    lines = started(tmp_path / "some.log")
    lines.put({"n": 1})
    deadline = time.monotonic() + 10
    while not (tmp_path / "some.log").exists() or not read(tmp_path / "some.log"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    lines.close()


def test_lines_gather_unless_one_is_urgent(tmp_path: Path) -> None:
    lines = started(tmp_path / "some.log", gather=600.0)
    lines.put({"n": 1})
    time.sleep(0.2)
    assert not (tmp_path / "some.log").exists()
    lines.put({"n": 2}, urgent=True)
    deadline = time.monotonic() + 10
    while not (tmp_path / "some.log").exists() or len(read(tmp_path / "some.log")) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    lines.put({"n": 3})
    lines.close()
    assert [record["n"] for record in read(tmp_path / "some.log")] == [1, 2, 3]


def test_others_may_not_read_it(tmp_path: Path) -> None:
    lines = started(tmp_path / "some.log")
    lines.put({"n": 1})
    lines.close()
    assert (tmp_path / "some.log").stat().st_mode & 0o007 == 0


def test_nothing_is_kept_before_the_start_nor_after_the_end(tmp_path: Path) -> None:
    lines = Lines(tmp_path / "some.log", BIG, 3)
    lines.put({"n": 1})
    lines.start()
    lines.put({"n": 2})
    lines.close()
    lines.put({"n": 3})
    lines.close()
    assert read(tmp_path / "some.log") == [{"n": 2}]


def test_what_is_left_to_do_is_done_in_the_thread(tmp_path: Path) -> None:
    def finish(record: Record) -> Record:
        return {"n": record["n"] * 2}

    lines = started(tmp_path / "some.log", finish=finish)
    lines.put({"n": 21})
    lines.close()
    assert read(tmp_path / "some.log") == [{"n": 42}]


def test_a_file_that_has_grown_is_put_aside_and_old_ones_go(tmp_path: Path) -> None:
    lines = started(tmp_path / "some.log", most=4096, keep=2)
    for number in range(60):
        lines.put({"n": number, "fill": "x" * 400})
        time.sleep(0.002)
    lines.close()
    aside = sorted(tmp_path.glob("some-*.log"))
    assert len(aside) == 2
    assert all(4096 <= path.stat().st_size < 4096 + 40 * 450 for path in aside)
    numbers = [record["n"] for record in everything(tmp_path)]
    assert numbers == list(range(numbers[0], 60))
    assert numbers[0] > 0


def test_a_file_that_somebody_moved_is_begun_anew(tmp_path: Path) -> None:
    lines = started(tmp_path / "some.log")
    lines.put({"n": 1})
    while not (tmp_path / "some.log").exists():
        time.sleep(0.01)
    time.sleep(0.05)
    (tmp_path / "some.log").rename(tmp_path / "moved.log")
    lines.put({"n": 2})
    lines.close()
    assert read(tmp_path / "moved.log") == [{"n": 1}]
    assert read(tmp_path / "some.log") == [{"n": 2}]


def test_a_file_that_another_process_put_aside_is_not_put_aside_again(tmp_path: Path) -> None:
    path = tmp_path / "some.log"
    lines = Lines(path, BIG, 3)
    lines._append(b"{}\n")
    path.rename(tmp_path / "some-20261123T120000.000000Z.log")
    path.write_text("what the other one writes now")
    lines._put_aside(path)
    lines._shut()
    assert path.read_text() == "what the other one writes now"
    assert len(list(tmp_path.iterdir())) == 2


WRITER = """
import sys
import time
from pathlib import Path
from api.logs.lines import Lines
lines = Lines(Path(sys.argv[1]), 20_000, 1000)
lines.start()
for number in range(400):
    lines.put({"who": sys.argv[2], "n": number, "fill": "x" * 200})
    if number % 20 == 0:
        time.sleep(0.002)
lines.close()
"""


def test_several_processes_write_and_rename_and_lose_no_line(tmp_path: Path) -> None:
    path = tmp_path / "some.log"
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(who)], cwd=Path(__file__).parents[3])
        for who in range(3)
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    found = everything(tmp_path)
    assert len(list(tmp_path.glob("some-*.log"))) > 3
    for who in "012":
        assert sorted(record["n"] for record in found if record["who"] == who) == list(range(400))


def test_a_disk_that_takes_no_write_costs_lines_and_one_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "logs").write_text("no folder")
    lines = started(tmp_path / "logs" / "some.log")
    with caplog.at_level(logging.WARNING, "verre.api"):
        for number in range(5):
            lines.put({"n": number})
            time.sleep(0.02)
        lines.close()
    assert lines.lost == 5
    assert len(caplog.records) == 1
    assert "cannot be written" in caplog.text


def test_a_line_cut_short_spoils_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = Lines(tmp_path / "some.log", BIG, 3)
    real = os.write
    failing = [True]

    def write(descriptor: int, data: bytes) -> int:
        if failing:
            failing.clear()
            real(descriptor, data[:4])
            raise OSError(28, "No space left on device")
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", write)
    for number in (1, 2):
        lines._held.append({"n": number})
        lines._write_held()
    assert (tmp_path / "some.log").read_text("utf-8").splitlines() == ['{"n"', '{"n":2}']
    assert lines.lost == 1


def test_memory_has_an_end(tmp_path: Path) -> None:
    lines = started(tmp_path / "some.log", gather=1.0)
    for number in range(HELD + 10):
        lines.put({"n": number})
    lines.close()
    assert lines.lost == 10
    assert len(read(tmp_path / "some.log")) == HELD


def test_standard_error_takes_lines_too(tmp_path: Path) -> None:
    code = "from api.logs.lines import Lines; l = Lines(None, 10, 1); l.start(); l.put({'n': 1}); l.close()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert done.stderr == b'{"n":1}\n'
