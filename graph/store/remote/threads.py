"""Errors on their way out of a thread.

The engine's parsers belong to the thread that made them. An error that is raised beside one keeps it
alive by its traceback, and must not take it along.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from graph.errors import VerreError

T = TypeVar("T")


def caught(work: Callable[[], T]) -> T | VerreError:
    """What `work` gives; an error of ours comes back alone, without what it was raised in."""
    try:
        return work()
    except VerreError as error:
        error.__traceback__ = error.__cause__ = error.__context__ = None
        return error


async def in_thread(work: Callable[[], T]) -> T:
    """Runs `work` in a thread.

    Raises:
        VerreError: whatever it raises.
    """
    done = await asyncio.to_thread(caught, work)
    if isinstance(done, VerreError):
        raise done
    return done
