"""How many readers fit."""

from __future__ import annotations

from graph.store.loader import budget

GIGABYTE = 2**30


def test_readers_beside_the_loader_take_a_share_of_what_it_holds() -> None:
    assert budget.readers(8 * GIGABYTE, 2 * GIGABYTE) == 5
    assert budget.readers(2 * GIGABYTE, 2 * GIGABYTE) == 0
    assert budget.readers(GIGABYTE, 2 * GIGABYTE) == 0


def test_a_small_release_is_mostly_processes() -> None:
    assert budget.readers(GIGABYTE, budget.estimate(0)) == (GIGABYTE - budget.SPARE) // int(
        1.55 * budget.SPARE
    )
    assert budget.estimate(10**6) - budget.estimate(0) == 10**6 * budget.STATEMENT


def test_what_a_process_holds_is_counted() -> None:
    before = budget.resident()
    ballast = bytearray(b"x") * (64 * 2**20)
    assert budget.resident() - before > 48 * 2**20
    assert len(ballast) == 64 * 2**20
