"""Leases and the writer's lock, in one process."""

from __future__ import annotations

import gc
import os
import threading
import time
from pathlib import Path

import pytest

from graph.errors import Locked, NotFound
from graph.store.locks import Lease, WriterLock, claim


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "000001" / "lease"
    found.parent.mkdir()
    found.touch()
    return found


def is_free(path: Path) -> bool:
    with claim(path) as free:
        return free


def test_many_may_lease_and_each_lets_go_for_itself(path: Path) -> None:
    first, second = Lease(path), Lease(path)
    assert not is_free(path)
    first.close()
    assert not is_free(path)
    second.close()
    second.close()
    assert is_free(path)


def test_a_lease_ends_with_its_block_or_when_it_is_forgotten(path: Path) -> None:
    with Lease(path):
        assert not is_free(path)
    assert is_free(path)
    lease: Lease | None = Lease(path)
    assert not is_free(path)
    del lease
    gc.collect()
    assert is_free(path)


def test_leases_leave_no_open_files(path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(10):
        with Lease(path):
            pass
        is_free(path)
        with pytest.raises(NotFound):
            Lease(path.with_name("absent"))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_what_is_not_there_is_leased_by_nobody(path: Path) -> None:
    assert is_free(path.with_name("absent"))


def test_a_lease_waits_for_a_claim_and_sees_that_the_release_is_gone(path: Path) -> None:
    outcome: list[object] = []

    def lease() -> None:
        try:
            outcome.append(Lease(path))
        except NotFound as error:
            outcome.append(str(error))

    with claim(path) as free:
        assert free
        waiting = threading.Thread(target=lease)
        waiting.start()
        time.sleep(0.05)
        assert outcome == []
        path.rename(path.with_name("gone"))
    waiting.join()
    assert outcome == ["release 000001 is no longer kept"]


def test_the_writers_lock_names_its_holder_and_can_be_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    path.write_text("123456789012 an older and longer line\n")
    with WriterLock(path):
        assert path.read_text() == f"{os.getpid()}\n"
        with pytest.raises(Locked, match=f"process {os.getpid()} "):
            WriterLock(path)
        began = time.monotonic()
        with pytest.raises(Locked):
            WriterLock(path, wait=0.2)
        assert time.monotonic() - began >= 0.2
    with WriterLock(path, wait=0.2):
        pass
