"""What is known of the latencies of many answers, and of the steps that they told by `Server-Timing`."""

from __future__ import annotations

import math
import re
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

import httpx

_STEP = re.compile(r"([a-z]+);dur=([0-9.]+)")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below or at which that share of all lie; not a number where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


@dataclass
class Timings:
    """Latencies of good answers in seconds, what share of them each step had, and how many were no good answer."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    slowest: str = ""
    _shares: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def p50(self) -> float:
        """The latency of the answer in the middle; not a number where there is none."""
        return percentile(self.seconds, 0.5)

    @property
    def p95(self) -> float:
        """The latency that 95 of 100 answers stay under; not a number where there is none."""
        return percentile(self.seconds, 0.95)

    @property
    def steps(self) -> dict[str, float]:
        """The median share of each step."""
        return {name: round(median(shares), 3) for name, shares in self._shares.items()}

    def ask(self, client: httpx.Client, path: str, *, counted: bool = True) -> None:
        """Asks, and notes how long it took; an answer that is not counted may still be no good one."""
        began = time.perf_counter()
        reply = client.get(path)
        lasted = time.perf_counter() - began
        if reply.status_code != 200 or not reply.content:
            self.failed += 1
        elif counted:
            self._note(path, lasted, reply.headers.get("Server-Timing", ""))

    def _note(self, path: str, lasted: float, header: str) -> None:
        if lasted > max(self.seconds, default=0.0):
            self.slowest = path
        self.seconds.append(lasted)
        for name, share in steps(header, lasted):
            self._shares[name].append(share)


def steps(header: str, seconds: float) -> list[tuple[str, float]]:
    """The share of each step of `Server-Timing` in the time that the client waited."""
    return [(name, float(told) / 1000 / seconds) for name, told in _STEP.findall(header)]
