"""How long each step of an answer takes, for who wants to know."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Steps = dict[str, float]
"""Seconds by step, in the order in which they began."""

_STEPS: ContextVar[Steps | None] = ContextVar("steps", default=None)


@contextmanager
def timed() -> Iterator[Steps]:
    """Gathers the steps that are taken meanwhile in this thread."""
    steps: Steps = {}
    token = _STEPS.set(steps)
    try:
        yield steps
    finally:
        _STEPS.reset(token)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Times one step, where somebody gathers them; one of the same name is added to it."""
    steps = _STEPS.get()
    if steps is None:
        yield
        return
    steps.setdefault(name, 0.0)
    began = time.perf_counter()
    try:
        yield
    finally:
        steps[name] += time.perf_counter() - began
