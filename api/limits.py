"""How much one client may ask: token buckets by address, a bounded number of them, in memory.

A bucket costs about a microsecond a request. Each worker process has its own.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from graph.errors import TooManyRequests

CLIENTS = 10_000
"""Clients that are remembered; who was not heard of for longest begins anew with a full bucket."""


class Limited(TooManyRequests):
    """More than a setting allows; says when to come back.

    Attributes:
        retry_after: seconds.
    """

    def __init__(self, detail: str, *, setting: str, retry_after: float) -> None:
        super().__init__(detail, setting=setting)
        self.retry_after = max(1, math.ceil(retry_after))


@lru_cache(4096)
def network(host: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 that an IPv6 address is in."""
    try:
        address = ip_address(host)
    except ValueError:
        return host[:64]
    if not isinstance(address, IPv6Address):
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped) if mapped else f"{IPv6Address(int(address) >> 64 << 64)}/64"


class Buckets:
    """A bucket of tokens for each client, which fills up again steadily.

    Used from the event loop only.

    Args:
        per_minute: tokens that a client gets back each minute, and has at most; 0: no limit.
        clock: seconds, monotonic.
    """

    def __init__(self, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def wait(self, client: str, cost: float = 1.0) -> float:
        """Seconds until a client has so many tokens; 0: now."""
        missing = min(cost, self.per_minute) - self._level(client)
        return max(0.0, missing * 60 / self.per_minute) if self.per_minute else 0.0

    def charge(self, client: str, cost: float = 1.0) -> None:
        """Takes tokens out of a client's bucket, also more than are in it; below 0 gives some back."""
        if not self.per_minute:
            return
        level = self._level(client) - cost
        self._held[client] = (min(level, self.per_minute), self._clock())
        self._held.move_to_end(client)
        if len(self._held) > CLIENTS:
            self._held.popitem(last=False)

    def _level(self, client: str) -> float:
        level, then = self._held.get(client, (self.per_minute, self._clock()))
        return min(self.per_minute, level + (self._clock() - then) * self.per_minute / 60)
