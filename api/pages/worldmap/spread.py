"""Moves circles apart until none lies on another, each as little as it can."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS = 80
"""After so many rounds it is left as it is: on a map of 250 marks a touch is no fault."""
GAP = 1.0
FAR = 2.5
"""Circles that begin farther apart than so many times the room that they need are never compared."""


def apart(places: Floats, radii: Floats, width: float, height: float) -> Floats:
    """Where the circles go: each pushed by half of what it overlaps with another.

    Args:
        places: (n, 2) where each belongs.
        radii: (n,) how far each reaches.
        width: of the picture; nothing leaves it.
        height: the same.
    """
    now = np.array(places, dtype=np.float64).reshape(-1, 2)
    count = len(now)
    turn = np.arange(count) * 2.4
    nudge = np.stack([np.cos(turn), np.sin(turn)], axis=1) * 0.02  # two on one spot part in some direction
    low, high = radii[:, None], np.array([width, height]) - radii[:, None]
    now = np.clip(now, low, np.maximum(high, low))
    one, other = np.triu_indices(count, 1)
    room = radii[one] + radii[other] + GAP
    near = np.hypot(*(now[one] - now[other]).T) < room * FAR
    one, other, room = one[near], other[near], room[near]
    for _ in range(ROUNDS):
        delta = now[one] - now[other] + nudge[one] - nudge[other]
        distance = np.maximum(np.hypot(delta[:, 0], delta[:, 1]), 1e-6)
        over = room - distance
        if not (over > 0.05).any():
            break
        push = delta * (np.maximum(over, 0.0) / distance / 2)[:, None]
        for axis in (0, 1):
            now[:, axis] += np.bincount(one, push[:, axis], count) - np.bincount(other, push[:, axis], count)
        now = np.clip(now, low, np.maximum(high, low))
    return now
