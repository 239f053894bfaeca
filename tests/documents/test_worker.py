"""The process that sets one document: what it says of each way in which it can end, and what is heard of it."""

from __future__ import annotations

import io
import resource
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.documents import Job, Press, worker
from graph.errors import QueryFailed, QueryTimeout, QueryTooLarge, VerreError
from graph.settings import Settings
from tests.documents.test_press import data

JOB: dict[str, Any] = {"format": "pdf", "memory": 2**31}


def failing(error: BaseException) -> Any:
    def make(*_: Any) -> list[bytes]:
        raise error

    return make


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), {"error": "memory"}),
        (ImportError("failed to map segment"), {"error": "memory"}),
        (ModuleNotFoundError("No module named 'typst'"), {"error": "failed", "detail": "No module named 'typst'"}),
        (RuntimeError(f"panicked with: {worker.PAGES!r}"), {"error": "pages"}),
        (RuntimeError("x" * 9000), {"error": "failed", "detail": "x" * 2000}),
    ],
)  # fmt: skip
def test_each_failure_has_its_word(
    monkeypatch: pytest.MonkeyPatch, error: Exception, told: dict[str, str]
) -> None:
    monkeypatch.setattr(worker, "made", failing(error))
    answer, pages = worker.answer(JOB)
    assert {name: answer[name] for name in told} == told
    assert pages == []


def test_only_a_letter_that_cannot_be_read_aloud_makes_it_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def make(job: dict[str, Any], standards: tuple[str, ...]) -> list[bytes]:
        asked.append(standards)
        if standards:
            raise RuntimeError(job["why"])
        return [b"%PDF"]

    monkeypatch.setattr(worker, "made", make)
    assert worker.tried({**JOB, "why": "PDF/UA-1 error: no glyph"}) == [b"%PDF"]
    assert asked == [("ua-1",), ()]
    with pytest.raises(RuntimeError, match="unknown variable"):
        worker.tried({**JOB, "why": "unknown variable"})
    assert len(asked) == 3


def test_it_takes_its_limit_before_it_begins_and_counts_what_it_writes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[Any] = []
    monkeypatch.setattr(resource, "setrlimit", lambda kind, limit: done.append((kind, limit)))

    def make(*_: Any) -> list[bytes]:
        done.append("made")
        return [b"one\n", b"two"]

    monkeypatch.setattr(worker, "made", make)
    taken = io.BytesIO()
    worker.main(io.BytesIO(orjson.dumps({**JOB, "memory": 77})), taken)
    assert done == [
        (resource.RLIMIT_AS, (77, 77)),
        (resource.RLIMIT_CORE, (0, 0)),
        "made",
    ]
    assert taken.getvalue() == b'{"lengths":[4,3]}\none\ntwo'


def stand_in(folder: Path, script: str) -> str:
    """A program in the place of Python."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("script", "error", "setting", "said"),
    [
        ("exec sleep 600", QueryTimeout, "document_timeout", "VERRE_DOCUMENT_TIMEOUT"),
        ("cat >/dev/null; kill -KILL $$", QueryTooLarge, "document_memory", "VERRE_DOCUMENT_MEMORY"),
        ("cat >/dev/null; exit 3", QueryFailed, None, "ended with 3"),
        ("""cat >/dev/null; printf '{"lengths":[9]}\\nhalf'""", QueryFailed, None, "before it was done"),
        ("cat >/dev/null; echo Traceback", QueryFailed, None, "before it was done"),
    ],
)
async def test_a_process_that_dies_or_hangs_is_told_of_with_its_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, error: type[VerreError], setting: str | None, said: str
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "executable", stand_in(tmp_path, script))
    setter = Press(Settings.model_validate({"document_timeout": 0.2 if "sleep" in script else 20}))
    with pytest.raises(error) as found:
        await setter.make(Job("exportplan", data("Line")))
    assert getattr(found.value, "setting", None) == setting
    assert said in str(found.value) or said.removeprefix("VERRE_").lower() == setting
    assert not setter._children


@pytest.mark.anyio
async def test_the_next_document_is_made_as_if_nothing_had_happened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    setter = Press(Settings(document_processes=1, document_queue=0))
    real = sys.executable
    monkeypatch.setattr(sys, "executable", stand_in(tmp_path, "kill -ABRT $$"))
    with pytest.raises(QueryTooLarge):
        await setter.make(Job("exportplan", data("Line")))
    monkeypatch.setattr(sys, "executable", real)
    assert (await setter.make(Job("exportplan", data("Line")))).startswith(b"%PDF")
