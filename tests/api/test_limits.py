"""Buckets: how much a client may ask, by address, in bounded memory."""

from __future__ import annotations

import pytest

from api import limits
from api.limits import Buckets, Limited, network


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1:2:3", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("local", "testclient", False),
    ],
)
def test_what_counts_as_one_client(one: str, other: str, same: bool) -> None:
    assert (network(one) == network(other)) is same


def test_an_endless_name_is_cut() -> None:
    assert len(network("x" * 10_000)) == 64


def test_a_bucket_empties_and_fills_up_again() -> None:
    clock = Clock()
    buckets = Buckets(60, clock)
    for _ in range(60):
        assert buckets.wait("a") == 0
        buckets.charge("a")
    assert buckets.wait("a") == pytest.approx(1)
    assert buckets.wait("b") == 0
    clock.now += 0.5
    assert buckets.wait("a") == pytest.approx(0.5)
    clock.now += 0.5
    assert buckets.wait("a") == 0
    clock.now += 1_000_000
    assert buckets.wait("a", 60) == 0
    buckets.charge("a", 60)
    assert buckets.wait("a") == pytest.approx(1)


def test_a_debt_is_waited_for_and_what_was_too_much_is_given_back() -> None:
    clock = Clock()
    buckets = Buckets(60, clock)
    buckets.charge("a", 120)
    assert buckets.wait("a") == pytest.approx(61)
    buckets.charge("a", -120)
    assert buckets.wait("a") == 0
    buckets.charge("a", -1000)
    buckets.charge("a", 60)
    assert buckets.wait("a") == pytest.approx(1)


def test_more_than_a_bucket_holds_is_granted_once_it_is_full() -> None:
    clock = Clock()
    buckets = Buckets(0.5, clock)
    assert buckets.wait("a") == 0
    buckets.charge("a")
    assert buckets.wait("a") == pytest.approx(120)


def test_nought_is_no_limit() -> None:
    buckets = Buckets(0)
    buckets.charge("a", 1e9)
    assert buckets.wait("a", 1e9) == 0
    assert len(buckets) == 0


def test_only_so_many_clients_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CLIENTS", 3)
    buckets = Buckets(1, Clock())
    for client in "abc":
        buckets.charge(client)
    buckets.charge("a", 0)
    buckets.charge("d")
    assert len(buckets) == 3
    assert [buckets.wait(client) > 0 for client in "abcd"] == [True, False, True, True]


@pytest.mark.parametrize(("seconds", "told"), [(0.01, 1), (1, 1), (1.2, 2), (60, 60)])
def test_a_limit_says_when_to_come_back(seconds: float, told: int) -> None:
    assert Limited("no", setting="queue", retry_after=seconds).retry_after == told
